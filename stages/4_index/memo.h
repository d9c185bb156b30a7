// SPDX-License-Identifier: MIT
/*
 * memo.h - what style sheets gave that were scanned before: one that comes with every page of a site is read once.
 *
 *   first time  its place (URL and the fields that say how to read it) is noted: most bodies come once, and cost no more
 *   second      so is a fingerprint of its bytes: of a place whose body changes, no more is known
 *   third       it is scanned, and what it gave is kept under its digest
 *   from then   the same place with a body of the same digest gives the same
 *
 * The digest is our own, never the one that a record claims, and stands against forgers: whoever could make two bodies of one
 * digest could hide what the second one loads.
 *
 * In:     where a body lies, its bytes as they were transferred
 * Out:    whether it was scanned before, and what it gave
 * Owns:   copies in an arena of its own; all are given up together when that is full. One worker each
 * Limits: LIMIT_MEMO_BYTES, LIMIT_MEMO_PLACES
 * Errors: ERR_MEMORY
 * Source: FIPS 180-4 (SHA-256)
 */
#ifndef INDEX_MEMO_H
#define INDEX_MEMO_H

#include "4_index/event.h"
#include "ext/ext_crypto.h"

/* What scanning a body gave. */
struct memo_body {
    uint64_t decoded_bytes;
    struct event_reference *references;
    size_t reference_count;
};

struct memo_place {
    uint64_t key;         /* 0: none */
    uint64_t fingerprint; /* of the bytes that came last; 0: came once */
    struct memo_body *body;
    unsigned char digest[CRYPTO_BYTES_MAX]; /* of `body` */
};
struct memo {
    struct arena arena;
    /* LIMIT_MEMO_PLACES, made at the first question; a later one takes the room of an earlier one. */
    struct memo_place *places;
    struct arena_mark empty; /* the arena with nothing but these */
    struct crypto *crypto;
    uint64_t answer_count;
};
enum err memo_init(struct memo *memo) MUST_CHECK;
void memo_free(struct memo *memo);

/* What is known of one body; filled by memo_ask. */
struct memo_question {
    struct memo_place *place;
    const struct memo_body *answer; /* NULL: scan it */
    bool wants_answer;              /* and give it to memo_keep */
    unsigned char digest[CRYPTO_BYTES_MAX];
};
/* place: all that decides how the bytes are read. A memo of zeros knows nothing and keeps nothing. */
enum err memo_ask(struct memo *memo, struct span place, struct span bytes,
                  struct memo_question *out) MUST_CHECK;
/* Copies it; nothing is kept where there is no room. */
void memo_keep(struct memo *memo, const struct memo_question *question, const struct memo_body *body);

#endif
