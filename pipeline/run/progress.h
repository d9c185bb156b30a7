// SPDX-License-Identifier: MIT
/*
 * progress.h - one line that tells how far a run is: on a terminal a few times a second, in a log once a
 * minute.
 *
 * Time is given by the caller, so that it can be tested. Nothing is printed in the first half second.
 */
#ifndef RUN_PROGRESS_H
#define RUN_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

enum progress_mode { PROGRESS_OFF, PROGRESS_LOG, PROGRESS_TERMINAL };

struct progress_state {
    const char *doing;                          /* "reading", "resolving" */
    uint64_t bytes, total_bytes, resumed_bytes; /* resumed: done by an earlier run, no part of the rate */
    uint64_t archives, total_archives, found, faults;
    const char *found_what; /* "visits" */
};
struct progress {
    enum progress_mode mode;
    int fd;
    int64_t started_ns, printed_ns;
    bool line_open;
};

void progress_init(struct progress *progress, enum progress_mode mode, int fd, int64_t now_ns);
/* Prints when it is time to. */
void progress_show(struct progress *progress, const struct progress_state *state, int64_t now_ns);
/* Ends the line on a terminal. */
void progress_end(struct progress *progress);
int64_t progress_now_ns(void);
/* The line without decoration, e.g. "reading 1.2 of 3.4 GB, 210 MB/s, archive 3 of 9, 1204 visits, 2 faults,
 * 0:11 left". */
int progress_line(const struct progress_state *state, int64_t elapsed_ns, char *out, unsigned out_bytes);

#endif
