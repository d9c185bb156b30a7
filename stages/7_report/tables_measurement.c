// SPDX-License-Identifier: MIT
#include "7_report/tables.h"

#include "1_read/record.h"
#include "7_report/number.h"
#include "7_report/words.h"

static const struct column columns[] = {
    {"unit_id",             CELL_TEXT },
    {"class",               CELL_TEXT },
    {"entry_ok",            CELL_TEXT },
    {"pages",               CELL_COUNT},
    {"pages_known",         CELL_COUNT},
    {"flow_pages",          CELL_COUNT},
    {"failed_share",        CELL_REAL },
    {"coverage_hat",        CELL_REAL },
    {"unseen_min",          CELL_REAL },
    {"script_executing",    CELL_TEXT },
    {"consent_states",      CELL_LIST },
    {"captures",            CELL_COUNT},
    {"window_from",         CELL_TEXT },
    {"window_to",           CELL_TEXT },
    {"failed_criteria",     CELL_LIST },
    {"producers",           CELL_LIST },
    {"page_id",             CELL_TEXT },
    {"page_list",           CELL_TEXT },
    {"resource_type",       CELL_TEXT },
    {"initiator",           CELL_TEXT },
    {"referer",             CELL_TEXT },
    {"cookie_sent",         CELL_TEXT },
    {"set_cookie",          CELL_TEXT },
    {"repeated_set_cookie", CELL_TEXT },
    {"script_cookie",       CELL_TEXT },
    {"beacon",              CELL_TEXT },
    {"redirect",            CELL_TEXT },
    {"exact_date",          CELL_TEXT },
};
#define COLUMN_COUNT (sizeof columns / sizeof *columns)
_Static_assert(COLUMN_COUNT == 16 + CAPABILITY_COUNT, "one column for each capability, in their order");

/* The units of the population: `row`-th of those in scope. */
static const struct unit_verdict *unit_of(const struct report_data *data, size_t row)
{
    const struct unit_verdict *unit = data->statistics->now->units;
    for (;; unit++)
        if (unit->scope.scope == SCOPE_IN && row-- == 0)
            return unit;
}

static size_t row_count(const struct report_data *data)
{
    const struct judgement *now = data->statistics->now;
    size_t count = 0;
    for (size_t u = 0; u < now->unit_count; u++)
        count += now->units[u].scope.scope == SCOPE_IN;
    return count;
}

static struct cell cell_yes(bool yes)
{
    return cell_string(yes ? "yes" : "no");
}

static struct cell cell_time(struct arena *arena, int64_t time_ns)
{
    return time_ns == RECORD_NO_DATE ? cell_missing() : cell_text(number_iso_time(arena, time_ns));
}

static void fill(const struct report_data *data, size_t row, struct cell *cell)
{
    const struct unit_verdict *unit = unit_of(data, row);
    const struct measurement_result *m = &unit->measurement;
    struct cell none = cell_missing();
    *cell++ = cell_text(unit->unit->id);
    *cell++ = cell_string(measurement_name(m->class));
    *cell++ = cell_yes(m->entry_ok);
    *cell++ = cell_count(m->page_count);
    *cell++ = m->known_page_count ? cell_count(m->known_page_count) : none;
    *cell++ = cell_count(m->flow_page_count);
    *cell++ = m->visit_count ? cell_real((double)m->failed_count / m->visit_count) : none;
    *cell++ = cell_real(m->coverage);
    *cell++ = cell_real(m->unseen_min);
    *cell++ = m->page_count ? cell_yes(m->script_executing) : none;
    *cell++ = cell_list(words_consent_states(m, ";", data->arena));
    *cell++ = cell_count(m->visit_count);
    *cell++ = cell_time(data->arena, m->window_from_ns);
    *cell++ = cell_time(data->arena, m->window_to_ns);
    *cell++ = cell_list(m->failed_criteria);
    *cell++ = cell_list(words_producers(m, ";", data->arena));
    for (int c = 0; c < CAPABILITY_COUNT; c++)
        *cell++ = cell_string(knowledge_name(measurement_knowledge(m, (enum capability)c)));
}
const struct table tables_measurement = {
    "measurement", "Målegrundlag og hvad optagelserne kan vise", columns, COLUMN_COUNT, row_count, fill};

static const struct column policy_columns[] = {
    {"key",            CELL_TEXT},
    {"value",          CELL_TEXT},
    {"source",         CELL_TEXT},
    {"valid_from",     CELL_TEXT},
    {"previous_value", CELL_TEXT},
};

static size_t policy_row_count(const struct report_data *data)
{
    return data->statistics->now->registers->policy.row_count;
}

static void fill_policy(const struct report_data *data, size_t row, struct cell *cell)
{
    const struct policy_row *p = &data->statistics->now->registers->policy.rows[row];
    *cell++ = cell_text(p->key);
    *cell++ = cell_text(p->value);
    *cell++ = cell_text(p->source);
    *cell++ = cell_text(p->valid_from);
    *cell++ = cell_text(p->previous_value);
}
const struct table tables_policy = {"policy",         "Fortolkningsvalg og parametre",
                                    policy_columns,   sizeof policy_columns / sizeof *policy_columns,
                                    policy_row_count, fill_policy};
