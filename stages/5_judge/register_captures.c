// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"

#include <stdlib.h>

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

static int compare(const void *a, const void *b)
{
    const struct capture_entry *x = a, *y = b;
    int order = span_compare(x->warc_file, y->warc_file);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static enum err finish(struct reader *reader)
{
    struct registers *r = reader->registers;
    if (r->capture_count)
        qsort(r->captures, r->capture_count, sizeof *r->captures, compare);
    for (size_t i = 1; i < r->capture_count; i++) {
        const struct capture_entry *a = &r->captures[i - 1], *b = &r->captures[i];
        if (b->warc_file.bytes && span_equal(a->warc_file, b->warc_file))
            register_say_twice(reader, "warc_file", b->warc_file, b->line, a->line);
    }
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
