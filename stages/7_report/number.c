// SPDX-License-Identifier: MIT
#include "7_report/number.h"

#include "base/when.h"

#include <assert.h>
#include <math.h>

#define NBSP  "\u00A0"
#define MINUS "\u2212"

struct number_style {
    const char *minus, *group;
    char mark;
    bool keeps_zeros;
};
static const struct number_style danish = {MINUS, ".", ',', false};
static const struct number_style danish_fixed = {MINUS, ".", ',', true};

struct day {
    int64_t year;
    unsigned month, day;
};
struct clock {
    unsigned hour, minute, second;
};

/* Digits from the back: groups of three on the left of the mark, `decimals` on its right. */
static struct span write_scaled(struct arena *arena, bool is_negative, uint64_t scaled, unsigned decimals,
                                const struct number_style *style)
{
    char digits[96];
    size_t at = sizeof digits;
    unsigned left = decimals;
    bool any = style->keeps_zeros, is_zero = scaled == 0;
    for (; left; left--, scaled /= 10) {
        any = any || scaled % 10;
        if (any)
            digits[--at] = (char)('0' + scaled % 10);
    }
    if (any && decimals)
        digits[--at] = style->mark;
    unsigned written = 0;
    do {
        if (written && written % 3 == 0 && style->group[0])
            digits[--at] = style->group[0];
        digits[--at] = (char)('0' + scaled % 10);
        scaled /= 10;
        written++;
    } while (scaled);
    struct span number = span_of(digits + at, sizeof digits - at);
    return arena_format(arena, "%s%.*s", is_negative && !is_zero ? style->minus : "", SPAN_ARG(number));
}

static struct span write_real(struct arena *arena, double value, unsigned decimals,
                              const struct number_style *style)
{
    static const double power[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
    assert(decimals < sizeof power / sizeof *power);
    if (!isfinite(value) || fabs(value) > 1e12)
        return SPAN("");
    return write_scaled(arena, value < 0, (uint64_t)llround(fabs(value) * power[decimals]), decimals, style);
}

struct span number_count(struct arena *arena, uint64_t value)
{
    return write_scaled(arena, false, value, 0, &danish);
}

struct span number_decimal(struct arena *arena, double value, unsigned decimals)
{
    return write_real(arena, value, decimals, &danish);
}

struct span number_plain(struct arena *arena, double value, unsigned decimals, char mark)
{
    struct number_style style = {"-", "", mark, false};
    return write_real(arena, value, decimals, &style);
}

static unsigned decimals_for(uint64_t n)
{
    return n < 50 ? 0 : n < 1000 ? 1 : 2;
}

struct span number_percent_bare(struct arena *arena, double value, uint64_t n)
{
    return write_real(arena, value * 100, decimals_for(n), &danish_fixed);
}

struct span number_percent(struct arena *arena, double value, uint64_t n)
{
    struct span number = number_percent_bare(arena, value, n);
    return number.bytes ? arena_format(arena, "%.*s" NBSP "pct.", SPAN_ARG(number)) : number;
}

struct span number_share(struct arena *arena, uint64_t part, uint64_t whole)
{
    struct span a = number_count(arena, part), b = number_count(arena, whole);
    if (!whole)
        return arena_format(arena, "%.*s" NBSP "af" NBSP "%.*s", SPAN_ARG(a), SPAN_ARG(b));
    struct span percent = number_percent(arena, (double)part / (double)whole, whole);
    return arena_format(arena, "%.*s" NBSP "af" NBSP "%.*s (%.*s)", SPAN_ARG(a), SPAN_ARG(b),
                        SPAN_ARG(percent));
}

struct span number_points(struct arena *arena, double difference, uint64_t n)
{
    struct span number = number_percent_bare(arena, difference, n);
    if (!number.bytes)
        return number;
    bool is_zero = span_equal(number, number_percent_bare(arena, 0, n));
    return arena_format(arena, "%s%.*s" NBSP "procentpoint", difference > 0 && !is_zero ? "+" : "",
                        SPAN_ARG(number));
}

int32_t number_day_of(int64_t time_ns)
{
    const int64_t day_ns = 86400 * INT64_C(1000000000);
    return (int32_t)(time_ns / day_ns - (time_ns % day_ns < 0));
}

/* False when the year has no four digits. */
static bool day_of(int32_t days, struct day *out)
{
    when_date(days, &out->year, &out->month, &out->day);
    return out->year >= 0 && out->year <= 9999;
}

static struct clock clock_of(int64_t time_ns)
{
    int64_t second =
        time_ns / 1000000000 - (time_ns % 1000000000 < 0) - (int64_t)number_day_of(time_ns) * 86400;
    return (struct clock){(unsigned)(second / 3600), (unsigned)(second / 60 % 60), (unsigned)(second % 60)};
}

struct span number_date(struct arena *arena, int32_t day)
{
    static const char *const months[] = {"januar", "februar", "marts",     "april",   "maj",      "juni",
                                         "juli",   "august",  "september", "oktober", "november", "december"};
    struct day d;
    if (!day_of(day, &d))
        return SPAN("");
    return arena_format(arena, "%u." NBSP "%s" NBSP "%d", d.day, months[d.month - 1], (int)d.year);
}

struct span number_time(struct arena *arena, int64_t time_ns)
{
    struct span date = number_date(arena, number_day_of(time_ns));
    struct clock c = clock_of(time_ns);
    return date.bytes
               ? arena_format(arena, "%.*s kl." NBSP "%02u.%02u (UTC)", SPAN_ARG(date), c.hour, c.minute)
               : date;
}

struct span number_iso_date(struct arena *arena, int32_t day)
{
    struct day d;
    return day_of(day, &d) ? arena_format(arena, "%04d-%02u-%02u", (int)d.year, d.month, d.day) : SPAN("");
}

struct span number_iso_time(struct arena *arena, int64_t time_ns)
{
    struct span date = number_iso_date(arena, number_day_of(time_ns));
    struct clock c = clock_of(time_ns);
    return date.bytes
               ? arena_format(arena, "%.*sT%02u:%02u:%02uZ", SPAN_ARG(date), c.hour, c.minute, c.second)
               : date;
}
