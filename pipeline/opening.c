// SPDX-License-Identifier: MIT
#include "opening.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "plan.h"

struct opening_layer {
    struct mapfile map;
    unsigned users;
    struct source_fault fault; /* of the step that gave it */
};

static struct opening_layer *layer_new(void)
{
    struct opening_layer *layer = calloc(1, sizeof *layer);
    if (layer)
        layer->users = 1;
    return layer;
}

struct opening_layer *opening_layer_use(struct opening_layer *layer)
{
    layer->users++;
    return layer;
}

void opening_layer_release(struct opening_layer *layer)
{
    if (layer && --layer->users == 0) {
        mapfile_close(&layer->map);
        free(layer);
    }
}

struct span opening_layer_bytes(const struct opening_layer *layer)
{
    return layer->map.bytes;
}

enum err opening_layer_of_unpack(const struct unpack *unpack, struct opening_layer **out)
{
    struct opening_layer *layer = layer_new();
    if (!layer)
        return ERR_MEMORY;
    layer->fault = unpack_fault(unpack);
    enum err err = unpack_map(unpack, &layer->map);
    if (err)
        opening_layer_release(layer);
    else
        *out = layer;
    return err;
}

static enum err unpack_whole(struct opener *opener, struct span in, const struct unpack_step *step,
                             struct opening_layer **out)
{
    struct unpack *unpack;
    TRY(unpack_new(in, step, &opener->place, &unpack));
    enum err err = unpack_until(unpack, UINT64_MAX);
    if (!err)
        err = opening_layer_of_unpack(unpack, out);
    unpack_free(unpack);
    return err;
}

/* It can be read once only, and is kept as long as the opener. */
static enum err layer_of_input(struct opener *opener, struct opening_layer **out)
{
    static const struct unpack_step step = {.how = UNPACK_INPUT};
    if (!opener->input)
        TRY(unpack_whole(opener, SPAN(""), &step, &opener->input));
    *out = opening_layer_use(opener->input);
    return ERR_OK;
}

enum err opening_layer_of_file(struct opener *opener, const char *path, struct opening_layer **out)
{
    if (strcmp(path, OPENING_STDIN) == 0)
        return layer_of_input(opener, out);
    struct opening_layer *layer = layer_new();
    if (!layer)
        return ERR_MEMORY;
    enum err err = mapfile_open(path, 0, &layer->map);
    if (err)
        opening_layer_release(layer);
    else
        *out = layer;
    return err;
}

void opener_init(struct opener *opener, const struct unpack_place *place, struct failure *failure)
{
    *opener = (struct opener){.place = *place, .failure = failure};
}

/* Layers from this level on are of no use for what comes next. */
static void forget_from(struct opener *opener, size_t level)
{
    for (size_t i = level; i <= LIMIT_CONTAINER_DEPTH; i++) {
        opening_layer_release(opener->layers[i]);
        opener->layers[i] = NULL;
    }
}

void opener_free(struct opener *opener)
{
    forget_from(opener, 0);
    opening_layer_release(opener->input);
    opener->input = NULL;
}

static bool same_step(const struct unpack_step *a, const struct unpack_step *b)
{
    return a->how == b->how && a->at == b->at && a->bytes == b->bytes;
}

/* How many layers of the last archive lead to this one, too. */
static size_t shared_levels(const struct opener *opener, const struct plan_archive *a)
{
    const struct plan_archive *last = opener->last;
    if (!last || !opener->layers[0] || !span_equal(last->file, a->file))
        return 0;
    size_t level = 0;
    while (level < a->step_count && level < last->step_count && opener->layers[level + 1] &&
           same_step(&a->steps[level], &last->steps[level]))
        level++;
    return level + 1;
}

static enum err became_shorter(const struct opener *opener, const struct plan_archive *a)
{
    return failure_set(opener->failure, ERR_IO, "%s: became shorter while it was read", a->file.at);
}

/* The bytes of a step in those of the one before, as far as they are there. */
static bool find_step(struct span in, const struct unpack_step *step, struct span *out)
{
    *out = span_first(span_from(in, step->at), step->bytes);
    return out->bytes == step->bytes;
}

static enum err walk(struct opener *opener, const struct plan_archive *a, struct opening *out)
{
    size_t shared = shared_levels(opener, a);
    forget_from(opener, shared);
    opener->last = a;
    if (!shared)
        TRY(opening_layer_of_file(opener, a->file.at, &opener->layers[0]));
    out->bytes = opening_layer_bytes(opener->layers[0]);
    size_t level = 0;
    for (; level < a->step_count; level++) {
        const struct unpack_step *step = &a->steps[level];
        struct opening_layer **layer = &opener->layers[level + 1];
        struct span part;
        if (!find_step(out->bytes, step, &part))
            return became_shorter(opener, a);
        bool is_slice = step->how == UNPACK_SLICE;
        if (!*layer && is_slice)
            *layer = opening_layer_use(opener->layers[level]);
        else if (!*layer)
            TRY(unpack_whole(opener, part, step, layer));
        out->bytes = is_slice ? part : opening_layer_bytes(*layer);
        out->fault = is_slice ? (struct source_fault){0} : (*layer)->fault;
    }
    out->layer = opening_layer_use(opener->layers[level]);
    return ERR_OK;
}

