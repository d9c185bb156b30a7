// SPDX-License-Identifier: MIT
#include "ext/ext_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>

#define HEADER_BYTES   512u
#define CHECKSUM_AT    148u
#define CHECKSUM_BYTES 8u
/* What libarchive is given at a time: small enough that unpacker_used tells how far it came. */
#define SLICE_BYTES (64u << 10)

/* Bytes in memory, as libarchive asks for them. */
struct feed {
    struct span in;
    size_t at, slice_bytes;
};

static la_ssize_t feed_read(struct archive *a, void *context, const void **out)
{
    struct feed *feed = context;
    struct span slice = span_first(span_from(feed->in, feed->at), feed->slice_bytes);
    (void)a;
    *out = slice.at;
    feed->at += slice.bytes;
    return (la_ssize_t)slice.bytes;
}

struct unpacker {
    struct archive *archive;
    struct feed feed;
    bool started;
};

static const int filter_codes[] = {
    [UNPACKER_GZIP] = ARCHIVE_FILTER_GZIP, [UNPACKER_BZIP2] = ARCHIVE_FILTER_BZIP2,
    [UNPACKER_XZ] = ARCHIVE_FILTER_XZ,     [UNPACKER_LZ4] = ARCHIVE_FILTER_LZ4,
    [UNPACKER_ZSTD] = ARCHIVE_FILTER_ZSTD,
};

/* Naming the filter keeps libarchive from guessing, and from taking off the layers below, too. */
struct unpacker *unpacker_new(struct span in, enum unpacker_filter filter)
{
    struct unpacker *u = calloc(1, sizeof *u);
    if (!u)
        return NULL;
    u->feed = (struct feed){in, 0, SLICE_BYTES};
    u->archive = archive_read_new();
    if (!u->archive || archive_read_support_format_raw(u->archive) != ARCHIVE_OK ||
        archive_read_append_filter(u->archive, filter_codes[filter]) < ARCHIVE_WARN) {
        unpacker_free(u);
        return NULL;
    }
    return u;
}

void unpacker_free(struct unpacker *u)
{
    if (!u)
        return;
    if (u->archive)
        archive_read_free(u->archive);
    free(u);
}

uint64_t unpacker_used(const struct unpacker *u)
{
    la_int64_t used = u->started ? archive_filter_bytes(u->archive, -1) : 0;
    return used < 0 ? 0 : (uint64_t)used < u->feed.in.bytes ? (uint64_t)used : u->feed.in.bytes;
}

static enum err unpacker_err(const struct unpacker *u)
{
    if (archive_errno(u->archive) == ENOMEM)
        return ERR_TOO_LARGE;
    return u->feed.at == u->feed.in.bytes && unpacker_used(u) == u->feed.in.bytes ? ERR_TRUNCATED
                                                                                  : ERR_CORRUPT;
}

static enum err unpacker_start(struct unpacker *u)
{
    struct archive_entry *entry;
    if (archive_read_open(u->archive, &u->feed, NULL, feed_read, NULL) != ARCHIVE_OK)
        return unpacker_err(u);
    u->started = true;
    int code = archive_read_next_header(u->archive, &entry);
    return code == ARCHIVE_EOF ? ERR_END : code < ARCHIVE_WARN ? unpacker_err(u) : ERR_OK;
}

enum err unpacker_next(struct unpacker *u, struct span *out)
{
    const void *at;
    size_t bytes;
    la_int64_t offset;
    *out = SPAN("");
    if (!u->started)
        TRY(unpacker_start(u));
    int code = archive_read_data_block(u->archive, &at, &bytes, &offset);
    if (code == ARCHIVE_EOF)
        return ERR_END;
    if (code < ARCHIVE_WARN)
        return unpacker_err(u);
    *out = span_of(at, bytes);
    return ERR_OK;
}

struct tarball {
    struct archive *archive;
    struct feed feed;
    bool is_open, is_cut;
};

struct tarball *tarball_new(struct span in)
{
    struct tarball *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    t->feed = (struct feed){in, 0, in.bytes}; /* in one piece, so that members can be slices of it */
    t->archive = archive_read_new();
    if (!t->archive || archive_read_support_format_tar(t->archive) != ARCHIVE_OK ||
        archive_read_set_format_option(t->archive, "tar", "read_concatenated_archives", "1") != ARCHIVE_OK) {
        tarball_free(t);
        return NULL;
    }
    return t;
}

