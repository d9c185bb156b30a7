// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "3_extract/cookie.h"
#include "base/limits.h"
#include "ext/ext_psl.h"

#define NOW_S       1700000000 /* 2023-11-14 22:13:20 */
#define DAY_S       86400
#define ARENA_BYTES (1u << 20)

struct fixture {
    struct arena arena;
    struct suffixes *suffixes;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    arena_init(&fixture.arena, ARENA_BYTES);
    *state = &fixture;
    return suffixes_load(NULL, &fixture.suffixes) != ERR_OK;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    suffixes_free(fixture->suffixes);
    arena_free(&fixture->arena);
    return 0;
}

static enum err parse(struct fixture *f, struct span value, const char *url_text, struct cookie *cookie)
{
    struct url url;
    arena_reset(&f->arena);
    assert_int_equal(url_parse(span_of_string(url_text), NULL, &f->arena, &url), ERR_OK);
    return cookie_parse_set(value, &url, f->suffixes, NOW_S, &f->arena, cookie);
}

/* name NULL: dropped whole. */
static const struct {
    const char *text, *name, *value, *reason;
} pairs[] = {
    {"a=b",                "a",        "b",       "plain"                                        },
    {" a \t=\t b ;Secure", "a",        "b",       "blanks around both"                           },
    {"a=b=c",              "a",        "b=c",     "first equals sign"                            },
    {"a",                  "",         "a",       "no equals sign: a value"                      },
    {"=a",                 "",         "a",       "empty name"                                   },
    {"a=",                 "a",        "",        "empty value"                                  },
    {"=",                  NULL,       NULL,      "both empty"                                   },
    {"",                   NULL,       NULL,      "nothing"                                      },
    {"; Secure",           NULL,       NULL,      "attributes only"                              },
    {"a=\"b c\"",          "a",        "\"b c\"", "quotes stay"                                  },
    {"a=b, c=d",           "a",        "b, c=d",  "a comma is a letter; splitting is done before"},
    {"\xc3\xa6=\xff",      "\xc3\xa6", "\xff",    "bytes above 0x7f"                             },
    {"a=b\tc",             "a",        "b\tc",    "TAB inside"                                   },
    {"a=b\x01",            NULL,       NULL,      "control byte in the value"                    },
    {"a=b; Path=/\x7f",    NULL,       NULL,      "DEL in an attribute"                          },
    {"a=b\r\n",            NULL,       NULL,      "line end"                                     },
};

static void test_pairs(void **state)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct cookie c;
        enum err err = parse(*state, span_of_string(pairs[i].text), "https://h.example/", &c);
        bool good = pairs[i].name ? !err && span_equal(c.name, span_of_string(pairs[i].name)) &&
                                        span_equal(c.value, span_of_string(pairs[i].value))
                                  : err == ERR_COOKIE;
        if (!good)
            fail_msg("%s (%s)", pairs[i].text, pairs[i].reason);
    }
}

