// SPDX-License-Identifier: MIT
#include "option.h"

#include <string.h>

#include "base/span.h"

static const struct option_row *find(const struct option_row *rows, size_t count, struct span name)
{
    for (size_t i = 0; i < count; i++) {
        bool is_letter =
            name.bytes >= 2 && name.at[0] == '-' && name.at[1] != '-' && name.at[1] == rows[i].letter;
        if (is_letter || span_equal(name, span_of_string(rows[i].name)))
            return &rows[i];
    }
    return NULL;
}

static bool parse_size(struct span text, uint64_t *out)
{
    static const struct {
        char letter;
        unsigned shift;
    } units[] = {
        {'K', 10},
        {'M', 20},
        {'G', 30},
        {'T', 40}
    };
    unsigned shift = 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (text.bytes && (text.at[text.bytes - 1] & ~0x20) == units[i].letter)
            shift = units[i].shift;
    uint64_t value;
    if (shift)
        text.bytes--;
    if (!span_to_u64(text, &value) || value == 0 || value > UINT64_MAX >> shift)
        return false;
    *out = value << shift;
    return true;
}

/* Digits, perhaps a point and digits: shares are written as in policy.csv, whatever the locale says. */
static bool parse_share(struct span text, double *out)
{
    struct span rest = text, whole = span_cut(&rest, '.');
    uint64_t units, fraction = 0;
    double scale = 1;
    if (!span_to_u64(whole, &units) || (rest.at && (rest.bytes > 9 || !span_to_u64(rest, &fraction))))
        return false;
    for (size_t i = 0; i < rest.bytes; i++)
        scale *= 10;
    double value = (double)units + (double)fraction / scale;
    if (value > 1)
        return false;
    *out = value;
    return true;
}

static bool parse_number(struct span text, uint64_t least, uint64_t most, unsigned *out)
{
    uint64_t value;
    if (!span_to_u64(text, &value) || value < least || value > most)
        return false;
    *out = (unsigned)value;
    return true;
}

static enum err set(const struct option_row *row, const char *given, struct failure *failure)
{
    struct span text = span_of_string(given);
    static const char *const wanted[] = {[OPTION_NUMBER] = "a number from 1",
                                         [OPTION_SIZE] = "a size such as 4M",
                                         [OPTION_SHARE] = "a share from 0 to 1, such as 0.01",
                                         [OPTION_YEAR] = "a year such as 2026"};
    bool good = true;
    switch (row->kind) {
    case OPTION_TEXT:
        *(const char **)row->value = given;
        break;
    case OPTION_NUMBER:
        good = parse_number(text, 1, 1024, row->value);
        break;
    case OPTION_YEAR:
        good = parse_number(text, 1990, 2100, row->value);
        break;
    case OPTION_SIZE:
        good = parse_size(text, row->value);
        break;
    case OPTION_SHARE:
        good = parse_share(text, row->value);
        break;
    case OPTION_FLAG:
        break;
    }
    return good ? ERR_OK
                : failure_set(failure, ERR_USAGE, "%s %s: give %s", row->name, given, wanted[row->kind]);
}

enum err option_parse(const struct option_row *rows, size_t row_count, int argc, char **argv,
                      const char **rest, size_t *rest_count, struct failure *failure)
{
    *rest_count = 0;
    bool options = true;
    for (int i = 1; i < argc; i++) {
        struct span arg = span_of_string(argv[i]);
        if (!options || arg.bytes < 2 || arg.at[0] != '-') {
            rest[(*rest_count)++] = argv[i];
            continue;
        }
        if (span_equal(arg, SPAN("--"))) {
            options = false;
            continue;
        }
        bool is_long = arg.at[1] == '-';
        size_t equals = is_long ? span_find(arg, '=', 0) : arg.bytes;
        const struct option_row *row = find(rows, row_count, span_first(arg, equals));
        if (!row || (!is_long && row->kind == OPTION_FLAG && arg.bytes > 2) ||
            (row->kind == OPTION_FLAG && equals < arg.bytes))
            return failure_set(failure, ERR_USAGE, "unknown option %s; 'tredjepart help COMMAND' lists them",
                               argv[i]);
        if (row->kind == OPTION_FLAG) {
            *(bool *)row->value = true;
            continue;
        }
        const char *value = equals < arg.bytes      ? argv[i] + equals + 1
                            : !is_long && arg.at[2] ? argv[i] + 2
                                                    : argv[++i];
        if (!value)
            return failure_set(failure, ERR_USAGE, "%s needs a value", row->name);
        TRY(set(row, value, failure));
    }
    return ERR_OK;
}
