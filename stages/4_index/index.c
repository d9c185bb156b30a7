// SPDX-License-Identifier: MIT
#include "4_index/index.h"

#include <errno.h>

#include "4_index/href.h"
#include "4_index/key.h"
#include "4_index/row.h"
#include "4_index/texts.h"
#include "ext/ext_lmdb.h"

enum {
    TABLE_META,
    TABLE_ARCHIVE,
    TABLE_FAULT,
    TABLE_COUNTER,
    TABLE_VISIT,
    TABLE_CONTACT,
    TABLE_COOKIE,
    TABLE_ALIAS,
    TABLE_TEXT,
    TABLE_COUNT
};
static const char *const table_names[TABLE_COUNT] = {"meta",    "archive", "fault", "counter", "visit",
                                                     "contact", "cookie",  "alias", "text"};

struct index {
    struct arena arena;
    struct store *store;
    store_table tables[TABLE_COUNT];
    struct texts *texts; /* changes while rows are read: an index belongs to one thread */
};

static struct span meta(const struct index *index, struct span key)
{
    struct span value;
    return store_get(index->store, index->tables[TABLE_META], key, &value) ? SPAN_NONE : value;
}

static enum err open_tables(struct index *index)
{
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        enum err err = store_find_table(index->store, table_names[i], &index->tables[i]);
        if (err)
            return err == ERR_NOT_FOUND ? ERR_INDEX : err;
    }
    if (!span_equal(meta(index, SPAN("format")), SPAN(KEY_FORMAT)))
        return ERR_INDEX;
    return texts_open(index->store, index->tables[TABLE_TEXT], &index->arena, &index->texts);
}

enum err index_open(const char *path, struct index **out)
{
    struct arena arena;
    arena_init(&arena, 1u << 20);
    struct index *index = arena_alloc(&arena, sizeof *index);
    if (!index)
        return ERR_MEMORY;
    index->arena = arena;
    enum err err = store_open(path, &index->store);
    if (!err)
        err = open_tables(index);
    if (err)
        index_close(index);
    else
        *out = index;
    return err;
}

void index_close(struct index *index)
{
    if (!index)
        return;
    int saved = errno;
    texts_close(index->texts);
    store_close(index->store);
    struct arena arena = index->arena; /* index lies in it */
    arena_free(&arena);
    errno = saved;
}

unsigned index_year(const struct index *index)
{
    uint64_t year = 0;
    return span_to_u64(meta(index, SPAN("year")), &year) ? (unsigned)year : 0;
}

uint32_t index_visit_count(const struct index *index)
{
    return (uint32_t)store_count(index->store, index->tables[TABLE_VISIT]);
}

struct span index_digest(const struct index *index)
{
    return meta(index, SPAN("digest"));
}

struct span index_program(const struct index *index)
{
    return meta(index, SPAN("program"));
}

struct span index_suffixes(const struct index *index)
{
    return meta(index, SPAN("suffixes"));
}

struct span index_suffixes_sha256(const struct index *index)
{
    return meta(index, SPAN("suffixes_sha256"));
}

static enum err text(const struct index *index, uint64_t number, struct span *out)
{
    return texts_find(index->texts, number, out);
}

static struct span slice(struct span url, uint64_t at, uint64_t bytes)
{
    return span_first(span_from(url, at), bytes);
}

static enum err visit_of_row(const struct index *index, uint32_t id, struct span packed,
                             struct index_visit *out)
{
    struct row_visit row;
    TRY(row_visit_unpack(packed, &row));
    *out = (struct index_visit){
        .id = id,
        .time_ns = row.time_ns,
        .archive = (uint32_t)row.proof.archive,
        .at = row.proof.at,
        .bytes = row.proof.bytes,
        .inner = row.proof.inner,
        .status = (unsigned)row.status,
        .producer = (enum producer)row.producer,
        .complete = row.complete,
        .has_text = row.has_text,
        .contact_count = (uint32_t)row.contact_count,
        .signals = (uint32_t)row.signals,
        .consent = {(enum consent_state)row.consent, (unsigned)row.consent_rule},
        .referrer_policy = (enum referrer_policy)row.referrer_policy,
        .consent_archive = (uint32_t)row.consent_proof.archive,
        .consent_at = row.consent_proof.at,
        .consent_bytes = row.consent_proof.bytes,
        .consent_inner = row.consent_proof.inner
    };
    if (row.consent >= CONSENT_STATE_COUNT || row.referrer_policy >= REFERRER_POLICY_COUNT)
        return ERR_INDEX;
    TRY(text(index, row.url, &out->page_url));
    out->host = href_of(out->page_url).host;
    out->site = slice(out->page_url, row.url_site_at, row.url_site_bytes);
    return ERR_OK;
}

