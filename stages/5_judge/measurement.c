// SPDX-License-Identifier: MIT
#include "5_judge/measurement.h"

#include "5_judge/rules.h"

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

/* The criteria of the page, in its order; what failing one makes of the class. */
enum criterion {
    CRITERION_ENTRY,
    CRITERION_PAGES,
    CRITERION_FLOW,
    CRITERION_FAILED_SHARE,
    CRITERION_COVERAGE,
    CRITERION_SCRIPTS,
    CRITERION_APP,
    CRITERION_COUNT
};
static const struct {
    const char *name, *condition;
    enum measurement otherwise;
} criteria[CRITERION_COUNT] = {
    [CRITERION_ENTRY] = {"entry",        "usable captures of entry pages below min_entry_pages",    MEASUREMENT_NONE   },
    [CRITERION_PAGES] = {"pages",        "usable pages below min_pages and below those known",      MEASUREMENT_LIMITED},
    [CRITERION_FLOW] = {"flow",         "flow pages registered, usable ones below min_flow_pages",
                         MEASUREMENT_LIMITED                                                                           },
    [CRITERION_FAILED_SHARE] = {"failed_share", "failed captures above max_failed_share",
                         MEASUREMENT_LIMITED                                                                           },
    [CRITERION_COVERAGE] = {"coverage",     "sample coverage of third parties below min_coverage",
                         MEASUREMENT_LIMITED                                                                           },
    [CRITERION_SCRIPTS] = {"scripts",      "no capture that ran scripts, policy scripts_required",
                         MEASUREMENT_LIMITED                                                                           },
    [CRITERION_APP] = {"app",          "an app without captures",                                 MEASUREMENT_NONE   },
};

enum err measurement_classify(const struct measurement_facts *facts, const struct policy *policy,
                              struct arena *arena, struct measurement_result *result)
{
    uint32_t known = result->known_page_count;
    uint32_t pages_needed = known && known < policy->min_pages ? known : policy->min_pages;
    result->entry_ok = facts->entry_page_count >= policy->min_entry_pages;
    const bool fails[CRITERION_COUNT] = {
        [CRITERION_ENTRY] = !result->entry_ok,
        [CRITERION_PAGES] = result->page_count < pages_needed,
        [CRITERION_FLOW] =
            facts->has_flow &&
            result->flow_page_count<policy->min_flow_pages, [CRITERION_FAILED_SHARE] = result->failed_count>
                    policy->max_failed_share *
                result->visit_count,
        [CRITERION_COVERAGE] = !isnan(result->coverage) && result->coverage < policy->min_coverage,
        [CRITERION_SCRIPTS] = policy->scripts_required && !result->script_executing,
        [CRITERION_APP] = facts->is_app && result->visit_count == 0,
    };
    result->class = MEASUREMENT_ADEQUATE;
    result->failed_criteria = SPAN("");
    result->failed_rows = 0;
    for (size_t i = 0; i < CRITERION_COUNT; i++) {
        if (!fails[i])
            continue;
        if (criteria[i].otherwise < result->class)
            result->class = criteria[i].otherwise;
        result->failed_rows |= 1u << (i + 1);
        result->failed_criteria = arena_format(arena, "%.*s%s%s", SPAN_ARG(result->failed_criteria),
                                               result->failed_criteria.bytes ? ";" : "", criteria[i].name);
    }
    return arena->full ? ERR_MEMORY : ERR_OK;
}

enum err measurement_each_rule(struct arena *arena, rule_line_fn *fn, void *context)
{
    for (unsigned i = 0; i < CRITERION_COUNT; i++) {
        struct span number = arena_format(arena, "%u", i + 1);
        const struct rule_line line = {
            {RULES_MEASUREMENT, i + 1},
            number.at,
            criteria[i].name,
            span_of_string(criteria[i].condition),
            measurement_name(criteria[i].otherwise),
            ""
        };
        TRY(number.at ? fn(context, &line) : ERR_MEMORY);
    }
    return ERR_OK;
}
