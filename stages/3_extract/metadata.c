// SPDX-License-Identifier: MIT
#include "3_extract/crawl.h"

#include "2_decode/fields.h"
#include "base/limits.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* " L " or " L" at the end: a single hop letter between blanks. */
static bool is_hop_at(struct span s, size_t at)
{
    return at > 0 && is_blank(s.at[at - 1]) && (at + 1 == s.bytes || is_blank(s.at[at + 1])) &&
           memchr("LEXRPIMS", s.at[at], 8);
}

/* URL, hop letter, context. Split from the right: the URL is not escaped and may hold blanks. formats.md 2.4
 */
static bool split_outlink(struct span value, struct outlink *out)
{
    for (size_t at = value.bytes; at-- > 1;)
        if (is_hop_at(value, at)) {
            *out = (struct outlink){
                .url = span_trim(span_first(value, at)),
                .hop = value.at[at],
                .context = span_trim(span_from(value, at + 1)),
            };
            return out->url.bytes > 0;
        }
    return false;
}

static enum err add_outlink(struct span value, struct arena *arena, struct crawl_metadata *out)
{
    struct outlink outlink;
    if (!split_outlink(value, &outlink))
        return ERR_OK;
    if (out->outlink_count == LIMIT_REFERENCES)
        return ERR_TOO_LARGE;
    struct outlink *added = ARENA_PUSH(arena, out->outlinks, out->outlink_count, out->capacity);
    if (!added)
        return ERR_MEMORY;
    *added = outlink;
    return ERR_OK;
}

static void set_first(struct span *to, struct span value)
{
    if (!to->bytes)
        *to = value;
}

static enum err read_field(struct span name, struct span value, struct arena *arena,
                           struct crawl_metadata *out)
{
    const struct {
        struct span name, *value;
    } wanted[] = {
        {SPAN("via"),          &out->via           },
        {SPAN("hopsFromSeed"), &out->hops_from_seed},
        {SPAN("url"),          &out->page_url      },
        {SPAN("finalUrl"),     &out->final_url     },
    };
    uint64_t count;
    if (span_equal_nocase(name, SPAN("outlink")))
        return add_outlink(value, arena, out);
    if (span_equal_nocase(name, SPAN("exchanges")) && span_to_u64(value, &count) && count <= INT64_MAX)
        out->exchange_count = (int64_t)count;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (span_equal_nocase(name, wanted[i].name))
            set_first(wanted[i].value, value);
    return ERR_OK;
}

enum err crawl_parse_metadata(struct span block, struct arena *arena, struct crawl_metadata *out)
{
    *out = (struct crawl_metadata){.exchange_count = -1};
    enum err result = ERR_OK;
    struct span rest = block, name, value;
    size_t field_count = 0;
    while (rest.bytes) {
        struct span line = fields_cut_line(&rest);
        if (!fields_split(line, &name, &value))
            continue;
        field_count++;
        if (value.bytes > LIMIT_URL_BYTES) {
            result = ERR_TOO_LARGE;
            continue;
        }
        value = fields_unfold(value, arena);
        enum err err = arena->full ? ERR_MEMORY : read_field(name, value, arena, out);
        if (err_is_run(err))
            return err;
        if (err)
            result = err;
    }
    return field_count || !block.bytes ? result : ERR_SYNTAX;
}
