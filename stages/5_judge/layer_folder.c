// SPDX-License-Identifier: MIT
#include "5_judge/layer.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static bool join(char path[LIMIT_PATH_BYTES], const char *folder, const char *name)
{
    int bytes = snprintf(path, LIMIT_PATH_BYTES, "%s/%s", folder, name);
    return bytes > 0 && (size_t)bytes < LIMIT_PATH_BYTES;
}

static int compare(const void *a, const void *b)
{
    const struct layer_text *x = a, *y = b;
    return span_compare(x->folder, y->folder);
}

static enum err add_folder(struct reader *reader, const char *parent, const char *name,
                           struct layer_folders *out)
{
    char path[LIMIT_PATH_BYTES];
    struct stat status;
    if (name[0] == '.' || !join(path, parent, name) || stat(path, &status) || !S_ISDIR(status.st_mode))
        return ERR_OK;
    if (out->count == LIMIT_LAYERS)
        return ERR_TOO_LARGE;
    struct span copy = arena_copy(reader->arena, span_of_string(name));
    out->items[out->count++].folder = copy;
    return copy.at ? ERR_OK : ERR_MEMORY;
}

static enum err list(struct reader *reader, const char *parent, struct layer_folders *out)
{
    DIR *open = opendir(parent);
    enum err err = ERR_OK;
    if (!open)
        return errno == ENOENT ? ERR_OK : ERR_IO;
    for (const struct dirent *entry; !err && (entry = readdir(open));)
        err = add_folder(reader, parent, entry->d_name, out);
    closedir(open);
    qsort(out->items, out->count, sizeof *out->items, compare);
    return err;
}

static enum err map(const char *parent, struct layer_text *layer, int file, struct mapfile *mapped)
{
    char folder[LIMIT_PATH_BYTES], path[LIMIT_PATH_BYTES];
    if (!join(folder, parent, layer->folder.at) || !join(path, folder, layer_files[file]))
        return ERR_TOO_LARGE;
    enum err err = mapfile_open(path, LIMIT_REGISTER_BYTES, mapped);
    layer->texts[file] = (struct register_text){mapped->bytes, !err};
    return err == ERR_IO && errno == ENOENT ? ERR_OK : err;
}

static void say(struct reader *reader, struct span file, enum err err)
{
    reader->file = file.at ? file.at : "catalogue";
    register_say(reader, true, 0, NULL, "cannot be read: %s",
                 err == ERR_IO ? strerror(errno) : err_text(err));
}

enum err layer_open(struct reader *reader, const char *folder, struct layer_folders *out)
{
    char parent[LIMIT_PATH_BYTES];
    enum err failed = join(parent, folder, "catalogue") ? list(reader, parent, out) : ERR_TOO_LARGE;
    if (failed)
        say(reader, SPAN("catalogue"), failed);
    for (size_t i = 0; i < out->count; i++)
        for (int k = 0; k < LAYER_FILE_COUNT; k++) {
            enum err err = map(parent, &out->items[i], k, &out->files[i][k]);
            if (!err)
                continue;
            say(reader,
                arena_format(reader->arena, "catalogue/%.*s/%s", SPAN_ARG(out->items[i].folder),
                             layer_files[k]),
                err);
            failed = err;
        }
    return !failed || failed == ERR_MEMORY ? failed : ERR_REGISTER;
}

void layer_close(struct layer_folders *folders)
{
    for (size_t i = 0; i < folders->count; i++)
        for (int k = 0; k < LAYER_FILE_COUNT; k++)
            if (folders->items[i].texts[k].present)
                mapfile_close(&folders->files[i][k]);
}
