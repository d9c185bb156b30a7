// SPDX-License-Identifier: MIT
#include "verify_links.h"

#include "base/limits.h"

struct waiting {
    uint32_t archive;
    struct link link;
};

void verify_tally_sum(struct verify_tally *to, const struct verify_tally *from)
{
    to->members += from->members;
    to->records += from->records;
    to->digests_good += from->digests_good;
    to->digests_bad += from->digests_bad;
    to->digests_unknown += from->digests_unknown;
}

void verify_archive_unread(const struct verify_archive *a, struct finding_list *list)
{
    if (a->is_unread && !a->is_pages)
        finding_add(list, FINDING_NOT_READ, !a->is_without_records, FINDING_NOWHERE, "%s: %s", a->kind,
                    a->is_without_records ? "has no records to verify" : "this version does not read it");
}

static const struct {
    enum finding_kind kind;
    const char *text;
} faults[] = {
    [LINKS_DUPLICATE_ID] = {FINDING_DUPLICATE_ID,    "has the id of an earlier record"                       },
    [LINKS_UNKNOWN_CONCURRENT] = {FINDING_CONCURRENT_TO,
                            "names a record in Concurrent-To that is not in the file"                        },
    [LINKS_LONELY_REQUEST] = {FINDING_LONELY_REQUEST,  "has no response"                                       },
    [LINKS_LONELY_RESPONSE] = {FINDING_LONELY_RESPONSE, "has no request"                                        },
    [LINKS_NO_REQUESTS] = {FINDING_NO_REQUESTS,     "is the first response; the file has no requests at all"},
    [LINKS_NO_RESPONSES] = {FINDING_NO_RESPONSES,    "is the first request; the file has no responses at all"},
};

static void on_fault(void *context, enum links_fault fault, const struct link *link)
{
    finding_add(context, faults[fault].kind, false, (struct place){.at = link->at, .inner = link->inner},
                "%s %s", record_type_name(link->type), faults[fault].text);
}

enum err verify_links(const struct verify_archive *a, const struct buf *links, struct finding_list *list)
{
    struct arena arena;
    bool is_compressed = a->tally.members > 0;
    if (is_compressed && a->tally.members == 1 && a->tally.records > 1)
        finding_add(list, FINDING_ONE_MEMBER, false, FINDING_NOWHERE,
                    "one gzip member holds all %llu records: none can be read by its offset alone",
                    (unsigned long long)a->tally.records);
    if (links->err == ERR_TOO_LARGE) {
        finding_add(list, FINDING_NOT_CHECKED, false, FINDING_NOWHERE,
                    "too many records to check ids and pairing");
        return ERR_OK;
    }
    if (links->err)
        return links->err;
    arena_init(&arena, LIMIT_LINKS_BYTES);
    enum err err =
        links_check((const void *)links->at, links->bytes / sizeof(struct link), &arena, on_fault, list);
    arena_free(&arena);
    return err;
}

void verify_revisits_init(struct verify_revisits *r)
{
    *r = (struct verify_revisits){.told = 0};
    buf_init(&r->keys, LIMIT_LINK_KEYS_BYTES);
    buf_init(&r->waiting, LIMIT_LINK_KEYS_BYTES);
}

void verify_revisits_free(struct verify_revisits *r)
{
    buf_free(&r->keys);
    buf_free(&r->waiting);
}

enum err verify_revisits_add(struct verify_revisits *r, uint32_t archive, struct span links)
{
    const struct link *link = (const void *)links.at;
    for (size_t i = 0; i < links.bytes / sizeof *link; i++) {
        uint64_t keys[LINKS_KEYS];
        buf_add(&r->keys, span_of(keys, links_keys(&link[i], keys) * sizeof *keys));
        struct waiting waiting = {archive, link[i]};
        if (link[i].type == RECORD_REVISIT && !link[i].is_more)
            buf_add(&r->waiting, span_of(&waiting, sizeof waiting));
    }
    return r->keys.err == ERR_MEMORY || r->waiting.err == ERR_MEMORY ? ERR_MEMORY : ERR_OK;
}

void verify_revisits_close(struct verify_revisits *r)
{
    links_sort_keys((void *)r->keys.at, r->keys.bytes / sizeof(uint64_t));
}

void verify_revisits_tell(struct verify_revisits *r, uint32_t archive, struct finding_list *list)
{
    const struct waiting *waiting = (const void *)r->waiting.at;
    size_t count = r->waiting.bytes / sizeof *waiting;
    if (r->keys.err || r->waiting.err) { /* more than are kept: nothing can be said of any */
        if (archive == 0)
            finding_add(list, FINDING_NOT_CHECKED, false, FINDING_NOWHERE,
                        "too many records to check the targets of revisits");
        return;
    }
    for (; r->told < count && waiting[r->told].archive <= archive; r->told++) {
        const struct link *link = &waiting[r->told].link;
        if (!links_resolves(link, (const void *)r->keys.at, r->keys.bytes / sizeof(uint64_t)))
            finding_add(list, FINDING_REVISIT_TARGET, false,
                        (struct place){.at = link->at, .inner = link->inner},
                        "revisit of a record that is in none of the given files");
    }
}
