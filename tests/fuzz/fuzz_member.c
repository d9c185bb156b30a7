// SPDX-License-Identifier: MIT
/* fuzz_member.c - gzip members and plain records through the reader, see seams.h. */
#include "make/seams.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static const enum source_kind kinds[] = {SOURCE_WARC, SOURCE_WARC_GZ};
    seams_check(data, bytes, kinds, 2);
    return 0;
}