/* Attributes behind "a=b", from https://www.h.example/p/q?r. */
static const struct {
    const char *text;
    int64_t lifetime_s;
    const char *path;
    enum same_site same_site;
    bool secure, http_only, partitioned;
    const char *reason;
} attributes[] = {
    {"",                                                    COOKIE_SESSION, "/p",    SAME_SITE_DEFAULT, 0, 0, 0, "nothing said"             },
    {";",                                                   COOKIE_SESSION, "/p",    SAME_SITE_DEFAULT, 0, 0, 0, "empty attribute"          },
    {"; Secure; HttpOnly; Partitioned",                     COOKIE_SESSION, "/p",    SAME_SITE_DEFAULT, 1, 1, 1, "flags"                    },
    {";secure=0;HTTPONLY=no; partitioned=",                 COOKIE_SESSION, "/p",    SAME_SITE_DEFAULT, 1, 1, 1,
     "flags have no value"                                                                                                                  },
    {"; Max-Age=60",                                        60,             "/p",    0,                 0, 0, 0, "age"                      },
    {"; max-age = 60 ",                                     60,             "/p",    0,                 0, 0, 0, "blanks and case"          },
    {"; Max-Age=0",                                         0,              "/p",    0,                 0, 0, 0, "deletion"                 },
    {"; Max-Age=-5",                                        -5,             "/p",    0,                 0, 0, 0, "deletion"                 },
    {"; Max-Age=+5",                                        COOKIE_SESSION, "/p",    0,                 0, 0, 0, "a plus sign is no digit"  },
    {"; Max-Age=",                                          COOKIE_SESSION, "/p",    0,                 0, 0, 0, "empty age"                },
    {"; Max-Age=-",                                         COOKIE_SESSION, "/p",    0,                 0, 0, 0, "sign alone"               },
    {"; Max-Age=5s",                                        COOKIE_SESSION, "/p",    0,                 0, 0, 0, "letters"                  },
    {"; Max-Age=60; Max-Age=x",                             60,             "/p",    0,                 0, 0, 0, "the last valid one counts"},
    {"; Max-Age=60; Max-Age=70",                            70,             "/p",    0,                 0, 0, 0, "the last one counts"      },
    {"; Max-Age=99999999999999999999999",                   INT64_MAX,      "/p",    0,                 0, 0, 0, "saturates"                },
    {"; Max-Age=-99999999999999999999999",                  -INT64_MAX,     "/p",    0,                 0, 0, 0,
     "saturates, and is not the session mark"                                                                                               },
    {"; Expires=Wed, 15 Nov 2023 22:13:20 GMT",             DAY_S,          "/p",    0,                 0, 0, 0, "date"                     },
    {"; Expires=Mon, 13-Nov-23 22:13:20 GMT",               -DAY_S,         "/p",    0,                 0, 0, 0, "past date: deletion"      },
    {"; Expires=0",                                         COOKIE_SESSION, "/p",    0,                 0, 0, 0, "no date"                  },
    {"; Expires=Wed, 15 Nov 2023 22:13:20 GMT; Expires=0",  DAY_S,          "/p",    0,                 0, 0, 0, "the last valid date"      },
    {"; Max-Age=60; Expires=Wed, 15 Nov 2023 22:13:20 GMT", 60,             "/p",    0,                 0, 0, 0, "age beats date"           },
    {"; Max-Age=x; Expires=Wed, 15 Nov 2023 22:13:20 GMT",  DAY_S,          "/p",    0,                 0, 0, 0, "unless it is none"        },
    {"; Path=/",                                            COOKIE_SESSION, "/",     0,                 0, 0, 0, "path"                     },
    {"; Path=/x y/",                                        COOKIE_SESSION, "/x y/", 0,                 0, 0, 0, "as given"                 },
    {"; Path=x",                                            COOKIE_SESSION, "/p",    0,                 0, 0, 0, "no slash: default path"   },
    {"; Path",                                              COOKIE_SESSION, "/p",    0,                 0, 0, 0, "no value: default path"   },
    {"; Path=/x; Path=y",                                   COOKIE_SESSION, "/p",    0,                 0, 0, 0,
     "the last one counts, and means the default path"                                                                                      },
    {"; SameSite=None; Secure",                             COOKIE_SESSION, "/p",    SAME_SITE_NONE,    1, 0, 0, "none"                     },
    {"; SameSite=LAX",                                      COOKIE_SESSION, "/p",    SAME_SITE_LAX,     0, 0, 0, "lax"                      },
    {"; samesite=strict",                                   COOKIE_SESSION, "/p",    SAME_SITE_STRICT,  0, 0, 0, "strict"                   },
    {"; SameSite=Strict; SameSite=x",                       COOKIE_SESSION, "/p",    SAME_SITE_DEFAULT, 0, 0, 0,
     "the last one counts"                                                                                                                  },
    {"; Priority=High; x=y",                                COOKIE_SESSION, "/p",    SAME_SITE_DEFAULT, 0, 0, 0, "unknown attributes"       },
};

