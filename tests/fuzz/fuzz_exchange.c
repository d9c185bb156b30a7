// SPDX-License-Identifier: MIT
/* The input is a block: what is found lies inside it, and a head written from what was found is found again.
 */
#include <stdlib.h>

#include "2_decode/exchange.h"
#include "base/buf.h"
#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void check(bool good)
{
    if (!good)
        abort();
}

static bool is_trimmed(struct span s)
{
    struct span trimmed = span_trim(s);
    return trimmed.bytes == s.bytes;
}

static void check_head(const struct http_head *head, struct span block, enum err err)
{
    check(head->body.at + head->body.bytes == block.at + block.bytes && head->body.bytes <= block.bytes);
    check(err != ERR_NOT_HTTP || (head->body.bytes == block.bytes && !head->field_count));
    check(head->status == 0 || (head->status >= 100 && head->status <= 999));
    check(head->field_count <= LIMIT_HTTP_FIELDS && head->field_count + head->odd_lines <= block.bytes);
    check(!head->is_request || (head->method.bytes && is_trimmed(head->target) && !head->status));
    for (size_t i = 0; i < head->field_count; i++) {
        struct span name = head->fields[i].name, value = head->fields[i].value;
        check(name.at > block.at && name.at + name.bytes < block.at + block.bytes);
        check(name.bytes && is_trimmed(name) && span_find(name, ':', 0) == name.bytes);
        check(is_trimmed(value) && span_find(value, '\n', 0) == value.bytes &&
              span_find(value, '\r', 0) == value.bytes);
        check(exchange_field(head, name).at && exchange_field_last(head, name).at);
    }
}

static void write_head(const struct http_head *head, struct buf *out)
{
    if (head->is_request) {
        buf_add(out, head->method);
        buf_add_char(out, ' ');
        buf_add(out, head->target);
        buf_add_string(out, " HTTP/1.1\r\n");
    } else {
        buf_format(out, "HTTP/1.1 %03u \r\n", head->status);
    }
    for (size_t i = 0; i < head->field_count; i++) {
        buf_add(out, head->fields[i].name);
        buf_add_string(out, ": ");
        buf_add(out, head->fields[i].value);
        buf_add_string(out, "\r\n");
    }
    buf_add_string(out, "\r\n");
    buf_add(out, head->body);
}

static void check_same(const struct http_head *a, const struct http_head *b)
{
    check(a->is_request == b->is_request && a->status == b->status && a->field_count == b->field_count);
    check(span_equal(a->method, b->method) && span_equal(a->target, b->target) &&
          span_equal(a->body, b->body));
    check(b->odd_lines == 0);
    for (size_t i = 0; i < a->field_count; i++)
        check(span_equal(a->fields[i].name, b->fields[i].name) &&
              span_equal(a->fields[i].value, b->fields[i].value));
}

static void check_types(struct span input, struct arena *arena)
{
    struct span charset = exchange_charset(input), mime = exchange_mime(input, arena);
    check(!charset.at ||
          (charset.bytes && charset.at >= input.at && charset.at + charset.bytes <= input.at + input.bytes));
    check(!mime.at || span_find(mime, '/', 0) < mime.bytes);
    for (size_t i = 0; i < mime.bytes; i++)
        check(mime.at[i] == ascii_lower(mime.at[i]) && mime.at[i] != ';' && mime.at[i] != ' ');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct arena arena;
    struct http_head head, again;
    struct buf written;
    struct span block = span_of(data, bytes);
    if (!bytes)
        return 0;
    arena_init(&arena, 64u << 20);
    buf_init(&written, SIZE_MAX);
    enum err err = exchange_parse(block, &arena, &head);
    check(!err_is_run(err));
    check_head(&head, block, err);
    check_types(block, &arena);
    if (!err) {
        write_head(&head, &written);
        check(exchange_parse(buf_span(&written), &arena, &again) == ERR_OK);
        check_same(&head, &again);
    }
    buf_free(&written);
    arena_free(&arena);
    return 0;
}
