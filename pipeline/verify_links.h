// SPDX-License-Identifier: MIT
/*
 * verify_links.h - what the records of an archive, and of all archives, say of each other.
 */
#ifndef PIPELINE_VERIFY_LINKS_H
#define PIPELINE_VERIFY_LINKS_H

#include "verify_range.h"

struct verify_archive {
    struct span name, file;
    const char *kind;
    uint64_t bytes;
    bool is_unread, is_pages, is_without_records;
    struct verify_tally tally;
    struct capture capture;
    uint64_t totals[2]; /* notes, errors */
};
void verify_tally_sum(struct verify_tally *to, const struct verify_tally *from);
void verify_archive_unread(const struct verify_archive *archive, struct finding_list *list);

/* links: struct link of all its records. ERR_MEMORY. */
enum err verify_links(const struct verify_archive *archive, const struct buf *links,
                      struct finding_list *list) MUST_CHECK;

struct verify_revisits {
    struct buf keys;    /* uint64_t: what revisits can stand for */
    struct buf waiting; /* struct waiting: revisits, in order */
    size_t told;
};
void verify_revisits_init(struct verify_revisits *revisits);
void verify_revisits_free(struct verify_revisits *revisits);
/* links: of a part of the archive. ERR_MEMORY. */
enum err verify_revisits_add(struct verify_revisits *revisits, uint32_t archive,
                             struct span links) MUST_CHECK;
/* Behind the last archive; then ask archive by archive, in order. */
void verify_revisits_close(struct verify_revisits *revisits);
void verify_revisits_tell(struct verify_revisits *revisits, uint32_t archive, struct finding_list *list);

#endif
