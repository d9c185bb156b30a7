// SPDX-License-Identifier: MIT
#include "4_index/row.h"

/* A row is a list of its fields, each of one of three shapes; one walk packs and one unpacks them all. */
enum shape { SHAPE_U64, SHAPE_I64, SHAPE_TEXT };
struct field {
    size_t at;
    enum shape shape;
};

#define U64(row, field)                                                                                      \
    {                                                                                                        \
        offsetof(struct row, field), SHAPE_U64                                                               \
    }
#define I64(row, field)                                                                                      \
    {                                                                                                        \
        offsetof(struct row, field), SHAPE_I64                                                               \
    }
#define TEXT(row, field)                                                                                     \
    {                                                                                                        \
        offsetof(struct row, field), SHAPE_TEXT                                                              \
    }
#define PROOF_OF(row, proof)                                                                                 \
    U64(row, proof.archive), U64(row, proof.at), U64(row, proof.bytes), U64(row, proof.inner)
#define PROOF(row) PROOF_OF(row, proof)

// clang-format off
static const struct field visit_fields[] = {
    U64(row_visit, url), U64(row_visit, url_site_at), U64(row_visit, url_site_bytes), I64(row_visit, time_ns), PROOF(row_visit),
    U64(row_visit, status), U64(row_visit, producer), U64(row_visit, complete), U64(row_visit, has_text),
    U64(row_visit, contact_count), U64(row_visit, signals), U64(row_visit, consent), U64(row_visit, consent_rule),
    U64(row_visit, referrer_policy),
    PROOF_OF(row_visit, consent_proof),
};
static const struct field contact_fields[] = {
    U64(row_contact, url), U64(row_contact, url_site_at), U64(row_contact, url_site_bytes), U64(row_contact, evidence),
    U64(row_contact, evidence_mask), U64(row_contact, condition), U64(row_contact, resource), U64(row_contact, third),
    U64(row_contact, count), I64(row_contact, first_time_ns), PROOF(row_contact), U64(row_contact, declared_by),
    U64(row_contact, signals),
    U64(row_contact, origin), U64(row_contact, depth), U64(row_contact, hop), U64(row_contact, redirect_from),
    U64(row_contact, frame_site),
};
static const struct field cookie_fields[] = {
    U64(row_cookie, host), U64(row_cookie, name), U64(row_cookie, domain), U64(row_cookie, path), U64(row_cookie, how),
    U64(row_cookie, third), U64(row_cookie, secure), U64(row_cookie, http_only), U64(row_cookie, partitioned),
    U64(row_cookie, storable), U64(row_cookie, same_site), I64(row_cookie, lifetime_s), PROOF(row_cookie),
};
static const struct field alias_fields[] = {
    U64(row_alias, host), U64(row_alias, canonical), I64(row_alias, time_ns), PROOF(row_alias),
};
static const struct field archive_fields[] = {
    TEXT(row_archive, name), TEXT(row_archive, kind), TEXT(row_archive, fingerprint), U64(row_archive, producer),
    U64(row_archive, bytes), U64(row_archive, record_count), U64(row_archive, response_count), U64(row_archive, visit_count),
    U64(row_archive, fault_count), U64(row_archive, complete),
};
static const struct field fault_fields[] = {
    TEXT(row_fault, stage), TEXT(row_fault, example), U64(row_fault, archive), U64(row_fault, first_at), U64(row_fault, err),
    U64(row_fault, count),
};
static const struct field counter_fields[] = {
    TEXT(row_counter, name), TEXT(row_counter, unit), U64(row_counter, value),
};
// clang-format on

static void pack(const void *row, const struct field *fields, size_t count, struct buf *out)
{
    char *room = buf_room(out, count * PACK_U64_BYTES), *to = room;
    for (size_t i = 0; room && i < count; i++) {
        const char *at = (const char *)row + fields[i].at;
        if (fields[i].shape == SHAPE_U64) {
            to = pack_put(to, *(const uint64_t *)(const void *)at);
        } else if (fields[i].shape == SHAPE_I64) {
            to = pack_put(to, pack_zigzag(*(const int64_t *)(const void *)at));
        } else {
            out->bytes += (size_t)(to - room);
            pack_text(out, *(const struct span *)(const void *)at);
            to = room = buf_room(out, count * PACK_U64_BYTES);
        }
    }
    if (room)
        out->bytes += (size_t)(to - room);
}

static void take(struct unpack *in, const struct field *fields, size_t count, void *row)
{
    for (size_t i = 0; i < count; i++) {
        char *at = (char *)row + fields[i].at;
        if (fields[i].shape == SHAPE_TEXT)
            *(struct span *)(void *)at = unpack_text(in);
        else if (fields[i].shape == SHAPE_U64)
            *(uint64_t *)(void *)at = unpack_u64(in);
        else
            *(int64_t *)(void *)at = unpack_i64(in);
    }
}

#define ROW_DEFINE(name)                                                                                     \
    void row_##name##_pack(const struct row_##name *row, struct buf *out)                                    \
    {                                                                                                        \
        pack(row, name##_fields, sizeof name##_fields / sizeof *name##_fields, out);                         \
    }                                                                                                        \
    void row_##name##_take(struct unpack *in, struct row_##name *out)                                        \
    {                                                                                                        \
        take(in, name##_fields, sizeof name##_fields / sizeof *name##_fields, out);                          \
    }                                                                                                        \
    enum err row_##name##_unpack(struct span packed, struct row_##name *out)                                 \
    {                                                                                                        \
        struct unpack in = {.rest = packed};                                                                 \
        row_##name##_take(&in, out);                                                                         \
        return in.bad || in.rest.bytes ? ERR_INDEX : ERR_OK;                                                 \
    }
ROW_LIST(ROW_DEFINE)
