// SPDX-License-Identifier: MIT
/*
 * bench.c - one row of the bench: `bench ROW [ARGUMENT...]`. bench/measure runs them all, beside the program itself, on
 * archives that it makes.
 */
#include "bench.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} rows[] = {
    {"floor",    bench_floor   },
    {"stages",   bench_stages  },
    {"read",     bench_read    },
    {"digest",   bench_digest  },
    {"decode",   bench_decode  },
    {"extract",  bench_extract },
    {"url",      bench_url     },
    {"segment",  bench_segment },
    {"har",      bench_har     },
    {"cdx",      bench_cdx     },
    {"zip",      bench_zip     },
    {"register", bench_register},
    {"judge",    bench_judge   },
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof rows / sizeof *rows; i++)
        if (strcmp(argv[1], rows[i].name) == 0)
            return rows[i].run(argc - 1, argv + 1);
    fprintf(stderr, "usage: bench ROW [ARGUMENT...]; rows:");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        fprintf(stderr, " %s", rows[i].name);
    fprintf(stderr, "\n");
    return 2;
}
