// SPDX-License-Identifier: MIT
#include "4_index/build_state.h"

#include "4_index/key.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>

#define VISITS_PER_TRANSACTION 1000u
/* Rows of one entry: so many that its key is little beside them, and so few that it leaves little of a page unused. */
#define ENTRY_BYTES 500u
/* Packed rows that are read back at once: unpacked they take some four times as much, and those under way are to be near. */
#define PIECE_BYTES (64u << 10)

static int by_visit(const void *left, const void *right)
{
    const struct build_visit *a = left, *b = right;
    int order = span_compare(a->url, b->url);
    if (order)
        return order;
    if (a->row.time_ns != b->row.time_ns)
        return a->row.time_ns < b->row.time_ns ? -1 : 1;
    const uint64_t pairs[][2] = {
        {a->row.proof.archive, b->row.proof.archive},
        {a->row.proof.at,      b->row.proof.at     },
        {a->row.proof.inner,   b->row.proof.inner  },
        {a->provisional,       b->provisional      }
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] != pairs[i][1])
            return pairs[i][0] < pairs[i][1] ? -1 : 1;
    return 0;
}

/* Numbers that were asked for lately are in memory: most texts are those of the row or the page before. */
static struct build_text *recent_text(struct build_state *b, struct fingerprint f)
{
    return &b->recent_texts[f.low % BUILD_RECENT_TEXTS];
}

static enum err find_number(struct build_state *b, struct span text, struct fingerprint f, uint32_t *out)
{
    unsigned char print[16];
    pack_be(print, f.high, 8);
    pack_be(print + 8, f.low, 8);
    struct span known, key = span_of(print, sizeof print);
    enum err err = store_get(b->sort, b->text_id, key, &known);
    if (!err)
        *out = (uint32_t)unpack_be(known.at, 4);
    if (err != ERR_NOT_FOUND)
        return err;
    struct key number = key_of(b->text_count);
    *out = b->text_count++;
    TRY(store_put(b->sort, b->text_id, key, key_span(&number), false));
    return store_put(b->out, b->text, key_span(&number), text, true);
}

static enum err text_number(struct build_state *b, struct span text, struct fingerprint f, uint64_t *out)
{
    struct build_text *recent = recent_text(b, f);
    if (!recent->is_known || recent->print.high != f.high || recent->print.low != f.low) {
        uint32_t number;
        TRY(find_number(b, text, f, &number));
        *recent = (struct build_text){f, number, true};
    }
    *out = recent->number;
    return ERR_OK;
}

/* Every row moves the digest. */
static enum err digest_row(struct build_state *b)
{
    TRY(b->buf.err);
    b->digest = fingerprint_fold(b->digest, fingerprint_of(buf_span(&b->buf)));
    return ERR_OK;
}

/* The entry of a table that rows are added to. */
struct entry {
    struct store_cursor cursor; /* of the transaction that is open */
    struct key key;
    struct buf rows;
};

static enum err end_entry(struct entry *to)
{
    if (!to->rows.bytes)
        return ERR_OK;
    TRY(store_cursor_append(&to->cursor, key_span(&to->key), buf_span(&to->rows)));
    buf_reset(&to->rows);
    return ERR_OK;
}

/* key: of the row, which may begin an entry. */
static enum err add_row(struct build_state *b, struct entry *to, struct key key)
{
    TRY(digest_row(b));
    if (to->rows.bytes + b->buf.bytes > ENTRY_BYTES)
        TRY(end_entry(to));
    to->key = to->rows.bytes ? to->key : key;
    buf_add(&to->rows, buf_span(&b->buf));
    return to->rows.err;
}

enum err build_write_row(struct build_state *b, store_table table, struct key key)
{
    TRY(digest_row(b));
    return store_put(b->out, table, key_span(&key), buf_span(&b->buf), true);
}

static enum err number_texts(struct build_state *b, const struct build_row *row,
                             uint64_t *const numbers[BUILD_ROW_TEXTS])
{
    for (size_t i = 0; i < BUILD_ROW_TEXTS; i++)
        TRY(text_number(b, row->texts[i], row->prints[i], numbers[i]));
    return ERR_OK;
}

static enum err write_contact(struct build_state *b, struct build_row *row, struct entry *to, struct key key)
{
    struct row_contact *c = &row->contact;
    TRY(number_texts(b, row,
                     (uint64_t *const[]){&c->url, &c->declared_by, &c->redirect_from, &c->frame_site}));
    buf_reset(&b->buf);
    row_contact_pack(c, &b->buf);
    return add_row(b, to, key);
}

static enum err write_cookie(struct build_state *b, struct build_row *row, struct entry *to, struct key key)
{
    struct row_cookie *c = &row->cookie;
    TRY(number_texts(b, row, (uint64_t *const[]){&c->host, &c->name, &c->domain, &c->path}));
    buf_reset(&b->buf);
    row_cookie_pack(c, &b->buf);
    return add_row(b, to, key);
}

struct writing {
    struct build_state *build;
    store_table visit, contact, cookie;
    struct entry visits, contacts, cookies;
    uint32_t *first; /* visit of each piece, and one behind the last */
};

static enum err open_cursors(struct writing *w)
{
    struct store *out = w->build->out;
    TRY(store_cursor_open(out, w->visit, &w->visits.cursor));
    TRY(store_cursor_open(out, w->contact, &w->contacts.cursor));
    return store_cursor_open(out, w->cookie, &w->cookies.cursor);
}

