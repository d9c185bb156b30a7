// SPDX-License-Identifier: MIT
/*
 * loader_table.h - the loaders that are recognised: a text in a script, and whom it makes a browser contact; private to
 * loader.c and its tests.
 *
 * In:     -
 * Out:    the rows
 * Owns:   nothing
 * Limits: -
 * Errors: -
 * Source: evidence.md 5.4
 */
#ifndef EXTRACT_LOADER_TABLE_H
#define EXTRACT_LOADER_TABLE_H

#include "3_extract/reference.h"

/* How a row comes to its URL. */
enum loader_capture {
    LOADER_CALL, /* code; `word`, when there is one, is the first argument; an id is put where `url` has its % */
    LOADER_URL,     /* the string that holds the trigger is the URL, of the host `url` or one below it */
    LOADER_PART,    /* the string that holds the trigger is the end of a URL that is put together: `url` */
    LOADER_TRACKER, /* a string; the next argument is a URL, perhaps in a variable and a string behind it */
    LOADER_DSN,     /* code; the next string that is a URL names a host that is reported to */
    LOADER_SET,     /* code, any vendor: a string follows that is assigned */
    LOADER_ARGUMENT /* code, any vendor: a string follows */
};
enum loader_id {
    LOADER_ID_NONE,
    LOADER_ID_GTM,    /* GTM-K3XQ2; may stand further on, all others are the next word */
    LOADER_ID_GTAG,   /* G-, AW-, DC-, UA- */
    LOADER_ID_NUMBER, /* digits */
    LOADER_ID_CODE,   /* letters and digits */
    LOADER_ID_COUNT
};
struct loader_row {
    struct span id, trigger; /* trigger: LOADER_TRIGGER_BYTES at least */
    enum loader_capture capture;
    struct span word, url;
    enum loader_id captured;
    enum resource resource;
    const char *vendor; /* "": any */
};
#define LOADER_TRIGGER_BYTES 5

const struct loader_row *loader_table_at(size_t index); /* NULL behind the last */
/* A whole word that is such an id; a placeholder ("GTM-XXXX") is none. */
bool loader_table_is_id(enum loader_id kind, struct span word);

#endif
