// SPDX-License-Identifier: MIT
/*
 * test_html_standard.c - the tokenizer against the published cases of the html5lib project, in every state they ask for.
 * Compared are start tags with their attributes, end tags and text. Comments and DOCTYPE make no token here, so
 * they are left out of what is expected, and the text on both sides of one is one text. Skipped, aloud, without the shared
 * folder.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "3_extract/html_charset.h"
#include "3_extract/html_entity.h"
#include "3_extract/html_token.h"
#include "base/buf.h"
#include "ext/ext_json.h"
#include "shared.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char *const files[] = {
    "contentModelFlags",       "domjs", "entities", "escapeFlag", "namedEntities", "numericEntities",
    "pendingSpecChanges",      "test1", "test2",    "test3",      "test4",         "unicodeChars",
    "unicodeCharsProblematic",
};

/* Cases that end otherwise by design. A row that nothing differs for fails. */
// clang-format off
static const struct {
    const char *file, *description, *state, *reason;
} differences[] = {
    {"domjs", "lowercase endtags", "Script data state",
     "the case ends script data with </XMP> behind an xmp start tag; no start tag but script leads into that state (13.2.6.4.4)"},
};
// clang-format on

/* What is being compared: tokens written one after the other, each string with its length. */
struct tokens {
    struct buf all, text; /* text: not yet written, since more may follow */
};

static void put(struct tokens *t, char kind, struct span s)
{
    buf_format(&t->all, "%c%zu:", kind, s.bytes);
    buf_add(&t->all, s);
}

static void put_text(struct tokens *t)
{
    if (t->text.bytes)
        put(t, '"', buf_span(&t->text));
    buf_reset(&t->text);
}

static void tokens_reset(struct tokens *t)
{
    buf_reset(&t->all);
    buf_reset(&t->text);
}

static bool is_unit(struct span s, size_t at)
{
    if (!span_starts(span_from(s, at), SPAN("\\u")) || at + 6 > s.bytes)
        return false;
    for (size_t i = at + 2; i < at + 6; i++)
        if (ascii_hex(s.at[i]) < 0)
            return false;
    return true;
}

static uint32_t unit_of(struct span s, size_t at)
{
    uint32_t unit = 0;
    for (size_t i = at + 2; i < at + 6; i++)
        unit = unit << 4 | (uint32_t)ascii_hex(s.at[i]);
    return unit;
}

/* A string of a case; those of "doubleEscaped" ones hold \uXXXX once more. Half of a surrogate pair becomes U+FFFD. */
static struct span text_of(const struct json *value, bool escaped, struct arena *arena)
{
    struct span s = json_text(value);
    if (!escaped)
        return s;
    char *out = arena_bytes(arena, s.bytes + 4);
    size_t n = 0;
    for (size_t at = 0; at < s.bytes;) {
        if (!is_unit(s, at)) {
            out[n++] = s.at[at++];
            continue;
        }
        uint32_t code = unit_of(s, at);
        at += 6;
        if (code >= 0xd800 && code < 0xdc00 && is_unit(s, at) && unit_of(s, at) >> 10 == 0x37) {
            code = 0x10000 + ((code - 0xd800) << 10) + (unit_of(s, at) - 0xdc00);
            at += 6;
        }
        n +=
            html_charset_put_utf8(code >= 0xd800 && code < 0xe000 ? HTML_CHARSET_REPLACEMENT : code, out + n);
    }
    return span_of(out, n);
}

struct attributes {
    struct tokens *tokens;
    struct arena *arena;
    bool escaped;
};

static enum err expect_attribute(void *context, struct span key, const struct json *value)
{
    struct attributes *a = context;
    struct json *name = json_of_text(key);
    put(a->tokens, ' ', text_of(name, a->escaped, a->arena));
    put(a->tokens, '=', text_of(value, a->escaped, a->arena));
    json_free(name);
    return ERR_OK;
}

