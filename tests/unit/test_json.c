// SPDX-License-Identifier: MIT
/* test_json.c - JSON in and out, with text that is not what it should be. */
#include "base/limits.h"
#include "base/utf8.h"
#include "ext/ext_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define FFFD "\xef\xbf\xbd"

static const struct {
    const char *name;
    struct span in;
    enum err err;
    const char *out; /* compact */
} rows[] = {
    {"object",                     SPAN("{ \"b\" : 1, \"a\" : [true, false, null] }"), ERR_OK,
     "{\"b\":1,\"a\":[true,false,null]}"                                                                                           },
    {"scalar",                     SPAN("12"),                                         ERR_OK,   "12"                              },
    {"empty containers",           SPAN("[{},[]]"),                                    ERR_OK,   "[{},[]]"                         },
    {"duplicate key",              SPAN("{\"a\":1,\"b\":2,\"a\":3}"),                  ERR_OK,   "{\"a\":3,\"b\":2}"               },
    {"byte order mark",            SPAN("\xef\xbb\xbf[1]"),                            ERR_OK,   "[1]"                             },
    {"escapes",                    SPAN("\"\\u0041\\n\\u0001\\\"\\\\\\/\\u00f8\""),    ERR_OK,   "\"A\\n\\u0001\\\"\\\\/\xc3\xb8\""},
    {"NUL",                        SPAN("\"a\\u0000b\""),                              ERR_OK,   "\"a\\u0000b\""                   },
    {"surrogate pair",             SPAN("\"\\ud83d\\ude00\""),                         ERR_OK,   "\"\xf0\x9f\x98\x80\""            },
    {"lone high surrogate",        SPAN("\"\\ud83dx\""),                               ERR_OK,   "\"" FFFD "x\""                   },
    {"lone low surrogate",         SPAN("\"\\ude00\""),                                ERR_OK,   "\"" FFFD "\""                    },
    {"two high surrogates",        SPAN("\"\\ud83d\\ud83d\\ude00\""),                  ERR_OK,   "\"" FFFD "\xf0\x9f\x98\x80\""    },
    {"escaped backslash before u", SPAN("\"\\\\ud83d\""),                              ERR_OK,   "\"\\\\ud83d\""                   },
    {"Latin-1",                    SPAN("\"k\xf8rekort\""),                            ERR_OK,   "\"k" FFFD "rekort\""             },
    {"cut sequence",               SPAN("\"a\xe2\x82\""),                              ERR_OK,   "\"a" FFFD "\""                   },
    {"overlong",                   SPAN("\"\xc0\xaf\""),                               ERR_OK,   "\"" FFFD FFFD "\""               },
    {"encoded surrogate",          SPAN("\"\xed\xa0\x80\""),                           ERR_OK,   "\"" FFFD FFFD FFFD "\""          },
    {"bad bytes in a key",         SPAN("{\"\xff\":1}"),                               ERR_OK,   "{\"" FFFD "\":1}"                },
    {"bad bytes outside",          SPAN("[\xff]"),                                     ERR_JSON, NULL                              },
    {"nothing",                    SPAN(""),                                           ERR_JSON, NULL                              },
    {"cut",                        SPAN("{\"a\":"),                                    ERR_JSON, NULL                              },
    {"cut in a string",            SPAN("\"a"),                                        ERR_JSON, NULL                              },
    {"cut in an escape",           SPAN("\"a\\"),                                      ERR_JSON, NULL                              },
    {"cut in a surrogate",         SPAN("\"\\ud83"),                                   ERR_JSON, NULL                              },
    {"garbage behind",             SPAN("{} x"),                                       ERR_JSON, NULL                              },
    {"single quotes",              SPAN("{'a':1}"),                                    ERR_JSON, NULL                              },
    {"trailing comma",             SPAN("[1,]"),                                       ERR_JSON, NULL                              },
    {"brackets in a string",       SPAN("\"[[[[{{{{,,,,\""),                           ERR_OK,   "\"[[[[{{{{,,,,\""                },
    {"closing brackets",           SPAN("]]]]"),                                       ERR_JSON, NULL                              },
    {"integers",                   SPAN("[0,-1,9223372036854775807]"),                 ERR_OK,   "[0,-1,9223372036854775807]"      },
    {"reals",                      SPAN("[0.5,1e3,-2.50]"),                            ERR_OK,   "[0.5,1e+03,-2.5]"                },
};

