// SPDX-License-Identifier: MIT
/*
 * Tables of the file:
 *   meta      "format", "inputs"               -> text; "counters" -> counters in their order
 *   archive   number(4)                        -> packed row
 *   events    archive(4) commit(8) count(8)    -> the events of one commit, as observe.h fills them
 *   fault     archive(4) err(1) stage          -> count, first_at, bytes
 */
#include "4_index/work.h"

#include <errno.h>

#include "4_index/pack.h"
#include "base/limits.h"
#include "ext/ext_lmdb.h"

#define WORK_FORMAT      "2"
#define EVENTS_KEY_BYTES 20

struct work {
    struct store *store;
    struct arena arena;
    struct buf buf;
    store_table meta, archive, events, fault;
};

/* A file of another layout is as one of other inputs. */
static enum err check_inputs(struct work *w, struct span inputs)
{
    struct span known, format;
    enum err err = store_get(w->store, w->meta, SPAN("inputs"), &known);
    if (err == ERR_NOT_FOUND) {
        TRY(store_put(w->store, w->meta, SPAN("format"), SPAN(WORK_FORMAT), false));
        return store_put(w->store, w->meta, SPAN("inputs"), inputs, false);
    }
    if (!err)
        err = store_get(w->store, w->meta, SPAN("format"), &format);
    if (err)
        return err == ERR_NOT_FOUND ? ERR_INDEX_OTHER : err;
    return span_equal(known, inputs) && span_equal(format, SPAN(WORK_FORMAT)) ? ERR_OK : ERR_INDEX_OTHER;
}

static enum err open_tables(struct work *w, struct span inputs)
{
    TRY(store_begin(w->store));
    TRY(store_find_table(w->store, "meta", &w->meta));
    TRY(store_find_table(w->store, "archive", &w->archive));
    TRY(store_find_table(w->store, "events", &w->events));
    TRY(store_find_table(w->store, "fault", &w->fault));
    TRY(check_inputs(w, inputs));
    return store_commit(w->store);
}

enum err work_open(const char *path, uint64_t map_bytes, struct span inputs, struct work **out)
{
    struct store *store;
    TRY(store_create(path, map_bytes, &store));
    struct arena arena;
    arena_init(&arena, 1u << 20);
    struct work *w = arena_alloc(&arena, sizeof *w);
    if (!w) {
        store_close(store);
        return ERR_MEMORY;
    }
    w->store = store;
    w->arena = arena;
    buf_init(&w->buf, LIMIT_CHUNK_FACTS_BYTES);
    enum err err = open_tables(w, inputs);
    if (err)
        work_close(w);
    else
        *out = w;
    return err;
}

void work_close(struct work *w)
{
    if (!w)
        return;
    int saved = errno;
    store_close(w->store);
    buf_free(&w->buf);
    struct arena arena = w->arena; /* w lies in it */
    arena_free(&arena);
    errno = saved;
}

static void pack_archive(const struct work_archive *a, struct buf *out)
{
    const uint64_t numbers[] = {a->kind,         a->wrapper,     a->is_pages,     a->producer,
                                a->bytes,        a->next_at,     a->record_count, a->response_count,
                                a->member_count, a->fault_count, a->folded.high,  a->folded.low,
                                a->next_block,   a->done};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        pack_u64(out, numbers[i]);
    pack_text(out, a->name);
    pack_text(out, a->group);
    pack_text(out, a->session);
}

static enum err unpack_archive(struct span packed, struct arena *arena, struct work_archive *a)
{
    struct unpack in = {.rest = packed};
    a->kind = (enum source_kind)unpack_u64(&in);
    a->wrapper = (enum source_kind)unpack_u64(&in);
    a->is_pages = unpack_u64(&in);
    a->producer = (enum producer)unpack_u64(&in);
    a->bytes = unpack_u64(&in);
    a->next_at = unpack_u64(&in);
    a->record_count = unpack_u64(&in);
    a->response_count = unpack_u64(&in);
    a->member_count = unpack_u64(&in);
    a->fault_count = unpack_u64(&in);
    a->folded.high = unpack_u64(&in);
    a->folded.low = unpack_u64(&in);
    a->next_block = unpack_u64(&in);
    a->done = unpack_u64(&in);
    a->name = arena_copy(arena, unpack_text(&in));
    a->group = arena_copy(arena, unpack_text(&in));
    a->session = arena_copy(arena, unpack_text(&in));
    return in.bad ? ERR_INDEX : a->name.at && a->group.at && a->session.at ? ERR_OK : ERR_MEMORY;
}

enum err work_archive(struct work *w, uint32_t number, struct arena *arena, struct work_archive *out)
{
    unsigned char key[4];
    pack_be(key, number, 4);
    struct span packed;
    TRY(store_begin(w->store));
    enum err err = store_get(w->store, w->archive, span_of(key, 4), &packed);
    *out = (struct work_archive){.number = number};
    if (!err)
        err = unpack_archive(packed, arena, out);
    store_abort(w->store);
    return err;
}

static enum err put_archive(struct work *w, const struct work_archive *a)
{
    unsigned char key[4];
    pack_be(key, a->number, 4);
    buf_reset(&w->buf);
    pack_archive(a, &w->buf);
    TRY(w->buf.err);
    return store_put(w->store, w->archive, span_of(key, 4), buf_span(&w->buf), false);
}

