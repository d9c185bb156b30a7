// SPDX-License-Identifier: MIT
#include "dictionary.h"

#include "ext/ext_deflate.h"

enum err dictionary_open(const char *path, struct failure *failure, struct mapfile *out)
{
    *out = (struct mapfile){0};
    if (!path)
        return ERR_OK;
    enum err err = mapfile_open(path, 0, out);
    if (err)
        return failure_of_path(failure, err, path);
    struct inflater *inflater = inflater_new();
    err = inflater ? inflater_dictionary(inflater, out->bytes) : ERR_MEMORY;
    inflater_free(inflater);
    if (err)
        mapfile_close(out);
    if (err_is_data(err))
        return failure_set(failure, ERR_USAGE, "--zstd-dict %s: %s", path,
                           err == ERR_SYNTAX ? "is no zstd dictionary" : err_text(err));
    return err ? failure_of_path(failure, err, path) : ERR_OK;
}

struct inflater *dictionary_inflater(struct span dictionary)
{
    struct inflater *inflater = inflater_new();
    if (inflater && dictionary.bytes && inflater_dictionary(inflater, dictionary) != ERR_OK) {
        inflater_free(inflater);
        return NULL;
    }
    return inflater;
}
