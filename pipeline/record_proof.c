// SPDX-License-Identifier: MIT
#include "record_proof.h"

#include <stdio.h>

#include "2_decode/body.h"
#include "3_extract/css.h"
#include "3_extract/header_refs.h"
#include "3_extract/html.h"
#include "base/limits.h"
#include "record_mask.h"

#define PROOF_NEAR_BYTES (16u << 20)
#define EXCERPT_BYTES    120u /* before and behind what is named */
#define MENTIONS_MAX     1000u

struct printing {
    const struct record_proof *proof;
    struct arena arena;
    struct buf out;
    struct span host;         /* as the tables write it */
    size_t counted_to, lines; /* line ends before an offset of the body */
    size_t place_count;
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
    int64_t date_ns;
    struct span id, target_uri, concurrent_to[RECORD_CONCURRENT_MAX];
};
enum fit { FIT_NONE, FIT_URL, FIT_DATE, FIT_NAMED }; /* the better, the higher */
struct candidate {
    enum fit fit;
    struct place place;
};

static bool names(const struct span *ids, struct span id)
{
    for (size_t i = 0; id.bytes && i < RECORD_CONCURRENT_MAX; i++)
        if (span_equal(ids[i], id))
            return true;
    return false;
}

/* One that names another half is none of this one. */
static enum fit fit_of(const struct half *mine, const struct record *other)
{
    bool mine_asks = mine->type == RECORD_REQUEST, other_asks = other->type == RECORD_REQUEST;
    bool is_answer = other->type == RECORD_RESPONSE || other->type == RECORD_REVISIT;
    if (mine_asks == other_asks || !(mine_asks ? is_answer : other_asks))
        return FIT_NONE;
    if (names(mine->concurrent_to, other->id) || names(other->concurrent_to, mine->id))
        return FIT_NAMED;
    if (other->concurrent_to[0].bytes || mine->concurrent_to[0].bytes ||
        !span_equal(other->target_uri, mine->target_uri))
        return FIT_NONE;
    bool same_date = mine->date_ns != RECORD_NO_DATE && mine->date_ns == other->date_ns;
    return same_date ? FIT_DATE : FIT_URL;
}

static void ignore_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    (void)context, (void)err, (void)at, (void)bytes; /* verify's business */
}

/* Heads are enough to know a half by. */
static enum reader_need needs_of(void *context, const struct record *record)
{
    (void)context;
    bool has_head = span_find_span(record->block, SPAN("\r\n\r\n"), 0) < record->block.bytes;
    return has_head || record->type != RECORD_REQUEST ? READER_NEED_HEAD : READER_NEED_UNKNOWN;
}

static const struct reader_needs heads = {needs_of, NULL};

/* From a place where a record is known to begin: what a search would find may lie inside a body, and prove nothing. */
static enum err look(struct printing *p, const struct half *mine, uint64_t from, uint64_t to,
                     struct candidate *best)
{
    const struct record_proof *proof = p->proof;
    struct reader reader;
    struct record record;
    struct place place;
    enum err err;
    reader_init(&reader, proof->archive, proof->kind, from, to, true, proof->inflater, ignore_fault, NULL);
    reader.needs = &heads;
    while ((err = reader_next(&reader, &record, &place)) == ERR_OK) {
        bool is_before =
            place.at < proof->place.at || (place.at == proof->place.at && place.inner < proof->place.inner);
        enum fit fit = fit_of(mine, &record);
        if (fit > best->fit || (fit && fit == best->fit && is_before)) /* of equals the nearest */
            *best = (struct candidate){fit, place};
        if (best->fit == FIT_NAMED)
            return ERR_OK;
    }
    return err == ERR_END ? ERR_OK : err;
}

static enum err find_half(struct printing *p, const struct half *mine, struct candidate *best)
{
    const struct record_proof *proof = p->proof;
    uint64_t at = proof->place.at, end = proof->archive.bytes;
    uint64_t to = at + proof->place.bytes + PROOF_NEAR_BYTES;
    TRY(look(p, mine, at, to < end ? to : end, best));
    return best->fit == FIT_NAMED ? ERR_OK : look(p, mine, 0, at, best);
}

