// SPDX-License-Identifier: MIT
#include "5_judge/register.h"

/* Years are counted from 1 March: the leap day is then the last day of a year and needs no case of its own.
 */
enum {
    YEAR_DAYS = 365,
    CYCLE_YEARS = 400,
    CYCLE_DAYS = 146097,
    EPOCH_DAYS = 719468 /* 0000-03-01 to 1970-01-01 */
};

static unsigned days_before_month(unsigned month_from_march)
{
    return (153 * month_from_march + 2) / 5;
}

static date_days days_of(unsigned year, unsigned month, unsigned day)
{
    unsigned y = month <= 2 ? year - 1 : year;
    unsigned cycle = y / CYCLE_YEARS, of_cycle = y % CYCLE_YEARS;
    unsigned days =
        of_cycle * YEAR_DAYS + of_cycle / 4 - of_cycle / 100 + days_before_month((month + 9) % 12) + day - 1;
    return (date_days)(cycle * CYCLE_DAYS + days) - EPOCH_DAYS;
}

static bool is_leap(unsigned year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool cut_number(struct span *rest, size_t digits, unsigned *out)
{
    uint64_t value;
    if (rest->bytes < digits || !span_to_u64(span_first(*rest, digits), &value))
        return false;
    *rest = span_from(*rest, digits);
    *out = (unsigned)value;
    return true;
}

static bool cut_hyphen(struct span *rest)
{
    bool is = rest->bytes && rest->at[0] == '-';
    *rest = span_from(*rest, is);
    return is;
}

bool register_date_parse(struct span text, date_days *out)
{
    static const unsigned char month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned year, month, day;
    if (!cut_number(&text, 4, &year) || !cut_hyphen(&text) || !cut_number(&text, 2, &month) ||
        !cut_hyphen(&text) || !cut_number(&text, 2, &day) || text.bytes)
        return false;
    if (year == 0 || month == 0 || month > 12 || day == 0 ||
        day > month_days[month - 1] + (unsigned)(month == 2 && is_leap(year)))
        return false;
    *out = days_of(year, month, day);
    return true;
}

struct span register_date_text(date_days date, struct arena *arena)
{
    if (date == DATE_OPEN_FROM || date == DATE_OPEN_TO)
        return SPAN("");
    int64_t days = (int64_t)date + EPOCH_DAYS;
    int64_t cycle = (days >= 0 ? days : days - CYCLE_DAYS + 1) / CYCLE_DAYS;
    unsigned of_cycle = (unsigned)(days - cycle * CYCLE_DAYS);
    unsigned y = (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / 146096) / YEAR_DAYS;
    unsigned of_year = of_cycle - (y * YEAR_DAYS + y / 4 - y / 100);
    unsigned month_from_march = (5 * of_year + 2) / 153;
    unsigned day = of_year - days_before_month(month_from_march) + 1;
    unsigned month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    int64_t year = (int64_t)y + cycle * CYCLE_YEARS + (month <= 2);
    return arena_format(arena, "%04lld-%02u-%02u", (long long)year, month, day);
}
