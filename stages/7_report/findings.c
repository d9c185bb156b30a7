// SPDX-License-Identifier: MIT
#include "7_report/findings.h"

#include "7_report/text.h"
#include "base/intern.h"

static struct span plain_id(const struct report_data *data, const struct finding *finding,
                            struct arena *arena)
{
    struct span unit = text_slug(arena, finding->unit->unit->id);
    struct span entity = text_slug(arena, finding->pair->entity);
    struct span service = text_slug(arena, finding->pair->service);
    return arena_format(arena, "%u-%.*s-%.*s%s%.*s", data->statistics->now->year, SPAN_ARG(unit),
                        SPAN_ARG(entity), service.bytes ? "-" : "", SPAN_ARG(service));
}

/* Each id remembers how often it was wanted, so a long run of equal ones costs one step each. */
static enum err name_findings(struct report_data *data, struct arena *arena)
{
    struct intern ids;
    intern_init(&ids, arena);
    uint32_t *wanted = arena_alloc(arena, 2 * data->finding_count * sizeof *wanted);
    if (!wanted)
        return ERR_MEMORY;
    for (size_t f = 0; f < data->finding_count; f++) {
        struct span plain = plain_id(data, &data->findings[f], arena), id = plain;
        size_t known = ids.count;
        uint32_t first = intern_add(&ids, plain);
        while (first != INTERN_NONE && ids.count == known) {
            id = arena_format(arena, "%.*s-%u", SPAN_ARG(plain), ++wanted[first] + 1);
            if (intern_add(&ids, id) == INTERN_NONE)
                break;
        }
        if (arena->full)
            return ERR_MEMORY;
        data->findings[f].id = id;
    }
    return ERR_OK;
}

static enum err name_sheets(struct report_data *data, struct arena *arena)
{
    const struct judgement *now = data->statistics->now;
    data->sheets = arena_alloc(arena, now->unit_count * sizeof *data->sheets);
    if (!data->sheets)
        return ERR_MEMORY;
    for (size_t u = 0; u < now->unit_count; u++) {
        if (now->units[u].scope.scope != SCOPE_IN)
            continue;
        data->sheets[u].name = text_file_name(arena, now->units[u].unit->id, u);
        if (!data->sheets[u].name.at)
            return ERR_MEMORY;
    }
    return ERR_OK;
}

enum err findings_gather(const struct statistics *statistics, const struct sources *sources,
                         struct arena *arena, struct report_data *out)
{
    const struct judgement *now = statistics->now;
    *out = (struct report_data){.statistics = statistics, .sources = sources, .arena = arena};
    out->findings = arena_alloc(arena, now->pair_count * sizeof *out->findings);
    if (!out->findings)
        return ERR_MEMORY;
    TRY(name_sheets(out, arena));
    for (size_t p = 0; p < now->pair_count; p++) {
        const struct pair *pair = &now->pairs[p];
        struct unit_sheet *sheet = &out->sheets[pair->unit];
        if (pair->party == PARTY_FIRST || !sheet->name.bytes)
            continue;
        if (!sheet->finding_count++)
            sheet->first_finding = out->finding_count;
        out->findings[out->finding_count++] = (struct finding){.pair = pair, .unit = &now->units[pair->unit]};
    }
    return name_findings(out, arena);
}

struct span findings_address(struct arena *arena, struct span url)
{
    url = span_first(url, span_find(url, '#', 0));
    url = span_first(url, span_find(url, '?', 0));
    size_t host_at = span_find_span(url, SPAN("://"), 0);
    if (host_at == url.bytes)
        return url;
    host_at += 3;
    struct span host = span_from(url, host_at);
    host = span_first(host, span_find(host, '/', 0));
    size_t user_bytes = span_find_last(host, '@');
    if (user_bytes == host.bytes)
        return url;
    return arena_format(arena, "%.*s%.*s", SPAN_ARG(span_first(url, host_at)),
                        SPAN_ARG(span_from(url, host_at + user_bytes + 1)));
}
