// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "url_check.h"

#define ARENA_BYTES (64u << 20)

/* base "-": none. href NULL: failure. */
struct row {
    const char *base, *text, *href, *reason;
};

// clang-format off
static const struct row rows[] = {
    {"-", "https://example.org/a", "https://example.org/a", "already normal"},
    {"-", "https://example.org", "https://example.org/", "a special URL has a path"},
    {"-", "https://example.org?q#f", "https://example.org/?q#f", "also before query and fragment"},
    {"-", "  \x01https://example.org/\x1f ", "https://example.org/", "C0 and spaces at the ends are cut"},
    {"-", "htt\tps://exa\nmple.org/\r/", "https://example.org//", "TAB, LF and CR are removed anywhere"},
    {"-", "HTTPS://EXAMPLE.org/A?B#C", "https://example.org/A?B#C", "scheme and host are lower-cased, the rest is not"},
    {"-", "https://example.org:443/", "https://example.org/", "default port"},
    {"-", "https://example.org:/", "https://example.org/", "empty port"},
    {"-", "https://example.org:0080/", "https://example.org:80/", "a port is a number"},
    {"-", "https://example.org:65536/", NULL, "port too big"},
    {"-", "https://example.org:99999999999999999999/", NULL, "port far too big"},
    {"-", "https://example.org:8a/", NULL, "port with a letter"},
    {"-", "https://good.example@evil.example/", "https://good.example@evil.example/", "the host is behind the last @"},
    {"-", "https://a@b@c.example/", "https://a%40b@c.example/", "an @ before the last is part of the name"},
    {"-", "https://u:p:q@c.example/", "https://u:p%3Aq@c.example/", "the first colon ends the name"},
    {"-", "https://@/", NULL, "credentials without host"},
    {"-", "https://u@:80/", NULL, "credentials and port without host"},
    {"-", "https:///example.org/", "https://example.org/", "slashes before a special host are free"},
    {"-", "https:\\\\example.org\\a", "https://example.org/a", "a backslash is a slash in special URLs"},
    {"-", "https:example.org", "https://example.org/", "no slashes and no base"},
    {"https://h.example/a/b", "https:c", "https://h.example/a/c", "no slashes, base of the same scheme: relative"},
    {"http://h.example/a/b", "https:c", "https://c/", "no slashes, base of another scheme: a host"},
    {"-", "/a", NULL, "relative without base"},
    {"https://h.example/a/b?q#f", "", "https://h.example/a/b?q", "the empty reference is the base without fragment"},
    {"https://h.example/a/b?q#f", "?", "https://h.example/a/b?", "an empty query is a query"},
    {"https://h.example/a/b?q#f", "#", "https://h.example/a/b?q#", "an empty fragment is a fragment"},
    {"https://h.example/a/b", "c/d", "https://h.example/a/c/d", "relative path"},
    {"https://h.example/a/b", "./../../c", "https://h.example/c", "dots above the root are dropped"},
    {"https://h.example/a/b", "%2e%2E/c", "https://h.example/c", "dots may be coded"},
    {"https://h.example/a/b", "..", "https://h.example/", "a last dot segment leaves an empty one"},
    {"https://h.example/a/b", "c/.", "https://h.example/a/c/", "likewise a single dot"},
    {"https://h.example/a/b", "...", "https://h.example/a/...", "three dots are a name"},
    {"https://h.example/a/b", "//i.example/c", "https://i.example/c", "scheme-relative"},
    {"https://h.example/a/b", "/\\i.example/c", "https://i.example/c", "scheme-relative with backslash"},
    {"https://u:p@h.example:8/a", "/c", "https://u:p@h.example:8/c", "the base's authority stays"},
    {"https://h.example/", "c:d", "c:d", "what looks like a scheme is one"},
    {"https://h.example/", "./c:d", "https://h.example/c:d", "unless a segment begins before it"},
    {"https://h.example/", "a b", "https://h.example/a%20b", "space in a path"},
    {"https://h.example/", "a\"<>`{}^|b", "https://h.example/a%22%3C%3E%60%7B%7D%5E|b", "path percent-encode set"},
    {"https://h.example/", "?a'\"<>`{}^b", "https://h.example/?a%27%22%3C%3E`{}^b", "special-query percent-encode set"},
    {"foo://h/", "?a'b", "foo://h/?a'b", "query percent-encode set"},
    {"https://h.example/", "#a'\"<>`{}^b", "https://h.example/#a'%22%3C%3E%60{}^b", "fragment percent-encode set"},
    {"https://h.example/", "\xc3\xa6", "https://h.example/%C3%A6", "UTF-8 in a path"},
    {"https://h.example/", "a\xe6" "b", "https://h.example/a%EF%BF%BDb", "a byte that is no UTF-8 reads as U+FFFD"},
    {"https://h.example/", "a\xe2\x82", "https://h.example/a%EF%BF%BD", "a cut sequence is one U+FFFD"},
    {"https://h.example/", "\xed\xa0\x80", "https://h.example/%EF%BF%BD%EF%BF%BD%EF%BF%BD", "a surrogate is three"},
    {"https://h.example/", "a%zz", "https://h.example/a%zz", "a percent sign that codes nothing stays"},
    {"-", "https://ex%41mple.org/", "https://example.org/", "a coded host is decoded"},
    {"-", "https://ex%00mple.org/", NULL, "NUL in a host"},
    {"-", "https://ex%2fmple.org/", NULL, "slash in a host"},
    {"-", "https://a%b/", NULL, "percent sign in a host"},
    {"-", "https://a b/", NULL, "space in a host"},
    {"-", "https://\xff/", NULL, "U+FFFD in a host"},
    {"-", "https://%ff/", NULL, "coded bytes that are no UTF-8 in a host"},
    {"-", "https://\xc2\xad/", NULL, "a host of ignored code points is empty"},
    {"-", "https://bl\xc3\xa5" "b\xc3\xa6r.example/", "https://xn--blbr-roah.example/", "IDNA"},
    {"-", "https://BL\xc3\x85" "B\xc3\x86R.example/", "https://xn--blbr-roah.example/", "IDNA lower-cases"},
    {"-", "https://fa\xc3\x9f.example/", "https://xn--fa-hia.example/", "non-transitional"},
    {"-", "https://\xe2\x98\x83.example/", "https://xn--n3h.example/", "symbols are domains too"},
    {"-", "https://a\xe3\x80\x82" "b/", "https://a.b/", "an ideographic full stop separates labels"},
    {"-", "https://-\xc3\xa6-.example/", "https://xn-----1ia.example/", "hyphens at the ends of a label"},
    {"-", "https://-_\xc3\xa6/", NULL, "hyphen and underscore: refused, since one masks the other from libidn2"},
    {"-", "https://-\xef\xbc\xbf\xc3\xa6/", NULL, "a wide underscore likewise"},
    {"-", "https://_\xc3\xa6/", "https://xn--_-4fa/", "an underscore alone is fine"},
    {"-", "https://~\xc3\xa6/", NULL, "other marks beside coded letters: refused, since libidn2 cannot decode them"},
    {"-", "https://xn--/", "https://xn--/", "an ASCII host is not decoded"},
    {"-", "https://xn--a.\xc3\xa6/", NULL, "beside a label that is coded it is"},
    {"-", "https://xn--t\xc3\xa6/", NULL, "a label that is half coded"},
    {"-", "https://0x7f.1/", "https://127.0.0.1/", "IPv4 in other bases and fewer parts"},
    {"-", "https://0300.0250.1/", "https://192.168.0.1/", "octal"},
    {"-", "https://4294967295/", "https://255.255.255.255/", "one part"},
    {"-", "https://4294967296/", NULL, "one part too big"},
    {"-", "https://1.2.3.4./", "https://1.2.3.4/", "one dot at the end"},
    {"-", "https://1.2.3.4../", "https://1.2.3.4../", "two dots: the last label is empty, not a number"},
    {"-", "https://1.2.3.4.5/", NULL, "five parts"},
    {"-", "https://1.2.3.256/", NULL, "part too big"},
    {"-", "https://1..2/", NULL, "empty part"},
    {"-", "https://a.0x/", NULL, "ends in a number, so must be an address"},
    {"-", "https://a.09/", NULL, "digits are a number even when not octal"},
    {"-", "https://099999999999999999999999/", NULL, "many digits are a number"},
    {"-", "https://[1:2:0:0:5:0:0:0]/", "https://[1:2:0:0:5::]/", "the longest run of zeros is cut"},
    {"-", "https://[1:0:0:4:0:0:7:8]/", "https://[1::4:0:0:7:8]/", "the first of two equal runs"},
    {"-", "https://[::FFFF:1.2.3.4]/", "https://[::ffff:102:304]/", "IPv4 at the end of IPv6"},
    {"-", "https://[1:2:3:4:5:6:1.2.3.4]/", "https://[1:2:3:4:5:6:102:304]/", "six pieces and IPv4"},
    {"-", "https://[1:2:3:4:5:6:7:1.2.3.4]/", NULL, "seven pieces and IPv4"},
    {"-", "https://[::1.2.3]/", NULL, "IPv4 of three parts"},
    {"-", "https://[::1.2.3.04]/", NULL, "leading zero"},
    {"-", "https://[::1.2.3.4.5]/", NULL, "IPv4 of five parts"},
    {"-", "https://[1::2::3]/", NULL, "two gaps"},
    {"-", "https://[::1:2:3:4:5:6:7]/", "https://[0:1:2:3:4:5:6:7]/", "a gap of one piece"},
    {"-", "https://[::1:2:3:4:5:6:7:8]/", NULL, "a gap of none"},
    {"-", "https://[1:2:3:4:5:6:7:8::9:a]/", NULL, "a gap behind eight pieces, and more"},
    {"-", "https://[12345::]/", NULL, "five digits"},
    {"-", "https://[1:]/", NULL, "colon at the end"},
    {"-", "https://[]/", NULL, "nothing"},
    {"-", "https://[/", NULL, "not closed"},
    {"-", "https://[::1]x/", NULL, "more behind the bracket"},
    {"-", "foo://[::1]:9/a", "foo://[::1]:9/a", "address and port of another scheme"},
    {"-", "foo://A%41\xc3\xa6/", "foo://A%41%C3%A6/", "an opaque host is only percent-encoded"},
    {"-", "foo://a^b/", NULL, "forbidden in an opaque host"},
    {"-", "foo://", "foo://", "an empty host is one"},
    {"-", "foo://:8/", NULL, "but not with a port"},
    {"-", "foo:/a/../..//b", "foo:/.//b", "a path that would read as an authority is guarded"},
    {"foo:/.//b", "?c", "foo:/.//b?c", "and stays guarded"},
    {"foo:/a//b", "/.//c", "foo:/.//c", "relative, too"},
    {"foo:/a", "//h/b", "foo://h/b", "scheme-relative without special scheme"},
    {"foo://h/a", "/\\b", "foo://h/\\b", "a backslash is a letter there"},
    {"-", "data:text/plain, x ", "data:text/plain, x", "opaque path"},
    {"-", "data:a  ?b", "data:a %20?b", "space before the query of an opaque path"},
    {"-", "data:\xc3\xa6", "data:%C3%A6", "opaque path percent-encodes C0 and above only"},
    {"data:a?b", "#c", "data:a?b#c", "a fragment may be relative to an opaque path"},
    {"data:a", "b", NULL, "nothing else may"},
    {"-", "javascript:alert(1)", "javascript:alert(1)", "no contact, but a URL"},
    {"-", "file:///C|/a", "file:///C:/a", "drive letter"},
    {"file:///C:/a/b", "..", "file:///C:/", "the drive stays"},
    {"file:///C:/a/b", "../../..", "file:///C:/", "always"},
    {"file:///C:/a/b", "/c", "file:///C:/c", "root of the drive"},
    {"file:///C:/a", "D|/c", "file:///D:/c", "another drive"},
    {"file:///C:/a", "//h/c", "file://h/c", "another host"},
    {"-", "file://localhost/a", "file:///a", "localhost is no host of a file"},
    {"-", "file:a", "file:///a", "file without slashes"},
    {"file://h/a/b", "c", "file://h/a/c", "relative to a file"},
    {"file://h/a?q", "", "file://h/a?q", "empty reference to a file"},
    {"-", "file:C|x", "file:///C|x", "no drive when more follows"},
    {"-", "", NULL, "nothing"},
    {"-", ":", NULL, "no scheme"},
    {"-", "1a:b", NULL, "a scheme begins with a letter"},
    {"-", "https://", NULL, "no host"},
    {"https://h.example/", "https://", NULL, "no host, base or not"},
};
// clang-format on

