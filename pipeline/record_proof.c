// SPDX-License-Identifier: MIT
#include "record_proof.h"

#include <stdio.h>

#include "2_decode/body.h"
#include "3_extract/css.h"
#include "3_extract/html.h"
#include "base/limits.h"
#include "record_mask.h"

#define PROOF_NEAR_BYTES (16u << 20)
#define EXCERPT_BYTES    120u /* before and behind what is named */

struct printing {
    const struct record_proof *proof;
    struct arena arena;
    struct buf out;
};

static void add(struct printing *p, struct span text, void (*mask)(struct span text, struct buf *out))
{
    if (p->proof->values)
        buf_add(&p->out, text);
    else
        mask(text, &p->out);
}

static void add_record(struct printing *p, const struct record *record, struct place place)
{
    struct http_head head = {0};
    bool is_http = exchange_parse(record->block, &p->arena, &head) == ERR_OK;
    buf_format(&p->out, "# %s at offset %llu", record_type_name(record->type), (unsigned long long)place.at);
    if (place.inner)
        buf_format(&p->out, "+%llu", (unsigned long long)place.inner);
    buf_add_char(&p->out, '\n');
    add(p, record->head, record_mask_head);
    add(p, span_first(record->block, is_http ? (size_t)(head.body.at - record->block.at) : 0),
        record_mask_head);
}

/* --- the other half of the exchange --- */

struct half {
    enum record_type type;
    struct span id, target_uri, concurrent_to[RECORD_CONCURRENT_MAX];
};

static bool names(const struct span *ids, struct span id)
{
    for (size_t i = 0; id.bytes && i < RECORD_CONCURRENT_MAX; i++)
        if (span_equal(ids[i], id))
            return true;
    return false;
}

static bool is_other_half(const struct half *mine, const struct record *other, bool *is_named)
{
    bool mine_asks = mine->type == RECORD_REQUEST, other_asks = other->type == RECORD_REQUEST;
    bool is_answer = other->type == RECORD_RESPONSE || other->type == RECORD_REVISIT;
    *is_named = names(mine->concurrent_to, other->id) || names(other->concurrent_to, mine->id);
    return mine_asks != other_asks && (mine_asks ? is_answer : other_asks) &&
           (*is_named || span_equal(other->target_uri, mine->target_uri));
}

static void ignore_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    (void)context, (void)err, (void)at, (void)bytes; /* verify's business */
}

/* The heads of a record that names the other, else of the nearest of the same URL; empty: none. */
static enum err find_half(struct printing *p, const struct half *mine, struct span *out)
{
    const struct record_proof *proof = p->proof;
    uint64_t at = proof->place.at, from = at > PROOF_NEAR_BYTES ? at - PROOF_NEAR_BYTES : 0;
    uint64_t to = at + PROOF_NEAR_BYTES < proof->archive.bytes ? at + PROOF_NEAR_BYTES : proof->archive.bytes;
    struct reader reader;
    struct record record;
    struct place place;
    enum err err;
    *out = SPAN("");
    reader_init(&reader, proof->archive, proof->kind, from, to, from == 0, proof->inflater, ignore_fault,
                NULL);
    while ((err = reader_next(&reader, &record, &place)) == ERR_OK) {
        bool is_named, is_before = place.at < at || (place.at == at && place.inner < proof->place.inner);
        if (!is_other_half(mine, &record, &is_named) || (!is_named && !is_before && out->bytes))
            continue; /* of the same URL the last one before, else the first one behind */
        size_t start = p->out.bytes;
        add_record(p, &record, place);
        *out = arena_copy(&p->arena, span_from(buf_span(&p->out), start));
        p->out.bytes = start;
        if (is_named || !out->at)
            break;
    }
    return err == ERR_END ? ERR_OK : err ? err : out->at ? ERR_OK : ERR_MEMORY;
}

static enum err add_half(struct printing *p, const struct half *mine)
{
    struct span half;
    TRY(find_half(p, mine, &half));
    const char *what = mine->type == RECORD_REQUEST ? "answer" : "request";
    if (half.bytes)
        buf_add(&p->out, half);
    else
        buf_format(&p->out, "# no %s was recorded with it\n", what);
    return p->out.err;
}

/* --- the markup --- */

static bool is_of_host(struct span host, struct span wanted)
{
    return span_equal(host, wanted) || (span_ends(host, wanted) && host.bytes > wanted.bytes &&
                                        host.at[host.bytes - wanted.bytes - 1] == '.');
}

/* Whole characters of UTF-8 only. */
static bool is_cut(struct span body, size_t at)
{
    return at < body.bytes && ((unsigned char)body.at[at] & 0xc0) == 0x80;
}