enum err opening_of(struct opener *opener, const struct plan_archive *a, struct opening *out)
{
    assert(a->step_count <= LIMIT_CONTAINER_DEPTH);
    *out = (struct opening){.kind = a->kind};
    enum err err = walk(opener, a, out);
    return err ? failure_of_path(opener->failure, err, a->name.at) : ERR_OK;
}

/* --- by name --- */

/* Where the path of a file ends and the name inside it begins: file names may hold '!', too. */
static bool split_name(const char *name, char path[LIMIT_PATH_BYTES], const char **inside)
{
    for (size_t bytes = 0;; bytes++) {
        struct stat st;
        bool at_end = !name[bytes];
        if (bytes == LIMIT_PATH_BYTES)
            return false;
        if (at_end || name[bytes] == '!') {
            path[bytes] = 0;
            *inside = at_end ? "" : name + bytes + 1;
            if (at_end || strcmp(path, OPENING_STDIN) == 0 || (stat(path, &st) == 0 && S_ISREG(st.st_mode)))
                return true;
        }
        path[bytes] = name[bytes];
    }
}

/* The part that the name begins with, the longest; its length with the '!' behind it is cut off. */
static const struct source_part *find_part(const struct source_parts *parts, const char **inside)
{
    const struct source_part *best = NULL;
    struct span name = span_of_string(*inside);
    for (size_t i = 0; i < parts->count; i++) {
        const struct source_part *part = &parts->items[i];
        bool fits = span_equal(name, part->name) ||
                    (span_starts(name, part->name) && name.at[part->name.bytes] == '!');
        if (fits && (!best || part->name.bytes > best->name.bytes))
            best = part;
    }
    if (best)
        *inside += best->name.bytes + (best->name.bytes < name.bytes);
    return best;
}

/* The bytes of `out` become what `step` gives. */
static enum err descend(struct opener *opener, const struct unpack_step *step, struct opening *out)
{
    struct span part = span_first(span_from(out->bytes, step->at), step->bytes);
    struct opening_layer *layer;
    if (step->how == UNPACK_SLICE) {
        out->bytes = part;
        return ERR_OK;
    }
    TRY(unpack_whole(opener, part, step, &layer));
    opening_layer_release(out->layer);
    out->layer = layer;
    out->bytes = opening_layer_bytes(layer);
    return ERR_OK;
}

static enum err enter_part(struct opener *opener, const char **inside, struct opening *out)
{
    struct arena arena;
    struct source_parts parts = {0};
    arena_init(&arena, LIMIT_WORKER_ARENA_BYTES);
    enum err err = source_list(out->bytes, &arena, &parts);
    const struct source_part *part = err_is_run(err) ? NULL : find_part(&parts, inside);
    if (!err_is_run(err))
        err = ERR_NOT_FOUND;
    if (part && part->coding != SOURCE_SEALED) {
        struct unpack_step step = unpack_step_of(out->bytes, part);
        err = descend(opener, &step, out);
    }
    arena_free(&arena);
    return err;
}

static enum err find(struct opener *opener, const char *name, struct opening *out)
{
    char path[LIMIT_PATH_BYTES];
    const char *inside;
    if (!split_name(name, path, &inside))
        return failure_set(opener->failure, ERR_USAGE, "path too long");
    enum err err = opening_layer_of_file(opener, path, &out->layer);
    if (err)
        return failure_of_path(opener->failure, err, path);
    out->bytes = opening_layer_bytes(out->layer);
    for (unsigned depth = 0; depth <= LIMIT_CONTAINER_DEPTH; depth++) {
        struct unpack_step step;
        TRY(unpack_tell(out->bytes, &opener->place, &out->kind, &step));
        if (step.how != UNPACK_SLICE)
            TRY(descend(opener, &step, out));
        else if (*inside && source_is_container(out->kind))
            TRY(enter_part(opener, &inside, out));
        else
            return *inside ? ERR_NOT_FOUND : ERR_OK;
    }
    return ERR_NOT_FOUND;
}

enum err opening_find(struct opener *opener, const char *name, struct opening *out)
{
    *out = (struct opening){0};
    enum err err = find(opener, name, out);
    if (!err)
        return ERR_OK;
    opening_close(out);
    return err == ERR_NOT_FOUND ? failure_set(opener->failure, err, "%s: no such member", name)
                                : failure_of_path(opener->failure, err, name);
}

size_t opening_read(const struct opening *opening, uint64_t at, char *to, size_t bytes)
{
    const struct mapfile *map = &opening->layer->map;
    struct span part = span_first(span_from(opening->bytes, at), bytes);
    return part.bytes ? mapfile_read(map, (uint64_t)(part.at - map->bytes.at), to, part.bytes) : 0;
}

void opening_close(struct opening *opening)
{
    opening_layer_release(opening->layer);
    *opening = (struct opening){0};
}
