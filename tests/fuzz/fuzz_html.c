// SPDX-License-Identifier: MIT
/* Any bytes as HTML: tokens advance and stay inside, scanning ends, twice the same, within its limits, and every reference is a network URL. */
#include <assert.h>
#include <stdint.h>

#include "3_extract/html.h"
#include "3_extract/html_token.h"
#include "base/limits.h"

static bool is_inside(struct span text, struct span part)
{
    return part.at >= text.at && part.at + part.bytes <= text.at + text.bytes;
}

/* In any state, with all that can be asked for. */
static void check_tokens(struct span text, enum html_model model)
{
    struct html_tokenizer tokenizer;
    static struct html_token token;
    html_token_init(&tokenizer, text);
    tokenizer.wants_text = tokenizer.wants_all_attributes = true;
    tokenizer.is_foreign = model == HTML_CDATA;
    for (html_token_enter(&tokenizer, model);;) {
        size_t before = tokenizer.at;
        if (!html_token_next(&tokenizer, &token))
            break;
        assert(tokenizer.at > before && tokenizer.at <= text.bytes && is_inside(text, token.text));
        assert(token.attribute_count <= LIMIT_ATTRIBUTES);
        for (size_t i = 0; i < token.attribute_count; i++)
            assert(is_inside(text, token.attributes[i].name) && is_inside(text, token.attributes[i].value));
        if (token.kind == HTML_TOKEN_START)
            html_token_enter(&tokenizer, token.element->model);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct url base;
    for (int model = HTML_DATA; model <= HTML_CDATA; model++)
        check_tokens(span_of(data, size), (enum html_model)model);
    struct html_document first = {0}, second = {0};
    arena_init(&arena, 512u << 20);
    if (url_parse(SPAN("https://a.example/b/"), NULL, &arena, &base) != ERR_OK)
        assert(0);
    assert(html_scan(span_of(data, size), &base, SPAN_NONE, NULL, &arena, &first) == ERR_OK);
    assert(html_scan(span_of(data, size), &base, SPAN_NONE, NULL, &arena, &second) == ERR_OK);
    assert(first.references.count == second.references.count && first.references.count <= LIMIT_REFERENCES);
    for (size_t i = 0; i < first.references.count; i++) {
        assert(url_is_network(&first.references.items[i].url));
        assert(span_equal(first.references.items[i].url.href, second.references.items[i].url.href));
    }
    arena_free(&arena);
    return 0;
}
