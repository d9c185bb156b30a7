// SPDX-License-Identifier: MIT
/*
 * catalogue.h - which service stands behind a host, a path or a cookie name.
 *
 * In:     services.csv: pattern, service, entity, country, category, own_use_possible, optout_exists,
 *         cookie_prefixes, source
 * Out:    the service of the most specific pattern
 * Owns:   nothing: lives in the arena of the registers
 * Limits: none of its own
 * Errors: two services with the same pattern or the same cookie prefix are a register error
 * Source: compliance.md 5.2 P7, P9; catalogues.md 4.3
 */
#ifndef JUDGE_CATALOGUE_H
#define JUDGE_CATALOGUE_H

#include "5_judge/pattern.h"
#include "5_judge/register.h"

// clang-format off
#define CATEGORY_LIST(X)                                                                                \
    X(UNKNOWN, "") X(AD, "ad") X(ANALYTICS, "analytics") X(CDN, "cdn") X(CONSENT, "consent_provider")    \
    X(CONTENT, "content") X(CUSTOMER_SUCCESS, "customer_success") X(FONT, "font") X(HOSTING, "hosting")  \
    X(MARKETING, "marketing") X(SOCIAL, "social") X(TAG_MANAGER, "tag_manager") X(UTILITY, "utility")    \
    X(VIDEO, "video") X(OTHER, "other")
// clang-format on
enum category {
#define CATEGORY_ENUM(name, text) CATEGORY_##name,
    CATEGORY_LIST(CATEGORY_ENUM)
#undef CATEGORY_ENUM
        CATEGORY_COUNT
};
const char *category_name(enum category category); /* "ad", ..., "" */

struct catalogue_service {
    struct span pattern, service, entity, country, source;
    enum category category;
    enum truth own_use_possible, optout_exists;
    struct span_list cookie_prefixes;
    unsigned line;
};
struct catalogue {
    struct catalogue_service *services;
    size_t count, capacity;
    struct pattern_map patterns;
    struct intern prefixes; /* of cookie names */
    uint32_t *prefix_service;
    size_t longest_prefix_bytes;
};

/* NULL knows nothing. */
bool catalogue_find(const struct catalogue *catalogue, struct span host, struct span path,
                    struct catalogue_service *out);
/* By the longest prefix of a cookie's name. */
const struct catalogue_service *catalogue_find_cookie(const struct catalogue *catalogue, struct span name);
/* The name that stands for a company now, which `before` knew under another one for the same pattern; empty: its name is
 * still there, or nobody knows it. */
struct span catalogue_entity_renamed(const struct catalogue *now, const struct catalogue *before,
                                     struct span entity);

#endif
