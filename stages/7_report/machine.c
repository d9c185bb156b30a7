// SPDX-License-Identifier: MIT
#include "7_report/machine.h"

#include "5_judge/catalogue.h"
#include "ext/ext_json.h"
#include "io/outfile.h"

static void set_count(struct json *object, const char *key, uint64_t value)
{
    json_set(object, key, json_of_integer((int64_t)value));
}

static void set_text(struct json *object, const char *key, struct span text)
{
    json_set(object, key, text.at ? json_of_text(text) : json_of_null());
}

static enum err write_json(struct json *object, const char *folder, const char *name, struct buf *scratch)
{
    buf_reset(scratch);
    enum err err = json_write(object, true, scratch);
    json_free(object);
    TRY(err);
    buf_add_char(scratch, '\n');
    TRY(scratch->err);
    return outfile_put(folder, name, buf_span(scratch));
}

enum err machine_write_summary(const struct report_data *data, const char *folder, struct buf *scratch)
{
    static const enum verdict verdicts[] = {VERDICT_COMPLIANT, VERDICT_UNRESOLVED, VERDICT_NON_COMPLIANT,
                                            VERDICT_LIMITED, VERDICT_NOT_MEASURED};
    const struct statistics *s = data->statistics;
    const struct year_figures *f = &s->figures[0];
    struct json *summary = json_new_object(), *counts = json_new_object(), *rate = json_new_object();
    set_count(summary, "year", f->year);
    set_count(summary, "in_scope", f->in_scope);
    set_count(summary, "assessed", f->assessed);
    for (size_t v = 0; v < sizeof verdicts / sizeof *verdicts; v++)
        set_count(counts, verdict_name(verdicts[v]), f->by_verdict[verdicts[v]]);
    json_set(summary, "verdicts", counts);
    json_set(rate, "value", json_of_number(f->rate.value));
    json_set(rate, "lower", json_of_number(f->rate.lower));
    json_set(rate, "upper", json_of_number(f->rate.upper));
    json_set(summary, "rate", rate);
    set_count(summary, "matched", s->matched);
    set_count(summary, "entered", s->entered);
    set_count(summary, "left", s->left);
    set_count(summary, "third_parties", f->third_parties);
    return write_json(summary, folder, "summary.json", scratch);
}

static struct json *archives_json(const struct source_year *year)
{
    struct json *array = json_new_array();
    for (size_t i = 0; i < year->archive_count; i++) {
        const struct index_archive *archive = &year->archives[i];
        struct json *object = json_new_object();
        set_text(object, "archive", archive->name);
        set_text(object, "kind", archive->kind);
        set_text(object, "producer", span_of_string(producer_name(archive->producer)));
        set_text(object, "fingerprint", archive->fingerprint);
        set_count(object, "bytes", archive->bytes);
        set_count(object, "records", archive->record_count);
        set_count(object, "responses", archive->response_count);
        set_count(object, "visits", archive->visit_count);
        set_count(object, "faults", archive->fault_count);
        json_set(object, "complete", json_of_bool(archive->complete));
        json_append(array, object);
    }
    return array;
}

static struct json *faults_json(const struct source_year *year)
{
    struct json *array = json_new_array();
    for (size_t i = 0; i < year->fault_count; i++) {
        const struct index_fault *fault = &year->faults[i];
        struct json *object = json_new_object();
        if (fault->archive < year->archive_count)
            set_text(object, "archive", year->archives[fault->archive].name);
        set_count(object, "offset", fault->first_at);
        set_text(object, "stage", fault->stage);
        set_text(object, "kind", span_of_string(err_name(fault->err)));
        set_text(object, "meaning", span_of_string(err_text(fault->err)));
        set_count(object, "count", fault->count);
        set_text(object, "example", fault->example);
        json_append(array, object);
    }
    return array;
}

static struct json *counters_json(const struct source_year *year)
{
    struct json *array = json_new_array();
    for (size_t i = 0; i < year->counter_count; i++) {
        struct json *object = json_new_object();
        set_text(object, "name", year->counters[i].name);
        set_text(object, "unit", year->counters[i].unit);
        set_count(object, "value", year->counters[i].value);
        json_append(array, object);
    }
    return array;
}

