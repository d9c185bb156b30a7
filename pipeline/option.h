// SPDX-License-Identifier: MIT
/*
 * option.h - command lines as tables: one row an option, so that parsing and checking is written once.
 *
 * To add an option: a row in the command's table, a field in its settings, a line in its help text.
 */
#ifndef PIPELINE_OPTION_H
#define PIPELINE_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "failure.h"
#include "io/pathlist.h"
#include "run/progress.h"

enum option_kind {
    OPTION_FLAG,   /* bool */
    OPTION_TEXT,   /* const char * */
    OPTION_NUMBER, /* unsigned: decimal, 1 to 1024 */
    OPTION_COUNT,  /* unsigned: decimal, 1 to 1000000 */
    OPTION_SIZE,   /* uint64_t: bytes, with K, M, G */
    OPTION_SHARE,  /* double from 0 to 1 */
    OPTION_YEAR,   /* unsigned, 1990 to 2100 */
    OPTION_CALL,   /* struct option_call: told each time it stands there */
};
typedef enum err option_fn(void *context, const char *value, struct failure *failure);
struct option_call {
    option_fn *fn;
    void *context;
};
struct option_row {
    const char *name; /* "--threads" */
    char letter;      /* 'j', or 0 */
    enum option_kind kind;
    void *value;
};
/* Goes through argv in order: options set their values, everything else (and all behind "--") goes to `rest`.
 * ERR_USAGE. */
enum err option_parse(const struct option_row *rows, size_t row_count, int argc, char **argv,
                      struct option_call rest, struct failure *failure) MUST_CHECK;

/* A `rest` that keeps what it is told: at most OPTION_ARGUMENTS_MAX. */
#define OPTION_ARGUMENTS_MAX 4096
struct option_arguments {
    const char *items[OPTION_ARGUMENTS_MAX];
    size_t count;
};
enum err option_keep(void *arguments, const char *value, struct failure *failure) MUST_CHECK;
/* The files they stand for, each once. */
enum err option_paths(const char **paths, size_t count, struct arena *arena, struct pathlist *list,
                      struct failure *failure) MUST_CHECK;
/* The number in a text such as "2026", for calls. */
enum err option_year(const char *text, unsigned *out, struct failure *failure) MUST_CHECK;

/* "auto", "always" or "never", for standard error. */
enum err option_progress(const char *word, enum progress_mode *out, struct failure *failure) MUST_CHECK;
unsigned option_cores(void);

#endif
