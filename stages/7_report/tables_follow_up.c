// SPDX-License-Identifier: MIT
#include "7_report/tables.h"

#include "7_report/number.h"
#include "7_report/words.h"

#include <math.h>

#define COLUMNS(list) .columns = (list), .column_count = sizeof(list) / sizeof *(list)

static struct cell cell_day(struct arena *arena, date_days day)
{
    return cell_text(register_date_text(day, arena)); /* an open date is missing */
}

static bool is_followed(const struct follow_unit *unit)
{
    return unit->level && unit->level->level;
}

static size_t count_followed(const struct report_data *data)
{
    const struct follow_up *f = data->statistics->follow_up;
    size_t count = 0;
    for (size_t u = 0; f && u < data->statistics->now->unit_count; u++)
        count += is_followed(&f->units[u]);
    return count;
}

static const struct column follow_up_columns[] = {
    {"unit_id",             CELL_TEXT },
    {"authority",           CELL_TEXT },
    {"level",               CELL_COUNT},
    {"reason",              CELL_TEXT },
    {"years_non_compliant", CELL_COUNT},
    {"last_contact",        CELL_TEXT },
    {"deadline",            CELL_TEXT },
    {"answer",              CELL_TEXT },
    {"next_step",           CELL_TEXT },
};
static void fill_follow_up(const struct report_data *data, size_t row, struct cell *cell)
{
    const struct follow_unit *unit = data->statistics->follow_up->units;
    while (!is_followed(unit) || row--)
        unit++;
    *cell++ = cell_text(unit->unit->unit->id);
    *cell++ = cell_text(unit->unit->unit->authority->name_da);
    *cell++ = cell_count(unit->level->level);
    *cell++ = cell_string(unit->level->reason);
    *cell++ = cell_count(unit->years_non_compliant);
    *cell++ = cell_day(data->arena, unit->asked.sent_on);
    *cell++ = cell_day(data->arena, unit->asked.deadline);
    *cell++ = cell_string(words_asked(&unit->asked));
    *cell = cell_string(follow_level_step_da(unit->level->level));
}
const struct table tables_follow_up = {"follow_up", "Opfølgning pr. løsning (internt)",
                                       COLUMNS(follow_up_columns), count_followed, fill_follow_up};

static const struct column level_columns[] = {
    {"level",     CELL_COUNT},
    {"next_step", CELL_TEXT },
    {"units",     CELL_COUNT},
};
static size_t level_rows(const struct report_data *data)
{
    return data->statistics->follow_up ? FOLLOW_LEVEL_COUNT : 0;
}
static void fill_level(const struct report_data *data, size_t row, struct cell *cell)
{
    *cell++ = cell_count(row);
    *cell++ = cell_string(follow_level_step_da((unsigned)row));
    *cell = cell_count(data->statistics->follow_up->level_counts[row]);
}
const struct table tables_follow_up_public = {"follow_up", "Opfølgning, antal pr. niveau",
                                              COLUMNS(level_columns), level_rows, fill_level};

static const struct column state_columns[] = {
    {"finding_id",          CELL_TEXT },
    {"unit_id",             CELL_TEXT },
    {"entity",              CELL_TEXT },
    {"state",               CELL_TEXT },
    {"state_da",            CELL_TEXT },
    {"years_non_compliant", CELL_COUNT},
    {"last_seen_year",      CELL_COUNT},
};
static const struct follow_finding *find_state(const struct follow_up *f, size_t row)
{
    const struct follow_finding *finding = f->findings;
    while (finding->state == FINDING_STATE_NONE || row--)
        finding++;
    return finding;
}
static size_t state_rows(const struct report_data *data)
{
    const struct follow_up *f = data->statistics->follow_up;
    return f ? f->finding_count - f->state_counts[FINDING_STATE_NONE] : 0;
}
static void fill_state(const struct report_data *data, size_t row, struct cell *cell)
{
    const struct follow_up *f = data->statistics->follow_up;
    const struct follow_finding *finding = find_state(f, row);
    *cell++ = cell_text(finding->id);
    *cell++ = cell_text(finding->history->unit->unit->id);
    *cell++ = cell_text(finding->history->entity);
    *cell++ = cell_string(finding_state_name(finding->state));
    *cell++ = cell_text(finding_state_da(finding->state, finding->years_non_compliant, data->arena));
    *cell++ = cell_count(finding->years_non_compliant);
    *cell = cell_count(f->histories.years[finding->last_seen]->year);
}
const struct table tables_finding_states = {"finding_states", "Fund over tid", COLUMNS(state_columns),
                                            state_rows, fill_state};

