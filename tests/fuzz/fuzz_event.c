// SPDX-License-Identifier: MIT
/* event_unpack on any bytes: it never reads outside them, and what it accepts packs to the same event again.
 */
#include <assert.h>
#include <stdint.h>

#include "4_index/event.h"
#include "4_index/href.h"
#include "4_index/row.h"

static void check_rows(struct span bytes)
{
    struct row_visit visit;
    struct row_contact contact;
    struct row_cookie cookie;
    struct row_archive archive;
    bool known = row_contact_unpack(bytes, &contact) == ERR_OK;
    known |= row_visit_unpack(bytes, &visit) == ERR_OK;
    known |= row_cookie_unpack(bytes, &cookie) == ERR_OK;
    known |= row_archive_unpack(bytes, &archive) == ERR_OK;
    struct href parts = href_of(bytes);
    assert(parts.host.bytes <= bytes.bytes && parts.path.bytes <= bytes.bytes &&
           parts.query.bytes <= bytes.bytes);
    (void)known;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span bytes = span_of(data, size);
    struct arena arena;
    struct buf first, second;
    struct event event, again;
    check_rows(bytes);
    arena_init(&arena, 16u << 20);
    buf_init(&first, 1u << 24);
    buf_init(&second, 1u << 24);
    if (event_unpack(bytes, &arena, &event) == ERR_OK) {
        event_pack(&event, &first);
        assert(event_unpack(buf_span(&first), &arena, &again) == ERR_OK);
        event_pack(&again, &second);
        assert(span_equal(buf_span(&first), buf_span(&second)));
    }
    buf_free(&first);
    buf_free(&second);
    arena_free(&arena);
    return 0;
}