static enum err parse_checked(struct span text, const struct url *base, struct arena *arena, struct url *out)
{
    enum err err;
    const char *broken = url_check(text, base, arena, out, &err);
    if (broken)
        fail_msg("%s: %.*s", broken, SPAN_ARG(text));
    return err;
}

static void test_rows(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, ARENA_BYTES);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct url base, url;
        bool has_base = rows[i].base[0] != '-';
        arena_reset(&arena);
        if (has_base)
            assert_int_equal(url_parse(span_of_string(rows[i].base), NULL, &arena, &base), ERR_OK);
        enum err err = parse_checked(span_of_string(rows[i].text), has_base ? &base : NULL, &arena, &url);
        bool good =
            rows[i].href ? !err && span_equal(url.href, span_of_string(rows[i].href)) : err == ERR_URL;
        if (!good)
            fail_msg("%s (%s): %s, %.*s", rows[i].text, rows[i].reason, err_name(err),
                     err ? 0 : (int)url.href.bytes, err ? "" : url.href.at);
    }
    arena_free(&arena);
}

static void test_parts(void **state)
{
    (void)state;
    struct arena arena;
    struct url url;
    arena_init(&arena, ARENA_BYTES);
    assert_int_equal(url_parse(SPAN("wss://u:p@h.example:8/a?b#c"), NULL, &arena, &url), ERR_OK);
    assert_true(span_equal(url.scheme, SPAN("wss")) && span_equal(url.host, SPAN("h.example")));
    assert_true(span_equal(url.username, SPAN("u")) && span_equal(url.password, SPAN("p")));
    assert_true(span_equal(url.path, SPAN("/a")) && span_equal(url.query, SPAN("b")));
    assert_true(span_equal(url.fragment, SPAN("c")) && url.port == 8 && url.special);
    assert_true(span_equal(url_without_fragment(&url), SPAN("wss://u:p@h.example:8/a?b")));
    assert_true(span_equal(url_origin(&url, &arena), SPAN("wss://h.example:8")));
    assert_true(url_is_network(&url));
    static const struct {
        const char *text, *origin;
        bool network;
    } origins[] = {
        {"https://h.example/a#b",    "https://h.example", true },
        {"ftp://h.example/",         "ftp://h.example",   false},
        {"file://h/a",               "null",              false},
        {"data:a",                   "null",              false},
        {"foo://h/",                 "null",              false},
        {"blob:https://h.example/1", "null",              false},
    };
    for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
        assert_int_equal(url_parse(span_of_string(origins[i].text), NULL, &arena, &url), ERR_OK);
        assert_true(span_equal(url_origin(&url, &arena), span_of_string(origins[i].origin)));
        assert_int_equal(url_is_network(&url), origins[i].network);
    }
    arena_free(&arena);
}

