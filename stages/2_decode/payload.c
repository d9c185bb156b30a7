// SPDX-License-Identifier: MIT
#include "2_decode/payload.h"

#include "2_decode/chunked.h"
#include "2_decode/exchange.h"

struct block {
    payload_piece_fn *piece;
    void *context;
    uint64_t body_at; /* of the payload */
};

static bool is_message(const struct record *record)
{
    return record->type == RECORD_RESPONSE || record->type == RECORD_REQUEST;
}

static bool is_segment(const struct record *record)
{
    return record->type == RECORD_CONTINUATION ||
           span_has_nocase(record->head, SPAN("\nWARC-Segment-Number:"));
}

static enum payload_verdict first_verdict(struct span text, struct digest *out)
{
    if (!text.at)
        return PAYLOAD_NO_DIGEST;
    enum err err = digest_parse(text, out);
    return err == ERR_OK       ? PAYLOAD_GOOD
           : err == ERR_CODING ? PAYLOAD_UNKNOWN_ALGORITHM
                               : PAYLOAD_MALFORMED_DIGEST;
}

/* Where the body of a message begins in its block: behind what stage 2 takes for its head. */
static enum err find_body(const struct payload_tools *tools, const struct record *record, struct block *block,
                          bool *not_http)
{
    struct span first;
    struct http_head head = {0};
    block->body_at = 0;
    if (!is_message(record))
        return ERR_OK;
    TRY(block->piece(block->context, 0, &first));
    struct arena_mark mark = arena_mark(tools->arena);
    enum err err = exchange_parse(first, tools->arena, &head);
    arena_back_to(tools->arena, mark);
    if (err_is_run(err))
        return err;
    *not_http =
        err == ERR_NOT_HTTP && first.bytes &&
        (!record->content_type.at || span_starts_nocase(record->content_type, SPAN("application/http")));
    if (err != ERR_NOT_HTTP)
        block->body_at = (uint64_t)(head.body.at - first.at);
    return ERR_OK;
}

/* Block and body as stored, in one pass. */
static enum err digest_stored(const struct payload_tools *tools, const struct block *block,
                              struct payload_check *out)
{
    struct span piece;
    bool of_block = out->block == PAYLOAD_GOOD, of_body = out->payload == PAYLOAD_GOOD;
    if (of_block)
        TRY(crypto_start(tools->block, out->block_found.kind));
    if (of_body)
        TRY(crypto_start(tools->body, out->payload_found.kind));
    for (uint64_t at = 0;; at += piece.bytes) {
        TRY(block->piece(block->context, at, &piece));
        if (!piece.bytes)
            break;
        uint64_t skipped = at < block->body_at ? block->body_at - at : 0;
        if (of_block)
            TRY(crypto_add(tools->block, piece));
        if (of_body && skipped < piece.bytes)
            TRY(crypto_add(tools->body, span_from(piece, (size_t)skipped)));
    }
    if (of_block)
        TRY(crypto_end(tools->block, out->block_found.bytes));
    return of_body ? crypto_end(tools->body, out->payload_found.bytes) : ERR_OK;
}

/* Adds the content of one chunk; *at moves behind it. false: the block ends inside. */
static enum err add_chunk(const struct block *block, struct crypto *crypto, uint64_t size_bytes, uint64_t *at,
                          bool *whole)
{
    struct span piece;
    for (; size_bytes; size_bytes -= piece.bytes, *at += piece.bytes) {
        TRY(block->piece(block->context, *at, &piece));
        if (size_bytes < piece.bytes)
            piece.bytes = (size_t)size_bytes;
        if (!piece.bytes)
            break;
        TRY(crypto_add(crypto, piece));
    }
    *whole = size_bytes == 0;
    return ERR_OK;
}

/* The body without chunked framing. *framed: there is one, whole, up to its last chunk. */
static enum err digest_unframed(const struct block *block, struct crypto *crypto, struct digest *found,
                                bool *framed)
{
    struct span piece;
    uint64_t size_bytes, at = block->body_at;
    *framed = false;
    TRY(crypto_start(crypto, found->kind));
    for (;;) {
        TRY(block->piece(block->context, at, &piece));
        struct span rest = piece;
        if (!chunked_size_line(&rest, &size_bytes))
            return ERR_OK;
        at += piece.bytes - rest.bytes;
        if (size_bytes == 0)
            break;
        bool whole;
        TRY(add_chunk(block, crypto, size_bytes, &at, &whole));
        TRY(block->piece(block->context, at, &piece));
        rest = piece;
        if (!whole || !chunked_line_end(&rest))
            return ERR_OK;
        at += piece.bytes - rest.bytes;
    }
    *framed = true;
    return crypto_end(crypto, found->bytes);
}

static enum err judge_payload(const struct payload_tools *tools, const struct block *block,
                              const struct digest *declared, struct payload_check *out)
{
    struct digest unframed = *declared;
    bool framed = false, as_stored = digest_equal(declared, &out->payload_found);
    if (block->body_at)
        TRY(digest_unframed(block, tools->body, &unframed, &framed));
    if (framed && digest_equal(declared, &unframed)) {
        out->payload_found = unframed;
        return ERR_OK;
    }
    out->payload = !as_stored ? PAYLOAD_BAD : framed ? PAYLOAD_GOOD_AS_STORED : PAYLOAD_GOOD;
    return ERR_OK;
}

enum err payload_check(const struct payload_tools *tools, const struct record *record,
                       payload_piece_fn *piece, void *context, struct payload_check *out)
{
    struct digest of_block = {0}, of_payload = {0};
    struct block block = {.piece = piece, .context = context};
    *out = (struct payload_check){0};
    out->block = first_verdict(record->block_digest, &of_block);
    out->payload = first_verdict(record->payload_digest, &of_payload);
    if (out->payload == PAYLOAD_GOOD && (record->type == RECORD_REVISIT || is_segment(record)))
        out->payload = PAYLOAD_ELSEWHERE;
    TRY(find_body(tools, record, &block, &out->not_http));
    out->block_found = of_block;
    out->payload_found = of_payload;
    if (out->block != PAYLOAD_GOOD && out->payload != PAYLOAD_GOOD)
        return ERR_OK;
    TRY(digest_stored(tools, &block, out));
    if (out->block == PAYLOAD_GOOD && !digest_equal(&of_block, &out->block_found))
        out->block = PAYLOAD_BAD;
    return out->payload == PAYLOAD_GOOD ? judge_payload(tools, &block, &of_payload, out) : ERR_OK;
}
