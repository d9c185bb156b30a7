// SPDX-License-Identifier: MIT
#include "1_read/source.h"

#include "1_read/arc.h"
#include "1_read/cdx.h"
#include "1_read/member.h"
#include "1_read/record_head.h"
#include "1_read/zip.h"
#include "base/limits.h"
#include "ext/ext_deflate.h"

static const char *const kind_names[SOURCE_KIND_COUNT] = {
    [SOURCE_NONE] = "none",         [SOURCE_WARC] = "warc",       [SOURCE_WARC_GZ] = "warc.gz",
    [SOURCE_WACZ] = "wacz",         [SOURCE_ARC] = "arc",         [SOURCE_ARC_GZ] = "arc.gz",
    [SOURCE_WARC_ZST] = "warc.zst", [SOURCE_ARC_ZST] = "arc.zst", [SOURCE_ZSTD] = "zstd",
    [SOURCE_BZIP2] = "bzip2",       [SOURCE_XZ] = "xz",           [SOURCE_LZ4] = "lz4",
    [SOURCE_TAR] = "tar",           [SOURCE_HAR] = "har",         [SOURCE_CDX] = "cdx",
    [SOURCE_GZIP_OTHER] = "gzip",
};

const char *source_kind_name(enum source_kind kind)
{
    return kind_names[kind];
}

bool source_is_records(enum source_kind kind)
{
    return kind == SOURCE_WARC || kind == SOURCE_WARC_GZ || kind == SOURCE_ARC || kind == SOURCE_ARC_GZ ||
           kind == SOURCE_WARC_ZST || kind == SOURCE_ARC_ZST;
}

// clang-format off
/* Kinds that fixed bytes tell, in the order of how much they tell. */
static const struct {
    size_t at;
    struct span bytes;
    enum source_kind kind;
} magics[] = {
    {0, SPAN("PK\x03\x04"), SOURCE_WACZ},
    {0, SPAN("PK\x05\x06"), SOURCE_WACZ}, /* a ZIP without members */
    {0, SPAN("\xfd" "7zXZ"), SOURCE_XZ},
    {0, SPAN("\x04\x22\x4d\x18"), SOURCE_LZ4},
    {4, SPAN("1AY&SY"), SOURCE_BZIP2}, /* behind "BZh" and the level */
    {257, SPAN("ustar"), SOURCE_TAR},
};

// clang-format on

static enum source_kind kind_of_magic(struct span file)
{
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
        if (span_starts(span_from(file, magics[i].at), magics[i].bytes))
            return magics[i].kind;
    return SOURCE_NONE;
}

/* A JSON object that has its "log" near the start. */
static bool is_har(struct span file)
{
    struct span near = span_first(file, 4096);
    if (span_starts(near, SPAN("\xef\xbb\xbf")))
        near = span_from(near, 3);
    near = span_trim(near);
    return span_starts(near, SPAN("{")) && span_find_span(near, SPAN("\"log\""), 0) < near.bytes;
}

static enum source_kind kind_of_text(struct span file)
{
    struct span text = span_from(file, record_head_skip_line_ends(file, 0));
    if (span_starts_nocase(text, SPAN("WARC/")))
        return SOURCE_WARC;
    if (span_starts(text, SPAN("filedesc:")) || arc_find(text, 0, 1) == 0)
        return SOURCE_ARC;
    if (is_har(file))
        return SOURCE_HAR;
    return cdx_is_index(span_first(file, LIMIT_SEARCH_BYTES)) ? SOURCE_CDX : SOURCE_NONE;
}

/* The start of the first member that is not empty; empty when there is none. A dictionary may be before it. */
static enum err prefix_of(struct inflater *inflater, struct span file, struct span *out)
{
    size_t at = 0, first_bytes = 0;
    *out = SPAN("");
    while (at < file.bytes && at - first_bytes < LIMIT_SEARCH_BYTES) {
        size_t bytes;
        enum err err = inflater_prefix(inflater, span_from(file, at), LIMIT_SEARCH_BYTES, out);
        if (err || out->bytes)
            return err;
        TRY(inflater_member(inflater, span_from(file, at), 1, out, &bytes));
        first_bytes = first_bytes ? first_bytes : bytes;
        at += bytes;
    }
    return ERR_OK;
}

