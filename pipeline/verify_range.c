// SPDX-License-Identifier: MIT
#include "verify_range.h"

#include <stdlib.h>

#include "base/limits.h"
#include "dictionary.h"
#include "ext/ext_deflate.h"
#include "verify_block.h"

struct verifier {
    struct inflater *inflater, *windows; /* windows: of records that the reader cuts */
    struct payload_tools tools;
    struct arena arena;
    const struct verifier_settings *settings;
    struct verify_range *range;
    bool was_cut; /* the reader said so of the record it gives next */
};

/* How the reader's faults are called here. */
static const struct {
    enum finding_kind kind;
    bool is_note;
} faults[ERR_COUNT] = {
  // clang-format off
    [ERR_SYNTAX] = {FINDING_SYNTAX, false},         [ERR_TRUNCATED] = {FINDING_TRUNCATED, false},
    [ERR_CHECKSUM] = {FINDING_CHECKSUM, false},     [ERR_CORRUPT] = {FINDING_CORRUPT, false},
    [ERR_TOO_LARGE] = {FINDING_TOO_LARGE, false},   [ERR_LENGTH] = {FINDING_LENGTH, false},
    [ERR_GARBAGE] = {FINDING_GARBAGE, false},       [ERR_NO_LENGTH] = {FINDING_NO_LENGTH, false},
    [ERR_VERSION] = {FINDING_VERSION, true},        [ERR_FIELD] = {FINDING_HEAD_LINE, true},
    [ERR_DICTIONARY] = {FINDING_DICTIONARY, false}, [ERR_WINDOW] = {FINDING_WINDOW, false},
  // clang-format on
};

static bool is_padding(struct span bytes)
{
    size_t at = 0;
    while (at < bytes.bytes && bytes.at[at] == '\0')
        at++;
    return bytes.bytes && at == bytes.bytes;
}

static void on_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    struct verifier *v = context;
    struct verify_range *r = v->range;
    enum finding_kind kind = faults[err].kind;
    bool is_error = !faults[err].is_note;
    struct span lost = span_first(span_from(r->range.bytes, (size_t)at), (size_t)bytes);
    if (kind == FINDING_SYNTAX && err != ERR_SYNTAX)
        kind = FINDING_OTHER_FAULT;
    if (err == ERR_GARBAGE && is_padding(lost)) {
        finding_add(&r->findings, FINDING_PADDING, false, (struct place){.at = at},
                    "%llu zero bytes between records", (unsigned long long)bytes);
        return;
    }
    if (err == ERR_TOO_LARGE && !bytes) {
        v->was_cut = true;
        finding_add(&r->findings, FINDING_TOO_LARGE, false, (struct place){.at = at},
                    "longer than what index reads of a record; verify reads all of it");
        return;
    }
    finding_add(&r->findings, kind, is_error, (struct place){.at = at}, bytes ? "%s; %llu bytes" : "%s",
                err_text(err), (unsigned long long)bytes);
}

static void free_verifier(void *worker)
{
    struct verifier *v = worker;
    if (!v)
        return;
    inflater_free(v->inflater);
    inflater_free(v->windows);
    crypto_free(v->tools.block);
    crypto_free(v->tools.body);
    arena_free(&v->arena);
    free(v);
}

static void *make_verifier(const void *context)
{
    const struct verifier_settings *settings = context;
    struct verifier *v = calloc(1, sizeof *v);
    if (!v)
        return NULL;
    arena_init(&v->arena, LIMIT_WORKER_ARENA_BYTES);
    v->settings = settings;
    v->inflater = dictionary_inflater(settings->dictionary);
    v->windows = dictionary_inflater(settings->dictionary);
    v->tools = (struct payload_tools){crypto_new(), crypto_new(), &v->arena};
    if (!v->inflater || !v->windows || !v->tools.block || !v->tools.body) {
        free_verifier(v);
        return NULL;
    }
    return v;
}

struct verify_range *verify_range_new(struct span name, uint64_t max_lines)
{
    struct verify_range *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->name = name;
    finding_init(&r->findings, max_lines);
    buf_init(&r->links, LIMIT_LINKS_BYTES);
    return r;
}

