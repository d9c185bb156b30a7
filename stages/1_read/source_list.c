// SPDX-License-Identifier: MIT
#include "1_read/source.h"

#include <stdlib.h>

#include "1_read/zip.h"
#include "base/limits.h"
#include "ext/ext_archive.h"
#include "ext/ext_deflate.h"

#define TAR_BLOCK_BYTES 512u
#define TAR_MAGIC_AT    257u

struct listing {
    struct span file;
    struct inflater *inflater;
    struct arena *arena;
    struct source_parts *out;
    enum err first_fault;
};

static enum err add_fault(struct listing *l, enum err err, uint64_t at, uint64_t bytes)
{
    struct source_parts *out = l->out;
    struct source_fault *fault = ARENA_PUSH(l->arena, out->faults, out->fault_count, out->fault_capacity);
    if (!fault)
        return ERR_MEMORY;
    *fault = (struct source_fault){err, at, bytes};
    if (!l->first_fault)
        l->first_fault = err;
    return ERR_OK;
}

static enum err add_part(struct listing *l, struct source_part draft)
{
    struct source_part *part = ARENA_PUSH(l->arena, l->out->items, l->out->count, l->out->capacity);
    if (!part)
        return ERR_MEMORY;
    *part = draft;
    return ERR_OK;
}

static bool is_page_list(struct span name)
{
    return span_starts(name, SPAN("pages/")) && span_ends(name, SPAN(".jsonl"));
}

/* Of a deflated part the beginning tells the kind, as far as it can be unpacked. */
static enum err tell(struct listing *l, struct source_part *part)
{
    if (part->coding == SOURCE_STORED)
        part->kind = source_tell(l->inflater, part->bytes);
    if (part->coding != SOURCE_DEFLATED)
        return ERR_OK;
    struct span prefix;
    enum err err = inflater_raw_prefix(l->inflater, part->bytes, LIMIT_SEARCH_BYTES, &prefix);
    if (err_is_run(err))
        return err;
    struct arena_mark mark = arena_mark(l->arena);
    struct span copy = arena_copy(l->arena, prefix);
    if (copy.at)
        part->kind = source_tell(l->inflater, copy);
    arena_back_to(l->arena, mark);
    return copy.at ? ERR_OK : ERR_MEMORY;
}

/* What a member is there for, by its name and content. */
static bool is_wanted(const struct listing *l, const struct source_part *part)
{
    if (!l->out->is_wacz)
        return part->kind != SOURCE_NONE || part->coding == SOURCE_SEALED;
    if (span_starts(part->name, SPAN("indexes/")))
        return part->kind == SOURCE_CDX;
    return part->is_pages || span_starts(part->name, SPAN("archive/")) ||
           span_ends_nocase(part->name, SPAN(".wacz"));
}

/* Where an archive without a header begins: the first record stands right behind what is left of that, not on a line of
 * its own. */
static struct span archive_in(struct listing *l, struct span gap, enum source_kind *kind)
{
    size_t at = span_find_span(span_first(gap, LIMIT_SEARCH_BYTES), SPAN("WARC/"), 0);
    struct span from = span_from(gap, at);
    *kind = span_starts(from, SPAN("WARC/")) ? source_tell(l->inflater, from) : SOURCE_NONE;
    if (*kind == SOURCE_WARC)
        return from;
    *kind = source_tell(l->inflater, gap);
    return gap;
}

/* Bytes that no header names: an archive that lost its own is still one. header_bytes: what a damaged header takes up,
 * which still looks like one. */
static enum err add_gap(struct listing *l, enum err err, struct span gap, size_t header_bytes)
{
    struct source_part part = {0};
    part.bytes = archive_in(l, span_from(gap, header_bytes), &part.kind);
    uint64_t gap_at = (uint64_t)(gap.at - l->file.at), at = (uint64_t)(part.bytes.at - l->file.at);
    if (!source_is_records(part.kind))
        return add_fault(l, err, gap_at, gap.bytes);
    part.name = arena_format(l->arena, "@%llu", (unsigned long long)at);
    if (!part.name.at)
        return ERR_MEMORY;
    TRY(add_fault(l, err, gap_at, at - gap_at)); /* what of the rest is no record, the reader tells */
    return add_part(l, part);
}