void tarball_free(struct tarball *t)
{
    if (!t)
        return;
    if (t->archive)
        archive_read_free(t->archive);
    free(t);
}

static struct span name_of(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    if (!name)
        name = archive_entry_pathname_utf8(entry); /* the C locale cannot say it */
    return name ? span_of_string(name) : SPAN("");
}

/* Where the data lies: in one piece inside `in`, or nowhere. */
static void find_data(struct tarball *t, struct tarball_entry *out)
{
    const struct span in = t->feed.in;
    const void *at;
    size_t bytes;
    la_int64_t offset;
    out->data = SPAN_NONE;
    if (!out->bytes) {
        out->data = SPAN("");
        return;
    }
    if (archive_read_data_block(t->archive, &at, &bytes, &offset) != ARCHIVE_OK) {
        t->is_cut = out->is_cut = true;
        out->data = SPAN("");
        return;
    }
    const char *from = at;
    bool inside = from >= in.at && from + bytes <= in.at + in.bytes;
    bool at_end = inside && from + bytes == in.at + in.bytes;
    if (inside && offset == 0 && (bytes == out->bytes || at_end)) {
        out->data = span_of(from, bytes);
        t->is_cut = out->is_cut = bytes < out->bytes;
    }
}

static bool is_sparse(struct archive_entry *entry)
{
    return archive_entry_sparse_count(entry) > 0;
}

enum err tarball_next(struct tarball *t, struct tarball_entry *out)
{
    struct archive_entry *entry;
    *out = (struct tarball_entry){0};
    if (t->is_cut)
        return ERR_END;
    if (!t->is_open && archive_read_open(t->archive, &t->feed, NULL, feed_read, NULL) != ARCHIVE_OK)
        return ERR_SYNTAX;
    t->is_open = true;
    int code = archive_read_next_header(t->archive, &entry);
    la_int64_t header_at = archive_read_header_position(t->archive);
    out->header_at = header_at > 0 ? (uint64_t)header_at : 0;
    if (code == ARCHIVE_EOF)
        return ERR_END;
    if (code < ARCHIVE_WARN || code == ARCHIVE_RETRY) /* the latter: a wrong checksum */
        return archive_errno(t->archive) == ENOMEM ? ERR_MEMORY : ERR_SYNTAX;
    la_int64_t bytes = archive_entry_size(entry);
    out->name = name_of(entry);
    out->is_file = archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry);
    out->bytes = out->is_file && bytes > 0 ? (uint64_t)bytes : 0;
    if (out->is_file && !is_sparse(entry))
        find_data(t, out);
    return ERR_OK;
}

enum err tarball_piece(struct tarball *t, struct span *out, uint64_t *at)
{
    const void *from;
    size_t bytes;
    la_int64_t offset;
    int code = archive_read_data_block(t->archive, &from, &bytes, &offset);
    *out = SPAN("");
    if (code == ARCHIVE_EOF)
        return ERR_END;
    if (code < ARCHIVE_WARN || offset < 0)
        return ERR_TRUNCATED;
    *out = span_of(from, bytes);
    *at = (uint64_t)offset;
    return ERR_OK;
}

/* The sum of all bytes, the field itself taken as blanks, in octal digits. */
bool tarball_is_header(struct span block)
{
    uint64_t sum = CHECKSUM_BYTES * ' ', stored = 0;
    if (block.bytes < HEADER_BYTES || !block.at[0])
        return false;
    for (size_t i = 0; i < HEADER_BYTES; i++)
        if (i < CHECKSUM_AT || i >= CHECKSUM_AT + CHECKSUM_BYTES)
            sum += (unsigned char)block.at[i];
    struct span digits = span_of(block.at + CHECKSUM_AT, CHECKSUM_BYTES);
    while (digits.bytes && digits.at[0] == ' ')
        digits = span_from(digits, 1);
    for (; digits.bytes && digits.at[0] >= '0' && digits.at[0] <= '7'; digits = span_from(digits, 1))
        stored = stored * 8 + (uint64_t)(digits.at[0] - '0');
    return stored == sum;
}
