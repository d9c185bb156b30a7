// SPDX-License-Identifier: MIT
/* test_exchange.c - HTTP heads as they are found: one row per deviation of formats.md 4.4, and the limits. */
#include "2_decode/exchange.h"
#include "2_decode/fields.h"
#include "base/buf.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

struct row {
    const char *name, *block;
    enum err err;
    unsigned status;
    const char *start;  /* "METHOD target" of a request */
    const char *fields; /* "name=value|" each */
    const char *body;
    size_t odd_lines;
};
// clang-format off
static const struct row rows[] = {
    {"plain", "HTTP/1.1 200 OK\r\nA: 1\r\nB:2\r\n\r\nbody", ERR_OK, 200, NULL, "A=1|B=2|", "body", 0},
    {"line feeds only", "HTTP/1.1 200 OK\nA: 1\n\nbody", ERR_OK, 200, NULL, "A=1|", "body", 0},
    {"CR CR LF", "HTTP/1.1 200 OK\r\r\nA: 1\r\r\n\r\r\nbody", ERR_OK, 200, NULL, "A=1|", "body", 0},
    {"84 HTTP/2", "HTTP/2 200\r\nA: 1\r\n\r\n", ERR_OK, 200, NULL, "A=1|", "", 0},
    {"84 HTTP/3", "HTTP/3 204\r\n\r\n", ERR_OK, 204, NULL, "", "", 0},
    {"84 h2", "h2 200\r\n\r\n", ERR_OK, 200, NULL, "", "", 0},
    {"85 lower case", "http/1.1 404 Not Found\r\n\r\n", ERR_OK, 404, NULL, "", "", 0},
    {"85 no version", "HTTP 502 Bad Gateway\r\n\r\n", ERR_OK, 502, NULL, "", "", 0},
    {"85 version x", "HTTP/1.x 200 OK\r\n\r\n", ERR_OK, 200, NULL, "", "", 0},
    {"85 ICY", "ICY 200 OK\r\nicy-name: r\r\n\r\n", ERR_OK, 200, NULL, "icy-name=r|", "", 0},
    {"86 no reason", "HTTP/1.1 200\r\n\r\nx", ERR_OK, 200, NULL, "", "x", 0},
    {"86 blank for a reason", "HTTP/1.1 200 \r\n\r\n", ERR_OK, 200, NULL, "", "", 0},
    {"86 several blanks", "HTTP/1.1   200   OK\r\n\r\n", ERR_OK, 200, NULL, "", "", 0},
    {"86 no blank behind the code", "HTTP/1.1 200OK\r\n\r\n", ERR_OK, 200, NULL, "", "", 0},
    {"86 TAB", "HTTP/1.1\t200\tOK\r\n\r\n", ERR_OK, 200, NULL, "", "", 0},
    {"87 zero", "HTTP/1.1 000 x\r\n\r\n", ERR_OK, 0, NULL, "", "", 0},
    {"87 two digits", "HTTP/1.1 20 x\r\n\r\n", ERR_OK, 0, NULL, "", "", 0},
    {"87 four digits", "HTTP/1.1 2000 x\r\n\r\n", ERR_OK, 0, NULL, "", "", 0},
    {"87 no number", "HTTP/1.1 OK\r\nA: 1\r\n\r\n", ERR_OK, 0, NULL, "A=1|", "", 0},
    {"87 nothing", "HTTP/1.1\r\nA: 1\r\n\r\n", ERR_OK, 0, NULL, "A=1|", "", 0},
    {"87 negative", "HTTP/1.1 -200\r\n\r\n", ERR_OK, 0, NULL, "", "", 0},
    {"88 8-bit reason", "HTTP/1.1 200 Tillad\xe9\r\n\r\n", ERR_OK, 200, NULL, "", "", 0},
    {"89 banner", "SSH-2.0-OpenSSH\r\n", ERR_NOT_HTTP, 0, NULL, "", "SSH-2.0-OpenSSH\r\n", 0},
    {"89 HTML", "<html>\n\n<p>", ERR_NOT_HTTP, 0, NULL, "", "<html>\n\n<p>", 0},
    {"89 text", "HTTP is fun\r\n\r\nx", ERR_NOT_HTTP, 0, NULL, "", "HTTP is fun\r\n\r\nx", 0},
    {"89 URL", "https://a.example/ 200 x\r\n", ERR_NOT_HTTP, 0, NULL, "", "https://a.example/ 200 x\r\n", 0},
    {"89 empty", "", ERR_NOT_HTTP, 0, NULL, "", "", 0},
    {"89 line ends", "\r\n\r\n", ERR_NOT_HTTP, 0, NULL, "", "\r\n\r\n", 0},
    {"90 twice in one line", "HTTP/1.1 HTTP/1.1 301 Moved\r\nA: 1\r\n\r\n", ERR_OK, 301, NULL, "A=1|", "", 0},
    {"90 twice", "HTTP/1.1 200 OK\r\nHTTP/1.1 404 Not Found\r\nA: 1\r\n\r\n", ERR_OK, 404, NULL, "A=1|", "", 0},
    {"90 twice, colon in the reason", "HTTP/1.1 200 OK\r\nHTTP/1.1 301 Moved: there\r\n\r\n", ERR_OK, 301, NULL, "", "", 0},
    {"90 100 Continue", "HTTP/1.1 100 Continue\r\nSet-Cookie: a=1\r\n\r\nHTTP/1.1 200 OK\r\nA: 1\r\n\r\nx", ERR_OK, 200, NULL, "A=1|", "x", 0},
    {"90 several 1xx", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 302 F\r\n\r\n", ERR_OK, 302, NULL, "", "", 0},
    {"90 1xx alone", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x05", ERR_OK, 101, NULL, "Upgrade=websocket|", "\x81\x05", 0},
    {"90 a body that is a response", "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 404 x\r\n\r\n", ERR_OK, 200, NULL, "", "HTTP/1.1 404 x\r\n\r\n", 0},
    {"91 line without colon", "HTTP/1.1 200 OK\r\nWelcome to my server!\r\nA: 1\r\n\r\nx", ERR_OK, 200, NULL, "A=1|", "x", 1},
    {"91 HTML for a head", "HTTP/1.1 200 OK\r\n<html>\r\n<a href='http://x'>\r\n\r\nx", ERR_OK, 200, NULL, "", "x", 2},
    {"92 blank in a name", "HTTP/1.1 200 OK\r\nPower by: x\r\nA : 1\r\n\r\n", ERR_OK, 200, NULL, "A=1|", "", 1},
    {"92 empty value", "HTTP/1.1 200 OK\r\nA:\r\nB: \t \r\n\r\n", ERR_OK, 200, NULL, "A=|B=|", "", 0},
    {"93 no empty line", "HTTP/1.1 200 OK\r\nA: 1\r\n", ERR_OK, 200, NULL, "A=1|", "", 0},
    {"93 no line end", "HTTP/1.1 200 OK\r\nA: 1", ERR_OK, 200, NULL, "A=1|", "", 0},
    {"93 status line only", "HTTP/1.1 200 OK", ERR_OK, 200, NULL, "", "", 0},
    {"93 ends with LF", "HTTP/1.1 200 OK\nA: 1\n\n", ERR_OK, 200, NULL, "A=1|", "", 0},
    {"97 folded", "HTTP/1.1 200 OK\r\nSet-Cookie: a=1;\r\n \t Path=/\r\n\tb\r\nB: 2\r\n\r\n", ERR_OK, 200, NULL, "Set-Cookie=a=1; Path=/ b|B=2|", "", 0},
    {"97 folded before the value", "HTTP/1.1 200 OK\r\nA:\r\n 1\r\n\r\n", ERR_OK, 200, NULL, "A=1|", "", 0},
    {"97 folded behind the name", "HTTP/1.1 200 OK\r\nA\r\n : 1\r\n\r\n", ERR_OK, 200, NULL, "A=1|", "", 0},
    {"97 fold of blanks", "HTTP/1.1 200 OK\r\nA: 1\r\n  \r\nB: 2\r\n\r\n", ERR_OK, 200, NULL, "A=1|B=2|", "", 0},
    {"97 folded status line", "HTTP/1.1\r\n 404\r\n Not Found\r\nA: 1\r\n\r\n", ERR_OK, 404, NULL, "A=1|", "", 0},
    {"97 folded odd line", "HTTP/1.1 200 OK\r\nodd\r\n A 1: 1\r\nB: 2\r\n\r\n", ERR_OK, 200, NULL, "B=2|", "", 1},
    {"98 bare CR", "HTTP/1.1 200 OK\r\nA: x\ry\r\n\r\n", ERR_OK, 200, NULL, "A=x y|", "", 0},
    {"99 8-bit value", "HTTP/1.1 302 F\r\nLocation: /s\xf8g\xc3\xb8\r\n\r\n", ERR_OK, 302, NULL, "Location=/s\xf8g\xc3\xb8|", "", 0},
    {"101 repeated", "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Type: c/d\r\n\r\n", ERR_OK, 200, NULL, "Content-Type=a/b|Content-Type=c/d|", "", 0},
    {"102 line ends before", "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", ERR_OK, 200, NULL, "", "", 0},
    {"102 eight line ends", "\n\n\n\n\n\n\n\nHTTP/1.1 200 OK\r\n\r\n", ERR_OK, 200, NULL, "", "", 0},
    {"102 nine line ends", "\n\n\n\n\n\n\n\n\nHTTP/1.1 200 OK\r\n\r\n", ERR_NOT_HTTP, 0, NULL, "", "\n\n\n\n\n\n\n\n\nHTTP/1.1 200 OK\r\n\r\n", 0},
    {"102 byte order mark", "\xef\xbb\xbfHTTP/1.1 200 OK\r\nA: 1\r\n\r\n", ERR_OK, 200, NULL, "A=1|", "", 0},
    {"102 line end and mark", "\r\n\xef\xbb\xbfHTTP/1.1 200 OK\r\n\r\n", ERR_OK, 200, NULL, "", "", 0},
    {"102 line end before the body", "HTTP/1.1 200 OK\r\nA: 1\r\n\r\n\r\nx", ERR_OK, 200, NULL, "A=1|", "\r\nx", 0},
    {"request", "GET /a?b HTTP/1.1\r\nHost: h\r\n\r\n", ERR_OK, 0, "GET /a?b", "Host=h|", "", 0},
    {"103 absolute, fragment", "GET http://h/a#b HTTP/1.1\r\n\r\n", ERR_OK, 0, "GET http://h/a#b", "", "", 0},
    {"103 blanks in the target", "GET /a b  c HTTP/1.1\r\n\r\n", ERR_OK, 0, "GET /a b  c", "", "", 0},
    {"103 lower case", "post / http/1.0\r\n\r\nx=1", ERR_OK, 0, "post /", "", "x=1", 0},
    {"103 CONNECT", "CONNECT h:443 HTTP/1.1\r\n\r\n", ERR_OK, 0, "CONNECT h:443", "", "", 0},
    {"103 M-SEARCH", "M-SEARCH * HTTP/1.1\r\n\r\n", ERR_OK, 0, "M-SEARCH *", "", "", 0},
    {"103 h2", "GET / h2\r\n\r\n", ERR_OK, 0, "GET /", "", "", 0},
    {"103 no target", "GET HTTP/1.1\r\nA: 1\r\n\r\n", ERR_OK, 0, "GET ", "A=1|", "", 0},
    {"103 no version", "GET /\r\n\r\n", ERR_NOT_HTTP, 0, NULL, "", "GET /\r\n\r\n", 0},
    {"103 no method", "<p> / HTTP/1.1\r\n\r\n", ERR_NOT_HTTP, 0, NULL, "", "<p> / HTTP/1.1\r\n\r\n", 0},
    {"104 pseudo headers", "GET / HTTP/1.1\r\n:authority: h\r\n:method: GET\r\nA: 1\r\n\r\n", ERR_OK, 0, "GET /", "A=1|", "", 0},
};
// clang-format on

static void add_field(struct buf *out, const struct http_field *field)
{
    buf_add(out, field->name);
    buf_add_char(out, '=');
    buf_add(out, field->value);
    buf_add_char(out, '|');
}

static bool check_row(const struct row *row, struct arena *arena)
{
    struct http_head head;
    struct buf fields, start;
    arena_reset(arena);
    buf_init(&fields, 4096);
    buf_init(&start, 4096);
    enum err err = exchange_parse(span_of_string(row->block), arena, &head);
    for (size_t i = 0; i < head.field_count; i++)
        add_field(&fields, &head.fields[i]);
    buf_add(&start, head.method);
    buf_add_char(&start, ' ');
    buf_add(&start, head.target);
    bool good = err == row->err && head.status == row->status && head.odd_lines == row->odd_lines &&
                head.is_request == (row->start != NULL) &&
                (!row->start || span_equal(buf_span(&start), span_of_string(row->start))) &&
                span_equal(buf_span(&fields), span_of_string(row->fields)) &&
                span_equal(head.body, span_of_string(row->body));
    if (!good)
        print_error("%s: %s, status %u, %zu odd, fields %.*s, body %.*s\n", row->name, err_name(err),
                    head.status, head.odd_lines, SPAN_ARG(buf_span(&fields)), SPAN_ARG(head.body));
    buf_free(&fields);
    buf_free(&start);
    return good;
}

static void heads(void **state)
{
    size_t bad = 0;
    struct arena arena;
    (void)state;
    arena_init(&arena, 1u << 24);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        bad += !check_row(&rows[i], &arena);
    arena_free(&arena);
    assert_int_equal(bad, 0);
}

static void find_field(void **state)
{
    struct arena arena;
    struct http_head head;
    (void)state;
    arena_init(&arena, 1u << 20);
    assert_int_equal(exchange_parse(SPAN("HTTP/1.1 200 OK\r\nset-cookie: a\r\nX: y\r\nSet-Cookie: b\r\n\r\n"),
                                    &arena, &head),
                     ERR_OK);
    assert_true(span_equal(exchange_field(&head, SPAN("SET-COOKIE")), SPAN("a")));
    assert_true(span_equal(exchange_field_last(&head, SPAN("Set-Cookie")), SPAN("b")));
    assert_null(exchange_field(&head, SPAN("Cookie")).at);
    assert_null(exchange_field_last(&head, SPAN("Cookie")).at);
    arena_free(&arena);
}

static void bytes_are_counted_not_ended_by_nul(void **state)
{
    struct arena arena;
    struct http_head head;
    (void)state;
    arena_init(&arena, 1u << 20);
    assert_int_equal(exchange_parse(SPAN("HTTP/1.1 200 OK\r\nA: x\0y\r\n\r\n\0z"), &arena, &head), ERR_OK);
    assert_true(span_equal(exchange_field(&head, SPAN("a")), SPAN("x\0y")));
    assert_true(span_equal(head.body, SPAN("\0z")));
    arena_free(&arena);
}

/* A head beyond a limit is cut, but what follows it is still the body. */
static void limits(void **state)
{
    struct arena arena;
    struct http_head head;
    struct buf block;
    (void)state;
    arena_init(&arena, 64u << 20);
    buf_init(&block, 64u << 20);
    buf_add_string(&block, "HTTP/1.1 200 OK\r\n");
    for (size_t i = 0; i < LIMIT_HTTP_FIELDS + 5; i++)
        buf_add_string(&block, "a: 1\r\n");
    buf_add_string(&block, "\r\nbody");
    assert_int_equal(exchange_parse(buf_span(&block), &arena, &head), ERR_TOO_LARGE);
    assert_int_equal(head.field_count, LIMIT_HTTP_FIELDS);
    assert_true(span_equal(head.body, SPAN("body")));

    buf_reset(&block);
    arena_reset(&arena);
    buf_add_string(&block, "HTTP/1.1 200 OK\r\nA: 1\r\nB: ");
    for (size_t i = 0; i < LIMIT_HTTP_HEAD_BYTES; i++)
        buf_add_char(&block, 'x');
    buf_add_string(&block, "\r\nC: 1\r\n\r\nbody");
    assert_int_equal(exchange_parse(buf_span(&block), &arena, &head), ERR_TOO_LARGE);
    assert_int_equal(head.field_count, 1);
    assert_true(span_equal(head.body, SPAN("body")));
    buf_free(&block);
    arena_free(&arena);
}

/* Heads that are skipped must give their memory back: there may be a million of them. */
static void many_interim_heads(void **state)
{
    struct arena arena;
    struct http_head head;
    struct buf block;
    (void)state;
    arena_init(&arena, 1u << 20);
    buf_init(&block, 64u << 20);
    for (size_t i = 0; i < 100000; i++)
        buf_add_string(&block, "HTTP/1.1 100 C\r\na: b\r\n\r\n");
    buf_add_string(&block, "HTTP/1.1 200 OK\r\n\r\nbody");
    assert_int_equal(exchange_parse(buf_span(&block), &arena, &head), ERR_OK);
    assert_int_equal(head.status, 200);
    buf_free(&block);
    arena_free(&arena);
}

static const struct type_row {
    const char *value, *mime, *charset; /* NULL: none */
} type_rows[] = {
    {"text/html",                                "text/html",           NULL        },
    {"Text/HTML; Charset=ISO-8859-1",            "text/html",           "ISO-8859-1"},
    {" text/html ;charset = utf-8 ",             "text/html",           "utf-8"     },
    {"text/html; charset=\"utf-8\"",             "text/html",           "utf-8"     },
    {"text/html; charset='utf-8'",               "text/html",           "utf-8"     },
    {"\"text/html; charset=utf-8\"",             "text/html",           "utf-8"     },
    {"text/html charset=utf-8",                  "text/html",           "utf-8"     },
    {"text/html; charset=utf-8; charset=latin1", "text/html",           "utf-8"     },
    {"text/html; charset=; charset=latin1",      "text/html",           "latin1"    },
    {"text/html; charset",                       "text/html",           NULL        },
    {"text/html; xcharset=a",                    "text/html",           NULL        },
    {"text/plain, text/html;charset=utf-8",      "text/html",           "utf-8"     },
    {"text/html, */*",                           "text/html",           NULL        },
    {"multipart/form-data; boundary=\"a,b/c\"",  "multipart/form-data", NULL        },
    {"text/html;charset=utf-8,text/html",        "text/html",           "utf-8"     },
    {"html",                                     NULL,                  NULL        },
    {"",                                         NULL,                  NULL        },
};

static bool span_is(struct span s, const char *text)
{
    return text ? s.at && span_equal(s, span_of_string(text)) : !s.at;
}

static void types(void **state)
{
    size_t bad = 0;
    struct arena arena;
    (void)state;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < sizeof type_rows / sizeof *type_rows; i++) {
        const struct type_row *row = &type_rows[i];
        struct span mime = exchange_mime(span_of_string(row->value), &arena);
        struct span charset = exchange_charset(span_of_string(row->value));
        if (!span_is(mime, row->mime) || !span_is(charset, row->charset)) {
            print_error("%s: %.*s, %.*s\n", row->value, SPAN_ARG(mime), SPAN_ARG(charset));
            bad++;
        }
    }
    arena_free(&arena);
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads),
        cmocka_unit_test(find_field),
        cmocka_unit_test(bytes_are_counted_not_ended_by_nul),
        cmocka_unit_test(limits),
        cmocka_unit_test(many_interim_heads),
        cmocka_unit_test(types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
