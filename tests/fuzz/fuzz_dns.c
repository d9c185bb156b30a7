// SPDX-License-Identifier: MIT
/* The first line is what was asked for, the rest the answer: reading ends, twice the same; names are hosts as URLs have them, and
 * a chain of CNAMEs written from them is read as the same names. */
#include <stdlib.h>

#include "1_read/record.h"
#include "3_extract/dns.h"
#include "3_extract/url.h"
#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void check(bool good)
{
    if (!good)
        abort();
}

static void check_host(struct span name, struct arena *arena)
{
    struct url url;
    struct span text = arena_format(arena, "https://%.*s/", SPAN_ARG(name));
    check(url_parse(text, NULL, arena, &url) == ERR_OK && span_equal(url.host, name));
}

static void check_same(const struct dns_answer *a, const struct dns_answer *b)
{
    check(a->name_count == b->name_count);
    for (size_t i = 0; i < a->name_count; i++)
        check(span_equal(a->names[i], b->names[i]));
}

static void check_written(const struct dns_answer *answer, struct arena *arena)
{
    struct dns_answer again;
    struct buf written;
    buf_init(&written, SIZE_MAX);
    for (size_t i = 1; i < answer->name_count; i++)
        buf_format(&written, "%.*s.\t1\tIN\tCNAME\t%.*s.\n", SPAN_ARG(answer->names[i - 1]),
                   SPAN_ARG(answer->names[i]));
    struct span uri = arena_format(arena, "dns:%.*s", SPAN_ARG(answer->names[0]));
    check(dns_parse(uri, buf_span(&written), arena, &again) == ERR_OK && !again.odd_lines);
    check_same(answer, &again);
    buf_free(&written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct arena arena;
    struct dns_answer answer, again;
    struct span rest = span_of(data, bytes), uri = span_cut_line(&rest);
    arena_init(&arena, 256u << 20);
    enum err err = dns_parse(uri, rest, &arena, &answer);
    check(!err_is_run(err) && err == dns_parse(uri, rest, &arena, &again));
    check_same(&answer, &again);
    check(answer.odd_lines == again.odd_lines && answer.date_ns == again.date_ns);
    check(answer.name_count <= LIMIT_DNS_NAMES && (answer.name_count > 0) == (err != ERR_URL));
    check(answer.odd_lines <= LIMIT_DNS_LINES);
    for (size_t i = 0; i < answer.name_count; i++) {
        check_host(answer.names[i], &arena);
        for (size_t k = 0; k < i; k++)
            check(!span_equal(answer.names[i], answer.names[k]));
    }
    if (answer.name_count)
        check_written(&answer, &arena);
    arena_free(&arena);
    return 0;
}
