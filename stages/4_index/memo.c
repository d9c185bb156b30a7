// SPDX-License-Identifier: MIT
#include "4_index/memo.h"

#include "base/limits.h"
#include "ext/ext_xxhash.h"

/* Scanning less costs about what asking does. */
#define LEAST_BYTES 512u

enum err memo_init(struct memo *memo)
{
    *memo = (struct memo){.crypto = crypto_new()};
    arena_init(&memo->arena, LIMIT_MEMO_BYTES);
    return memo->crypto ? ERR_OK : ERR_MEMORY;
}

static enum err make_places(struct memo *memo)
{
    memo->places = arena_alloc(&memo->arena, LIMIT_MEMO_PLACES * sizeof *memo->places);
    memo->empty = arena_mark(&memo->arena);
    return memo->places ? ERR_OK : ERR_MEMORY;
}

void memo_free(struct memo *memo)
{
    arena_free(&memo->arena);
    crypto_free(memo->crypto);
    *memo = (struct memo){0};
}

static enum err digest_of(struct crypto *crypto, struct span place, struct span bytes,
                          unsigned char out[CRYPTO_BYTES_MAX])
{
    TRY(crypto_start(crypto, CRYPTO_SHA256));
    TRY(crypto_add(crypto, place));
    TRY(crypto_add(crypto, SPAN("\n"))); /* in no URL and in no field */
    TRY(crypto_add(crypto, bytes));
    return crypto_end(crypto, out);
}

enum err memo_ask(struct memo *memo, struct span place, struct span bytes, struct memo_question *out)
{
    *out = (struct memo_question){0};
    if (!memo->crypto || bytes.bytes < LEAST_BYTES)
        return ERR_OK;
    if (!memo->places)
        TRY(make_places(memo));
    uint64_t key = fingerprint_of(place).low | 1;
    struct memo_place *found = &memo->places[key / 2 % LIMIT_MEMO_PLACES];
    if (found->key != key) {
        *found = (struct memo_place){.key = key};
        return ERR_OK;
    }
    uint64_t fingerprint = fingerprint_of(bytes).low | 1;
    if (found->fingerprint != fingerprint) {
        *found = (struct memo_place){.key = key, .fingerprint = fingerprint};
        return ERR_OK;
    }
    TRY(digest_of(memo->crypto, place, bytes, out->digest));
    out->place = found;
    out->wants_answer = true;
    if (found->body && memcmp(found->digest, out->digest, sizeof out->digest) == 0)
        out->answer = found->body;
    memo->answer_count += out->answer != NULL;
    return ERR_OK;
}

/* NULL: the arena is full. */
static struct memo_body *copy(struct arena *arena, const struct memo_body *body)
{
    struct memo_body *copied = arena_alloc(arena, sizeof *copied);
    struct event_reference *to = arena_alloc(arena, (body->reference_count + 1) * sizeof *to);
    if (!copied || !to)
        return NULL;
    *copied = *body;
    copied->references = to;
    for (size_t i = 0; i < body->reference_count; i++) {
        to[i] = body->references[i];
        to[i].url = arena_copy(arena, to[i].url);
        to[i].by = arena_copy(arena, to[i].by);
    }
    return arena->full ? NULL : copied;
}

static void give_up_all(struct memo *memo)
{
    arena_back_to(&memo->arena, memo->empty);
    memo->arena.full = false;
    for (size_t i = 0; i < LIMIT_MEMO_PLACES; i++)
        memo->places[i].body = NULL;
}

void memo_keep(struct memo *memo, const struct memo_question *question, const struct memo_body *body)
{
    struct memo_body *copied = copy(&memo->arena, body);
    if (!copied) {
        give_up_all(memo);
        return;
    }
    question->place->body = copied;
    memcpy(question->place->digest, question->digest, sizeof question->digest);
}
