// SPDX-License-Identifier: MIT
/* Identifiers, consent and pixels: what single values and bytes say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "3_extract/consent.h"
#include "3_extract/identifier.h"
#include "3_extract/pixel.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void test_identifiers(void **state)
{
    (void)state;
    // clang-format off
    static const struct {
        const char *value;
        bool like;
        const char *why;
    } rows[] = {
        {"6f1c2b9e-7a34-4d21-9c1e-0a5b3c7d9e11", true,  "a UUID"},
        {"a81c3f9be2d07745",                     true,  "hexadecimal"},
        {"1234567890.1795442715",                true,  "a client id"},
        {"fb.1.1596403881668.1116446470",        true,  "a browser id with its time"},
        {"k3J9xQ2mZ7pL4vB8nR1t",                 true,  "base 62"},
        {"1795442715694",                        false, "milliseconds"},
        {"1795442715694123",                     false, "microseconds"},
        {"2026-11-23T14.05.15.694123",           false, "a date"},
        {"deadbeef",                             false, "short"},
        {"abcdefabcdefabcdef",                   false, "no digits"},
        {"forside-2026-ny-side-med-billede",     false, "words"},
        {"GTM-ABC1234",                          false, "a container"},
        {"https%3A%2F%2Fa.example%2F1234567890", false, "encoded text"},
        {"",                                     false, "nothing"},
    };
    // clang-format on
    for (size_t i = 0; i < COUNT(rows); i++)
        if (identifier_is_like(span_of_string(rows[i].value)) != rows[i].like)
            fail_msg("%s (%s)", rows[i].value, rows[i].why);
}

static void test_queries(void **state)
{
    (void)state;
    // clang-format off
    static const struct {
        const char *query;
        unsigned hashes, likes;
    } rows[] = {
        {"v=a81c3f9be2d07745&x=1",                                  1, 0},
        {"uid=a81c3f9be2d07745",                                    1, 1},
        {"uid=a81c3f9be2d07745&cid=1234567890.1795442715",          2, 2},
        {"key=AIzaSyA1b2C3d4E5f6G7h8&q=x",                          1, 0},
        {"a&b=&=c&&",                                               0, 0},
        {"",                                                        0, 0},
    };
    static const struct {
        const char *query, *url;
        bool has;
    } urls[] = {
        {"dl=https%3A%2F%2Fa.example%2Fp&x=1",       "https://a.example/p", true},
        {"dl=https%3a%2f%2fa.example%2fp",           "https://a.example/p", true},
        {"dl=https%253A%252F%252Fa.example%252Fp&z", "https://a.example/p", true},
        {"u=https://a.example/p",                    "https://a.example/p", true},
        {"u=https://a.example/p.png",                "https://a.example/p", false},
        {"u=https://a.example/",                     "https://a.example/p", false},
        {"u=%",                                      "https://a.example/p", false},
        {"",                                         "",                    false},
    };
    // clang-format on
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span rest = span_of_string(rows[i].query);
        unsigned hashes = 0, likes = 0;
        bool like;
        while (identifier_next(&rest, &like)) {
            hashes++;
            likes += like;
        }
        if (hashes != rows[i].hashes || likes != rows[i].likes)
            fail_msg("%s: %u %u", rows[i].query, hashes, likes);
    }
    for (size_t i = 0; i < COUNT(urls); i++)
        if (identifier_query_has_url(span_of_string(urls[i].query), span_of_string(urls[i].url)) !=
            urls[i].has)
            fail_msg("%s in %s", urls[i].url, urls[i].query);
    assert_true(identifier_hash(SPAN("a81c3f9be2d07745")) == identifier_hash(SPAN("a81c3f9be2d07745")));
    assert_true(identifier_hash(SPAN("a81c3f9be2d07745")) != identifier_hash(SPAN("a81c3f9be2d07746")));
    assert_true(identifier_hash(SPAN("da-DK")) == 0 && identifier_hash(SPAN("2026-11-23")) == 0);
}

/* TCF: 25 letters before the purposes, then two bits of the special features and the purposes. */
#define TCF(purposes) "CPXxRfAPXxRfAAfKABENB-CgA" purposes "AAAAAAYgAA"

