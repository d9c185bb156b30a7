// SPDX-License-Identifier: MIT
/*
 * bench floor FILE...: inflates every gzip member with its CRC (libdeflate) and throws the bytes away: what no reader can undercut that
 * inflates all. The file is read piece by piece into the same memory, the fastest way to get at it that we know.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "bench.h"
#include "ext/ext_deflate.h"
#include "io/mapfile.h"

#define PIECE_BYTES (4u << 20)

struct totals {
    uint64_t member_count, in_bytes, out_bytes;
};

/* The members that lie in a piece of the file, but for what it may cut; *at moves behind them. */
static void inflate_piece(struct inflater *inflater, struct span piece, bool is_last, uint64_t *at,
                          struct totals *totals)
{
    struct span out;
    size_t used, least = is_last ? 0 : piece.bytes / 16;
    while (piece.bytes > least && inflater_member(inflater, piece, 1u << 30, &out, &used) == ERR_OK && used) {
        piece = span_from(piece, used);
        *at += used;
        totals->member_count++;
        totals->out_bytes += out.bytes;
    }
}

/* A piece that holds no whole member is read again twice as long. */
static bool inflate_file(struct inflater *inflater, const struct mapfile *file, struct buf *piece,
                         struct totals *totals)
{
    size_t want = PIECE_BYTES;
    for (uint64_t at = 0; at < file->bytes.bytes;) {
        uint64_t from = at;
        buf_reset(piece);
        if (!buf_room(piece, want))
            return false;
        piece->bytes = mapfile_read(file, at, piece->at, want);
        inflate_piece(inflater, buf_span(piece), at + piece->bytes == file->bytes.bytes, &at, totals);
        if (at == from && piece->bytes < want)
            return false;
        want = at == from ? 2 * want : PIECE_BYTES;
    }
    totals->in_bytes += file->bytes.bytes;
    return true;
}

int bench_floor(int argc, char **argv)
{
    struct inflater *inflater = inflater_new();
    struct totals totals = {0};
    struct buf piece;
    double from_s = bench_wall_s();
    buf_init(&piece, 1ull << 40);
    for (int i = 1; i < argc && inflater; i++) {
        struct mapfile file;
        if (mapfile_open(argv[i], 0, &file) != ERR_OK) {
            perror(argv[i]);
            return 1;
        }
        if (!inflate_file(inflater, &file, &piece, &totals)) {
            fprintf(stderr, "%s: not only whole members\n", argv[i]);
            return 1;
        }
        mapfile_close(&file);
    }
    double seconds = bench_wall_s() - from_s;
    buf_free(&piece);
    inflater_free(inflater);
    printf("{\"members\": %" PRIu64 ", \"bytes\": %" PRIu64 ", \"inflated_bytes\": %" PRIu64
           ", \"seconds\": %.3f}\n",
           totals.member_count, totals.in_bytes, totals.out_bytes, seconds);
    return 0;
}