static void test_attributes(void **state)
{
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        char text[256] = "a=b";
        size_t bytes = strlen(attributes[i].text);
        memcpy(text + 3, attributes[i].text, bytes);
        struct cookie c;
        enum err err = parse(*state, span_of(text, bytes + 3), "https://www.h.example/p/q?r", &c);
        bool good = !err && c.lifetime_s == attributes[i].lifetime_s &&
                    span_equal(c.path, span_of_string(attributes[i].path)) &&
                    c.secure == attributes[i].secure && c.http_only == attributes[i].http_only &&
                    c.partitioned == attributes[i].partitioned && c.same_site == attributes[i].same_site &&
                    c.host_only && span_equal(c.domain, SPAN("www.h.example"));
        if (!good)
            fail_msg("%s (%s)", attributes[i].text, attributes[i].reason);
    }
}

/* domain NULL: the host alone. */
static const struct {
    const char *url, *text, *domain;
    enum cookie_storable storable;
    const char *reason;
} storage[] = {
    {"https://www.h.example/",             "a=b",                                          NULL,                    COOKIE_STORABLE,                   "host only"                      },
    {"https://www.h.example/",             "a=b; Domain=h.example",                        "h.example",             COOKIE_STORABLE,                   "parent"                         },
    {"https://www.h.example/",             "a=b; Domain=.H.Example",                       "h.example",             COOKIE_STORABLE,
     "one leading dot; case"                                                                                                                                                            },
    {"https://www.h.example/",             "a=b; Domain=..h.example",                      ".h.example",            COOKIE_FOREIGN_DOMAIN,
     "two leading dots"                                                                                                                                                                 },
    {"https://www.h.example/",             "a=b; Domain=www.h.example",                    "www.h.example",         COOKIE_STORABLE,
     "the host itself"                                                                                                                                                                  },
    {"https://www.h.example/",             "a=b; Domain=",                                 NULL,                    COOKIE_STORABLE,                   "empty: host only"               },
    {"https://www.h.example/",             "a=b; Domain=.",                                NULL,                    COOKIE_STORABLE,                   "dot alone: empty"               },
    {"https://www.h.example/",             "a=b; Domain=x.example; Domain=",               NULL,                    COOKIE_STORABLE,
     "the last one counts"                                                                                                                                                              },
    {"https://www.h.example/",             "a=b; Domain=i.example",                        "i.example",             COOKIE_FOREIGN_DOMAIN,             "another site"                   },
    {"https://www.h.example/",             "a=b; Domain=a.www.h.example",                  "a.www.h.example",       COOKIE_FOREIGN_DOMAIN,
     "a child"                                                                                                                                                                          },
    {"https://xh.example/",                "a=b; Domain=h.example",                        "h.example",             COOKIE_FOREIGN_DOMAIN,
     "ends alike, but in a label"                                                                                                                                                       },
    {"https://h.example./",                "a=b; Domain=h.example",                        "h.example",             COOKIE_FOREIGN_DOMAIN,
     "a final dot is another host"                                                                                                                                                      },
    {"https://www.h.co.uk/",               "a=b; Domain=co.uk",                            "co.uk",                 COOKIE_PUBLIC_SUFFIX,              "public suffix"                  },
    {"https://www.h.example/",             "a=b; Domain=com",                              "com",                   COOKIE_PUBLIC_SUFFIX,
     "a foreign one: the suffix is seen first"                                                                                                                                          },
    {"https://x.github.io/",               "a=b; Domain=github.io",                        "github.io",             COOKIE_PUBLIC_SUFFIX,              "private section"                },
    {"https://github.io/",                 "a=b; Domain=github.io",                        NULL,                    COOKIE_STORABLE,
     "suffix that is the host: host only"                                                                                                                                               },
    {"https://localhost/",                 "a=b; Domain=localhost",                        NULL,                    COOKIE_STORABLE,                   "likewise"                       },
    {"https://1.2.3.4/",                   "a=b; Domain=1.2.3.4",                          "1.2.3.4",               COOKIE_STORABLE,                   "address, equal"                 },
    {"https://1.2.3.4/",                   "a=b; Domain=3.4",                              "3.4",                   COOKIE_FOREIGN_DOMAIN,             "addresses have no parents"      },
    {"https://[::1]/",                     "a=b",                                          NULL,                    COOKIE_STORABLE,                   "IPv6"                           },
    {"https://www.xn--blbr-roah.example/",
     "a=b; Domain=BL\xc3\x85"
     "B\xc3\x86R.example",                                                                 "xn--blbr-roah.example", COOKIE_STORABLE,                   "IDNA"                           },
    {"https://h.example/",                 "a=b; Domain=\xff.example",                     "\xff.example",          COOKIE_FOREIGN_DOMAIN,             "no UTF-8"                       },
    {"http://h.example/",                  "a=b; Secure",                                  NULL,                    COOKIE_INSECURE,                   "Secure over http"               },
    {"ws://h.example/",                    "a=b; Secure",                                  NULL,                    COOKIE_INSECURE,                   "Secure over ws"                 },
    {"wss://h.example/",                   "a=b; Secure",                                  NULL,                    COOKIE_STORABLE,                   "Secure over wss"                },
    {"https://h.example/",                 "a=b; SameSite=None",                           NULL,                    COOKIE_NONE_WITHOUT_SECURE,        "None needs Secure"              },
    {"https://h.example/",                 "a=b; SameSite=None; Secure",                   NULL,                    COOKIE_STORABLE,                   "and has it"                     },
    {"https://h.example/",                 "a=b; Partitioned",                             NULL,                    COOKIE_PARTITIONED_WITHOUT_SECURE,
     "Partitioned needs Secure"                                                                                                                                                         },
    {"https://h.example/",                 "a=b; Partitioned; Secure",                     NULL,                    COOKIE_STORABLE,                   "and has it"                     },
    {"https://h.example/",                 "__Secure-a=b",                                 NULL,                    COOKIE_PREFIX,                     "__Secure- needs Secure"         },
    {"https://h.example/",                 "__SECURE-a=b; Secure",                         NULL,                    COOKIE_STORABLE,                   "and has it, in any case"        },
    {"https://h.example/",                 "__secure-a=b",                                 NULL,                    COOKIE_PREFIX,                     "the rule holds in any case, too"},
    {"https://h.example/",                 "__Host-a=b; Secure; Path=/",                   NULL,                    COOKIE_STORABLE,                   "__Host- complete"               },
    {"https://h.example/",                 "__Host-a=b; Secure",                           NULL,                    COOKIE_PREFIX,                     "the path must be given"         },
    {"https://h.example/",                 "__Host-a=b; Secure; Path=/x",                  NULL,                    COOKIE_PREFIX,                     "and be the root"                },
    {"https://h.example/",                 "__Host-a=b; Path=/",                           NULL,                    COOKIE_PREFIX,                     "__Host- needs Secure"           },
    {"https://h.example/",                 "__Host-a=b; Secure; Path=/; Domain=h.example", "h.example",             COOKIE_PREFIX,
     "no Domain"                                                                                                                                                                        },
    {"https://h.example/",                 "__Http-a=b; Secure; HttpOnly",                 NULL,                    COOKIE_STORABLE,                   "__Http- complete"               },
    {"https://h.example/",                 "__Http-a=b; Secure",                           NULL,                    COOKIE_PREFIX,                     "__Http- needs HttpOnly"         },
    {"https://h.example/",                 "__Host-Http-a=b; Secure; HttpOnly; Path=/",    NULL,                    COOKIE_STORABLE,
     "both complete"                                                                                                                                                                    },
    {"https://h.example/",                 "__Host-Http-a=b; Secure; Path=/",              NULL,                    COOKIE_PREFIX,                     "needs HttpOnly as well"         },
    {"https://h.example/",                 "=__Secure-a=b; Secure",                        NULL,                    COOKIE_PREFIX,
     "nameless, and would be sent as the prefix"                                                                                                                                        },
    {"https://h.example/",                 "__host-a; Secure; Path=/",                     NULL,                    COOKIE_PREFIX,                     "likewise without equals sign"   },
    {"https://h.example/",                 "x__Secure-a=b",                                NULL,                    COOKIE_STORABLE,                   "no prefix"                      },
};

