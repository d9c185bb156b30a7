// SPDX-License-Identifier: MIT
#include "7_report/tables.h"

#include "1_read/record.h"
#include "7_report/number.h"
#include "7_report/words.h"

#define COLUMNS(list) .columns = (list), .column_count = sizeof(list) / sizeof *(list)

static const struct column unit_columns[] = {
    {"unit_id",           CELL_TEXT },
    {"name_da",           CELL_TEXT },
    {"unit_type",         CELL_TEXT },
    {"authority",         CELL_TEXT },
    {"scope_code",        CELL_LIST },
    {"verdict",           CELL_TEXT },
    {"verdict_da",        CELL_TEXT },
    {"verdict_prev",      CELL_TEXT },
    {"third_parties",     CELL_COUNT},
    {"unresolved",        CELL_COUNT},
    {"non_compliant",     CELL_COUNT},
    {"measurement_class", CELL_TEXT },
    {"state",             CELL_TEXT },
    {"finding_sheet_url", CELL_TEXT },
};
static size_t unit_rows(const struct report_data *data)
{
    return data->statistics->now->unit_count;
}
static void fill_unit(const struct report_data *data, size_t row, struct cell *cell)
{
    const struct unit_verdict *unit = &data->statistics->now->units[row];
    const struct unit_verdict *previous = data->statistics->previous[row];
    const struct unit_sheet *sheet = &data->sheets[row];
    const struct follow_up *follow_up = data->statistics->follow_up;
    bool in_scope = sheet->name.bytes > 0;
    *cell++ = cell_text(unit->unit->id);
    *cell++ = cell_text(unit->unit->name_da);
    *cell++ = cell_string(words_unit_type(unit->unit->type));
    *cell++ = cell_text(unit->unit->authority->name_da);
    *cell++ = cell_list(unit->scope.codes);
    *cell++ = cell_string(verdict_name(unit->verdict));
    *cell++ = cell_string(unit->verdict_da);
    *cell++ = previous ? cell_string(verdict_name(previous->verdict)) : cell_missing();
    *cell++ = in_scope ? cell_count(unit->judged_count) : cell_missing();
    *cell++ = in_scope ? cell_count(unit->unresolved_count) : cell_missing();
    *cell++ = in_scope ? cell_count(unit->non_compliant_count) : cell_missing();
    *cell++ = in_scope ? cell_string(measurement_name(unit->measurement.class)) : cell_missing();
    *cell++ = follow_up ? cell_string(finding_state_name(follow_up->units[row].state)) : cell_missing();
    *cell = in_scope ? cell_text(arena_format(data->arena, "finding-sheets/%.*s.html", SPAN_ARG(sheet->name)))
                     : cell_missing();
}
const struct table tables_units = {"units", "Resultat pr. løsning", COLUMNS(unit_columns), unit_rows,
                                   fill_unit};

static const struct column finding_columns[] = {
    {"finding_id",          CELL_TEXT },
    {"unit_id",             CELL_TEXT },
    {"entity",              CELL_TEXT },
    {"service",             CELL_TEXT },
    {"category",            CELL_TEXT },
    {"verdict",             CELL_TEXT },
    {"codes",               CELL_LIST },
    {"basis_ids",           CELL_LIST },
    {"first_seen",          CELL_TEXT },
    {"last_seen",           CELL_TEXT },
    {"pages",               CELL_COUNT},
    {"captures",            CELL_COUNT},
    {"persistence",         CELL_REAL },
    {"best_grade",          CELL_TEXT },
    {"example_page",        CELL_TEXT },
    {"warc_file",           CELL_TEXT },
    {"warc_offset",         CELL_COUNT},
    {"warc_length",         CELL_COUNT},
    {"record_id",           CELL_TEXT },
    {"payload_sha",         CELL_TEXT },
    {"rule",                CELL_TEXT },
    {"consent_state",       CELL_TEXT },
    {"party_view",          CELL_TEXT },
    {"state",               CELL_TEXT },
    {"years_non_compliant", CELL_COUNT},
};
static size_t finding_rows(const struct report_data *data)
{
    return data->finding_count;
}

