// SPDX-License-Identifier: MIT
#include "ext/ext_lmdb.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <lmdb.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define TABLES_MAX 32 /* named tables of one file: the index has a dozen */

struct store {
    MDB_env *env;
    MDB_txn *txn;
    int lock; /* open file whose flock keeps a second writer out; -1: reading */
};

static enum err err_of(int code)
{
    switch (code) {
    case MDB_SUCCESS:
        return ERR_OK;
    case MDB_NOTFOUND:
        return ERR_NOT_FOUND;
    case MDB_MAP_FULL:
    case ENOSPC:
        return ERR_INDEX_FULL;
    case ENOMEM:
        return ERR_MEMORY;
    case EIO:
    case EACCES:
    case ENOENT:
    case EROFS:
        errno = code;
        return ERR_IO;
    default:
        return ERR_INDEX;
    }
}

static MDB_val val_of(struct span s)
{
    return (MDB_val){s.bytes, (void *)(uintptr_t)s.at};
}

static struct span span_of_val(MDB_val v)
{
    return span_of(v.mv_data, v.mv_size);
}

static enum err open_env(const char *path, uint64_t map_bytes, unsigned flags, struct store *store)
{
    int code = mdb_env_create(&store->env);
    if (code)
        return err_of(code);
    code = mdb_env_set_maxdbs(store->env, TABLES_MAX);
    if (!code && map_bytes)
        code = mdb_env_set_mapsize(store->env, map_bytes);
    if (!code)
        code = mdb_env_open(store->env, path, flags | MDB_NOSUBDIR | MDB_NOLOCK, 0666);
    return err_of(code);
}

enum err store_create(const char *path, uint64_t map_bytes, struct store **out)
{
    struct store *store = calloc(1, sizeof *store);
    if (!store)
        return ERR_MEMORY;
    enum err err = ERR_IO;
    store->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (store->lock >= 0 && flock(store->lock, LOCK_EX | LOCK_NB) == 0)
        err = open_env(path, map_bytes, MDB_NOSYNC | MDB_NORDAHEAD, store);
    if (err) {
        int saved = errno;
        store_close(store);
        errno = saved;
        return err;
    }
    *out = store;
    return ERR_OK;
}

enum err store_open(const char *path, struct store **out)
{
    struct store *store = calloc(1, sizeof *store);
    if (!store)
        return ERR_MEMORY;
    store->lock = -1;
    enum err err = open_env(path, 0, MDB_RDONLY, store);
    if (!err)
        err = err_of(mdb_txn_begin(store->env, NULL, MDB_RDONLY, &store->txn));
    if (err) {
        int saved = errno;
        store_close(store);
        errno = saved;
        return err;
    }
    *out = store;
    return ERR_OK;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    store_abort(store);
    if (store->env)
        mdb_env_close(store->env);
    if (store->lock >= 0)
        close(store->lock);
    free(store);
}

enum err store_sync(struct store *store)
{
    return err_of(mdb_env_sync(store->env, 1));
}

enum err store_begin(struct store *store)
{
    assert(!store->txn);
    return err_of(mdb_txn_begin(store->env, NULL, 0, &store->txn));
}

enum err store_commit(struct store *store)
{
    assert(store->txn);
    MDB_txn *txn = store->txn;
    store->txn = NULL;
    return err_of(mdb_txn_commit(txn));
}

void store_abort(struct store *store)
{
    if (store->txn)
        mdb_txn_abort(store->txn);
    store->txn = NULL;
}

enum err store_find_table(struct store *store, const char *name, store_table *out)
{
    assert(store->txn);
    return err_of(mdb_dbi_open(store->txn, name, store->lock < 0 ? 0 : MDB_CREATE, out));
}

enum err store_clear(struct store *store, store_table table)
{
    return err_of(mdb_drop(store->txn, table, 0));
}

uint64_t store_count(struct store *store, store_table table)
{
    MDB_stat stat;
    return mdb_stat(store->txn, table, &stat) == MDB_SUCCESS ? stat.ms_entries : 0;
}

enum err store_put(struct store *store, store_table table, struct span key, struct span value, bool append)
{
    MDB_val k = val_of(key), v = val_of(value);
    return err_of(mdb_put(store->txn, table, &k, &v, append ? MDB_APPEND : 0));
}

enum err store_get(struct store *store, store_table table, struct span key, struct span *value)
{
    MDB_val k = val_of(key), v;
    enum err err = err_of(mdb_get(store->txn, table, &k, &v));
    if (!err)
        *value = span_of_val(v);
    return err;
}

enum err store_cursor_open(struct store *store, store_table table, struct store_cursor *out)
{
    MDB_cursor *cursor;
    enum err err = err_of(mdb_cursor_open(store->txn, table, &cursor));
    out->cursor = err ? NULL : cursor;
    return err;
}

enum err store_cursor_get(struct store_cursor *cursor, struct span key, struct span *value)
{
    MDB_val k = val_of(key), v;
    enum err err = err_of(mdb_cursor_get(cursor->cursor, &k, &v, MDB_SET));
    if (!err)
        *value = span_of_val(v);
    return err;
}

enum err store_cursor_append(struct store_cursor *cursor, struct span key, struct span value)
{
    MDB_val k = val_of(key), v = val_of(value);
    return err_of(mdb_cursor_put(cursor->cursor, &k, &v, MDB_APPEND));
}

void store_cursor_close(struct store_cursor *cursor)
{
    mdb_cursor_close(cursor->cursor);
}

enum err store_each(struct store *store, store_table table, struct span from, store_entry_fn *fn,
                    void *context)
{
    MDB_cursor *cursor;
    enum err err = err_of(mdb_cursor_open(store->txn, table, &cursor));
    if (err)
        return err;
    MDB_val k = val_of(from), v;
    int code = mdb_cursor_get(cursor, &k, &v, from.bytes ? MDB_SET_RANGE : MDB_FIRST);
    while (code == MDB_SUCCESS && !err) {
        err = fn(context, span_of_val(k), span_of_val(v));
        if (!err)
            code = mdb_cursor_get(cursor, &k, &v, MDB_NEXT);
    }
    mdb_cursor_close(cursor);
    if (err || code == MDB_SUCCESS || code == MDB_NOTFOUND)
        return err;
    return err_of(code);
}
