// SPDX-License-Identifier: MIT
/*
 * wacz.h - what a WACZ says of its own members: the resources of datapackage.json with their digests.
 *
 * In:     a whole mapped WACZ, an inflater
 * Out:    every resource with its declared digest and size and the member that is meant; the members nobody names
 * Owns:   nothing: lists and texts live in the caller's arena, data of members are slices of the file
 * Limits: LIMIT_CONTAINER_MEMBERS, LIMIT_JSON_BYTES, LIMIT_JSON_VALUES
 * Errors: ERR_DIRECTORY, ERR_TOO_LARGE, ERR_GARBAGE (no ZIP); ERR_NOT_FOUND: no datapackage.json; ERR_JSON: it cannot be
 *         read; ERR_MEMORY. With ERR_DIRECTORY and ERR_JSON, *out holds what could be read
 * Source: WACZ 1.1.1 sections 5.1 and 5.2 (datapackage.json, datapackage-digest.json)
 */
#ifndef READ_WACZ_H
#define READ_WACZ_H

#include "base/arena.h"
#include "base/buf.h"

struct inflater;

struct wacz_resource {
    struct span path;
    struct span hash;       /* as declared; .bytes 0: none */
    int64_t bytes;          /* as declared; -1: not */
    bool is_there;          /* the ZIP has such a member */
    bool deflated, unknown; /* as stored: deflated; encrypted or compressed in another way */
    struct span data;       /* as stored */
};
struct wacz {
    struct wacz_resource *resources; /* with datapackage.json, if datapackage-digest.json tells its hash */
    size_t count, capacity;
    struct span *unlisted; /* names of members that are no resource */
    size_t unlisted_count, unlisted_capacity;
    size_t member_count;
};
enum err wacz_read(struct span file, struct inflater *inflater, struct arena *arena,
                   struct wacz *out) MUST_CHECK;

/* The content of a member into *out (emptied first): as stored, or inflated. ERR_CONTAINER: unknown; or what
 * inflating gives, beyond the maximum of *out ERR_TOO_LARGE. */
enum err wacz_content(const struct wacz_resource *resource, struct inflater *inflater, size_t max_bytes,
                      struct buf *out) MUST_CHECK;

#endif