static void close_cursors(struct writing *w)
{
    struct store_cursor *const all[] = {&w->visits.cursor, &w->contacts.cursor, &w->cookies.cursor};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i]->cursor)
            store_cursor_close(all[i]);
        all[i]->cursor = NULL;
    }
}

static enum err next_transaction(struct writing *w)
{
    close_cursors(w);
    TRY(store_commit(w->build->out));
    TRY(store_begin(w->build->out));
    return open_cursors(w);
}

/* Visits whose rows are not many together, or one. */
static enum err cut(struct writing *w, uint32_t *count)
{
    struct build_state *b = w->build;
    *count = 0;
    w->first = arena_alloc(&b->arena, (b->visit_count + 1) * sizeof *w->first);
    if (!w->first)
        return ERR_MEMORY;
    while (w->first[*count] < b->visit_count) {
        uint32_t to = w->first[*count];
        size_t bytes = 0;
        do
            bytes += b->visits[to++].rows_bytes;
        while (to < b->visit_count && bytes + b->visits[to].rows_bytes <= PIECE_BYTES);
        w->first[++*count] = to;
    }
    return ERR_OK;
}

static enum err copy_piece(void *context, unsigned worker, uint32_t piece)
{
    const struct writing *w = context;
    (void)worker;
    return build_copy_visits(w->build, w->first[piece], w->first[piece + 1],
                             build_group_piece(w->build, piece));
}

static enum err write_visit(struct writing *w, uint32_t number, struct build_row *rows)
{
    struct build_state *b = w->build;
    struct build_visit *v = &b->visits[number];
    TRY(text_number(b, v->url, fingerprint_of(v->url), &v->row.url));
    buf_reset(&b->buf);
    row_visit_pack(&v->row, &b->buf);
    TRY(add_row(b, &w->visits, key_of(number)));
    TRY(end_entry(&w->visits));
    for (uint32_t i = 0; i < v->contact_count; i++)
        TRY(write_contact(b, rows++, &w->contacts, key_of_row(number, i)));
    TRY(end_entry(&w->contacts));
    for (uint32_t i = 0; i < v->cookie_count; i++)
        TRY(write_cookie(b, rows++, &w->cookies, key_of_row(number, i)));
    TRY(end_entry(&w->cookies));
    if (*b->build->stop)
        return ERR_STOPPED;
    return number % VISITS_PER_TRANSACTION == VISITS_PER_TRANSACTION - 1 ? next_transaction(w) : ERR_OK;
}

static enum err write_piece(void *context, uint32_t piece)
{
    struct writing *w = context;
    struct build_state *b = w->build;
    struct build_row *rows = (struct build_row *)(void *)build_group_piece(b, piece)->unpacked.at;
    for (uint32_t i = w->first[piece]; i < w->first[piece + 1]; i++) {
        size_t count = (size_t)b->visits[i].contact_count + b->visits[i].cookie_count;
        TRY(write_visit(w, i, rows));
        rows += count;
    }
    return ERR_OK;
}

static enum err write_visits(struct build_state *b)
{
    struct writing w = {.build = b};
    TRY(store_find_table(b->out, "visit", &w.visit));
    TRY(store_find_table(b->out, "contact", &w.contact));
    TRY(store_find_table(b->out, "cookie", &w.cookie));
    TRY(store_find_table(b->out, "text", &b->text));
    if (b->visit_count)
        qsort(b->visits, b->visit_count, sizeof *b->visits, by_visit);
    struct index_pieces pieces = {.context = &w, .work = copy_piece, .commit = write_piece};
    TRY(cut(&w, &pieces.count));
    struct entry *const entries[] = {&w.visits, &w.contacts, &w.cookies};
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        buf_init(&entries[i]->rows, LIMIT_CHUNK_FACTS_BYTES);
    enum err err = open_cursors(&w);
    if (!err)
        err = b->build->crew->run(b->build->crew->context, &pieces);
    close_cursors(&w);
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        buf_free(&entries[i]->rows);
    return err;
}

static enum err write_aliases(struct build_state *b)
{
    store_table table;
    TRY(store_find_table(b->out, "alias", &table));
    build_alias_sort(b);
    for (uint32_t i = 0; i < b->alias_count; i++) {
        struct build_alias *a = &b->aliases[i];
        size_t host_bytes = span_find(a->names, ' ', 0);
        struct span host = span_first(a->names, host_bytes), canonical = span_from(a->names, host_bytes + 1);
        TRY(text_number(b, host, fingerprint_of(host), &a->row.host));
        TRY(text_number(b, canonical, fingerprint_of(canonical), &a->row.canonical));
        buf_reset(&b->buf);
        row_alias_pack(&a->row, &b->buf);
        TRY(build_write_row(b, table, key_of(i)));
        if (i % VISITS_PER_TRANSACTION == VISITS_PER_TRANSACTION - 1) {
            TRY(store_commit(b->out));
            TRY(store_begin(b->out));
        }
    }
    b->totals->aliases = b->alias_count;
    return ERR_OK;
}

enum err build_write(struct build_state *b)
{
    arena_reset(&b->group_arena); /* of no use to the groups any more */
    b->recent_texts = arena_alloc(&b->group_arena, BUILD_RECENT_TEXTS * sizeof *b->recent_texts);
    if (!b->recent_texts)
        return ERR_MEMORY;
    TRY(store_create(b->build->path, b->build->map_bytes, &b->out));
    TRY(store_begin(b->out));
    TRY(write_visits(b));
    TRY(write_aliases(b));
    TRY(build_about(b));
    TRY(store_commit(b->out));
    return store_sync(b->out);
}
