// SPDX-License-Identifier: MIT
#include "4_index/index_build.h"

#include "4_index/build_state.h"
#include "4_index/href.h"
#include "base/limits.h"
#include "base/pages.h"

#include <assert.h>
#include <stdlib.h>

struct group_slice { /* archives of one group, in order */
    struct span group, session;
    uint32_t archive;
};

static int by_group(const void *left, const void *right)
{
    const struct group_slice *a = left, *b = right;
    int order = span_compare(a->group, b->group);
    return order ? order : (a->archive > b->archive) - (a->archive < b->archive);
}

static enum err resolve_one(struct build_state *b, const struct group_slice *slices, size_t count)
{
    struct build_list list = {.build = b};
    arena_reset(&b->group_arena);
    for (size_t i = 0; i < count; i++)
        if (!b->is_repeated[slices[i].archive])
            TRY(build_list_add(&list, slices[i].archive));
    TRY(build_list_fill(&list));
    const struct resolve_input input = {list.items, list.count, slices->session};
    return build_group(b, &input);
}

static enum err resolve_all(struct build_state *b)
{
    uint32_t count = b->build->archive_count;
    struct group_slice *slices = arena_alloc(&b->arena, (count + 1) * sizeof *slices);
    if (!slices)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        slices[i] = (struct group_slice){b->archives[i].group, b->archives[i].session, i};
    qsort(slices, count, sizeof *slices, by_group);
    TRY(work_read_begin(b->work));
    enum err err = ERR_OK;
    for (uint32_t from = 0, to; from < count && !err; from = to) {
        for (to = from + 1; to < count && span_equal(slices[to].group, slices[from].group);)
            to++;
        err = resolve_one(b, slices + from, to - from);
    }
    work_read_end(b->work);
    return err;
}

struct archive_content {
    struct fingerprint folded;
    uint64_t bytes;
    uint32_t archive;
};

static int by_content(const void *left, const void *right)
{
    const struct archive_content *a = left, *b = right;
    const uint64_t pairs[][2] = {
        {a->folded.high, b->folded.high},
        {a->folded.low,  b->folded.low },
        {a->bytes,       b->bytes      },
        {a->archive,     b->archive    }
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] != pairs[i][1])
            return pairs[i][0] < pairs[i][1] ? -1 : 1;
    return 0;
}

static bool same_content(const struct archive_content *a, const struct archive_content *b)
{
    return a->folded.high == b->folded.high && a->folded.low == b->folded.low && a->bytes == b->bytes;
}

/* A file that was given twice, under whatever names, must not make a finding look more frequent. */
static enum err find_repeated(struct build_state *b)
{
    uint32_t count = b->build->archive_count;
    struct archive_content *contents = arena_alloc(&b->arena, (count + 1) * sizeof *contents);
    b->is_repeated = arena_alloc(&b->arena, count + 1);
    if (!contents || !b->is_repeated)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        contents[i] = (struct archive_content){b->archives[i].folded, b->archives[i].bytes, i};
    qsort(contents, count, sizeof *contents, by_content);
    for (uint32_t i = 1; i < count; i++) /* page lists count with their own archives */
        b->is_repeated[contents[i].archive] =
            same_content(&contents[i], &contents[i - 1]) && !b->archives[contents[i].archive].is_pages;
    return ERR_OK;
}

static enum err load_archives(struct build_state *b)
{
    uint32_t count = b->build->archive_count;
    b->archives = arena_alloc(&b->arena, (count + 1) * sizeof *b->archives);
    b->archive_number = arena_alloc(&b->arena, (count + 1) * sizeof *b->archive_number);
    b->visits_of_archive = arena_alloc(&b->arena, (count + 1) * sizeof *b->visits_of_archive);
    b->producers = arena_alloc(&b->arena, (count + 1) * sizeof *b->producers);
    if (!b->archives || !b->producers || !b->archive_number || !b->visits_of_archive)
        return ERR_MEMORY;
    uint32_t shown = 0;
    for (uint32_t i = 0; i < count; i++) {
        TRY(work_archive(b->work, i, &b->arena, &b->archives[i]));
        assert(b->archives[i].done);
        b->producers[i] = b->archives[i].producer;
        bool before = b->archives[i].is_pages && shown; /* a page list speaks for the archive before it */
        b->archive_number[i] = shown - before;
        shown += !b->archives[i].is_pages;
    }
    b->totals->archives = shown;
    return find_repeated(b);
}

static enum err make_workers(struct build_state *b)
{
    unsigned count = b->build->crew->worker_count, piece_count = INDEX_PIECES_UNDER_WAY(count);
    struct build_worker *workers = arena_alloc(&b->arena, count * sizeof *workers);
    struct build_piece *pieces = arena_alloc(&b->arena, piece_count * sizeof *pieces);
    if (!workers || !pieces)
        return ERR_MEMORY;
    for (unsigned i = 0; i < count; i++)
        arena_init(&workers[i].arena, LIMIT_GROUP_ARENA_BYTES);
    for (unsigned i = 0; i < piece_count; i++) {
        buf_init(&pieces[i].rows, LIMIT_CHUNK_FACTS_BYTES);
        buf_init(&pieces[i].unpacked, LIMIT_CHUNK_FACTS_BYTES);
        buf_reserve(&pieces[i].unpacked, PAGES_HUGE_BYTES / 4);
    }
    b->workers = workers;
    b->pieces = pieces;
    return ERR_OK;
}

static void free_workers(struct build_state *b)
{
    unsigned count = b->build->crew->worker_count;
    for (unsigned i = 0; b->workers && i < count; i++)
        arena_free(&b->workers[i].arena);
    for (unsigned i = 0; b->pieces && i < INDEX_PIECES_UNDER_WAY(count); i++) {
        buf_free(&b->pieces[i].rows);
        buf_free(&b->pieces[i].unpacked);
    }
}

enum err index_build(const struct index_build *build, struct work *work, struct counters *totals)
{
    struct build_state b = {.build = build, .work = work, .totals = totals, .rows.fd = -1};
    arena_init(&b.arena, LIMIT_GROUP_ARENA_BYTES);
    intern_init(&b.alias_names, &b.arena);
    arena_init(&b.group_arena, LIMIT_GROUP_ARENA_BYTES);
    arena_init(&b.list_arena, LIMIT_GROUP_ARENA_BYTES);
    buf_init(&b.buf, LIMIT_CHUNK_FACTS_BYTES);
    TRY(work_read_begin(work));
    enum err err = work_counters(work, totals);
    counter_sum(totals, build->planned);
    work_read_end(work);
    if (!err)
        err = load_archives(&b);
    if (!err)
        err = make_workers(&b);
    if (!err)
        err = store_create(build->sort_path, build->map_bytes, &b.sort);
    if (!err)
        err = build_sort_begin(&b);
    if (!err)
        err = resolve_all(&b);
    if (!err)
        err = build_write(&b);
    store_close(b.out);
    store_close(b.sort);
    tempfile_close(&b.rows);
    free_workers(&b);
    buf_free(&b.buf);
    arena_free(&b.list_arena);
    arena_free(&b.group_arena);
    arena_free(&b.arena);
    return err;
}
