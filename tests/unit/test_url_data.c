// SPDX-License-Identifier: MIT
/* The cases published with the URL standard, and what libidn2 cannot do about the IDNA ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ext/ext_idn.h"
#include "ext/ext_json.h"
#include "shared.h"
#include "url_check.h"

#define ARENA_BYTES (64u << 20)

static struct json *read_cases(const char *name, struct arena *arena)
{
    struct json *cases = NULL;
    struct span text = shared_read(name, arena);
    if (!text.at) {
        arena_free(arena);
        skip();
    }
    assert_int_equal(json_parse(text, &cases), ERR_OK);
    assert_true(json_count(cases) > 50);
    return cases;
}

/* mark, then the part, as the standard's getters give it: nothing for an absent or empty part. */
static void check_getter(const struct json *row, const char *key, const char *mark, struct span part,
                         struct arena *arena)
{
    struct span wanted = json_text(json_get(row, key));
    struct span got = part.bytes ? arena_format(arena, "%s%.*s", mark, SPAN_ARG(part)) : SPAN_NONE;
    if (wanted.at && !span_equal(wanted, got))
        fail_msg("%.*s: %s is %.*s", SPAN_ARG(json_text(json_get(row, "input"))), key, SPAN_ARG(got));
}

static void check_url_row(const struct json *row, struct arena *arena)
{
    struct url base, url;
    enum err err = ERR_OK;
    const char *broken = NULL;
    struct span input = json_text(json_get(row, "input")), base_text = json_text(json_get(row, "base"));
    if (base_text.at)
        broken = url_check(base_text, NULL, arena, &base, &err);
    if (!err && !broken)
        broken = url_check(input, base_text.at ? &base : NULL, arena, &url, &err);
    if (broken)
        fail_msg("%.*s: %s", SPAN_ARG(input), broken);
    bool fails = json_is_true(json_get(row, "failure"));
    if (err != (fails ? ERR_URL : ERR_OK))
        fail_msg("%.*s: %s", SPAN_ARG(input), err_name(err));
    if (fails)
        return;
    struct span scheme = arena_format(arena, "%.*s:", SPAN_ARG(url.scheme));
    struct span port = url.port < 0 ? SPAN_NONE : arena_format(arena, "%d", url.port);
    check_getter(row, "href", "", url.href, arena);
    check_getter(row, "protocol", "", scheme, arena);
    check_getter(row, "username", "", url.username, arena);
    check_getter(row, "password", "", url.password, arena);
    check_getter(row, "hostname", "", url.host, arena);
    check_getter(row, "port", "", port, arena);
    check_getter(row, "pathname", "", url.path, arena);
    check_getter(row, "search", "?", url.query, arena);
    check_getter(row, "hash", "#", url.fragment, arena);
    if (!span_equal(url.scheme,
                    SPAN("blob"))) /* the origin of a blob is its maker's; for us it is no contact */
        check_getter(row, "origin", "", url_origin(&url, arena), arena);
}

static void test_url_data(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, ARENA_BYTES);
    struct json *cases = read_cases("testdata/url/urltestdata.json", &arena);
    for (size_t i = 0; i < json_count(cases); i++) {
        const struct json *row = json_item(cases, i);
        struct arena_mark mark = arena_mark(&arena);
        if (json_is_object(row))
            check_url_row(row, &arena);
        arena_back_to(&arena, mark);
    }
    json_free(cases);
    arena_free(&arena);
}

