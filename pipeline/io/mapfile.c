// SPDX-License-Identifier: MIT
#include "io/mapfile.h"

#include "io/readat.h"

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
    int own_fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    void *at = own_fd < 0 ? MAP_FAILED : mmap(NULL, bytes, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED) {
        int kept = errno;
        if (own_fd >= 0)
            close(own_fd);
        errno = kept;
        return ERR_IO;
    }
    *out = (struct mapfile){span_of(at, bytes), own_fd};
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

size_t mapfile_read(const struct mapfile *file, uint64_t at, char *to, size_t bytes)
{
    return readat_bytes(file->fd, at, to, bytes);
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
    if (file->bytes.bytes) {
        munmap((void *)(uintptr_t)file->bytes.at, file->bytes.bytes);
        close(file->fd);
    }
    file->bytes = SPAN("");
}
