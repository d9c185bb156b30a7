// SPDX-License-Identifier: MIT
#include "1_read/zip_record.h"
#include "base/limits.h"
#include "ext/ext_deflate.h"

#define FLAG_DESCRIPTOR    8u
#define IN_ZIP64_32        0xffffffffu
#define SIGNATURE_BYTES    4u
#define DESCRIPTOR_BYTES   12u /* CRC and two sizes, without its signature */
#define DESCRIPTOR64_BYTES 20u
#define METHOD_MAX         99u /* of APPNOTE 4.4.5: encrypted by WinZip */
#define VERSION_MAX        63u /* 4.4.3.2, the low byte */

/* Where the data ends, and where what follows it begins. */
struct ending {
    uint64_t data_bytes, next_at;
    uint32_t crc;
    bool found;
};

/* A local header that a program can have written: the signature alone also stands in the middle of data. */
static struct span header_at(struct span file, uint64_t at)
{
    struct span header = zip_record_at(file, at, "PK\x03\x04", ZIP_LOCAL_BYTES);
    if (!header.at)
        return SPAN_NONE;
    uint64_t name_bytes = zip_record_number(header.at + 26, 2);
    bool good = (unsigned char)header.at[4] <= VERSION_MAX &&
                zip_record_number(header.at + 8, 2) <= METHOD_MAX && name_bytes &&
                zip_record_slice(file, at + ZIP_LOCAL_BYTES, name_bytes).at;
    return good ? header : SPAN_NONE;
}

/* How long a record of the directory at the end is; 0: there is none. */
static uint64_t directory_bytes(struct span file, uint64_t at)
{
    struct span r = zip_record_at(file, at, "PK\x01\x02", ZIP_CENTRAL_BYTES);
    if (r.at)
        return ZIP_CENTRAL_BYTES + zip_record_number(r.at + 28, 2) + zip_record_number(r.at + 30, 2) +
               zip_record_number(r.at + 32, 2);
    if ((r = zip_record_at(file, at, "PK\x06\x06", 12)).at)
        return 12 + (uint32_t)zip_record_number(r.at + 4, 4); /* no real one is longer */
    if (zip_record_at(file, at, "PK\x06\x07", 20).at)
        return 20;
    if ((r = zip_record_at(file, at, "PK\x05\x06", 22)).at)
        return 22 + zip_record_number(r.at + 20, 2);
    return 0;
}

/* The search for the end of data whose size nobody tells; the CRC runs along, so that no byte is summed twice. */
struct search {
    struct span data; /* to the end of the file */
    bool stored;
    uint64_t summed_bytes;
    uint32_t crc;
};

static bool is_crc_of(struct search *s, uint64_t bytes, uint32_t crc)
{
    if (!s->stored)
        return true;
    if (bytes < s->summed_bytes)
        return false;
    struct span more = span_first(span_from(s->data, s->summed_bytes), bytes - s->summed_bytes);
    s->crc = inflater_crc(s->crc, more);
    s->summed_bytes = bytes;
    return s->crc == crc;
}

/* CRC and sizes at `at`, behind data that ends before signature_bytes: does it tell this distance? */
static bool try_descriptor(struct search *s, uint64_t at, uint64_t signature_bytes, bool is64,
                           struct ending *out)
{
    struct span d = zip_record_slice(s->data, at, is64 ? DESCRIPTOR64_BYTES : DESCRIPTOR_BYTES);
    uint64_t data_bytes = at - signature_bytes;
    if (!d.at || zip_record_number(d.at + 4, is64 ? 8 : 4) != data_bytes)
        return false;
    uint32_t crc = (uint32_t)zip_record_number(d.at, 4);
    if (!is_crc_of(s, data_bytes, crc))
        return false;
    *out = (struct ending){data_bytes, at + d.bytes, crc, true};
    return true;
}

/* The signature of the descriptor is optional; then what follows it has one. */
static bool try_here(struct search *s, uint64_t at, struct ending *out)
{
    struct span here = span_from(s->data, at);
    if (span_starts(here, SPAN("PK\x07\x08")))
        return try_descriptor(s, at + SIGNATURE_BYTES, SIGNATURE_BYTES, true, out) ||
               try_descriptor(s, at + SIGNATURE_BYTES, SIGNATURE_BYTES, false, out);
    if (!span_starts(here, SPAN("PK\x03\x04")) && !span_starts(here, SPAN("PK\x01\x02")))
        return false;
    return (at >= DESCRIPTOR64_BYTES && try_descriptor(s, at - DESCRIPTOR64_BYTES, 0, true, out)) ||
           (at >= DESCRIPTOR_BYTES && try_descriptor(s, at - DESCRIPTOR_BYTES, 0, false, out));
}

