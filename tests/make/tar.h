// SPDX-License-Identifier: MIT
/* tar.h - tar files for tests, header by header. */
#ifndef MAKE_TAR_H
#define MAKE_TAR_H

#include "make/archive.h"

#include <stdio.h>

#define MAKE_TAR_BLOCK 512u

/* A header for `bytes` of data; type '0' file, '5' folder, 'L' long name, 'x' pax. */
static MAKE_UNUSED void make_tar_header(char out[MAKE_TAR_BLOCK], const char *name, uint64_t bytes, char type)
{
    unsigned sum = 0;
    memset(out, 0, MAKE_TAR_BLOCK);
    snprintf(out, 100, "%s", name);
    memcpy(out + 100, "0000644", 8);
    snprintf(out + 124, 12, "%011llo", (unsigned long long)(bytes >> 33 ? 0 : bytes));
    memcpy(out + 136, "00000000000", 12);
    memset(out + 148, ' ', 8);
    out[156] = type;
    memcpy(out + 257, "ustar\00000", 8);
    for (unsigned i = 0; i < MAKE_TAR_BLOCK; i++)
        sum += (unsigned char)out[i];
    snprintf(out + 148, 8, "%06o", sum);
}

static MAKE_UNUSED void make_tar_member(struct buf *out, const char *name, char type, struct span data)
{
    static const char zeros[MAKE_TAR_BLOCK];
    char header[MAKE_TAR_BLOCK];
    make_tar_header(header, name, data.bytes, type);
    buf_add(out, span_of(header, sizeof header));
    buf_add(out, data);
    buf_add(out, span_of(zeros, (MAKE_TAR_BLOCK - data.bytes % MAKE_TAR_BLOCK) % MAKE_TAR_BLOCK));
}

static MAKE_UNUSED void make_tar_end(struct buf *out)
{
    static const char zeros[2 * MAKE_TAR_BLOCK];
    buf_add(out, span_of(zeros, sizeof zeros));
}

#endif