static void test_storage(void **state)
{
    for (size_t i = 0; i < sizeof storage / sizeof *storage; i++) {
        struct cookie c;
        struct url url;
        struct fixture *f = *state;
        enum err err = parse(f, span_of_string(storage[i].text), storage[i].url, &c);
        assert_int_equal(url_parse(span_of_string(storage[i].url), NULL, &f->arena, &url), ERR_OK);
        struct span domain = storage[i].domain ? span_of_string(storage[i].domain) : url.host;
        if (err || c.storable != storage[i].storable || c.host_only != !storage[i].domain ||
            !span_equal(c.domain, domain))
            fail_msg("%s %s (%s): %d, %.*s", storage[i].url, storage[i].text, storage[i].reason,
                     (int)c.storable, SPAN_ARG(c.domain));
    }
}

static void test_default_paths(void **state)
{
    static const struct {
        const char *url, *path;
    } rows[] = {
        {"https://h.example/",         "/"   },
        {"https://h.example/a",        "/"   },
        {"https://h.example/a/",       "/a"  },
        {"https://h.example/a/b",      "/a"  },
        {"https://h.example/a/b/?x/y", "/a/b"},
        {"https://h.example//",        "/"   },
        {"https://h.example/%20/b",    "/%20"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cookie c;
        assert_int_equal(parse(*state, SPAN("a=b"), rows[i].url, &c), ERR_OK);
        if (!span_equal(c.path, span_of_string(rows[i].path)))
            fail_msg("%s: %.*s", rows[i].url, SPAN_ARG(c.path));
    }
}

static void test_limits(void **state)
{
    static char text[16384];
    struct cookie c;
    memset(text, 'a', sizeof text);
    text[10] = '=';
    assert_int_equal(parse(*state, span_of(text, LIMIT_COOKIE_PAIR_BYTES + 1), "https://h.example/", &c),
                     ERR_OK);
    assert_int_equal(parse(*state, span_of(text, LIMIT_COOKIE_PAIR_BYTES + 2), "https://h.example/", &c),
                     ERR_COOKIE);
    memcpy(text, "a=b;path=/x;path=/", 18);
    size_t value_at = 17;
    assert_int_equal(
        parse(*state, span_of(text, value_at + LIMIT_COOKIE_ATTRIBUTE_BYTES), "https://h.example/", &c),
        ERR_OK);
    assert_int_equal(c.path.bytes, LIMIT_COOKIE_ATTRIBUTE_BYTES);
    assert_int_equal(
        parse(*state, span_of(text, value_at + LIMIT_COOKIE_ATTRIBUTE_BYTES + 1), "https://h.example/", &c),
        ERR_OK);
    assert_true(span_equal(c.path, SPAN("/x")));
}

/* Expected: the cookies, each in brackets. */
static const struct {
    const char *text, *parts, *reason;
} joined[] = {
    {"a=b",                                                                       "[a=b]",                                             "one"                                      },
    {"",                                                                          "",                                                  "none"                                     },
    {"a=b, c=d",                                                                  "[a=b][c=d]",                                        "comma and blank"                          },
    {"a=b,c=d",                                                                   "[a=b][c=d]",                                        "comma alone: taken for two"               },
    {"a=b,,,c=d",                                                                 "[a=b][c=d]",                                        "three commas"                             },
    {"a=b\nc=d",                                                                  "[a=b][c=d]",                                        "LF"                                       },
    {"a=b\r\nc",                                                                  "[a=b][c]",                                          "LF separates also what has no equals sign"},
    {"a=b, c",                                                                    "[a=b, c]",                                          "no equals sign behind the comma"          },
    {"a=b, c d=e",                                                                "[a=b, c d=e]",                                      "a blank in the name"                      },
    {"a=b, c;d=e",                                                                "[a=b, c;d=e]",                                      "semicolon before the equals sign"         },
    {"a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT, c=d",                           "[a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT][c=d]",
     "dates"                                                                                                                                                                      },
    {"a=b; expires=Sunday, 29-Dec-03 23:59:59 GMT; path=/, c=d; expires=Mon, 1=",
     "[a=b; expires=Sunday, 29-Dec-03 23:59:59 GMT; path=/][c=d; expires=Mon, 1=]",                                                    "the comma of a weekday, whatever follows" },
    {"a=b; Expires = Wed,c=d, e=f",                                               "[a=b; Expires = Wed,c=d][e=f]",                     "once per date"                            },
    {"a=b; Expires=x, c=d",                                                       "[a=b; Expires=x][c=d]",                             "no weekday"                               },
    {"a=b; Expires=Thursdays day, c=d",                                           "[a=b; Expires=Thursdays day][c=d]",                 "more than a weekday"                      },
    {"expires=Thu, c=d",                                                          "[expires=Thu][c=d]",                                "a cookie of that name is no attribute"    },
    {"a=b; Path=/; Domain=.h.example, c=d; HttpOnly",                             "[a=b; Path=/; Domain=.h.example][c=d; HttpOnly]",
     "attributes"                                                                                                                                                                 },
    {",,, ,\n\n",                                                                 "[,,, ,]",                                           "commas before nothing are letters"        },
    {"a=b, =c",                                                                   "[a=b, =c]",                                         "empty name"                               },
    {"{\"a\":1,\"b\"=2}",                                                         "[{\"a\":1,\"b\"=2}]",                               "quotes are not of a name"                 },
};

static void test_joined(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof joined / sizeof *joined; i++) {
        char got[512] = "";
        size_t bytes = 0;
        struct span rest = span_of_string(joined[i].text), one;
        while (cookie_next_joined(&rest, &one))
            bytes += (size_t)snprintf(got + bytes, sizeof got - bytes, "[%.*s]", SPAN_ARG(one));
        if (strcmp(got, joined[i].parts) != 0)
            fail_msg("%s (%s): %s", joined[i].text, joined[i].reason, got);
    }
}