static void test_consent_cookies(void **state)
{
    (void)state;
    // clang-format off
    static const struct {
        const char *name, *value, *expected;
    } rows[] = {
        {"OptanonConsent", "interactionCount=0&groups=C0001%3A1%2CC0002%3A0", "cmp_unanswered"},
        {"OptanonConsent", "interactionCount=1&landingPath=https%3A%2F%2Fa.example%2F&groups=C0001%3A1%2CC0002%3A0", "cmp_unanswered"},
        {"OptanonConsent", "interactionCount=1&landingPath=NotLandingPage&groups=C0001%3A1%2CC0002%3A0", "rejected"},
        {"OptanonConsent", "landingPath=NotLandingPage&groups=C0001%3A1%2CC0002%3A1%2CC0003%3A0&interactionCount=2", "partial"},
        {"OptanonConsent", "groups=C0001:1,C0002:1&interactionCount=1", "accepted"},
        {"OptanonConsent", "groups=C0001:1,C0002:1", "unknown"},
        {"CookieConsent", "{stamp:%27x%27%2Cnecessary:true%2Cpreferences:false%2Cstatistics:false%2Cmarketing:false%2Cver:1}", "rejected"},
        {"CookieConsent", "{stamp:%27x%27%2Cnecessary:true%2Cpreferences:true%2Cstatistics:true%2Cmarketing:true}", "accepted"},
        {"CookieConsent", "{necessary:true%2Cpreferences:true%2Cstatistics:false%2Cmarketing:false}", "partial"},
        {"CookieConsent", "0", "cmp_unanswered"},
        {"CookieConsent", "-1", "unknown"},
        {"CookieConsent", "true", "unknown"},
        {"CookieInformationConsent", "%7B%22consents_approved%22%3A%5B%22cookie_cat_necessary%22%5D%2C%22consents_denied%22%3A%5B%22cookie_cat_marketing%22%5D%7D", "rejected"},
        {"CookieInformationConsent", "{\"consents_approved\":[\"cookie_cat_necessary\",\"cookie_cat_marketing\"],\"consents_denied\":[]}", "accepted"},
        {"CookieInformationConsent", "{\"website_uuid\":\"1\"}", "unknown"},
        {"CookieScriptConsent", "{\"action\":\"reject\"}", "rejected"},
        {"CookieScriptConsent", "{\"action\":\"accept\",\"categories\":\"[\\\"targeting\\\"]\"}", "accepted"},
        {"CookieScriptConsent", "{\"action\":\"accept\",\"categories\":\"[]\"}", "partial"},
        {"cookieyes-consent", "consentid:x,consent:yes,action:yes,necessary:yes,functional:yes,analytics:no", "partial"},
        {"cookieyes-consent", "consentid:x,consent:no,action:,necessary:yes,functional:no,analytics:no", "cmp_unanswered"},
        {"cookiefirst-consent", "{\"necessary\":true,\"performance\":true,\"functional\":true,\"advertising\":true}", "accepted"},
        {"CookieControl", "{\"optionalCookies\":{\"analytics\":\"revoked\"}}", "rejected"},
        {"cmplz_marketing", "deny", "rejected"},
        {"euconsent-v2", TCF("P_AA"), "accepted"},
        {"euconsent-v2", TCF("AAAA"), "rejected"},
        {"euconsent-v2", TCF("CAAA"), "partial"},
        {"euconsent-v2", "CPX", "unknown"},
        {"didomi_token", "x", "unknown"},
        {"didomi_token", "eyJ1c2VyX2lkIjoieCIsInB1cnBvc2VzIjp7ImVuYWJsZWQiOlsiY29va2llcyJdLCJkaXNhYmxlZCI6WyJhZHMiXX0sInZlbmRvcnMiOnsiZW5hYmxlZCI6WyJnb29nbGUiXX19", "partial"},
        {"didomi_token", "eyJ1c2VyX2lkIjoieCIsInB1cnBvc2VzIjp7ImVuYWJsZWQiOltdLCJkaXNhYmxlZCI6WyJhZHMiLCJjb29raWVzIl19LCJ2ZW5kb3JzIjp7ImVuYWJsZWQiOlsiZ29vZ2xlIl19fQ==", "rejected"},
    };
    // clang-format on
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct consent c = consent_of_cookie(span_of_string(rows[i].name), span_of_string(rows[i].value));
        struct span rule = span_of_string(consent_rule_name(c.rule));
        if (strcmp(consent_state_name(c.state), rows[i].expected) ||
            !span_ends(rule, span_of_string(rows[i].name)))
            fail_msg("%s=%s: %s by %s", rows[i].name, rows[i].value, consent_state_name(c.state), rule.at);
    }
    assert_int_equal(consent_of_cookie(SPAN("sid"), SPAN("1")).rule, 0);
    assert_int_equal(consent_of_cookie(SPAN(""), SPAN("1")).rule, 0);
    assert_string_equal(consent_rule_name(0), "");
    assert_string_equal(consent_rule_name(1000), "");
}

