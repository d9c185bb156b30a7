// SPDX-License-Identifier: MIT
/*
 * pattern.h - which of many patterns cover a host and a path, the most specific first.
 *
 *   x.dk/a/b  >  x.dk/a  >  x.dk  >  *.x.dk  >  *.dk
 *
 * In:     normalised patterns with a number each; then hosts and paths as the index holds them
 * Out:    the numbers of the patterns that cover them
 * Owns:   nothing: everything lives in the caller's arena
 * Limits: none of its own
 * Errors: ERR_MEMORY
 * Source: interface.md 3 (three forms), compliance.md 5.2 P7 (order)
 */
#ifndef JUDGE_PATTERN_H
#define JUDGE_PATTERN_H

#include "base/intern.h"

struct pattern {
    struct span host, path; /* path: "" or "/a/b" */
    bool wildcard;
};
struct pattern pattern_of(struct span text);
/* Without the final dot that a name may have. */
struct span pattern_host(struct span host);
bool pattern_path_covers(struct span prefix, struct span path);

struct pattern_entry {
    struct span path;
    uint32_t key, value; /* key: exact hosts in `exact`, wildcards in `below` */
    bool wildcard;
};
struct pattern_map {
    struct arena *arena;
    struct intern exact, below;
    struct pattern_entry *entries;
    size_t count, capacity;
    uint32_t *exact_first, *below_first; /* per key: its first entry */
};
void pattern_map_init(struct pattern_map *map, struct arena *arena);
enum err pattern_map_add(struct pattern_map *map, struct span pattern, uint32_t value) MUST_CHECK;
/* After the last add, before the first find. */
enum err pattern_map_sort(struct pattern_map *map) MUST_CHECK;

struct pattern_cursor {
    struct span host, path;
    size_t suffix_at;                  /* next suffix of host to be looked up among the wildcards */
    const struct pattern_entry *entry; /* last one found */
    size_t next, end;                  /* entries of the present key */
    bool exact_done;
};
struct pattern_cursor pattern_map_find(struct span host, struct span path);
/* Entries of equal pattern come in the order they were added. */
bool pattern_map_next(const struct pattern_map *map, struct pattern_cursor *cursor);
/* Are two found entries equally specific? */
bool pattern_entry_ties(const struct pattern_entry *a, const struct pattern_entry *b);
/* Does a pattern with a path stand on this host: does the answer depend on the path? */
bool pattern_map_has_paths(const struct pattern_map *map, struct span host);

#endif
