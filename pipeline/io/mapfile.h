// SPDX-License-Identifier: MIT
/* mapfile.h - a file mapped read-only. An empty file maps to an empty span. */
#ifndef IO_MAPFILE_H
#define IO_MAPFILE_H

#include "base/err.h"
#include "base/span.h"

struct mapfile {
    struct span bytes;
    int fd; /* stays open while there are bytes */
};
/* ERR_IO with errno kept; ERR_TOO_LARGE beyond max_bytes (0: no maximum). Only regular files. */
enum err mapfile_open(const char *path, uint64_t max_bytes, struct mapfile *out) MUST_CHECK;
/* The descriptor stays the caller's. */
enum err mapfile_of_fd(int fd, uint64_t max_bytes, struct mapfile *out) MUST_CHECK;
/* Copies what lies at an offset, as far as it is there; fewer bytes also when reading fails: the mapping has them all. On
 * virtual machines a page of a mapping that is touched for the first time costs several times what reading it does. */
size_t mapfile_read(const struct mapfile *file, uint64_t at, char *to, size_t bytes);
/* Memory for a slice of a mapped file may be taken back; it can still be read. Only for what is mapped. */
void mapfile_forget(struct span slice);
void mapfile_close(struct mapfile *file);

#endif
