// SPDX-License-Identifier: MIT
#include "io/pathlist.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "io/mapfile.h"

static enum err fail(struct pathlist *list, struct span path)
{
    list->failed = path;
    return ERR_IO;
}

static enum err add_file(struct pathlist *list, struct arena *arena, struct span path)
{
    struct span *item = ARENA_PUSH(arena, list->items, list->count, list->capacity);
    if (!item)
        return ERR_MEMORY;
    *item = path;
    return ERR_OK;
}

/* Folders that wait are a list, not a recursion: depth is the input's. */
struct waiting {
    struct span *items;
    size_t count, capacity;
};

static enum err add_entry(struct pathlist *list, struct arena *arena, struct waiting *folders,
                          struct span folder, const struct dirent *entry)
{
    if (span_equal(span_of_string(entry->d_name), SPAN(".")) ||
        span_equal(span_of_string(entry->d_name), SPAN("..")))
        return ERR_OK;
    struct span path = arena_format(arena, "%s/%s", folder.at, entry->d_name);
    struct stat st;
    if (!path.at)
        return ERR_MEMORY;
    if (lstat(path.at, &st) != 0)
        return fail(list, path);
    if (S_ISREG(st.st_mode))
        return add_file(list, arena, path);
    if (S_ISDIR(st.st_mode)) {
        struct span *item = ARENA_PUSH(arena, folders->items, folders->count, folders->capacity);
        if (!item)
            return ERR_MEMORY;
        *item = path;
    }
    return ERR_OK;
}

static enum err add_folder(struct pathlist *list, struct arena *arena, struct span top)
{
    struct waiting folders = {0};
    struct span *first = ARENA_PUSH(arena, folders.items, folders.count, folders.capacity);
    if (!first)
        return ERR_MEMORY;
    *first = top;
    while (folders.count) {
        struct span folder = folders.items[--folders.count];
        DIR *dir = opendir(folder.at);
        if (!dir)
            return fail(list, folder);
        enum err err = ERR_OK;
        for (struct dirent *entry; !err && (entry = readdir(dir));)
            err = add_entry(list, arena, &folders, folder, entry);
        closedir(dir);
        TRY(err);
    }
    return ERR_OK;
}

static struct span tidy(struct arena *arena, struct span path)
{
    struct span copy = arena_copy(arena, path);
    if (!copy.at)
        return copy;
    char *text = arena->current ? (char *)(uintptr_t)copy.at : NULL;
    size_t to = 0;
    for (size_t from = 0; from < copy.bytes; from++) {
        bool after_slash = to == 0 || text[to - 1] == '/';
        bool dot_slash = text[from] == '.' && from + 1 < copy.bytes && text[from + 1] == '/' && after_slash;
        if (dot_slash && !(to == 0 && from + 2 >= copy.bytes))
            from++; /* "./" */
        else if (text[from] != '/' || to == 0 || text[to - 1] != '/')
            text[to++] = text[from];
    }
    while (to > 1 && text[to - 1] == '/')
        to--;
    text[to] = 0;
    bool is_dash = span_equal(span_of(text, to), SPAN("-")); /* a file of that name, not standard input */
    return is_dash ? arena_format(arena, "./-") : span_of(text, to);
}

static enum err add_one(struct pathlist *list, struct arena *arena, struct span given)
{
    if (span_equal(given, SPAN("-")))
        return add_file(list, arena, arena_copy(arena, given));
    struct span path = tidy(arena, given);
    struct stat st;
    if (!path.at)
        return ERR_MEMORY;
    if (stat(path.at, &st) != 0)
        return fail(list, path);
    return S_ISDIR(st.st_mode) ? add_folder(list, arena, path) : add_file(list, arena, path);
}

enum err pathlist_add(struct pathlist *list, const char *path, struct arena *arena)
{
    if (path[0] != '@')
        return add_one(list, arena, span_of_string(path));
    struct mapfile file;
    enum err err = mapfile_open(path + 1, LIMIT_REGISTER_BYTES, &file);
    if (err)
        return err == ERR_IO ? fail(list, span_of_string(path + 1)) : err;
    struct span rest = file.bytes;
    while (!err && rest.bytes) {
        struct span line = span_trim(span_cut_line(&rest));
        if (line.bytes)
            err = add_one(list, arena, line);
    }
    int saved = errno;
    mapfile_close(&file);
    errno = saved;
    return err;
}

static int by_bytes(const void *left, const void *right)
{
    return span_compare(*(const struct span *)left, *(const struct span *)right);
}

void pathlist_sort(struct pathlist *list)
{
    if (!list->count)
        return;
    qsort(list->items, list->count, sizeof *list->items, by_bytes);
    size_t kept = 1;
    for (size_t i = 1; i < list->count; i++)
        if (!span_equal(list->items[i], list->items[kept - 1]))
            list->items[kept++] = list->items[i];
    list->count = kept;
}
