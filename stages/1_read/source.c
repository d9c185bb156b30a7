// SPDX-License-Identifier: MIT
#include "1_read/source.h"

#include <stdio.h>

#include "1_read/arc.h"
#include "1_read/cdx.h"
#include "1_read/member.h"
#include "1_read/record_head.h"
#include "base/limits.h"
#include "ext/ext_archive.h"
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

struct span source_kind_text(enum source_kind kind, enum source_kind wrapper,
                             char room[SOURCE_KIND_TEXT_BYTES])
{
    static const char *const suffixes[SOURCE_KIND_COUNT] = {[SOURCE_BZIP2] = ".bz2",
                                                            [SOURCE_XZ] = ".xz",
                                                            [SOURCE_LZ4] = ".lz4",
                                                            [SOURCE_GZIP_OTHER] = ".gz",
                                                            [SOURCE_ZSTD] = ".zst"};
    const char *suffix = suffixes[wrapper];
    int bytes = snprintf(room, SOURCE_KIND_TEXT_BYTES, "%s%s", kind_names[kind], suffix ? suffix : "");
    return span_of(room, (size_t)bytes);
}

bool source_is_records(enum source_kind kind)
{
    return kind == SOURCE_WARC || kind == SOURCE_WARC_GZ || kind == SOURCE_ARC || kind == SOURCE_ARC_GZ ||
           kind == SOURCE_WARC_ZST || kind == SOURCE_ARC_ZST;
}

bool source_is_container(enum source_kind kind)
{
    return kind == SOURCE_WACZ || kind == SOURCE_TAR;
}

bool source_is_wrapped(enum source_kind kind)
{
    return kind == SOURCE_BZIP2 || kind == SOURCE_XZ || kind == SOURCE_LZ4 || kind == SOURCE_GZIP_OTHER;
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
    return tarball_is_header(file) ? SOURCE_TAR : SOURCE_NONE; /* before 1988 it had no magic */
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

static enum source_kind kind_of_member(struct span member, bool is_arc)
{
    if (!member_is_packed(member))
        return is_arc ? SOURCE_ARC : SOURCE_WARC;
    if (member_is_gzip(member))
        return is_arc ? SOURCE_ARC_GZ : SOURCE_WARC_GZ;
    return is_arc ? SOURCE_ARC_ZST : SOURCE_WARC_ZST;
}

/* *sure: what is inside is known, and it is no archive in this framing of its own. */
static enum source_kind kind_of_packed(struct inflater *inflater, struct span file, bool *sure)
{
    bool is_gzip = member_is_gzip(file);
    struct span prefix = SPAN("");
    enum err err = inflater_archive(inflater, file);
    if (!err)
        err = prefix_of(inflater, file, &prefix);
    *sure = kind_of_magic(prefix) != SOURCE_NONE || member_is_packed(prefix);
    if (*sure)
        return is_gzip ? SOURCE_GZIP_OTHER : SOURCE_ZSTD;
    enum source_kind kind = kind_of_text(prefix);
    bool is_warc = kind == SOURCE_WARC || record_find(prefix, 0, false) < prefix.bytes;
    if (is_warc || err == ERR_DICTIONARY || err == ERR_WINDOW)
        return kind_of_member(file, false);
    if (kind == SOURCE_CDX)
        return SOURCE_CDX;
    if (kind == SOURCE_ARC)
        return kind_of_member(file, true);
    return is_gzip ? SOURCE_GZIP_OTHER : SOURCE_ZSTD;
}

/* What begins behind garbage at the start of the file. */
static enum source_kind kind_of_search(struct inflater *inflater, struct span file)
{
    bool is_packed =
        member_is_packed(file); /* a member proves more than a text, and may be searched for longer */
    uint64_t at, end = span_first(file, is_packed ? LIMIT_SOURCE_SEARCH_BYTES : LIMIT_SEARCH_BYTES).bytes;
    const unsigned kinds = MEMBER_GZIP | MEMBER_ZSTD | (is_packed ? 0 : MEMBER_PLAIN);
    if (inflater_archive(inflater, file))
        return SOURCE_NONE;
    for (int is_arc = 0; is_arc < 2; is_arc++)
        if (member_find(inflater, file, kinds | (is_arc ? MEMBER_ARC : 0), 0, end, &at) == ERR_OK && at < end)
            return kind_of_member(span_from(file, at), is_arc);
    return SOURCE_NONE;
}

enum source_kind source_tell(struct inflater *inflater, struct span file)
{
    bool sure = false;
    enum source_kind kind = kind_of_magic(file);
    if (kind == SOURCE_NONE)
        kind = kind_of_text(file);
    if (kind == SOURCE_NONE && member_is_packed(file))
        kind = kind_of_packed(inflater, file, &sure);
    if (sure || (kind != SOURCE_NONE && kind != SOURCE_GZIP_OTHER && kind != SOURCE_ZSTD))
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
    enum source_kind kind = source_tell(inflater, file);
    inflater_free(inflater);
    return kind;
}