static void expect(const struct json *test, struct tokens *out, struct arena *arena)
{
    bool escaped = json_is_true(json_get(test, "doubleEscaped"));
    const struct json *list = json_get(test, "output");
    struct attributes attributes = {out, arena, escaped};
    tokens_reset(out);
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *token = json_item(list, i);
        struct span kind = json_text(json_item(token, 0)),
                    name = text_of(json_item(token, 1), escaped, arena);
        if (span_equal(kind, SPAN("Character"))) {
            buf_add(&out->text, name);
        } else if (span_equal(kind, SPAN("StartTag"))) {
            put_text(out);
            put(out, '<', name);
            assert_int_equal(json_each(json_item(token, 2), expect_attribute, &attributes), ERR_OK);
            put(out, json_is_true(json_item(token, 3)) ? '/' : '>', SPAN_NONE);
        } else if (span_equal(kind, SPAN("EndTag"))) {
            put_text(out);
            put(out, '-', name);
        }
    }
    put_text(out);
}

/* Names come as written. */
static struct span name_of(struct span raw, struct arena *arena)
{
    char *out = arena_bytes(arena, raw.bytes * 3);
    size_t n = 0;
    for (size_t i = 0; i < raw.bytes; i++)
        if (raw.at[i])
            out[n++] = ascii_lower(raw.at[i]);
        else
            n += html_charset_put_utf8(HTML_CHARSET_REPLACEMENT, out + n);
    return span_of(out, n);
}

/* Content without references: line ends and, except in CDATA sections, NUL are made what the standard makes them. */
static void add_raw(struct buf *out, struct span raw, bool keeps_nul)
{
    for (size_t i = 0; i < raw.bytes; i++) {
        char c = raw.at[i];
        if (c == '\r' && i + 1 < raw.bytes && raw.at[i + 1] == '\n')
            continue;
        if (c || keeps_nul)
            buf_add_char(out, c == '\r' ? '\n' : c);
        else
            buf_add_string(out, "\xef\xbf\xbd");
    }
}

/* Between tags a NUL is passed on, and the tree builder decides: so what stands between two is decoded. */
static void add_data(struct buf *out, struct span raw, struct arena *arena)
{
    for (size_t at = 0;;) {
        size_t end = span_find(raw, 0, at);
        buf_add(out, html_entity_decode(span_of(raw.at + at, end - at), HTML_ENTITY_TEXT, arena));
        if (end == raw.bytes)
            return;
        buf_add_char(out, 0);
        at = end + 1;
    }
}

static void add_text(struct tokens *out, const struct html_token *token, struct arena *arena)
{
    if (token->model == HTML_DATA)
        add_data(&out->text, token->text, arena);
    else if (token->model == HTML_RCDATA)
        buf_add(&out->text, html_entity_decode(token->text, HTML_ENTITY_TEXT, arena));
    else
        add_raw(&out->text, token->text, token->model == HTML_CDATA);
}

static void add_tag(struct tokens *out, const struct html_token *token, struct arena *arena)
{
    put_text(out);
    put(out, token->kind == HTML_TOKEN_START ? '<' : '-', name_of(token->text, arena));
    if (token->kind == HTML_TOKEN_END)
        return;
    for (size_t i = 0; i < token->attribute_count; i++) {
        const struct html_attribute *attribute = &token->attributes[i];
        if (html_token_attribute(token, attribute->name) != attribute)
            continue; /* a repeated one */
        put(out, ' ', name_of(attribute->name, arena));
        put(out, '=', html_entity_decode(attribute->value, HTML_ENTITY_ATTRIBUTE, arena));
    }
    put(out, token->self_closing ? '/' : '>', SPAN_NONE);
}

static void find(struct span input, struct span state, struct span last_start, struct tokens *out,
                 struct arena *arena)
{
    static const struct {
        const char *name;
        enum html_model model;
    } states[] = {
        {"Data state",          HTML_DATA     },
        {"RCDATA state",        HTML_RCDATA   },
        {"RAWTEXT state",       HTML_RAWTEXT  },
        {"Script data state",   HTML_SCRIPT   },
        {"PLAINTEXT state",     HTML_PLAINTEXT},
        {"CDATA section state", HTML_CDATA    },
    };
    struct html_tokenizer tokenizer;
    struct html_token token;
    size_t i = 0;
    while (i < COUNT(states) && !span_equal(state, span_of_string(states[i].name)))
        i++;
    assert_true(i < COUNT(states));
    html_token_init(&tokenizer, input);
    html_token_enter(&tokenizer, states[i].model);
    tokenizer.last_start = last_start;
    tokenizer.wants_text = tokenizer.wants_all_attributes = true;
    tokens_reset(out);
    while (html_token_next(&tokenizer, &token))
        if (token.kind == HTML_TOKEN_TEXT)
            add_text(out, &token, arena);
        else if (token.kind != HTML_TOKEN_INSTRUCTION)
            add_tag(out, &token, arena);
    put_text(out);
}

