// SPDX-License-Identifier: MIT
#include "base/pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

void *pages_alloc(size_t bytes)
{
    if (bytes < PAGES_HUGE_BYTES)
        return malloc(bytes);
    if (bytes > SIZE_MAX / 2)
        return NULL;
    size_t rounded = pages_round(bytes);
    void *pages = aligned_alloc(PAGES_HUGE_BYTES, rounded);
    if (pages)
        madvise(pages, rounded, MADV_HUGEPAGE); /* a hint: without effect is no failure */
    return pages;
}
