// SPDX-License-Identifier: MIT
/* Style sheets as rows: text in, "class condition resource url" out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "3_extract/css.h"
#include "base/buf.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct row {
    const char *why, *css, *expected;
    enum css_place place;
};
// clang-format off
static const struct row rows[] = {
    {"unquoted, quoted, single quoted", "a{b:url(x)}c{d:url( \"y\" )}e{f:url('z')}",
     "D2 rule image x\nD2 rule image y\nD2 rule image z\n", CSS_SHEET},
    {"a style attribute's url is fetched with the element", "background:url(x)", "D1 none image x\n", CSS_INLINE},
    {"inline: one of a set", "background:image-set('x' 1x, url(y) 2x)", "D2 candidate image x\nD2 candidate image y\n", CSS_INLINE},
    {"@import in its forms", "@import 'a';@import url(b);@import url(\"c\") all;@import \"d\" layer(base);@IMPORT 'e' layer;",
     "D1 none stylesheet a\nD1 none stylesheet b\nD1 none stylesheet c\nD1 none stylesheet d\nD1 none stylesheet e\n", CSS_SHEET},
    {"@import with a condition", "@import 'a' print;@import url(b) supports(display:grid);@import 'c' (min-width:1px);@import 'd' layer(x) screen;",
     "D2 media stylesheet a\nD2 media stylesheet b\nD2 media stylesheet c\nD2 media stylesheet d\n", CSS_SHEET},
    {"@import that ends with the sheet", "@import 'a'", "D1 none stylesheet a\n", CSS_SHEET},
    {"@import after a rule is ignored", "a{}@import 'b';", "", CSS_SHEET},
    {"@import after @charset and a layer statement holds", "@charset 'utf-8';@layer a,b;@import 'c';", "D1 none stylesheet c\n", CSS_SHEET},
    {"@import inside a block is ignored", "@media print{@import 'a';}", "", CSS_SHEET},
    {"@namespace names, it does not fetch", "@namespace url(http://www.w3.org/1999/xhtml);@namespace s 'x';a{b:url(y)}", "D2 rule image y\n", CSS_SHEET},
    {"@document's own url is a selector", "@document url(x){a{b:url(y)}}", "D2 rule image y\n", CSS_SHEET},
    {"@font-face", "@font-face{font-family:A;src:local(A),url(a.woff2) format('woff2'),url(b.woff) format('woff')}",
     "D2 font font a.woff2\nD2 font font b.woff\n", CSS_SHEET},
    {"media and supports blocks", "@media (min-width:9px){a{b:url(x)}@supports (c:d){e{f:url(y)}}}g{h:url(z)}",
     "D2 media image x\nD2 media image y\nD2 rule image z\n", CSS_SHEET},
    {"image-set, its strings and its types", "a{b:-webkit-image-set(url(x) 1x,'y' 2x type('image/png'))}",
     "D2 candidate image x\nD2 candidate image y\n", CSS_SHEET},
    {"src() takes strings", "a{b:src('x')}", "D2 rule image x\n", CSS_SHEET},
    {"comments and strings hide", "/* url(x) */a{content:'url(y)';b:url(z)/*url(w)*/}", "D2 rule image z\n", CSS_SHEET},
    {"escapes before URL parsing", "a{b:url(x\\29 y)}e{f:url('\\78\\79')}", "D2 rule image x)y\nD2 rule image xy\n", CSS_SHEET},
    {"a bad url is skipped to its bracket", "a{b:url(x y);c:url(z\")}d{e:url(w)}", "D2 rule image w\n", CSS_SHEET},
    {"a broken string ends with its line", "a{b:'x\n;c:url(y)}", "D2 rule image y\n", CSS_SHEET},
    {"fragments and empty values are no fetch", "a{b:url(#f);c:url();d:url('')}", "", CSS_SHEET},
    {"data and javascript are no network", "a{b:url(data:image/png;base64,AA);c:url(javascript:x)}", "", CSS_SHEET},
    {"custom properties", ":root{--x:url(y)}", "D2 rule image y\n", CSS_SHEET},
    {"behavior of old browsers", "a{behavior:url(x.htc);-moz-binding:url(y);color:url(z)}",
     "D2 legacy image x.htc\nD2 legacy image y\nD2 rule image z\n", CSS_SHEET},
    {"escapes in names: url, src, @import, image-set, behavior",
     "@\\69mport 'a';@import u\\72l(b);c{d:url\\72l(e);f:ur\\6c(g);h:\\55 RL( 'i');j:\\75 rl(k l);m:s\\72 c('n');o:im\\61ge-set('p' 1x);behavi\\6fr:url(q)}",
     "D1 none stylesheet a\nD1 none stylesheet b\nD2 rule image g\nD2 rule image i\nD2 rule image n\nD2 candidate image p\nD2 legacy image q\n", CSS_SHEET},
    {"an escaped layer and an escaped condition", "@import 'a' l\\61yer(b);@import 'c' \\61ll;@import 'd' s\\63reen;",
     "D1 none stylesheet a\nD1 none stylesheet c\nD2 media stylesheet d\n", CSS_SHEET},
    {"a name that is escaped to something longer or shorter is another", "a{b:url\\6c(x);c:u\\72(y);d:\\1F4A9 url(z);e:urL\\0(w)}", "", CSS_SHEET},
    {"escapes where nothing is left", "a{b:\\", "", CSS_SHEET},
    {"@import with everything, in CSS's order", "@import url(a) layer(b.c) supports((d:e) and (f:g)) screen and (h:1px);@import 'i'layer(j)supports(k:l);@import 'm' layer supports(selector(n > o));",
     "D2 media stylesheet a\nD2 media stylesheet i\nD2 media stylesheet m\n", CSS_SHEET},
    {"@import without quotes, with a media word, as old browsers took it", "@import url(x) screen;", "D2 media stylesheet x\n", CSS_SHEET},
    {"@import from src()", "@import src('a');", "D1 none stylesheet a\n", CSS_SHEET},
    {"@import of nothing that is fetched", "@import url(#a);@import '';@import data:x;@import url(data:text/css,a);", "", CSS_SHEET},
    {"cross-fade of both names takes all its images", "a{b:cross-fade(url(x) 20%, url('y'));c:-webkit-cross-fade(url(z),url(w),50%)}",
     "D2 rule image x\nD2 rule image y\nD2 rule image z\nD2 rule image w\n", CSS_SHEET},
    {"properties that take images", "a{cursor:url(a),auto;list-style:url(b);content:url(c);border-image:url(d) 1;mask:url(e);filter:url(f#g);shape-outside:url(h)}",
     "D2 rule image a\nD2 rule image b\nD2 rule image c\nD2 rule image d\nD2 rule image e\nD2 rule image f#g\nD2 rule image h\n", CSS_SHEET},
    {"cross-fade, cursor, mask in a style attribute", "a:cross-fade(url(x),url(y));cursor:url(z),auto;mask:url(w#m)",
     "D1 none image x\nD1 none image y\nD1 none image z\nD1 none image w#m\n", CSS_INLINE},
    {"@font-face with ranges and src()", "@font-face{src:url(a);unicode-range:U+26}@font-face{src:src('b')}", "D2 font font a\nD2 font font b\n", CSS_SHEET},
    {"a font inside a condition stays a font", "@media print{@font-face{src:url(a)}}", "D2 font font a\n", CSS_SHEET},
    {"image-set: strings in type() are no images", "a{b:image-set(url('x') type('y'), 'z' 2x type('w'))}", "D2 candidate image x\nD2 candidate image z\n", CSS_SHEET},
    {"@container, @scope, @layer, @starting-style hold rules", "@container (a){b{c:url(d)}}@scope(.e){f{g:url(h)}}@layer i{j{k:url(l)}}@starting-style{m{n:url(o)}}",
     "D2 media image d\nD2 rule image h\nD2 rule image l\nD2 rule image o\n", CSS_SHEET},
    {"a url in the prelude of a rule is not fetched", "@media url(a){b{c:url(d)}}@supports (e:url(f)){g{h:i}}@namespace src('j');", "D2 media image d\n", CSS_SHEET},
    {"a custom property of a style attribute is fetched where it is used, if at all", "--a:url(x);--b:c url(y) (d:e) url(z);f:url(w);--g:{h:i;j:url(k)};l:url(m)",
     "D2 rule image x\nD2 rule image y\nD2 rule image z\nD1 none image w\nD2 rule image k\nD1 none image m\n", CSS_INLINE},
    {"bad urls of all kinds end at their bracket", "a{b:url(x'y);c:url(p(q);d:url(r\\\ns);e:url(t\1u)}f{g:url(v)}", "D2 rule image v\n", CSS_SHEET},
    {"a bracket escaped in a bad url does not end it", "a{b:url(x y\\) url(z)}", "", CSS_SHEET},
    {"white space in and around an unquoted url", "a{b:url(\n\tx\t\n)}", "D2 rule image x\n", CSS_SHEET},
    {"strings of ordinary functions are no urls", "a{b:attr('x');c:format('y');d:local('z');e:format(url(w))}", "D2 rule image w\n", CSS_SHEET},
    {"fragments in any form", "a{b:url('#c');d:url( #e );f:src('#g');h:url(\\23 i)}", "", CSS_SHEET},
    {"an open sheet", "a{b:url(x", "D2 rule image x\n", CSS_SHEET},
    {"a url outside of any block is nothing", "url(x)", "", CSS_SHEET},
    {"CDO and CDC", "<!-- a{b:url(x)} -->", "D2 rule image x\n", CSS_SHEET},
    {"many brackets do not run away", "a{b:((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((url(x)", "D2 rule image x\n", CSS_SHEET},
    {"NUL and high bytes are names", "a\xff{b:url(x)}", "D2 rule image x\n", CSS_SHEET},
};
// clang-format on