static enum err contact_of_row(const struct index *index, uint32_t visit, struct unpack *in,
                               struct index_contact *out)
{
    struct row_contact row;
    row_contact_take(in, &row);
    if (in->bad)
        return ERR_INDEX;
    *out = (struct index_contact){.visit = visit,
                                  .evidence = (enum evidence)row.evidence,
                                  .evidence_mask = (uint32_t)row.evidence_mask,
                                  .condition = (enum condition)row.condition,
                                  .resource = (enum resource)row.resource,
                                  .third = row.third,
                                  .count = (uint32_t)row.count,
                                  .first_time_ns = row.first_time_ns,
                                  .archive = (uint32_t)row.proof.archive,
                                  .at = row.proof.at,
                                  .bytes = row.proof.bytes,
                                  .inner = row.proof.inner,
                                  .signals = (uint32_t)row.signals};
    TRY(text(index, row.url, &out->first_url));
    TRY(text(index, row.declared_by, &out->declared_by));
    TRY(text(index, row.redirect_from, &out->redirect_from));
    TRY(text(index, row.frame_site, &out->frame_site));
    if (row.origin >= ORIGIN_COUNT)
        return ERR_INDEX;
    out->origin = (enum origin)row.origin;
    out->depth = (unsigned)row.depth;
    out->hop = (unsigned)row.hop;
    struct href parts = href_of(out->first_url);
    out->host = parts.host;
    out->path = parts.path;
    out->site = slice(out->first_url, row.url_site_at, row.url_site_bytes);
    return ERR_OK;
}

static enum err cookie_of_row(const struct index *index, uint32_t visit, struct unpack *in,
                              struct index_cookie *out)
{
    struct row_cookie row;
    row_cookie_take(in, &row);
    if (in->bad)
        return ERR_INDEX;
    if (row.how > COOKIE_SCRIPT || row.storable >= COOKIE_STORABLE_COUNT || row.same_site > SAME_SITE_STRICT)
        return ERR_INDEX;
    *out = (struct index_cookie){.visit = visit,
                                 .how = (enum cookie_how)row.how,
                                 .third = row.third,
                                 .lifetime_s = row.lifetime_s,
                                 .secure = row.secure,
                                 .http_only = row.http_only,
                                 .partitioned = row.partitioned,
                                 .storable = (enum cookie_storable)row.storable,
                                 .same_site = (enum same_site)row.same_site,
                                 .archive = (uint32_t)row.proof.archive,
                                 .at = row.proof.at,
                                 .bytes = row.proof.bytes,
                                 .inner = row.proof.inner};
    TRY(text(index, row.host, &out->host));
    TRY(text(index, row.name, &out->name));
    TRY(text(index, row.domain, &out->domain));
    return text(index, row.path, &out->path);
}

static enum err alias_of_row(const struct index *index, struct span packed, struct index_alias *out)
{
    struct row_alias row;
    TRY(row_alias_unpack(packed, &row));
    *out = (struct index_alias){.time_ns = row.time_ns,
                                .archive = (uint32_t)row.proof.archive,
                                .at = row.proof.at,
                                .bytes = row.proof.bytes,
                                .inner = row.proof.inner};
    TRY(text(index, row.host, &out->host));
    return text(index, row.canonical, &out->canonical);
}

static enum err archive_of_row(uint32_t number, struct span packed, struct index_archive *out)
{
    struct row_archive row;
    TRY(row_archive_unpack(packed, &row));
    *out = (struct index_archive){.number = number,
                                  .name = row.name,
                                  .kind = row.kind,
                                  .producer = (enum producer)row.producer,
                                  .bytes = row.bytes,
                                  .record_count = row.record_count,
                                  .response_count = row.response_count,
                                  .visit_count = row.visit_count,
                                  .fault_count = row.fault_count,
                                  .fingerprint = row.fingerprint,
                                  .complete = row.complete};
    return ERR_OK;
}

static enum err fault_of_row(struct span packed, struct index_fault *out)
{
    struct row_fault row;
    TRY(row_fault_unpack(packed, &row));
    *out = (struct index_fault){.archive = (uint32_t)row.archive,
                                .first_at = row.first_at,
                                .stage = row.stage,
                                .err = (enum err)row.err,
                                .count = row.count,
                                .example = row.example};
    return ERR_OK;
}

static enum err counter_of_row(struct span packed, struct index_counter *out)
{
    struct row_counter row;
    TRY(row_counter_unpack(packed, &row));
    *out = (struct index_counter){row.name, row.unit, row.value};
    return ERR_OK;
}

/* One walk for all tables: the callback of the table stands in a union, the row is unpacked on the way. */
struct walk {
    const struct index *index;
    void *context;
    union {
        index_visit_fn *visit;
        index_contact_fn *contact;
        index_cookie_fn *cookie;
        index_alias_fn *alias;
        index_archive_fn *archive;
        index_fault_fn *fault;
        index_counter_fn *counter;
    } fn;
};

