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
    return span_compare(*(const struct span *)a, *(const struct span *)b);
}

/* What is in a folder, by name, but what is hidden and texts for people. */
static enum err names_of(struct reader *reader, const char *folder, struct span_list *out)
{
    static const char *const texts[] = {"README", "LICENCE", "LICENSE", "COPYING", "NOTICE"};
    struct span *names = NULL;
    size_t capacity = 0;
    DIR *open = opendir(folder);
    *out = (struct span_list){0};
    if (!open)
        return ERR_IO;
    for (const struct dirent *entry; (entry = readdir(open));) {
        bool skipped = entry->d_name[0] == '.';
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            skipped |= span_starts_nocase(span_of_string(entry->d_name), span_of_string(texts[i]));
        struct span *name = skipped ? NULL : ARENA_PUSH(reader->arena, names, out->count, capacity);
        if (name)
            *name = arena_copy(reader->arena, span_of_string(entry->d_name));
    }
    closedir(open);
    if (reader->arena->full)
        return ERR_MEMORY;
    if (out->count)
        qsort(names, out->count, sizeof *names, compare);
    out->items = names;
    return ERR_OK;
}

/* A name that is only misspelt would else be a gap that nobody sees. */
static void say_unread(struct reader *reader, struct span folder, struct span name, const char *why)
{
    struct span shown = register_shown(reader, name);
    struct span file =
        arena_format(reader->arena, "catalogue/%.*s%s%.*s", SPAN_ARG(register_shown(reader, folder)),
                     folder.bytes ? "/" : "", SPAN_ARG(shown));
    reader->file = file.at ? file.at : "catalogue";
    register_say(reader, false, 0, NULL, "is not read: %s", why);
}

static bool is_folder(const char *parent, struct span name)
{
    char path[LIMIT_PATH_BYTES];
    struct stat status;
    return join(path, parent, name.at) && !stat(path, &status) && S_ISDIR(status.st_mode);
}

static enum err list(struct reader *reader, const char *parent, struct layer_folders *out)
{
    struct span_list names;
    enum err err = names_of(reader, parent, &names);
    if (err)
        return err == ERR_IO && errno == ENOENT ? ERR_OK : err;
    for (size_t i = 0; i < names.count; i++) {
        if (!is_folder(parent, names.items[i])) {
            say_unread(reader, SPAN(""), names.items[i], "a layer is a folder below catalogue/");
            continue;
        }
        if (out->count == LIMIT_LAYERS) {
            reader->file = "catalogue";
            register_say(reader, true, 0, NULL, "holds more than %u layers", LIMIT_LAYERS);
            return ERR_REGISTER;
        }
        out->items[out->count++].folder = names.items[i];
    }
    return ERR_OK;
}

/* Files of a layer that are none. */
static enum err check_names(struct reader *reader, const char *parent, struct span folder)
{
    char path[LIMIT_PATH_BYTES];
    struct span_list names;
    if (!join(path, parent, folder.at))
        return ERR_TOO_LARGE;
    TRY(names_of(reader, path, &names));
    for (size_t i = 0; i < names.count; i++) {
        bool known = false;
        for (int k = 0; k < LAYER_FILE_COUNT; k++)
            known |= span_equal(names.items[i], span_of_string(layer_files[k]));
        if (!known)
            say_unread(reader, folder, names.items[i],
                       "the files of a layer are layer.csv, entities.csv, services.csv, patterns.csv, "
                       "facts.csv and aliases.csv");
    }
    return ERR_OK;
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

static enum err open_layer(struct reader *reader, const char *parent, struct layer_text *layer,
                           struct mapfile files[LAYER_FILE_COUNT])
{
    enum err failed = check_names(reader, parent, layer->folder);
    if (failed)
        say(reader, arena_format(reader->arena, "catalogue/%.*s", SPAN_ARG(layer->folder)), failed);
    for (int k = 0; k < LAYER_FILE_COUNT; k++) {
        enum err err = map(parent, layer, k, &files[k]);
        if (!err)
            continue;
        say(reader, arena_format(reader->arena, "catalogue/%.*s/%s", SPAN_ARG(layer->folder), layer_files[k]),
            err);
        failed = err;
    }
    return failed;
}

enum err layer_open(struct reader *reader, const char *folder, struct layer_folders *out)
{
    char parent[LIMIT_PATH_BYTES];
    enum err failed = join(parent, folder, "catalogue") ? list(reader, parent, out) : ERR_TOO_LARGE;
    if (failed && failed != ERR_REGISTER)
        say(reader, SPAN("catalogue"), failed);
    for (size_t i = 0; i < out->count; i++) {
        enum err err = open_layer(reader, parent, &out->items[i], out->files[i]);
        failed = err ? err : failed;
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
