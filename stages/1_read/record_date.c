// SPDX-License-Identifier: MIT
#include "1_read/record.h"

#define NS_PER_S   1000000000
#define FIRST_YEAR 1678 /* int64 nanoseconds reach from 1677-09-21 to 2262-04-11 */
#define LAST_YEAR  2261
#define EPOCH_YEAR 1970

struct moment {
    unsigned year, month, day, hour, minute, second;
    int64_t fraction_ns, offset_s;
};

static bool is_leap(unsigned year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned days_of_month(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days before January 1st of the year, counted from the epoch. */
static int64_t days_before_year(unsigned year)
{
    int64_t y = (int64_t)year - 1;
    int64_t days = 365 * y + y / 4 - y / 100 + y / 400;
    int64_t e = EPOCH_YEAR - 1;
    return days - (365 * e + e / 4 - e / 100 + e / 400);
}

/* Some crawlers wrote the day of the year where the day belongs (2008-10-294): taken when the month agrees.
 */
static bool day_of_year(struct moment *m, unsigned day_of_year)
{
    unsigned month = 1;
    for (; month < 12 && day_of_year > days_of_month(m->year, month); month++)
        day_of_year -= days_of_month(m->year, month);
    m->day = day_of_year;
    return month == m->month;
}

static enum err ns_of(const struct moment *m, int64_t *out)
{
    bool good = m->year >= FIRST_YEAR && m->year <= LAST_YEAR && m->month >= 1 && m->month <= 12 &&
                m->day >= 1 && m->day <= days_of_month(m->year, m->month) && m->hour <= 23 &&
                m->minute <= 59 && m->second <= 60;
    if (!good)
        return ERR_SYNTAX;
    int64_t days = days_before_year(m->year) + m->day - 1;
    for (unsigned month = 1; month < m->month; month++)
        days += days_of_month(m->year, month);
    int64_t s = ((days * 24 + m->hour) * 60 + m->minute) * 60 + m->second - m->offset_s;
    *out = s * NS_PER_S + m->fraction_ns;
    return ERR_OK;
}

/* Moves *rest behind exactly `digits` digits. */
static bool take_number(struct span *rest, size_t digits, unsigned *out)
{
    uint64_t value;
    if (rest->bytes < digits || !span_to_u64(span_first(*rest, digits), &value))
        return false;
    *out = (unsigned)value;
    *rest = span_from(*rest, digits);
    return true;
}

static bool take_char(struct span *rest, const char *any_of)
{
    if (rest->bytes == 0 || rest->at[0] == '\0' || !strchr(any_of, rest->at[0]))
        return false;
    *rest = span_from(*rest, 1);
    return true;
}

static size_t count_digits(struct span s)
{
    size_t n = 0;
    while (n < s.bytes && ascii_is_digit(s.at[n]))
        n++;
    return n;
}

/* Nanoseconds are kept, what is finer is dropped. */
static bool take_fraction(struct span *rest, int64_t *out_ns)
{
    size_t digits = count_digits(*rest);
    int64_t unit_ns = NS_PER_S / 10;
    for (size_t i = 0; i < digits; i++, unit_ns /= 10)
        *out_ns += (rest->at[i] - '0') * unit_ns;
    *rest = span_from(*rest, digits);
    return digits > 0;
}

/* Z, +hh:mm, +hhmm or nothing, which is read as UTC. */
static bool take_zone(struct span *rest, int64_t *offset_s)
{
    if (rest->bytes == 0 || take_char(rest, "Zz"))
        return true;
    bool west = rest->at[0] == '-';
    unsigned hours, minutes;
    if (!take_char(rest, "+-") || !take_number(rest, 2, &hours))
        return false;
    take_char(rest, ":");
    if (!take_number(rest, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *offset_s = (int64_t)(hours * 60 + minutes) * 60 * (west ? -1 : 1);
    return true;
}

/* YYYYMMDDhhmmss, as CDX files and old crawlers write it; what is missing at the end is 0. */
static bool read_compact(struct span rest, struct moment *m)
{
    unsigned *const parts[] = {&m->hour, &m->minute, &m->second};
    if (!take_number(&rest, 4, &m->year) || !take_number(&rest, 2, &m->month) ||
        !take_number(&rest, 2, &m->day))
        return false;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (!take_number(&rest, 2, parts[i]))
            break;
    return true;
}

static bool read_time(struct span rest, struct moment *m)
{
    if (!take_char(&rest, "Tt ") || !take_number(&rest, 2, &m->hour) || !take_char(&rest, ":") ||
        !take_number(&rest, 2, &m->minute))
        return false;
    if (take_char(&rest, ":") && !take_number(&rest, 2, &m->second))
        return false;
    if (take_char(&rest, ".,") && !take_fraction(&rest, &m->fraction_ns))
        return false;
    return take_zone(&rest, &m->offset_s) && rest.bytes == 0;
}

/* The W3C profile of ISO 8601 may stop after the year, the month, the day, the minute, the second or its
 * fraction. */
static bool read_w3c(struct span rest, struct moment *m)
{
    if (!take_number(&rest, 4, &m->year))
        return false;
    if (rest.bytes == 0)
        return true;
    if (!take_char(&rest, "-") || !take_number(&rest, 2, &m->month))
        return false;
    if (rest.bytes == 0)
        return true;
    if (!take_char(&rest, "-"))
        return false;
    size_t digits = count_digits(rest);
    unsigned day;
    if (digits < 2 || digits > 3 || !take_number(&rest, digits, &day))
        return false;
    m->day = day;
    bool is_day_of_month = digits == 2 && day <= 31;
    if (!is_day_of_month && !day_of_year(m, day))
        return false;
    return rest.bytes == 0 || read_time(rest, m);
}

enum err record_date_parse(struct span text, int64_t *out)
{
    struct moment m = {.month = 1, .day = 1};
    text = span_trim(text);
    bool compact = text.bytes == 14 && count_digits(text) == 14;
    if (!(compact ? read_compact(text, &m) : read_w3c(text, &m)))
        return ERR_SYNTAX;
    return ns_of(&m, out);
}

enum err record_date_digits(struct span digits, int64_t *out)
{
    struct moment m = {0};
    return read_compact(digits, &m) ? ns_of(&m, out) : ERR_SYNTAX;
}
