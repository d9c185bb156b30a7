// SPDX-License-Identifier: MIT
#include "5_judge/catalogue_merge.h"
#include "5_judge/layer.h"
#include "5_judge/register_read.h"
#include "base/limits.h"
#include "ext/ext_crypto.h"
#include "io/mapfile.h"
#include "io/pathlist.h"

#include <errno.h>
#include <stdio.h>

const struct schema *const register_schemas[REGISTER_FILE_COUNT] = {
    [REGISTER_AUTHORITIES] = &register_authorities_schema,
    [REGISTER_UNITS] = &register_units_schema,
    [REGISTER_OWN_PARTIES] = &register_own_parties_schema,
    [REGISTER_BASES] = &register_bases_schema,
    [REGISTER_DECISIONS] = &register_decisions_schema,
    [REGISTER_PORTAL_LINKS] = &register_portal_links_schema,
    [REGISTER_SERVICES] = &register_services_schema,
    [REGISTER_ALIASES] = &register_aliases_schema,
    [REGISTER_CAPTURES] = &register_captures_schema,
    [REGISTER_CASES] = &register_cases_schema,
    [REGISTER_POLICY] = &register_policy_schema,
};

enum err register_add_digest(struct reader *reader, const char *file, struct span bytes)
{
    struct registers *r = reader->registers;
    char text[CRYPTO_SHA256_TEXT_BYTES];
    TRY(crypto_sha256_text(bytes, text));
    struct register_digest *digest =
        ARENA_PUSH(reader->arena, r->digests, r->digest_count, r->digest_capacity);
    if (!digest)
        return ERR_MEMORY;
    *digest = (struct register_digest){
        .file = span_of_string(file),
        .sha256 = arena_copy(reader->arena, span_of_string(text)),
        .bytes = bytes.bytes,
    };
    return digest->sha256.at ? ERR_OK : ERR_MEMORY;
}

static struct reader reader_of(struct arena *arena, struct register_messages *messages, struct registers *out,
                               unsigned year)
{
    *out = (struct registers){0};
    return (struct reader){.arena = arena,
                           .messages = messages,
                           .registers = out,
                           .catalogue = arena_alloc(arena, sizeof(struct catalogue)),
                           .layer = CATALOGUE_LOCAL,
                           .year = year};
}

/* The built-in layer, unless the policy does without; then those of the registers. */
static enum err read_layers(struct reader *reader, const struct layer_text *layers, size_t layer_count)
{
    const struct layer_text built_in = layer_built_in();
    if (reader->registers->policy.base_catalogue)
        TRY(layer_read(reader, &built_in));
    for (size_t i = 0; i < layer_count; i++)
        TRY(layer_read(reader, &layers[i]));
    return catalogue_merge(reader);
}

enum err register_read_all(const struct register_text texts[REGISTER_FILE_COUNT],
                           const struct layer_text *layers, size_t layer_count, unsigned year,
                           struct arena *arena, struct register_messages *messages, struct registers *out)
{
    struct reader reader = reader_of(arena, messages, out, year);
    if (!reader.catalogue)
        return ERR_MEMORY;
    for (int i = 0; i < REGISTER_FILE_COUNT; i++) {
        TRY(register_read_file(&reader, register_schemas[i], &texts[i]));
        if (texts[i].present)
            TRY(register_add_digest(&reader, register_schemas[i]->file, texts[i].bytes));
    }
    TRY(register_policy_resolve(&reader));
    TRY(register_check_references(&reader));
    TRY(register_check_scopes(&reader));
    TRY(register_check_lineage(&reader));
    TRY(read_layers(&reader, layers, layer_count));
    if (arena->full)
        return ERR_MEMORY;
    return messages->error_count ? ERR_REGISTER : ERR_OK;
}

/* A register that is not there is no error here; register_read_file knows which ones may be missing. */
static enum err map_file(const char *folder, const char *name, const char *instead, struct mapfile *file,
                         bool *present)
{
    char path[LIMIT_PATH_BYTES];
    int bytes = instead ? snprintf(path, sizeof path, "%s", instead)
                        : snprintf(path, sizeof path, "%s/%s", folder, name);
    if (bytes < 0 || (size_t)bytes >= sizeof path)
        return ERR_TOO_LARGE;
    enum err err = mapfile_open(path, LIMIT_REGISTER_BYTES, file);
    *present = !err;
    return err == ERR_IO && errno == ENOENT && !instead ? ERR_OK : err;
}