/* A verify_range begins with its range. */
static void free_range(struct range *range)
{
    struct verify_range *r = (struct verify_range *)range;
    finding_free(&r->findings);
    buf_free(&r->links);
    free(r);
}

static void forget_range(struct range *range)
{
    struct verify_range *r = (struct verify_range *)range;
    finding_reset(&r->findings);
    buf_reset(&r->links);
    r->tally = (struct verify_tally){0};
    r->capture = (struct capture){.producer = r->capture.producer};
}

static bool needs_uri(enum record_type type)
{
    return type != RECORD_UNKNOWN && type != RECORD_WARCINFO && type != RECORD_METADATA;
}

static struct span file_name(struct span name)
{
    for (size_t i = name.bytes; i > 0; i--)
        if (name.at[i - 1] == '/' || name.at[i - 1] == '!')
            return span_from(name, i);
    return name;
}

/* What a record has to say of itself. No URL is printed: queries hold personal data. */
static void check_head(struct verify_range *r, const struct record *record, struct place place)
{
    struct finding_list *list = &r->findings;
    const char *type = record_type_name(record->type);
    if (!record->is_arc && !record->type_text.bytes)
        finding_add(list, FINDING_NO_TYPE, false, place, "no WARC-Type");
    if (!record->is_arc && !record->id.bytes)
        finding_add(list, FINDING_NO_ID, false, place, "%s without WARC-Record-ID", type);
    if (record->date_ns == RECORD_NO_DATE)
        finding_add(list, FINDING_NO_DATE, false, place, "%s %.*s", type,
                    SPAN_ARG(record->date.bytes ? SPAN("with a date that is none") : SPAN("without a date")));
    if (needs_uri(record->type) && !record->target_uri.bytes)
        finding_add(list, FINDING_NO_URI, false, place, "%s without a target URI", type);
    struct span name = file_name(r->name);
    bool is_named = !span_equal(name, span_of_string(OPENING_STDIN));
    if (record->type == RECORD_WARCINFO && record->filename.bytes && is_named &&
        !span_equal(record->filename, name))
        finding_add(list, FINDING_FILENAME, false, place, "warcinfo says the file is %.*s",
                    SPAN_ARG(record->filename));
}

/* A payload that the block digest vouches for, or that the crawler cut, was only counted differently. */
static void tell_bad(struct verify_range *r, const struct record *record, struct place place, bool of_block,
                     const struct payload_check *check)
{
    char found[DIGEST_TEXT_BYTES];
    bool excused = !of_block && (check->block == PAYLOAD_GOOD || record->truncated.bytes);
    struct span declared = of_block ? record->block_digest : record->payload_digest;
    digest_text(of_block ? &check->block_found : &check->payload_found, found);
    finding_add(&r->findings, of_block ? FINDING_BLOCK_DIGEST : FINDING_PAYLOAD_DIGEST, !excused, place,
                "%s %.*s: declared %.*s, computed %s%s", record_type_name(record->type), SPAN_ARG(record->id),
                SPAN_ARG(span_first(declared, 100)), found,
                !excused                       ? ""
                : check->block == PAYLOAD_GOOD ? "; the block is what was written"
                                               : "; the crawler cut the record");
}

static void tell_verdict(struct verify_range *r, const struct record *record, struct place place,
                         bool of_block, const struct payload_check *check)
{
    enum payload_verdict verdict = of_block ? check->block : check->payload;
    struct span declared = span_first(of_block ? record->block_digest : record->payload_digest, 100);
    const char *type = record_type_name(record->type);
    switch (verdict) {
    case PAYLOAD_NO_DIGEST:
        return;
    case PAYLOAD_GOOD_AS_STORED:
        finding_add(&r->findings, FINDING_PAYLOAD_AS_STORED, false, place,
                    "%s %.*s: payload digest is over the chunked framing, too", type, SPAN_ARG(record->id));
        break;
    case PAYLOAD_BAD:
        tell_bad(r, record, place, of_block, check);
        r->tally.digests_bad++;
        return;
    case PAYLOAD_UNKNOWN_ALGORITHM:
        finding_add(&r->findings, FINDING_DIGEST_ALGORITHM, false, place,
                    "%s: unknown algorithm, not checked: %.*s", type, SPAN_ARG(declared));
        break;
    case PAYLOAD_MALFORMED_DIGEST:
        finding_add(&r->findings, FINDING_DIGEST_FORM, false, place, "%s: no digest, not checked: %.*s", type,
                    SPAN_ARG(declared));
        break;
    default:
        break;
    }
    bool good = verdict == PAYLOAD_GOOD || verdict == PAYLOAD_GOOD_AS_STORED;
    *(good ? &r->tally.digests_good : &r->tally.digests_unknown) += 1;
}

