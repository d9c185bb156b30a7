// SPDX-License-Identifier: MIT
#include "ext/ext_psl.h"

#include <assert.h>
#include <errno.h>
#include <libpsl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define SYSTEM_TEXT   "/usr/share/publicsuffix/public_suffix_list.dat"
#define SYSTEM_PACKED "/usr/share/publicsuffix/public_suffix_list.dafsa"
#define HOST_BYTES    255

struct suffixes {
    psl_ctx_t *loaded;
    const psl_ctx_t *list;
    char *source;
};

static char *describe(const char *path)
{
    char *text;
    if (path)
        return strdup(path);
    return asprintf(&text, "libpsl builtin %s", psl_get_version()) < 0 ? NULL : text;
}

/* The packed one is there at once, the text is sorted first; but somebody may have brought the text up to date. */
static psl_ctx_t *load_system(const char **path)
{
    static const char *const lists[] = {SYSTEM_PACKED, SYSTEM_TEXT};
    struct stat packed, text;
    bool is_newer =
        stat(SYSTEM_PACKED, &packed) == 0 && stat(SYSTEM_TEXT, &text) == 0 && text.st_mtime > packed.st_mtime;
    psl_ctx_t *loaded = NULL;
    for (size_t i = 0; i < 2 && !loaded; i++) {
        *path = lists[i ^ is_newer];
        loaded = psl_load_file(*path);
    }
    return loaded;
}

enum err suffixes_load(const char *path, struct suffixes **out)
{
    struct suffixes *suffixes = calloc(1, sizeof *suffixes);
    if (!suffixes)
        return ERR_MEMORY;
    *out = suffixes;
    const char *list = path;
    errno = 0;
    suffixes->loaded = path ? psl_load_file(path) : load_system(&list);
    suffixes->list = suffixes->loaded || path ? suffixes->loaded : psl_builtin();
    suffixes->source = describe(suffixes->loaded || path ? list : NULL);
    enum err err = ERR_OK;
    if (!suffixes->source)
        err = ERR_MEMORY;
    else if (!suffixes->list)
        err = errno == ENOENT || !path ? ERR_NOT_FOUND : errno ? ERR_IO : ERR_REGISTER;
    else if (suffixes->loaded && psl_suffix_count(suffixes->list) == 0) /* a packed list does not tell */
        err = ERR_REGISTER;
    if (err) {
        suffixes_free(suffixes);
        *out = NULL;
    }
    return err;
}

void suffixes_free(struct suffixes *suffixes)
{
    if (!suffixes)
        return;
    psl_free(suffixes->loaded);
    free(suffixes->source);
    free(suffixes);
}

const char *suffixes_source(const struct suffixes *suffixes)
{
    return suffixes->source;
}

const char *suffixes_path(const struct suffixes *suffixes)
{
    return suffixes->loaded ? suffixes->source : NULL;
}

size_t suffixes_suffix_bytes(const struct suffixes *suffixes, struct span host, bool with_private)
{
    char text[HOST_BYTES + 1];
    int type = with_private ? PSL_TYPE_ANY : PSL_TYPE_ICANN;
    assert(host.bytes <= HOST_BYTES);
    memcpy(text, host.at, host.bytes);
    text[host.bytes] = 0;
    /* From the longest on: an exception can make a suffix of a name that ends in another. */
    for (const char *rest = text, *dot; rest; rest = dot ? dot + 1 : NULL) {
        if (*rest && psl_is_public_suffix2(suffixes->list, rest, type))
            return strlen(rest);
        dot = strchr(rest, '.');
    }
    return 0;
}
