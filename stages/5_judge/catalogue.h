// SPDX-License-Identifier: MIT
/*
 * catalogue.h - which service stands behind a host, a path, a query or a cookie name, and what is known of it on a day.
 *
 * In:     layers (layer.h): entities, services, patterns, dated facts, aliases; services.csv, which wins over all of them
 * Out:    the service of the most specific pattern in force: path > host > longest wildcard, and of the same pattern the
 *         one with a query > the one without > that of a layer for commercial use > that of the later layer
 * Owns:   nothing: lives in the arena of the registers
 * Limits: none of its own
 * Errors: none; catalogue_merge.h finds what contradicts itself
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

#define CATALOGUE_LOCAL UINT32_MAX /* services.csv as a layer: above all others */
struct catalogue_layer {
    struct span folder; /* its name below catalogue/ */
    struct span name, licence, version, date, source, sha256;
    bool non_commercial;
    bool is_present,
        is_marked; /* while it is read: layer.csv is there, and says whether it is for commercial use */
};
struct catalogue_entity {
    struct span name, owner, country;
    struct span_list aliases;
    int is_public;     /* a public body: what it delivers is no commercial third party's */
    unsigned withheld; /* as of the service */
    uint32_t layer;
    unsigned line;
};

/* "key" or "key=value" of a URL's query, as they stand there. No key: always there. */
struct catalogue_query {
    struct span key, value;
    bool has_value;
};
struct catalogue_query catalogue_query_of(struct span text);
/* Is it in this URL? */
bool catalogue_query_fits(const struct catalogue_query *query, struct span url);

enum catalogue_fact_kind {
    FACT_OPTOUT_EXISTS,
    FACT_OPTOUT_EFFECTIVE,
    FACT_OWN_USE_DEFAULT,
    FACT_OWN_USE_POSSIBLE,
    FACT_STANDARD_TERMS,
    FACT_SIGNAL
};
/* What is observed against a switched-on opt-out, the weightiest last. */
enum signal { SIGNAL_NONE, SIGNAL_CONSISTENT, SIGNAL_INDICATIVE, SIGNAL_DECISIVE };
struct catalogue_fact {
    struct span service_name, value, detail;
    enum catalogue_fact_kind kind;
    int known;            /* enum truth; of FACT_OPTOUT_EFFECTIVE: enum extent */
    enum signal strength; /* FACT_SIGNAL: of an address that contradicts */
    struct span
        pattern; /* FACT_SIGNAL: of the addresses it speaks of; with a query: it must or must not be in them, */
    struct catalogue_query query; /* without: they must not be there */
    bool must;
    date_days valid_from, valid_to;
    uint32_t group, layer;
    unsigned line;
};
struct catalogue_facts {
    enum truth own_use_possible, optout_exists; /* where no fact is in force */
    const struct catalogue_fact *items;         /* of a kind, the first in force counts */
    size_t count;
    bool has_dates; /* some fact but a signal holds on some days only */
};
struct catalogue_known {
    enum truth own_use_possible, optout_exists;
    enum extent optout_effective;
};
struct catalogue_known catalogue_known_on(const struct catalogue_facts *facts, date_days day);
/* What an address tells, by the facts in force that day. */
enum signal catalogue_signal_of(const struct catalogue_facts *facts, struct span host, struct span path,
                                struct span url, date_days day);

/* What is known from a layer that is not for commercial use, and stays out of the open data. */
enum catalogue_withheld { WITHHELD_IDENTITY = 1 << 0, WITHHELD_OWNER = 1 << 1, WITHHELD_COUNTRY = 1 << 2 };
enum role { ROLE_UNKNOWN, ROLE_PROCESSOR, ROLE_CONTROLLER, ROLE_BOTH };
struct catalogue_service {
    struct span service, entity, owner,
        country; /* owner: at the top, itself where it has none; empty: no layer knows the entity */
    enum category category;
    enum role role;
    struct catalogue_facts facts;
    bool is_public;
    unsigned withheld;
    struct span pattern; /* of services.csv, whose rows are services and patterns in one */
    struct span_list cookie_prefixes;
    uint32_t group, layer;
    unsigned line;
};
struct catalogue_pattern {
    struct span service_name, pattern, query_text;
    struct catalogue_query query;
    struct span_list cookie_prefixes;
    date_days valid_from, valid_to;
    uint32_t service, layer;
    unsigned line;
};
struct catalogue {
    struct catalogue_layer *layers; /* the built-in one first, then by name */
    struct catalogue_entity *entities;
    struct catalogue_service *services;
    struct catalogue_pattern *patterns;
    struct catalogue_fact *facts;
    struct alias *aliases; /* by host, the one that counts last */
    size_t layer_count, entity_count, service_count, pattern_count, fact_count, alias_count;
    size_t layer_capacity, entity_capacity, service_capacity, pattern_capacity, fact_capacity, alias_capacity;
    struct pattern_map map;       /* number of the pattern */
    struct pattern_map unsettled; /* hosts whose answer depends on more than the host */
    struct intern names;          /* of entities and their aliases, in small letters */
    struct catalogue_naming {
        uint32_t entity;
        bool withheld; /* only layers that are not for commercial use call it so */
    } * namings;       /* by number of the name */
    size_t naming_capacity;
    struct intern prefixes; /* of cookie names */
    struct catalogue_prefix {
        uint32_t prefix, pattern; /* their numbers */
    } * prefix_patterns;          /* by prefix, the one that counts first */
    size_t prefix_pattern_count, longest_prefix_bytes;
    bool has_signals;
    struct span sha256; /* over all files merged */
};

struct catalogue_place {
    struct span host, path;
    struct span url; /* for its query */
    date_days day;
    struct span site; /* registrable domain of a host that is contacted; empty: a name the DNS leads to */
};
/* Hosting and delivery: whoever rents them is the one that is contacted. */
bool catalogue_is_infrastructure(enum category category);
/* NULL knows nothing, and so does a catalogue of nothing that covers the place. */
const struct catalogue_service *catalogue_find(const struct catalogue *catalogue,
                                               const struct catalogue_place *place);
/* By those layers alone that are for commercial use too. */
const struct catalogue_service *catalogue_find_free(const struct catalogue *catalogue,
                                                    const struct catalogue_place *place);
/* Is the answer the same for every path, query and day? */
bool catalogue_is_settled(const struct catalogue *catalogue, struct span host);
/* By the longest prefix of a cookie's name that is known on that day. */
const struct catalogue_service *catalogue_find_cookie(const struct catalogue *catalogue, struct span name,
                                                      date_days day);
/* By a name or an alias, ASCII case ignored; NULL: unknown. */
const struct catalogue_entity *catalogue_entity_of(const struct catalogue *catalogue, struct span name,
                                                   struct arena *arena);
/* By a name that layers give it that are for commercial use too. */
const struct catalogue_entity *catalogue_entity_free(const struct catalogue *catalogue, struct span name,
                                                     struct arena *arena);

#endif