static const struct column lineage_columns[] = {
    {"kind",       CELL_TEXT},
    {"before_ids", CELL_LIST},
    {"now_ids",    CELL_LIST},
};
static size_t lineage_rows(const struct report_data *data)
{
    return data->statistics->lineage_change_count;
}
static void fill_lineage(const struct report_data *data, size_t row, struct cell *cell)
{
    const struct lineage_change *change = &data->statistics->lineage_changes[row];
    *cell++ = cell_string(change->is_merge ? "merge" : "split");
    *cell++ = cell_list(change->before_ids);
    *cell = cell_list(change->now_ids);
}
const struct table tables_lineage = {"lineage", "Delinger og sammenlægninger siden året før",
                                     COLUMNS(lineage_columns), lineage_rows, fill_lineage};

static const struct column basis_columns[] = {
    {"basis_type",         CELL_TEXT },
    {"declared",           CELL_COUNT},
    {"accepted",           CELL_COUNT},
    {"pending",            CELL_COUNT},
    {"rejected",           CELL_COUNT},
    {"expired",            CELL_COUNT},
    {"unused",             CELL_COUNT},
    {"contradicted",       CELL_COUNT},
    {"answer_rate",        CELL_REAL },
    {"answer_days_median", CELL_REAL },
};
enum { ALL_TYPES = BASIS_NECESSARY + 1 };
static size_t basis_rows(const struct report_data *data)
{
    (void)data;
    return ALL_TYPES + 1;
}

/* Was it brought to bear on something observed, and did what was observed speak against it? */
static void find_use(const struct judgement *now, const struct basis *basis, bool *used, bool *contradicted)
{
    for (size_t p = 0; p < now->pair_count; p++)
        for (size_t b = 0; b < now->pairs[p].basis_count; b++) {
            const struct basis_finding *finding = &now->pairs[p].bases[b];
            if (finding->basis != basis)
                continue;
            *used |= now->pairs[p].contact_count > 0;
            *contradicted |= !strcmp(finding->code, "O-CONTRADICTED") || !strcmp(finding->code, "O-DOUBT");
        }
}

/* Bases that begin after the day of the report leave it as it is. Answers are to a finding, not to a type: they
 * stand in the last row. */
static void fill_basis(const struct report_data *data, size_t row, struct cell *cell)
{
    const struct judgement *now = data->statistics->now;
    const struct follow_up *f = data->statistics->follow_up;
    uint64_t declared = 0, reviews[REVIEW_REJECTED + 1] = {0}, expired = 0, unused = 0, against = 0;
    for (size_t i = 0; i < now->registers->basis_count; i++) {
        const struct basis *basis = &now->registers->bases[i];
        bool used = false, contradicted = false;
        if ((row != ALL_TYPES && basis->type != row) || basis->valid_from > now->as_of ||
            basis->declared_on > now->as_of)
            continue;
        find_use(now, basis, &used, &contradicted);
        declared++;
        reviews[basis->review]++;
        expired += basis->valid_to < now->reference_date;
        unused += !used;
        against += contradicted;
    }
    bool asked = row == ALL_TYPES && f && f->case_count;
    *cell++ = cell_string(row == ALL_TYPES ? "all" : words_basis_type((enum basis_type)row));
    *cell++ = cell_count(declared);
    *cell++ = cell_count(reviews[REVIEW_ACCEPTED]);
    *cell++ = cell_count(reviews[REVIEW_PENDING]);
    *cell++ = cell_count(reviews[REVIEW_REJECTED]);
    *cell++ = cell_count(expired);
    *cell++ = cell_count(unused);
    *cell++ = cell_count(against);
    *cell++ = cell_real(asked ? (double)f->answered_count / f->case_count : NAN);
    *cell = cell_real(asked ? f->answer_days_median : NAN);
}
const struct table tables_bases = {"bases", "Oplyste grundlag", COLUMNS(basis_columns), basis_rows,
                                   fill_basis};
