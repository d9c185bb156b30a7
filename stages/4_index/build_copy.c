// SPDX-License-Identifier: MIT
/* Rows on their way back from the file, as far as that can be done before their texts have numbers. */
#include "4_index/build_state.h"

static enum err take_row(struct unpack *in, bool is_cookie, struct buf *out)
{
    struct build_row *row = (struct build_row *)(void *)buf_room(out, sizeof *row);
    if (!row)
        return out->err;
    for (size_t i = 0; i < BUILD_ROW_TEXTS; i++) {
        row->texts[i] = unpack_text(in);
        row->prints[i] = fingerprint_of(row->texts[i]);
    }
    if (is_cookie)
        row_cookie_take(in, &row->cookie);
    else
        row_contact_take(in, &row->contact);
    out->bytes += sizeof *row;
    return in->bad ? ERR_INDEX : ERR_OK;
}

/* Room for all of them first: texts point into it. */
static enum err read_rows(const struct build_state *b, uint32_t from, uint32_t to, struct buf *out)
{
    size_t bytes = 0;
    for (uint32_t i = from; i < to; i++)
        bytes += b->visits[i].rows_bytes;
    buf_reset(out);
    if (!buf_room(out, bytes + 1)) /* a place, also for nothing */
        return out->err;
    for (uint32_t i = from; i < to; i++) {
        TRY(tempfile_read(&b->rows, b->visits[i].rows_at, out->at + out->bytes, b->visits[i].rows_bytes));
        out->bytes += b->visits[i].rows_bytes;
    }
    return ERR_OK;
}

enum err build_copy_visits(const struct build_state *b, uint32_t from, uint32_t to, struct build_piece *piece)
{
    TRY(read_rows(b, from, to, &piece->rows));
    struct unpack in = {.rest = buf_span(&piece->rows)};
    buf_reset(&piece->unpacked);
    if (!buf_room(&piece->unpacked, sizeof(struct build_row))) /* as above */
        return piece->unpacked.err;
    for (uint32_t i = from; i < to; i++) {
        for (uint32_t k = 0; k < b->visits[i].contact_count; k++)
            TRY(take_row(&in, false, &piece->unpacked));
        for (uint32_t k = 0; k < b->visits[i].cookie_count; k++)
            TRY(take_row(&in, true, &piece->unpacked));
    }
    return in.rest.bytes ? ERR_INDEX : ERR_OK;
}