static struct ending find_ending(struct span data, bool stored)
{
    struct search s = {.data = data, .stored = stored};
    struct ending ending = {.data_bytes = data.bytes, .next_at = data.bytes};
    for (size_t at = 0; (at = span_find_span(data, SPAN("PK"), at)) < data.bytes; at += 2)
        if (try_here(&s, at, &ending))
            break;
    return ending;
}

/* Behind data of known size the descriptor is skipped when it has its signature; else it is a short gap. */
static uint64_t skip_descriptor(struct span file, uint64_t at)
{
    for (unsigned i = 0; i < 2; i++) {
        uint64_t bytes = SIGNATURE_BYTES + (i ? DESCRIPTOR64_BYTES : DESCRIPTOR_BYTES);
        if (zip_record_at(file, at, "PK\x07\x08", SIGNATURE_BYTES).at &&
            (span_starts(span_from(file, at + bytes), SPAN("PK")) || at + bytes == file.bytes))
            return at + bytes;
    }
    return at;
}

static void take_member(struct zip_walk *walk, struct span header, struct zip_member *out)
{
    const char *h = header.at;
    uint64_t name_bytes = zip_record_number(h + 26, 2), extra_bytes = zip_record_number(h + 28, 2);
    uint64_t data_at = walk->at + ZIP_LOCAL_BYTES + name_bytes + extra_bytes;
    struct zip_record_extent extent = {zip_record_number(h + 22, 4), zip_record_number(h + 18, 4), 0};
    *out = (struct zip_member){.name = zip_record_slice(walk->file, walk->at + ZIP_LOCAL_BYTES, name_bytes),
                               .method = (unsigned)zip_record_number(h + 8, 2),
                               .flags = (unsigned)zip_record_number(h + 6, 2),
                               .crc = (uint32_t)zip_record_number(h + 14, 4),
                               .has_crc = true};
    struct span rest = span_from(walk->file, data_at);
    struct span extra = zip_record_slice(walk->file, walk->at + ZIP_LOCAL_BYTES + name_bytes, extra_bytes);
    bool told = zip_record_extra(extra, &extent) && extent.stored_bytes != IN_ZIP64_32;
    if (!told || ((out->flags & FLAG_DESCRIPTOR) && !extent.stored_bytes)) {
        struct ending ending = find_ending(rest, out->method == ZIP_STORED);
        out->data = span_first(rest, ending.data_bytes);
        out->crc = ending.crc;
        out->has_crc = ending.found;
        out->is_cut = !ending.found;
        walk->at = data_at < walk->file.bytes ? data_at + ending.next_at : walk->file.bytes;
        return;
    }
    out->data = span_first(rest, extent.stored_bytes);
    out->is_cut = out->data.bytes < extent.stored_bytes;
    uint64_t end_at = data_at + out->data.bytes;
    walk->at = end_at < walk->file.bytes ? skip_descriptor(walk->file, end_at) : walk->file.bytes;
}

static uint64_t next_record(struct span file, uint64_t from)
{
    for (size_t at = from; (at = span_find_span(file, SPAN("PK"), at)) < file.bytes; at++)
        if (header_at(file, at).at || directory_bytes(file, at))
            return at;
    return file.bytes;
}

enum err zip_walk_next(struct zip_walk *walk, struct zip_member *out)
{
    uint64_t bytes;
    while (walk->at < walk->file.bytes && (bytes = directory_bytes(walk->file, walk->at)))
        walk->at = bytes < walk->file.bytes - walk->at ? walk->at + bytes : walk->file.bytes;
    *out = (struct zip_member){0};
    if (walk->at >= walk->file.bytes)
        return ERR_END;
    struct span header = header_at(walk->file, walk->at);
    if (header.at) {
        take_member(walk, header, out);
        return ERR_OK;
    }
    uint64_t from = walk->at;
    walk->at = next_record(walk->file, from + 1);
    out->data = span_first(span_from(walk->file, from), walk->at - from);
    return ERR_GARBAGE;
}
