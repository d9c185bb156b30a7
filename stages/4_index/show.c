// SPDX-License-Identifier: MIT
#include "4_index/show.h"

#include "4_index/href.h"
#include "4_index/show_line.h"
#include "base/limits.h"

static struct span archive_name(const struct showing *s, uint32_t archive)
{
    struct index_archive row;
    return index_archive_at(s->index, archive, &row) == ERR_OK ? row.name : SPAN_NONE;
}

static enum err on_visit(void *context, const struct index_visit *v)
{
    struct showing *s = context;
    struct show_line *line;
    TRY(show_begin(s, v->page_url, &line));
    show_text(line, v->page_url);
    show_time(s, line, v->time_ns);
    show_text(line, archive_name(s, v->archive));
    show_place(s, line, v->at, v->inner);
    if (v->status)
        show_number(s, line, v->status);
    else
        show_text(line, SPAN_NONE);
    show_string(line, producer_name(v->producer));
    show_number(s, line, v->contact_count);
    show_number(s, line, v->complete);
    return show_end(s, line);
}

/* A line of a table whose first column is the page. */
static enum err begin_page(struct showing *s, uint32_t visit, struct show_line **line)
{
    struct index_visit v;
    TRY(index_visit_at(s->index, visit, &v));
    TRY(show_begin(s, v.page_url, line));
    show_text(*line, v.page_url);
    return ERR_OK;
}

static void show_proof(struct showing *s, struct show_line *line, uint32_t archive, uint64_t at,
                       uint64_t inner, uint64_t bytes)
{
    show_text(line, archive_name(s, archive));
    show_place(s, line, at, inner);
    show_number(s, line, bytes);
}

static enum err on_contact(void *context, const struct index_contact *c)
{
    struct showing *s = context;
    struct show_line *line;
    TRY(begin_page(s, c->visit, &line));
    show_text(line, c->host);
    show_text(line, c->path);
    show_text(line, c->site);
    show_string(line, evidence_name(c->evidence));
    show_string(line, resource_name(c->resource));
    show_string(line, c->third ? "third" : "first");
    show_number(s, line, c->count);
    show_time(s, line, c->first_time_ns);
    show_proof(s, line, c->archive, c->at, c->inner, c->bytes);
    show_text(line, c->first_url);
    return show_end(s, line);
}

static enum err add_classes(struct showing *s, struct show_line *line, uint32_t mask)
{
    struct buf text;
    buf_init(&text, 256);
    for (unsigned e = 0; e < EVIDENCE_COUNT; e++)
        if (mask & 1u << e)
            buf_format(&text, "%s%s", text.bytes ? " " : "", evidence_name((enum evidence)e));
    show_text(line, arena_copy(&s->arena, buf_span(&text)));
    enum err err = text.err;
    buf_free(&text);
    return err;
}

static enum err on_evidence(void *context, const struct index_contact *c)
{
    struct showing *s = context;
    struct show_line *line;
    TRY(begin_page(s, c->visit, &line));
    show_text(line, c->host);
    show_text(line, c->path);
    show_string(line, origin_name(c->origin));
    TRY(add_classes(s, line, c->evidence_mask));
    show_string(line, c->condition == CONDITION_NONE ? "" : condition_name(c->condition));
    show_text(line, c->declared_by);
    show_number(s, line, c->depth);
    show_text(line, c->frame_site);
    show_number(s, line, c->hop);
    show_text(line, c->redirect_from);
    show_proof(s, line, c->archive, c->at, c->inner, c->bytes);
    return show_end(s, line);
}

static enum err on_cookie(void *context, const struct index_cookie *c)
{
    struct showing *s = context;
    struct show_line *line;
    bool set = c->how == COOKIE_SET;
    TRY(begin_page(s, c->visit, &line));
    show_text(line, c->host);
    show_text(line, c->name);
    show_string(line, cookie_how_name(c->how));
    show_string(line, c->third ? "third" : "first");
    show_text(line, c->domain);
    show_text(line, c->path);
    if (set && c->lifetime_s != COOKIE_SESSION)
        show_signed(s, line, c->lifetime_s);
    else
        show_string(line, set ? "session" : "");
    show_flag(s, line, set, c->secure);
    show_flag(s, line, set, c->http_only);
    show_string(line, set ? same_site_name(c->same_site) : "");
    show_flag(s, line, set, c->partitioned);
    show_proof(s, line, c->archive, c->at, c->inner, c->bytes);
    return show_end(s, line);
}

