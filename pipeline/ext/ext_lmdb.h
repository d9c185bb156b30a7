// SPDX-License-Identifier: MIT
/*
 * ext_lmdb.h - an ordered key-value file, through LMDB: one file, named tables, one transaction at a time.
 *
 * A store belongs to one thread. Spans that reading gives point into the map and live until the transaction
 * ends (read stores: until store_close). Keys are 1 to 511 bytes and sort as bytes.
 */
#ifndef EXT_LMDB_H
#define EXT_LMDB_H

#include "base/err.h"
#include "base/span.h"

struct store;
typedef unsigned store_table;

/* Opens for writing, made when missing; locked against a second writer (ERR_IO with errno EWOULDBLOCK).
 * Nothing is synced before store_sync: a killed process loses nothing committed, a fallen machine may. */
enum err store_create(const char *path, uint64_t map_bytes, struct store **out) MUST_CHECK;
enum err store_open(const char *path,
                    struct store **out) MUST_CHECK; /* read-only, a transaction is open until close */
void store_close(struct store *store);
enum err store_sync(struct store *store) MUST_CHECK;

/* Writing stores: everything between begin and commit happens or does not. */
enum err store_begin(struct store *store) MUST_CHECK;
enum err store_commit(struct store *store) MUST_CHECK;
void store_abort(struct store *store);

/* Made when missing in a writing store; ERR_NOT_FOUND else. Valid as long as the store. */
enum err store_find_table(struct store *store, const char *name, store_table *out) MUST_CHECK;
enum err store_clear(struct store *store, store_table table) MUST_CHECK;
uint64_t store_count(struct store *store, store_table table);

/* `append`: the key is greater than every other of the table; ERR_INDEX when it is not. */
enum err store_put(struct store *store, store_table table, struct span key, struct span value,
                   bool append) MUST_CHECK;
/* ERR_NOT_FOUND: no such key. */
enum err store_get(struct store *store, store_table table, struct span key, struct span *value) MUST_CHECK;

/* The same, faster where the keys that are asked for lie near each other. Of a read store, closed before it. */
struct store_cursor {
    void *cursor;
};
enum err store_cursor_open(struct store *store, store_table table, struct store_cursor *out) MUST_CHECK;
enum err store_cursor_get(struct store_cursor *cursor, struct span key, struct span *value) MUST_CHECK;
/* As store_put with `append`, faster for many rows of one table: the cursor stays at its end. Of a writing store, opened in
 * the transaction that writes and closed before it is committed. */
enum err store_cursor_append(struct store_cursor *cursor, struct span key, struct span value) MUST_CHECK;
void store_cursor_close(struct store_cursor *cursor);

/* Calls back for each entry whose key is >= from, in key order. The callback may not write to that table. */
typedef enum err store_entry_fn(void *context, struct span key, struct span value);
enum err store_each(struct store *store, store_table table, struct span from, store_entry_fn *fn,
                    void *context) MUST_CHECK;

#endif