static struct json *indexes_json(const struct sources *sources)
{
    struct json *array = json_new_array();
    for (size_t y = 0; y < sources->year_count; y++) {
        const struct source_year *year = &sources->years[y];
        struct json *object = json_new_object();
        set_count(object, "year", year->year);
        set_text(object, "path", year->path);
        set_text(object, "digest", year->digest);
        set_text(object, "program", year->program);
        set_text(object, "suffix_list", year->suffixes);
        set_text(object, "suffix_list_sha256", year->suffixes_sha256);
        set_count(object, "visits", year->visit_count);
        json_set(object, "archives", archives_json(year));
        json_set(object, "counters", counters_json(year));
        json_set(object, "faults", faults_json(year));
        json_append(array, object);
    }
    return array;
}

static struct json *registers_json(const struct registers *registers)
{
    struct json *array = json_new_array();
    for (size_t i = 0; i < registers->digest_count; i++) {
        struct json *object = json_new_object();
        set_text(object, "file", registers->digests[i].file);
        set_text(object, "sha256", registers->digests[i].sha256);
        set_count(object, "bytes", registers->digests[i].bytes);
        json_append(array, object);
    }
    return array;
}

static struct json *catalogue_json(const struct judgement *now)
{
    const struct catalogue *catalogue = now->registers->catalogue;
    struct json *object = json_new_object(), *array = json_new_array();
    for (size_t i = 0; i < catalogue->layer_count; i++) {
        const struct catalogue_layer *layer = &catalogue->layers[i];
        struct json *item = json_new_object();
        set_text(item, "folder", layer->folder);
        set_text(item, "name", layer->name);
        set_text(item, "licence", layer->licence);
        json_set(item, "non_commercial", json_of_bool(layer->non_commercial));
        set_text(item, "version", layer->version);
        set_text(item, "date", layer->date);
        set_text(item, "source", layer->source);
        set_text(item, "sha256", layer->sha256);
        json_append(array, item);
    }
    set_text(object, "sha256", catalogue->sha256);
    json_set(object, "layers", array);
    set_count(object, "withheld_pairs", now->withheld_count);
    return object;
}

static struct json *policy_json(const struct policy *policy)
{
    struct json *array = json_new_array();
    for (size_t i = 0; i < policy->row_count; i++) {
        struct json *object = json_new_object();
        set_text(object, "key", policy->rows[i].key);
        set_text(object, "value", policy->rows[i].value);
        set_text(object, "source", policy->rows[i].source);
        set_text(object, "valid_from", policy->rows[i].valid_from);
        json_set(object, "is_default", json_of_bool(policy->rows[i].is_default));
        json_append(array, object);
    }
    return array;
}

enum err machine_write_provenance(const struct report_data *data, const struct report_options *options,
                                  const char *folder, struct buf *scratch)
{
    const struct judgement *now = data->statistics->now;
    struct json *provenance = json_new_object(), *program = json_new_object(), *chosen = json_new_object();
    set_text(program, "name", SPAN("tredjepart"));
    set_text(program, "version", span_of_string(options->program_version));
    json_set(provenance, "program", program);
    set_text(provenance, "command", options->command);
    set_text(provenance, "started", options->started);
    set_text(provenance, "finished", options->finished);
    set_count(chosen, "year", now->year);
    set_text(chosen, "reference_date", register_date_text(now->reference_date, data->arena));
    set_text(chosen, "as_of", register_date_text(now->as_of, data->arena));
    json_set(chosen, "public", json_of_bool(options->is_public));
    json_set(provenance, "options", chosen);
    json_set(provenance, "indexes", indexes_json(data->sources));
    json_set(provenance, "registers", registers_json(now->registers));
    if (now->registers->catalogue)
        json_set(provenance, "catalogue", catalogue_json(now));
    json_set(provenance, "policy", policy_json(&now->registers->policy));
    return write_json(provenance, folder, "provenance.json", scratch);
}
