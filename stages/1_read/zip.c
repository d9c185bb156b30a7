// SPDX-License-Identifier: MIT
#include "1_read/zip_record.h"

#include "base/limits.h"

#define END_BYTES       22u
#define END64_BYTES     56u
#define LOCATOR64_BYTES 20u
#define EXTRA_ZIP64     1u
#define IN_ZIP64_32     0xffffffffu

uint64_t zip_record_number(const char *at, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = bytes; i-- > 0;)
        value = value << 8 | (unsigned char)at[i];
    return value;
}

struct span zip_record_slice(struct span s, uint64_t at, uint64_t bytes)
{
    return at <= s.bytes && bytes <= s.bytes - at ? span_of(s.at + at, (size_t)bytes) : SPAN_NONE;
}

struct span zip_record_at(struct span file, uint64_t at, const char *signature, size_t bytes)
{
    struct span record = zip_record_slice(file, at, bytes);
    return record.at && memcmp(record.at, signature, 4) == 0 ? record : SPAN_NONE;
}

static bool take_directory(struct zip *zip, uint64_t at, uint64_t bytes, uint64_t end_at)
{
    zip->directory = zip_record_slice(span_first(zip->file, (size_t)end_at), at, bytes);
    return zip->directory.at != NULL;
}

/* Files beyond 4 GiB or 65535 members say so in a second end record before the first. */
static bool open_zip64(struct zip *zip, uint64_t end_at)
{
    if (end_at < LOCATOR64_BYTES)
        return false;
    struct span locator = zip_record_at(zip->file, end_at - LOCATOR64_BYTES, "PK\x06\x07", LOCATOR64_BYTES);
    if (!locator.at)
        return false;
    uint64_t end64_at = zip_record_number(locator.at + 8, 8);
    struct span end64 = zip_record_at(zip->file, end64_at, "PK\x06\x06", END64_BYTES);
    if (!end64.at)
        return false;
    return take_directory(zip, zip_record_number(end64.at + 48, 8), zip_record_number(end64.at + 40, 8),
                          end64_at);
}

static bool open_end(struct zip *zip, uint64_t end_at)
{
    struct span end = zip_record_at(zip->file, end_at, "PK\x05\x06", END_BYTES);
    if (!end.at || zip_record_number(end.at + 20, 2) > zip->file.bytes - end_at - END_BYTES)
        return false;
    if (open_zip64(zip, end_at))
        return true;
    return take_directory(zip, zip_record_number(end.at + 16, 4), zip_record_number(end.at + 12, 4), end_at);
}

enum err zip_open(struct span file, struct zip *out)
{
    *out = (struct zip){.file = file};
    for (uint64_t back = END_BYTES; back <= file.bytes && back <= END_BYTES + LIMIT_ZIP_COMMENT_BYTES; back++)
        if (open_end(out, file.bytes - back))
            return ERR_OK;
    return ERR_DIRECTORY;
}

bool zip_record_extra(struct span extra, struct zip_record_extent *extent)
{
    uint64_t *numbers[] = {&extent->inflated_bytes, &extent->stored_bytes, &extent->local_at};
    bool wanted = false;
    for (size_t i = 0; i < 3; i++)
        wanted |= *numbers[i] == IN_ZIP64_32;
    while (wanted && extra.bytes >= 4) {
        struct span field = zip_record_slice(extra, 4, zip_record_number(extra.at + 2, 2));
        if (!field.at)
            return false;
        bool is_zip64 = zip_record_number(extra.at, 2) == EXTRA_ZIP64;
        extra = span_from(extra, 4 + field.bytes);
        for (size_t i = 0; is_zip64 && i < 3; i++) {
            if (*numbers[i] != IN_ZIP64_32)
                continue;
            if (field.bytes < 8)
                return false;
            *numbers[i] = zip_record_number(field.at, 8);
            field = span_from(field, 8);
        }
        wanted &= !is_zip64;
    }
    return true;
}

/* Only the lengths of name and extra field are the local header's own; its sizes are 0 when bit 3 is set. */
static struct span data_of(struct span file, const struct zip_record_extent *extent)
{
    struct span local = zip_record_at(file, extent->local_at, "PK\x03\x04", ZIP_LOCAL_BYTES);
    if (!local.at)
        return SPAN_NONE;
    uint64_t skip =
        ZIP_LOCAL_BYTES + zip_record_number(local.at + 26, 2) + zip_record_number(local.at + 28, 2);
    return zip_record_slice(file, extent->local_at + skip, extent->stored_bytes);
}

enum err zip_next(struct zip *zip, struct zip_member *out)
{
    struct span header = zip_record_at(zip->directory, zip->at, "PK\x01\x02", ZIP_CENTRAL_BYTES);
    if (!header.at) {
        bool whole = zip->at == zip->directory.bytes;
        zip->at = zip->directory.bytes;
        return whole ? ERR_END : ERR_DIRECTORY;
    }
    const char *h = header.at;
    struct zip_record_extent extent = {zip_record_number(h + 24, 4), zip_record_number(h + 20, 4),
                                       zip_record_number(h + 42, 4)};
    uint64_t name_bytes = zip_record_number(h + 28, 2), extra_bytes = zip_record_number(h + 30, 2),
             comment_bytes = zip_record_number(h + 32, 2);
    struct span name = zip_record_slice(zip->directory, zip->at + ZIP_CENTRAL_BYTES, name_bytes);
    struct span extra =
        zip_record_slice(zip->directory, zip->at + ZIP_CENTRAL_BYTES + name_bytes, extra_bytes);
    zip->at += ZIP_CENTRAL_BYTES + name_bytes + extra_bytes + comment_bytes;
    if (zip->at > zip->directory.bytes) {
        zip->at = zip->directory.bytes;
        return ERR_DIRECTORY;
    }
    bool good = zip_record_extra(extra, &extent);
    struct span data = good ? data_of(zip->file, &extent) : SPAN_NONE;
    if (!data.at || data.bytes > zip->file.bytes - zip->taken_bytes)
        return ERR_DIRECTORY;
    zip->taken_bytes += data.bytes;
    *out = (struct zip_member){.name = name,
                               .data = data,
                               .method = (unsigned)zip_record_number(h + 10, 2),
                               .flags = (unsigned)zip_record_number(h + 8, 2),
                               .crc = (uint32_t)zip_record_number(h + 16, 4),
                               .has_crc = true};
    return ERR_OK;
}