static enum err add_zip_member(struct listing *l, const struct zip_member *member)
{
    if (span_ends(member->name, SPAN("/")))
        return ERR_OK;
    struct source_part part = {.name = member->name,
                               .bytes = member->data,
                               .crc = member->crc,
                               .has_crc = member->has_crc,
                               .is_pages = l->out->is_wacz && is_page_list(member->name)};
    bool sealed = member->flags & ZIP_FLAG_ENCRYPTED;
    part.coding = sealed                           ? SOURCE_SEALED
                  : member->method == ZIP_STORED   ? SOURCE_STORED
                  : member->method == ZIP_DEFLATED ? SOURCE_DEFLATED
                                                   : SOURCE_SEALED;
    if (!part.is_pages)
        TRY(tell(l, &part));
    return is_wanted(l, &part) ? add_part(l, part) : ERR_OK;
}

/* The names of a WACZ are fixed by its specification; any other ZIP may call its archives what it likes. */
static bool is_wacz_name(struct span name)
{
    return span_starts(name, SPAN("archive/")) || span_equal(name, SPAN("datapackage.json")) ||
           span_ends_nocase(name, SPAN(".wacz"));
}

/* Looks through the members once for what they are called. ERR_DIRECTORY: the directory is not sound. */
static enum err survey_directory(struct listing *l)
{
    struct zip zip;
    struct zip_member member;
    TRY(zip_open(l->file, &zip));
    for (size_t count = 0; count <= LIMIT_CONTAINER_MEMBERS; count++) {
        enum err err = zip_next(&zip, &member);
        if (err)
            return err == ERR_END ? ERR_OK : err;
        l->out->is_wacz |= is_wacz_name(member.name);
    }
    return ERR_OK;
}

static void survey_headers(struct listing *l)
{
    struct zip_walk walk = {.file = l->file};
    struct zip_member member;
    enum err err;
    for (size_t count = 0; count <= LIMIT_CONTAINER_MEMBERS; count++) {
        if ((err = zip_walk_next(&walk, &member)) == ERR_END)
            break;
        l->out->is_wacz |= !err && is_wacz_name(member.name);
    }
}

static enum err list_directory(struct listing *l)
{
    struct zip zip;
    struct zip_member member;
    TRY(zip_open(l->file, &zip));
    while (zip_next(&zip, &member) == ERR_OK) {
        if (l->out->member_count++ == LIMIT_CONTAINER_MEMBERS)
            return add_fault(l, ERR_TOO_LARGE, 0, 0);
        TRY(add_zip_member(l, &member));
    }
    return ERR_OK;
}

static enum err list_headers(struct listing *l)
{
    struct zip_walk walk = {.file = l->file};
    struct zip_member member;
    TRY(add_fault(l, ERR_DIRECTORY, 0, 0));
    survey_headers(l);
    for (enum err err; (err = zip_walk_next(&walk, &member)) != ERR_END;) {
        if (l->out->member_count++ == LIMIT_CONTAINER_MEMBERS)
            return add_fault(l, ERR_TOO_LARGE, walk.at, l->file.bytes - walk.at);
        TRY(err ? add_gap(l, ERR_GARBAGE, member.data, 0) : add_zip_member(l, &member));
        if (member.is_cut)
            TRY(add_fault(l, ERR_TRUNCATED, (uint64_t)(member.data.at - l->file.at), 0));
    }
    return ERR_OK;
}

static enum err list_zip(struct listing *l)
{
    enum err err = survey_directory(l);
    return err ? list_headers(l) : list_directory(l);
}

/* A sparse member begins with its first piece, or with a hole. Where it ends, the next header tells. */
static enum source_kind tell_sparse(struct listing *l, struct tarball *tarball)
{
    struct span piece;
    uint64_t at;
    bool begins = tarball_piece(tarball, &piece, &at) == ERR_OK && at == 0;
    return begins ? source_tell(l->inflater, piece) : SOURCE_NONE;
}

static void end_sparse(struct listing *l, uint64_t next_at)
{
    struct source_part *last = l->out->count ? &l->out->items[l->out->count - 1] : NULL;
    if (last && last->coding == SOURCE_SPARSE &&
        last->bytes.at + last->bytes.bytes == l->file.at + l->file.bytes)
        last->bytes = span_first(last->bytes, l->file.at + next_at - last->bytes.at);
}

static enum err add_tar_member(struct listing *l, struct tarball *tarball, const struct tarball_entry *entry,
                               uint64_t from)
{
    end_sparse(l, from + entry->header_at);
    if (!entry->is_file || !entry->bytes)
        return ERR_OK;
    struct source_part part = {.name = entry->name, .bytes = entry->data};
    if (!entry->data.at) {
        part.coding = SOURCE_SPARSE;
        part.bytes = span_from(l->file, from + entry->header_at);
        part.kind = tell_sparse(l, tarball);
    } else {
        part.kind = source_tell(l->inflater, entry->data);
    }
    if (entry->is_cut)
        TRY(add_fault(l, ERR_TRUNCATED, from + entry->header_at, 0));
    if (!is_wanted(l, &part))
        return ERR_OK;
    part.name = arena_copy(l->arena, entry->name);
    return part.name.at ? add_part(l, part) : ERR_MEMORY;
}

