// SPDX-License-Identifier: MIT
#include "base/when.h"

#include <stdio.h>

#define NS_PER_S     1000000000ll
#define S_PER_DAY    86400ll
#define DAYS_PER_ERA 146097 /* 400 years */
#define DAYS_TO_1970 719468 /* from 0000-03-01: years that begin in March put the leap day last */

int64_t when_days(int64_t year, unsigned month, unsigned day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (int64_t)(month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

void when_date(int64_t days, int64_t *year, unsigned *month, unsigned *day)
{
    int64_t z = days + DAYS_TO_1970;
    int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int64_t doe = z - era * DAYS_PER_ERA;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *day = (unsigned)(doy - (153 * mp + 2) / 5 + 1);
    *month = (unsigned)(mp < 10 ? mp + 3 : mp - 9);
    *year = yoe + era * 400 + (*month <= 2);
}

int when_text(int64_t ns, char out[WHEN_TEXT_BYTES])
{
    int64_t s = ns / NS_PER_S, fraction = ns % NS_PER_S;
    if (fraction < 0) {
        fraction += NS_PER_S;
        s--;
    }
    int64_t days = s / S_PER_DAY, rest = s % S_PER_DAY, year;
    if (rest < 0) {
        rest += S_PER_DAY;
        days--;
    }
    unsigned month, day;
    when_date(days, &year, &month, &day);
    int n = snprintf(out, WHEN_TEXT_BYTES, "%04lld-%02u-%02uT%02lld:%02lld:%02lld", (long long)year, month,
                     day, (long long)(rest / 3600), (long long)(rest / 60 % 60), (long long)(rest % 60));
    int digits = !fraction ? 0 : fraction % 1000000 == 0 ? 3 : fraction % 1000 == 0 ? 6 : 9;
    int64_t shown = digits == 3 ? fraction / 1000000 : digits == 6 ? fraction / 1000 : fraction;
    if (digits)
        n += snprintf(out + n, (size_t)(WHEN_TEXT_BYTES - n), ".%0*lld", digits, (long long)shown);
    return n + snprintf(out + n, (size_t)(WHEN_TEXT_BYTES - n), "Z");
}
