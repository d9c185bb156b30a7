// SPDX-License-Identifier: MIT
#include "5_judge/vendor_cookie.h"

#include "5_judge/pattern.h"

// clang-format off
static const struct vendor_cookie vendors[] = {
    {"_ga _ga_* _gid _gat* _gac_* _gcl_* __utm* _dc_gtm_* FPID FPLC __gads __gpi __eoi",
     "google-analytics.com googletagmanager.com analytics.google.com doubleclick.net googleadservices.com googlesyndication.com"},
    {"_fbp _fbc", "facebook.net facebook.com"},
    {"_pk_id.* _pk_ses.* _pk_ref.* _pk_cvar.* _pk_hsr.* MATOMO_SESSID stg_*", "matomo.cloud innocraft.cloud piwik.pro"},
    {"_hj*", "hotjar.com hotjar.io"},
    {"nmstat siteimproveses", "siteimproveanalytics.com siteimproveanalytics.io siteimprove.com"},
    {"ai_user ai_session", "applicationinsights.azure.com visualstudio.com monitor.azure.com"},
    {"QueueITAccepted-*", "queue-it.net"},
    {"_clck _clsk", "clarity.ms"},
    {"MUID _uet*", "bing.com clarity.ms"},
    {"li_* _li_* bcookie lidc", "licdn.com linkedin.com"},
    {"_tt* ttclid", "tiktok.com"},
    {"_scid*", "sc-static.net snapchat.com"},
    {"_pin_unauth _pinterest_*", "pinimg.com pinterest.com"},
    {"_rdt_uuid", "redditstatic.com reddit.com"},
    {"_ym_* yandexuid", "yandex.ru yandex.com"},
    {"AMCV_* AMCVS_* s_cc s_sq s_vi mbox kndctr_*", "adobedtm.com omtrdc.net demdex.net adobedc.net"},
    {"ajs_*", "segment.com segment.io"},
    {"__hstc __hssc __hssrc hubspotutk", "hs-scripts.com hs-analytics.net hsforms.net hubspot.com"},
    {"_mkto_trk", "marketo.net marketo.com"},
    {"visitor_id* pardot", "pardot.com"},
    {"_cs_*", "contentsquare.net contentsquare.com"},
    {"_dd_s", "datadoghq.com datadoghq.eu browser-intake-datadoghq.com browser-intake-datadoghq.eu datadoghq-browser-agent.com"},
    {"rxVisitor rxvt dtCookie dtPC dtSa", "dynatrace.com"},
    {"NREUM", "nr-data.net newrelic.com"},
    {"_kla_id __kla_id", "klaviyo.com"},
    {"mp_*", "mixpanel.com mxpnl.com"},
    {"_vwo* _vis_opt_*", "visualwebsiteoptimizer.com"},
    {"optimizely*", "optimizely.com"},
    {"crisp-client/*", "crisp.chat"},
    {"intercom-*", "intercom.io intercomcdn.com"},
    {"__zlcmid", "zopim.com zdassets.com zendesk.com"},
    {"twk_*", "tawk.to"},
    {"wt3_*", "webtrekk.net wt-eu02.net"},
    {"ioam* i00", "ioam.de iocnt.net"},
    {"xtvrn _pcid atuserid", "xiti.com aticdn.net"},
};
static const char infrastructure[] =
    "__cf_bm cf_clearance __cfduid __cflb _cfuvid _abck bm_* ak_bmsc incap_ses_* visid_incap_* nlbi_* AWSALB* AWSELB* ARRAffinity* "
    "BIGipServer* TS01* PHPSESSID JSESSIONID ASP.NET_SessionId ASPSESSIONID* CFID CFTOKEN .AspNetCore.* XSRF-TOKEN csrftoken "
    "__RequestVerificationToken* connect.sid laravel_session";
// clang-format on

/* How much of the name the pattern of the list that fits best says; 0: none fits. */
static size_t fit(const char *names, struct span name)
{
    struct span rest = span_of_string(names);
    size_t best = 0;
    while (rest.at) {
        struct span pattern = span_cut(&rest, ' ');
        bool open = span_ends(pattern, SPAN("*"));
        pattern = span_first(pattern, pattern.bytes - open);
        bool fits = open ? span_starts(name, pattern) : span_equal(name, pattern);
        if (fits && pattern.bytes + !open > best)
            best = pattern.bytes + !open;
    }
    return best;
}

const struct vendor_cookie *vendor_cookie_find(struct span name)
{
    const struct vendor_cookie *found = NULL;
    size_t best = 0;
    if (vendor_cookie_is_infrastructure(name))
        return NULL;
    for (size_t i = 0; i < sizeof vendors / sizeof *vendors; i++) {
        size_t bytes = fit(vendors[i].names, name);
        if (bytes > best) {
            best = bytes;
            found = &vendors[i];
        }
    }
    return found;
}

bool vendor_cookie_is_host(const struct vendor_cookie *vendor, struct span host)
{
    struct span rest = span_of_string(vendor->hosts);
    host = pattern_host(host);
    while (rest.at)
        if (span_is_within(host, span_cut(&rest, ' ')))
            return true;
    return false;
}

bool vendor_cookie_is_infrastructure(struct span name)
{
    return fit(infrastructure, name) > 0;
}
