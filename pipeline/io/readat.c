// SPDX-License-Identifier: MIT
#include "io/readat.h"

#include <errno.h>
#include <unistd.h>

size_t readat_bytes(int fd, uint64_t at, char *to, size_t bytes)
{
    size_t read_bytes = 0;
    while (read_bytes < bytes) {
        ssize_t got = pread(fd, to + read_bytes, bytes - read_bytes, (off_t)(at + read_bytes));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        read_bytes += (size_t)got;
    }
    return read_bytes;
}
