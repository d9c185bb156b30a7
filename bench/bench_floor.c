// SPDX-License-Identifier: MIT
/* bench_floor FILE...: inflates every gzip member with its CRC and throws the bytes away: what no reader can
 * undercut. */
#include <inttypes.h>
#include <stdio.h>

#include "bench.h"
#include "ext/ext_deflate.h"
#include "io/mapfile.h"

int main(int argc, char **argv)
{
    struct inflater *inflater = inflater_new();
    uint64_t members = 0, in_bytes = 0, out_bytes = 0;
    double from_s = bench_wall_s();
    for (int i = 1; i < argc && inflater; i++) {
        struct mapfile file;
        if (mapfile_open(argv[i], 0, &file) != ERR_OK) {
            perror(argv[i]);
            return 1;
        }
        for (size_t at = 0; at < file.bytes.bytes;) {
            struct span out;
            size_t used;
            if (inflater_member(inflater, span_from(file.bytes, at), 1u << 30, &out, &used) != ERR_OK ||
                !used) {
                fprintf(stderr, "%s: offset %zu: no whole member\n", argv[i], at);
                return 1;
            }
            at += used;
            members++;
            out_bytes += out.bytes;
        }
        in_bytes += file.bytes.bytes;
        mapfile_close(&file);
    }
    double seconds = bench_wall_s() - from_s;
    inflater_free(inflater);
    printf("{\"members\": %" PRIu64 ", \"bytes\": %" PRIu64 ", \"inflated_bytes\": %" PRIu64
           ", \"seconds\": %.3f}\n",
           members, in_bytes, out_bytes, seconds);
    return 0;
}
