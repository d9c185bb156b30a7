// SPDX-License-Identifier: MIT
/* RFC 6265bis 5.1.1: tokens between delimiters; the first that looks like a time, a day, a month, a year is
 * it. */
#include "3_extract/cookie.h"

struct moment {
    bool has_time, has_day, has_month, has_year;
    unsigned hour, minute, second, day, month, year;
};

static bool is_delimiter(char c)
{
    unsigned char u = (unsigned char)c;
    return u == 0x09 || (u >= 0x20 && u <= 0x2f) || (u >= 0x3b && u <= 0x40) || (u >= 0x5b && u <= 0x60) ||
           (u >= 0x7b && u <= 0x7e);
}

/* Reads least to most digits at *at; more digits than that are no number. */
static bool read_number(struct span token, size_t *at, size_t least, size_t most, unsigned *out)
{
    size_t start = *at;
    unsigned value = 0;
    for (; *at < token.bytes && ascii_is_digit(token.at[*at]) && *at - start < most; ++*at)
        value = value * 10 + (unsigned)(token.at[*at] - '0');
    bool longer = *at < token.bytes && ascii_is_digit(token.at[*at]);
    *out = value;
    return *at - start >= least && !longer;
}

static bool read_colon(struct span token, size_t *at)
{
    return *at < token.bytes && token.at[(*at)++] == ':';
}

static bool read_time(struct span token, struct moment *to)
{
    size_t at = 0;
    return read_number(token, &at, 1, 2, &to->hour) && read_colon(token, &at) &&
           read_number(token, &at, 1, 2, &to->minute) && read_colon(token, &at) &&
           read_number(token, &at, 1, 2, &to->second);
}

static bool read_day(struct span token, struct moment *to)
{
    size_t at = 0;
    return read_number(token, &at, 1, 2, &to->day);
}

static bool read_month(struct span token, struct moment *to)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (unsigned i = 0; i < 12; i++)
        if (span_starts_nocase(token, span_of(names + i * 3, 3))) {
            to->month = i + 1;
            return true;
        }
    return false;
}

static bool read_year(struct span token, struct moment *to)
{
    size_t at = 0;
    if (!read_number(token, &at, 2, 4, &to->year))
        return false;
    to->year += to->year < 70 ? 2000 : to->year < 100 ? 1900 : 0;
    return true;
}

static unsigned days_in_month(unsigned year, unsigned month)
{
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 ? 28u + leap : 30u + (month + month / 8) % 2;
}

static bool is_real(const struct moment *m)
{
    return m->has_time && m->has_day && m->has_month && m->has_year && m->year >= 1601 && m->day >= 1 &&
           m->day <= days_in_month(m->year, m->month) && m->hour <= 23 && m->minute <= 59 && m->second <= 59;
}

/* Days since 1970-01-01. Counting years from March puts the leap day last. */
static int64_t count_days(unsigned year, unsigned month, unsigned day)
{
    int64_t y = (int64_t)year - (month <= 2);
    int64_t day_of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return 365 * y + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

enum err cookie_date_parse(struct span text, int64_t *out)
{
    struct moment m = {0};
    for (size_t at = 0; at < text.bytes;) {
        size_t start = at;
        while (at < text.bytes && !is_delimiter(text.at[at]))
            at++;
        struct span token = span_of(text.at + start, at - start);
        at += at < text.bytes;
        if (!token.bytes)
            continue;
        if (!m.has_time && (m.has_time = read_time(token, &m)))
            continue;
        if (!m.has_day && (m.has_day = read_day(token, &m)))
            continue;
        if (!m.has_month && (m.has_month = read_month(token, &m)))
            continue;
        if (!m.has_year)
            m.has_year = read_year(token, &m);
    }
    if (!is_real(&m))
        return ERR_SYNTAX;
    *out = count_days(m.year, m.month, m.day) * 86400 + m.hour * 3600 + m.minute * 60 + m.second;
    return ERR_OK;
}
