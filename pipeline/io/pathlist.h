// SPDX-License-Identifier: MIT
/*
 * pathlist.h - the files that paths on a command line mean, sorted, each once.
 *
 * A file stands for itself, a folder for every regular file below it (no symbolic link is followed inside),
 * @FILE for the paths it lists, one a line, "-" for itself:
 * standard input. Names are those given, joined with "/"; "./" and doubled slashes
 * are dropped.
 */
#ifndef IO_PATHLIST_H
#define IO_PATHLIST_H

#include "base/arena.h"

struct pathlist {
    struct span *items; /* NUL-terminated in the arena */
    size_t count, capacity;
    struct span failed; /* the path that could not be read, with ERR_IO and errno */
};
enum err pathlist_add(struct pathlist *list, const char *path, struct arena *arena) MUST_CHECK;
/* Sorts by bytes and drops repetitions. */
void pathlist_sort(struct pathlist *list);

#endif
