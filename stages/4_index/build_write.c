// SPDX-License-Identifier: MIT
#include "4_index/build_state.h"

#include "4_index/key.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>

#define VISITS_PER_TRANSACTION 1000u

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

static enum err append_row(struct build_state *b, struct store_cursor *to, struct key key)
{
    TRY(digest_row(b));
    return store_cursor_append(to, key_span(&key), buf_span(&b->buf));
}

/* One row under its final key. */
static enum err put_row(struct build_state *b, store_table table, struct key key)
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

static enum err write_contact(struct build_state *b, struct build_row *row, struct store_cursor *to,
                              struct key key)
{
    struct row_contact *c = &row->contact;
    TRY(number_texts(b, row,
                     (uint64_t *const[]){&c->url, &c->declared_by, &c->redirect_from, &c->frame_site}));
    buf_reset(&b->buf);
    row_contact_pack(c, &b->buf);
    return append_row(b, to, key);
}

static enum err write_cookie(struct build_state *b, struct build_row *row, struct store_cursor *to,
                             struct key key)
{
    struct row_cookie *c = &row->cookie;
    TRY(number_texts(b, row, (uint64_t *const[]){&c->host, &c->name, &c->domain, &c->path}));
    buf_reset(&b->buf);
    row_cookie_pack(c, &b->buf);
    return append_row(b, to, key);
}

struct writing {
    struct build_state *build;
    store_table visit, contact, cookie;
    struct store_cursor visits, contacts, cookies; /* of the transaction that is open */
};

static enum err open_cursors(struct writing *w)
{
    struct store *out = w->build->out;
    TRY(store_cursor_open(out, w->visit, &w->visits));
    TRY(store_cursor_open(out, w->contact, &w->contacts));
    return store_cursor_open(out, w->cookie, &w->cookies);
}

