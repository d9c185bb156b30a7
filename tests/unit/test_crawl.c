// SPDX-License-Identifier: MIT
/* test_crawl.c - what crawlers write about themselves: producers, page lists, metadata.
 * formats.md 1.7, 2.1, 2.2, 2.4 */
#include "1_read/record.h"
#include "3_extract/crawl.h"
#include "base/buf.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static bool is(struct span s, const char *text)
{
    return span_equal(s, span_of_string(text));
}

static const struct {
    const char *software, *is_part_of;
    enum producer producer;
} softwares[] = {
    {"Browsertrix-Crawler 1.2.0 (with warcio.js 2.2.1)",                    "",        PRODUCER_BROWSERTRIX},
    {"Browsertrix-Crawler 0.12.4 (with warcio.js 1.6.2 pywb 2.7.4)",        "",        PRODUCER_PYWB       },
    {"Webrecorder ArchiveWeb.page 0.11.3, using warcio.js 2.2.0",           "",        PRODUCER_ARCHIVEWEB },
    {"Webrecorder wabac.js/warcio.js",                                      "",        PRODUCER_ARCHIVEWEB },
    {"Webrecorder Platform v3.7",                                           "",        PRODUCER_PYWB       },
    {"webrecorder.io 2.0 (warcprox 1.4-20151022181819)",                    "",        PRODUCER_PYWB       },
    {"pywb 2.6",                                                            "",        PRODUCER_PYWB       },
    {"warcprox 2.4.29",                                                     "",        PRODUCER_WARCPROX   },
    {"proxycap.mjs (warcprox-lignende)",                                    "",        PRODUCER_WARCPROX   },
    {"capture.mjs (playwright-core 1.65, warcio 2.4)",                      "",        PRODUCER_BROWSER    },
    {"Heritrix/3.4.0-20200304 http://crawler.archive.org",                  "",        PRODUCER_HERITRIX   },
    {"Heritrix/@VERSION@ http://crawler.archive.org",                       "",        PRODUCER_HERITRIX   },
    {"Heritrix 1.12.0 http://crawler.archive.org",                          "",        PRODUCER_HERITRIX   },
    {"Wget/1.21.3 (linux-gnu)",                                             "",        PRODUCER_WGET       },
    {"Wget/1.14.lua.20130523-9a5c (linux-gnu)",                             "",        PRODUCER_WGET       },
    {"Wpull/2.0.1 Python/3.4.2",                                            "",        PRODUCER_WPULL      },
    {"Nutch 1.6 (CC)/CC WarcExport 1.0",                                    "",        PRODUCER_COMMONCRAWL},
    {"Apache Nutch 1.19 (modified, https://github.com/commoncrawl/nutch/)", "",        PRODUCER_COMMONCRAWL},
    {"StormCrawler 1.18",                                                   "CC-NEWS", PRODUCER_COMMONCRAWL},
    {"Scoop @ Harvard Library Innovation Lab v0.0.1",                       "",        PRODUCER_SCOOP      },
    {"Mischief @ Harvard Library Innovation Lab v0.0.1 DEV",                "",        PRODUCER_SCOOP      },
    {"node-warc/3.3.0",                                                     "",        PRODUCER_SQUIDWARC  },
    {"warcit 0.4.0",                                                        "",        PRODUCER_UNKNOWN    },
    {"",                                                                    "",        PRODUCER_UNKNOWN    },
};

