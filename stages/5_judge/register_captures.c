// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"

#define AT(field) offsetof(struct capture_entry, field)

static const struct column columns[] = {
    {"warc_file",              NEED_VALUE,   COLUMN_TEXT,   AT(warc_file), NULL},
    {"unit_id",                NEED_NOTHING, COLUMN_TEXT,   AT(unit_id),   NULL},
    {"crawl_id",               NEED_NOTHING, COLUMN_TEXT,   AT(crawl_id),  NULL},
    {"sha256",                 NEED_NOTHING, COLUMN_UNUSED, 0,             NULL},
    {"bytes",                  NEED_NOTHING, COLUMN_UNUSED, 0,             NULL},
    {"year",                   NEED_NOTHING, COLUMN_UNUSED, 0,             NULL},
    {"window",                 NEED_NOTHING, COLUMN_UNUSED, 0,             NULL},
    {"crawler",                NEED_NOTHING, COLUMN_UNUSED, 0,             NULL},
    {"browser",                NEED_NOTHING, COLUMN_UNUSED, 0,             NULL},
    {"executes_scripts",       NEED_NOTHING, COLUMN_UNUSED, 0,             NULL},
    {"consent_state",          NEED_NOTHING, COLUMN_UNUSED, 0,             NULL},
    {"user_agent",             NEED_NOTHING, COLUMN_UNUSED, 0,             NULL},
    {"vantage",                NEED_NOTHING, COLUMN_UNUSED, 0,             NULL},
    {"depth_limit",            NEED_NOTHING, COLUMN_UNUSED, 0,             NULL},
    {"offsite_embeds_fetched", NEED_NOTHING, COLUMN_UNUSED, 0,             NULL},
};

static void *add(struct reader *reader)
{
    struct registers *r = reader->registers;
    return ARENA_PUSH(reader->arena, r->captures, r->capture_count, r->capture_capacity);
}

static void check(struct reader *reader, void *row)
{
    const struct capture_entry *capture = row;
    if (span_find(capture->unit_id, '/', 0) < capture->unit_id.bytes)
        register_say(reader, true, reader->line, "unit_id",
                     "'%.*s' has a slash, which ends the unit in the address of an app's session",
                     SPAN_ARG(register_shown(reader, capture->unit_id)));
}

static enum err finish(struct reader *reader)
{
    struct registers *r = reader->registers;
    register_sort_rows(reader, &(struct register_rows){r->captures, r->capture_count, sizeof *r->captures,
                                                       AT(warc_file), AT(line), "warc_file"});
    return ERR_OK;
}

const struct schema register_captures_schema = {
    .file = "captures.csv",
    .silent = true,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = AT(line),
    .add = add,
    .check = check,
    .finish = finish,
};
