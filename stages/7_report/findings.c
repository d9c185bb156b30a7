// SPDX-License-Identifier: MIT
#include "7_report/findings.h"

#include "6_statistics/finding_id.h"
#include "7_report/text.h"

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
    struct span *ids;
    TRY(finding_id_all(now, arena, &ids));
    TRY(name_sheets(out, arena));
    for (size_t p = 0; p < now->pair_count; p++) {
        const struct pair *pair = &now->pairs[p];
        struct unit_sheet *sheet = &out->sheets[pair->unit];
        if (!ids[p].bytes)
            continue;
        if (!sheet->finding_count++)
            sheet->first_finding = out->finding_count;
        out->findings[out->finding_count++] =
            (struct finding){.pair = pair, .unit = &now->units[pair->unit], .id = ids[p]};
    }
    return ERR_OK;
}

static size_t number_of(const struct report_data *data, const struct finding *finding)
{
    return (size_t)(finding->pair - data->statistics->now->pairs);
}

enum finding_state findings_state(const struct report_data *data, const struct finding *finding)
{
    const struct follow_up *follow_up = data->statistics->follow_up;
    return follow_up ? follow_up_state(follow_up, number_of(data, finding)) : FINDING_STATE_NONE;
}

unsigned findings_years(const struct report_data *data, const struct finding *finding)
{
    return findings_state(data, finding) == FINDING_STATE_NONE
               ? 0
               : data->statistics->follow_up->of_pair[number_of(data, finding)]->years_non_compliant;
}

struct span findings_state_da(const struct report_data *data, const struct finding *finding,
                              struct arena *arena)
{
    return finding_state_da(findings_state(data, finding), findings_years(data, finding), arena);
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
