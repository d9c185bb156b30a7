// SPDX-License-Identifier: MIT
#include "unpack.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "ext/ext_archive.h"
#include "ext/ext_deflate.h"
#include "ext/ext_zlib.h"
#include "io/tempfile.h"

#define PIECE_BYTES  (256u << 10)
#define FORGET_BYTES (64u << 20) /* how much packed input stays in memory behind the reader */

struct unpack {
    struct span in;
    struct unpack_step step;
    struct unpack_place place;
    struct tempfile file;
    struct unpacker *unpacker; /* by step.how one of these; none for standard input */
    struct tarball *tarball;
    struct ext_zlib *zlib;
    struct unpacked inflated;
    char *piece;
    uint64_t forgotten_bytes;
    struct source_fault fault;
    bool whole;
};

static const struct {
    enum source_kind kind;
    enum unpack_how how;
    enum unpacker_filter filter;
} filters[] = {
    {SOURCE_GZIP_OTHER, UNPACK_GZIP,  UNPACKER_GZIP },
    {SOURCE_BZIP2,      UNPACK_BZIP2, UNPACKER_BZIP2},
    {SOURCE_XZ,         UNPACK_XZ,    UNPACKER_XZ   },
    {SOURCE_LZ4,        UNPACK_LZ4,   UNPACKER_LZ4  },
    {SOURCE_ZSTD,       UNPACK_ZSTD,  UNPACKER_ZSTD },
};
#define FILTER_COUNT (sizeof filters / sizeof filters[0])

static enum unpack_how how_of(enum source_kind kind)
{
    for (size_t i = 0; i < FILTER_COUNT; i++)
        if (filters[i].kind == kind)
            return filters[i].how;
    return UNPACK_SLICE;
}

struct unpack_step unpack_step_of(struct span container, const struct source_part *part)
{
    static const enum unpack_how hows[] = {
        [SOURCE_STORED] = UNPACK_SLICE, [SOURCE_DEFLATED] = UNPACK_DEFLATED, [SOURCE_SPARSE] = UNPACK_SPARSE};
    assert(part->coding != SOURCE_SEALED);
    return (struct unpack_step){.how = hows[part->coding],
                                .at = (uint64_t)(part->bytes.at - container.at),
                                .bytes = part->bytes.bytes,
                                .has_crc = part->has_crc,
                                .crc = part->crc};
}

static enum err open_sparse(struct unpack *u)
{
    struct tarball_entry entry;
    u->tarball = tarball_new(u->in);
    if (!u->tarball)
        return ERR_MEMORY;
    enum err err = tarball_next(u->tarball, &entry);
    if (err_is_run(err))
        return err;
    if (err) {
        u->fault = (struct source_fault){ERR_DIRECTORY, 0, u->in.bytes};
        u->whole = true;
    }
    return ERR_OK;
}

static enum err open_stream(struct unpack *u)
{
    if (u->step.how == UNPACK_SPARSE)
        return open_sparse(u);
    for (size_t i = 0; i < FILTER_COUNT; i++)
        if (filters[i].how == u->step.how)
            return (u->unpacker = unpacker_new(u->in, filters[i].filter)) ? ERR_OK : ERR_MEMORY;
    u->piece = malloc(PIECE_BYTES);
    if (!u->piece)
        return ERR_MEMORY;
    if (u->step.how == UNPACK_DEFLATED) {
        u->zlib = ext_zlib_new(inflater_crc);
        if (!u->zlib)
            return ERR_MEMORY;
        ext_zlib_start(u->zlib, u->in);
    }
    return ERR_OK;
}

enum err unpack_new(struct span in, const struct unpack_step *step, const struct unpack_place *place,
                    struct unpack **out)
{
    struct unpack *u = calloc(1, sizeof *u);
    if (!u)
        return ERR_MEMORY;
    u->in = in;
    u->step = *step;
    u->place = *place;
    enum err err = tempfile_open(place->folder, getenv("TMPDIR"), &u->file);
    if (!err)
        err = open_stream(u);
    if (err)
        unpack_free(u);
    else
        *out = u;
    return err;
}

void unpack_free(struct unpack *u)
{
    if (!u)
        return;
    int kept = errno;
    unpacker_free(u->unpacker);
    tarball_free(u->tarball);
    ext_zlib_free(u->zlib);
    tempfile_close(&u->file);
    free(u->piece);
    free(u);
    errno = kept;
}

static enum err read_input(struct unpack *u, struct span *out)
{
    ssize_t done;
    do
        done = read(STDIN_FILENO, u->piece, PIECE_BYTES);
    while (done < 0 && errno == EINTR && !(u->place.stop && *u->place.stop));
    *out = span_of(u->piece, done > 0 ? (size_t)done : 0);
    return done > 0 ? ERR_OK : done == 0 ? ERR_END : errno == EINTR ? ERR_STOPPED : ERR_IO;
}

