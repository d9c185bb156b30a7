// SPDX-License-Identifier: MIT
/* readat.h - a part of an open file, wherever it is read at the moment. */
#ifndef IO_READAT_H
#define IO_READAT_H

#include <stddef.h>
#include <stdint.h>

/* Copies what lies at an offset; fewer bytes where the file ends before, or reading fails. */
size_t readat_bytes(int fd, uint64_t at, char *to, size_t bytes);

#endif
