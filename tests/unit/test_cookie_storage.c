// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "3_extract/cookie.h"
#include "base/limits.h"

/* SameSite in the context of the request, and who stores the cookie then. */
static void test_contexts(void **state)
{
    (void)state;
    // clang-format off
    static const struct {
        enum cookie_storable alone;
        enum same_site same_site;
        enum cookie_context context;
        enum cookie_storable expected;
        const char *stored;
    } rows[] = {
        {COOKIE_STORABLE,       SAME_SITE_STRICT,  COOKIE_SAME_SITE,    COOKIE_STORABLE,           "yes"},
        {COOKIE_STORABLE,       SAME_SITE_DEFAULT, COOKIE_SAME_SITE,    COOKIE_STORABLE,           "yes"},
        {COOKIE_STORABLE,       SAME_SITE_NONE,    COOKIE_OTHER_SITE,   COOKIE_STORABLE,           "yes"},
        {COOKIE_STORABLE,       SAME_SITE_LAX,     COOKIE_OTHER_SITE,   COOKIE_CROSS_SITE,         "no"},
        {COOKIE_STORABLE,       SAME_SITE_STRICT,  COOKIE_OTHER_SITE,   COOKIE_CROSS_SITE,         "no"},
        {COOKIE_STORABLE,       SAME_SITE_DEFAULT, COOKIE_OTHER_SITE,   COOKIE_CROSS_SITE_DEFAULT, "browser_dependent"},
        {COOKIE_STORABLE,       SAME_SITE_NONE,    COOKIE_OTHER_SCHEME, COOKIE_STORABLE,           "yes"},
        {COOKIE_STORABLE,       SAME_SITE_STRICT,  COOKIE_OTHER_SCHEME, COOKIE_CROSS_SCHEME,       "browser_dependent"},
        {COOKIE_FOREIGN_DOMAIN, SAME_SITE_LAX,     COOKIE_OTHER_SITE,   COOKIE_FOREIGN_DOMAIN,     "no"},
        {COOKIE_PREFIX,         SAME_SITE_DEFAULT, COOKIE_SAME_SITE,    COOKIE_PREFIX,             "no"},
    };
    // clang-format on
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum cookie_storable found = cookie_storable_in(rows[i].alone, rows[i].same_site, rows[i].context);
        if (found != rows[i].expected || strcmp(cookie_stored_name(cookie_stored(found)), rows[i].stored))
            fail_msg("row %zu: %s", i, cookie_storable_name(found));
    }
}

static void test_classes(void **state)
{
    (void)state;
    static const struct {
        int64_t lifetime_s;
        const char *class;
    } rows[] = {
        {COOKIE_SESSION,              "session"  },
        {COOKIE_SESSION + 1,          "deletion" },
        {-1,                          "deletion" },
        {0,                           "deletion" },
        {1,                           "1_day"    },
        {86400,                       "1_day"    },
        {86401,                       "30_days"  },
        {30 * 86400,                  "30_days"  },
        {30 * 86400 + 1,              "13_months"},
        {396 * 86400,                 "13_months"},
        {396 * 86400 + 1,             "400_days" },
        {LIMIT_COOKIE_LIFETIME_S,     "400_days" },
        {LIMIT_COOKIE_LIFETIME_S + 1, "longer"   },
        {INT64_MAX,                   "longer"   },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(cookie_class_name(cookie_class(rows[i].lifetime_s)), rows[i].class);
}

static void test_effective_lifetimes(void **state)
{
    (void)state;
    static const int64_t lifetimes[][2] = {
        {COOKIE_SESSION,          COOKIE_SESSION         },
        {-1,                      -1                     },
        {60,                      60                     },
        {LIMIT_COOKIE_LIFETIME_S, LIMIT_COOKIE_LIFETIME_S},
        {INT64_MAX,               LIMIT_COOKIE_LIFETIME_S}
    };
    for (size_t i = 0; i < sizeof lifetimes / sizeof *lifetimes; i++) {
        assert_true(cookie_effective_lifetime_s(lifetimes[i][0]) == lifetimes[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contexts),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_effective_lifetimes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