static void test_limits(void **state)
{
    (void)state;
    struct arena arena;
    struct url url, base;
    arena_init(&arena, ARENA_BYTES);
    char *text = arena_bytes(&arena, LIMIT_URL_BYTES + 1);
    memset(text, 'a', LIMIT_URL_BYTES + 1);
    memcpy(text, "https://h.example/", 18);
    assert_int_equal(parse_checked(span_of(text, LIMIT_URL_BYTES), NULL, &arena, &url), ERR_OK);
    assert_int_equal(parse_checked(span_of(text, LIMIT_URL_BYTES + 1), NULL, &arena, &url), ERR_TOO_LARGE);
    assert_int_equal(url_parse(SPAN("https://h.example/"), NULL, &arena, &base), ERR_OK);
    struct span path = span_of(text + 18, LIMIT_URL_BYTES - 18);
    assert_int_equal(parse_checked(path, &base, &arena, &url), ERR_OK);
    path.bytes++;
    assert_int_equal(parse_checked(path, &base, &arena, &url), ERR_TOO_LARGE);
    text[LIMIT_URL_BYTES - 1] = '<'; /* three bytes once coded */
    assert_int_equal(parse_checked(span_of(text, LIMIT_URL_BYTES), NULL, &arena, &url), ERR_TOO_LARGE);
    memset(text, ' ', LIMIT_URL_BYTES + 1);
    assert_int_equal(parse_checked(span_of(text, LIMIT_URL_BYTES + 1), &base, &arena, &url), ERR_OK);
    arena_free(&arena);
}