static void say_unreadable(struct reader *reader, const char *name, enum err err)
{
    reader->file = name;
    register_say(reader, true, 0, NULL, "cannot be read: %s",
                 err == ERR_IO ? strerror(errno) : err_text(err));
}

/* A form that came back in another format is an answer all the same. */
static void say_unread(struct reader *reader, const char *name)
{
    const char *slash = strrchr(name, '/');
    if ((slash ? slash[1] : name[0]) == '.')
        return;
    reader->file = name;
    register_say(reader, false, 0, NULL, "is not read; save it as CSV, for an answer nobody reads is none");
}

static enum err read_answer_file(struct reader *reader, const char *path, const char *name)
{
    struct mapfile file;
    enum err err = mapfile_open(path, LIMIT_REGISTER_BYTES, &file);
    if (err) {
        say_unreadable(reader, name, err);
        return err_is_data(err) ? ERR_OK : err;
    }
    err = register_answers_read(reader, name, file.bytes);
    if (!err)
        err = register_add_digest(reader, name, file.bytes);
    mapfile_close(&file);
    return err;
}

/* DIR/answers: every CSV file below it, in the order of their names. */
static enum err read_answers(struct reader *reader, const char *folder)
{
    struct pathlist list = {0};
    struct span top = arena_format(reader->arena, "%s/", folder);
    struct span path = arena_format(reader->arena, "%s/answers", folder);
    if (!path.at)
        return ERR_MEMORY;
    enum err err = pathlist_add(&list, path.at, reader->arena);
    if (err == ERR_IO && errno == ENOENT)
        return reader->messages->error_count ? ERR_REGISTER : ERR_OK;
    if (err) {
        say_unreadable(reader, "answers", err);
        return err;
    }
    pathlist_sort(&list);
    for (size_t i = 0; i < list.count; i++) {
        const char *name = span_from(list.items[i], top.bytes).at;
        if (span_ends_nocase(list.items[i], SPAN(".csv")))
            TRY(read_answer_file(reader, list.items[i].at, name));
        else
            say_unread(reader, name);
    }
    TRY(register_answers_finish(reader));
    return reader->messages->error_count ? ERR_REGISTER : ERR_OK;
}

static enum err map_registers(struct reader *reader, const char *folder, const char *policy_file,
                              struct mapfile files[REGISTER_FILE_COUNT],
                              struct register_text texts[REGISTER_FILE_COUNT])
{
    enum err failed = ERR_OK;
    for (int i = 0; i < REGISTER_FILE_COUNT; i++) {
        const char *instead = i == REGISTER_POLICY ? policy_file : NULL;
        enum err err = map_file(folder, register_schemas[i]->file, instead, &files[i], &texts[i].present);
        texts[i].bytes = files[i].bytes;
        if (!err)
            continue;
        say_unreadable(reader, instead ? instead : register_schemas[i]->file, err);
        failed = err_is_data(err) ? ERR_REGISTER : err;
    }
    return failed;
}

enum err register_load(const char *folder, const char *policy_file, unsigned year, struct arena *arena,
                       struct register_messages *messages, struct registers *out)
{
    struct reader reader = reader_of(arena, messages, out, year);
    struct mapfile files[REGISTER_FILE_COUNT] = {0};
    struct register_text texts[REGISTER_FILE_COUNT] = {0};
    struct layer_folders *layers = arena_alloc(arena, sizeof *layers);
    if (!layers)
        return ERR_MEMORY;
    enum err err = map_registers(&reader, folder, policy_file, files, texts);
    enum err layers_err = layer_open(&reader, folder, layers);
    if (!err)
        err = layers_err;
    if (!err)
        err = register_read_all(texts, layers->items, layers->count, year, arena, messages, out);
    if (!err || err == ERR_REGISTER)
        err = read_answers(&reader, folder);
    layer_close(layers);
    for (int i = 0; i < REGISTER_FILE_COUNT; i++)
        if (texts[i].present)
            mapfile_close(&files[i]);
    return err;
}

enum err register_load_captures(const char *path, struct arena *arena, struct register_messages *messages,
                                struct registers *out)
{
    struct reader reader = reader_of(arena, messages, out, 0);
    struct mapfile file;
    TRY(mapfile_open(path, LIMIT_REGISTER_BYTES, &file));
    const struct register_text text = {file.bytes, true};
    enum err err = register_read_file(&reader, &register_captures_schema, &text);
    mapfile_close(&file);
    if (err)
        return err;
    return arena->full ? ERR_MEMORY : messages->error_count ? ERR_REGISTER : ERR_OK;
}
