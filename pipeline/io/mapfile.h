// SPDX-License-Identifier: MIT
/* mapfile.h - a file mapped read-only. An empty file maps to an empty span. */
#ifndef IO_MAPFILE_H
#define IO_MAPFILE_H

#include "base/err.h"
#include "base/span.h"

struct mapfile {
    struct span bytes;
};
/* ERR_IO with errno kept; ERR_TOO_LARGE beyond max_bytes (0: no maximum). Only regular files. */
enum err mapfile_open(const char *path, uint64_t max_bytes, struct mapfile *out) MUST_CHECK;
void mapfile_close(struct mapfile *file);
/* A part of a mapped file will not be read soon: its pages no longer count as this process's memory. */
void mapfile_forget(struct span part);

#endif