static void parse_and_write(void **state)
{
    size_t bad = 0;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json *json;
        struct buf out;
        buf_init(&out, 4096);
        enum err err = json_parse(rows[i].in, &json);
        if (!err)
            assert_int_equal(json_write(json, false, &out), ERR_OK);
        if (err != rows[i].err || (!err && !span_equal(buf_span(&out), span_of_string(rows[i].out)))) {
            print_error("%s: %s, %.*s\n", rows[i].name, err_name(err), SPAN_ARG(buf_span(&out)));
            bad++;
        }
        json_free(json);
        buf_free(&out);
    }
    assert_int_equal(bad, 0);
}

static void repeat(struct buf *out, const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add_string(out, text);
}

static enum err parse(struct buf *text)
{
    struct json *json;
    enum err err = json_parse(buf_span(text), &json);
    json_free(json);
    buf_reset(text);
    return err;
}

static void limits(void **state)
{
    struct buf text;
    (void)state;
    buf_init(&text, SIZE_MAX);
    repeat(&text, "[", LIMIT_JSON_DEPTH);
    repeat(&text, "]", LIMIT_JSON_DEPTH);
    assert_int_equal(parse(&text), ERR_OK);
    repeat(&text, "{\"a\":", LIMIT_JSON_DEPTH + 1);
    repeat(&text, "1", 1);
    repeat(&text, "}", LIMIT_JSON_DEPTH + 1);
    assert_int_equal(parse(&text), ERR_JSON);
    repeat(&text, "[0", 1);
    repeat(&text, ",0", LIMIT_JSON_VALUES - 2);
    repeat(&text, "]", 1);
    assert_int_equal(parse(&text), ERR_OK);
    repeat(&text, "[", 1);
    repeat(&text, "{},", LIMIT_JSON_VALUES);
    repeat(&text, "0]", 1);
    assert_int_equal(parse(&text), ERR_JSON);
    repeat(&text, " ", LIMIT_JSON_BYTES);
    repeat(&text, "0", 1);
    assert_int_equal(parse(&text), ERR_JSON);
    buf_free(&text);
}

static enum err stop_at_b(void *context, struct span key, const struct json *value)
{
    buf_add(context, key);
    buf_add_u64(context, (uint64_t)json_int(value, 0));
    return span_equal(key, SPAN("b")) ? ERR_STOPPED : ERR_OK;
}

static void readers(void **state)
{
    struct json *json;
    struct buf seen;
    (void)state;
    buf_init(&seen, 100);
    const char *text =
        "{\"t\":\"a\\u0000b\",\"i\":-7,\"r\":2.9,\"x\":1e300,\"y\":true,\"n\":null,\"l\":[1,2],"
        "\"o\":{\"c\":1,\"b\":2,\"a\":3}}";
    assert_int_equal(json_parse(span_of_string(text), &json), ERR_OK);
    assert_true(span_equal(json_text(json_get(json, "t")), SPAN("a\0b")));
    assert_null(json_text(json_get(json, "i")).at);
    assert_int_equal(json_int(json_get(json, "i"), 1), -7);
    assert_int_equal(json_int(json_get(json, "r"), 1), 2);
    assert_int_equal(json_int(json_get(json, "x"), 1), 1);
    assert_int_equal(json_int(json_get(json, "t"), 1), 1);
    assert_true(json_number(json_get(json, "r"), 0) == 2.9);
    assert_true(json_number(json_get(json, "i"), 0) == -7);
    assert_true(json_number(json_get(json, "absent"), 5) == 5);
    assert_true(json_is_true(json_get(json, "y")));
    assert_false(json_is_true(json_get(json, "n")));
    assert_int_equal(json_count(json_get(json, "l")), 2);
    assert_int_equal(json_count(json_get(json, "o")), 3);
    assert_int_equal(json_count(json_get(json, "t")), 0);
    assert_int_equal(json_int(json_item(json_get(json, "l"), 1), 0), 2);
    assert_null(json_item(json_get(json, "l"), 2));
    assert_null(json_get(json_get(json, "l"), "t"));
    assert_true(json_is_object(json) && json_is_array(json_get(json, "l")));
    assert_int_equal(json_each(json_get(json, "o"), stop_at_b, &seen), ERR_STOPPED);
    assert_true(span_equal(buf_span(&seen), SPAN("c1b2")));
    assert_false(json_is_object(NULL) || json_is_array(NULL) || json_is_true(NULL));
    assert_null(json_get(NULL, "a"));
    assert_int_equal(json_count(NULL), 0);
    assert_int_equal(json_each(NULL, stop_at_b, &seen), ERR_OK);
    json_free(json);
    json_free(NULL);
    buf_free(&seen);
}

