// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "3_extract/referrer_policy.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct row {
    const char *text, *header, *meta;
};

static void test_rows(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"no-referrer",                            "no-referrer",                "no-referrer"                    },
        {"Unsafe-URL",                             "unsafe-url",                 "unsafe-url"                     },
        {"no-referrer, strict-origin",             "strict-origin",              ""                               },
        {"origin,of-tomorrow",                     "origin",                     ""                               },
        {" same-origin ,, ",                       "same-origin",                ""                               },
        {"never",                                  "",                           "no-referrer"                    },
        {"always",                                 "",                           "unsafe-url"                     },
        {"default",                                "",                           "strict-origin-when-cross-origin"},
        {"origin-when-crossorigin",                "",                           "origin-when-cross-origin"       },
        {"no-referrer-when-downgrade",             "no-referrer-when-downgrade", "no-referrer-when-downgrade"     },
        {"strict-origin-when-cross-origin-please", "",                           ""                               },
        {"",                                       "",                           ""                               },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span text = span_of_string(rows[i].text);
        assert_string_equal(referrer_policy_name(referrer_policy_of_header(text)), rows[i].header);
        assert_string_equal(referrer_policy_name(referrer_policy_of_meta(text)), rows[i].meta);
    }
    assert_int_equal(referrer_policy_of_header(SPAN_NONE), REFERRER_NONE_GIVEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests_name("referrer_policy", tests, NULL, NULL);
}
