// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "command.h"
#include "indexing_option.h"
#include "reporting.h"

const char cmd_run_help[] =
    "The main job: makes an index of every year's archives (OUT.YYYY.index, kept; one that is there for the "
    "same archives is\n"
    "used again), then the report. Interrupted, the same command goes on where it stopped.\n\n"
    "      --registers DIR    the registers ('tredjepart help report'); DIR/captures.csv unless --captures\n"
    "  -o, --output OUT       the report's folder\n"
    "      --year YYYY PATH.. the archives of a year: files, folders, or @FILE; repeat for every year\n"
    "      --policy FILE, --as-of DATE, --public: as of 'report'\n" /* of both: */
    INDEXING_OPTION_HELP("no warnings, no closing lines");

#define YEARS_MAX 32

struct settings {
    struct indexing_settings common;
    const char *registers, *output, *policy, *as_of;
    bool is_public;
};
struct year {
    unsigned year;
    struct pathlist paths;
    char index[LIMIT_PATH_BYTES];
};
struct years {
    struct year items[YEARS_MAX];
    size_t count;
    struct arena arena;
};

static enum err add_year(void *context, const char *value, struct failure *failure)
{
    struct years *years = context;
    if (years->count == YEARS_MAX)
        return failure_set(failure, ERR_USAGE, "at most %d years", YEARS_MAX);
    return option_year(value, &years->items[years->count++].year, failure);
}

/* A path belongs to the --year before it. */
static enum err add_path(void *context, const char *value, struct failure *failure)
{
    struct years *years = context;
    if (!years->count)
        return failure_set(failure, ERR_USAGE, "%s: put --year YYYY before it", value);
    struct pathlist *list = &years->items[years->count - 1].paths;
    enum err err = pathlist_add(list, value, &years->arena);
    return err ? failure_of_path(failure, err, list->failed.at ? list->failed.at : value) : ERR_OK;
}

static enum err check_years(struct years *years, const char *output, struct failure *failure)
{
    for (size_t i = 0; i < years->count; i++) {
        struct year *y = &years->items[i];
        if (!y->paths.count)
            return failure_set(failure, ERR_USAGE, "--year %u: no PATH behind it", y->year);
        pathlist_sort(&y->paths);
        int n = snprintf(y->index, sizeof y->index, "%s.%u.index", output, y->year);
        if (n < 0 || (size_t)n >= sizeof y->index - 8)
            return failure_set(failure, ERR_USAGE, "%s: path too long", output);
    }
    return ERR_OK;
}

/* The manifest among the registers, unless another was named. */
static const char *find_captures(const struct settings *s, char path[LIMIT_PATH_BYTES])
{
    int bytes = snprintf(path, LIMIT_PATH_BYTES, "%s/captures.csv", s->registers);
    bool is_there = bytes > 0 && (size_t)bytes < LIMIT_PATH_BYTES && access(path, F_OK) == 0;
    return s->common.captures ? s->common.captures : is_there ? path : NULL;
}

static enum err run_all(const struct settings *s, struct years *years, const struct indexing *common,
                        const struct suffixes *suffixes, struct failure *failure, bool *damaged)
{
    const char *indexes[YEARS_MAX];
    for (size_t i = 0; i < years->count; i++) {
        struct indexing indexing = *common;
        bool year_damaged;
        indexing.year = years->items[i].year;
        indexing.output = indexes[i] = years->items[i].index;
        TRY(indexing_run(&indexing, &years->items[i].paths, failure, &year_damaged));
        *damaged |= year_damaged;
    }
    const struct reporting reporting = {.registers = s->registers,
                                        .policy = s->policy,
                                        .output = s->output,
                                        .as_of = s->as_of,
                                        .is_public = s->is_public,
                                        .quiet = s->common.quiet,
                                        .indexes = indexes,
                                        .index_count = years->count,
                                        .suffixes = suffixes,
                                        .command = "run"};
    return reporting_run(&reporting, failure);
}

static enum err run(const struct settings *s, struct years *years, struct failure *failure, bool *damaged)
{
    if (!s->registers || !s->output || !years->count)
        return failure_set(
            failure, ERR_USAGE,
            "needs --registers, -o and at least one --year YYYY PATH; 'tredjepart help run' tells more");
    TRY(check_years(years, s->output, failure));
    struct indexing common = {0};
    struct suffixes *suffixes = NULL;
    /* registers first: hours of reading should not end at a typing error */
    char captures[LIMIT_PATH_BYTES];
    TRY(reporting_check(s->registers, s->policy, years->items[0].year, s->common.quiet, failure));
    enum err err = indexing_option_apply(&s->common, &common, &suffixes, failure);
    common.captures = find_captures(s, captures);
    if (!err)
        err = run_all(s, years, &common, suffixes, failure, damaged);
    suffixes_free(suffixes);
    mapfile_close(&common.dictionary);
    return err;
}

enum exit_status cmd_run(int argc, char **argv, struct failure *failure)
{
    struct settings s = {0};
    struct years *years = calloc(1, sizeof *years);
    struct option_call year = {add_year, years};
    struct option_row rows[INDEXING_OPTION_ROWS + 6];
    indexing_option_rows(&s.common, rows);
    const struct option_row own[] = {
        {"--registers", 0,   OPTION_TEXT, &s.registers},
        {"--output",    'o', OPTION_TEXT, &s.output   },
        {"--policy",    0,   OPTION_TEXT, &s.policy   },
        {"--as-of",     0,   OPTION_TEXT, &s.as_of    },
        {"--public",    0,   OPTION_FLAG, &s.is_public},
        {"--year",      0,   OPTION_CALL, &year       },
    };
    memcpy(rows + INDEXING_OPTION_ROWS, own, sizeof own);
    bool damaged = false;
    enum err err = ERR_MEMORY;
    if (years) {
        arena_init(&years->arena, LIMIT_GROUP_ARENA_BYTES);
        err = option_parse(rows, sizeof rows / sizeof *rows, argc, argv,
                           (struct option_call){add_path, years}, failure);
        if (!err)
            err = run(&s, years, failure, &damaged);
        arena_free(&years->arena);
    }
    free(years);
    if (err)
        failure_set(failure, err, "%s", err_text(err));
    return err ? command_status(err) : damaged ? EXIT_DAMAGED : EXIT_DONE;
}
