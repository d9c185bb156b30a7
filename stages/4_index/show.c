// SPDX-License-Identifier: MIT
#include "4_index/show.h"

#include "base/limits.h"
#include "base/when.h"
#include "ext/ext_json.h"

#include <stdlib.h>

#define COLUMNS_MAX 16
#define FLUSH_BYTES (1u << 20)

/* A cell is a text or a number; numbers sort as numbers (an offset with an inner one by both). */
struct cell {
    struct span text;
    bool is_number;
    int64_t value;
    uint64_t inner;
};
struct line {
    struct cell cells[COLUMNS_MAX];
    size_t count;
};
struct showing {
    const struct index *index;
    const char *const *columns;
    size_t column_count;
    enum show_format format;
    show_write_fn *write;
    void *context;
    struct arena arena; /* lines that share their first cell */
    struct line **lines;
    size_t line_count, line_capacity;
    struct buf out;
};

static int by_cells(const void *left, const void *right)
{
    const struct line *a = *(struct line *const *)left, *b = *(struct line *const *)right;
    for (size_t i = 0; i < a->count; i++) {
        const struct cell *x = &a->cells[i], *y = &b->cells[i];
        int order = (x->value > y->value) - (x->value < y->value);
        if (!order)
            order = (x->inner > y->inner) - (x->inner < y->inner);
        if (!order && !x->is_number)
            order = span_compare(x->text, y->text);
        if (order)
            return order;
    }
    return 0;
}

static void write_tsv_cell(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.bytes; i++) {
        const char *escape = text.at[i] == '\t'   ? "\\t"
                             : text.at[i] == '\n' ? "\\n"
                             : text.at[i] == '\r' ? "\\r"
                             : text.at[i] == '\\' ? "\\\\"
                                                  : NULL;
        if (escape)
            buf_add_string(out, escape);
        else
            buf_add_char(out, text.at[i]);
    }
}

static void write_tsv(struct showing *s, const struct line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        if (i)
            buf_add_char(&s->out, '\t');
        write_tsv_cell(&s->out, line->cells[i].text);
    }
    buf_add_char(&s->out, '\n');
}

static enum err write_json(struct showing *s, const struct line *line)
{
    struct json *object = json_new_object();
    for (size_t i = 0; i < line->count; i++) {
        const struct cell *c = &line->cells[i];
        bool plain = c->is_number && c->text.bytes && !c->inner;
        struct json *value = !c->text.bytes ? json_of_null()
                             : plain        ? json_of_integer(c->value)
                                            : json_of_text(c->text);
        json_set(object, s->columns[i], value);
    }
    enum err err = json_write(object, false, &s->out);
    json_free(object);
    buf_add_char(&s->out, '\n');
    return err;
}

static enum err flush(struct showing *s, bool all)
{
    if (s->line_count)
        qsort(s->lines, s->line_count, sizeof *s->lines, by_cells);
    for (size_t i = 0; i < s->line_count; i++)
        if (s->format == SHOW_TSV)
            write_tsv(s, s->lines[i]);
        else
            TRY(write_json(s, s->lines[i]));
    s->lines = NULL;
    s->line_count = s->line_capacity = 0;
    arena_reset(&s->arena);
    TRY(s->out.err);
    if (s->out.bytes < FLUSH_BYTES && !all)
        return ERR_OK;
    enum err err = s->write(s->context, buf_span(&s->out));
    buf_reset(&s->out);
    return err;
}

/* Opens a line whose first cell is known: lines of another first cell are written before. */
static enum err begin(struct showing *s, struct span first, struct line **out)
{
    if (s->line_count && !span_equal(s->lines[0]->cells[0].text, first))
        TRY(flush(s, false));
    struct line *line = arena_alloc(&s->arena, sizeof *line);
    struct line **slot = line ? ARENA_PUSH(&s->arena, s->lines, s->line_count, s->line_capacity) : NULL;
    if (!slot)
        return ERR_MEMORY;
    *slot = *out = line;
    return ERR_OK;
}

static void add_text(struct line *line, struct span text)
{
    line->cells[line->count++].text = text;
}

static void add_string(struct line *line, const char *text)
{
    add_text(line, span_of_string(text));
}

static void add_signed(struct showing *s, struct line *line, int64_t value)
{
    struct span text = arena_format(&s->arena, "%lld", (long long)value);
    line->cells[line->count++] = (struct cell){.text = text, .is_number = true, .value = value};
}

