// SPDX-License-Identifier: MIT
/* Documents as rows: markup in, "class condition url" out, in the order of the document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "3_extract/html.h"
#include "base/buf.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

// clang-format off
static const struct {
    const char *why, *html, *expected;
} rows[] = {
    {"plain elements", "<script src=a></script><img src='b'><link rel=stylesheet href=\"c\"><iframe src=d></iframe>",
     "D1 none a\nD1 none b\nD1 none c\nD1 none d\n"},
    {"comments hide", "<!-- <script src=a></script> --><img src=b>", "D1 none b\n"},
    {"textarea and title are text", "<title><img src=a></title><textarea><img src=b></textarea><img src=c>", "D1 none c\n"},
    {"template content is inert", "<template><img src=a></template><img src=b>", "D1 none b\n"},
    {"escaped code is text", "<code>&lt;script src=\"a\"&gt;</code>", ""},
    {"meta images and JSON-LD fetch nothing", "<meta property=og:image content=https://t.example/x><script type=application/ld+json>{\"a\":\"https://t.example/y\"}</script>", ""},
    {"links and forms are the user's", "<a href=a>x</a><form action=b></form>", ""},
    {"data-src waits for a script", "<img data-src=/a.gif>", "D2 data a.gif\n"},
    {"the base governs what stands before it too", "<img src=a><base href=b/><img src=c>", "D1 none b/a\nD1 none b/c\n"},
    {"of repeated attributes the first", "<img src=a src=b>", "D1 none a\n"},
    {"references in values are decoded", "<img src='a?b=1&amp;c=2'>", "D1 none a?b=1&c=2\n"},
    {"a cell outside of any table makes no element", "<p><td background=a style='b:url(c)'></p><table><tr><td background=d></table><th background=e>",
     "D1 none d\n"},
    {"a cell in a template that is shown needs no table", "<template shadowrootmode=open><td background=a></template>", "D1 none a\n"},
    {"an svg that is left open ends with what it stands in", "<table><tr><td><svg><g></td><td><script src=a></script></table><div><math><mi>x</div><iframe src=b></iframe>",
     "D1 none a\nD1 none b\n"},
    {"a tag that cannot stand in svg ends it", "<svg><script src=a></script><p><script src=b></script>", "D1 none b\n"},
    {"data and javascript URLs are no contact", "<img src=data:image/gif;base64,AA><iframe src='javascript:x'></iframe>", ""},
};
// clang-format on

static void test_rows(void **state)
{
    (void)state;
    struct arena arena;
    struct buf found;
    struct url base;
    struct span prefix = SPAN("https://a.example/");
    arena_init(&arena, 64u << 20);
    buf_init(&found, 1u << 20);
    assert_int_equal(url_parse(prefix, NULL, &arena, &base), ERR_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct html_document document = {0};
        buf_reset(&found);
        assert_int_equal(
            html_scan(span_of_string(rows[i].html), &base, SPAN("utf-8"), NULL, &arena, &document), ERR_OK);
        for (size_t k = 0; k < document.references.count; k++) {
            const struct reference *r = &document.references.items[k];
            buf_format(&found, "%s %s %.*s\n", evidence_name(r->evidence),
                       r->condition == CONDITION_NONE ? "none" : condition_name(r->condition),
                       SPAN_ARG(span_from(r->url.href, prefix.bytes)));
        }
        if (!span_equal(buf_span(&found), span_of_string(rows[i].expected)))
            fail_msg("%s\n%s\nfound:\n%.*sexpected:\n%s", rows[i].why, rows[i].html,
                     SPAN_ARG(buf_span(&found)), rows[i].expected);
    }
    buf_free(&found);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
