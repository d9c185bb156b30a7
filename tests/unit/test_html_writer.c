// SPDX-License-Identifier: MIT
#include "7_report/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static void expect_page(const char *row, struct buf *out, const char *want)
{
    assert_int_equal(out->err, ERR_OK);
    if (!span_equal(buf_span(out), span_of_string(want)))
        fail_msg("%s: got '%.*s', want '%s'", row, SPAN_ARG(buf_span(out)), want);
}

static void test_text_is_escaped(void **state)
{
    (void)state;
    static const struct {
        const char *text, *written;
    } rows[] = {
        {"plain",                        "plain"                             },
        {"<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"},
        {"a & b &amp; c",                "a &amp; b &amp;amp; c"             },
        {"\"'",                          "&quot;&#39;"                       },
        {"</b></p>",                     "&lt;/b&gt;&lt;/p&gt;"              },
        {"\xFFok",                       "\uFFFDok"                          },
        {"bl\u00E5",                     "bl\u00E5"                          },
    };
    struct buf out;
    buf_init(&out, 1u << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char want[200];
        struct html html;
        buf_reset(&out);
        html_init(&html, &out, false);
        html_element_string(&html, "b", NULL, rows[i].text);
        html_finish(&html);
        snprintf(want, sizeof want, "<b>%s</b>\n", rows[i].written);
        expect_page(rows[i].text, &out, want);

        buf_reset(&out);
        html_init(&html, &out, false);
        html_open(&html, "b", NULL);
        html_set(&html, "title", rows[i].text);
        html_close(&html);
        html_finish(&html);
        snprintf(want, sizeof want, "<b title=\"%s\"></b>\n", rows[i].written);
        expect_page(rows[i].text, &out, want);
    }
    buf_free(&out);
}

static void test_links_stay_here(void **state)
{
    (void)state;
    static const struct {
        const char *href, *written;
    } rows[] = {
        {"data/units.csv",        "data/units.csv"     },
        {"../index.html#kap-1",   "../index.html#kap-1"},
        {"#top",                  "#top"               },
        {"javascript:alert(1)",   "#"                  },
        {"JaVaScRiPt:alert(1)",   "#"                  },
        {"//evil.example/",       "#"                  },
        {"/etc/passwd",           "#"                  },
        {"https://evil.example/", "#"                  },
        {"java\tscript:x",        "#"                  },
        {"\\\\evil.example",      "#"                  },
        {"a/b:c",                 "a/b:c"              },
    };
    struct buf out;
    buf_init(&out, 1u << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char want[200];
        struct html html;
        buf_reset(&out);
        html_init(&html, &out, false);
        html_link(&html, span_of_string(rows[i].href), SPAN("x"));
        html_finish(&html);
        snprintf(want, sizeof want, "<a href=\"%s\">x</a>\n", rows[i].written);
        expect_page(rows[i].href, &out, want);
    }
    buf_free(&out);
}

static void test_nesting(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1u << 20);
    struct html html;
    html_init(&html, &out, true);
    html_open(&html, "main", NULL);
    html_open(&html, "p", "lead");
    HTML_FILL(&html, "{} af {} <b>", SPAN("1"), SPAN("<2>"));
    html_open(&html, "br", NULL);
    html_close(&html);
    html_string(&html, "slut");
    html_close(&html);
    html_close(&html);
    html_finish(&html);
    expect_page("page", &out,
                "<!DOCTYPE html>\n<main>\n<p class=\"lead\">1 af &lt;2&gt; &lt;b&gt;<br>slut</p></main>\n");
    buf_free(&out);
}

static void test_style(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1u << 20);
    struct html html;
    html_init(&html, &out, false);
    html_style(&html, "a > b { color: red }");
    html_finish(&html);
    expect_page("style", &out, "<style>a > b { color: red }</style>\n");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_is_escaped),
        cmocka_unit_test(test_links_stay_here),
        cmocka_unit_test(test_nesting),
        cmocka_unit_test(test_style),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
