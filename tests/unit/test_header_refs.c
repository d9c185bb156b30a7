// SPDX-License-Identifier: MIT
/* Heads as rows: fields in, "class condition resource url" out, in the order of the head. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "3_extract/header_refs.h"
#include "base/buf.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define T        "https://t.example/"

// clang-format off
static const struct {
    const char *why, *fields, *expected;
} rows[] = {
    {"a head without any", "Content-Type: text/html\r\nX-Link: <a>; rel=preload; as=script\r\n", ""},
    {"one of each rel", "Link: <a>; rel=preload; as=script, <b>; rel=preconnect, <c>; rel=dns-prefetch, <d>; rel=modulepreload, <e>; rel=prefetch\r\n",
     "D1 none script /x/a\nC none connect /x/b\nC none other /x/c\nD1 none script /x/d\nD2 hint prefetch /x/e\n"},
    {"style sheets of a head are for one browser, manifests for none", "Link: <a>; rel=stylesheet, <b>; rel=manifest, <c>; rel=prerender\r\n",
     "D2 hint stylesheet /x/a\nD2 legacy manifest /x/b\nD2 legacy prefetch /x/c\n"},
    {"what fetches nothing, also of an element", "Link: <a>; rel=canonical, <b>; rel=icon, <c>; rel=\"alternate next\", <d>; rel=import, <e>\r\n", ""},
    {"several fields", "Link: <" T "a>; rel=preconnect\r\nlink: <//u.example>; rel=preconnect\r\n", "C none connect " T "a\nC none connect https://u.example/\n"},
    {"quoted, any case, blanks", "Link:   < /a >  ;  REL = \"PreLoad\" ; As=\"STYLE\" ;crossorigin,,<b>;rel=preconnect ,\r\n", "D1 none stylesheet /a\nC none connect /x/b\n"},
    {"commas, semicolons and angles in quotes", "Link: <a>; title=\"x, <no>; rel=preload; as=script\"; rel=preconnect\r\n", "C none connect /x/a\n"},
    {"escapes in quotes", "Link: <a>; title=\"x\\\", <no>; rel=preconnect\"; rel=\"pre\\connect\"\r\n", "C none connect /x/a\n"},
    {"a comma in the target", "Link: <a,b;c>; rel=preconnect\r\n", "C none connect /x/a,b;c\n"},
    {"references are not of HTML", "Link: <a?b=1&amp;c>; rel=preconnect\r\n", "C none connect /x/a?b=1&amp;c\n"},
    {"several rels", "Link: <a>; rel=\"preload  dns-prefetch\tpreload\"; as=font\r\n", "D1 none font /x/a\nC none other /x/a\n"},
    {"the first rel counts", "Link: <a>; rel=canonical; rel=preconnect\r\n", ""},
    {"a preload without what it is for", "Link: <a>; rel=preload, <b>; rel=preload; as=nothing\r\n", ""},
    {"media", "Link: <a>; rel=preload; as=style; media=\"(max-width: 9em), print\", <b>; rel=preload; as=style; media=all\r\n",
     "D2 media stylesheet /x/a\nD1 none stylesheet /x/b\n"},
    {"candidates", "Link: <a>; rel=preload; as=image; imagesrcset=\"b 1x, c 2x\"\r\n",
     "D2 candidate image /x/a\nD2 candidate image /x/b\nD2 candidate image /x/c\n"},
    {"candidates without a target", "Link: <>; rel=preload; as=image; imagesrcset=\"b 100w\"\r\n", "D2 candidate image /x/b\n"},
    {"candidates of something else", "Link: <a>; rel=prefetch; as=image; imagesrcset=\"b 1x\"\r\n", "D2 hint prefetch /x/a\n"},
    {"links of another document", "Link: <a>; rel=preconnect; anchor=\"#b\"\r\n", ""},
    {"broken links, and one that is none", "Link: a; rel=preconnect, <b; rel=preconnect\r\nLink: <c> x; rel=preconnect, <d>; rel=preconnect, <e; rel=preconnect\r\n", "C none connect /x/d\n"},
    {"a quote that does not end", "Link: <a>; rel=preconnect; title=\"x, <b>; rel=preconnect\r\n", "C none connect /x/a\n"},
    {"no network", "Link: <data:,x>; rel=preload; as=script, <about:blank>; rel=preconnect\r\n", ""},
    {"refresh", "Refresh: 0; url=" T "\r\n", "N none redirect " T "\n"},
    {"refresh without words", "Refresh: 5;'/a b'\r\n", "N none redirect /a%20b\n"},
    {"refresh of itself", "Refresh: 300\r\nRefresh: x; url=/a\r\n", ""},
    {"speculation rules", "Speculation-Rules: \"/a.json\", \"" T "b\";x=\"c,d\" , token\r\n", "D2 hint fetch /a.json\nD2 hint fetch " T "b\n"},
    {"endpoints", "Reporting-Endpoints: default=\"" T "a\", csp=\"/b\";x=1, \"c\", d=e, f=\"http://t.example/f\"\r\n", "D2 report report " T "a\nD2 report report /b\n"},
    {"groups of endpoints", "Report-To: {\"group\":\"a\",\"max_age\":9,\"endpoints\":[{\"url\":\"" T "a\"},{\"url\":\"" T "b\"}]},{\"max_age\":9,\"endpoints\":[{\"url\":\"" T "c\"}]}\r\n",
     "D2 report report " T "a\nD2 report report " T "b\nD2 report report " T "c\n"},
    {"a group that is taken back, one that is none", "Report-To: {\"max_age\":0,\"endpoints\":[{\"url\":\"" T "a\"}]}, 7\r\nReport-To: {\"endpoints\r\nNEL: {\"report_to\":\"a\",\"max_age\":9}\r\n", ""},
    {"policies", "Content-Security-Policy: default-src https://no.example; report-uri " T "a /b; report-to c, img-src *; report-uri http://t.example/d\r\n"
     "content-security-policy-report-only: Report-URI /e\r\n", "D2 report report " T "a\nD2 report report /b\nD2 report report http://t.example/d\nD2 report report /e\n"},
};
// clang-format on

static void add_line(struct buf *out, const struct reference *r)
{
    struct span own = SPAN("https://a.example"), href = r->url.href;
    if (span_starts(href, own))
        href = span_from(href, own.bytes);
    buf_format(out, "%s %s %s %.*s\n", evidence_name(r->evidence),
               r->condition == CONDITION_NONE ? "none" : condition_name(r->condition),
               resource_name(r->resource), SPAN_ARG(href));
}

static void test_rows(void **state)
{
    (void)state;
    struct arena arena;
    struct buf text, found;
    struct url document;
    arena_init(&arena, 64u << 20);
    buf_init(&text, 1u << 20);
    buf_init(&found, 1u << 20);
    assert_int_equal(url_parse(SPAN("https://a.example/x/y"), NULL, &arena, &document), ERR_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct http_head head;
        struct reference_list list = {0};
        buf_reset(&text);
        buf_reset(&found);
        buf_format(&text, "HTTP/1.1 200 OK\r\n%s\r\n", rows[i].fields);
        assert_int_equal(exchange_parse(buf_span(&text), &arena, &head), ERR_OK);
        assert_int_equal(header_refs_scan(&head, &document, &arena, &list), ERR_OK);
        for (size_t k = 0; k < list.count; k++) {
            assert_string_equal(list.items[k].element, "header");
            add_line(&found, &list.items[k]);
        }
        if (!span_equal(buf_span(&found), span_of_string(rows[i].expected)))
            fail_msg("%s\n%s\nfound:\n%.*sexpected:\n%s", rows[i].why, rows[i].fields,
                     SPAN_ARG(buf_span(&found)), rows[i].expected);
    }
    buf_free(&text);
    buf_free(&found);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests_name("header_refs", tests, NULL, NULL);
}
