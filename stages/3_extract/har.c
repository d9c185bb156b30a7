// SPDX-License-Identifier: MIT
#include "3_extract/har.h"

#include "1_read/record.h"
#include "3_extract/har_cookies.h"
#include "base/base64.h"
#include "base/limits.h"
#include "ext/ext_json.h"

static int64_t time_of(const struct json *text)
{
    int64_t time_ns;
    return record_date_parse(json_text(text), &time_ns) ? RECORD_NO_DATE : time_ns;
}

enum err har_parse_page(const struct json *json, struct har_page *out)
{
    *out = (struct har_page){.id = json_text(json_get(json, "id")),
                             .title = span_trim(json_text(json_get(json, "title"))),
                             .time_ns = time_of(json_get(json, "startedDateTime"))};
    return out->id.bytes ? ERR_OK : ERR_JSON;
}

/* Each line of a value is a field: browsers join what was sent twice by LF. */
static enum err add_lines(struct har_head *h, struct span name, struct span value)
{
    for (struct span rest = value; rest.at;) {
        struct span line = span_trim(span_cut(&rest, '\n'));
        if (line.bytes || span_equal(line, value))
            TRY(har_head_add(h, name, line));
    }
    return ERR_OK;
}

static enum err add_headers(struct har_head *h, const struct json *list)
{
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *header = json_item(list, i);
        struct span name = span_trim(json_text(json_get(header, "name")));
        if (name.bytes && name.at[0] != ':') /* pseudo header of HTTP/2 */
            TRY(add_lines(h, name, json_text(json_get(header, "value"))));
    }
    return ERR_OK;
}

static bool has(const struct har_head *h, struct span name)
{
    return exchange_field(&h->head, name).at != NULL;
}

static enum err read_request(const struct json *request, struct arena *arena, struct har_entry *out)
{
    struct har_head h = {.arena = arena, .head = {.is_request = true}};
    h.head.method = json_text(json_get(request, "method"));
    enum err err = add_headers(&h, json_get(request, "headers"));
    if (!err && !has(&h, SPAN("cookie")))
        err = har_cookies_sent(&h, json_get(request, "cookies"));
    out->request = h.head;
    return err;
}

static unsigned status_of(const struct json *response)
{
    int64_t status = json_int(json_get(response, "status"), 0);
    return status >= 100 && status < 1000 ? (unsigned)status : 0;
}

static enum err add_missing(struct har_head *h, const struct json *response, struct har_entry *out)
{
    const struct json *content = json_get(response, "content"), *cookies = json_get(response, "cookies");
    struct span mime = json_text(json_get(content, "mimeType"));
    struct span location = json_text(json_get(response, "redirectURL"));
    if (mime.bytes && !has(h, SPAN("content-type")))
        TRY(har_head_add(h, SPAN("content-type"), mime));
    if (location.bytes && !has(h, SPAN("location")))
        TRY(har_head_add(h, SPAN("location"), location));
    if (!has(h, SPAN("set-cookie")))
        return har_cookies_set(h, cookies);
    out->joins_cookies = har_cookies_are_joined(h, cookies);
    return ERR_OK;
}

static enum err read_response(const struct json *response, struct arena *arena, struct har_entry *out)
{
    struct har_head h = {.arena = arena, .head = {.status = status_of(response)}};
    const struct json *content = json_get(response, "content");
    out->has_content = json_int(json_get(content, "size"), 0) > 0;
    out->is_base64 = span_equal_nocase(json_text(json_get(content, "encoding")), SPAN("base64"));
    out->is_text = !json_text(json_get(content, "encoding")).bytes;
    enum err err = add_headers(&h, json_get(response, "headers"));
    if (!err)
        err = add_missing(&h, response, out);
    out->response = h.head;
    return err;
}

static struct span error_of(const struct json *entry, const struct json *response)
{
    struct span error = json_text(json_get(response, "_error"));
    return error.bytes ? error : json_text(json_get(entry, "_error"));
}

/* "memory", "disk" in Chrome. */
static bool is_from_cache(const struct json *entry)
{
    const struct json *value = json_get(entry, "_fromCache");
    return json_text(value).bytes || json_is_true(value);
}

enum err har_parse_entry(const struct json *json, struct arena *arena, struct har_entry *out)
{
    const struct json *request = json_get(json, "request"), *response = json_get(json, "response");
    *out = (struct har_entry){.page_id = json_text(json_get(json, "pageref")),
                              .url = json_text(json_get(request, "url")),
                              .time_ns = time_of(json_get(json, "startedDateTime")),
                              .resource = resource_of_type(json_text(json_get(json, "_resourceType"))),
                              .error = error_of(json, response),
                              .from_cache = is_from_cache(json)};
    enum err sent = read_request(request, arena, out);
    if (err_is_run(sent))
        return sent;
    enum err got = read_response(response, arena, out);
    if (err_is_run(got))
        return got;
    return !out->url.bytes ? ERR_NO_URI : sent ? sent : got;
}

enum err har_body(const struct har_entry *entry, struct span literal, struct arena *arena, struct span *out)
{
    struct json *json;
    *out = SPAN("");
    if (!literal.bytes)
        return ERR_OK;
    TRY(json_parse(literal, &json));
    struct span text = json_text(json);
    size_t bytes = text.bytes;
    char *to = arena_bytes(arena, entry->is_base64 ? base64_room(text.bytes) : text.bytes + 1);
    enum err err = to ? ERR_OK : ERR_MEMORY;
    if (to && entry->is_base64)
        err = base64_decode(text, to, &bytes);
    else if (to)
        memcpy(to, text.at, text.bytes);
    json_free(json);
    if (to)
        *out = span_of(to, bytes);
    return err;
}