static enum source_kind kind_of_packed(struct inflater *inflater, struct span file)
{
    bool is_gzip = member_is_gzip(file);
    struct span prefix = SPAN("");
    enum err err = inflater_archive(inflater, file);
    if (!err)
        err = prefix_of(inflater, file, &prefix);
    enum source_kind kind = kind_of_text(prefix);
    bool is_warc = kind == SOURCE_WARC || record_find(prefix, 0, false) < prefix.bytes;
    if (is_warc || err == ERR_DICTIONARY || err == ERR_WINDOW)
        return is_gzip ? SOURCE_WARC_GZ : SOURCE_WARC_ZST;
    if (kind == SOURCE_CDX)
        return SOURCE_CDX;
    if (kind == SOURCE_ARC)
        return is_gzip ? SOURCE_ARC_GZ : SOURCE_ARC_ZST;
    return is_gzip ? SOURCE_GZIP_OTHER : SOURCE_ZSTD;
}

/* What begins behind garbage at the start of the file. */
static enum source_kind kind_of_search(struct inflater *inflater, struct span file)
{
    uint64_t at, end = span_first(file, LIMIT_SEARCH_BYTES).bytes;
    if (member_find(inflater, file, MEMBER_GZIP | MEMBER_PLAIN, 0, end, &at) != ERR_OK || at == end)
        return SOURCE_NONE;
    return member_is_gzip(span_from(file, at)) ? SOURCE_WARC_GZ : SOURCE_WARC;
}

static enum source_kind kind_of(struct inflater *inflater, struct span file)
{
    enum source_kind kind = kind_of_magic(file);
    if (kind == SOURCE_NONE)
        kind = kind_of_text(file);
    if (kind == SOURCE_NONE && member_is_packed(file))
        kind = kind_of_packed(inflater, file);
    if (kind != SOURCE_NONE && kind != SOURCE_GZIP_OTHER && kind != SOURCE_ZSTD)
        return kind;
    enum source_kind found = kind_of_search(inflater, file);
    return found ? found : kind;
}

enum source_kind source_kind_of(struct span file)
{
    struct inflater *inflater = inflater_new();
    /* Without memory the reader, which can say so, is left to find out. */
    if (!inflater)
        return member_is_gzip(file) ? SOURCE_WARC_GZ : SOURCE_WARC;
    enum source_kind kind = kind_of(inflater, file);
    inflater_free(inflater);
    return kind;
}

static bool is_archive(struct span name)
{
    return span_starts(name, SPAN("archive/")) || span_ends_nocase(name, SPAN(".wacz"));
}

static bool is_page_list(struct span name)
{
    return span_starts(name, SPAN("pages/")) && span_ends(name, SPAN(".jsonl"));
}

static enum err add_member(struct inflater *inflater, const struct zip_member *member, struct arena *arena,
                           struct source_parts *out)
{
    bool is_pages = is_page_list(member->name);
    if (span_ends(member->name, SPAN("/")) || !(is_pages || is_archive(member->name)))
        return ERR_OK;
    struct source_part *part = ARENA_PUSH(arena, out->items, out->count, out->capacity);
    if (!part)
        return ERR_MEMORY;
    part->name = member->name;
    part->bytes = member->data;
    part->is_pages = is_pages;
    part->deflated = member->method != ZIP_STORED || (member->flags & ZIP_FLAG_ENCRYPTED);
    if (!part->deflated && !is_pages)
        part->kind = kind_of(inflater, member->data);
    return ERR_OK;
}

/* A damaged entry of the directory is told at the end, after the others were read. */
static enum err list_zip(struct inflater *inflater, struct span file, struct arena *arena,
                         struct source_parts *out)
{
    struct zip zip;
    enum err worst = ERR_OK;
    TRY(zip_open(file, &zip));
    for (size_t count = 0;; count++) {
        struct zip_member member;
        enum err err = zip_next(&zip, &member);
        if (err == ERR_END)
            break;
        if (count == LIMIT_ZIP_MEMBERS)
            return ERR_TOO_LARGE;
        if (err)
            worst = err;
        else
            TRY(add_member(inflater, &member, arena, out));
    }
    return worst || out->count ? worst : ERR_GARBAGE;
}

enum err source_list(struct span file, struct arena *arena, struct source_parts *out)
{
    *out = (struct source_parts){0};
    if (file.bytes == 0)
        return ERR_END;
    struct inflater *inflater = inflater_new();
    if (!inflater)
        return ERR_MEMORY;
    enum err err = ERR_CONTAINER;
    enum source_kind kind = kind_of(inflater, file);
    if (kind == SOURCE_WACZ) {
        err = list_zip(inflater, file, arena, out);
    } else if (source_is_records(kind)) {
        struct source_part *part = ARENA_PUSH(arena, out->items, out->count, out->capacity);
        if (part)
            *part = (struct source_part){.bytes = file, .kind = kind};
        err = part ? ERR_OK : ERR_MEMORY;
    } else if (kind == SOURCE_NONE) {
        err = ERR_GARBAGE;
    }
    inflater_free(inflater);
    return err;
}
