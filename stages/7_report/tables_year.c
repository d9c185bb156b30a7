// SPDX-License-Identifier: MIT
#include "7_report/tables.h"

#include "7_report/words.h"

#define COLUMNS(list) .columns = (list), .column_count = sizeof(list) / sizeof *(list)

static const struct column key_figure_columns[] = {
    {"measure_id",         CELL_TEXT},
    {"label_da",           CELL_TEXT},
    {"value",              CELL_REAL},
    {"numerator",          CELL_REAL},
    {"denominator",        CELL_REAL},
    {"lower",              CELL_REAL},
    {"upper",              CELL_REAL},
    {"previous_published", CELL_REAL},
    {"previous_restated",  CELL_REAL},
    {"change_pp",          CELL_REAL},
    {"break_flag",         CELL_TEXT},
};
static void fill_key_figure(const struct report_data *data, size_t row, struct cell *cell)
{
    struct key_figure figure = tables_key_figure(data, row);
    *cell++ = cell_string(figure.id);
    *cell++ = cell_string(figure.label_da);
    *cell++ = cell_real(figure.value);
    *cell++ = cell_real(figure.numerator);
    *cell++ = cell_real(figure.denominator);
    *cell++ = cell_real(figure.lower);
    *cell++ = cell_real(figure.upper);
    *cell++ = cell_missing();
    *cell++ = cell_real(figure.restated);
    *cell++ = cell_real(figure.change_pp);
    *cell = cell_missing();
}
const struct table tables_key_figures = {"key_figures", "Hovedtal", COLUMNS(key_figure_columns),
                                         tables_key_figure_count, fill_key_figure};

static const struct column population_columns[] = {
    {"year",        CELL_COUNT},
    {"step",        CELL_TEXT },
    {"reason_code", CELL_TEXT },
    {"reason_da",   CELL_TEXT },
    {"solutions",   CELL_COUNT},
    {"portals",     CELL_COUNT},
    {"total",       CELL_COUNT},
};
static size_t population_rows(const struct report_data *data)
{
    return data->statistics->population_count;
}
static void fill_population(const struct report_data *data, size_t row, struct cell *cell)
{
    const struct population_row *p = &data->statistics->population[row];
    *cell++ = cell_count(p->year);
    *cell++ = cell_string(p->step);
    *cell++ = cell_text(p->reason_code);
    *cell++ = cell_text(p->reason_da);
    *cell++ = cell_count(p->solutions);
    *cell++ = cell_count(p->portals);
    *cell = cell_count((uint64_t)p->solutions + p->portals);
}
const struct table tables_population = {"population", "Løsninger og portaler i og uden for vejledningen",
                                        COLUMNS(population_columns), population_rows, fill_population};

static const struct column verdict_columns[] = {
    {"year",       CELL_COUNT},
    {"unit_type",  CELL_TEXT },
    {"provision",  CELL_TEXT },
    {"verdict",    CELL_TEXT },
    {"verdict_da", CELL_TEXT },
    {"n",          CELL_COUNT},
    {"share",      CELL_REAL },
    {"lower",      CELL_REAL },
    {"upper",      CELL_REAL },
};
static size_t verdict_rows(const struct report_data *data)
{
    return data->statistics->verdict_count;
}
static void fill_verdict(const struct report_data *data, size_t row, struct cell *cell)
{
    const struct verdict_row *v = &data->statistics->verdicts[row];
    *cell++ = cell_count(v->year);
    *cell++ = cell_string(words_unit_type(v->type));
    *cell++ = cell_string(words_provision(v->provision));
    *cell++ = cell_string(verdict_name(v->verdict));
    *cell++ = cell_string(verdict_label_da(v->verdict));
    *cell++ = cell_count(v->count);
    *cell++ = cell_real((double)v->count / v->of);
    *cell++ = cell_real((double)v->count / v->of);
    *cell = cell_real((double)v->most / v->of);
}
const struct table tables_verdict_by_type = {"verdict_by_type", "Efterlevelse efter type",
                                             COLUMNS(verdict_columns), verdict_rows, fill_verdict};

static const struct column transition_columns[] = {
    {"verdict_prev", CELL_TEXT },
    {"verdict_now",  CELL_TEXT },
    {"n",            CELL_COUNT},
    {"unit_ids",     CELL_LIST }
};
static size_t transition_rows(const struct report_data *data)
{
    return data->statistics->transition_count;
}
static void fill_transition(const struct report_data *data, size_t row, struct cell *cell)
{
    const struct transition_row *t = &data->statistics->transitions[row];
    *cell++ = cell_string(verdict_name(t->before));
    *cell++ = cell_string(verdict_name(t->now));
    *cell++ = cell_count(t->count);
    *cell = cell_list(t->unit_ids);
}
const struct table tables_transition = {"transition", "Fra sidste år til i år (gengangere)",
                                        COLUMNS(transition_columns), transition_rows, fill_transition};

static const struct column third_party_columns[] = {
    {"entity",             CELL_TEXT },
    {"owner",              CELL_TEXT },
    {"country",            CELL_TEXT },
    {"service",            CELL_TEXT },
    {"category",           CELL_TEXT },
    {"units",              CELL_COUNT},
    {"units_share",        CELL_REAL },
    {"pages_share",        CELL_REAL },
    {"persistence",        CELL_REAL },
    {"compliant",          CELL_COUNT},
    {"unresolved",         CELL_COUNT},
    {"non_compliant",      CELL_COUNT},
    {"basis_most_used",    CELL_TEXT },
    {"units_prev_matched", CELL_COUNT},
};
static size_t third_party_rows(const struct report_data *data)
{
    return data->statistics->third_party_count;
}
static void fill_third_party(const struct report_data *data, size_t row, struct cell *cell)
{
    const struct third_party_row *t = &data->statistics->third_parties[row];
    *cell++ = cell_text(t->entity);
    *cell++ = cell_text(t->owner);
    *cell++ = cell_text(t->country);
    *cell++ = cell_text(t->service);
    *cell++ = cell_text(t->category);
    *cell++ = cell_count(t->units);
    *cell++ = cell_real(t->units_share);
    *cell++ = cell_real(t->pages_share);
    *cell++ = cell_missing();
    *cell++ = cell_count(t->compliant);
    *cell++ = cell_count(t->unresolved);
    *cell++ = cell_count(t->non_compliant);
    *cell++ = cell_string(t->basis_most_used);
    *cell = data->statistics->before ? cell_count(t->units_prev_matched) : cell_missing();
}
const struct table tables_third_parties = {"third_parties", "Tredjeparter på de omfattede løsninger",
                                           COLUMNS(third_party_columns), third_party_rows, fill_third_party};
