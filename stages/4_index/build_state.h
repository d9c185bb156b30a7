// SPDX-License-Identifier: MIT
/*
 * build_state.h - the steps of index_build.c; private to it and build_*.c.
 *
 *   resolve -> build_rows_add:   rows of a few visits as bytes, on a worker
 *           -> build_sort_piece: visits in memory, their rows in a file, one visit after the other
 *           -> build_write:      visits sorted and numbered, rows copied in that order, texts numbered as they
 *                                appear
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
#include "4_index/key.h"
#include "4_index/resolve.h"
#include "4_index/row.h"
#include "base/intern.h"
#include "ext/ext_lmdb.h"
#include "io/tempfile.h"

struct build_visit {
    struct span url;
    uint32_t provisional, archive; /* of the work file */
    uint64_t rows_at;              /* its contacts and cookies, one after the other */
    size_t rows_bytes;
    uint32_t contact_count, cookie_count;
    struct row_visit row; /* but for the text number */
};
#define BUILD_ROW_TEXTS 4u
struct build_row { /* on its way from the file of rows to the index */
    struct span texts[BUILD_ROW_TEXTS];
    struct fingerprint prints[BUILD_ROW_TEXTS];
    union {
        struct row_contact contact;
        struct row_cookie cookie;
    };
};
#define BUILD_PIECE_VISITS 32u /* what is handed over at once: enough that handing over costs nothing */
struct build_piece {
    /* Packed with their texts before them, since texts are numbered in the final order only. */
    struct buf rows;
    struct buf unpacked; /* the same as struct build_row, on their way back; texts in `rows` */
    size_t count;
    struct build_visit visits[BUILD_PIECE_VISITS]; /* rows_at: in `rows` */
};
struct build_alias {
    struct span names;    /* "host name", both of the index */
    struct row_alias row; /* but for the text numbers */
};
#define BUILD_RECENT_TEXTS 32768u /* 1 MB */
struct build_text {
    struct fingerprint print;
    uint32_t number;
    bool is_known;
};
struct build_worker {
    struct arena arena;
    struct counters counters;
    struct group *view; /* of the group that is resolved; NULL: not looked at yet */
};
struct build_state {
    const struct index_build *build;
    struct work *work;
    struct counters *totals;
    struct arena arena, group_arena;
    struct arena list_arena; /* where the events of a group lie, until they are loaded */
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
    struct build_worker *workers;
    struct build_piece *pieces; /* as many as are under way at once */
    struct tempfile rows;
    struct store *sort, *out;
    store_table text_id, text;
    uint32_t text_count;
    struct build_text *recent_texts;
    struct fingerprint digest;
};

/* The events of a group, from the commits they came with. */
struct build_commit {
    uint32_t archive;
    struct span events;
    size_t first, count; /* in the list */
    bool has_parts, has_aliases;
};
struct build_list {
    struct build_state *build;
    struct build_commit *commits;
    size_t commit_count, commit_capacity;
    struct packed_event *items;
    size_t count;
};
enum err build_list_add(struct build_list *list, uint32_t archive) MUST_CHECK;
/* Parts of records are joined, aliases taken out. */
enum err build_list_fill(struct build_list *list) MUST_CHECK;
/* Takes those that are aliases out of the events of a group. */
enum err build_alias_take(struct build_state *build, struct packed_event *events, size_t *count) MUST_CHECK;
/* In the order of the table; none is added afterwards. */
void build_alias_sort(struct build_state *build);
struct row_proof build_rows_proof(const struct build_state *build, struct proof proof);
/* On any thread: reads what does not change while groups are resolved. */
enum err build_rows_add(const struct build_state *build, const struct resolved_visit *visit,
                        struct build_piece *piece) MUST_CHECK;
enum err build_sort_begin(struct build_state *build) MUST_CHECK;
/* Room for the visits of a group. */
enum err build_sort_reserve(struct build_state *build, size_t visit_count) MUST_CHECK;
enum err build_sort_piece(struct build_state *build, const struct build_piece *piece) MUST_CHECK;
/* On any thread: reads the rows of the visits [from, to), as they are sorted. */
enum err build_copy_visits(const struct build_state *build, uint32_t from, uint32_t to,
                           struct build_piece *piece) MUST_CHECK;
struct build_piece *build_group_piece(struct build_state *build, uint32_t piece);
/* Resolves the events of a group. */
enum err build_group(struct build_state *build, const struct resolve_input *input) MUST_CHECK;
enum err build_write(struct build_state *build) MUST_CHECK;

/* What is packed in build->buf becomes one row under its final key. */
enum err build_write_row(struct build_state *build, store_table table, struct key key) MUST_CHECK;
/* Archives, faults, counters, and what the index says of itself. */
enum err build_about(struct build_state *build) MUST_CHECK;

#endif
