// SPDX-License-Identifier: MIT
#include "failure.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum err failure_set(struct failure *failure, enum err err, const char *format, ...)
{
    if (!failure->text[0]) {
        va_list args;
        va_start(args, format);
        vsnprintf(failure->text, sizeof failure->text, format, args);
        va_end(args);
    }
    return err;
}

enum err failure_of_path(struct failure *failure, enum err err, const char *path)
{
    return failure_set(failure, err, "%s: %s", path,
                       err == ERR_IO && errno ? strerror(errno) : err_text(err));
}

void failure_note(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("tredjepart: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}
