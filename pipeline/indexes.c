// SPDX-License-Identifier: MIT
#include "indexes.h"

#include <stdlib.h>

#include "1_read/cdx.h"
#include "base/buf.h"
#include "base/limits.h"
#include "ext/ext_deflate.h"
#include "opening.h"

struct named { /* an archive by what an index can call it */
    struct span base, name;
    uint32_t archive;
};
struct gathered {
    struct indexed line;
    uint32_t archive;
};
struct loading {
    struct plan *plan;
    struct inflater *inflater;
    struct named *names;
    size_t name_count;
    struct buf lines;   /* of struct gathered */
    struct buf text;    /* inflated, from the first line that is not whole yet */
    struct arena arena; /* one line */
    /* the index that is read */
    struct span name;
    struct cdx cdx;
    uint64_t text_at; /* offset of the next line in the text */
    uint64_t used_count, bad_count, first_bad_at, foreign_count, dropped_count;
    bool in_long_line; /* its beginning was too long already */
};

/* --- which archive is meant --- */

static int by_base(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    int order = span_compare(a->base, b->base);
    return order ? order : span_compare(a->name, b->name);
}

static struct span base_of(struct span name)
{
    struct span base = cdx_base_name(name);
    size_t bang = span_find_last(base, '!');
    return bang < base.bytes ? span_from(base, bang + 1) : base;
}

static enum err list_names(struct loading *l, struct arena *arena)
{
    l->names = arena_alloc(arena, (l->plan->count + 1) * sizeof *l->names);
    if (!l->names)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < l->plan->count; i++) {
        const struct plan_archive *a = &l->plan->archives[i];
        if (!a->is_pages && !a->is_unread)
            l->names[l->name_count++] = (struct named){base_of(a->name), a->name, i};
    }
    if (l->name_count)
        qsort(l->names, l->name_count, sizeof *l->names, by_base);
    return ERR_OK;
}

/* Bytes of the folders and containers that both lie in. */
static size_t shared_bytes(struct span a, struct span b)
{
    size_t shared = 0;
    for (size_t i = 0; i < a.bytes && i < b.bytes && a.at[i] == b.at[i]; i++)
        if (a.at[i] == '/' || a.at[i] == '!')
            shared = i + 1;
    return shared;
}

/* How near the archive at this place of the sorted names is, counted from 1; 0: it is none that may be meant. */
static size_t nearness(const struct loading *l, struct span base, size_t place)
{
    if (place >= l->name_count || !span_equal(l->names[place].base, base))
        return 0;
    size_t bang = span_find_last(l->name, '!');
    size_t shared = shared_bytes(l->names[place].name, l->name);
    return bang < l->name.bytes && shared <= bang ? 0 : shared + 1;
}