/* One run of sound headers; *from moves to the damaged one, or to the end. */
static enum err list_tar_run(struct listing *l, struct tarball *tarball, uint64_t *from)
{
    struct tarball_entry entry;
    for (;;) {
        enum err err = tarball_next(tarball, &entry);
        if (err_is_run(err))
            return err;
        if (err) {
            *from = err == ERR_END ? l->file.bytes : *from + entry.header_at;
            return ERR_OK;
        }
        if (l->out->member_count++ == LIMIT_CONTAINER_MEMBERS) {
            uint64_t at = *from + entry.header_at;
            *from = l->file.bytes;
            return add_fault(l, ERR_TOO_LARGE, at, l->file.bytes - at);
        }
        TRY(add_tar_member(l, tarball, &entry, *from));
    }
}

static uint64_t next_tar_header(struct span file, uint64_t from)
{
    for (size_t at = from + TAR_MAGIC_AT; (at = span_find_span(file, SPAN("ustar"), at)) < file.bytes; at++)
        if (tarball_is_header(span_from(file, at - TAR_MAGIC_AT)))
            return at - TAR_MAGIC_AT;
    return file.bytes;
}

/* A tar ends in blocks of zeros, and libarchive looks behind them for another one. */
static uint64_t skip_zeros(struct span file, uint64_t at)
{
    static const char zeros[TAR_BLOCK_BYTES];
    while (span_starts(span_from(file, at), span_of(zeros, sizeof zeros)))
        at += TAR_BLOCK_BYTES;
    return at;
}

static enum err list_tar(struct listing *l)
{
    for (uint64_t from = 0; from < l->file.bytes;) {
        struct tarball *tarball = tarball_new(span_from(l->file, from));
        uint64_t reached = from;
        enum err err = tarball ? list_tar_run(l, tarball, &reached) : ERR_MEMORY;
        tarball_free(tarball);
        TRY(err);
        from = skip_zeros(l->file, reached);
        if (from == l->file.bytes)
            break;
        uint64_t next = next_tar_header(l->file, from + 1);
        TRY(add_gap(l, ERR_DIRECTORY, span_first(span_from(l->file, from), next - from), TAR_BLOCK_BYTES));
        from = next;
    }
    return ERR_OK;
}

static int by_name(const void *left, const void *right)
{
    const struct source_part *a = *(struct source_part *const *)left,
                             *b = *(struct source_part *const *)right;
    int order = span_compare(a->name, b->name);
    return order ? order : a < b ? -1 : a > b;
}

/* Twins are told apart by their place: a name must lead to one part only. */
static enum err tell_twins_apart(struct listing *l)
{
    struct source_parts *out = l->out;
    struct source_part **sorted = arena_alloc(l->arena, (out->count + 1) * sizeof *sorted);
    if (!sorted)
        return ERR_MEMORY;
    for (size_t i = 0; i < out->count; i++)
        sorted[i] = &out->items[i];
    if (out->count)
        qsort(sorted, out->count, sizeof *sorted, by_name);
    for (size_t i = out->count; i-- > 1;) {
        struct source_part *part = sorted[i];
        if (!span_equal(part->name, sorted[i - 1]->name))
            continue;
        part->name = arena_format(l->arena, "%.*s@%llu", SPAN_ARG(part->name),
                                  (unsigned long long)(part->bytes.at - l->file.at));
        if (!part->name.at)
            return ERR_MEMORY;
    }
    return ERR_OK;
}

static enum err list(struct listing *l)
{
    enum source_kind kind = source_tell(l->inflater, l->file);
    if (kind == SOURCE_NONE)
        return ERR_GARBAGE;
    if (source_is_records(kind))
        return add_part(l, (struct source_part){.bytes = l->file, .kind = kind});
    if (!source_is_container(kind))
        return ERR_CONTAINER;
    TRY(kind == SOURCE_TAR ? list_tar(l) : list_zip(l));
    TRY(tell_twins_apart(l));
    return l->first_fault || l->out->count ? l->first_fault : ERR_GARBAGE;
}

enum err source_list(struct span file, struct arena *arena, struct source_parts *out)
{
    *out = (struct source_parts){0};
    if (file.bytes == 0)
        return ERR_END;
    struct listing l = {.file = file, .inflater = inflater_new(), .arena = arena, .out = out};
    enum err err = l.inflater ? list(&l) : ERR_MEMORY;
    inflater_free(l.inflater);
    return err;
}
