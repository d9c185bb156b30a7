// SPDX-License-Identifier: MIT
#include "io/mapfile.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum err mapfile_of_fd(int fd, uint64_t max_bytes, struct mapfile *out)
{
    out->bytes = SPAN("");
    struct stat status;
    if (fstat(fd, &status) != 0)
        return ERR_IO;
    if (!S_ISREG(status.st_mode)) {
        errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
        return ERR_IO;
    }
    size_t bytes = (size_t)status.st_size;
    if (max_bytes && bytes > max_bytes)
        return ERR_TOO_LARGE;
    if (bytes == 0)
        return ERR_OK;
    void *at = mmap(NULL, bytes, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED)
        return ERR_IO;
    out->bytes = span_of(at, bytes);
    return ERR_OK;
}

enum err mapfile_open(const char *path, uint64_t max_bytes, struct mapfile *out)
{
    out->bytes = SPAN("");
    /* O_NONBLOCK: opening a pipe must not wait for its writer only to be refused. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return ERR_IO;
    enum err err = mapfile_of_fd(fd, max_bytes, out);
    int kept = errno;
    close(fd);
    errno = kept;
    return err;
}

void mapfile_forget(struct span part)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), from = (uintptr_t)part.at, to = from + part.bytes;
    from = (from + page - 1) / page * page;
    to = to / page * page;
    if (to > from)
        madvise((void *)from, to - from, MADV_DONTNEED); /* a hint: failing costs memory only */
}

void mapfile_close(struct mapfile *file)
{
    if (file->bytes.bytes)
        munmap((void *)(uintptr_t)file->bytes.at, file->bytes.bytes);
    file->bytes = SPAN("");
}