/* What becomes of the cookies of the table before: who stores them, and for how long. */
static enum err on_jar(void *context, const struct index_cookie *c)
{
    struct showing *s = context;
    struct show_line *line;
    bool set = c->how == COOKIE_SET;
    TRY(begin_page(s, c->visit, &line));
    show_text(line, c->host);
    show_text(line, c->name);
    show_string(line, cookie_how_name(c->how));
    show_text(line, c->domain);
    show_text(line, c->path);
    show_string(line, set ? cookie_stored_name(cookie_stored(c->storable)) : "");
    show_string(line, set ? cookie_storable_name(c->storable) : "");
    show_string(line, set ? cookie_class_name(cookie_class(c->lifetime_s)) : "");
    if (set && c->lifetime_s > 0)
        show_signed(s, line, cookie_effective_lifetime_s(c->lifetime_s));
    else
        show_text(line, SPAN_NONE);
    show_proof(s, line, c->archive, c->at, c->inner, c->bytes);
    return show_end(s, line);
}

static enum err put_signals(struct showing *s, const struct index_visit *v, const struct index_contact *c)
{
    struct show_line *line;
    char room[SIGNAL_TEXT_BYTES];
    TRY(show_begin(s, v->page_url, &line));
    show_text(line, v->page_url);
    show_text(line, c->host);
    show_text(line, c->path);
    show_text(line, arena_copy(&s->arena, signal_text(c->signals, room)));
    show_string(line, consent_state_name(v->consent.state));
    show_string(line, consent_rule_name(v->consent.rule));
    show_string(line, referrer_policy_name(v->referrer_policy));
    show_proof(s, line, c->archive, c->at, c->inner, c->bytes);
    return show_end(s, line);
}

/* The page's own row: its consent, and the record that tells it. */
static enum err put_visit_signals(struct showing *s, const struct index_visit *v)
{
    const struct index_contact page = {.host = v->host,
                                       .path = href_of(v->page_url).path,
                                       .signals = v->signals,
                                       .archive = v->consent_archive,
                                       .at = v->consent_at,
                                       .bytes = v->consent_bytes,
                                       .inner = v->consent_inner};
    return put_signals(s, v, &page);
}

/* Rows of the visits stand between those of their contacts: both come in the order of the pages. */
static enum err put_visits_to(struct showing *s, uint32_t end)
{
    struct index_visit visit;
    for (; s->next_visit < end; s->next_visit++) {
        TRY(index_visit_at(s->index, s->next_visit, &visit));
        TRY(put_visit_signals(s, &visit));
    }
    return ERR_OK;
}

static enum err on_signals(void *context, const struct index_contact *c)
{
    struct showing *s = context;
    struct index_visit visit;
    TRY(put_visits_to(s, c->visit + 1));
    if (!c->signals)
        return ERR_OK;
    TRY(index_visit_at(s->index, c->visit, &visit));
    return put_signals(s, &visit, c);
}

static enum err on_alias(void *context, const struct index_alias *a)
{
    struct showing *s = context;
    struct show_line *line;
    TRY(show_begin(s, a->host, &line));
    show_text(line, a->host);
    show_text(line, a->canonical);
    show_time(s, line, a->time_ns);
    show_proof(s, line, a->archive, a->at, a->inner, a->bytes);
    return show_end(s, line);
}

static enum err on_archive(void *context, const struct index_archive *a)
{
    struct showing *s = context;
    struct show_line *line;
    TRY(show_begin(s, a->name, &line));
    show_text(line, a->name);
    show_text(line, a->kind);
    show_string(line, producer_name(a->producer));
    const uint64_t numbers[] = {a->bytes, a->record_count, a->response_count, a->visit_count, a->fault_count};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        show_number(s, line, numbers[i]);
    show_text(line, a->fingerprint);
    show_number(s, line, a->complete);
    return show_end(s, line);
}

