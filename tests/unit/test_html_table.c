// SPDX-License-Identifier: MIT
/*
 * test_html_table.c - the element table of the evidence page, row by row: what a browser fetches by itself (D1), under a
 * condition (D2), what it only connects to (C), what the visitor's doing takes (N: left out but for the redirect), and nothing.
 * A line of `expected`: class, condition, resource, attribute, URL.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "3_extract/html.h"
#include "base/buf.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define T        "https://t.example/"

// clang-format off
static const struct {
    const char *row, *html, *expected;
} rows[] = {
    {"img src, image src", "<img src=a><image src=b><IMG SRC=c>", "D1 none image src a\nD1 none image src b\nD1 none image src c\n"},
    {"img src, lazy", "<img src=a loading=lazy><img src=b loading=LAZY><img src=c loading=eager>", "D2 lazy image src a\nD2 lazy image src b\nD1 none image src c\n"},
    {"img src, another candidate may be taken", "<img src=a srcset='b 2x'><img src=c srcset=''><picture><source srcset=d><img src=e></picture><img src=f>",
     "D2 candidate image src a\nD2 candidate image srcset b\nD1 none image src c\nD2 candidate image srcset d\nD2 candidate image src e\nD1 none image src f\n"},
    {"srcset", "<img srcset='a 1x, b,c 2x,d,, e 3w 4h , f(g,h) (i, j) k, l 0w, m 1x 2x, n'>",
     "D2 candidate image srcset a\nD2 candidate image srcset b,c\nD2 candidate image srcset d\nD2 candidate image srcset e\nD2 candidate image srcset n\n"},
    {"srcset of a source outside of picture", "<source srcset=a><video><source srcset=b></video>", ""},
    {"lowsrc, dynsrc", "<img lowsrc=a dynsrc=b>", ""},
    {"input type=image", "<input type=image src=a><input type=IMAGE src=b><input src=c><input type=text src=d>", "D1 none image src a\nD1 none image src b\n"},
    {"video src, audio src", "<video src=a></video><audio src=b></audio>", "D1 none media src a\nD1 none media src b\n"},
    {"video src, preload=none", "<video src=a preload=none></video><audio src=b preload=none autoplay></audio>", "D2 lazy media src a\nD1 none media src b\n"},
    {"source src", "<video><source src=a><source src=b></video><video src=c><source src=d></video><source src=e>",
     "D2 candidate media src a\nD2 candidate media src b\nD1 none media src c\n"},
    {"video poster", "<video poster=a></video><audio poster=b></audio>", "D1 none image poster a\n"},
    {"track src", "<video><track src=a default><track src=b></video><track src=c>", "D2 candidate texttrack src a\nD2 candidate texttrack src b\n"},
    {"embed src", "<embed src=a><embed src=b type=image/svg+xml><embed src=c type=text/html><embed src=d type=application/pdf>",
     "D1 none frame src a\nD1 none image src b\nD1 none frame src c\nD1 none frame src d\n"},
    {"embed src of a plug-in", "<embed src=a type=application/x-shockwave-flash><embed src=b.swf?c><embed src=d type=video/x-ms-wmv><embed src=e.swf type=text/html>",
     "D2 legacy frame src a\nD2 legacy frame src b.swf?c\nD2 legacy frame src d\nD1 none frame src e.swf\n"},
    {"object data", "<object data=a></object><object data=b type=image/png></object>", "D1 none frame data a\nD1 none image data b\n"},
    {"object data, children are fetched but for what is shown instead", "<object data=a><object data=b></object><embed src=c><img src=d></object><embed src=e>",
     "D1 none frame data a\nD2 candidate frame data b\nD2 candidate frame src c\nD1 none image src d\nD1 none frame src e\n"},
    {"object, embed in media", "<video src=a><object data=b></object><embed src=c></video>", "D1 none media src a\nD2 legacy frame data b\nD2 legacy frame src c\n"},
    {"object codebase: where a control came from, no base", "<object classid=clsid:D27 codebase=a/b.cab data=c></object><object codebase=d/ data=e></object>",
     "D2 legacy frame data c\nD2 legacy other codebase a/b.cab\nD1 none frame data e\n"},
    {"object param", "<object><param name=movie value=a><param name=SRC value=b><param name=quality value=c></object><param name=movie value=d>",
     "D2 legacy other value a\nD2 legacy other value b\n"},
    {"applet", "<applet code=a archive='b,c'></applet><applet codebase=d/ code=e></applet>",
     "D2 legacy other archive b\nD2 legacy other archive c\nD2 legacy other code a\nD2 legacy other code d/e\n"},
    {"iframe src, frame src", "<iframe src=a></iframe><frame src=b><frameset><frame src=c></frameset>", "D1 none frame src a\nD1 none frame src c\n"},
    {"iframe src, lazy, none", "<iframe src=a loading=lazy></iframe><iframe src=about:blank></iframe><iframe src='javascript:b'></iframe>", "D2 lazy frame src a\n"},
    {"iframe srcdoc", "<base href=b/><iframe src=x srcdoc='<img src=a><iframe srcdoc=\"&amp;lt;script src=c&amp;gt;\"></iframe><base href=" T "><img src=d>'></iframe>",
     "D1 none image src " T "a\nD1 none image src " T "d\nD1 none script src " T "c\n"},
    {"iframe srcdoc: the base of its parent", "<iframe srcdoc='<img src=a>'></iframe><base href=b/>", "D1 none image src b/a\n"},
    {"iframe srcdoc, lazy", "<iframe loading=lazy srcdoc='&lt;img src=&quot;a&amp;amp;b&quot;>'></iframe>", "D2 lazy image src a&b\n"},
    {"fencedframe, portal", "<fencedframe src=a></fencedframe><portal src=b></portal>", "D2 legacy frame src a\nD2 legacy frame src b\n"},
    {"script src", "<script src=a></script><script src=b type=module></script><script src=c type=' TEXT/JavaScript '></script><script src=d type=''></script><script src=e language=javascript1.2></script>",
     "D1 none script src a\nD1 none script src b\nD1 none script src c\nD1 none script src d\nD1 none script src e\n"},
    {"script src of other types", "<script src=a type=text/plain></script><script src=b type=application/json></script><script src=c type=text/template></script><script src=d language=vbscript></script>",
     "D2 type script src a\nD2 type script src b\nD2 type script src c\nD2 type script src d\n"},
    {"script kept back by a consent tool", "<script type=text/plain data-src=" T "a data-cookieconsent=marketing></script>", "D2 data script data-src " T "a\n"},
    {"script nomodule, script for", "<script nomodule src=a></script><script for=b event=c src=d></script><script for=window event='onload()' src=e></script>",
     "D2 legacy script src a\nD2 legacy script src d\nD1 none script src e\n"},
    {"script content is no markup", "<script>'<img src=a>'</script><script><!-- <script> </script> <img src=b> --></script><img src=c>", "D1 none image src c\n"},
    {"import map", "<script type=importmap>{\"imports\": {\"a\": \"/b.js\", \"c\": \"" T "d\", \"e\": \"f\", \"g\": null, \"h/\": \"./i/\", \"j/\": \"./k\"},"
     "\"scopes\": {\"/l/\": {\"a\": \"../m.js\"}, \"n\": 1}, \"integrity\": {\"/o.js\": \"sha\"}}</script>",
     "D2 import script importmap b.js\nD2 import script importmap " T "d\nD2 import script importmap i/\nD2 import script importmap m.js\n"},
    {"import map that is none", "<script type=importmap src=x>{\"imports\":{\"a\":\"/b\"}}</script><script type=importmap>{\"imports\":{\"a\":\"/b\"}</script><script type=importmap>{\"imports\":[\"/c\"]}</script>"
     "<noscript><script type=importmap>{\"imports\":{\"a\":\"/b\"}}</script></noscript><script type=application/json>{\"imports\":{\"a\":\"/b\"}}</script>", ""},
    {"import map, resolved against a base that comes later", "<script type=IMPORTMAP>{\"imports\":{\"a\":\"./b\"}}</script><base href=" T ">", "D2 import script importmap " T "b\n"},
    {"speculation rules", "<script type=speculationrules>{\"prefetch\":[{\"source\":\"list\",\"urls\":[\"a\",\"" T "b\"],\"eagerness\":\"eager\"},{\"urls\":[\"c\"]}],"
     "\"prerender\":[{\"urls\":[\"d\"],\"relative_to\":\"document\"},{\"source\":\"document\",\"urls\":[\"e\"]},{\"where\":{\"href_matches\":\"/*\"}},1],\"other\":[{\"urls\":[\"f\"]}]}</script>",
     "D2 hint prefetch speculationrules a\nD2 hint prefetch speculationrules " T "b\nD2 hint prefetch speculationrules c\nD2 hint prefetch speculationrules d\n"},
    {"link rel=stylesheet", "<link rel=stylesheet href=a><link rel='stylesheet' media=print href=b onload=x><link rel='alternate stylesheet' title=x href=c><link rel=stylesheet href=d disabled><link rel=stylesheet type=text/less href=e>",
     "D1 none stylesheet href a\nD1 none stylesheet href b\nD1 none stylesheet href c\nD2 type stylesheet href e\n"},
    {"link rel=icon", "<link rel=icon href=a><link rel='shortcut icon' href=b><link rel=apple-touch-icon href=c><link rel=apple-touch-icon-precomposed href=d><link rel=mask-icon href=e>",
     "D1 none image href a\nD1 none image href b\nD2 hint image href c\nD2 hint image href d\nD2 hint image href e\n"},
    {"link rel=preload", "<link rel=preload as=script href=a><link rel=preload as=font href=b><link rel=preload href=c><link rel=preload as=nonsense href=d><link rel=preload as=style media=print href=e><link rel=preload as=IMAGE href=f media=all>",
     "D1 none script href a\nD1 none font href b\nD2 media stylesheet href e\nD1 none image href f\n"},
    {"link imagesrcset", "<link rel=preload as=image href=a imagesrcset='b 1x, c 2x'><link rel=stylesheet imagesrcset='d 1x'>",
     "D2 candidate image href a\nD2 candidate image imagesrcset b\nD2 candidate image imagesrcset c\n"},
    {"link rel=modulepreload", "<link rel=modulepreload href=a><link rel=modulepreload as=worker href=b><link rel=modulepreload as=image href=c><link rel=modulepreload media=print href=d>",
     "D1 none script href a\nD1 none worker href b\nD2 media script href d\n"},
    {"link rel=prefetch, prerender, next", "<link rel=prefetch href=a><link rel=prerender href=b><link rel=next href=c>", "D2 hint prefetch href a\nD2 hint prefetch href b\n"},
    {"link rel=dns-prefetch, preconnect", "<link rel=dns-prefetch href=//t.example><link rel=preconnect href=//t.example crossorigin>", "C none other href " T "\nC none connect href " T "\n"},
    {"link rel=manifest, compression-dictionary", "<link rel=manifest href=a><link rel=compression-dictionary href=b>", "D1 none manifest href a\nD2 hint other href b\n"},
    {"link rel= that fetches nothing", "<link rel=canonical href=a><link rel=alternate href=b><link rel=author href=c><link rel=license href=d><link rel=search href=e><link rel=pingback href=f><link rel=amphtml href=g>"
     "<link rel=shortlink href=h><link rel=me href=i><link rel=help href=j><link rel=prev href=k><link rel=tag href=l><link rel=webmention href=m><link rel=EditURI href=n><link href=o>", ""},
    {"rel is a list", "<link rel=' PRECONNECT\tstylesheet ' href=//t.example/a><link rel=stylesheets href=b><link rel=style,sheet href=c>", "D1 none stylesheet href " T "a\nC none connect href " T "a\n"},
    {"meta refresh", "<meta http-equiv=refresh content='0; url=" T "'><meta http-equiv=Refresh content='5'><meta http-equiv=refresh content=\"1;URL='a'\"><meta name=refresh content='0;url=b'>",
     "N none redirect content " T "\nN none redirect content a\n"},
    {"meta Content-Security-Policy", "<meta http-equiv=Content-Security-Policy content='img-src " T "; report-uri " T "a b'><meta http-equiv=Content-Security-Policy content='default-src x'>",
     "D2 report report content " T "a\nD2 report report content b\n"},
    {"meta of previews", "<meta property=og:image content=" T "><meta name=twitter:image content=" T "><meta name=msapplication-TileImage content=" T ">", ""},
    {"background", "<body background=a><table background=b><tr background=c><td background=d><th background=e></table><div background=f>",
     "D1 none image background a\nD1 none image background b\nD1 none image background c\nD1 none image background d\nD1 none image background e\n"},
    {"style", "<p style='a:url(b)'><style>c{d:url(e)}</style><style media=print>f{g:url(h)}</style><style type=text/less>@import 'i'</style><style>@import 'j'</style>",
     "D1 none image style b\nD2 rule image url() e\nD2 media image url() h\nD2 type stylesheet @import i\nD1 none stylesheet @import j\n"},
    {"svg image, feImage", "<svg><image href=a /><image xlink:href=b /><feImage href=c /><image src=d /></svg><svg><image href=e xlink:href=f /></svg>",
     "D1 none image href a\nD1 none image xlink:href b\nD1 none image href c\nD1 none image href e\n"},
    {"svg use", "<svg><use href=a#b /><use xlink:href=" T "c#d /><use href=#e /></svg>", "D1 none image href a#b\n"},
    {"svg script", "<svg><script href=a /><script xlink:href=b></script><script href=c type=text/plain /></svg>", "D1 none script href a\nD1 none script xlink:href b\nD2 type script href c\n"},
    {"svg paint servers", "<svg><linearGradient href=a#b /><pattern xlink:href=c#d /><textPath href=e#f /><mpath href=#g /><radialGradient href=h#i /></svg>",
     "D2 legacy other href a#b\nD2 legacy other xlink:href c#d\nD2 legacy other href e#f\nD2 legacy other href h#i\n"},
    {"svg presentation attributes", "<svg><g clip-path='url(a#b)' filter='url(#c)' fill='url(d#e)' mask='url(f)' cursor='url(g)' /></svg><p clip-path='url(h)'>",
     "D2 legacy image clip-path a#b\nD1 none image cursor g\nD2 legacy image fill d#e\nD1 none image mask f\n"},
    {"svg style, svg link", "<svg><style>a{b:url(&#99;)}</style><link rel=stylesheet href=d /><a href=e /></svg>", "D2 rule image url() c\n"},
    {"html manifest", "<html manifest=a>", "D2 legacy manifest manifest a\n"},
    {"attributionsrc", "<img attributionsrc='" T "a b'><script attributionsrc=c></script><img attributionsrc><a attributionsrc=d>", "D1 none ping attributionsrc " T "a\nD1 none ping attributionsrc b\nD1 none ping attributionsrc c\n"},
    {"ping, href, action, cite, longdesc", "<a href=a ping=b>x</a><area href=c ping=d><form action=e><button formaction=f></form><blockquote cite=g></blockquote><q cite=h></q><ins cite=i></ins><del cite=j></del><img longdesc=k>", ""},
    {"noscript", "<noscript><img src=a><style>@import 'b'</style><link rel=stylesheet href=c><iframe src=d></iframe></noscript><img src=e>",
     "D2 noscript image src a\nD2 noscript stylesheet @import b\nD2 noscript stylesheet href c\nD2 noscript frame src d\nD1 none image src e\n"},
    {"noscript ends at its first end tag, whatever stands there", "<noscript><!-- </noscript><img src=a> -->", "D1 none image src a\n"},
    {"template, comments", "<template><img src=a><style>b{c:url(d)}</style><template><img src=e></template></template><!-- <img src=f> --><img src=g>", "D1 none image src g\n"},
    {"conditional comments", "<!--[if IE]><img src=a><![endif]--><!--[if !IE]><!--><img src=b><!--<![endif]--><![if !IE]><img src=c><![endif]>", "D1 none image src b\nD1 none image src c\n"},
    {"declarative shadow DOM", "<div><template shadowrootmode=open><img src=a><style>@import 'b'</style></template></div><template shadowrootmode=CLOSED><img src=c></template><template shadowrootmode=x><img src=d></template><template shadowroot=open><img src=e></template>",
     "D1 none image src a\nD1 none stylesheet @import b\nD1 none image src c\n"},
    {"data-*", "<img data-src=/a.gif data-srcset='/b 1x, /c 2x' data-lazy-src=/d><div data-bg=/e.png data-background=/f.png data-href=/g data-x=" T "h data-y=/i data-src-size=9 data-bg=red>",
     "D2 data image data-src a.gif\nD2 data image data-srcset b\nD2 data image data-srcset c\nD2 data image data-lazy-* d\nD2 data image data-bg e.png\nD2 data image data-background f.png\nD2 data other data-href g\nD2 data other data-* " T "h\n"},
    {"event handlers are script", "<body onload=\"x('" T "a')\"><img onerror='this.src=\"" T "b\"'>", "D3 none other src= " T "b\n"},
    {"bgsound, layer, ilayer, xml, isindex", "<bgsound src=a><layer src=b></layer><ilayer src=c></ilayer><xml src=d></xml><isindex action=e>",
     "D2 legacy media src a\nD2 legacy frame src b\nD2 legacy frame src c\nD2 legacy other src d\n"},
    {"xml-stylesheet: a comment in HTML", "<?xml version=\"1.0\"?><?xml-stylesheet type=\"text/css\" href=\"a\"?><?xml-stylesheet href='" T "b?c=1&amp;d' ?><html><?xml-stylesheet href=e?>",
     "D2 type stylesheet href a\nD2 type stylesheet href " T "b?c=1&d\n"},
    {"MathML href", "<math href=a><mi href=b xlink:href=c>x</mi><mglyph src=d></math>", ""},
    {"xmp, plaintext, textarea, title", "<xmp><img src=a></xmp><textarea><img src=b></textarea><title><img src=c></title><noembed><img src=d></noembed><noframes><img src=e></noframes><img src=f><plaintext><img src=g></plaintext><img src=h>",
     "D1 none image src f\n"},
    {"base", "<img src=a><base><base href='" T "b/'><base href=c/><img src=d>", "D1 none image src " T "b/a\nD1 none image src " T "b/d\n"},
    {"base that does not count", "<template><base href=a/></template><svg><base href=b/></svg><noscript><base href=c/></noscript><!-- <base href=d/> --><img src=e>", "D1 none image src e\n"},
    {"base that is refused is the first all the same", "<base href=data:text/plain,x><base href=" T "><img src=a>", "D1 none image src a\n"},
};
// clang-format on

static void write_found(struct buf *out, const struct html_document *document, struct span prefix)
{
    buf_reset(out);
    for (size_t i = 0; i < document->references.count; i++) {
        const struct reference *r = &document->references.items[i];
        struct span url = r->url.href;
        buf_format(out, "%s %s %s %s %.*s\n", evidence_name(r->evidence),
                   r->condition == CONDITION_NONE ? "none" : condition_name(r->condition),
                   resource_name(r->resource), r->attribute,
                   SPAN_ARG(span_starts(url, prefix) ? span_from(url, prefix.bytes) : url));
    }
}

static void test_rows(void **state)
{
    (void)state;
    struct arena arena;
    struct buf found;
    struct url base;
    struct span prefix = SPAN("https://a.example/");
    arena_init(&arena, 64u << 20);
    buf_init(&found, 1u << 20);
    size_t wrong_count = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct html_document document = {0};
        arena_reset(&arena);
        assert_int_equal(url_parse(prefix, NULL, &arena, &base), ERR_OK);
        assert_int_equal(
            html_scan(span_of_string(rows[i].html), &base, SPAN("utf-8"), NULL, &arena, &document), ERR_OK);
        write_found(&found, &document, prefix);
        for (size_t k = 0; k < document.references.count; k++)
            assert_true(document.references.items[k].at <= strlen(rows[i].html));
        if (span_equal(buf_span(&found), span_of_string(rows[i].expected)))
            continue;
        wrong_count++;
        print_message("%s\n%s\nfound:\n%.*sexpected:\n%s\n", rows[i].row, rows[i].html,
                      SPAN_ARG(buf_span(&found)), rows[i].expected);
    }
    buf_free(&found);
    arena_free(&arena);
    assert_int_equal(wrong_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests_name("html_table", tests, NULL, NULL);
}