/* Expected results that we refuse to give; none is given that should be refused. */
static const struct {
    const char *output, *reason;
} differences[] = {
    {"xn--12345678901234567890123456789012345678901234567890123456-fxe",
     "64 bytes: the DNS and libidn2 end at 63"                                                                                                       },
    {"1.xn--assbcssssssssdssssssssssssssssessssssssssssssssssssxssssssssssssssssssssysssssssssssssssssz-"
     "pxq1419aa",                                                            "over 63 bytes"                                                    },
    {"123456789012345678901234567890123456789012345678901234567890123."
     "xn--12345678901234567890123456789012345678901234567890123456-fxe."
     "123456789012345678901234567890123456789012345678901234567890123."
     "12345678901234567890123456789012345678901234567890123456789a",         "over 63 bytes"                                                    },
    {"123456789012345678901234567890123456789012345678901234567890123."
     "xn--12345678901234567890123456789012345678901234567890123456-fxe."
     "123456789012345678901234567890123456789012345678901234567890123."
     "12345678901234567890123456789012345678901234567890123456789a.",        "over 63 bytes"                                                    },
    {"123456789012345678901234567890123456789012345678901234567890123."
     "xn--12345678901234567890123456789012345678901234567890123456-fxe."
     "123456789012345678901234567890123456789012345678901234567890123."
     "123456789012345678901234567890123456789012345678901234567890b",        "over 63 bytes"                                                    },
    {"xn--x01234567890123456789012345678901234567890123456789012345678901-6963b", "over 63 bytes"                                                    },
    {"xn--ve6h.xn--jgb1694kz0b2176a",
     "symbol in a label written from right to left: IDNA2008 forbids it, and the "
     "way around IDNA2008 does not look at directions"                                                                                               },
    {"xn--pt9c.xn--0kjya",                                                        "likewise"                                                         },
    {"xn--ju8a625r.xn--hpb0073k",                                                 "likewise"                                                         },
    {"xn--3xa.xn--1-gocmu97674d.",                                                "likewise"                                                         },
    {"xn--4xa.xn--1-gocmu97674d.",                                                "likewise"                                                         },
    {"xn--hwe.xn--zca4946pblnc",                                                  "symbol beside a sharp s: the way around IDNA2008 would make it ss"},
    {"xn--20-9802c.xn--0w5a.xn--1-eg4e.",                                         "U+32931 is assigned since Unicode 17, later than libidn2"         },
    {"xn--9-i0j5967eg3qz.ss",                                                     "U+32B9A is assigned since Unicode 17, later than libidn2"         },
};
#define DIFFERENCE_COUNT (sizeof differences / sizeof *differences)

static size_t find_difference(struct span output)
{
    size_t i = 0;
    while (i < DIFFERENCE_COUNT && !span_equal(output, span_of_string(differences[i].output)))
        i++;
    return i;
}

static void check_idna_row(const struct json *row, struct arena *arena, bool used[DIFFERENCE_COUNT])
{
    struct url url;
    struct span input = json_text(json_get(row, "input")), output = json_text(json_get(row, "output"));
    /* With credentials an empty host is no host, not the next thing behind the slashes. */
    struct span text = arena_format(arena, "https://u@%.*s/x", SPAN_ARG(input));
    enum err err;
    const char *broken = url_check(text, NULL, arena, &url, &err);
    if (broken)
        fail_msg("%.*s: %s", SPAN_ARG(input), broken);
    if (!err && output.bytes && span_equal(url.host, output))
        return;
    if (err && !output.bytes)
        return;
    size_t known = find_difference(output);
    if (!err || known == DIFFERENCE_COUNT)
        fail_msg("%.*s: %s, host %.*s", SPAN_ARG(input), err_name(err), err ? 0 : (int)url.host.bytes,
                 err ? "" : url.host.at);
    used[known] = true;
}

static void test_idna_data(void **state)
{
    (void)state;
    static const char *const names[] = {"testdata/url/IdnaTestV2.json", "testdata/url/toascii.json"};
    struct arena arena;
    bool used[DIFFERENCE_COUNT] = {false};
    arena_init(&arena, ARENA_BYTES);
    for (size_t n = 0; n < 2; n++) {
        struct json *cases = read_cases(names[n], &arena);
        for (size_t i = 0; i < json_count(cases); i++) {
            const struct json *row = json_item(cases, i);
            struct arena_mark mark = arena_mark(&arena);
            struct span input = json_text(json_get(row, "input"));
            bool splits = span_find(input, '?', 0) < input.bytes || span_find(input, '/', 0) < input.bytes;
            if (json_is_object(row) && !splits)
                check_idna_row(row, &arena, used);
            arena_back_to(&arena, mark);
        }
        json_free(cases);
    }
    for (size_t i = 0; i < DIFFERENCE_COUNT; i++)
        if (!used[i])
            fail_msg("no difference any more: %s (%s)", differences[i].output, differences[i].reason);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_url_data), cmocka_unit_test(test_idna_data)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
