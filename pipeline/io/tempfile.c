// SPDX-License-Identifier: MIT
#include "io/tempfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "io/readat.h"

#define MODE_OWN 0600

static int open_in(const char *folder)
{
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, MODE_OWN);
    if (fd >= 0)
        return fd;
    /* Some file systems know no files without names. */
    char path[LIMIT_PATH_BYTES];
    int bytes = snprintf(path, sizeof path, "%s/tredjepart.XXXXXX", folder);
    if (bytes < 0 || (size_t)bytes >= sizeof path)
        return -1;
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    return fd;
}

enum err tempfile_open(const char *folder, const char *spare, struct tempfile *out)
{
    const char *const places[] = {folder, spare, "/var/tmp", "/tmp"};
    *out = (struct tempfile){.fd = -1};
    for (size_t i = 0; i < sizeof places / sizeof *places && out->fd < 0; i++)
        if (places[i] && places[i][0])
            out->fd = open_in(places[i]);
    return out->fd < 0 ? ERR_IO : ERR_OK;
}

void tempfile_close(struct tempfile *file)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
}

enum err tempfile_add(struct tempfile *file, struct span s)
{
    while (s.bytes) {
        ssize_t done = pwrite(file->fd, s.at, s.bytes, (off_t)file->bytes);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return ERR_IO;
        file->bytes += (uint64_t)done;
        s = span_from(s, (size_t)done);
    }
    return ERR_OK;
}

enum err tempfile_read(const struct tempfile *file, uint64_t at, char *room, size_t bytes)
{
    return readat_bytes(file->fd, at, room, bytes) == bytes ? ERR_OK : ERR_IO;
}

enum err tempfile_extend(struct tempfile *file, uint64_t to)
{
    if (to <= file->bytes)
        return ERR_OK;
    if (ftruncate(file->fd, (off_t)to) != 0)
        return ERR_IO;
    file->bytes = to;
    return ERR_OK;
}

enum err tempfile_map(const struct tempfile *file, struct mapfile *out)
{
    return mapfile_of_fd(file->fd, 0, out);
}
