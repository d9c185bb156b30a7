// SPDX-License-Identifier: MIT
/* Answers of the DNS as rows: what was asked and what was kept in, the names on the way out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "1_read/record.h"
#include "3_extract/dns.h"
#include "base/buf.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define ASKED    "dns:stat.portal.dk"
#define DATE     "20261001080000\n"
#define DIG                                                                                                  \
    ";; opcode: QUERY, status: NOERROR, id: 12345\n"                                                         \
    ";; flags: qr rd ra; QUERY: 1, ANSWER: 3, AUTHORITY: 0, ADDITIONAL: 0\n\n"                               \
    ";; QUESTION SECTION:\n;stat.portal.dk.\tIN\t A\n\n;; ANSWER SECTION:\n"

// clang-format off
static const struct {
    const char *why, *uri, *body, *names;
    size_t odd_lines;
    enum err err;
} rows[] = {
    {"its own address", ASKED, DATE "stat.portal.dk.\t300\tIN\tA\t192.0.2.1\n", "stat.portal.dk", 0, ERR_OK},
    {"the resolver followed", ASKED, DATE "x.vendor.com.\t300\tIN\tA\t192.0.2.1\n", "stat.portal.dk x.vendor.com", 0, ERR_OK},
    {"to several addresses", ASKED, DATE "x.vendor.com.\t1\tIN\tA\t192.0.2.1\nx.vendor.com.\t1\tIN\tA\t192.0.2.2\n", "stat.portal.dk x.vendor.com", 0, ERR_OK},
    {"to addresses of both kinds", ASKED, DATE "x.vendor.com. 1 IN A 192.0.2.1\nx.vendor.com. 1 IN AAAA 2001:db8::1\n", "stat.portal.dk x.vendor.com", 0, ERR_OK},
    {"a short name has two tabs behind it", ASKED, DATE "x.com.\t\t43200\tIN\tA\t192.0.2.1\n", "stat.portal.dk x.com", 0, ERR_OK},
    {"blanks, CRLF and no end of line", ASKED, "20261001080000\r\nx.com.  1 IN  A 192.0.2.1", "stat.portal.dk x.com", 0, ERR_OK},
    {"case is nothing", "DNS:STAT.Portal.DK", DATE "stat.PORTAL.dk.\t1\tin\ta\t192.0.2.1\n", "stat.portal.dk", 0, ERR_OK},
    {"a final dot is nothing", "dns:stat.portal.dk.", DATE "stat.portal.dk\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk", 0, ERR_OK},
    {"IDNA", "dns:m\xc3\xa5l.portal.dk", DATE "xn--ml-yia.portal.dk.\t1\tIN\tA\t192.0.2.1\n", "xn--ml-yia.portal.dk", 0, ERR_OK},
    {"percent-encoding", "dns:st%61t.portal.dk", DATE "x.com.\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk x.com", 0, ERR_OK},
    {"underscores are names", ASKED, DATE "_a.x_y.com.\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk _a.x_y.com", 0, ERR_OK},
    {"a server, a class and a type", "dns://192.0.2.53/stat.portal.dk?type=A;class=IN", DATE "x.com.\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk x.com", 0, ERR_OK},
    {"a type as others write it", ASKED "?TYPE=A", DATE "x.com.\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk x.com", 0, ERR_OK},

    {"a chain", ASKED, DATE "stat.portal.dk.\t1\tIN\tCNAME\tx.vendor.com.\nx.vendor.com.\t1\tIN\tCNAME\ty.cdn.net.\ny.cdn.net.\t1\tIN\tA\t192.0.2.1\n",
     "stat.portal.dk x.vendor.com y.cdn.net", 0, ERR_OK},
    {"a chain in no order", ASKED, DATE "y.cdn.net.\t1\tIN\tA\t192.0.2.1\nx.vendor.com.\t1\tIN\tCNAME\tY.cdn.net.\nstat.portal.dk.\t1\tIN\tCNAME\tx.vendor.com\n",
     "stat.portal.dk x.vendor.com y.cdn.net", 0, ERR_OK},
    {"a chain that ends without an address", ASKED, DATE "stat.portal.dk.\t1\tIN\tCNAME\tx.com.\n", "stat.portal.dk x.com", 0, ERR_OK},
    {"said twice", ASKED, DATE "stat.portal.dk.\t1\tIN\tCNAME\tx.com.\nstat.portal.dk.\t2\tIN\tCNAME\tx.com.\n", "stat.portal.dk x.com", 0, ERR_OK},
    {"aliases of others beside its own address", ASKED, DATE "stat.portal.dk.\t1\tIN\tA\t192.0.2.1\nb.dk.\t1\tIN\tCNAME\tx.com.\n", "stat.portal.dk", 0, ERR_OK},
    {"as dig prints it", ASKED, DIG "stat.portal.dk.\t1\tIN\tCNAME\tx.com.\nx.com.\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk x.com", 0, ERR_OK},
    {"glue is no answer", ASKED, DIG "\n;; AUTHORITY SECTION:\ncom.\t1\tIN\tNS\tns.x.com.\n\n;; ADDITIONAL SECTION:\nns.x.com.\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk", 0, ERR_OK},
    {"other types lead nowhere", ASKED, DATE "portal.dk.\t1\tIN\tSOA\tns.x.com. a.x.com. 1 2 3 4 5\nportal.dk.\t1\tIN\tNS\tns.x.com.\n", "stat.portal.dk", 0, ERR_OK},
    {"addresses beside other types are no alias", ASKED, DATE "portal.dk.\t1\tIN\tNS\tns.x.com.\nns.x.com.\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk", 0, ERR_OK},
    {"nor before them", ASKED, DATE "x.com.\t1\tIN\tA\t192.0.2.1\nstat.portal.dk.\t1\tIN\tHTTPS\t1 . alpn=h2\n", "stat.portal.dk", 0, ERR_OK},
    {"a chain beside other types is one", ASKED, DATE "stat.portal.dk.\t1\tIN\tCNAME\tx.com.\nx.com.\t1\tIN\tTXT\tx\nx.com.\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk x.com", 0, ERR_OK},
    {"no answer", ASKED, DATE, "stat.portal.dk", 0, ERR_OK},
    {"nothing", ASKED, "", "stat.portal.dk", 0, ERR_OK},

    {"no date", ASKED, "x.com.\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk x.com", 0, ERR_OK},
    {"an odd date", ASKED, "20261301080000\nx.com.\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk x.com", 1, ERR_OK},
    {"a date elsewhere", ASKED, DATE DATE, "stat.portal.dk", 1, ERR_OK},
    {"other text", ASKED, DATE "<html>\nsome words of no meaning at all\n", "stat.portal.dk", 2, ERR_OK},
    {"no TTL", ASKED, DATE "x.com.\tIN\tA\t192.0.2.1\n", "stat.portal.dk", 1, ERR_OK},
    {"another class", ASKED, DATE "x.com.\t1\tCH\tA\t192.0.2.1\n", "stat.portal.dk", 1, ERR_OK},
    {"an owner left out", ASKED, DATE "\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk", 1, ERR_OK},
    {"no address", ASKED, DATE "x.com.\t1\tIN\tA\tx.com.\nx.com.\t1\tIN\tAAAA\tx\nx.com.\t1\tIN\tA\n", "stat.portal.dk", 3, ERR_OK},
    {"names that are no host", ASKED, DATE "a\\.b.com.\t1\tIN\tA\t192.0.2.1\nx.com:80\t1\tIN\tA\t192.0.2.1\nu@x.com\t1\tIN\tA\t192.0.2.1\n.\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk", 4, ERR_OK},
    {"names with nothing behind their dot", ASKED, DATE "x..\t1\tIN\tA\t192.0.2.1\nx%2e.\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk", 2, ERR_OK},
    {"comments", ASKED, DATE "; x.com.\t1\tIN\tA\t192.0.2.1\n\n;\n", "stat.portal.dk", 0, ERR_OK},
    {"two words for a name", ASKED, DATE "stat.portal.dk.\t1\tIN\tCNAME\tx.com. y.com.\n", "stat.portal.dk", 1, ERR_OK},

    {"a circle", ASKED, DATE "stat.portal.dk.\t1\tIN\tCNAME\tx.com.\nx.com.\t1\tIN\tCNAME\tstat.portal.dk.\n", "stat.portal.dk", 0, ERR_SYNTAX},
    {"its own alias", ASKED, DATE "stat.portal.dk.\t1\tIN\tCNAME\tstat.portal.dk.\n", "stat.portal.dk", 0, ERR_SYNTAX},
    {"alias of two", ASKED, DATE "stat.portal.dk.\t1\tIN\tCNAME\tx.com.\nstat.portal.dk.\t1\tIN\tCNAME\ty.com.\n", "stat.portal.dk", 0, ERR_SYNTAX},
    {"addresses of two", ASKED, DATE "x.com.\t1\tIN\tA\t192.0.2.1\ny.com.\t1\tIN\tA\t192.0.2.2\n", "stat.portal.dk", 0, ERR_SYNTAX},
    {"an answer to another question", ASKED, DATE "b.dk.\t1\tIN\tCNAME\tx.com.\nx.com.\t1\tIN\tA\t192.0.2.1\n", "stat.portal.dk", 0, ERR_SYNTAX},
    {"asked for nothing", "dns:", DATE "x.com.\t1\tIN\tA\t192.0.2.1\n", "", 0, ERR_URL},
    {"asked for no name", "dns:a b", DATE "x.com.\t1\tIN\tA\t192.0.2.1\n", "", 0, ERR_URL},
    {"asked a server for nothing", "dns://192.0.2.53", DATE "x.com.\t1\tIN\tA\t192.0.2.1\n", "", 0, ERR_URL},
};
// clang-format on

static void test_rows(void **state)
{
    (void)state;
    struct arena arena;
    struct buf names;
    arena_init(&arena, 16u << 20);
    buf_init(&names, 1u << 16);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct dns_answer answer;
        arena_reset(&arena);
        buf_reset(&names);
        enum err err = dns_parse(span_of_string(rows[i].uri), span_of_string(rows[i].body), &arena, &answer);
        for (size_t k = 0; k < answer.name_count; k++)
            buf_format(&names, "%s%.*s", k ? " " : "", SPAN_ARG(answer.names[k]));
        if (err != rows[i].err || answer.odd_lines != rows[i].odd_lines ||
            !span_equal(buf_span(&names), span_of_string(rows[i].names)))
            fail_msg("%s: %s, %zu odd lines, '%.*s'", rows[i].why, err_name(err), answer.odd_lines,
                     SPAN_ARG(buf_span(&names)));
    }
    buf_free(&names);
    arena_free(&arena);
}

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        int64_t date_ns;
    } dates[] = {
        {DATE,               INT64_C(1790841600000000000)},
        {"20261301080000\n", RECORD_NO_DATE              },
        {"2026100108000\n",  RECORD_NO_DATE              },
        {"\n" DATE,          RECORD_NO_DATE              },
        {"",                 RECORD_NO_DATE              },
    };
    struct arena arena;
    struct dns_answer answer;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < COUNT(dates); i++) {
        assert_int_equal(dns_parse(SPAN(ASKED), span_of_string(dates[i].body), &arena, &answer), ERR_OK);
        assert_int_equal(answer.date_ns, dates[i].date_ns);
    }
    arena_free(&arena);
}

/* As many names, or lines, as are read, and one more. */
static void test_limits(void **state)
{
    (void)state;
    struct arena arena;
    struct buf body;
    struct dns_answer answer;
    for (unsigned more = 0; more < 2; more++) {
        arena_init(&arena, 64u << 20);
        buf_init(&body, 1u << 20);
        for (unsigned i = 0; i + 1 < LIMIT_DNS_NAMES + more; i++)
            buf_format(&body, "n%u.dk. 1 IN CNAME n%u.dk.\n", i, i + 1);
        enum err err = dns_parse(SPAN("dns:n0.dk"), buf_span(&body), &arena, &answer);
        assert_int_equal(err, more ? ERR_TOO_LARGE : ERR_OK);
        assert_int_equal(answer.name_count, LIMIT_DNS_NAMES);
        buf_reset(&body);
        for (unsigned i = 0; i < LIMIT_DNS_LINES + more; i++)
            buf_add_string(&body, "x.com. 1 IN A 192.0.2.1\n");
        err = dns_parse(SPAN("dns:n0.dk"), buf_span(&body), &arena, &answer);
        assert_int_equal(err, more ? ERR_TOO_LARGE : ERR_OK);
        assert_int_equal(answer.name_count, 2);
        buf_free(&body);
        arena_free(&arena);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_dates),
                                              cmocka_unit_test(test_limits)};
    return cmocka_run_group_tests_name("dns", tests, NULL, NULL);
}