/* In one piece: nothing looks for a single event. */
static enum err put_events(struct work *w, uint32_t archive, const struct work_piece *piece)
{
    unsigned char key[EVENTS_KEY_BYTES];
    if (!piece->event_count)
        return ERR_OK;
    pack_be(key, archive, 4);
    pack_be(key + 4, store_count(w->store, w->events), 8);
    pack_be(key + 12, piece->event_count, 8);
    return store_put(w->store, w->events, span_of(key, sizeof key), piece->events, false);
}

static enum err add_fault(struct work *w, uint32_t archive, const struct work_fault *f)
{
    unsigned char key[32];
    struct span stage = span_first(span_of_string(f->stage), sizeof key - 5);
    pack_be(key, archive, 4);
    key[4] = (unsigned char)f->err;
    memcpy(key + 5, stage.at, stage.bytes);
    struct span k = span_of(key, 5 + stage.bytes), known;
    struct work_fault sum = *f;
    enum err err = store_get(w->store, w->fault, k, &known);
    if (err && err != ERR_NOT_FOUND)
        return err;
    if (!err) {
        struct unpack in = {.rest = known};
        sum.count += unpack_u64(&in);
        uint64_t first_at = unpack_u64(&in);
        sum.first_at = first_at < sum.first_at ? first_at : sum.first_at;
        sum.bytes += unpack_u64(&in);
    }
    buf_reset(&w->buf);
    pack_u64(&w->buf, sum.count);
    pack_u64(&w->buf, sum.first_at);
    pack_u64(&w->buf, sum.bytes);
    TRY(w->buf.err);
    return store_put(w->store, w->fault, k, buf_span(&w->buf), false);
}

static enum err read_counters(struct work *w, struct counters *out)
{
    struct span known;
    *out = (struct counters){0};
    enum err err = store_get(w->store, w->meta, SPAN("counters"), &known);
    if (err)
        return err == ERR_NOT_FOUND ? ERR_OK : err;
    if (known.bytes != sizeof *out)
        return ERR_INDEX;
    memcpy(out, known.at, sizeof *out);
    return ERR_OK;
}

static enum err add_counters(struct work *w, const struct counters *counters)
{
    struct counters sum;
    TRY(read_counters(w, &sum));
    counter_sum(&sum, counters);
    return store_put(w->store, w->meta, SPAN("counters"), span_of(&sum, sizeof sum), false);
}

static enum err put_all(struct work *w, const struct work_archive *archive, const struct work_piece *piece)
{
    TRY(put_events(w, archive->number, piece));
    TRY(put_archive(w, archive));
    for (size_t i = 0; i < piece->fault_count; i++)
        TRY(add_fault(w, archive->number, &piece->faults[i]));
    return add_counters(w, piece->counters);
}

enum err work_commit(struct work *w, const struct work_archive *archive, const struct work_piece *piece)
{
    TRY(store_begin(w->store));
    enum err err = put_all(w, archive, piece);
    if (err) {
        store_abort(w->store);
        return err;
    }
    return store_commit(w->store);
}

enum err work_sync(struct work *w)
{
    return store_sync(w->store);
}

enum err work_read_begin(struct work *w)
{
    return store_begin(w->store);
}

void work_read_end(struct work *w)
{
    store_abort(w->store);
}

struct events_walk {
    uint32_t archive;
    work_events_fn *fn;
    void *context;
};

static enum err on_events(void *context, struct span key, struct span value)
{
    struct events_walk *walk = context;
    if (key.bytes != EVENTS_KEY_BYTES)
        return ERR_INDEX;
    if (unpack_be(key.at, 4) != walk->archive)
        return ERR_END;
    return walk->fn(walk->context, walk->archive, unpack_be(key.at + 12, 8), value);
}

enum err work_each_events(struct work *w, uint32_t archive, work_events_fn *fn, void *context)
{
    unsigned char from[EVENTS_KEY_BYTES] = {0};
    pack_be(from, archive, 4);
    struct events_walk walk = {archive, fn, context};
    enum err err = store_each(w->store, w->events, span_of(from, sizeof from), on_events, &walk);
    return err == ERR_END ? ERR_OK : err;
}

struct fault_walk {
    work_fault_fn *fn;
    void *context;
};

static enum err on_fault(void *context, struct span key, struct span value)
{
    struct fault_walk *walk = context;
    if (key.bytes < 5 || (unsigned char)key.at[4] >= ERR_COUNT)
        return ERR_INDEX;
    struct unpack in = {.rest = value};
    struct work_fault sum = {.err = (enum err)(unsigned char)key.at[4]};
    sum.count = unpack_u64(&in);
    sum.first_at = unpack_u64(&in);
    sum.bytes = unpack_u64(&in);
    return walk->fn(walk->context, (uint32_t)unpack_be(key.at, 4), span_from(key, 5), &sum);
}

enum err work_each_fault(struct work *w, work_fault_fn *fn, void *context)
{
    struct fault_walk walk = {fn, context};
    return store_each(w->store, w->fault, SPAN_NONE, on_fault, &walk);
}

enum err work_counters(struct work *w, struct counters *out)
{
    return read_counters(w, out);
}