/* Expected: name:value, each in brackets. */
static const struct {
    const char *text, *parts, *reason;
} sent[] = {
    {"a=b",            "[a:b]",        "one"                            },
    {"a=b; c=d",       "[a:b][c:d]",   "two"                            },
    {" a = b ;\tc=d;", "[a:b][c:d]",   "blanks and a semicolon too many"},
    {"a=b;c=d",        "[a:b][c:d]",   "no blank"                       },
    {"a; =b; c=",      "[:a][:b][c:]", "nameless and empty"             },
    {"a=b=c",          "[a:b=c]",      "first equals sign"              },
    {"; ;=;",          "",             "nothing"                        },
    {"",               "",             "nothing at all"                 },
};

static void test_sent(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++) {
        char got[512] = "";
        size_t bytes = 0;
        struct span rest = span_of_string(sent[i].text), name, value;
        while (cookie_next_sent(&rest, &name, &value))
            bytes += (size_t)snprintf(got + bytes, sizeof got - bytes, "[%.*s:%.*s]", SPAN_ARG(name),
                                      SPAN_ARG(value));
        if (strcmp(got, sent[i].parts) != 0)
            fail_msg("%s (%s): %s", sent[i].text, sent[i].reason, got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),   cmocka_unit_test(test_attributes),
        cmocka_unit_test(test_storage), cmocka_unit_test(test_default_paths),
        cmocka_unit_test(test_limits),  cmocka_unit_test(test_joined),
        cmocka_unit_test(test_sent),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