/* As much of the line as stands around the offset. */
static struct span line_around(struct span body, size_t at)
{
    size_t from = at, to = at;
    while (from && body.at[from - 1] != '\n' && (at - from < EXCERPT_BYTES || is_cut(body, from)))
        from--;
    while (to < body.bytes && body.at[to] != '\n' && (to - at < EXCERPT_BYTES || is_cut(body, to)))
        to++;
    return span_trim(span_first(span_from(body, from), to - from));
}

static void add_excerpt(struct printing *p, struct span body, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += body.at[i] == '\n';
    struct span text = line_around(body, at);
    char *plain = arena_bytes(&p->arena, text.bytes + 1);
    for (size_t i = 0; plain && i < text.bytes; i++) /* nothing that a terminal obeys */
        plain[i] = (unsigned char)text.at[i] < ' ' || text.at[i] == 0x7f ? ' ' : text.at[i];
    buf_format(&p->out, " on line %zu, offset %zu: ", line, at);
    if (plain)
        add(p, span_of(plain, text.bytes), record_mask_urls);
    buf_add_char(&p->out, '\n');
}

static void add_references(struct printing *p, struct span body, const struct reference_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct reference *r = &list->items[i];
        if (!is_of_host(r->url.host, p->proof->host))
            continue;
        buf_format(&p->out, "# %s %s %s%s%s", evidence_name(r->evidence), r->element, r->attribute,
                   r->condition == CONDITION_NONE ? "" : ", ",
                   r->condition == CONDITION_NONE ? "" : condition_name(r->condition));
        add_excerpt(p, body, r->at);
    }
}

/* Lists and notes of crawlers, scripts: where the name stands. */
static void add_mentions(struct printing *p, struct span body)
{
    struct span host = p->proof->host;
    for (size_t at = 0; (at = span_find_span(body, host, at)) < body.bytes;
         at += host.bytes + EXCERPT_BYTES) {
        buf_add_string(&p->out, "# named");
        add_excerpt(p, body, at);
    }
}

static enum err add_markup(struct printing *p)
{
    const struct record *record = p->proof->record;
    struct http_head head = {0};
    struct url url;
    bool is_http = exchange_parse(record->block, &p->arena, &head) == ERR_OK;
    if (!is_http) {
        add_mentions(p, record->block);
        return p->out.err;
    }
    struct span type = exchange_field_last(&head, SPAN("content-type")),
                mime = exchange_mime(type, &p->arena);
    struct html_document document = {0};
    struct body body = {0};
    struct decoder *decoder = decoder_new(0);
    enum err err = decoder ? body_decode(decoder, &head, &body) : ERR_MEMORY;
    err = err_is_run(err) ? err : url_parse(record->target_uri, NULL, &p->arena, &url);
    if (!err && span_equal(mime, SPAN("text/css")))
        err = css_scan(body.bytes, &url, CSS_SHEET, "css", 0, &p->arena, &document.references);
    else if (!err && (span_ends(mime, SPAN("html")) || span_ends(mime, SPAN("xhtml+xml")) || !type.bytes))
        err = html_scan(body.bytes, &url, exchange_charset(type), &p->arena, &document);
    else if (!err && !is_of_host(url.host, p->proof->host))
        add_mentions(p, body.bytes);
    if (!err)
        add_references(p, body.bytes, &document.references);
    decoder_free(decoder);
    return err_is_run(err) ? err : p->out.err;
}

static enum err print(struct printing *p)
{
    const struct record *record = p->proof->record;
    struct half mine = {
        record->type, arena_copy(&p->arena, record->id), arena_copy(&p->arena, record->target_uri), {{0}}};
    for (size_t i = 0; i < RECORD_CONCURRENT_MAX; i++)
        mine.concurrent_to[i] = arena_copy(&p->arena, record->concurrent_to[i]);
    add_record(p, record, p->proof->place);
    TRY(p->out.err);
    if (record->type == RECORD_REQUEST || record->type == RECORD_RESPONSE || record->type == RECORD_REVISIT)
        TRY(add_half(p, &mine));
    TRY(add_markup(p));
    struct span text = buf_span(&p->out);
    return fwrite(text.at, 1, text.bytes, stdout) == text.bytes ? ERR_OK : ERR_IO;
}

enum err record_proof_print(const struct record_proof *proof)
{
    struct printing p = {.proof = proof};
    arena_init(&p.arena, LIMIT_WORKER_ARENA_BYTES);
    buf_init(&p.out, LIMIT_OUTPUT_BYTES);
    enum err err = print(&p);
    buf_free(&p.out);
    arena_free(&p.arena);
    return err;
}
