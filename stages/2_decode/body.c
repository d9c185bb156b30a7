// SPDX-License-Identifier: MIT
#include "2_decode/body.h"

#include "2_decode/chunked.h"
#include "2_decode/coding.h"
#include "base/limits.h"
#include "base/pages.h"
#include "ext/ext_deflate.h"

#include <assert.h>

#define KEPT_BYTES     (8u << 20) /* of a buffer between two bodies */
#define LEAD_BYTES_MAX 8          /* row 102: line ends between head and body */

struct decoder {
    struct arena memory; /* holds the decoder itself */
    struct inflater *inflater;
    size_t body_bytes;
    struct buf buffers[2];
};

struct decoder *decoder_new(size_t body_bytes)
{
    struct arena memory;
    arena_init(&memory, 1u << 20);
    struct decoder *decoder = arena_alloc(&memory, sizeof *decoder);
    if (!decoder) {
        arena_free(&memory);
        return NULL;
    }
    decoder->memory = memory;
    decoder->inflater = inflater_new();
    decoder->body_bytes = body_bytes && body_bytes < LIMIT_BODY_BYTES ? body_bytes : LIMIT_BODY_BYTES;
    buf_init(&decoder->buffers[0], decoder->body_bytes + 1);
    buf_init(&decoder->buffers[1], decoder->body_bytes + 1);
    buf_reserve(&decoder->buffers[0], PAGES_HUGE_BYTES);
    buf_reserve(&decoder->buffers[1], PAGES_HUGE_BYTES);
    if (decoder->inflater)
        return decoder;
    decoder_free(decoder);
    return NULL;
}

void decoder_free(struct decoder *decoder)
{
    if (!decoder)
        return;
    struct arena memory = decoder->memory;
    inflater_free(decoder->inflater);
    buf_free(&decoder->buffers[0]);
    buf_free(&decoder->buffers[1]);
    arena_free(&memory);
}

/* A body on its way through the layers: each one reads where the last one wrote. */
struct work {
    struct decoder *decoder;
    struct body *body;
    unsigned next;         /* buffer to write to */
    unsigned labels_tried; /* a head may name codings by the thousand */
    enum err err;          /* the first */
};

static struct span skip_lead(struct span s)
{
    for (int i = 0; i < LEAD_BYTES_MAX && s.bytes && (s.at[0] == '\r' || s.at[0] == '\n'); i++)
        s = span_from(s, 1);
    return s;
}

static void fail(struct work *work, enum err err)
{
    if (!work->err || err_is_run(err))
        work->err = err;
}

static void accept(struct work *work, enum err err)
{
    work->body->bytes = buf_span(&work->decoder->buffers[work->next]);
    work->next ^= 1;
    fail(work, err);
}

/* Without a label only a chain of chunks that is complete counts: rows 73 and 74. */
static void undo_chunked(struct work *work, bool labelled)
{
    struct buf *to = &work->decoder->buffers[work->next];
    if (work->body->was_chunked)
        return;
    enum err err = chunked_decode(skip_lead(work->body->bytes), work->decoder->body_bytes, to);
    bool there = labelled ? err != ERR_CODING : !err && to->bytes;
    if (err_is_run(err))
        fail(work, err);
    else if (there) {
        work->body->was_chunked = true;
        accept(work, err);
    }
}

static void undo_coding(struct work *work, const struct coding *coding)
{
    struct span in = work->body->bytes, behind = skip_lead(in);
    struct decoder *decoder = work->decoder;
    enum err err = coding_undo(coding, decoder->inflater, coding_shown(behind) ? behind : in,
                               &decoder->buffers[work->next]);
    if (err_is_run(err))
        fail(work, err);
    else if (err != ERR_CODING) {
        work->body->codings++;
        accept(work, err);
    }
}

static void undo_label(struct work *work, struct span label)
{
    const struct coding *coding = coding_named(label);
    if (span_equal_nocase(label, SPAN("chunked")))
        undo_chunked(work, true);
    else if (coding && work->labels_tried++ < LIMIT_CODING_DEPTH)
        undo_coding(work, coding);
}

/* The coding named last was applied last and is undone first. */
static void undo_labels(struct work *work, const struct http_head *head, struct span name)
{
    for (size_t i = head->field_count; i-- > 0;) {
        struct span list = head->fields[i].value;
        if (!span_equal_nocase(head->fields[i].name, name))
            continue;
        while (list.bytes && !err_is_run(work->err)) {
            size_t comma = span_find_last(list, ',');
            struct span label = comma < list.bytes ? span_from(list, comma + 1) : list;
            list = span_first(list, comma < list.bytes ? comma : 0);
            undo_label(work, span_trim(span_cut(&label, ';')));
        }
    }
}

static bool is_text_type(struct span content_type)
{
    static const char *const marks[] = {"text/", "script", "json", "xml"};
    struct span essence = span_cut(&content_type, ';');
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (span_has_nocase(essence, span_of_string(marks[i])))
            return true;
    return false;
}

/* What no label told: codings by their magic (row 79), and labels that stand for nothing we know. */
static void judge_rest(struct work *work, const struct http_head *head)
{
    struct body *body = work->body;
    bool is_text = is_text_type(exchange_field_last(head, SPAN("content-type")));
    const struct coding *coding;
    while (is_text && !work->err && body->codings < LIMIT_CODING_DEPTH &&
           (coding = coding_shown(skip_lead(body->bytes))))
        undo_coding(work, coding);
    if (body->codings == LIMIT_CODING_DEPTH && coding_shown(body->bytes))
        fail(work, ERR_TOO_LARGE);
    bool labelled = exchange_field(head, SPAN("content-encoding")).bytes > 0;
    if (is_text && labelled && !body->codings && coding_looks(body->bytes) == LOOKS_BINARY)
        fail(work, ERR_CODING);
}

enum err body_decode(struct decoder *decoder, const struct http_head *head, struct body *out)
{
    *out = (struct body){.bytes = head->body};
    for (size_t i = 0; i < 2; i++)
        if (decoder->buffers[i].capacity_bytes > KEPT_BYTES)
            buf_free(&decoder->buffers[i]); /* of a giant before: few bodies are */
    struct work work = {.decoder = decoder, .body = out};
    undo_labels(&work, head, SPAN("transfer-encoding"));
    undo_chunked(&work, false);
    undo_labels(&work, head, SPAN("content-encoding"));
    judge_rest(&work, head);
    if (out->bytes.bytes > decoder->body_bytes) {
        out->bytes.bytes = decoder->body_bytes;
        fail(&work, ERR_TOO_LARGE);
    }
    out->partial = work.err != ERR_OK;
    assert(out->codings <= LIMIT_CODING_DEPTH);
    return work.err;
}
