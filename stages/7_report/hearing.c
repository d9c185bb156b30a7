// SPDX-License-Identifier: MIT
#include "7_report/hearing.h"

#include "1_read/record.h"
#include "7_report/csv.h"
#include "7_report/number.h"
#include "7_report/text.h"
#include "7_report/words.h"
#include "io/outfile.h"

static const char *const columns[] = {
    "finding_id",       "unit_id",        "unit_name",    "entity",
    "service",          "hosts",          "example_page", "first_seen",
    "missing",          "deadline",       "answer",       "answered_on",
    "basis_type",       "basis_form",     "setting_name", "activated",
    "effective",        "own_use_clause", "written",      "anonymised_exempt",
    "own_use_possible", "purpose",        "limited_use",  "evidence_ref",
    "valid_from",       "note",
};
enum { TOLD_COUNT = 10, COLUMN_COUNT = sizeof columns / sizeof *columns };

bool hearing_is_open(const struct judgement *now)
{
    return now->as_of <= now->hearing_deadline;
}

/* What is contested already waits for a decision, not for an answer. */
static bool is_asked(const struct report_data *data, const struct finding *finding)
{
    return words_needs_answer(finding->pair) && findings_state(data, finding) != FINDING_STATE_DISPUTED;
}

static void add_row(struct csv *csv, const struct report_data *data, const struct finding *finding)
{
    const struct pair *pair = finding->pair;
    struct arena *arena = data->arena;
    struct arena_mark mark = arena_mark(arena);
    struct span told[TOLD_COUNT] = {
        finding->id,
        finding->unit->unit->id,
        finding->unit->unit->name_da,
        pair->entity,
        pair->service,
        pair->hosts,
        findings_address(arena, pair->best.visit.page_url),
        pair->first_seen_ns == RECORD_NO_DATE ? SPAN("")
                                              : number_iso_date(arena, number_day_of(pair->first_seen_ns)),
        span_of_string(words_answer_of(pair)->missing),
        register_date_text(data->statistics->now->hearing_deadline, arena),
    };
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        csv_text(csv, i < TOLD_COUNT ? told[i] : SPAN(""));
    csv_end_row(csv);
    arena_back_to(arena, mark);
}

static enum err write_authority(const struct report_data *data, const struct authority *authority,
                                size_t number, const char *folder, struct buf *scratch)
{
    struct csv csv;
    size_t count = 0;
    buf_reset(scratch);
    csv_init(&csv, scratch, &csv_danish, data->arena);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        csv_text(&csv, span_of_string(columns[i]));
    csv_end_row(&csv);
    for (size_t f = 0; f < data->finding_count; f++) {
        if (data->findings[f].unit->unit->authority != authority || !is_asked(data, &data->findings[f]))
            continue;
        add_row(&csv, data, &data->findings[f]);
        count++;
    }
    if (!count)
        return ERR_OK;
    struct arena_mark mark = arena_mark(data->arena);
    struct span name = text_file_name(data->arena, authority->id, number);
    struct span path = arena_format(data->arena, "hearing/%.*s.csv", SPAN_ARG(name));
    TRY(data->arena->full ? ERR_MEMORY : scratch->err);
    TRY(outfile_write(folder, path.at, buf_span(scratch)));
    arena_back_to(data->arena, mark);
    return ERR_OK;
}

enum err hearing_write(const struct report_data *data, const char *folder, struct buf *scratch)
{
    const struct registers *registers = data->statistics->now->registers;
    if (data->is_public || !hearing_is_open(data->statistics->now))
        return ERR_OK;
    for (size_t i = 0; i < registers->authority_count; i++)
        TRY(write_authority(data, &registers->authorities[i], i, folder, scratch));
    return ERR_OK;
}
