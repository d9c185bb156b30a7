// SPDX-License-Identifier: MIT
#include "io/outfile.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

#define PART ".part"
#define OLD  ".old"

struct path {
    char text[LIMIT_PATH_BYTES];
};

static enum err fail_with(int number)
{
    errno = number;
    return ERR_IO;
}

/* The three together, without slashes at the end. */
static enum err join(struct path *out, const char *a, const char *b, const char *c)
{
    int bytes = snprintf(out->text, sizeof out->text, "%s%s%s", a, b, c);
    if (bytes <= 0 || (size_t)bytes >= sizeof out->text)
        return fail_with(bytes == 0 ? ENOENT : ENAMETOOLONG);
    while (bytes > 1 && out->text[bytes - 1] == '/')
        out->text[--bytes] = 0;
    return ERR_OK;
}

/* The folder that holds `path`. */
static void parent_of(const struct path *path, struct path *out)
{
    struct span text = span_of_string(path->text);
    size_t slash = span_find_last(text, '/');
    if (slash == text.bytes || slash == 0)
        memcpy(out->text, slash ? "." : "/", 2);
    else {
        memcpy(out->text, text.at, slash);
        out->text[slash] = 0;
    }
}

/* A rename or a new folder outlasts a crash only when the folder that holds it has been written. */
static enum err sync_parent(const struct path *path)
{
    struct path parent;
    parent_of(path, &parent);
    int fd = open(parent.text, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return ERR_IO;
    /* Some file systems cannot sync a folder and say so; that is no loss of ours. */
    int failed = fsync(fd) < 0 && errno != EINVAL && errno != EROFS ? errno : 0;
    close(fd);
    return failed ? fail_with(failed) : ERR_OK;
}

static enum err write_all(int fd, struct span content)
{
    while (content.bytes) {
        ssize_t bytes = write(fd, content.at, content.bytes);
        if (bytes < 0 && errno != EINTR)
            return ERR_IO;
        content = span_from(content, bytes > 0 ? (size_t)bytes : 0);
    }
    return ERR_OK;
}

static enum err write_new(const char *path, struct span content, bool sync)
{
    /* Exclusive, so that nothing planted under the name is written through; a remnant of a killed run goes
     * first. */
    if (unlink(path) < 0 && errno != ENOENT)
        return ERR_IO;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0)
        return ERR_IO;
    enum err err = write_all(fd, content);
    if (!err && sync && fsync(fd) < 0)
        err = ERR_IO;
    int kept = errno;
    if (close(fd) < 0 && !err) {
        err = ERR_IO;
        kept = errno;
    }
    errno = kept;
    return err;
}

enum err outfile_write(const char *folder, const char *name, struct span content)
{
    struct path path, part, parent;
    assert(*name && *name != '/');
    TRY(join(&path, folder, "/", name));
    TRY(join(&part, path.text, PART, ""));
    parent_of(&path, &parent);
    TRY(outfile_make_folder(parent.text));
    enum err err = write_new(part.text, content, true);
    if (!err && rename(part.text, path.text) < 0)
        err = ERR_IO;
    if (!err)
        return sync_parent(&path);
    int kept = errno;
    unlink(part.text);
    errno = kept;
    return err;
}

enum err outfile_put(const char *folder, const char *name, struct span content)
{
    struct path path, parent;
    assert(*name && *name != '/');
    TRY(join(&path, folder, "/", name));
    parent_of(&path, &parent);
    TRY(outfile_make_folder(parent.text));
    return write_new(path.text, content, false);
}

static enum err make_one(const struct path *path)
{
    struct stat st;
    if (mkdir(path->text, 0777) == 0)
        return sync_parent(path);
    int kept = errno;
    if (stat(path->text, &st) == 0)
        return S_ISDIR(st.st_mode) ? ERR_OK : fail_with(ENOTDIR);
    return fail_with(kept);
}

