// SPDX-License-Identifier: MIT
/* fuzz_zstd.c - zstd frames, skippable ones and dictionaries through the reader, see seams.h; and as --zstd-dict. */
#include "make/seams.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static const enum source_kind kinds[] = {SOURCE_WARC_ZST, SOURCE_ARC_ZST};
    struct inflater *inflater = inflater_new();
    assert(inflater);
    enum err err = inflater_dictionary(inflater, span_of(data, bytes));
    assert(err == ERR_OK || err == ERR_SYNTAX || err == ERR_TOO_LARGE);
    inflater_free(inflater);
    seams_check(data, bytes, kinds, 2);
    return 0;
}