static void producers(void **state)
{
    size_t bad = 0;
    (void)state;
    for (size_t i = 0; i < sizeof softwares / sizeof *softwares; i++) {
        char block[300];
        struct warcinfo info;
        snprintf(block, sizeof block, "Software: %s\r\nisPartOf: %s\r\n\r\n", softwares[i].software,
                 softwares[i].is_part_of);
        enum err err = crawl_parse_warcinfo(span_of_string(block), &info);
        if (err || info.producer != softwares[i].producer) {
            print_error("%s: %s\n", softwares[i].software, producer_name(info.producer));
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void warcinfo(void **state)
{
    struct warcinfo info;
    (void)state;
    const char *block =
        "software: Heritrix/3.4.0\noperator: KB\nisPartOf: job-1\nrobots: ignore\n"
        "http-header-user-agent: Mozilla/5.0 (x)\n#added by NetarchiveSuite\nharvestInfo.jobId: 4\n"
        "software: other\n";
    assert_int_equal(crawl_parse_warcinfo(span_of_string(block), &info), ERR_OK);
    assert_true(is(info.software, "Heritrix/3.4.0") && is(info.operator_name, "KB") &&
                is(info.is_part_of, "job-1"));
    assert_true(is(info.robots, "ignore") && is(info.user_agent, "Mozilla/5.0 (x)"));
    block = "<?xml version=\"1.0\"?>\r\n<arcmetadata xmlns:arc=\"http://archive.org/arc/1.0/\">\n"
            "<arc:software>\nHeritrix 1.14.4 "
            "http://crawler.archive.org</arc:software><arc:robots>classic</arc:robots>\n"
            "<dcterms:isPartOf "
            "a=\"b:c\">job-2</dcterms:isPartOf>\n<operator/><software>x</software>\n</arcmetadata>\n\n<";
    assert_int_equal(crawl_parse_warcinfo(span_of_string(block), &info), ERR_OK);
    assert_int_equal(info.producer, PRODUCER_HERITRIX);
    assert_true(is(info.robots, "classic") && is(info.is_part_of, "job-2") && !info.operator_name.bytes);
    assert_int_equal(crawl_parse_warcinfo(SPAN("<<<>>"), &info), ERR_SYNTAX);
    assert_int_equal(crawl_parse_warcinfo(SPAN(""), &info), ERR_OK);
    assert_int_equal(crawl_parse_warcinfo(SPAN("no field here"), &info), ERR_SYNTAX);
    assert_int_equal(info.producer, PRODUCER_UNKNOWN);
}

static void names_and_traits(void **state)
{
    (void)state;
    for (int i = 0; i < PRODUCER_COUNT; i++) {
        assert_non_null(producer_name((enum producer)i));
        const struct producer_traits *traits = producer_traits((enum producer)i);
        assert_true(traits->set_cookie || !traits->repeats_set_cookie);
    }
    assert_false(producer_traits(PRODUCER_UNKNOWN)->set_cookie); /* unknown must not become "none" */
    assert_false(producer_traits(PRODUCER_BROWSERTRIX)->set_cookie);
    assert_true(producer_traits(PRODUCER_BROWSERTRIX)->lists_pages);
}

static const struct {
    const char *name, *warc, *http;
    enum producer producer;
} traces[] = {
    {"page id and type", "WARC/1.1\r\nWARC-Page-ID: a\r\nWARC-Resource-Type: script\r\n\r\n",                     "",
     PRODUCER_BROWSERTRIX                                                                                                                                                                         },
    {"page id alone",    "WARC/1.1\r\nwarc-page-id: a\r\n\r\n",                                                   "",                                                         PRODUCER_ARCHIVEWEB },
    {"page list",        "WARC/1.1\r\nWARC-Target-URI: urn:pageinfo:https://a.example/\r\n\r\n",                  "",
     PRODUCER_BROWSERTRIX                                                                                                                                                                         },
    {"renamed fields",   "",                                                                                      "HTTP/1.1 200\r\nX-Crawler-content-encoding: gzip\r\n\r\n", PRODUCER_COMMONCRAWL},
    {"via",              "",                                                                                      "GET / HTTP/1.1\r\nVia: 1.1 warcprox\r\n\r\n",              PRODUCER_WARCPROX   },
    {"via another",      "",                                                                                      "GET / HTTP/1.1\r\nVia: 1.1 varnish\r\n\r\n",               PRODUCER_UNKNOWN    },
    {"hops",             "",                                                                                      "via: http://a.example/\r\nhopsFromSeed: LE\r\n",           PRODUCER_HERITRIX   },
    {"wget log",         "WARC/1.0\r\nWARC-Target-URI: <metadata://gnu.org/software/wget/warc/wget.log>\r\n\r\n", "",
     PRODUCER_WGET                                                                                                                                                                                },
    {"wpull log",        "WARC/1.0\r\nWARC-Target-URI: urn:X-wpull:log\r\n\r\n",                                  "",                                                         PRODUCER_WPULL      },
    {"Netarkivet",       "WARC/1.0\r\nWARC-Target-URI: metadata://netarkivet.dk/crawl/logs/crawl.log?x\r\n\r\n",  "",
     PRODUCER_HERITRIX                                                                                                                                                                            },
    {"Scoop",            "WARC/1.1\r\nScoop-Exchange-ID: x\r\n\r\n",                                              "",                                                         PRODUCER_SCOOP      },
    {"behind the head",  "",                                                                                      "HTTP/1.1 200 OK\r\n\r\nX-Crawler-a: b\r\n",                PRODUCER_UNKNOWN    },
    {"nothing",          "",                                                                                      "",                                                         PRODUCER_UNKNOWN    },
};

static void guesses(void **state)
{
    size_t bad = 0;
    (void)state;
    for (size_t i = 0; i < sizeof traces / sizeof *traces; i++) {
        enum producer producer =
            crawl_guess_producer(span_of_string(traces[i].warc), span_of_string(traces[i].http));
        if (producer != traces[i].producer) {
            print_error("%s: %s\n", traces[i].name, producer_name(producer));
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

#define PAGE_URI "urn:pageinfo:https://site.example/"

static void pageinfo(void **state)
{
    struct arena arena;
    struct pageinfo page;
    (void)state;
    arena_init(&arena, 1u << 20);
    const char *block =
        "{\"pageid\":\"6290-x\",\"urls\":{"
        "\"https://site.example/\":{\"status\":200,\"mime\":\"text/html\",\"type\":\"document\"},"
        "\"https://m.example/p?__wb_method=POST&a\":{\"status\":204,\"type\":\"Ping\"},"
        "\"https://ads.example/"
        "x.js\":{\"status\":0,\"type\":\"script\",\"error\":\"net::ERR_BLOCKED_BY_CLIENT\"},"
        "\"https://cdn.example/b.js\":{\"status\":200,\"mime\":\"text/javascript\",\"type\":\"script\","
        "\"fromBrowserCache\":true},"
        "\"https://old.example/\":200},"
        "\"url\":\"https://site.example/#a\",\"ts\":\"2024-05-14T08:53:09.769Z\",\"tsStatus\":404,"
        "\"counts\":{\"jsErrors\":0},\"comparison\":{}}";
    assert_int_equal(crawl_parse_pageinfo(SPAN(PAGE_URI), span_of_string(block), &arena, &page), ERR_OK);
    assert_true(is(page.page_id, "6290-x") && is(page.url, "https://site.example/#a"));
    assert_int_equal(page.status, 404);
    assert_int_equal(page.time_ns, 1715676789769000000);
    assert_int_equal(page.resource_count, 5);
    const struct page_resource *r = page.resources;
    assert_true(is(r[0].url, "https://site.example/") && is(r[0].mime, "text/html") && r[0].status == 200);
    assert_true(r[0].resource == RESOURCE_DOCUMENT && !r[0].from_cache && !r[0].error.bytes);
    assert_true(r[1].resource == RESOURCE_PING && r[1].status == 204 && !r[1].mime.bytes);
    assert_true(r[2].status == 0 && is(r[2].error, "net::ERR_BLOCKED_BY_CLIENT"));
    assert_true(r[3].from_cache);
    assert_true(r[4].status == 200 && r[4].resource == RESOURCE_OTHER);
    arena_free(&arena);
}

static const struct {
    const char *name, *uri, *block;
    enum err err;
    const char *url;
    int status;
    size_t resource_count;
} page_rows[] = {
    {"first beta",      PAGE_URI,                         "{\"pageid\":\"p\",\"urls\":{\"https://site.example/\":301}}", ERR_OK,
     "https://site.example/",                                                                                                                                 301, 1},
    {"failed page",     PAGE_URI,                         "{\"pageid\":\"p\",\"urls\":{}}",                              ERR_OK,     "https://site.example/", 0,   0},
    {"no urls",         PAGE_URI,                         "{}",                                                          ERR_OK,     "https://site.example/", 0,   0},
    {"urls is a list",  PAGE_URI,                         "{\"urls\":[1,2]}",                                            ERR_OK,     "https://site.example/", 0,   0},
    {"empty url",       PAGE_URI,                         "{\"url\":\"\"}",                                              ERR_OK,     "https://site.example/", 0,   0},
    {"odd values",      PAGE_URI,
     "{\"urls\":{\"a\":null,\"b\":\"302\",\"c\":-5,\"d\":99999,\"e\":[]},\"url\":\"b\",\"ts\":5}",                       ERR_OK,
     "b",                                                                                                                                                     302, 5},
    {"capitals",        "URN:PageInfo:x",                 "{}",                                                          ERR_OK,     "x",                     0,   0},
    {"not a page list", "urn:text:https://site.example/", "{}",                                                          ERR_SYNTAX, "",                      0,   0},
    {"not an object",   PAGE_URI,                         "[]",                                                          ERR_JSON,   "",                      0,   0},
    {"cut",             PAGE_URI,                         "{\"urls\":{",                                                 ERR_JSON,   "",                      0,   0},
};

static void pageinfo_shapes(void **state)
{
    size_t bad = 0;
    struct arena arena;
    (void)state;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < sizeof page_rows / sizeof *page_rows; i++) {
        struct pageinfo page;
        enum err err = crawl_parse_pageinfo(span_of_string(page_rows[i].uri),
                                            span_of_string(page_rows[i].block), &arena, &page);
        if (err != page_rows[i].err || !is(page.url, page_rows[i].url) ||
            page.status != page_rows[i].status || page.resource_count != page_rows[i].resource_count ||
            (!err && page.time_ns != RECORD_NO_DATE)) {
            print_error("%s: %s, %.*s, %d, %zu\n", page_rows[i].name, err_name(err), SPAN_ARG(page.url),
                        page.status, page.resource_count);
            bad++;
        }
    }
    arena_free(&arena);
    assert_int_equal(bad, 0);
}

static const struct {
    const char *line;
    enum err err;
    const char *id, *url;
    int status;
    bool dated;
} line_rows[] = {
    {"{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"All\"}",           ERR_END,  "",    "",                   0,   false},
    {"",                                                                             ERR_END,  "",    "",                   0,   false},
    {" \r",                                                                          ERR_END,  "",    "",                   0,   false},
    {"{\"id\":\"6-x\",\"url\":\"https://a.example/"
     "\",\"ts\":\"2024-05-14T08:53:09.769Z\",\"status\":200,\"text\":\"x\"}\r", ERR_OK,   "6-x", "https://a.example/", 200, true },
    {"{\"url\":\"https://a.example/\",\"title\":\"k\xf8rekort\"}",                   ERR_OK,   "",    "https://a.example/", 0,
     false                                                                                                                            },
    {"{\"url\":\"https://a.example/\",\"ts\":\"yesterday\",\"status\":\"404\"}",     ERR_OK,   "",
     "https://a.example/",                                                                                                  404, false},
    {"{\"id\":\"x\"}",                                                               ERR_JSON, "",    "",                   0,   false},
    {"{\"url\":5}",                                                                  ERR_JSON, "",    "",                   0,   false},
    {"[]",                                                                           ERR_JSON, "",    "",                   0,   false},
    {"{\"url\":",                                                                    ERR_JSON, "",    "",                   0,   false},
};

static void page_lines(void **state)
{
    size_t bad = 0;
    struct arena arena;
    (void)state;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < sizeof line_rows / sizeof *line_rows; i++) {
        struct page_line page;
        enum err err = crawl_parse_page_line(span_of_string(line_rows[i].line), &arena, &page);
        if (err != line_rows[i].err || !is(page.id, line_rows[i].id) || !is(page.url, line_rows[i].url) ||
            page.status != line_rows[i].status || (page.time_ns != RECORD_NO_DATE) != line_rows[i].dated) {
            print_error("%s: %s\n", line_rows[i].line, err_name(err));
            bad++;
        }
    }
    arena_free(&arena);
    assert_int_equal(bad, 0);
}

static const struct {
    const char *value, *url;
    char hop; /* 0: not an outlink */
    const char *context;
} outlinks[] = {
    {"http://a.example/ L a/@href",           "http://a.example/",          'L', "a/@href" },
    {"http://a.example/x.png E img/@src",     "http://a.example/x.png",     'E', "img/@src"},
    {"http://a.example/a b c.png E img/@src", "http://a.example/a b c.png", 'E', "img/@src"},
    {"http://a.example/ E b L a/@href",       "http://a.example/ E b",      'L', "a/@href" },
    {"http://a.example/ X =JS_MISC",          "http://a.example/",          'X', "=JS_MISC"},
    {"http://a.example/ I",                   "http://a.example/",          'I', ""        },
    {"http://a.example/ R meta",              "http://a.example/",          'R', "meta"    },
    {"http://a.example/\r\n E img/@src",      "http://a.example/",          'E', "img/@src"},
    {"http://a.example/ E\r\n   img/@src",    "http://a.example/",          'E', "img/@src"},
    {"http://a.example/ Q img/@src",          "",                           0,   ""        },
    {"http://a.example/",                     "",                           0,   ""        },
    {"E img/@src",                            "",                           0,   ""        },
    {" E img/@src",                           "",                           0,   ""        },
    {"",                                      "",                           0,   ""        },
};

static void outlink_lines(void **state)
{
    size_t bad = 0;
    struct arena arena;
    (void)state;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < sizeof outlinks / sizeof *outlinks; i++) {
        char block[200];
        struct crawl_metadata meta;
        snprintf(block, sizeof block, "outlink: %s\r\n", outlinks[i].value);
        enum err err = crawl_parse_metadata(span_of_string(block), &arena, &meta);
        bool good = !err && meta.outlink_count == (outlinks[i].hop != 0);
        if (good && outlinks[i].hop)
            good = is(meta.outlinks[0].url, outlinks[i].url) && meta.outlinks[0].hop == outlinks[i].hop &&
                   is(meta.outlinks[0].context, outlinks[i].context);
        if (!good) {
            print_error("%s\n", outlinks[i].value);
            bad++;
        }
    }
    arena_free(&arena);
    assert_int_equal(bad, 0);
}

static void metadata(void **state)
{
    struct arena arena;
    struct crawl_metadata meta;
    (void)state;
    arena_init(&arena, 16u << 20);
    const char *heritrix =
        "via: http://a.example/long\r\n   er\r\nhopsFromSeed: LLE\r\nfetchTimeMs: 47\r\n"
        "outlink: http://b.example/ L a/@href\r\nforce-fetch:\r\noutlink: http://c.example/ E img/@src";
    assert_int_equal(crawl_parse_metadata(span_of_string(heritrix), &arena, &meta), ERR_OK);
    assert_true(is(meta.via, "http://a.example/long er") && is(meta.hops_from_seed, "LLE"));
    assert_int_equal(meta.outlink_count, 2);
    assert_int_equal(meta.exchange_count, -1);
    const char *mark = "url: https://a.example/\nfinalUrl: https://a.example/b\ntitle: A: b\nexchanges: 19\n";
    assert_int_equal(crawl_parse_metadata(span_of_string(mark), &arena, &meta), ERR_OK);
    assert_true(is(meta.page_url, "https://a.example/") && is(meta.final_url, "https://a.example/b"));
    assert_int_equal(meta.exchange_count, 19);
    assert_int_equal(crawl_parse_metadata(SPAN("exchanges: many\nurl:\n"), &arena, &meta), ERR_OK);
    assert_int_equal(meta.exchange_count, -1);
    assert_int_equal(crawl_parse_metadata(SPAN(""), &arena, &meta), ERR_OK);
    assert_int_equal(crawl_parse_metadata(SPAN("{\"a\" b"), &arena, &meta), ERR_SYNTAX);
    arena_free(&arena);
}

static void metadata_limits(void **state)
{
    struct arena arena;
    struct crawl_metadata meta;
    struct buf block;
    (void)state;
    arena_init(&arena, 64u << 20);
    buf_init(&block, SIZE_MAX);
    for (size_t i = 0; i < LIMIT_REFERENCES + 3; i++)
        buf_add_string(&block, "outlink: http://a.example/ E x\n");
    assert_int_equal(crawl_parse_metadata(buf_span(&block), &arena, &meta), ERR_TOO_LARGE);
    assert_int_equal(meta.outlink_count, LIMIT_REFERENCES);
    buf_reset(&block);
    buf_add_string(&block, "via: ");
    for (size_t i = 0; i < LIMIT_URL_BYTES; i++)
        buf_add_string(&block, "x");
    buf_add_string(&block, "x\nhopsFromSeed: E\n");
    assert_int_equal(crawl_parse_metadata(buf_span(&block), &arena, &meta), ERR_TOO_LARGE);
    assert_true(!meta.via.bytes && is(meta.hops_from_seed, "E"));
    buf_free(&block);
    arena_free(&arena);
}

/* formats.md 2.14: what a missing observation may be made of. */
static void abilities(void **state)
{
    (void)state;
    static const struct {
        enum producer producer;
        enum capability capability;
        enum ability expected;
    } rows[] = {
        {PRODUCER_BROWSERTRIX, CAPABILITY_PAGE_LIST,           ABILITY_RELIABLE},
        {PRODUCER_BROWSERTRIX, CAPABILITY_SET_COOKIE,          ABILITY_PARTIAL },
        {PRODUCER_BROWSERTRIX, CAPABILITY_COOKIE_SENT,         ABILITY_PARTIAL },
        {PRODUCER_BROWSERTRIX, CAPABILITY_INITIATOR,           ABILITY_ABSENT  },
        {PRODUCER_ARCHIVEWEB,  CAPABILITY_REPEATED_SET_COOKIE, ABILITY_PARTIAL },
        {PRODUCER_HERITRIX,    CAPABILITY_SET_COOKIE,          ABILITY_RELIABLE},
        {PRODUCER_HERITRIX,    CAPABILITY_COOKIE_SENT,         ABILITY_PARTIAL },
        {PRODUCER_HERITRIX,    CAPABILITY_SCRIPT_COOKIE,       ABILITY_ABSENT  },
        {PRODUCER_WARCPROX,    CAPABILITY_BEACON,              ABILITY_RELIABLE},
        {PRODUCER_WGET,        CAPABILITY_REFERER,             ABILITY_PARTIAL },
        {PRODUCER_COMMONCRAWL, CAPABILITY_COOKIE_SENT,         ABILITY_ABSENT  },
        {PRODUCER_SQUIDWARC,   CAPABILITY_DATE,                ABILITY_ABSENT  },
        {PRODUCER_ARC,         CAPABILITY_SET_COOKIE,          ABILITY_RELIABLE},
        {PRODUCER_ARC,         CAPABILITY_REFERER,             ABILITY_ABSENT  },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (producer_ability(rows[i].producer, rows[i].capability) != rows[i].expected)
            fail_msg("row %zu: %s %s", i, producer_name(rows[i].producer),
                     capability_name(rows[i].capability));
    for (int c = 0; c < CAPABILITY_COUNT; c++) /* of an unknown producer nothing follows */
        assert_true(producer_ability(PRODUCER_UNKNOWN, (enum capability)c) != ABILITY_RELIABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(producers),        cmocka_unit_test(warcinfo),
        cmocka_unit_test(names_and_traits), cmocka_unit_test(guesses),
        cmocka_unit_test(pageinfo),         cmocka_unit_test(pageinfo_shapes),
        cmocka_unit_test(page_lines),       cmocka_unit_test(outlink_lines),
        cmocka_unit_test(metadata),         cmocka_unit_test(metadata_limits),
        cmocka_unit_test(abilities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
