// SPDX-License-Identifier: MIT
/*
 * outfile.h - files that are there whole or not at all: written beside their name, fsynced, renamed.
 */
#ifndef IO_OUTFILE_H
#define IO_OUTFILE_H

#include "base/buf.h"

/* folder/name := content. Missing folders of `name` are made. ERR_IO with errno kept. */
enum err outfile_write(const char *folder, const char *name, struct span content) MUST_CHECK;
/* The same into a folder that outfile_replace_folder puts in its place when all is there: that writes it out at once, which is
 * many times faster than file by file. */
enum err outfile_put(const char *folder, const char *name, struct span content) MUST_CHECK;
/* mkdir -p */
enum err outfile_make_folder(const char *path) MUST_CHECK;
/* Writes the finished folder `from` out and puts it in the place of `to`: one there is replaced in one rename, then removed
 * with all in it. ENOTDIR when `to` is a symlink or file. */
enum err outfile_replace_folder(const char *from, const char *to) MUST_CHECK;
/* Removes a folder and what is in it, no symlink followed; none there is fine. Deeper than
 * LIMIT_FOLDER_DEPTH: ELOOP. */
enum err outfile_remove_folder(const char *path) MUST_CHECK;

#endif
