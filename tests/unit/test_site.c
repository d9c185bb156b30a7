// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "3_extract/site.h"
#include "ext/ext_idn.h"
#include "ext/ext_psl.h"
#include "shared.h"

#define LIST   "testdata/psl/public_suffix_list.dat"
#define SYSTEM "/usr/share/publicsuffix/public_suffix_list"
#define CASES  "testdata/psl/test_psl.txt"

static struct suffixes *load(void)
{
    struct arena arena;
    struct suffixes *suffixes = NULL;
    arena_init(&arena, 1 << 20);
    const char *path = shared_path(LIST, &arena);
    enum err err = suffixes_load(path, &suffixes);
    if (err)
        fprintf(stderr, "skipped: no %s\n", path);
    else
        assert_string_equal(suffixes_source(suffixes), path);
    arena_free(&arena);
    if (err)
        skip();
    return suffixes;
}

static const struct {
    const char *host, *site, *icann, *reason;
} rows[] = {
    {"www.example.org",               "example.org",               "example.org",               "plain suffix"                                },
    {"example.org",                   "example.org",               "example.org",               "registrable domain itself"                   },
    {"org",                           "org",                       "org",                       "a public suffix is its own site"             },
    {"co.uk",                         "co.uk",                     "co.uk",                     "likewise with two labels"                    },
    {"a.b.example.co.uk",             "example.co.uk",             "example.co.uk",             "suffix of two labels"                        },
    {"www.example.org.",              "example.org",               "example.org",               "final dot"                                   },
    {"www.example.org..",             "www.example.org.",          "www.example.org.",
     "one final dot only; the rest has an empty suffix"                                                                                       },
    {"localhost",                     "localhost",                 "localhost",                 "single label"                                },
    {"a.b.unlisted",                  "b.unlisted",                "b.unlisted",                "rule * for what is not listed"               },
    {"",                              "",                          "",                          "no host"                                     },
    {".",                             "",                          "",                          "dot alone"                                   },
    {".org",                          ".org",                      ".org",                      "nothing before the suffix"                   },
    {"127.0.0.1",                     "127.0.0.1",                 "127.0.0.1",                 "IPv4"                                        },
    {"[2001:db8::1]",                 "[2001:db8::1]",             "[2001:db8::1]",             "IPv6"                                        },
    {"a.github.io",                   "a.github.io",               "github.io",                 "private section"                             },
    {"x.a.github.io",                 "a.github.io",               "github.io",                 "below a private suffix"                      },
    {"github.io",                     "github.io",                 "github.io",                 "private suffix itself; registrable for ICANN"},
    {"a.b.kobe.jp",                   "a.b.kobe.jp",               "a.b.kobe.jp",               "wildcard"                                    },
    {"a.city.kobe.jp",                "city.kobe.jp",              "city.kobe.jp",              "exception"                                   },
    {"x.compute.amazonaws.com",       "x.compute.amazonaws.com",   "amazonaws.com",             "private wildcard"                            },
    {"compute.amazonaws.com",         "compute.amazonaws.com",     "amazonaws.com",
     "libpsl takes the parent of a wildcard for a suffix; by the letter it is amazonaws.com"                                                  },
    {"www.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn", "A-labels"                                    },
};

static void test_rows(void **state)
{
    (void)state;
    struct suffixes *suffixes = load();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct span host = span_of_string(rows[i].host);
        struct span site = site_of(suffixes, host), icann = site_of_icann(suffixes, host);
        if (!span_equal(site, span_of_string(rows[i].site)) ||
            !span_equal(icann, span_of_string(rows[i].icann)))
            fail_msg("%s (%s): %.*s, %.*s", rows[i].host, rows[i].reason, SPAN_ARG(site), SPAN_ARG(icann));
    }
    suffixes_free(suffixes);
}