static void tell_short(struct verify_range *r, const struct record *record, struct place place)
{
    uint64_t count = (record->block_digest.at != NULL) + (record->payload_digest.at != NULL);
    r->tally.digests_unknown += count;
    if (count)
        finding_add(&r->findings, FINDING_NOT_CHECKED, false, place,
                    "%s is not whole: its digests are not checked", record_type_name(record->type));
}

/* Of a record whose block is not whole nothing can be computed; that it is not whole was said. */
static enum err check_digests(struct verifier *v, const struct record *record, struct place place)
{
    struct verify_range *r = v->range;
    struct payload_check check = {0};
    struct verify_block block = {.record = record};
    bool is_short = record->block.bytes < record->declared_bytes;
    struct span member = span_from(r->range.bytes, (size_t)place.at);
    bool is_packed = span_starts(member, SPAN("\x1f\x8b")) || span_starts(member, SPAN("\x28\xb5"));
    if (is_short && v->was_cut && is_packed) {
        TRY(inflater_archive(v->windows, r->range.bytes));
        block.inflater = v->windows;
        block.member = member;
        block.block_at = place.inner + (uint64_t)(record->block.at - record->raw.at);
    } else if (is_short) {
        tell_short(r, record, place);
        return ERR_OK;
    }
    TRY(payload_check(&v->tools, record, verify_block_piece, &block, &check));
    if (is_short && block.end_at && block.end_at < record->declared_bytes) {
        tell_short(r, record, place); /* its rest lies in further members */
        return ERR_OK;
    }
    if (check.not_http)
        finding_add(&r->findings, FINDING_NOT_HTTP, false, place, "%s is no HTTP message",
                    record_type_name(record->type));
    tell_verdict(r, record, place, true, &check);
    tell_verdict(r, record, place, false, &check);
    return ERR_OK;
}

static void add_link(void *context, const struct link *link)
{
    struct verify_range *r = context;
    buf_add(&r->links, span_of(link, sizeof *link));
}

static enum err check_record(struct verifier *v, const struct record *record, struct place place)
{
    struct verify_range *r = v->range;
    r->tally.records++;
    check_head(r, record, place);
    TRY(check_digests(v, record, place));
    links_each(record, place, add_link, r);
    TRY(capture_learn(&r->capture, record, &v->arena));
    arena_reset(&v->arena);
    return r->links.err == ERR_MEMORY ? ERR_MEMORY : ERR_OK;
}

static enum err read_range(void *worker, struct range *range)
{
    struct verifier *v = worker;
    struct verify_range *r = (struct verify_range *)range;
    struct reader reader;
    struct record record;
    struct place place;
    enum err err;
    v->range = r;
    reader_init(&reader, r->range.bytes, r->range.kind, r->range.lo, r->range.hi, r->range.exact, v->inflater,
                on_fault, v);
    for (;;) {
        v->was_cut = false;
        err = reader_next(&reader, &record, &place);
        if (!err && *v->settings->stop)
            err = ERR_STOPPED;
        if (!err)
            err = check_record(v, &record, place);
        if (err)
            break;
    }
    r->range.first_at = reader.first_at;
    r->range.end_at = reader.end_at;
    r->tally.members = reader.member_count;
    return err == ERR_END ? ERR_OK : err;
}

const struct range_use verify_range_use = {.worker_new = make_verifier,
                                           .worker_free = free_verifier,
                                           .read = read_range,
                                           .forget = forget_range,
                                           .free = free_range};