static void test_memory(void **state)
{
    (void)state;
    struct arena none;
    struct url url;
    arena_init(&none, 1);
    assert_int_equal(url_parse(SPAN("https://h.example/a"), NULL, &none, &url), ERR_MEMORY);
    assert_int_equal(url_parse(SPAN("https://H.example/a b"), NULL, &none, &url), ERR_MEMORY);
    arena_free(&none);
}

/* What pages are made of must not fall back to the state machine. */
static void test_fast_is_taken(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "https://cdn.example.org/a/b-c_d.min.js?v=1.2&w=%20#x",
        "http://example.org",
        "//example.org/a.png",
        "/a/b.c/d%20e",
        "/",
        "a.html",
        "img/a.b/c.jpg?x#y",
        "wp-content/a~b/@c",
        "https://xn--blbr-roah.example/?",
    };
    struct arena arena;
    struct url base, url;
    enum err err;
    arena_init(&arena, ARENA_BYTES);
    assert_int_equal(url_parse(SPAN("https://u@h.example:8/a/b?q#f"), NULL, &arena, &base), ERR_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!url_fast_parse(span_of_string(texts[i]), &base, &arena, &url, &err) || err)
            fail_msg("%s", texts[i]);
    arena_free(&arena);
}

/* Pieces that make states, in random order. */
static struct span random_text(uint64_t *seed, char *at)
{
    static const char *const pieces[] = {
        "https:",   "http:", "file:", "foo:", "//", "/",   "\\", "?",         "#",     "@",  ":",  "..",
        ".",        "%2e",   "%",     "a",    "Bc", "1",   "0x", "x.y",       "[::1]", "C|", "\t", " ",
        "\xc3\xa6", "\xff",  "~-_",   "'",    "^",  "443", "<",  "localhost", "é",     "{",
    };
    size_t bytes = 0;
    for (unsigned i = 0; i < 8; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        const char *piece = pieces[(*seed >> 33) % (sizeof pieces / sizeof *pieces)];
        memcpy(at + bytes, piece, strlen(piece));
        bytes += strlen(piece);
        if ((*seed >> 60) == 0)
            break;
    }
    return span_of(at, bytes);
}

static void test_random(void **state)
{
    (void)state;
    struct arena arena;
    uint64_t seed = 1;
    arena_init(&arena, ARENA_BYTES);
    for (int i = 0; i < 200000; i++) {
        char base_text[128], text[128];
        struct url base, url;
        arena_reset(&arena);
        struct span from = random_text(&seed, base_text), to = random_text(&seed, text);
        bool has_base = parse_checked(from, NULL, &arena, &base) == ERR_OK;
        enum err err = parse_checked(to, has_base ? &base : NULL, &arena, &url);
        assert_true(err == ERR_OK || err == ERR_URL);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),   cmocka_unit_test(test_parts),         cmocka_unit_test(test_limits),
        cmocka_unit_test(test_memory), cmocka_unit_test(test_fast_is_taken), cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
