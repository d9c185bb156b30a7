// SPDX-License-Identifier: MIT
#include "7_report/report.h"

#include "7_report/hearing.h"
#include "7_report/machine.h"
#include "7_report/report_page.h"
#include "7_report/sheet.h"
#include "7_report/style.h"
#include "7_report/tables.h"
#include "base/limits.h"

static enum err write_tables(const struct report_data *data, const char *folder, struct buf *scratch)
{
    for (size_t i = 0; i < tables_count; i++)
        TRY(table_write_csv(tables_of(data, i), data, folder, scratch));
    return table_write_lines(&tables_findings, data, folder, scratch);
}

static enum err write_sheets(const struct report_data *data, struct span policy, const char *folder,
                             struct buf *scratch)
{
    for (size_t u = 0; u < data->statistics->now->unit_count; u++) {
        struct sheet sheet = {.data = data, .unit = u, .policy = policy};
        if (!data->sheets[u].name.bytes)
            continue;
        TRY(sheet_write_html(&sheet, folder, scratch));
        TRY(sheet_write_json(&sheet, folder, scratch));
    }
    return ERR_OK;
}

static enum err write_all(const struct report_data *data, const struct report_options *options,
                          const char *folder, struct buf *scratch)
{
    struct span policy;
    TRY(style_policy(data->arena, &policy));
    TRY(write_tables(data, folder, scratch));
    TRY(report_page_write(data, policy, folder, scratch));
    TRY(write_sheets(data, policy, folder, scratch));
    TRY(hearing_write(data, folder, scratch));
    TRY(machine_write_summary(data, folder, scratch));
    return machine_write_provenance(data, options, folder, scratch);
}

enum err report_write(const struct statistics *statistics, const struct report_options *options,
                      const char *folder, struct arena *arena)
{
    struct sources sources;
    struct report_data data;
    TRY(sources_read(options, arena, &sources));
    TRY(findings_gather(statistics, &sources, arena, &data));
    data.is_public = options->is_public;
    struct buf scratch;
    buf_init(&scratch, LIMIT_OUTPUT_BYTES);
    enum err err = write_all(&data, options, folder, &scratch);
    buf_free(&scratch);
    return err;
}