static enum err inflate_piece(struct unpack *u, struct span *out)
{
    uint64_t before = u->inflated.out_bytes;
    enum err err = ext_zlib_run(u->zlib, u->piece, PIECE_BYTES, &u->inflated);
    *out = span_of(u->piece, (size_t)(u->inflated.out_bytes - before));
    if (err == ERR_TOO_LARGE)
        return ERR_OK;
    if (err == ERR_OK && u->step.has_crc && u->inflated.crc != u->step.crc)
        return ERR_CHECKSUM;
    return err == ERR_OK ? ERR_END : err;
}

/* *out may hold bytes also with ERR_END and data errors: those before. */
static enum err next_piece(struct unpack *u, struct span *out)
{
    uint64_t at;
    if (u->unpacker)
        return unpacker_next(u->unpacker, out);
    if (u->zlib)
        return inflate_piece(u, out);
    if (!u->tarball)
        return read_input(u, out);
    TRY(tarball_piece(u->tarball, out, &at));
    return at < LIMIT_UNPACKED_BYTES ? tempfile_extend(&u->file, at) : ERR_TOO_LARGE;
}

/* How much of the packed bytes was taken; what a sparse member takes up is not asked. */
static uint64_t used_bytes(const struct unpack *u)
{
    return u->unpacker ? unpacker_used(u->unpacker) : u->zlib ? u->inflated.in_bytes : u->in.bytes;
}

static void forget_input(struct unpack *u)
{
    uint64_t used = used_bytes(u);
    if (u->tarball || used < u->forgotten_bytes + FORGET_BYTES)
        return;
    mapfile_forget(span_first(span_from(u->in, u->forgotten_bytes), used - u->forgotten_bytes));
    u->forgotten_bytes = used;
}

/* What follows the end of the stream belongs to nobody. */
static void end(struct unpack *u, enum err err)
{
    uint64_t used = used_bytes(u);
    u->whole = true;
    if (err != ERR_END || used < u->in.bytes)
        u->fault = (struct source_fault){err == ERR_END ? ERR_GARBAGE : err, used, u->in.bytes - used};
}

enum err unpack_until(struct unpack *u, uint64_t bytes)
{
    while (!u->whole && u->file.bytes < bytes) {
        struct span piece;
        if (u->place.stop && *u->place.stop)
            return ERR_STOPPED;
        enum err err = next_piece(u, &piece);
        if (err_is_run(err))
            return err;
        if (!err && u->file.bytes + piece.bytes > LIMIT_UNPACKED_BYTES) {
            err = ERR_TOO_LARGE;
            piece = span_first(piece, LIMIT_UNPACKED_BYTES - u->file.bytes);
        }
        TRY(tempfile_add(&u->file, piece));
        if (err)
            end(u, err);
        else
            forget_input(u);
    }
    return ERR_OK;
}

bool unpack_is_whole(const struct unpack *u)
{
    return u->whole;
}

struct source_fault unpack_fault(const struct unpack *u)
{
    return u->fault;
}

enum err unpack_map(const struct unpack *u, struct mapfile *out)
{
    return tempfile_map(&u->file, out);
}

/* zstd is a framing of WARC files of its own; only around something else it is a layer to take off. */
static enum err is_layer(struct span bytes, const struct unpack_place *place, const struct unpack_step *step,
                         bool *out)
{
    struct unpack *unpack;
    struct mapfile prefix;
    *out = true;
    if (step->how != UNPACK_ZSTD)
        return ERR_OK;
    TRY(unpack_new(bytes, step, place, &unpack));
    enum err err = unpack_until(unpack, LIMIT_SEARCH_BYTES);
    if (!err)
        err = unpack_map(unpack, &prefix);
    if (!err) {
        enum source_kind kind = source_kind_of(prefix.bytes);
        *out = kind != SOURCE_NONE && kind != SOURCE_WARC && kind != SOURCE_ARC;
        mapfile_close(&prefix);
    }
    unpack_free(unpack);
    return err;
}

enum err unpack_tell(struct span bytes, const struct unpack_place *place, enum source_kind *kind,
                     struct unpack_step *step)
{
    bool layer;
    *kind = source_kind_of(bytes);
    *step = (struct unpack_step){.how = how_of(*kind), .bytes = bytes.bytes};
    TRY(is_layer(bytes, place, step, &layer));
    if (!layer)
        step->how = UNPACK_SLICE;
    return ERR_OK;
}