static void close_cursors(struct writing *w)
{
    struct store_cursor *const all[] = {&w->visits, &w->contacts, &w->cookies};
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

static uint32_t first_of_piece(const struct build_state *b, uint32_t piece)
{
    uint64_t first = (uint64_t)piece * BUILD_PIECE_VISITS;
    return first < b->visit_count ? (uint32_t)first : (uint32_t)b->visit_count;
}

static enum err copy_piece(void *context, unsigned worker, uint32_t piece)
{
    struct build_state *b = ((struct writing *)context)->build;
    (void)worker;
    return build_copy_visits(b, first_of_piece(b, piece), first_of_piece(b, piece + 1),
                             build_group_piece(b, piece));
}

static enum err write_visit(struct writing *w, uint32_t number, struct build_row *rows)
{
    struct build_state *b = w->build;
    struct build_visit *v = &b->visits[number];
    TRY(text_number(b, v->url, fingerprint_of(v->url), &v->row.url));
    buf_reset(&b->buf);
    row_visit_pack(&v->row, &b->buf);
    TRY(append_row(b, &w->visits, key_of(number)));
    for (uint32_t i = 0; i < v->contact_count; i++)
        TRY(write_contact(b, rows++, &w->contacts, key_of_row(number, i)));
    for (uint32_t i = 0; i < v->cookie_count; i++)
        TRY(write_cookie(b, rows++, &w->cookies, key_of_row(number, i)));
    if (*b->build->stop)
        return ERR_STOPPED;
    return number % VISITS_PER_TRANSACTION == VISITS_PER_TRANSACTION - 1 ? next_transaction(w) : ERR_OK;
}

static enum err write_piece(void *context, uint32_t piece)
{
    struct writing *w = context;
    struct build_state *b = w->build;
    struct build_row *rows = (struct build_row *)(void *)build_group_piece(b, piece)->unpacked.at;
    for (uint32_t i = first_of_piece(b, piece); i < first_of_piece(b, piece + 1); i++) {
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
    const struct index_pieces pieces = {
        .context = &w,
        .count = (uint32_t)((b->visit_count + BUILD_PIECE_VISITS - 1) / BUILD_PIECE_VISITS),
        .work = copy_piece,
        .commit = write_piece};
    enum err err = open_cursors(&w);
    if (!err)
        err = b->build->crew->run(b->build->crew->context, &pieces);
    close_cursors(&w);
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
        TRY(put_row(b, table, key_of(i)));
        if (i % VISITS_PER_TRANSACTION == VISITS_PER_TRANSACTION - 1) {
            TRY(store_commit(b->out));
            TRY(store_begin(b->out));
        }
    }
    b->totals->aliases = b->alias_count;
    return ERR_OK;
}

static enum err write_archives(struct build_state *b)
{
    store_table table;
    TRY(store_find_table(b->out, "archive", &table));
    for (uint32_t i = 0; i < b->build->archive_count; i++) {
        const struct work_archive *a = &b->archives[i];
        if (a->is_pages)
            continue;
        char fingerprint[33], kind[SOURCE_KIND_TEXT_BYTES];
        fingerprint_text(a->folded, fingerprint);
        struct row_archive row = {.name = a->name,
                                  .kind = source_kind_text(a->kind, a->wrapper, kind),
                                  .fingerprint = span_of(fingerprint, 32),
                                  .producer = a->producer,
                                  .bytes = a->bytes,
                                  .record_count = a->record_count,
                                  .response_count = a->response_count,
                                  .visit_count = b->visits_of_archive[i],
                                  .fault_count = a->fault_count + b->is_repeated[i],
                                  .complete = a->done};
        buf_reset(&b->buf);
        row_archive_pack(&row, &b->buf);
        TRY(put_row(b, table, key_of(b->archive_number[i])));
    }
    return ERR_OK;
}

struct fault_writing {
    struct build_state *build;
    store_table table;
    uint32_t row, next_archive; /* repetitions before it are written */
};

static enum err put_fault(struct fault_writing *w, uint32_t archive, struct span stage,
                          const struct work_fault *sum)
{
    struct build_state *b = w->build;
    char example[160];
    int n = snprintf(example, sizeof example, "offset %llu: %s", (unsigned long long)sum->first_at,
                     err_text(sum->err));
    if (sum->bytes && n > 0 && (size_t)n < sizeof example)
        snprintf(example + n, sizeof example - (size_t)n, "; %llu bytes not understood",
                 (unsigned long long)sum->bytes);
    struct row_fault row = {.stage = stage,
                            .example = span_of_string(example),
                            .archive = b->archive_number[archive],
                            .first_at = sum->first_at,
                            .err = sum->err,
                            .count = sum->count};
    buf_reset(&b->buf);
    row_fault_pack(&row, &b->buf);
    return put_row(b, w->table, key_of(w->row++));
}

static enum err put_repetitions(struct fault_writing *w, uint32_t until)
{
    const struct work_fault repeated = {.err = ERR_DUPLICATE, .count = 1};
    for (; w->next_archive < until; w->next_archive++)
        if (w->build->is_repeated[w->next_archive])
            TRY(put_fault(w, w->next_archive, SPAN("index"), &repeated));
    return ERR_OK;
}

static enum err on_fault(void *context, uint32_t archive, struct span stage, const struct work_fault *sum)
{
    struct fault_writing *w = context;
    struct counters *n = w->build->totals;
    *(sum->err == ERR_PADDING ? &n->padding_bytes : &n->lost_bytes) += sum->bytes;
    TRY(put_repetitions(w, archive + 1));
    return put_fault(w, archive, stage, sum);
}

static enum err write_faults(struct build_state *b)
{
    struct fault_writing w = {.build = b};
    TRY(store_find_table(b->out, "fault", &w.table));
    TRY(work_read_begin(b->work));
    enum err err = work_each_fault(b->work, on_fault, &w);
    work_read_end(b->work);
    return err ? err : put_repetitions(&w, b->build->archive_count);
}

static enum err write_counters(struct build_state *b)
{
    store_table table;
    TRY(store_find_table(b->out, "counter", &table));
    size_t count;
    const struct counter_row *rows = counter_rows(&count);
    for (uint32_t i = 0; i < count; i++) {
        struct row_counter row = {span_of_string(rows[i].name), span_of_string(rows[i].unit),
                                  counter_value(b->totals, &rows[i])};
        buf_reset(&b->buf);
        row_counter_pack(&row, &b->buf);
        TRY(put_row(b, table, key_of(i)));
    }
    return ERR_OK;
}

static enum err write_meta(struct build_state *b)
{
    store_table table;
    char year[16], digest[33], inputs[33];
    snprintf(year, sizeof year, "%u", b->build->year);
    fingerprint_text(b->digest, digest);
    fingerprint_text(fingerprint_of(b->build->inputs), inputs);
    const struct {
        const char *key, *value;
    } rows[] = {
        {"format",   KEY_FORMAT               },
        {"year",     year                     },
        {"program",  b->build->program        },
        {"suffixes", b->build->suffixes_source},
        {"digest",   digest                   }
    };
    TRY(store_find_table(b->out, "meta", &table));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        TRY(store_put(b->out, table, span_of_string(rows[i].key), span_of_string(rows[i].value), false));
    return ERR_OK;
}

enum err build_write(struct build_state *b)
{
    b->recent_texts = arena_alloc(&b->arena, BUILD_RECENT_TEXTS * sizeof *b->recent_texts);
    if (!b->recent_texts)
        return ERR_MEMORY;
    TRY(store_create(b->build->path, b->build->map_bytes, &b->out));
    TRY(store_begin(b->out));
    TRY(write_visits(b));
    TRY(write_aliases(b));
    TRY(write_archives(b));
    TRY(write_faults(b));
    TRY(write_counters(b));
    TRY(write_meta(b));
    TRY(store_commit(b->out));
    return store_sync(b->out);
}
