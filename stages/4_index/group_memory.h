// SPDX-License-Identifier: MIT
/*
 * group_memory.h - the last answers of questions that are asked for the same hosts and cookie names over and over.
 *
 * In:     -
 * Out:    rows that hold one answer each, a newer one in place of an older
 * Owns:   nothing: the arena of the group or view
 * Limits: GROUP_MEMORY_ROWS answers of each question
 * Errors: ERR_MEMORY
 * Source: -
 */
#ifndef INDEX_GROUP_MEMORY_H
#define INDEX_GROUP_MEMORY_H

#include "4_index/crawl_group.h"
#include "ext/ext_xxhash.h"

#define GROUP_MEMORY_ROWS       1024u
#define GROUP_MEMORY_HOST_BYTES 47u /* longer ones are rare, and asked for anew */

struct group_known_site {
    uint16_t site_at, site_bytes; /* in the host */
    uint8_t host_bytes;
    char host[GROUP_MEMORY_HOST_BYTES];
};
struct group_known_setter {
    struct fingerprint name;
    uint32_t host;      /* number + 1; 0: nothing is known */
    uint32_t sent, set; /* order in which it was first sent to the host's site, and set by it or one above */
};
struct group_memory {
    struct group_known_site sites[GROUP_MEMORY_ROWS];
    struct group_known_setter setters[GROUP_MEMORY_ROWS];
};

#endif
