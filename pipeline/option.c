// SPDX-License-Identifier: MIT
#include "option.h"

#include <string.h>
#include <unistd.h>

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

enum err option_year(const char *text, unsigned *out, struct failure *failure)
{
    if (!parse_number(span_of_string(text), 1990, 2100, out))
        return failure_set(failure, ERR_USAGE, "--year %s: give a year such as 2026", text);
    return ERR_OK;
}

static enum err set(const struct option_row *row, const char *given, struct failure *failure)
{
    struct span text = span_of_string(given);
    static const char *const wanted[] = {[OPTION_NUMBER] = "a number from 1",
                                         [OPTION_COUNT] = "a number from 1 to 1000000",
                                         [OPTION_SIZE] = "a size such as 4M",
                                         [OPTION_SHARE] = "a share from 0 to 1, such as 0.01"};
    bool good = true;
    switch (row->kind) {
    case OPTION_TEXT:
        *(const char **)row->value = given;
        break;
    case OPTION_NUMBER:
        good = parse_number(text, 1, 1024, row->value);
        break;
    case OPTION_COUNT:
        good = parse_number(text, 1, 1000000, row->value);
        break;
    case OPTION_YEAR:
        return option_year(given, row->value, failure);
    case OPTION_SIZE:
        good = parse_size(text, row->value);
        break;
    case OPTION_SHARE:
        good = parse_share(text, row->value);
        break;
    case OPTION_CALL: {
        const struct option_call *call = row->value;
        return call->fn(call->context, given, failure);
    }
    case OPTION_FLAG:
        break;
    }
    return good ? ERR_OK
                : failure_set(failure, ERR_USAGE, "%s %s: give %s", row->name, given, wanted[row->kind]);
}

enum err option_keep(void *context, const char *value, struct failure *failure)
{
    struct option_arguments *arguments = context;
    if (arguments->count == OPTION_ARGUMENTS_MAX)
        return failure_set(failure, ERR_USAGE, "more than %d arguments; put them in a file and give @FILE",
                           OPTION_ARGUMENTS_MAX);
    arguments->items[arguments->count++] = value;
    return ERR_OK;
}

/* "--name=value", "--name value", "-jvalue", "-j value", "--flag", "-q". */
static enum err take(const struct option_row *rows, size_t row_count, char **argv, int *i,
                     struct failure *failure)
{
    struct span arg = span_of_string(argv[*i]);
    bool is_long = arg.at[1] == '-';
    size_t equals = is_long ? span_find(arg, '=', 0) : arg.bytes;
    const struct option_row *row = find(rows, row_count, span_first(arg, equals));
    bool has_value = equals < arg.bytes || (!is_long && arg.bytes > 2);
    if (!row || (row->kind == OPTION_FLAG && has_value))
        return failure_set(failure, ERR_USAGE, "unknown option %s; 'tredjepart help COMMAND' lists them",
                           argv[*i]);
    if (row->kind == OPTION_FLAG) {
        *(bool *)row->value = true;
        return ERR_OK;
    }
    const char *value = equals < arg.bytes ? argv[*i] + equals + 1 : has_value ? argv[*i] + 2 : argv[++*i];
    if (!value)
        return failure_set(failure, ERR_USAGE, "%s needs a value", row->name);
    return set(row, value, failure);
}

enum err option_parse(const struct option_row *rows, size_t row_count, int argc, char **argv,
                      struct option_call rest, struct failure *failure)
{
    bool options = true;
    for (int i = 1; i < argc; i++) {
        if (options && span_equal(span_of_string(argv[i]), SPAN("--")))
            options = false;
        else if (options && argv[i][0] == '-' && argv[i][1] &&
                 argv[i][1] != '!') /* "-!MEMBER" of standard input */
            TRY(take(rows, row_count, argv, &i, failure));
        else
            TRY(rest.fn(rest.context, argv[i], failure));
    }
    return ERR_OK;
}

unsigned option_cores(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 ? (unsigned)cores : 1;
}

enum err option_progress(const char *word, enum progress_mode *out, struct failure *failure)
{
    static const char *const words[] = {"auto", "always", "never"};
    size_t i = 0;
    while (i < 3 && strcmp(word, words[i]) != 0)
        i++;
    if (i == 3)
        return failure_set(failure, ERR_USAGE, "--progress %s: give auto, always or never", word);
    bool terminal = isatty(STDERR_FILENO);
    *out = i == 2 ? PROGRESS_OFF : terminal || i == 1 ? PROGRESS_TERMINAL : PROGRESS_LOG;
    return ERR_OK;
}

enum err option_paths(const char **paths, size_t count, struct arena *arena, struct pathlist *list,
                      struct failure *failure)
{
    for (size_t i = 0; i < count; i++) {
        enum err err = pathlist_add(list, paths[i], arena);
        if (err)
            return failure_of_path(failure, err, list->failed.at ? list->failed.at : paths[i]);
    }
    pathlist_sort(list);
    return ERR_OK;
}
