// SPDX-License-Identifier: MIT
/* What becomes of a cookie: which browsers store it, and for how long. */
#include "3_extract/cookie.h"

#include "base/limits.h"

#include <assert.h>

#define DAY_S 86400

const char *same_site_name(enum same_site same_site)
{
    static const char *const names[] = {"default", "none", "lax", "strict"};
    return names[same_site];
}

// clang-format off
static const struct {
    const char *name;
    enum cookie_stored stored;
} reasons[COOKIE_STORABLE_COUNT] = {
    [COOKIE_STORABLE]                   = {"",                           COOKIE_STORED},
    [COOKIE_PUBLIC_SUFFIX]              = {"public_suffix",              COOKIE_REFUSED},
    [COOKIE_FOREIGN_DOMAIN]             = {"foreign_domain",             COOKIE_REFUSED},
    [COOKIE_INSECURE]                   = {"secure_over_http",           COOKIE_REFUSED},
    [COOKIE_NONE_WITHOUT_SECURE]        = {"none_without_secure",        COOKIE_REFUSED},
    [COOKIE_PREFIX]                     = {"prefix",                     COOKIE_REFUSED},
    [COOKIE_PARTITIONED_WITHOUT_SECURE] = {"partitioned_without_secure", COOKIE_REFUSED},
    [COOKIE_CROSS_SITE]                 = {"cross_site",                 COOKIE_REFUSED},
    [COOKIE_CROSS_SITE_DEFAULT]         = {"cross_site_default",         COOKIE_BROWSER_DEPENDENT},
    [COOKIE_CROSS_SCHEME]               = {"cross_scheme",               COOKIE_BROWSER_DEPENDENT},
};
// clang-format on

const char *cookie_storable_name(enum cookie_storable storable)
{
    assert(storable < COOKIE_STORABLE_COUNT);
    return reasons[storable].name;
}

enum cookie_stored cookie_stored(enum cookie_storable storable)
{
    assert(storable < COOKIE_STORABLE_COUNT);
    return reasons[storable].stored;
}

const char *cookie_stored_name(enum cookie_stored stored)
{
    static const char *const names[] = {"yes", "no", "browser_dependent"};
    return names[stored];
}

/* 5.7, the steps on same-site-flag. What the cookie's own attributes forbid stays the reason. */
enum cookie_storable cookie_storable_in(enum cookie_storable alone, enum same_site same_site,
                                        enum cookie_context context)
{
    if (alone != COOKIE_STORABLE || same_site == SAME_SITE_NONE || context == COOKIE_SAME_SITE)
        return alone;
    if (context == COOKIE_OTHER_SCHEME)
        return COOKIE_CROSS_SCHEME;
    return same_site == SAME_SITE_DEFAULT ? COOKIE_CROSS_SITE_DEFAULT : COOKIE_CROSS_SITE;
}

int64_t cookie_effective_lifetime_s(int64_t lifetime_s)
{
    return lifetime_s < LIMIT_COOKIE_LIFETIME_S ? lifetime_s : LIMIT_COOKIE_LIFETIME_S;
}

/* Thirteen months are 396 days at most in a year of 365. */
static const struct {
    const char *name;
    int64_t up_to_s;
} classes[] = {
    [COOKIE_CLASS_DELETION] = {"deletion",  0                      },
    [COOKIE_CLASS_SESSION] = {"session",   COOKIE_SESSION         },
    [COOKIE_CLASS_DAY] = {"1_day",     DAY_S                  },
    [COOKIE_CLASS_MONTH] = {"30_days",   30 * DAY_S             },
    [COOKIE_CLASS_YEAR] = {"13_months", 396 * DAY_S            },
    [COOKIE_CLASS_CAP] = {"400_days",  LIMIT_COOKIE_LIFETIME_S},
    [COOKIE_CLASS_LONGER] = {"longer",    INT64_MAX              },
};

enum cookie_class cookie_class(int64_t lifetime_s)
{
    if (lifetime_s == COOKIE_SESSION)
        return COOKIE_CLASS_SESSION;
    size_t class = COOKIE_CLASS_DELETION;
    while (lifetime_s > classes[class].up_to_s)
        class ++;
    return (enum cookie_class) class;
}

const char *cookie_class_name(enum cookie_class class)
{
    return classes[class].name;
}