static enum err on_fault(void *context, const struct index_fault *f)
{
    struct showing *s = context;
    struct show_line *line;
    TRY(show_begin(s, archive_name(s, f->archive), &line));
    show_text(line, archive_name(s, f->archive));
    show_number(s, line, f->first_at);
    show_text(line, f->stage);
    show_string(line, err_name(f->err));
    show_number(s, line, f->count);
    show_text(line, f->example);
    return show_end(s, line);
}

static enum err on_counter(void *context, const struct index_counter *c)
{
    struct showing *s = context;
    struct show_line *line;
    TRY(show_begin(s, s->line_count ? s->lines[0]->cells[0].text : SPAN_NONE,
                   &line)); /* a short table: sorted whole */
    show_text(line, c->name);
    show_text(line, c->unit);
    show_number(s, line, c->value);
    return show_end(s, line);
}

static enum err each_visit(struct showing *s)
{
    return index_each_visit(s->index, on_visit, s);
}
static enum err each_contact(struct showing *s)
{
    return index_each_contact(s->index, on_contact, s);
}
static enum err each_evidence(struct showing *s)
{
    return index_each_evidence(s->index, on_evidence, s);
}
static enum err each_cookie(struct showing *s)
{
    return index_each_cookie(s->index, on_cookie, s);
}
static enum err each_jar(struct showing *s)
{
    return index_each_cookie(s->index, on_jar, s);
}
static enum err each_signals(struct showing *s)
{
    TRY(index_each_contact(s->index, on_signals, s));
    return put_visits_to(s, index_visit_count(s->index));
}
static enum err each_alias(struct showing *s)
{
    return index_each_alias(s->index, on_alias, s);
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
    const char *columns[SHOW_COLUMNS_MAX];
} tables[] = {
    {"visits",
     each_visit,               {"page_url", "time", "archive", "offset", "status", "producer", "contacts", "complete"}},
    {"contacts",
     each_contact,             {"page_url", "host", "path", "site", "evidence", "type", "party", "count", "first_time", "archive",
      "offset", "length", "first_url"}                                                              },
    {"evidence",
     each_evidence,            {"page_url", "host", "path", "origin", "classes", "condition", "declared_by", "depth", "frame_site",
      "hop", "redirect_from", "archive", "offset", "length"}                                       },
    {"cookies",
     each_cookie,              {"page_url", "host", "name", "how", "party", "domain", "path", "lifetime_s", "secure", "httponly",
      "samesite", "partitioned", "archive", "offset", "length"}                                      },
    {"jar",
     each_jar,                 {"page_url", "host", "name", "how", "domain", "path", "stored", "reason", "lifetime", "effective_s",
      "archive", "offset", "length"}                                                                    },
    {"signals",
     each_signals,             {"page_url", "host", "path", "flags", "consent_state", "consent_rule", "referrer_policy", "archive",
      "offset", "length"}                                                                           },
    {"aliases",  each_alias,   {"host", "canonical", "time", "archive", "offset", "length"}                           },
    {"archives",
     each_archive,             {"archive", "kind", "producer", "bytes", "records", "responses", "visits", "faults", "fingerprint",
      "complete"}                                                                                   },
    {"faults",   each_fault,   {"archive", "offset", "stage", "kind", "count", "example"}                             },
    {"counters", each_counter, {"name", "unit", "value"}                                                              },
};
#define TABLE_COUNT (sizeof tables / sizeof *tables)

const char *show_table_name(size_t at)
{
    return at < TABLE_COUNT ? tables[at].name : NULL;
}

static enum err show(struct showing *s, size_t table)
{
    for (s->column_count = 0; s->column_count < SHOW_COLUMNS_MAX && s->columns[s->column_count];)
        s->column_count++;
    for (size_t i = 0; s->format == SHOW_TSV && i < s->column_count; i++) {
        buf_add_string(&s->out, i ? "\t" : "");
        buf_add_string(&s->out, s->columns[i]);
    }
    buf_add_string(&s->out, s->format == SHOW_TSV ? "\n" : "");
    TRY(tables[table].each(s));
    return show_flush(s, true);
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
