// SPDX-License-Identifier: MIT
/*
 * texts.h - the texts of a finished index by their numbers.
 *
 * They are numbered in the order in which rows name them: URLs come one after the other, hosts and elements again and again.
 *
 * In:     an open store and its table of texts
 * Out:    spans that point into the map
 * Owns:   a cursor, to be closed before the store; the rest lives in the caller's arena
 * Limits: 2^32 - 1 texts
 * Errors: ERR_INDEX (no such text), ERR_MEMORY
 * Source: key.h
 */
#ifndef INDEX_TEXTS_H
#define INDEX_TEXTS_H

#include "base/arena.h"
#include "ext/ext_lmdb.h"

struct texts;
enum err texts_open(struct store *store, store_table table, struct arena *arena,
                    struct texts **out) MUST_CHECK;
void texts_close(struct texts *texts);
enum err texts_find(struct texts *texts, uint64_t number, struct span *out) MUST_CHECK;

#endif