static struct span basis_ids(const struct pair *pair, struct arena *arena)
{
    struct span ids = SPAN("");
    for (size_t b = 0; b < pair->basis_count; b++)
        ids = arena_format(arena, "%.*s%s%.*s", SPAN_ARG(ids), b ? ";" : "",
                           SPAN_ARG(pair->bases[b].basis->id));
    return ids;
}

static struct cell cell_time(struct arena *arena, int64_t time_ns)
{
    return time_ns == RECORD_NO_DATE ? cell_missing() : cell_text(number_iso_time(arena, time_ns));
}

static struct span rule_of(const struct index_contact *contact, struct arena *arena)
{
    const char *condition = condition_name(contact->condition);
    return arena_format(arena, "%s%s%.*s%s%s", evidence_name(contact->evidence),
                        contact->declared_by.bytes ? " " : "", SPAN_ARG(contact->declared_by),
                        *condition ? " " : "", condition);
}

/* A pair that was only declared has no observation to point to. */
static void fill_finding(const struct report_data *data, size_t row, struct cell *cell)
{
    const struct finding *finding = &data->findings[row];
    const struct pair *pair = finding->pair;
    const struct index_contact *contact = &pair->best.contact;
    bool seen = pair->contact_count > 0;
    struct arena *arena = data->arena;
    struct cell none = cell_missing();
    *cell++ = cell_text(finding->id);
    *cell++ = cell_text(finding->unit->unit->id);
    *cell++ = cell_text(pair->entity);
    *cell++ = cell_text(pair->service);
    *cell++ = cell_text(pair->category);
    *cell++ = cell_string(verdict_name(pair->verdict));
    *cell++ = cell_list(pair->codes);
    *cell++ = cell_list(basis_ids(pair, arena));
    *cell++ = seen ? cell_time(arena, pair->first_seen_ns) : none;
    *cell++ = seen ? cell_time(arena, pair->last_seen_ns) : none;
    *cell++ = cell_count(pair->page_count);
    *cell++ = cell_count(pair->capture_count);
    *cell++ = none;
    *cell++ = seen ? cell_string(words_grade(pair->best.grade)) : none;
    *cell++ = seen ? cell_text(findings_address(arena, pair->best.visit.page_url)) : none;
    *cell++ = seen ? cell_text(sources_archive_name(data->sources, contact->archive)) : none;
    *cell++ = seen ? cell_count(contact->at) : none;
    *cell++ = seen ? cell_count(contact->bytes) : none;
    *cell++ = none;
    *cell++ = none;
    *cell++ = seen ? cell_text(rule_of(contact, arena)) : none;
    *cell++ = seen ? cell_string(consent_state_name(pair->best.visit.consent.state)) : none;
    *cell++ = cell_string(party_name(pair->party));
    *cell++ = cell_string(finding_state_name(findings_state(data, finding)));
    unsigned years = findings_years(data, finding);
    *cell = years ? cell_count(years) : none;
}
const struct table tables_findings = {"findings", "Fund", COLUMNS(finding_columns), finding_rows,
                                      fill_finding};

static const struct {
    const struct table *table, *published; /* published NULL: as it is */
} all[] = {
    {&tables_key_figures,     NULL                    },
    {&tables_population,      NULL                    },
    {&tables_verdict_by_type, NULL                    },
    {&tables_transition,      NULL                    },
    {&tables_lineage,         NULL                    },
    {&tables_third_parties,   NULL                    },
    {&tables_bases,           NULL                    },
    {&tables_measurement,     NULL                    },
    {&tables_units,           NULL                    },
    {&tables_findings,        NULL                    },
    {&tables_finding_states,  NULL                    },
    {&tables_follow_up,       &tables_follow_up_public},
    {&tables_policy,          NULL                    },
};
const size_t tables_count = sizeof all / sizeof *all;

const struct table *tables_of(const struct report_data *data, size_t number)
{
    return data->is_public && all[number].published ? all[number].published : all[number].table;
}
