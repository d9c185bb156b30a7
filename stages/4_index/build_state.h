// SPDX-License-Identifier: MIT
/*
 * build_state.h - the steps of index_build.c; private to it and build_*.c.
 *
 *   resolve -> build_sort_add: visits in memory, their rows in the sort file under a provisional number
 *           -> build_write:     visits sorted and numbered, rows copied in that order, texts numbered as they
 * appear
 *
 * In:     -
 * Out:    -
 * Owns:   stores and arenas of one build
 * Limits: as index_build.h
 * Errors: as index_build.h
 * Source: as index_build.h
 */
#ifndef INDEX_BUILD_STATE_H
#define INDEX_BUILD_STATE_H

#include "4_index/index_build.h"
#include "4_index/resolve.h"
#include "4_index/row.h"
#include "base/intern.h"
#include "ext/ext_lmdb.h"

struct build_visit {
    struct span url;
    uint32_t provisional;
    size_t url_site_at, url_site_bytes;
    struct row_visit row; /* but for the text number */
};
struct build_alias {
    struct span names;    /* "host name", both of the index */
    struct row_alias row; /* but for the text numbers */
};
struct build_state {
    const struct index_build *build;
    struct work *work;
    struct counters *totals;
    struct arena arena, group_arena;
    struct buf buf;
    struct work_archive *archives;
    enum producer *producers; /* of the archives */
    uint32_t *archive_number; /* of the work file -> of the index */
    uint64_t *visits_of_archive;
    bool *is_repeated; /* same content as an archive before it: its events count once */
    struct build_visit *visits;
    size_t visit_count, visit_capacity;
    struct intern alias_names; /* of the aliases, as long as they are not sorted */
    struct build_alias *aliases;
    size_t alias_count, alias_capacity;
    struct store *sort, *out;
    store_table raw_contact, raw_cookie, text_id, text;
    uint32_t text_count;
    struct fingerprint digest;
};

/* Takes those that are aliases out of the events of a group. */
enum err build_alias_take(struct build_state *build, struct packed_event *events, size_t *count) MUST_CHECK;
/* In the order of the table; none is added afterwards. */
void build_alias_sort(struct build_state *build);
enum err build_sort_begin(struct build_state *build) MUST_CHECK;
struct row_proof build_sort_proof(const struct build_state *build, struct proof proof);
enum err build_sort_add(struct build_state *build, const struct resolved_visit *visit) MUST_CHECK;
enum err build_write(struct build_state *build) MUST_CHECK;

#endif