static void test_consent_elsewhere(void **state)
{
    (void)state;
    static const struct {
        const char *query, *expected, *rule;
    } rows[] = {
        {"v=2&gcs=G100&x",            "rejected",       "query gcs"         },
        {"gcs=G111",                  "accepted",       "query gcs"         },
        {"gcs=G110",                  "partial",        "query gcs"         },
        {"gcs=G111&gcd=11t1t1t1t5",   "cmp_unanswered", "query gcd"         },
        {"gcs=G1--",                  "unknown",        ""                  },
        {"gcd=13l3l3l2l1l1",          "unknown",        ""                  },
        {"gcd=11t1t1t1t5",            "cmp_unanswered", "query gcd"         },
        {"gcd=13p3p3p2p5",            "cmp_unanswered", "query gcd"         },
        {"gcd=13p3t3l2l5",            "cmp_unanswered", "query gcd"         },
        {"gcd=13q3q3q2q5",            "rejected",       "query gcd"         },
        {"gcd=13m3u3q2l5",            "rejected",       "query gcd"         },
        {"gcd=13r3n3v2l5",            "accepted",       "query gcd"         },
        {"gcd=13v3v3v2v5",            "accepted",       "query gcd"         },
        {"gcd=13r3r3r2r5m1",          "accepted",       "query gcd"         },
        {"gcd=13r3p3r2p5",            "partial",        "query gcd"         },
        {"gcd=13r3q3r2q5",            "partial",        "query gcd"         },
        {"gcd=1r3r3r2r5",             "unknown",        ""                  },
        {"gcd=13r3r3r2",              "unknown",        ""                  },
        {"gcd=13r3r3r2x5",            "unknown",        ""                  },
        {"gcd=1tprivate",             "unknown",        ""                  },
        {"gcd=",                      "unknown",        ""                  },
        {"gdpr_consent=" TCF("AAAA"), "rejected",       "query gdpr_consent"},
        {"OptanonConsent=x",          "unknown",        ""                  },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct consent c = consent_of_query(span_of_string(rows[i].query));
        assert_string_equal(consent_state_name(c.state), rows[i].expected);
        assert_string_equal(consent_rule_name(c.rule), rows[i].rule);
    }
    assert_int_equal(consent_of_host(SPAN("cdn.cookielaw.org")).state, CONSENT_UNANSWERED);
    assert_int_equal(consent_of_host(SPAN("delivery.consentmanager.net")).state, CONSENT_UNANSWERED);
    assert_int_equal(consent_of_host(SPAN("notconsentmanager.net")).rule, 0);
    assert_int_equal(consent_of_host(SPAN("")).rule, 0);
}

static void test_pixels(void **state)
{
    (void)state;
    static const struct {
        struct span image;
        bool is_pixel;
    } rows[] = {
        {SPAN("GIF89a\1\0\1\0\x80\0\0"),                             true },
        {SPAN("GIF89a\0\0\0\0\x80\0\0"),                             true },
        {SPAN("GIF89a\2\0\1\0\x80\0\0"),                             false},
        {SPAN("GIF89a\1\0"),                                         false},
        {SPAN("\x89PNG\r\n\x1a\n\0\0\0\15IHDR\0\0\0\1\0\0\0\1"),     true },
        {SPAN("\x89PNG\r\n\x1a\n\0\0\0\15IHDR\0\0\1\1\0\0\0\1"),     false},
        {SPAN("\xff\xd8\xff\xe0\0\4xx\xff\xc0\0\21\10\0\1\0\1\3"),   true },
        {SPAN("\xff\xd8\xff\xe0\0\4xx\xff\xc2\0\21\10\0\1\0\2\3"),   false},
        {SPAN("\xff\xd8\xff\xe0\0\0"),                               false},
        {SPAN("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\0\0\0\0\0\0\0\0\0"), true },
        {SPAN("RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),   true },
        {SPAN("RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\7\0\0\0\0\0"),   false},
        {SPAN("<svg width='1' height='1'/>"),                        false},
        {SPAN(""),                                                   false},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (pixel_is(rows[i].image) != rows[i].is_pixel)
            fail_msg("row %zu", i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identifiers),     cmocka_unit_test(test_queries),
        cmocka_unit_test(test_consent_cookies), cmocka_unit_test(test_consent_elsewhere),
        cmocka_unit_test(test_pixels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
