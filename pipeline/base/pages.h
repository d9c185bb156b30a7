// SPDX-License-Identifier: MIT
/*
 * pages.h - memory for large buffers on huge pages, where the system has them: touching a page for the first time, and finding it
 * again among many, is most of what a large buffer costs, the more so on virtual machines.
 *
 * In:     a size
 * Out:    memory, not zeroed; free() takes it back
 * Owns:   nothing
 * Limits: none of its own
 * Errors: NULL: out of memory
 * Source: madvise(2), MADV_HUGEPAGE
 */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

#define PAGES_HUGE_BYTES ((size_t)2 << 20)

/* Whole huge pages: the least multiple that holds so many bytes. */
static inline size_t pages_round(size_t bytes)
{
    return (bytes + PAGES_HUGE_BYTES - 1) & ~(PAGES_HUGE_BYTES - 1);
}
/* bytes: any; less than a huge page comes from malloc, else what is given is pages_round(bytes) long. */
void *pages_alloc(size_t bytes);

#endif
