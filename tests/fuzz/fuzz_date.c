// SPDX-License-Identifier: MIT
/* fuzz_date.c - record_date_parse: what is accepted can be written in the long form and is then the same
 * moment. */
#include "1_read/record.h"

#include <assert.h>
#include <stdio.h>
#include <time.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    int64_t ns = 7, again;
    enum err err = record_date_parse(span_of(data, bytes), &ns);
    assert(err == ERR_OK || (err == ERR_SYNTAX && ns == 7));
    if (err)
        return 0;
    int64_t fraction = ns % 1000000000;
    fraction += fraction < 0 ? 1000000000 : 0;
    time_t second = (time_t)((ns - fraction) / 1000000000);
    struct tm parts;
    assert(gmtime_r(&second, &parts));
    char text[64];
    int n =
        snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%09dZ", parts.tm_year + 1900,
                 parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, (int)fraction);
    assert(n == 30);
    bool at_the_edge =
        parts.tm_year + 1900 < 1678 || parts.tm_year + 1900 > 2261; /* moved there by its zone */
    err = record_date_parse(span_of(text, 30), &again);
    assert(at_the_edge || (err == ERR_OK && again == ns));
    return 0;
}
