// SPDX-License-Identifier: MIT
#include "ext/ext_brotli.h"

#include "ext/sink.h"

#include <brotli/decode.h>

/* The library holds output back until it needs more input, and drops it on an error: small bites keep the
 * prefix. */
#define BITE_BYTES 1024u

static enum err decode_all(BrotliDecoderState *state, struct span in, struct sink *sink, size_t *used)
{
    for (;;) {
        size_t room_bytes, left = in.bytes - *used, bite = left < BITE_BYTES ? left : BITE_BYTES;
        char *to = sink_room(sink, &room_bytes);
        if (!to)
            return sink->out->err;
        const uint8_t *next_in = (const uint8_t *)in.at + *used;
        uint8_t *next_out = (uint8_t *)to;
        BrotliDecoderResult result =
            BrotliDecoderDecompressStream(state, &bite, &next_in, &room_bytes, &next_out, NULL);
        *used = (size_t)((const char *)next_in - in.at);
        if (!sink_took(sink, (size_t)((char *)next_out - to)))
            return ERR_TOO_LARGE;
        if (result == BROTLI_DECODER_RESULT_SUCCESS)
            return ERR_OK;
        if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT && *used == in.bytes)
            return ERR_TRUNCATED;
        if (result == BROTLI_DECODER_RESULT_ERROR) {
            BrotliDecoderErrorCode code = BrotliDecoderGetErrorCode(state);
            bool memory = code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES &&
                          code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES;
            return memory ? ERR_MEMORY : ERR_CORRUPT;
        }
    }
}

enum err brotli_decode(struct span in, size_t max_bytes, struct buf *out, size_t *used)
{
    struct sink sink = sink_into(out, max_bytes);
    *used = 0;
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    if (!state)
        return ERR_MEMORY;
    enum err err = decode_all(state, in, &sink, used);
    BrotliDecoderDestroyInstance(state);
    return err;
}
