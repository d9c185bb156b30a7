// SPDX-License-Identifier: MIT
#include "7_report/sheet.h"

#include "7_report/number.h"
#include "7_report/tables.h"
#include "7_report/words.h"
#include "ext/ext_json.h"
#include "io/outfile.h"

static void set_text(struct json *object, const char *key, struct span text)
{
    json_set(object, key, text.bytes ? json_of_text(text) : json_of_null());
}

static void set_string(struct json *object, const char *key, const char *text)
{
    set_text(object, key, span_of_string(text));
}

static struct json *list_of(struct span text)
{
    struct json *array = json_new_array();
    while (text.bytes)
        json_append(array, json_of_text(span_cut(&text, ';')));
    return array;
}

static struct json *measurement_json(const struct measurement_result *m, struct arena *arena)
{
    struct json *object = json_new_object();
    set_string(object, "class", measurement_name(m->class));
    json_set(object, "pages", json_of_integer(m->page_count));
    json_set(object, "visits", json_of_integer(m->visit_count));
    json_set(object, "failed", json_of_integer(m->failed_count));
    json_set(object, "failed_criteria", list_of(m->failed_criteria));
    json_set(object, "producers", list_of(words_producers(m, ";", arena)));
    struct json *evidence = json_new_object();
    for (int c = 0; c < CAPABILITY_COUNT; c++)
        set_string(evidence, capability_name((enum capability)c),
                   knowledge_name(measurement_knowledge(m, (enum capability)c)));
    json_set(object, "evidence", evidence);
    return object;
}

/* The columns of T14, and what a reader of the page sees beside them. */
static struct json *finding_json(const struct report_data *data, size_t row)
{
    const struct pair *pair = data->findings[row].pair;
    const struct words_answer *answer = words_answer_of(pair);
    struct json *object = json_new_object();
    table_row_json(&tables_findings, data, row, object);
    set_string(object, "verdict_da", pair->label_da);
    json_set(object, "hosts", list_of(pair->hosts));
    json_set(object, "needs_answer", json_of_bool(words_needs_answer(pair)));
    set_text(object, "state_da", findings_state_da(data, &data->findings[row], data->arena));
    set_string(object, "missing_da", answer->missing);
    set_string(object, "settles_da", answer->settles);
    if (pair->contact_count) {
        set_string(object, "evidence_da", words_evidence_da(pair->best.contact.evidence));
        set_text(object, "command", sheet_command(data, &pair->best.contact));
    }
    return object;
}

static struct json *earlier_json(const struct report_data *data, const struct unit_verdict *unit)
{
    struct json *array = json_new_array();
    const struct follow_finding *at = NULL;
    while ((at = sheet_next_earlier(data, unit, at))) {
        struct json *object = json_new_object();
        set_text(object, "finding_id", at->id);
        set_text(object, "entity", at->history->entity);
        set_string(object, "state", finding_state_name(at->state));
        set_text(object, "state_da", finding_state_da(at->state, at->years_non_compliant, data->arena));
        json_set(object, "last_seen_year",
                 json_of_integer(data->statistics->follow_up->histories.years[at->last_seen]->year));
        json_append(array, object);
    }
    return array;
}

static struct json *sheet_json(const struct sheet *sheet)
{
    const struct report_data *data = sheet->data;
    const struct judgement *now = data->statistics->now;
    const struct unit_verdict *unit = &now->units[sheet->unit];
    const struct unit_sheet *slice = &data->sheets[sheet->unit];
    date_days deadline = now->hearing_deadline;
    struct json *object = json_new_object(), *findings = json_new_array();
    json_set(object, "year", json_of_integer(now->year));
    set_text(object, "unit_id", unit->unit->id);
    set_text(object, "name_da", unit->unit->name_da);
    set_text(object, "authority", unit->unit->authority->name_da);
    set_text(object, "ministry", unit->unit->authority->ministry);
    set_string(object, "verdict", verdict_name(unit->verdict));
    set_string(object, "verdict_da", unit->verdict_da);
    json_set(object, "measurement", measurement_json(&unit->measurement, data->arena));
    set_text(object, "answer_deadline",
             deadline == DATE_OPEN_TO ? SPAN_NONE : number_iso_date(data->arena, deadline));
    for (size_t i = 0; i < slice->finding_count; i++)
        json_append(findings, finding_json(data, slice->first_finding + i));
    json_set(object, "findings", findings);
    json_set(object, "earlier_findings", earlier_json(data, unit));
    return object;
}

enum err sheet_write_json(const struct sheet *sheet, const char *folder, struct buf *scratch)
{
    struct arena *arena = sheet->data->arena;
    struct arena_mark mark = arena_mark(arena);
    struct json *object = sheet_json(sheet);
    buf_reset(scratch);
    enum err err = json_write(object, true, scratch);
    json_free(object);
    TRY(err);
    buf_add_char(scratch, '\n');
    struct span name =
        arena_format(arena, "finding-sheets/%.*s.json", SPAN_ARG(sheet->data->sheets[sheet->unit].name));
    TRY(arena->full ? ERR_MEMORY : scratch->err);
    TRY(outfile_put(folder, name.at, buf_span(scratch)));
    arena_back_to(arena, mark);
    return ERR_OK;
}