/* What the system packed says the same as its text, of every rule, and of names below it. */
static void test_packed(void **state)
{
    (void)state;
    static const char *const below[] = {"", "x.", "x.y."};
    struct suffixes *text, *packed;
    if (suffixes_load(SYSTEM ".dat", &text))
        skip();
    if (suffixes_load(SYSTEM ".dafsa", &packed)) {
        suffixes_free(text);
        skip();
    }
    FILE *file = fopen(SYSTEM ".dat", "r");
    char line[256], host[300];
    size_t asked = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        const char *rule = line + strspn(line, "!*.");
        line[strcspn(line, " \n")] = '\0';
        if (!*rule || *rule == '/')
            continue;
        for (size_t i = 0; i < 3 * 2; i++, asked++) {
            snprintf(host, sizeof host, "%s%s", below[i / 2], rule);
            struct span name = span_of_string(host);
            if (suffixes_suffix_bytes(text, name, i % 2) != suffixes_suffix_bytes(packed, name, i % 2))
                fail_msg("%s, private %d", host, (int)(i % 2));
        }
    }
    fclose(file);
    assert_true(asked > 50000);
    suffixes_free(packed);
    suffixes_free(text);
}

static void test_overlong(void **state)
{
    (void)state;
    struct suffixes *suffixes = load();
    char host[1000];
    memset(host, 'a', sizeof host);
    memcpy(host + sizeof host - 14, ".example.co.uk", 14);
    struct span site = site_of(suffixes, span_of(host, sizeof host));
    assert_true(span_equal(site, SPAN("example.co.uk")));
    memset(host, 'a', sizeof host);
    memcpy(host + sizeof host - 6, ".co.uk", 6);
    site = site_of(suffixes, span_of(host, sizeof host));
    assert_int_equal(site.bytes, sizeof host);
    memset(host, 'a', sizeof host);
    site = site_of(suffixes, span_of(host, sizeof host));
    assert_int_equal(site.bytes, sizeof host);
    suffixes_free(suffixes);
}

/* checkPublicSuffix('host', 'site') with null for none: a host that has no site is its own for us. */
static void check_case(const struct suffixes *suffixes, struct span line, struct arena *arena)
{
    struct span host, wanted = SPAN_NONE, rest = line;
    span_cut(&rest, '\'');
    host = span_cut(&rest, '\'');
    bool none = span_starts(rest, SPAN(", null"));
    if (!rest.at || span_starts(host, SPAN(".")))
        return; /* null input, and leading dots, which no host of a URL that is fetched has */
    span_cut(&rest, '\'');
    assert_int_equal(idn_to_ascii(host, arena, &host), ERR_OK);
    if (none)
        wanted = host;
    else
        assert_int_equal(idn_to_ascii(span_cut(&rest, '\''), arena, &wanted), ERR_OK);
    struct span site = site_of(suffixes, host);
    if (!span_equal(site, wanted))
        fail_msg("%.*s: %.*s", SPAN_ARG(line), SPAN_ARG(site));
}

static void test_published(void **state)
{
    (void)state;
    struct arena arena;
    struct suffixes *suffixes = load();
    arena_init(&arena, 64 << 20);
    struct span rest = shared_read(CASES, &arena);
    size_t count = 0;
    while (rest.at) {
        struct span line = span_cut_line(&rest);
        if (!span_starts(line, SPAN("checkPublicSuffix(")))
            continue;
        check_case(suffixes, line, &arena);
        count++;
    }
    suffixes_free(suffixes);
    arena_free(&arena);
    assert_true(count > 50);
}

static void test_sources(void **state)
{
    (void)state;
    struct suffixes *suffixes;
    assert_int_equal(suffixes_load("/nonexistent/list", &suffixes), ERR_NOT_FOUND);
    assert_null(suffixes);
    assert_int_equal(suffixes_load("/dev/null", &suffixes), ERR_REGISTER);
    assert_int_equal(suffixes_load(NULL, &suffixes), ERR_OK);
    assert_non_null(suffixes_source(suffixes));
    assert_true(span_equal(site_of(suffixes, SPAN("www.example.org")), SPAN("example.org")));
    suffixes_free(suffixes);
    suffixes_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),      cmocka_unit_test(test_packed),  cmocka_unit_test(test_overlong),
        cmocka_unit_test(test_published), cmocka_unit_test(test_sources),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