struct judge {
    struct arena arena;
    struct tokens expected, found;
    const char *file;
    size_t same_count, explained_count, wrong_count;
    bool row_is_met[COUNT(differences)];
};

/* Of a case that differs. */
static bool is_explained(struct judge *judge, struct span description, struct span state)
{
    for (size_t i = 0; i < COUNT(differences); i++)
        if (span_equal(description, span_of_string(differences[i].description)) &&
            span_equal(state, span_of_string(differences[i].state)) &&
            strcmp(judge->file, differences[i].file) == 0)
            return judge->row_is_met[i] = true;
    return false;
}

static void judge_case(struct judge *judge, const struct json *test)
{
    const struct json *initial = json_get(test, "initialStates");
    bool escaped = json_is_true(json_get(test, "doubleEscaped"));
    struct span description = json_text(json_get(test, "description")),
                last_start = json_text(json_get(test, "lastStartTag"));
    for (size_t i = 0; i < (initial ? json_count(initial) : 1); i++) {
        struct span state = initial ? json_text(json_item(initial, i)) : SPAN("Data state");
        arena_reset(&judge->arena);
        struct span input = text_of(json_get(test, "input"), escaped, &judge->arena);
        expect(test, &judge->expected, &judge->arena);
        find(input, state, last_start, &judge->found, &judge->arena);
        assert_false(judge->arena.full);
        if (span_equal(buf_span(&judge->expected.all), buf_span(&judge->found.all))) {
            judge->same_count++;
        } else if (is_explained(judge, description, state)) {
            judge->explained_count++;
        } else {
            judge->wrong_count++;
            print_message("%s, %.*s, %.*s: %.*s\n  expected %.*s\n  found    %.*s\n", judge->file,
                          SPAN_ARG(description), SPAN_ARG(state), SPAN_ARG(input),
                          SPAN_ARG(buf_span(&judge->expected.all)), SPAN_ARG(buf_span(&judge->found.all)));
        }
    }
}

static bool judge_file(struct judge *judge, struct arena *arena)
{
    struct json *root = NULL;
    struct span name = arena_format(arena, "testdata/html5lib/%s.test", judge->file),
                content = shared_read(name.at, arena);
    if (!content.at)
        return false;
    assert_int_equal(json_parse(content, &root), ERR_OK);
    const struct json *tests = json_get(root, "tests");
    assert_true(json_count(tests) > 0);
    for (size_t i = 0; i < json_count(tests); i++)
        judge_case(judge, json_item(tests, i));
    json_free(root);
    return true;
}

static void test_published_cases(void **state)
{
    struct judge judge = {0};
    struct arena content;
    bool present = true;
    (void)state;
    arena_init(&content, 64u << 20);
    arena_init(&judge.arena, 64u << 20);
    struct buf *const bufs[] = {&judge.expected.all, &judge.expected.text, &judge.found.all,
                                &judge.found.text};
    for (size_t i = 0; i < COUNT(bufs); i++)
        buf_init(bufs[i], 1u << 20);
    for (size_t i = 0; i < COUNT(files) && present; i++) {
        judge.file = files[i];
        present = judge_file(&judge, &content);
    }
    for (size_t i = 0; i < COUNT(bufs); i++)
        buf_free(bufs[i]);
    arena_free(&judge.arena);
    arena_free(&content);
    if (!present)
        skip();
    print_message("%zu cases equal, %zu differ by design, %zu differ\n", judge.same_count,
                  judge.explained_count, judge.wrong_count);
    for (size_t i = 0; i < COUNT(differences); i++)
        if (!judge.row_is_met[i])
            fail_msg("nothing differs any more: %s, %s: %s", differences[i].file, differences[i].description,
                     differences[i].reason);
    assert_int_equal(judge.wrong_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_published_cases)};
    return cmocka_run_group_tests_name("html_standard", tests, NULL, NULL);
}
