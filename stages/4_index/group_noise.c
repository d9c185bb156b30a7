// SPDX-License-Identifier: MIT
#include "4_index/crawl_group.h"

/* Hosts a browser contacts for itself: updates, safe browsing, form filling. Only without a referrer: a page
 * may use them. */
static const char *const browser_hosts[] = {
    "brave.com",
    "clients2.google.com",
    "clients4.google.com",
    "clientservices.googleapis.com",
    "content-autofill.googleapis.com",
    "edgedl.me.gvt1.com",
    "optimizationguide-pa.googleapis.com",
    "redirector.gvt1.com",
    "safebrowsing.googleapis.com",
    "update.googleapis.com",
    "detectportal.firefox.com",
    "firefox.settings.services.mozilla.com",
};

static bool is_browser_host(struct span host)
{
    for (size_t i = 0; i < sizeof browser_hosts / sizeof *browser_hosts; i++)
        if (span_is_within(host, span_of_string(browser_hosts[i])))
            return true;
    return false;
}

static bool is_crawler_path(struct span path)
{
    return span_equal(path, SPAN("/robots.txt")) || span_equal(path, SPAN("/sitemap.xml"));
}

enum fate group_noise(const struct group *g, const struct exchange *x)
{
    struct href parts = href_of(group_text(g, x->url));
    const struct event_facts *request = x->request ? &x->request->event : NULL;
    bool page_made = request && (x->request->referer != INTERN_NONE || request->has_origin);
    bool tagged =
        exchange_proof(x)->page_id != INTERN_NONE || (request && x->request->page_id != INTERN_NONE);
    bool fetches_document = request && (request->flags & EVENT_FLAG_NAVIGATE);
    if (request && (request->flags & EVENT_FLAG_CONNECT))
        return FATE_CRAWLER;
    if (!page_made && !tagged && !fetches_document && is_browser_host(parts.host))
        return FATE_BROWSER;
    if (is_crawler_path(parts.path) && !page_made)
        return FATE_CRAWLER;
    if (g->has_page_ids[exchange_producer(x)] && !tagged && exchange_producer(x) != PRODUCER_HAR)
        return FATE_CRAWLER; /* the crawler's own node-side fetches bear no page */
    if (g->has_types[exchange_producer(x)] && !(exchange_flags(x) & EVENT_FLAG_TYPED))
        return FATE_CRAWLER;
    return FATE_UNATTRIBUTED;
}
