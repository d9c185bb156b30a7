// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <time.h>

#include "3_extract/cookie.h"

#define NONE INT64_MIN

static const struct {
    const char *text;
    int64_t seconds;
    const char *reason;
} rows[] = {
    {"Thu, 01 Jan 1970 00:00:00 GMT",           0,            "HTTP-date"                                                },
    {"Sunday, 06-Nov-94 08:49:37 GMT",          784111777,    "RFC 850 date"                                             },
    {"Sun Nov  6 08:49:37 1994",                784111777,    "asctime"                                                  },
    {"Thu, 09-Jan-20 10:00:01 GMT",             1578564001,   "two-digit year of this century"                           },
    {"Sunday, 29-Dec-03 23:59:59 GMT",          1072742399,   "long weekday"                                             },
    {"Tue, 19 Jan 2038 03:14:08 GMT",           2147483648,   "beyond 32 bits"                                           },
    {"Fri, 31 Dec 9999 23:59:59 GMT",           253402300799, "far future"                                               },
    {"1 jan 1601 0:0:0",                        -11644473600, "first year; one digit each"                               },
    {"31 Dec 1600 23:59:59",                    NONE,         "before the first year"                                    },
    {"1 Jan 69 00:00:00",                       3124224000,   "69 is 2069"                                               },
    {"1 Jan 70 00:00:00",                       0,            "70 is 1970"                                               },
    {"1 Jan 99 00:00:00",                       915148800,    "99 is 1999"                                               },
    {"1 Jan 100 00:00:00",                      NONE,         "three digits are a year, but too early"                   },
    {"1 Jan 02000 00:00:00",                    NONE,         "five digits are no year"                                  },
    {"29 Feb 2024 12:00:00",                    1709208000,   "leap day"                                                 },
    {"29 Feb 2023 12:00:00",                    NONE,         "no such day"                                              },
    {"29 Feb 2000 12:00:00",                    951825600,    "leap century"                                             },
    {"29 Feb 2100 12:00:00",                    NONE,         "century that is no leap year"                             },
    {"31 Apr 2024 12:00:00",                    NONE,         "no such day"                                              },
    {"0 Jan 2024 12:00:00",                     NONE,         "day 0"                                                    },
    {"32 Jan 2024 12:00:00",                    NONE,         "day 32; no other token can be the day"                    },
    {"1 Jan 2024 24:00:00",                     NONE,         "hour 24"                                                  },
    {"1 Jan 2024 23:60:00",                     NONE,         "minute 60"                                                },
    {"1 Jan 2024 23:59:60",                     NONE,         "leap seconds are refused"                                 },
    {"1 Jan 2024 23:59",                        NONE,         "no seconds"                                               },
    {"1 Jan 2024 123:59:59",                    NONE,         "three digits of hour"                                     },
    {"1 Jan 2024 23:59:599",                    NONE,         "three digits of second"                                   },
    {"1 Jan 2024 23:59:59.5",                   1704153599,   "what follows a second is ignored"                         },
    {"1st January 2024th 23:59:59x",            1704153599,   "what follows a number or month is ignored"                },
    {"2024 Jan 1 00:00:00",                     1704067200,   "order is free"                                            },
    {"00:00:00 2024-Jan-01",                    1704067200,   "also like this"                                           },
    {"20 24 Jan 00:00:00",                      1705708800,   "first number is the day, second the year: 20 January 2024"},
    {"2024-01-01 00:00:00",                     NONE,         "numeric months are not understood"                        },
    {"1 Jan 2024 01:02:03 1 Feb 2025 04:05:06", 1704070923,   "the first of each counts"                                 },
    {"\t;1\xff"
     "Jan;2024",                           NONE,         "a byte above 0x7f separates nothing"                      },
    {"1;Jan@2024[00:00:00]",                    1704067200,   "odd separators"                                           },
    {"",                                        NONE,         "nothing"                                                  },
    {"Session",                                 NONE,         "no date"                                                  },
    {"-1",                                      NONE,         "a number"                                                 },
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t got = NONE;
        enum err err = cookie_date_parse(span_of_string(rows[i].text), &got);
        if (got != rows[i].seconds || err != (rows[i].seconds == NONE ? ERR_SYNTAX : ERR_OK))
            fail_msg("%s (%s): %s, %lld", rows[i].text, rows[i].reason, err_name(err), (long long)got);
    }
}

/* Every day of four centuries against the C library. */
static void test_calendar(void **state)
{
    (void)state;
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (int64_t day = -135140; day < 146097; day++) {
        time_t seconds = (time_t)(day * 86400 + (day & 0xffff));
        struct tm tm;
        char text[64];
        int64_t got = NONE;
        assert_non_null(gmtime_r(&seconds, &tm));
        if (tm.tm_year + 1900 < 1601)
            continue;
        int bytes = snprintf(text, sizeof text, "%d %.3s %d %d:%d:%d", tm.tm_mday, months + tm.tm_mon * 3,
                             tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
        assert_int_equal(cookie_date_parse(span_of(text, (size_t)bytes), &got), ERR_OK);
        assert_true(got == (int64_t)seconds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_calendar)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
