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

enum option_kind {
    OPTION_FLAG,   /* bool */
    OPTION_TEXT,   /* const char * */
    OPTION_NUMBER, /* unsigned: decimal, at least 1 */
    OPTION_SIZE,   /* uint64_t: bytes, with K, M, G */
    OPTION_SHARE,  /* double from 0 to 1 */
    OPTION_YEAR,   /* unsigned, 1990 to 2100 */
};
struct option_row {
    const char *name; /* "--threads" */
    char letter;      /* 'j', or 0 */
    enum option_kind kind;
    void *value;
};
/* Takes options off argv wherever they stand until "--"; what is left, in order, goes to rest (at most argc).
 * ERR_USAGE. */
enum err option_parse(const struct option_row *rows, size_t row_count, int argc, char **argv,
                      const char **rest, size_t *rest_count, struct failure *failure) MUST_CHECK;

#endif
