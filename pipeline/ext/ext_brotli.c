// SPDX-License-Identifier: MIT
#include "ext/ext_brotli.h"

#include "ext/sink.h"

#include <brotli/decode.h>

#define BITE_BYTES 1024u

static enum err decode_all(BrotliDecoderState *state, struct span in, size_t bite_bytes, struct sink *sink,
                           size_t *used)
{
    for (;;) {
        size_t room_bytes, left = in.bytes - *used, bite = left < bite_bytes ? left : bite_bytes;
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

static enum err decode(struct span in, size_t bite_bytes, size_t max_bytes, struct buf *out, size_t *used)
{
    struct sink sink = sink_into(out, max_bytes);
    *used = 0;
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    if (!state)
        return ERR_MEMORY;
    enum err err = decode_all(state, in, bite_bytes, &sink, used);
    BrotliDecoderDestroyInstance(state);
    return err;
}

/* The library holds output back until it needs more input, and drops it on an error: then small bites keep the prefix. */
enum err brotli_decode(struct span in, size_t max_bytes, struct buf *out, size_t *used)
{
    size_t before_bytes = out->bytes;
    enum err err = decode(in, in.bytes, max_bytes, out, used);
    if (err != ERR_CORRUPT)
        return err;
    out->bytes = before_bytes;
    return decode(in, BITE_BYTES, max_bytes, out, used);
}
