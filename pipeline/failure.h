// SPDX-License-Identifier: MIT
/*
 * failure.h - what a command tells main about why it stopped. Only main.c prints it; notes on the way go
 * through failure_note, which is the one other place that writes to standard error.
 */
#ifndef PIPELINE_FAILURE_H
#define PIPELINE_FAILURE_H

#include "base/err.h"

enum exit_status {
    EXIT_DONE = 0,
    EXIT_CANNOT = 1,
    EXIT_WRONG_USE = 2,
    EXIT_DAMAGED = 3,
    EXIT_INTERRUPTED = 130
};

struct failure {
    char text[2048]; /* file, offset or line, what is wrong, what to do */
};

/* Fills the text and returns err, so that callers can `return failure_set(...)`. The first text stays. */
enum err failure_set(struct failure *failure, enum err err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* "PATH: what the system says" for ERR_IO, else the text of err. */
enum err failure_of_path(struct failure *failure, enum err err, const char *path);
void failure_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
