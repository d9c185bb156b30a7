// SPDX-License-Identifier: MIT
/* unpacked.h - how far a compressed stream has come since it was started; the same for all codecs. */
#ifndef EXT_UNPACKED_H
#define EXT_UNPACKED_H

#include <stddef.h>
#include <stdint.h>

struct unpacked {
    size_t in_bytes;
    uint64_t out_bytes;
    uint32_t crc; /* of all that came out; of deflate only */
};

#endif
