// SPDX-License-Identifier: MIT
#include "1_read/wacz.h"

#include "1_read/zip.h"
#include "base/intern.h"
#include "base/limits.h"
#include "ext/ext_deflate.h"
#include "ext/ext_json.h"

#define PACKAGE        SPAN("datapackage.json")
#define PACKAGE_DIGEST SPAN("datapackage-digest.json")

struct reading {
    struct arena *arena;
    struct inflater *inflater;
    struct intern names; /* of members, */
    struct zip_member *members;
    size_t member_capacity;
    bool *listed;
    struct wacz *out;
};

static struct wacz_resource resource_of(const struct zip_member *member)
{
    bool encrypted = member->flags & ZIP_FLAG_ENCRYPTED;
    return (struct wacz_resource){
        .path = member->name,
        .bytes = -1,
        .is_there = true,
        .deflated = member->method == ZIP_DEFLATED && !encrypted,
        .unknown = encrypted || (member->method != ZIP_STORED && member->method != ZIP_DEFLATED),
        .data = member->data,
    };
}

enum err wacz_content(const struct wacz_resource *resource, struct inflater *inflater, size_t max_bytes,
                      struct buf *out)
{
    size_t used;
    buf_reset(out);
    if (resource->unknown)
        return ERR_CONTAINER;
    if (resource->deflated)
        return inflater_body(inflater, resource->data, INFLATER_RAW, max_bytes, out, &used);
    if (resource->data.bytes > max_bytes)
        return ERR_TOO_LARGE;
    buf_add(out, resource->data);
    return out->err;
}

/* The first of each name counts, as in every reader of ZIP we know. A damaged entry is told at the end. */
static enum err list_members(struct reading *r, struct span file)
{
    struct zip zip;
    enum err worst = ERR_OK;
    TRY(zip_open(file, &zip));
    for (;;) {
        struct zip_member member;
        enum err err = zip_next(&zip, &member);
        if (err == ERR_END)
            break;
        if (r->out->member_count == LIMIT_CONTAINER_MEMBERS)
            return ERR_TOO_LARGE;
        if (err) {
            worst = err;
            continue;
        }
        r->out->member_count++;
        size_t before = r->names.count;
        uint32_t number = intern_add(&r->names, member.name);
        if (number == INTERN_NONE)
            return ERR_MEMORY;
        if (number < before)
            continue;
        struct zip_member *grown =
            arena_grow(r->arena, r->members, number, &r->member_capacity, sizeof *r->members);
        if (!grown)
            return ERR_MEMORY;
        r->members = grown;
        r->members[number] = member;
    }
    return worst;
}

/* The member of that name as JSON; NULL in *out when there is none. */
static enum err parse_member(struct reading *r, struct span name, struct json **out)
{
    uint32_t number = intern_find(&r->names, name);
    *out = NULL;
    if (number == INTERN_NONE)
        return ERR_NOT_FOUND;
    struct wacz_resource resource = resource_of(&r->members[number]);
    struct buf text;
    buf_init(&text, LIMIT_JSON_BYTES + 1);
    enum err err = wacz_content(&resource, r->inflater, LIMIT_JSON_BYTES, &text);
    if (!err)
        err = json_parse(buf_span(&text), out);
    buf_free(&text);
    return err_is_data(err) ? ERR_JSON : err;
}

static enum err add_resource(struct reading *r, struct span path, struct span hash, int64_t bytes)
{
    uint32_t number = intern_find(&r->names, path);
    struct wacz_resource *resource = ARENA_PUSH(r->arena, r->out->resources, r->out->count, r->out->capacity);
    if (!resource)
        return ERR_MEMORY;
    if (number != INTERN_NONE) {
        *resource = resource_of(&r->members[number]);
        r->listed[number] = true;
    }
    resource->path = arena_copy(r->arena, path);
    resource->hash = hash.bytes ? arena_copy(r->arena, hash) : SPAN_NONE;
    resource->bytes = bytes;
    return resource->path.at && (!hash.bytes || resource->hash.at) ? ERR_OK : ERR_MEMORY;
}

static enum err add_resources(struct reading *r, const struct json *package)
{
    const struct json *list = json_get(package, "resources");
    if (!json_is_array(list))
        return ERR_JSON;
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *item = json_item(list, i);
        struct span path = json_text(json_get(item, "path"));
        if (!path.bytes)
            return ERR_JSON;
        TRY(add_resource(r, path, json_text(json_get(item, "hash")), json_int(json_get(item, "bytes"), -1)));
    }
    return ERR_OK;
}

static enum err read_package(struct reading *r)
{
    struct json *json;
    TRY(parse_member(r, PACKAGE, &json));
    enum err err = add_resources(r, json);
    json_free(json);
    if (err)
        return err;
    err = parse_member(r, PACKAGE_DIGEST, &json);
    if (err)
        return err == ERR_NOT_FOUND ? ERR_OK : err;
    err = add_resource(r, PACKAGE, json_text(json_get(json, "hash")), -1);
    json_free(json);
    return err;
}

static enum err list_unlisted(struct reading *r)
{
    for (uint32_t i = 0; i < r->names.count; i++) {
        struct span name = intern_text(&r->names, i); /* a copy */
        if (r->listed[i] || span_ends(name, SPAN("/")) || span_equal(name, PACKAGE) ||
            span_equal(name, PACKAGE_DIGEST))
            continue;
        struct span *item =
            ARENA_PUSH(r->arena, r->out->unlisted, r->out->unlisted_count, r->out->unlisted_capacity);
        if (!item)
            return ERR_MEMORY;
        *item = name;
    }
    return ERR_OK;
}

enum err wacz_read(struct span file, struct inflater *inflater, struct arena *arena, struct wacz *out)
{
    struct reading r = {.arena = arena, .inflater = inflater, .out = out};
    *out = (struct wacz){0};
    intern_init(&r.names, arena);
    enum err listing = list_members(&r, file);
    if (listing && listing != ERR_DIRECTORY)
        return listing;
    r.listed = arena_alloc(arena, r.names.count + 1);
    if (!r.listed)
        return ERR_MEMORY;
    enum err err = read_package(&r);
    if (!err)
        TRY(list_unlisted(&r));
    return listing ? listing : err;
}
