// SPDX-License-Identifier: MIT
#include "5_judge/register.h"
#include "base/when.h"

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
    unsigned year, month, day, real_month, real_day;
    int64_t real_year;
    if (!cut_number(&text, 4, &year) || !cut_hyphen(&text) || !cut_number(&text, 2, &month) ||
        !cut_hyphen(&text) || !cut_number(&text, 2, &day) || text.bytes || year == 0 || month == 0 ||
        month > 12 || day == 0)
        return false;
    int64_t days = when_days(year, month, day);
    when_date(days, &real_year, &real_month, &real_day);
    if (real_month != month) /* 30 February is a day of March */
        return false;
    *out = (date_days)days;
    return true;
}

struct span register_date_text(date_days date, struct arena *arena)
{
    unsigned month, day;
    int64_t year;
    if (date == DATE_OPEN_FROM || date == DATE_OPEN_TO)
        return SPAN("");
    when_date(date, &year, &month, &day);
    return arena_format(arena, "%04lld-%02u-%02u", (long long)year, month, day);
}
