// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "base/limits.h"
#include "command.h"
#include "indexing_option.h"

const char cmd_index_help[] =
    "Reads archives (WARC and ARC, plain, gzip or zstd; HAR; WACZ, tar, gzip, bzip2, xz and lz4 of these; "
    "kinds are "
    "told by content)\n"
    "and writes one index of a year's observations. PATH is an archive, a folder, @FILE with a path a line, "
    "or - for "
    "standard input.\n"
    "Interrupted, the same command goes on where it stopped, but for standard input.\n\n"
    "      --year YYYY        the year these archives stand for\n"
    "  -o, --output INDEX     the index file; INDEX.work beside it while it is being made\n" /* of both: */
    INDEXING_OPTION_HELP("no closing line");

struct settings {
    struct indexing_settings common;
    unsigned year;
    const char *output;
};

static enum err run(const struct settings *s, const char **paths, size_t count, struct failure *failure,
                    bool *damaged)
{
    if (!s->year || !s->output || !count)
        return failure_set(failure, ERR_USAGE,
                           "needs --year, -o and at least one PATH; 'tredjepart help index' tells more");
    struct indexing indexing = {0};
    struct suffixes *suffixes = NULL;
    struct pathlist list = {0};
    struct arena arena;
    arena_init(&arena, LIMIT_GROUP_ARENA_BYTES);
    enum err err = option_paths(paths, count, &arena, &list, failure);
    if (!err)
        err = indexing_option_apply(&s->common, &indexing, &suffixes, failure);
    if (!err) {
        indexing.year = s->year;
        indexing.output = s->output;
        err = indexing_run(&indexing, &list, failure, damaged);
    }
    suffixes_free(suffixes);
    mapfile_close(&indexing.dictionary);
    arena_free(&arena);
    return err;
}

enum exit_status cmd_index(int argc, char **argv, struct failure *failure)
{
    struct settings s = {.year = 0};
    struct option_row rows[INDEXING_OPTION_ROWS + 2];
    indexing_option_rows(&s.common, rows);
    rows[INDEXING_OPTION_ROWS] = (struct option_row){"--year", 0, OPTION_YEAR, &s.year};
    rows[INDEXING_OPTION_ROWS + 1] = (struct option_row){"--output", 'o', OPTION_TEXT, &s.output};
    struct option_arguments arguments = {.count = 0};
    bool damaged = false;
    enum err err = option_parse(rows, INDEXING_OPTION_ROWS + 2, argc, argv,
                                (struct option_call){option_keep, &arguments}, failure);
    if (!err)
        err = run(&s, arguments.items, arguments.count, failure, &damaged);
    if (err)
        failure_set(failure, err, "%s", err_text(err));
    return err ? command_status(err) : damaged ? EXIT_DAMAGED : EXIT_DONE;
}
