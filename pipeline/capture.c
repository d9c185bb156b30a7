// SPDX-License-Identifier: MIT
#include "capture.h"

#include <stdio.h>

#include "2_decode/exchange.h"
#include "7_report/csv.h"
#include "base/when.h"

static const char *const columns[] = {
    "warc_file",
    "sha256",
    "bytes",
    "crawl_id",
    "year",
    "window",
    "crawler",
    "browser",
    "executes_scripts",
    "consent_state",
    "user_agent",
    "vantage",
    "depth_limit",
    "offsite_embeds_fetched",
    "unit_id",
};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

static void keep(char to[CAPTURE_TEXT_BYTES], struct span text)
{
    if (!to[0] && text.bytes)
        snprintf(to, CAPTURE_TEXT_BYTES, "%.*s", SPAN_ARG(text));
}

static void add_date(struct capture *c, int64_t first_ns, int64_t last_ns)
{
    c->first_ns = c->is_dated && c->first_ns < first_ns ? c->first_ns : first_ns;
    c->last_ns = c->is_dated && c->last_ns > last_ns ? c->last_ns : last_ns;
    c->is_dated = true;
}

enum err capture_learn(struct capture *c, const struct record *record, struct arena *arena)
{
    if (record->date_ns != RECORD_NO_DATE)
        add_date(c, record->date_ns, record->date_ns);
    struct warcinfo info = {0};
    if (record->type == RECORD_WARCINFO && crawl_parse_warcinfo(record->block, &info) == ERR_OK) {
        keep(c->software, info.software);
        keep(c->part_of, info.is_part_of);
        keep(c->user_agent, info.user_agent);
    }
    if (record->type != RECORD_REQUEST || c->user_agent[0])
        return ERR_OK;
    struct http_head head = {0};
    struct arena_mark mark = arena_mark(arena);
    enum err err = exchange_parse(record->block, arena, &head);
    if (!err)
        keep(c->user_agent, exchange_field(&head, SPAN("User-Agent")));
    arena_back_to(arena, mark);
    return err_is_run(err) ? err : ERR_OK;
}

void capture_join(struct capture *c, const struct capture *later)
{
    if (later->is_dated)
        add_date(c, later->first_ns, later->last_ns);
    keep(c->software, span_of_string(later->software));
    keep(c->part_of, span_of_string(later->part_of));
    keep(c->user_agent, span_of_string(later->user_agent));
    if (!c->producer)
        c->producer = later->producer;
}

/* Without warcinfo the name of a WACZ is what its makers call the crawl. */
static struct span crawl_id(const struct capture_row *row)
{
    struct span name = span_from(row->path, span_find_last(row->path, '/') + 1);
    if (span_find_last(row->path, '/') == row->path.bytes)
        name = row->path;
    if (row->capture.part_of[0])
        return span_of_string(row->capture.part_of);
    return span_ends_nocase(name, SPAN(".wacz")) ? span_first(name, name.bytes - 5) : SPAN("");
}

static struct span executes_scripts(const struct capture *c)
{
    if (!c->producer)
        return SPAN("");
    return producer_traits(c->producer)->runs_scripts ? SPAN("yes") : SPAN("no");
}

static void write_row(struct csv *csv, const struct capture_row *row)
{
    const struct capture *c = &row->capture;
    char sha256[2 * CRYPTO_BYTES_MAX + 1], year[8] = "", window[2 * WHEN_TEXT_BYTES + 1] = "";
    if (c->is_dated) {
        char first[WHEN_TEXT_BYTES], last[WHEN_TEXT_BYTES];
        when_text(c->first_ns, first);
        when_text(c->last_ns, last);
        snprintf(window, sizeof window, "%s/%s", first, last);
        if (memcmp(first, last, 4) == 0) /* a crawl over New Year: whoever ran it decides */
            snprintf(year, sizeof year, "%.4s", first);
    }
    crypto_hex(row->sha256, CRYPTO_BYTES_MAX, sha256);
    const char *crawler = c->software[0] ? c->software : c->producer ? producer_name(c->producer) : "";
    csv_text(csv, row->path);
    csv_text(csv, span_of_string(sha256));
    csv_count(csv, row->bytes);
    csv_text(csv, crawl_id(row));
    csv_text(csv, span_of_string(year));
    csv_text(csv, span_of_string(window));
    csv_text(csv, span_of_string(crawler));
    csv_text(csv, SPAN("")); /* browser */
    csv_text(csv, executes_scripts(c));
    csv_text(csv, SPAN("")); /* consent_state */
    csv_text(csv, span_of_string(c->user_agent));
    for (int i = 0; i < 4; i++) /* vantage, depth_limit, offsite_embeds_fetched, unit_id */
        csv_text(csv, SPAN(""));
    csv_end_row(csv);
}

void capture_write(struct buf *out, const struct capture_row *rows, size_t count)
{
    struct csv csv;
    csv_init(&csv, out, &csv_standard, NULL); /* texts and counts need no scratch */
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        csv_text(&csv, span_of_string(columns[i]));
    csv_end_row(&csv);
    for (size_t i = 0; i < count; i++)
        write_row(&csv, &rows[i]);
}
