// SPDX-License-Identifier: MIT
/*
 * err.h - every way to fail, one row each: name, class, text.
 *
 * DATA errors drop the smallest unit, are counted with their place, and the run goes on. RUN errors stop the run and
 * travel unchanged to main. A broken promise between our own functions is neither: it is an assert, also in release
 * builds.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>
#include <stdint.h>

#define ERR_LIST(X)                                                                                          \
    X(OK, NONE, "no error")                                                                                  \
    X(END, NONE, "end of input")                                                                             \
    /* data */                                                                                               \
    X(SYNTAX, DATA, "does not follow its grammar")                                                           \
    X(TRUNCATED, DATA, "ends before it is complete")                                                         \
    X(CHECKSUM, DATA, "checksum does not match")                                                             \
    X(CORRUPT, DATA, "compressed or chunked data is damaged")                                                \
    X(TOO_LARGE, DATA, "exceeds a limit of limits.h")                                                        \
    X(LENGTH, DATA, "Content-Length does not lead to the next record")                                       \
    X(GARBAGE, DATA, "bytes that belong to no record")                                                       \
    X(PADDING, DATA, "zero bytes between records")                                                           \
    X(NO_LENGTH, DATA, "has no usable Content-Length")                                                       \
    X(NO_URI, DATA, "has no usable target URI")                                                              \
    X(NO_DATE, DATA, "has no usable date")                                                                   \
    X(NOT_HTTP, DATA, "is not an HTTP message")                                                              \
    X(CODING, DATA, "content coding is unknown or does not match the bytes")                                 \
    X(JSON, DATA, "is not the JSON it should be")                                                            \
    X(URL, DATA, "is no valid URL")                                                                          \
    X(COOKIE, DATA, "is no storable cookie")                                                                 \
    X(CONTAINER, DATA, "is a container this version does not read")                                          \
    X(DIRECTORY, DATA, "directory of the container is damaged")                                              \
    X(REGISTER, DATA, "register is invalid")                                                                 \
    X(DUPLICATE, DATA, "same content as another input")                                                      \
    X(VERSION, DATA, "unknown WARC version")                                                                 \
    X(DICTIONARY, DATA, "needs a zstd dictionary that is not there; see --zstd-dict")                        \
    X(WINDOW, DATA, "needs a zstd window or dictionary above 8 MiB")                                         \
    X(FIELD, DATA, "header line that is no field")                                                           \
    X(CDX_PLACE, DATA, "the index names a place at which no record begins")                                  \
    X(CDX_LENGTH, DATA, "the index gives another length than the record has")                                \
    X(CDX_URL, DATA, "the index gives another URL than the record has")                                      \
    /* run */                                                                                                \
    X(MEMORY, RUN, "out of memory")                                                                          \
    X(IO, RUN, "input or output error")                                                                      \
    X(INDEX, RUN, "index database error")                                                                    \
    X(INDEX_FULL, RUN, "index database is full")                                                             \
    X(INDEX_OTHER, RUN, "index was made from other inputs or by another version; use --restart")             \
    X(STOPPED, RUN, "interrupted")                                                                           \
    X(THREAD, RUN, "cannot start a thread")                                                                  \
    X(SANDBOX, RUN, "cannot give up privileges")                                                             \
    X(NOT_FOUND, RUN, "not found")                                                                           \
    X(USAGE, RUN, "wrong use")

enum err {
#define ERR_ENUM(name, class, text) ERR_##name,
    ERR_LIST(ERR_ENUM)
#undef ERR_ENUM
        ERR_COUNT
};

bool err_is_data(enum err err);
bool err_is_run(enum err err);
/* Static text; never NULL. */
const char *err_text(enum err err);
/* Static name ("TRUNCATED"), as printed in `show faults`. */
const char *err_name(enum err err);

#define MUST_CHECK __attribute__((warn_unused_result))

/* Only where nothing must be released. */
#define TRY(expression)                                                                                      \
    do {                                                                                                     \
        enum err try_err_ = (expression);                                                                    \
        if (try_err_)                                                                                        \
            return try_err_;                                                                                 \
    } while (0)

#endif
