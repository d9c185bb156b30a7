// SPDX-License-Identifier: MIT
#include "7_report/csv.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "csv_reader.h"

static void test_text_cells(void **state)
{
    (void)state;
    static const struct {
        const char *text, *written;
    } rows[] = {
        {"plain",                   "plain"                               },
        {"",                        ""                                    },
        {"a,b",                     "\"a,b\""                             },
        {"a;b",                     "\"a;b\""                             },
        {"say \"hi\"",              "\"say \"\"hi\"\"\""                  },
        {"two\r\nlines",            "\"two\r\nlines\""                    },
        {" lead",                   "\" lead\""                           },
        {"trail ",                  "\"trail \""                          },
        {"=1+1",                    "'=1+1"                               },
        {"+45 33",                  "'+45 33"                             },
        {"-x",                      "'-x"                                 },
        {"@SUM(A1)",                "'@SUM(A1)"                           },
        {"\tx",                     "\"'\tx\""                            },
        {"\rx",                     "\"'\rx\""                            },
        {"'=x",                     "''=x"                                },
        {"=HYPERLINK(\"a\";\"b\")", "\"'=HYPERLINK(\"\"a\"\";\"\"b\"\")\""},
        {"bl\u00E5b\u00E6r",        "bl\u00E5b\u00E6r"                    },
        {"bad \xFF byte",           "bad \uFFFD byte"                     },
    };
    struct arena arena;
    arena_init(&arena, 1u << 20);
    struct buf out;
    buf_init(&out, 1u << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_reset(&out);
        struct csv csv;
        csv_init(&csv, &out, &csv_standard, &arena);
        csv_text(&csv, span_of_string(rows[i].text));
        if (!span_equal(buf_span(&out), span_of_string(rows[i].written)))
            fail_msg("'%s': got '%.*s'", rows[i].text, SPAN_ARG(buf_span(&out)));
    }
    buf_free(&out);
    arena_free(&arena);
}

static void write_sample(struct buf *out, const struct csv_dialect *dialect, struct arena *arena)
{
    struct csv csv;
    csv_init(&csv, out, dialect, arena);
    csv_text(&csv, SPAN("a;b,c"));
    csv_count(&csv, 1234567);
    csv_real(&csv, 0.625);
    csv_real(&csv, -2.0 / 3);
    csv_real(&csv, NAN);
    csv_text(&csv, SPAN_NONE);
    csv_end_row(&csv);
    csv_text(&csv, SPAN("=evil"));
    csv_end_row(&csv);
}

static void test_dialects(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1u << 20);
    struct buf out;
    buf_init(&out, 1u << 20);
    write_sample(&out, &csv_standard, &arena);
    assert_true(span_equal(buf_span(&out), SPAN("\"a;b,c\",1234567,0.625,-0.666667,,\r\n'=evil\r\n")));
    buf_reset(&out);
    write_sample(&out, &csv_danish, &arena);
    assert_true(
        span_equal(buf_span(&out), SPAN("\xEF\xBB\xBF\"a;b,c\";1234567;0,625;-0,666667;;\r\n'=evil\r\n")));
    buf_free(&out);
    arena_free(&arena);
}

/* Every pair of ASCII bytes as a cell comes back through a reader that knows nothing of the writer. */
static void test_reads_back(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1u << 20);
    struct buf out, cell;
    buf_init(&out, 1u << 20);
    buf_init(&cell, 1u << 20);
    const struct csv_dialect *dialects[] = {&csv_standard, &csv_danish};
    for (int a = 9; a < 127; a++)
        for (int b = 32; b < 127; b++) {
            if (a > 9 && a < 32 && a != '\n' && a != '\r')
                continue;
            char text[] = {(char)a, (char)b, (char)a};
            const struct csv_dialect *dialect = dialects[(a + b) % 2];
            buf_reset(&out);
            struct csv csv;
            csv_init(&csv, &out, dialect, &arena);
            csv_text(&csv, span_of(text, 3));
            csv_text(&csv, SPAN("next"));
            csv_end_row(&csv);
            struct span rest = csv_reader_skip_mark(buf_span(&out));
            bool last;
            csv_reader_cell(&rest, dialect->separator, &cell, &last);
            if (last || !span_equal(csv_reader_unguarded(buf_span(&cell)), span_of(text, 3)))
                fail_msg("%02x %02x", (unsigned)a, (unsigned)b);
            csv_reader_cell(&rest, dialect->separator, &cell, &last);
            assert_true(last && span_equal(buf_span(&cell), SPAN("next")) && rest.bytes == 0);
        }
    buf_free(&cell);
    buf_free(&out);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_cells),
        cmocka_unit_test(test_dialects),
        cmocka_unit_test(test_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
