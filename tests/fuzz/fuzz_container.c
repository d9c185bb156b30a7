// SPDX-License-Identifier: MIT
/* fuzz_container.c - one layer of compression by the filter that the first byte names, and the tar or ZIP in it; the other
 * way round, the tar in the input itself, with its sparse members. */
#include "1_read/source.h"
#include "base/buf.h"
#include "ext/ext_archive.h"

#include <assert.h>
#include <stdlib.h>

#define UNPACKED_MAX (1u << 20)

static void list(struct span file)
{
    struct arena arena;
    struct source_parts parts;
    arena_init(&arena, 16 << 20);
    enum err err = source_list(file, &arena, &parts);
    assert(!err_is_run(err) || err == ERR_MEMORY);
    for (size_t i = 0; i < parts.count; i++) {
        const struct source_part *part = &parts.items[i];
        assert(part->bytes.at >= file.at && part->bytes.at + part->bytes.bytes <= file.at + file.bytes);
        for (size_t k = 0; k < i && i < 64; k++)
            assert(!span_equal(part->name, parts.items[k].name));
    }
    for (size_t i = 0; i < parts.fault_count; i++)
        assert(parts.faults[i].at + parts.faults[i].bytes <= file.bytes);
    arena_free(&arena);
}

static void unpack(struct span in, enum unpacker_filter filter)
{
    struct unpacker *unpacker = unpacker_new(in, filter);
    struct span piece;
    struct buf out;
    enum err err = ERR_OK;
    assert(unpacker);
    buf_init(&out, UNPACKED_MAX);
    while (!out.err && (err = unpacker_next(unpacker, &piece)) == ERR_OK) {
        buf_add(&out, piece);
        assert(unpacker_used(unpacker) <= in.bytes);
    }
    assert(err == ERR_OK || err == ERR_END || err_is_data(err));
    list(buf_span(&out));
    buf_free(&out);
    unpacker_free(unpacker);
}

static void walk(struct span in)
{
    struct tarball *tarball = tarball_new(in);
    struct tarball_entry entry;
    struct span piece;
    uint64_t at;
    size_t pieces = 0;
    assert(tarball);
    while (tarball_next(tarball, &entry) == ERR_OK) {
        assert(entry.header_at <= in.bytes);
        if (entry.is_file && !entry.data.at)
            while (pieces++ < 4096 && tarball_piece(tarball, &piece, &at) == ERR_OK)
                assert(piece.bytes <= in.bytes);
    }
    tarball_free(tarball);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    if (!bytes)
        return 0;
    struct span in = span_of(data + 1, bytes - 1);
    unpack(in, data[0] % (UNPACKER_ZSTD + 1));
    walk(in);
    list(in);
    return 0;
}