static void indented(void **state)
{
    struct json *json = json_new_object(), *list = json_new_array();
    struct buf out;
    (void)state;
    buf_init(&out, 4096);
    json_append(list, json_of_integer(1));
    json_append(list, json_new_object());
    json_append(list, json_of_null());
    json_set(json, "list", list);
    json_set(json, "text", json_of_text(SPAN("\xff\"")));
    json_set(json, "\xfe", json_of_bool(true));
    assert_int_equal(json_write(json, true, &out), ERR_OK);
    assert_true(span_equal(buf_span(&out),
                           SPAN("{\n  \"list\": [\n    1,\n    {},\n    null\n  ],\n  \"text\": \"" FFFD
                                "\\\"\",\n  \"" FFFD "\": true\n}")));
    json_free(json);
    buf_free(&out);
}

/* What could not be built is not written as if it were whole. */
static void missing_parts(void **state)
{
    struct buf out;
    (void)state;
    buf_init(&out, 4096);
    struct json *object = json_new_object(), *list = json_new_array();
    json_set(object, "a", NULL);
    json_append(list, json_of_integer(1));
    json_append(list, object);
    assert_int_equal(json_write(list, false, &out), ERR_MEMORY);
    assert_int_equal(json_write(NULL, false, &out), ERR_MEMORY);
    json_free(list);
    json_set(NULL, "a", json_of_integer(1));
    json_append(NULL, json_of_text(SPAN("x")));
    buf_free(&out);
    buf_init(&out, 4);
    struct json *text = json_of_text(SPAN("too long"));
    assert_int_equal(json_write(text, false, &out), ERR_TOO_LARGE);
    json_free(text);
    buf_free(&out);
}

static void numbers(void **state)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0,          "0"                  },
        {-0.0,       "0"                  },
        {1,          "1"                  },
        {0.1,        "0.1"                },
        {0.1 + 0.2,  "0.30000000000000004"},
        {1.0 / 3,    "0.3333333333333333" },
        {1e21,       "1e+21"              },
        {5e-324,     "5e-324"             },
        {123456.789, "123456.789"         },
        {NAN,        "null"               },
        {INFINITY,   "null"               },
    };
    struct buf out;
    (void)state;
    buf_init(&out, 100);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct json *json = json_of_number(cases[i].value);
        buf_reset(&out);
        assert_int_equal(json_write(json, false, &out), ERR_OK);
        json_free(json);
        if (!span_equal(buf_span(&out), span_of_string(cases[i].text)))
            fail_msg("%s: %.*s", cases[i].text, SPAN_ARG(buf_span(&out)));
    }
    buf_free(&out);
}

/* All code points, against a plain encoder; and every cut of every one. */
static void utf8_steps(void **state)
{
    (void)state;
    for (uint32_t code = 0; code < 0x110000; code++) {
        unsigned char text[4] = {(unsigned char)code};
        unsigned bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        for (unsigned i = bytes; bytes > 1 && i-- > 1;)
            text[i] = (unsigned char)(0x80 | (code >> 6 * (bytes - 1 - i) & 0x3f));
        if (bytes > 1)
            text[0] = (unsigned char)(0xf00 >> bytes | code >> 6 * (bytes - 1));
        struct utf8_step step = utf8_next(span_of(text, bytes), 0);
        bool surrogate = code >= 0xD800 && code <= 0xDFFF;
        assert_int_equal(step.valid, !surrogate);
        if (step.valid) {
            assert_int_equal(step.code, code);
            assert_int_equal(step.bytes, bytes);
        }
        for (unsigned cut = 1; cut < bytes && !surrogate; cut++) {
            step = utf8_next(span_of(text, cut), 0);
            assert_true(!step.valid && step.bytes == cut && step.code == 0xFFFD);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_and_write), cmocka_unit_test(limits),        cmocka_unit_test(readers),
        cmocka_unit_test(indented),        cmocka_unit_test(missing_parts), cmocka_unit_test(numbers),
        cmocka_unit_test(utf8_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