static uint32_t number_of(struct span key)
{
    return key.bytes >= 4 ? (uint32_t)unpack_be(key.at, 4) : 0;
}

#define INDEX_WALK(name, unpack_row)                                                                         \
    static enum err on_##name(void *context, struct span key, struct span value)                             \
    {                                                                                                        \
        const struct walk *walk = context;                                                                   \
        struct index_##name row;                                                                             \
        (void)key;                                                                                           \
        TRY(unpack_row);                                                                                     \
        return walk->fn.name(walk->context, &row);                                                           \
    }
INDEX_WALK(visit, visit_of_row(walk->index, number_of(key), value, &row))
INDEX_WALK(alias, alias_of_row(walk->index, value, &row))
INDEX_WALK(archive, archive_of_row(number_of(key), value, &row))
INDEX_WALK(fault, fault_of_row(value, &row))
INDEX_WALK(counter, counter_of_row(value, &row))
#undef INDEX_WALK

/* The same for tables whose entries hold several rows of a visit. */
#define INDEX_WALK_ROWS(name)                                                                                \
    static enum err on_##name(void *context, struct span key, struct span value)                             \
    {                                                                                                        \
        const struct walk *walk = context;                                                                   \
        struct unpack in = {.rest = value};                                                                  \
        while (in.rest.bytes) {                                                                              \
            struct index_##name row;                                                                         \
            TRY(name##_of_row(walk->index, number_of(key), &in, &row));                                      \
            TRY(walk->fn.name(walk->context, &row));                                                         \
        }                                                                                                    \
        return ERR_OK;                                                                                       \
    }
INDEX_WALK_ROWS(contact)
INDEX_WALK_ROWS(cookie)
#undef INDEX_WALK_ROWS

static enum err each(struct walk walk, int table, store_entry_fn *fn)
{
    return store_each(walk.index->store, walk.index->tables[table], SPAN_NONE, fn, &walk);
}

enum err index_each_visit(const struct index *index, index_visit_fn *fn, void *context)
{
    return each((struct walk){.index = index, .context = context, .fn.visit = fn}, TABLE_VISIT, on_visit);
}

enum err index_each_evidence(const struct index *index, index_contact_fn *fn, void *context)
{
    return each((struct walk){.index = index, .context = context, .fn.contact = fn}, TABLE_CONTACT,
                on_contact);
}

static enum err on_evidence(void *context, const struct index_contact *row)
{
    const struct walk *walk = context;
    return origin_is_page(row->origin) ? walk->fn.contact(walk->context, row) : ERR_OK;
}

enum err index_each_contact(const struct index *index, index_contact_fn *fn, void *context)
{
    struct walk walk = {.context = context, .fn.contact = fn};
    return index_each_evidence(index, on_evidence, &walk);
}

enum err index_each_cookie(const struct index *index, index_cookie_fn *fn, void *context)
{
    return each((struct walk){.index = index, .context = context, .fn.cookie = fn}, TABLE_COOKIE, on_cookie);
}

enum err index_each_alias(const struct index *index, index_alias_fn *fn, void *context)
{
    return each((struct walk){.index = index, .context = context, .fn.alias = fn}, TABLE_ALIAS, on_alias);
}

enum err index_each_archive(const struct index *index, index_archive_fn *fn, void *context)
{
    return each((struct walk){.index = index, .context = context, .fn.archive = fn}, TABLE_ARCHIVE,
                on_archive);
}

enum err index_each_fault(const struct index *index, index_fault_fn *fn, void *context)
{
    return each((struct walk){.index = index, .context = context, .fn.fault = fn}, TABLE_FAULT, on_fault);
}

enum err index_each_counter(const struct index *index, index_counter_fn *fn, void *context)
{
    return each((struct walk){.index = index, .context = context, .fn.counter = fn}, TABLE_COUNTER,
                on_counter);
}

enum err index_visit_at(const struct index *index, uint32_t visit, struct index_visit *out)
{
    struct key key = key_of(visit);
    struct span packed;
    TRY(store_get(index->store, index->tables[TABLE_VISIT], key_span(&key), &packed));
    return visit_of_row(index, visit, packed, out);
}

enum err index_archive_at(const struct index *index, uint32_t archive, struct index_archive *out)
{
    struct key key = key_of(archive);
    struct span packed;
    TRY(store_get(index->store, index->tables[TABLE_ARCHIVE], key_span(&key), &packed));
    return archive_of_row(archive, packed, out);
}

const char *cookie_how_name(enum cookie_how how)
{
    static const char *const names[] = {"set", "sent", "script"};
    return names[how];
}
