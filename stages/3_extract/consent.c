// SPDX-License-Identifier: MIT
#include "3_extract/consent.h"

#include "3_extract/consent_read.h"

#include <assert.h>

const char *consent_state_name(enum consent_state state)
{
    static const char *const names[] = {"unknown", "cmp_unanswered", "rejected",
                                        "partial", "accepted",       "preset"};
    assert(state < CONSENT_STATE_COUNT);
    return names[state];
}

enum kind { KIND_COOKIE, KIND_COOKIE_PREFIX, KIND_QUERY, KIND_HOST };

/* A rule is its place in this table: rows are added at the end of their kind, and the index has a new format then. Without a
 * reader the cookie tells only that an answer or a tool is there. */
// clang-format off
static const struct {
    enum kind kind;
    const char *pattern, *name;
    consent_read_fn *read;
} rules[] = {
    {KIND_COOKIE,        "",                           "",                                  NULL}, /* rule 0 */
    {KIND_COOKIE,        "OptanonConsent",             "cookie OptanonConsent",             consent_read_onetrust},
    {KIND_COOKIE,        "CookieConsent",              "cookie CookieConsent",              consent_read_cookiebot},
    {KIND_COOKIE,        "CookieInformationConsent",   "cookie CookieInformationConsent",   consent_read_cookie_information},
    {KIND_COOKIE,        "CookieScriptConsent",        "cookie CookieScriptConsent",        consent_read_cookie_script},
    {KIND_COOKIE,        "cookieyes-consent",          "cookie cookieyes-consent",          consent_read_cookieyes},
    {KIND_COOKIE,        "cookiefirst-consent",        "cookie cookiefirst-consent",        consent_read_cookiefirst},
    {KIND_COOKIE,        "CookieControl",              "cookie CookieControl",              consent_read_civic},
    {KIND_COOKIE,        "euconsent-v2",               "cookie euconsent-v2",               consent_read_tcf},
    {KIND_COOKIE,        "cmplz_marketing",            "cookie cmplz_marketing",            consent_read_allow_deny},
    {KIND_COOKIE,        "CookieLawInfoConsent",       "cookie CookieLawInfoConsent",       NULL},
    {KIND_COOKIE,        "viewed_cookie_policy",       "cookie viewed_cookie_policy",       NULL},
    {KIND_COOKIE,        "cky-consent",                "cookie cky-consent",                NULL},
    {KIND_COOKIE,        "borlabs-cookie",             "cookie borlabs-cookie",             NULL},
    {KIND_COOKIE,        "didomi_token",               "cookie didomi_token",               consent_read_didomi},
    {KIND_COOKIE,        "OptanonAlertBoxClosed",      "cookie OptanonAlertBoxClosed",      NULL},
    {KIND_COOKIE,        "FCCDCF",                     "cookie FCCDCF",                     NULL},
    {KIND_COOKIE,        "TC_PRIVACY",                 "cookie TC_PRIVACY",                 NULL},
    {KIND_COOKIE_PREFIX, "axeptio_",                   "cookie axeptio_*",                  NULL},
    {KIND_QUERY,         "gcs",                        "query gcs",                         consent_read_gcs},
    {KIND_QUERY,         "gcd",                        "query gcd",                         consent_read_gcd},
    {KIND_QUERY,         "gdpr_consent",               "query gdpr_consent",                consent_read_tcf},
    {KIND_HOST,          "consent.cookiebot.com",      "host consent.cookiebot.com",        NULL},
    {KIND_HOST,          "cdn.cookielaw.org",          "host cdn.cookielaw.org",            NULL},
    {KIND_HOST,          "policy.app.cookieinformation.com", "host policy.app.cookieinformation.com", NULL},
    {KIND_HOST,          "app.usercentrics.eu",        "host app.usercentrics.eu",          NULL},
    {KIND_HOST,          "sdk.privacy-center.org",     "host sdk.privacy-center.org",       NULL},
    {KIND_HOST,          "consent.trustarc.com",       "host consent.trustarc.com",         NULL},
    {KIND_HOST,          "cmp.quantcast.com",          "host cmp.quantcast.com",            NULL},
    {KIND_HOST,          "cdn-cookieyes.com",          "host cdn-cookieyes.com",            NULL},
    {KIND_HOST,          "cdn.cookie-script.com",      "host cdn.cookie-script.com",        NULL},
    {KIND_HOST,          "consent.cookiefirst.com",    "host consent.cookiefirst.com",      NULL},
    {KIND_HOST,          "static.axept.io",            "host static.axept.io",              NULL},
    {KIND_HOST,          "cc.cdn.civiccomputing.com",  "host cc.cdn.civiccomputing.com",    NULL},
    {KIND_HOST,          "consentmanager.net",         "host consentmanager.net",           NULL},
};
// clang-format on
#define RULE_COUNT (sizeof rules / sizeof *rules)
_Static_assert(RULE_COUNT <= CONSENT_RULE_COUNT, "consent.h promises it");

const char *consent_rule_name(unsigned rule)
{
    return rules[rule < RULE_COUNT ? rule : 0].name;
}

static bool fits(enum kind kind, struct span pattern, struct span text)
{
    switch (kind) {
    case KIND_COOKIE:
    case KIND_QUERY:
        return span_equal(text, pattern);
    case KIND_COOKIE_PREFIX:
        return span_starts(text, pattern);
    case KIND_HOST:
        return span_is_within(text, pattern);
    }
    return false;
}

/* 0: none. */
static unsigned find_rule(enum kind first, enum kind last, struct span text)
{
    for (unsigned i = 1; text.bytes && i < RULE_COUNT; i++)
        if (rules[i].kind >= first && rules[i].kind <= last &&
            fits(rules[i].kind, span_of_string(rules[i].pattern), text))
            return i;
    return 0;
}

static struct consent read_by(unsigned rule, struct span value)
{
    char room[CONSENT_ROOM_BYTES];
    struct consent consent = {CONSENT_UNKNOWN, rule};
    if (rule && rules[rule].read)
        consent.state = rules[rule].read(consent_decode(value, room));
    return consent;
}

struct consent consent_of_cookie(struct span name, struct span value)
{
    return read_by(find_rule(KIND_COOKIE, KIND_COOKIE_PREFIX, name), value);
}

/* Of Google's two the one that tells an answer from a default goes first. */
struct consent consent_of_query(struct span query)
{
    struct consent first = {CONSENT_UNKNOWN, 0};
    while (query.at) {
        struct span value = span_cut(&query, '&'), name = span_cut(&value, '=');
        struct consent consent = read_by(find_rule(KIND_QUERY, KIND_QUERY, name), value);
        if (consent.state == CONSENT_UNKNOWN)
            continue;
        if (rules[consent.rule].read == consent_read_gcd)
            return consent;
        first = first.rule ? first : consent;
    }
    return first;
}

struct consent consent_of_host(struct span host)
{
    unsigned rule = find_rule(KIND_HOST, KIND_HOST, host);
    return (struct consent){rule ? CONSENT_UNANSWERED : CONSENT_UNKNOWN, rule};
}