/* Sorted by name, the nearest is beside the place where the index itself would stand, and so is one as near. */
static bool find_archive(const struct loading *l, struct span file, uint32_t *out)
{
    const struct named wanted = {.base = cdx_base_name(file), .name = l->name};
    size_t low = 0, high = l->name_count, best = 0, best_nearness = 0, best_count = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_base(&l->names[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low < 2 ? 0 : low - 2; i < low + 2; i++) {
        size_t near = nearness(l, wanted.base, i);
        if (near > best_nearness) {
            best = i;
            best_nearness = near;
            best_count = 0;
        }
        best_count += near && near == best_nearness;
    }
    if (best_count != 1)
        return false;
    *out = l->names[best].archive;
    return true;
}

/* --- text --- */

static enum err take_line(struct loading *l, struct span text)
{
    struct cdx_line line;
    struct gathered g = {0};
    enum err err = cdx_read(&l->cdx, text, &l->arena, &line);
    if (err_is_data(err)) {
        l->first_bad_at = l->bad_count++ ? l->first_bad_at : l->text_at;
    } else if (!err && !find_archive(l, line.file, &g.archive)) {
        l->foreign_count++;
    } else if (!err && l->lines.bytes == LIMIT_INDEXED_RECORDS * sizeof g) {
        l->dropped_count++;
    } else if (!err) {
        bool is_known = line.bytes < INDEXED_NO_LENGTH;
        g.line = (struct indexed){line.at, is_known ? (uint32_t)line.bytes : INDEXED_NO_LENGTH,
                                  cdx_url_key(line.url)};
        l->used_count++;
        buf_add(&l->lines, span_of(&g, sizeof g));
        err = l->lines.err;
    }
    arena_reset(&l->arena);
    return err_is_run(err) ? err : ERR_OK;
}

/* All lines that end in the text, and when it is the last, the one that does not. *rest: what is left. */
static enum err take_lines(struct loading *l, struct span text, bool is_last, struct span *rest)
{
    while (text.bytes) {
        size_t end = span_find(text, '\n', 0);
        if (end == text.bytes && !is_last)
            break;
        struct span line = span_first(text, end);
        while (line.bytes && line.at[line.bytes - 1] == '\r')
            line.bytes--;
        if (!l->in_long_line)
            TRY(take_line(l, line));
        l->in_long_line = false;
        size_t used = end < text.bytes ? end + 1 : end;
        l->text_at += used;
        text = span_from(text, used);
    }
    *rest = text;
    return ERR_OK;
}

/* The next inflated bytes. A line may begin in one member and end in another. */
static enum err take_piece(struct loading *l, struct span piece, bool is_last)
{
    struct span rest;
    buf_add(&l->text, piece);
    TRY(l->text.err);
    TRY(take_lines(l, buf_span(&l->text), is_last, &rest));
    if (rest.bytes > LIMIT_CDX_LINE_BYTES) {
        if (!l->in_long_line)
            TRY(take_line(l, rest)); /* which says that it is too long */
        l->in_long_line = true;
        l->text_at += rest.bytes;
        rest.bytes = 0;
    }
    memmove(l->text.at, rest.at, rest.bytes);
    l->text.bytes = rest.bytes;
    return ERR_OK;
}

/* A member that is too large to be had at once comes in windows. */
static enum err take_member(struct loading *l, struct span file, size_t *bytes)
{
    struct span piece;
    enum err err = inflater_member(l->inflater, file, LIMIT_CDX_LINE_BYTES, &piece, bytes);
    if (err_is_run(err) || err == ERR_SYNTAX)
        return err;
    TRY(take_piece(l, piece, false));
    for (uint64_t from = piece.bytes; err == ERR_TOO_LARGE && piece.bytes == LIMIT_CDX_LINE_BYTES;
         from += piece.bytes) {
        TRY(inflater_window(l->inflater, file, from, LIMIT_CDX_LINE_BYTES, &piece));
        TRY(take_piece(l, piece, false));
    }
    return err == ERR_TOO_LARGE ? ERR_OK : err;
}

/* Damage ends the index: what is behind it is not missed where the archive itself is read. */
static enum err read_gzip(struct loading *l, struct span file)
{
    enum err err = ERR_OK;
    buf_reset(&l->text);
    for (size_t at = 0, bytes; !err && at < file.bytes; at += bytes)
        err = take_member(l, span_from(file, at), &bytes);
    if (err_is_run(err))
        return err;
    if (err)
        failure_note("%.*s: %s; its lines up to there are used", SPAN_ARG(l->name), err_text(err));
    return take_piece(l, SPAN(""), true);
}

/* An index that is a file of its own is an input, of which something must be said. */
static void say_index(const struct loading *l)
{
    if (span_find(l->name, '!', 0) == l->name.bytes)
        failure_note("%.*s: an index; %llu of its lines are about archives that are read", SPAN_ARG(l->name),
                     (unsigned long long)l->used_count);
    if (l->bad_count)
        failure_note("%.*s: %llu lines are no index lines, the first at offset %llu", SPAN_ARG(l->name),
                     (unsigned long long)l->bad_count, (unsigned long long)l->first_bad_at);
    if (l->foreign_count)
        failure_note("%.*s: %llu lines are about archives that are not among the inputs, or not once",
                     SPAN_ARG(l->name), (unsigned long long)l->foreign_count);
    if (l->dropped_count)
        failure_note("%.*s: %llu lines are not used; that many are more than can be kept", SPAN_ARG(l->name),
                     (unsigned long long)l->dropped_count);
}

static enum err read_index(struct loading *l, const struct plan_archive *index, struct opener *opener)
{
    struct opening opened;
    struct span rest;
    l->name = index->name;
    l->text_at = l->used_count = l->bad_count = l->foreign_count = l->dropped_count = 0;
    l->in_long_line = false;
    cdx_init(&l->cdx);
    TRY(opening_of(opener, index, &opened));
    enum err err = span_starts(opened.bytes, SPAN("\x1f\x8b")) ? read_gzip(l, opened.bytes)
                                                               : take_lines(l, opened.bytes, true, &rest);
    opening_close(&opened);
    say_index(l);
    return err;
}

/* --- lines to archives --- */

static int by_place(const void *left, const void *right)
{
    const struct gathered *a = left, *b = right;
    if (a->archive != b->archive)
        return a->archive < b->archive ? -1 : 1;
    if (a->line.at != b->line.at)
        return a->line.at < b->line.at ? -1 : 1;
    if (a->line.bytes != b->line.bytes)
        return a->line.bytes < b->line.bytes ? -1 : 1;
    return (a->line.url_key > b->line.url_key) - (a->line.url_key < b->line.url_key);
}

/* Two indexes of one archive often say the same. */
static enum err hand_out(struct loading *l, struct arena *arena)
{
    struct gathered *lines = (struct gathered *)(void *)l->lines.at;
    size_t count = l->lines.bytes / sizeof *lines;
    struct indexed *items = arena_alloc(arena, count * sizeof *items);
    if (!items)
        return ERR_MEMORY;
    if (count)
        qsort(lines, count, sizeof *lines, by_place);
    for (size_t i = 0; i < count; i++) {
        if (i && by_place(&lines[i - 1], &lines[i]) == 0)
            continue;
        struct indexed_list *list = &l->plan->archives[lines[i].archive].indexed;
        if (!list->count)
            list->items = items;
        list->count++;
        *items++ = lines[i].line;
    }
    return ERR_OK;
}

static enum err load(struct loading *l, struct opener *opener, struct arena *arena)
{
    TRY(list_names(l, arena));
    for (size_t i = 0; i < l->plan->index_count; i++)
        TRY(read_index(l, &l->plan->indexes[i], opener));
    return hand_out(l, arena);
}

enum err indexes_load(struct plan *plan, struct opener *opener, struct arena *arena)
{
    struct loading l = {.plan = plan, .inflater = inflater_new()};
    if (!l.inflater)
        return ERR_MEMORY;
    buf_init(&l.lines, LIMIT_INDEXED_RECORDS * sizeof(struct gathered));
    buf_init(&l.text, 3 * (size_t)LIMIT_CDX_LINE_BYTES);
    arena_init(&l.arena, LIMIT_WORKER_ARENA_BYTES);
    enum err err = load(&l, opener, arena);
    arena_free(&l.arena);
    buf_free(&l.text);
    buf_free(&l.lines);
    inflater_free(l.inflater);
    return err;
}
