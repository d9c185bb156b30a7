// SPDX-License-Identifier: MIT
#include "5_judge/measurement.h"

#include <assert.h>
#include <math.h>

const char *measurement_name(enum measurement measurement)
{
    static const char *const names[] = {
        [MEASUREMENT_NONE] = "none", [MEASUREMENT_LIMITED] = "limited", [MEASUREMENT_ADEQUATE] = "adequate"};
    assert(measurement < sizeof names / sizeof *names);
    return names[measurement];
}

const char *knowledge_name(enum knowledge knowledge)
{
    static const char *const names[] = {
        [KNOWLEDGE_UNKNOWABLE] = "unknowable", [KNOWLEDGE_NOT_SEEN] = "not_seen", [KNOWLEDGE_SEEN] = "seen"};
    assert(knowledge < sizeof names / sizeof *names);
    return names[knowledge];
}

enum knowledge measurement_knowledge(const struct measurement_result *result, enum capability capability)
{
    if (result->seen & 1u << capability)
        return KNOWLEDGE_SEEN;
    bool would_show = result->page_count && result->shown_page_counts[capability] == result->page_count;
    return would_show ? KNOWLEDGE_NOT_SEEN : KNOWLEDGE_UNKNOWABLE;
}

struct measurement_coverage measurement_coverage_of(uint32_t page_count, const uint32_t *page_counts,
                                                    size_t count)
{
    double sum = 0, once = 0, twice = 0, pages = page_count;
    for (size_t i = 0; i < count; i++) {
        sum += page_counts[i];
        once += page_counts[i] == 1;
        twice += page_counts[i] == 2;
    }
    if (sum == 0 || page_count == 0)
        return (struct measurement_coverage){NAN, NAN};
    if (once == 0)
        return (struct measurement_coverage){1, 0};
    double others = twice > 0 ? once : once - 1, doubles = twice > 0 ? 2 * twice : 2;
    double share = (pages - 1) * others / ((pages - 1) * others + doubles);
    return (struct measurement_coverage){
        .coverage = 1 - once / sum * share,
        .unseen_min = (pages - 1) / pages * once * others / doubles,
    };
}

enum err measurement_classify(const struct measurement_facts *facts, const struct policy *policy,
                              struct arena *arena, struct measurement_result *result)
{
    uint32_t known = result->known_page_count;
    uint32_t pages_needed = known && known < policy->min_pages ? known : policy->min_pages;
    result->entry_ok = facts->entry_page_count >= policy->min_entry_pages;
    const struct {
        const char *name;
        bool fails;
        enum measurement otherwise;
    } criteria[] = {
        {"entry",        !result->entry_ok,                                                     MEASUREMENT_NONE   },
        {"pages",        result->page_count < pages_needed,                                     MEASUREMENT_LIMITED},
        {"flow",         facts->has_flow && result->flow_page_count < policy->min_flow_pages,   MEASUREMENT_LIMITED},
        {"failed_share", result->failed_count > policy->max_failed_share * result->visit_count,
         MEASUREMENT_LIMITED                                                                                       },
        {"coverage",     !isnan(result->coverage) && result->coverage < policy->min_coverage,
         MEASUREMENT_LIMITED                                                                                       },
        {"scripts",      policy->scripts_required && !result->script_executing,                 MEASUREMENT_LIMITED},
        {"app",          facts->is_app && result->visit_count == 0,                             MEASUREMENT_NONE   },
    };
    result->class = MEASUREMENT_ADEQUATE;
    result->failed_criteria = SPAN("");
    for (size_t i = 0; i < sizeof criteria / sizeof *criteria; i++) {
        if (!criteria[i].fails)
            continue;
        if (criteria[i].otherwise < result->class)
            result->class = criteria[i].otherwise;
        result->failed_criteria = arena_format(arena, "%.*s%s%s", SPAN_ARG(result->failed_criteria),
                                               result->failed_criteria.bytes ? ";" : "", criteria[i].name);
    }
    return arena->full ? ERR_MEMORY : ERR_OK;
}
