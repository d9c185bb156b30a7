// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "5_judge/vendor_cookie.h"

static void test_names(void **state)
{
    (void)state;
    /* host: one of the vendor; NULL: nobody's name */
    static const struct {
        const char *name, *host;
    } rows[] = {
        {"_ga",                   "www.google-analytics.com"        },
        {"_ga_0X1Y",              "www.googletagmanager.com"        },
        {"_gat_UA-1",             "stats.g.doubleclick.net"         },
        {"__utma",                "google-analytics.com"            },
        {"_fbp",                  "connect.facebook.net"            },
        {"_pk_id.1.abcd",         "borger.matomo.cloud"             },
        {"_hjSessionUser_1",      "script.hotjar.com"               },
        {"nmstat",                "1.global.siteimproveanalytics.io"},
        {"_uetsid",               "bat.bing.com"                    },
        {"li_gc",                 "px.ads.linkedin.com"             },
        {"_dd_s",                 "rum.browser-intake-datadoghq.eu" },
        {"crisp-client/session",  "client.crisp.chat"               },
        {"ai_user",               "dc.applicationinsights.azure.com"},
        {"stg_returning_visitor", "eksempel.piwik.pro"              },
        {"_gab",                  NULL                              },
        {"ga",                    NULL                              },
        {"",                      NULL                              },
        {"sid",                   NULL                              },
        {"PHPSESSID",             NULL                              },
        {"AWSALBCORS",            NULL                              },
        {"__cf_bm",               NULL                              },
        {"TS01abcd",              NULL                              },
        {"visid_incap_1",         NULL                              },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct vendor_cookie *vendor = vendor_cookie_find(span_of_string(rows[i].name));
        if (!vendor != !rows[i].host)
            fail_msg("%s: %s", rows[i].name, vendor ? vendor->names : "nobody");
    }
    const struct vendor_cookie *ga = vendor_cookie_find(SPAN("_ga"));
    assert_true(vendor_cookie_is_host(ga, SPAN("region1.google-analytics.com")));
    assert_true(vendor_cookie_is_host(ga, SPAN("google-analytics.com.")));
    assert_false(vendor_cookie_is_host(ga, SPAN("notgoogle-analytics.com")));
    assert_false(vendor_cookie_is_host(ga, SPAN("google-analytics.com.example")));
    assert_false(vendor_cookie_is_host(ga, SPAN("www.google.com")));
    assert_false(vendor_cookie_is_host(ga, SPAN("")));
    assert_true(vendor_cookie_is_infrastructure(SPAN("ARRAffinitySameSite")));
    assert_false(vendor_cookie_is_infrastructure(SPAN("_ga")));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].host)
            assert_true(vendor_cookie_is_host(vendor_cookie_find(span_of_string(rows[i].name)),
                                              span_of_string(rows[i].host)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
