// SPDX-License-Identifier: MIT
/* tempfile.h - a file without a name: gone when it is closed, and when the program is killed. */
#ifndef IO_TEMPFILE_H
#define IO_TEMPFILE_H

#include "io/mapfile.h"

struct tempfile {
    int fd;
    uint64_t bytes;
};
/* In `folder`, or where that is NULL or cannot be written: in `spare` (may be NULL), /var/tmp, /tmp. ERR_IO with errno. */
enum err tempfile_open(const char *folder, const char *spare, struct tempfile *out) MUST_CHECK;
void tempfile_close(struct tempfile *file);
enum err tempfile_add(struct tempfile *file, struct span s) MUST_CHECK;
/* Fills `room` with what is at that offset; ERR_IO also where the file ends before. */
enum err tempfile_read(const struct tempfile *file, uint64_t at, char *room, size_t bytes) MUST_CHECK;
/* Zeros up to an offset, which take no room. */
enum err tempfile_extend(struct tempfile *file, uint64_t to) MUST_CHECK;
/* What is in it so far; the mapping outlives the file. */
enum err tempfile_map(const struct tempfile *file, struct mapfile *out) MUST_CHECK;

#endif
