// SPDX-License-Identifier: MIT
#include "5_judge/judge.h"

static bool is_finding(enum verdict verdict)
{
    return verdict == VERDICT_NON_COMPLIANT || verdict == VERDICT_UNRESOLVED;
}

static struct span keep_text(struct span text, struct arena *arena)
{
    return text.bytes ? arena_copy(arena, text) : text;
}

static enum err keep_pair(const struct pair *from, struct arena *arena, struct pair *to)
{
    *to = (struct pair){.unit = from->unit,
                        .entity = keep_text(from->entity, arena),
                        .service = keep_text(from->service, arena),
                        .site = keep_text(from->site, arena),
                        .category = from->category, /* static */
                        .party = from->party,
                        .party_rule = from->party_rule,
                        .verdict = from->verdict,
                        .code = from->code,
                        .basis_code = from->basis_code,
                        .label_da = from->label_da,
                        .contact_count = from->contact_count,
                        .first_seen_ns = from->first_seen_ns,
                        .last_seen_ns = from->last_seen_ns};
    if (!is_finding(from->verdict) || !from->page_count)
        return ERR_OK;
    to->pages = arena_alloc(arena, from->page_count * sizeof *to->pages);
    if (!to->pages)
        return ERR_MEMORY;
    memcpy(to->pages, from->pages, from->page_count * sizeof *to->pages);
    to->page_count = from->page_count;
    return ERR_OK;
}

static void *keep_bytes(const void *from, size_t bytes, struct arena *arena)
{
    void *to = arena_alloc(arena, bytes);
    if (to && bytes)
        memcpy(to, from, bytes);
    return to;
}

enum err judge_keep(const struct judgement *from, struct arena *arena, struct judgement *out)
{
    *out = *from;
    out->units = keep_bytes(from->units, from->unit_count * sizeof *from->units, arena);
    out->pages = keep_bytes(from->pages, from->page_count * sizeof *from->pages, arena);
    out->pairs = arena_alloc(arena, from->pair_count * sizeof *out->pairs);
    if (!out->units || !out->pages || !out->pairs)
        return ERR_MEMORY;
    for (size_t u = 0; u < out->unit_count; u++) {
        out->units[u].scope.codes = SPAN("");
        out->units[u].measurement.failed_criteria = SPAN("");
    }
    for (size_t p = 0; p < from->pair_count; p++)
        TRY(keep_pair(&from->pairs[p], arena, &out->pairs[p]));
    return arena->full ? ERR_MEMORY : ERR_OK;
}
