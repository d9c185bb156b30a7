// SPDX-License-Identifier: MIT
#include "verify_block.h"

#include "base/limits.h"
#include "ext/ext_deflate.h"

#define WINDOW_BYTES (16u << 20)
/* With less than this left the window moves on: a size line of chunked framing is read from one piece. */
#define KEPT_BYTES LIMIT_SEARCH_BYTES

enum err verify_block_piece(void *context, uint64_t from, struct span *out)
{
    struct verify_block *b = context;
    if (!b->inflater) {
        *out = from < b->record->block.bytes ? span_from(b->record->block, (size_t)from) : SPAN("");
        return ERR_OK;
    }
    uint64_t end = b->window_at + b->window.bytes;
    bool is_near_end = end - from < KEPT_BYTES && b->window.bytes == WINDOW_BYTES;
    if (!b->window.at || from < b->window_at || from > end || is_near_end) {
        TRY(inflater_window(b->inflater, b->member, b->block_at + from, WINDOW_BYTES, &b->window));
        b->window_at = from;
    }
    *out = span_from(b->window, (size_t)(from - b->window_at));
    uint64_t left = from < b->record->declared_bytes ? b->record->declared_bytes - from : 0;
    if (left < out->bytes)
        out->bytes = (size_t)left;
    if (from + out->bytes > b->end_at)
        b->end_at = from + out->bytes;
    return ERR_OK;
}