static enum err add_candidate(struct printing *p, const struct candidate *best)
{
    static const char *const how[] = {[FIT_URL] = "# not named by it: the nearest of its address\n",
                                      [FIT_DATE] = "# not named by it: of its address and second\n",
                                      [FIT_NAMED] = ""};
    const struct record_proof *proof = p->proof;
    struct reader reader;
    struct record record;
    struct place place;
    enum err err;
    reader_init(&reader, proof->archive, proof->kind, best->place.at, best->place.at + 1, true,
                proof->inflater, ignore_fault, NULL);
    while ((err = reader_next(&reader, &record, &place)) == ERR_OK)
        if (place.at == best->place.at && place.inner == best->place.inner) {
            buf_add_string(&p->out, how[best->fit]);
            add_record(p, &record, place);
            return p->out.err;
        }
    return err == ERR_END ? ERR_OK : err;
}

static enum err add_half(struct printing *p, const struct half *mine)
{
    struct candidate best = {0};
    TRY(find_half(p, mine, &best));
    if (best.fit)
        return add_candidate(p, &best);
    buf_format(&p->out, "# no %s was found with it\n", mine->type == RECORD_REQUEST ? "answer" : "request");
    return p->out.err;
}

/* --- the markup --- */

static struct span without_dot(struct span host)
{
    host.bytes -= span_ends(host, SPAN("."));
    return host;
}

static bool is_of_host(struct span host, struct span wanted)
{
    return span_is_within(without_dot(host), wanted);
}

/* Whole characters of UTF-8, but no more of what is none. */
static bool is_cut(struct span body, size_t at)
{
    return at < body.bytes && ((unsigned char)body.at[at] & 0xc0) == 0x80;
}

/* As much of the line as stands around the offset. */
static struct span line_around(struct span body, size_t at)
{
    size_t from = at, to = at;
    while (from && body.at[from - 1] != '\n' &&
           (at - from < EXCERPT_BYTES || (is_cut(body, from) && at - from < EXCERPT_BYTES + 3)))
        from--;
    while (to < body.bytes && body.at[to] != '\n' &&
           (to - at < EXCERPT_BYTES || (is_cut(body, to) && to - at < EXCERPT_BYTES + 3)))
        to++;
    return span_trim(span_first(span_from(body, from), to - from));
}

/* The line of an offset; offsets mostly rise. */
static size_t line_of(struct printing *p, struct span body, size_t at)
{
    if (at < p->counted_to)
        p->counted_to = p->lines = 0;
    for (; p->counted_to < at; p->counted_to++)
        p->lines += body.at[p->counted_to] == '\n';
    return p->lines + 1;
}

/* Lines of markup hold what is personal in many forms: without --values only the address that is named, masked. */
static void add_place(struct printing *p, struct span body, size_t at, struct span url)
{
    buf_format(&p->out, " on line %zu, offset %zu", line_of(p, body, at), at);
    p->place_count++;
    if (p->proof->values) {
        struct span text = line_around(body, at);
        buf_add_string(&p->out, ": ");
        for (size_t i = 0; i < text.bytes; i++) /* controls are nothing to obey */
            buf_add_char(&p->out, (unsigned char)text.at[i] < ' ' || text.at[i] == 0x7f ? ' ' : text.at[i]);
    } else if (url.bytes) {
        buf_add_string(&p->out, ": ");
        record_mask_urls(url, &p->out);
    }
    buf_add_char(&p->out, '\n');
}

static void add_rule(struct printing *p, const struct reference *r)
{
    bool plain = r->condition == CONDITION_NONE;
    buf_format(&p->out, "# %s %s %s%s%s", evidence_name(r->evidence), r->element, r->attribute,
               plain ? "" : ", ", plain ? "" : condition_name(r->condition));
}

static void add_references(struct printing *p, struct span body, const struct reference_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_of_host(list->items[i].url.host, p->host)) {
            add_rule(p, &list->items[i]);
            add_place(p, body, list->items[i].at, list->items[i].url.href);
        }
}

static void add_head_references(struct printing *p, const struct reference_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_of_host(list->items[i].url.host, p->host)) {
            add_rule(p, &list->items[i]);
            buf_add_string(&p->out, " in the head: ");
            add(p, list->items[i].url.href, record_mask_urls);
            buf_add_char(&p->out, '\n');
            p->place_count++;
        }
}