/* Offsets, lengths and counts: no file has more than 2^63 - 1 of anything. */
static void add_number(struct showing *s, struct line *line, uint64_t value)
{
    add_signed(s, line, (int64_t)value);
}

static void add_place(struct showing *s, struct line *line, uint64_t at, uint64_t inner)
{
    if (!inner) {
        add_number(s, line, at);
        return;
    }
    struct span text =
        arena_format(&s->arena, "%llu+%llu", (unsigned long long)at, (unsigned long long)inner);
    line->cells[line->count++] =
        (struct cell){.text = text, .is_number = true, .value = (int64_t)at, .inner = inner};
}

static void add_time(struct showing *s, struct line *line, int64_t ns)
{
    char text[WHEN_TEXT_BYTES];
    struct span cell = SPAN_NONE;
    if (ns != RECORD_NO_DATE)
        cell = arena_copy(&s->arena, span_of(text, (size_t)when_text(ns, text)));
    add_text(line, cell);
}

static struct span archive_name(const struct showing *s, uint32_t archive)
{
    struct index_archive row;
    return index_archive_at(s->index, archive, &row) == ERR_OK ? row.name : SPAN_NONE;
}

static enum err end(const struct showing *s, const struct line *line)
{
    return s->arena.full || line->count != s->column_count ? ERR_MEMORY : ERR_OK;
}

static enum err on_visit(void *context, const struct index_visit *v)
{
    struct showing *s = context;
    struct line *line;
    TRY(begin(s, v->page_url, &line));
    add_text(line, v->page_url);
    add_time(s, line, v->time_ns);
    add_text(line, archive_name(s, v->archive));
    add_place(s, line, v->at, v->inner);
    if (v->status)
        add_number(s, line, v->status);
    else
        add_text(line, SPAN_NONE);
    add_string(line, producer_name(v->producer));
    add_number(s, line, v->contact_count);
    add_number(s, line, v->complete);
    return end(s, line);
}

static enum err on_contact(void *context, const struct index_contact *c)
{
    struct showing *s = context;
    struct index_visit visit;
    struct line *line;
    TRY(index_visit_at(s->index, c->visit, &visit));
    TRY(begin(s, visit.page_url, &line));
    add_text(line, visit.page_url);
    add_text(line, c->host);
    add_text(line, c->path);
    add_text(line, c->site);
    add_string(line, evidence_name(c->evidence));
    add_string(line, resource_name(c->resource));
    add_string(line, c->third ? "third" : "first");
    add_number(s, line, c->count);
    add_time(s, line, c->first_time_ns);
    add_text(line, archive_name(s, c->archive));
    add_place(s, line, c->at, c->inner);
    add_number(s, line, c->bytes);
    add_text(line, c->first_url);
    return end(s, line);
}

static void add_flag(struct showing *s, struct line *line, bool known, bool value)
{
    if (known)
        add_number(s, line, value);
    else
        add_text(line, SPAN_NONE);
}

static enum err on_cookie(void *context, const struct index_cookie *c)
{
    struct showing *s = context;
    struct index_visit visit;
    struct line *line;
    bool set = c->how == COOKIE_SET;
    TRY(index_visit_at(s->index, c->visit, &visit));
    TRY(begin(s, visit.page_url, &line));
    add_text(line, visit.page_url);
    add_text(line, c->host);
    add_text(line, c->name);
    add_string(line, cookie_how_name(c->how));
    add_string(line, c->third ? "third" : "first");
    add_text(line, c->domain);
    add_text(line, c->path);
    if (set && c->lifetime_s != COOKIE_SESSION)
        add_signed(s, line, c->lifetime_s);
    else
        add_string(line, set ? "session" : "");
    add_flag(s, line, set, c->secure);
    add_flag(s, line, set, c->http_only);
    add_string(line, set ? same_site_name(c->same_site) : "");
    add_flag(s, line, set, c->partitioned);
    add_text(line, archive_name(s, c->archive));
    add_place(s, line, c->at, c->inner);
    add_number(s, line, c->bytes);
    return end(s, line);
}

static enum err on_archive(void *context, const struct index_archive *a)
{
    struct showing *s = context;
    struct line *line;
    TRY(begin(s, a->name, &line));
    add_text(line, a->name);
    add_text(line, a->kind);
    add_string(line, producer_name(a->producer));
    const uint64_t numbers[] = {a->bytes, a->record_count, a->response_count, a->visit_count, a->fault_count};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_number(s, line, numbers[i]);
    add_text(line, a->fingerprint);
    add_number(s, line, a->complete);
    return end(s, line);
}