enum err outfile_make_folder(const char *path)
{
    struct path whole;
    TRY(join(&whole, path, "", ""));
    for (char *slash = strchr(whole.text + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        TRY(make_one(&whole));
        *slash = '/';
    }
    return make_one(&whole);
}

/* For file systems that cannot exchange two names: there is a moment without `to`. */
static enum err replace_in_two_steps(const char *from, const char *to)
{
    struct path old;
    TRY(join(&old, to, OLD, ""));
    TRY(outfile_remove_folder(old.text));
    if (rename(to, old.text) < 0)
        return ERR_IO;
    if (rename(from, to) < 0) {
        int kept = errno;
        return rename(old.text, to) < 0 ? ERR_IO : fail_with(kept);
    }
    return outfile_remove_folder(old.text);
}

/* All that was written on its file system. */
static enum err sync_all(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return ERR_IO;
    int failed = syncfs(fd) < 0 ? errno : 0;
    close(fd);
    return failed ? fail_with(failed) : ERR_OK;
}

enum err outfile_replace_folder(const char *from, const char *to)
{
    struct path whole;
    struct stat st;
    TRY(join(&whole, to, "", ""));
    bool exists = lstat(whole.text, &st) == 0;
    if (!exists && errno != ENOENT)
        return ERR_IO;
    if (exists && !S_ISDIR(st.st_mode))
        return fail_with(ENOTDIR);
    enum err err = sync_all(from);
    if (err)
        return err;
    if (!exists)
        err = rename(from, whole.text) < 0 ? ERR_IO : ERR_OK;
    else if (renameat2(AT_FDCWD, from, AT_FDCWD, whole.text, RENAME_EXCHANGE) == 0)
        err = outfile_remove_folder(from);
    else
        err = errno == EINVAL || errno == ENOSYS ? replace_in_two_steps(from, whole.text) : ERR_IO;
    return err ? err : sync_parent(&whole);
}

/* A folder whose entries are being removed. */
struct level {
    DIR *folder;
    char name[NAME_MAX + 1]; /* in the level above */
};

static enum err enter(struct level *level, int above, const char *name)
{
    int fd = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return ERR_IO;
    level->folder = fdopendir(fd);
    if (!level->folder) {
        int kept = errno;
        close(fd);
        return fail_with(kept);
    }
    snprintf(level->name, sizeof level->name, "%s", name);
    return ERR_OK;
}

/* Goes on below levels[0]. *depth: the levels that are open, for the caller to close. */
static enum err empty_folder(struct level levels[LIMIT_FOLDER_DEPTH], size_t *depth)
{
    for (;;) {
        struct level *level = &levels[*depth - 1];
        errno = 0;
        const struct dirent *entry = readdir(level->folder);
        if (!entry) {
            if (errno || *depth == 1)
                return errno ? ERR_IO : ERR_OK;
            closedir(level->folder);
            --*depth;
            if (unlinkat(dirfd(level[-1].folder), level->name, AT_REMOVEDIR) < 0)
                return ERR_IO;
            continue;
        }
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (unlinkat(dirfd(level->folder), entry->d_name, 0) == 0)
            continue;
        if (errno != EISDIR)
            return ERR_IO;
        if (*depth == LIMIT_FOLDER_DEPTH)
            return fail_with(ELOOP);
        TRY(enter(level + 1, dirfd(level->folder), entry->d_name));
        ++*depth;
    }
}

enum err outfile_remove_folder(const char *path)
{
    struct level levels[LIMIT_FOLDER_DEPTH];
    struct path whole;
    size_t depth = 1;
    TRY(join(&whole, path, "", "")); /* a slash at the end would follow a symlink */
    if (enter(levels, AT_FDCWD, whole.text))
        return errno == ENOENT ? ERR_OK : ERR_IO;
    enum err err = empty_folder(levels, &depth);
    int kept = errno;
    while (depth)
        closedir(levels[--depth].folder);
    if (err)
        return fail_with(kept);
    return rmdir(whole.text) < 0 ? ERR_IO : ERR_OK;
}