static bool is_name_char(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '-';
}

/* The name as a whole, or below another one. */
static bool is_mention(struct span body, size_t at, size_t bytes)
{
    size_t end = at + bytes;
    bool before = at && is_name_char(body.at[at - 1]);
    bool behind = end < body.bytes &&
                  (is_name_char(body.at[end]) ||
                   (body.at[end] == '.' && end + 1 < body.bytes && ascii_is_alpha(body.at[end + 1])));
    return !before && !behind;
}

/* Lists and notes of crawlers, scripts: where the name stands. */
static void add_mentions(struct printing *p, struct span body)
{
    for (size_t at = 0; at + p->host.bytes <= body.bytes && p->place_count < MENTIONS_MAX; at++) {
        if (ascii_lower(body.at[at]) != p->host.at[0] || !span_starts_nocase(span_from(body, at), p->host) ||
            !is_mention(body, at, p->host.bytes))
            continue;
        buf_add_string(&p->out, "# named");
        add_place(p, body, at, span_first(span_from(body, at), p->host.bytes));
        at += p->host.bytes;
    }
}

static enum err scan(struct printing *p, const struct http_head *head, struct span body,
                     const struct url *url)
{
    struct span type = exchange_field_last(head, SPAN("content-type")), mime = exchange_mime(type, &p->arena);
    struct html_document document = {0};
    struct reference_list of_head = {0};
    enum err err = header_refs_scan(head, url, &p->arena, &of_head);
    add_head_references(p, &of_head);
    if (!err && span_equal(mime, SPAN("text/css")))
        err = css_scan(body, url, CSS_SHEET, "css", 0, &p->arena, &document.references);
    else if (!err && (span_ends(mime, SPAN("html")) || span_ends(mime, SPAN("xhtml+xml")) || !type.bytes))
        err = html_scan(body, url, exchange_charset(type), NULL, &p->arena, &document);
    else if (!err && !is_of_host(url->host, p->host))
        add_mentions(p, body);
    if (!err)
        add_references(p, body, &document.references);
    return err;
}

static enum err add_markup(struct printing *p)
{
    const struct record *record = p->proof->record;
    struct http_head head = {0};
    struct url url = {0};
    struct body body = {0};
    if (record->type == RECORD_REQUEST)
        return ERR_OK; /* what a request sends is no markup */
    bool is_http = exchange_parse(record->block, &p->arena, &head) == ERR_OK;
    if (!is_http || url_parse(record->target_uri, NULL, &p->arena, &url) != ERR_OK) {
        add_mentions(p, record->block);
    } else {
        struct decoder *decoder = decoder_new(0);
        enum err err = decoder ? body_decode(decoder, &head, &body) : ERR_MEMORY;
        if (!err_is_run(err))
            err = scan(p, &head, body.bytes, &url);
        decoder_free(decoder);
        TRY(err);
    }
    if (!p->place_count && !is_of_host(url.host, p->host))
        buf_format(&p->out, "# nothing in it names %.*s\n", SPAN_ARG(p->host));
    return p->out.err;
}

/* As hosts are written in the tables. */
static enum err normal_host(struct printing *p)
{
    struct url url;
    struct span text = arena_format(&p->arena, "https://%.*s/", SPAN_ARG(p->proof->host));
    if (!text.at)
        return ERR_MEMORY;
    enum err err = url_parse(text, NULL, &p->arena, &url);
    if (err_is_run(err))
        return err;
    p->host = without_dot(err ? p->proof->host : url.host);
    return p->host.bytes ? ERR_OK : ERR_URL;
}

static enum err print(struct printing *p)
{
    const struct record *record = p->proof->record;
    struct half mine = {.type = record->type,
                        .date_ns = record->date_ns,
                        .id = arena_copy(&p->arena, record->id),
                        .target_uri = arena_copy(&p->arena, record->target_uri)};
    for (size_t i = 0; i < RECORD_CONCURRENT_MAX; i++)
        mine.concurrent_to[i] = arena_copy(&p->arena, record->concurrent_to[i]);
    TRY(normal_host(p));
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
