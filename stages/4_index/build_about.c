// SPDX-License-Identifier: MIT
/* What the index tells of its archives and of itself. */
#include "4_index/build_state.h"

#include "4_index/key.h"

#include <stdio.h>

static enum err write_archives(struct build_state *b)
{
    store_table table;
    TRY(store_find_table(b->out, "archive", &table));
    for (uint32_t i = 0; i < b->build->archive_count; i++) {
        const struct work_archive *a = &b->archives[i];
        if (a->is_pages)
            continue;
        char fingerprint[33], kind[SOURCE_KIND_TEXT_BYTES];
        fingerprint_text(a->folded, fingerprint);
        struct row_archive row = {.name = a->name,
                                  .kind = source_kind_text(a->kind, a->wrapper, kind),
                                  .fingerprint = span_of(fingerprint, 32),
                                  .producer = a->producer,
                                  .bytes = a->bytes,
                                  .record_count = a->record_count,
                                  .response_count = a->response_count,
                                  .visit_count = b->visits_of_archive[i],
                                  .fault_count = a->fault_count + b->is_repeated[i],
                                  .complete = a->done};
        buf_reset(&b->buf);
        row_archive_pack(&row, &b->buf);
        TRY(build_write_row(b, table, key_of(b->archive_number[i])));
    }
    return ERR_OK;
}

struct fault_writing {
    struct build_state *build;
    store_table table;
    uint32_t row, next_archive; /* repetitions before it are written */
};

static enum err put_fault(struct fault_writing *w, uint32_t archive, struct span stage,
                          const struct work_fault *sum)
{
    struct build_state *b = w->build;
    char example[160];
    int n = snprintf(example, sizeof example, "offset %llu: %s", (unsigned long long)sum->first_at,
                     err_text(sum->err));
    if (sum->bytes && n > 0 && (size_t)n < sizeof example)
        snprintf(example + n, sizeof example - (size_t)n, "; %llu bytes not understood",
                 (unsigned long long)sum->bytes);
    struct row_fault row = {.stage = stage,
                            .example = span_of_string(example),
                            .archive = b->archive_number[archive],
                            .first_at = sum->first_at,
                            .err = sum->err,
                            .count = sum->count};
    buf_reset(&b->buf);
    row_fault_pack(&row, &b->buf);
    return build_write_row(b, w->table, key_of(w->row++));
}

static enum err put_repetitions(struct fault_writing *w, uint32_t until)
{
    const struct work_fault repeated = {.err = ERR_DUPLICATE, .count = 1};
    for (; w->next_archive < until; w->next_archive++)
        if (w->build->is_repeated[w->next_archive])
            TRY(put_fault(w, w->next_archive, SPAN("index"), &repeated));
    return ERR_OK;
}

static enum err on_fault(void *context, uint32_t archive, struct span stage, const struct work_fault *sum)
{
    struct fault_writing *w = context;
    struct counters *n = w->build->totals;
    *(sum->err == ERR_PADDING ? &n->padding_bytes : &n->lost_bytes) += sum->bytes;
    TRY(put_repetitions(w, archive + 1));
    return put_fault(w, archive, stage, sum);
}

static enum err write_faults(struct build_state *b)
{
    struct fault_writing w = {.build = b};
    TRY(store_find_table(b->out, "fault", &w.table));
    TRY(work_read_begin(b->work));
    enum err err = work_each_fault(b->work, on_fault, &w);
    work_read_end(b->work);
    return err ? err : put_repetitions(&w, b->build->archive_count);
}

static enum err write_counters(struct build_state *b)
{
    store_table table;
    TRY(store_find_table(b->out, "counter", &table));
    size_t count;
    const struct counter_row *rows = counter_rows(&count);
    for (uint32_t i = 0; i < count; i++) {
        struct row_counter row = {span_of_string(rows[i].name), span_of_string(rows[i].unit),
                                  counter_value(b->totals, &rows[i])};
        buf_reset(&b->buf);
        row_counter_pack(&row, &b->buf);
        TRY(build_write_row(b, table, key_of(i)));
    }
    return ERR_OK;
}

static enum err write_meta(struct build_state *b)
{
    store_table table;
    char year[16], digest[33];
    snprintf(year, sizeof year, "%u", b->build->year);
    fingerprint_text(b->digest, digest);
    const struct {
        const char *key, *value;
    } rows[] = {
        {"format",          KEY_FORMAT               },
        {"year",            year                     },
        {"program",         b->build->program        },
        {"suffixes",        b->build->suffixes_source},
        {"suffixes_sha256", b->build->suffixes_sha256},
        {"digest",          digest                   }
    };
    TRY(store_find_table(b->out, "meta", &table));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        TRY(store_put(b->out, table, span_of_string(rows[i].key), span_of_string(rows[i].value), false));
    return ERR_OK;
}

enum err build_about(struct build_state *b)
{
    TRY(write_archives(b));
    TRY(write_faults(b));
    TRY(write_counters(b));
    return write_meta(b);
}
