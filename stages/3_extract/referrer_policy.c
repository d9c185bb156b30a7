// SPDX-License-Identifier: MIT
#include "3_extract/referrer_policy.h"

#include <assert.h>

static const char *const names[REFERRER_POLICY_COUNT] = {
    "",           "no-referrer",   "no-referrer-when-downgrade", "same-origin",
    "origin",     "strict-origin", "origin-when-cross-origin",   "strict-origin-when-cross-origin",
    "unsafe-url",
};

const char *referrer_policy_name(enum referrer_policy policy)
{
    assert(policy < REFERRER_POLICY_COUNT);
    return names[policy];
}

static enum referrer_policy policy_of(struct span token)
{
    for (int i = REFERRER_NONE_GIVEN + 1; i < REFERRER_POLICY_COUNT; i++)
        if (span_equal_nocase(token, span_of_string(names[i])))
            return (enum referrer_policy)i;
    return REFERRER_NONE_GIVEN;
}

enum referrer_policy referrer_policy_of_header(struct span value)
{
    enum referrer_policy policy = REFERRER_NONE_GIVEN;
    while (value.at) {
        enum referrer_policy found = policy_of(span_trim(span_cut(&value, ',')));
        policy = found ? found : policy;
    }
    return policy;
}

enum referrer_policy referrer_policy_of_meta(struct span content)
{
    static const struct {
        const char *name;
        enum referrer_policy policy;
    } old[] = {
        {"never",                   REFERRER_NO_REFERRER                    },
        {"default",                 REFERRER_STRICT_ORIGIN_WHEN_CROSS_ORIGIN},
        {"always",                  REFERRER_UNSAFE_URL                     },
        {"origin-when-crossorigin", REFERRER_ORIGIN_WHEN_CROSS_ORIGIN       },
    };
    for (size_t i = 0; i < sizeof old / sizeof *old; i++)
        if (span_equal_nocase(content, span_of_string(old[i].name)))
            return old[i].policy;
    return policy_of(content);
}
