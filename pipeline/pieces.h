// SPDX-License-Identifier: MIT
/*
 * pieces.h - what an index is built of, done by a crew.
 *
 * Few pieces are done where they are: starting threads would take longer.
 */
#ifndef PIPELINE_PIECES_H
#define PIPELINE_PIECES_H

#include "4_index/index_build.h"

struct pieces {
    unsigned worker_count;
    const volatile sig_atomic_t *stop; /* as in crew.h */
};
/* index_crew.run of a struct pieces. */
enum err pieces_run(void *pieces, const struct index_pieces *todo) MUST_CHECK;

#endif