static void test_rows(void **state)
{
    (void)state;
    struct arena arena;
    struct buf found;
    arena_init(&arena, 64u << 20);
    buf_init(&found, 1u << 20);
    struct url base;
    struct span prefix = SPAN("https://a.example/");
    assert_int_equal(url_parse(prefix, NULL, &arena, &base), ERR_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reference_list list = {0};
        buf_reset(&found);
        assert_int_equal(css_scan(span_of_string(rows[i].css), &base, rows[i].place, "css", 0, &arena, &list),
                         ERR_OK);
        for (size_t k = 0; k < list.count; k++) {
            const struct reference *r = &list.items[k];
            buf_format(&found, "%s %s %s %.*s\n", evidence_name(r->evidence),
                       r->condition == CONDITION_NONE ? "none" : condition_name(r->condition),
                       resource_name(r->resource), SPAN_ARG(span_from(r->url.href, prefix.bytes)));
            assert_true(r->at <= strlen(rows[i].css));
        }
        if (!span_equal(buf_span(&found), span_of_string(rows[i].expected)))
            fail_msg("%s\n%s\nfound:\n%.*sexpected:\n%s", rows[i].why, rows[i].css,
                     SPAN_ARG(buf_span(&found)), rows[i].expected);
    }
    buf_free(&found);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests_name("css", tests, NULL, NULL);
}
