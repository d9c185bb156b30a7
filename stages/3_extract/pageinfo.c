// SPDX-License-Identifier: MIT
#include "3_extract/crawl.h"

#include "1_read/record.h"
#include "base/limits.h"
#include "ext/ext_json.h"

#include <assert.h>

/* Everything that is kept leaves the JSON value, which is freed. .at NULL only when the arena is full. */
static struct span keep(struct arena *arena, const struct json *text)
{
    return arena_copy(arena, json_text(text));
}

/* A number, or digits in quotes; anything else, and what is no status code, is 0. */
static int status_of(const struct json *value)
{
    uint64_t digits = 0;
    int64_t status =
        span_to_u64(json_text(value), &digits) && digits < 1000 ? (int64_t)digits : json_int(value, 0);
    return status >= 0 && status < 1000 ? (int)status : 0;
}

static int64_t time_of(const struct json *ts)
{
    int64_t time_ns;
    return record_date_parse(json_text(ts), &time_ns) ? RECORD_NO_DATE : time_ns;
}

struct page_builder {
    struct arena *arena;
    struct pageinfo *out;
};

/* One member of "urls": an object, or in the first beta the bare status. */
static enum err add_resource(void *context, struct span url, const struct json *value)
{
    struct page_builder *builder = context;
    struct pageinfo *page = builder->out;
    if (page->resource_count == LIMIT_PAGE_RESOURCES)
        return ERR_TOO_LARGE;
    struct page_resource *resource =
        ARENA_PUSH(builder->arena, page->resources, page->resource_count, page->capacity);
    if (!resource)
        return ERR_MEMORY;
    bool bare = !json_is_object(value);
    *resource = (struct page_resource){
        .url = arena_copy(builder->arena, url),
        .status = status_of(bare ? value : json_get(value, "status")),
        .resource = resource_of_type(json_text(json_get(value, "type"))),
        .mime = keep(builder->arena, json_get(value, "mime")),
        .error = keep(builder->arena, json_get(value, "error")),
        .from_cache = json_is_true(json_get(value, "fromBrowserCache")),
    };
    return builder->arena->full ? ERR_MEMORY : ERR_OK;
}

/* tsStatus belongs to ts (Browsertrix writes 999 when there is none); else what the list says of the page
 * itself. */
static int status_of_page(const struct pageinfo *page, const struct json *ts_status)
{
    if (ts_status && page->time_ns != RECORD_NO_DATE)
        return status_of(ts_status);
    for (size_t i = 0; i < page->resource_count; i++)
        if (span_equal(page->resources[i].url, page->url))
            return page->resources[i].status;
    return 0;
}

enum err crawl_parse_pageinfo(struct span target_uri, struct span block, struct arena *arena,
                              struct pageinfo *out)
{
    struct json *json;
    struct span scheme = SPAN("urn:pageinfo:");
    *out = (struct pageinfo){.time_ns = RECORD_NO_DATE};
    if (!span_starts_nocase(target_uri, scheme))
        return ERR_SYNTAX;
    TRY(json_parse(block, &json));
    const struct json *url = json_get(json, "url");
    enum err err = json_is_object(json) ? ERR_OK : ERR_JSON;
    if (!err) {
        out->page_id = keep(arena, json_get(json, "pageid"));
        out->url = json_text(url).bytes ? keep(arena, url) : span_from(target_uri, scheme.bytes);
        out->time_ns = time_of(json_get(json, "ts"));
        err = json_each(json_get(json, "urls"), add_resource, &(struct page_builder){arena, out});
        out->status = status_of_page(out, json_get(json, "tsStatus"));
    }
    json_free(json);
    return arena->full ? ERR_MEMORY : err;
}

enum err crawl_parse_page_line(struct span line, struct arena *arena, struct page_line *out)
{
    struct json *json;
    *out = (struct page_line){.time_ns = RECORD_NO_DATE};
    if (!span_trim(line).bytes)
        return ERR_END;
    TRY(json_parse(line, &json));
    bool has_url = json_text(json_get(json, "url")).bytes > 0;
    if (has_url)
        *out = (struct page_line){
            .id = keep(arena, json_get(json, "id")),
            .url = keep(arena, json_get(json, "url")),
            .time_ns = time_of(json_get(json, "ts")),
            .status = status_of(json_get(json, "status")),
        };
    bool is_header = json_get(json, "format") != NULL;
    json_free(json);
    if (arena->full)
        return ERR_MEMORY;
    return has_url ? ERR_OK : is_header ? ERR_END : ERR_JSON;
}