static enum err on_fault(void *context, const struct index_fault *f)
{
    struct showing *s = context;
    struct line *line;
    TRY(begin(s, archive_name(s, f->archive), &line));
    add_text(line, archive_name(s, f->archive));
    add_number(s, line, f->first_at);
    add_text(line, f->stage);
    add_string(line, err_name(f->err));
    add_number(s, line, f->count);
    add_text(line, f->example);
    return end(s, line);
}

static enum err on_counter(void *context, const struct index_counter *c)
{
    struct showing *s = context;
    struct line *line;
    TRY(begin(s, s->line_count ? s->lines[0]->cells[0].text : SPAN_NONE,
              &line)); /* a short table: sorted whole */
    add_text(line, c->name);
    add_text(line, c->unit);
    add_number(s, line, c->value);
    return end(s, line);
}

static enum err each_visit(struct showing *s)
{
    return index_each_visit(s->index, on_visit, s);
}
static enum err each_contact(struct showing *s)
{
    return index_each_contact(s->index, on_contact, s);
}
static enum err each_cookie(struct showing *s)
{
    return index_each_cookie(s->index, on_cookie, s);
}
static enum err each_archive(struct showing *s)
{
    return index_each_archive(s->index, on_archive, s);
}
static enum err each_fault(struct showing *s)
{
    return index_each_fault(s->index, on_fault, s);
}
static enum err each_counter(struct showing *s)
{
    return index_each_counter(s->index, on_counter, s);
}

static const struct {
    const char *name;
    enum err (*each)(struct showing *showing);
    const char *columns[COLUMNS_MAX];
} tables[] = {
    {"visits",
     each_visit,               {"page_url", "time", "archive", "offset", "status", "producer", "contacts", "complete"}},
    {"contacts",
     each_contact,             {"page_url", "host", "path", "site", "evidence", "type", "party", "count", "first_time", "archive",
      "offset", "length", "first_url"}                                                              },
    {"cookies",
     each_cookie,              {"page_url", "host", "name", "how", "party", "domain", "path", "lifetime_s", "secure", "httponly",
      "samesite", "partitioned", "archive", "offset", "length"}                                      },
    {"archives",
     each_archive,             {"archive", "kind", "producer", "bytes", "records", "responses", "visits", "faults", "fingerprint",
      "complete"}                                                                                   },
    {"faults",   each_fault,   {"archive", "offset", "stage", "kind", "count", "example"}                             },
    {"counters", each_counter, {"name", "unit", "value"}                                                              },
};
#define TABLE_COUNT (sizeof tables / sizeof *tables)

const char *const *show_tables(void)
{
    static const char *const names[] = {"visits", "contacts", "cookies", "archives",
                                        "faults", "counters", NULL};
    _Static_assert(sizeof names / sizeof *names == TABLE_COUNT + 1, "a name for every table");
    return names;
}

static enum err show(struct showing *s, size_t table)
{
    for (s->column_count = 0; s->column_count < COLUMNS_MAX && s->columns[s->column_count];)
        s->column_count++;
    for (size_t i = 0; s->format == SHOW_TSV && i < s->column_count; i++) {
        buf_add_string(&s->out, i ? "\t" : "");
        buf_add_string(&s->out, s->columns[i]);
    }
    buf_add_string(&s->out, s->format == SHOW_TSV ? "\n" : "");
    TRY(tables[table].each(s));
    return flush(s, true);
}

enum err show_table(const struct index *index, struct span table, enum show_format format,
                    show_write_fn *write, void *context)
{
    size_t t = 0;
    while (t < TABLE_COUNT && !span_equal(table, span_of_string(tables[t].name)))
        t++;
    if (t == TABLE_COUNT)
        return ERR_NOT_FOUND;
    struct showing s = {
        .index = index, .columns = tables[t].columns, .format = format, .write = write, .context = context};
    arena_init(&s.arena, LIMIT_GROUP_ARENA_BYTES);
    buf_init(&s.out, LIMIT_OUTPUT_BYTES);
    enum err err = show(&s, t);
    arena_free(&s.arena);
    buf_free(&s.out);
    return err;
}
