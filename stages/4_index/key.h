// SPDX-License-Identifier: MIT
/*
 * key.h - the keys of a finished index, byte by byte. Numbers are big-endian, so keys sort in the order the
 * report reads.
 *
 *   table      key                                       value (row.h)
 *   meta       "format" "year" "program" "suffixes" "digest" "inputs"   text
 *   archive    | archive 4 |                             row, archives numbered in the order of their names
 *   fault      | row 4 |                                 row, sorted by archive, stage, kind
 *   counter    | row 4 |                                 row, in the order of counter.h
 *   visit      | visit 4 |                               row, numbered by URL, time, archive, offset
 *   contact    | visit 4 | row 4 |                       rows from that one on, sorted by host, path
 *   cookie     | visit 4 | row 4 |                       rows from that one on, sorted by host, name, how, domain, path
 *   alias      | row 4 |                                 row, sorted by host, canonical name
 *   text       | text 4 |                                bytes: URLs, hosts, cookie names, each stored once
 *
 * In:     -
 * Out:    -
 * Owns:   nothing
 * Limits: 2^32 - 1 of everything
 * Errors: -
 * Source: architecture.md 2
 */
#ifndef INDEX_KEY_H
#define INDEX_KEY_H

#include "4_index/pack.h"

#define KEY_FORMAT "tredjepart index 7"

struct key {
    unsigned char bytes[8];
    size_t length;
};

static inline struct key key_of(uint32_t number)
{
    struct key key = {.length = 4};
    pack_be(key.bytes, number, 4);
    return key;
}
static inline struct key key_of_row(uint32_t visit, uint32_t row)
{
    struct key key = {.length = 8};
    pack_be(key.bytes, visit, 4);
    pack_be(key.bytes + 4, row, 4);
    return key;
}
static inline struct span key_span(const struct key *key)
{
    return span_of(key->bytes, key->length);
}

#endif
