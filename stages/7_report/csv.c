// SPDX-License-Identifier: MIT
#include "7_report/csv.h"

#include "7_report/number.h"
#include "7_report/text.h"

const struct csv_dialect csv_standard = {',', '.', false};
const struct csv_dialect csv_danish = {';', ',', true};

void csv_init(struct csv *csv, struct buf *out, const struct csv_dialect *dialect, struct arena *arena)
{
    *csv = (struct csv){.out = out, .dialect = dialect, .arena = arena};
    if (dialect->has_byte_order_mark)
        text_add(out, 0xFEFF);
}

static void separate(struct csv *csv)
{
    if (csv->row_has_cells)
        buf_add_char(csv->out, csv->dialect->separator);
    csv->row_has_cells = true;
}

static bool is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

/* Both separators are quoted in both dialects, so that a copy opened with the other one still keeps its
 * cells. */
static bool needs_quotes(struct span text)
{
    for (size_t i = 0; i < text.bytes; i++)
        if (is_one_of(text.at[i], ",;\"\r\n\t"))
            return true;
    return text.bytes && (text.at[0] == ' ' || text.at[text.bytes - 1] == ' ');
}

void csv_text(struct csv *csv, struct span text)
{
    separate(csv);
    if (!text.bytes)
        return;
    bool quoted = needs_quotes(text);
    if (quoted)
        buf_add_char(csv->out, '"');
    if (is_one_of(text.at[0], "=+-@\t\r'"))
        buf_add_char(csv->out, '\'');
    while (text.bytes) {
        uint32_t c = text_next(&text);
        if (c == '"')
            buf_add_char(csv->out, '"');
        text_add(csv->out, c);
    }
    if (quoted)
        buf_add_char(csv->out, '"');
}

void csv_count(struct csv *csv, uint64_t value)
{
    separate(csv);
    buf_add_u64(csv->out, value);
}

void csv_real(struct csv *csv, double value)
{
    separate(csv);
    struct arena_mark mark = arena_mark(csv->arena);
    buf_add(csv->out, number_plain(csv->arena, value, 6, csv->dialect->decimal_mark));
    arena_back_to(csv->arena, mark);
}

void csv_end_row(struct csv *csv)
{
    buf_add_string(csv->out, "\r\n");
    csv->row_has_cells = false;
}
