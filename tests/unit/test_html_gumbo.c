// SPDX-License-Identifier: MIT
/*
 * test_html_gumbo.c - a second implementation of the standard sees the same attributes: in every HTML body of the shared archives, those
 * of our tokenizer and context are held against those of libgumbo's tree, one by one by their place in the text,
 * with whether they are HTML, SVG or MathML, and in a template or not.
 * Skipped, aloud, without the shared folder.
 */
#include <gumbo.h>

#include "3_extract/html_charset.h"
#include "3_extract/html_class.h"
#include "3_extract/html_context.h"
#include "3_extract/html_entity.h"
#include "base/utf8.h"
#include "bodies.h"
#include "shared.h"

/* An attribute: where its name begins, and what both must agree on. */
struct seen {
    size_t at;
    struct span element, name, value;
    GumboNamespaceEnum space; /* whether the tag is HTML, SVG or MathML */
    bool inert;               /* in a template */
};
struct seen_list {
    struct seen *items;
    size_t count, capacity;
};

struct judge {
    struct arena arena;
    struct seen_list ours, theirs;
    uint64_t body_count, same_count, wrong_count;
    uint64_t control_count; /* differ as is_refused_by_gumbo says */
};

static void add(struct judge *judge, struct seen_list *list, struct seen seen)
{
    struct seen *room = ARENA_PUSH(&judge->arena, list->items, list->count, list->capacity);
    assert_non_null(room);
    *room = seen;
}

static int by_place(const void *left, const void *right)
{
    const struct seen *a = left, *b = right;
    return (a->at > b->at) - (a->at < b->at);
}

/* In the order of the text; gumbo's copies of one tag count once. */
static void order(struct seen_list *list)
{
    size_t kept = 0;
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_place);
    for (size_t i = 0; i < list->count; i++)
        if (!kept || list->items[kept - 1].at != list->items[i].at)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static struct span lower(struct span name, struct arena *arena)
{
    char *out = arena_bytes(arena, name.bytes);
    assert_non_null(out);
    for (size_t i = 0; i < name.bytes; i++)
        out[i] = ascii_lower(name.at[i]);
    return span_of(out, name.bytes);
}

/* What a tag is by what it stands in; svg and math themselves are what they open. */
static GumboNamespaceEnum space_of(const struct html_context *context, const struct html_token *tag)
{
    switch (html_context_foreign(context)) {
    case HTML_CONTEXT_NONE:
        return span_equal(tag->element->name, SPAN("svg"))    ? GUMBO_NAMESPACE_SVG
               : span_equal(tag->element->name, SPAN("math")) ? GUMBO_NAMESPACE_MATHML
                                                              : GUMBO_NAMESPACE_HTML;
    case HTML_CONTEXT_MATH:
        return GUMBO_NAMESPACE_MATHML;
    default:
        return GUMBO_NAMESPACE_SVG;
    }
}

static void add_tag(struct judge *judge, struct span text, const struct html_context *context,
                    const struct html_token *tag)
{
    for (size_t i = 0; i < tag->attribute_count; i++) {
        const struct html_attribute *a = &tag->attributes[i];
        if (html_token_attribute(tag, a->name) == a)
            add(judge, &judge->ours,
                (struct seen){(size_t)(a->name.at - text.at), lower(tag->text, &judge->arena),
                              lower(a->name, &judge->arena),
                              html_entity_decode(a->value, HTML_ENTITY_ATTRIBUTE, &judge->arena),
                              space_of(context, tag), context->inert_count > 0});
    }
}

/* As html_scan.c walks; noscript is markup, as for gumbo, which runs no scripts. */
static void see_ours(struct judge *judge, struct span text)
{
    struct html_tokenizer tokenizer;
    struct html_context context;
    static struct html_token token;
    html_token_init(&tokenizer, text);
    html_context_init(&context);
    tokenizer.wants_all_attributes = true;
    while (html_token_next(&tokenizer, &token)) {
        if (token.kind == HTML_TOKEN_START) {
            html_context_leave(&context, &token);
            if (html_context_drops(&context, &token))
                continue;
            bool foreign = html_context_foreign(&context) != HTML_CONTEXT_NONE;
            add_tag(judge, text, &context, &token);
            html_context_open(&context, &token);
            if (!foreign && !span_equal(token.element->name, SPAN("noscript")))
                html_token_enter(&tokenizer, token.element->model);
        } else if (token.kind == HTML_TOKEN_END) {
            html_context_leave(&context, &token);
            html_context_close(&context, &token);
        }
        tokenizer.is_foreign = html_context_foreign(&context) != HTML_CONTEXT_NONE;
    }
}

/* As written. html or body may be there before its tag came: it gets the attributes all the same. */
static struct span name_of(const GumboElement *element)
{
    struct span tag = span_of(element->original_tag.data, element->original_tag.length);
    size_t end = 1;
    if (!tag.bytes)
        return span_of_string(gumbo_normalized_tagname(element->tag));
    while (end < tag.bytes && !html_class_is(tag.at[end], HTML_CLASS_NAME_END))
        end++;
    return span_of(tag.at + 1, end - 1);
}

static bool is_in_template(const GumboNode *node)
{
    for (node = node->parent; node; node = node->parent)
        if (node->type == GUMBO_NODE_TEMPLATE)
            return true;
    return false;
}

static void add_element(struct judge *judge, struct span text, const GumboNode *node)
{
    const GumboElement *element = &node->v.element;
    struct span name = name_of(element);
    for (unsigned i = 0; i < element->attributes.length; i++) {
        const GumboAttribute *a = element->attributes.data[i];
        if (a->original_name.data >= text.at && a->original_name.data < text.at + text.bytes)
            add(judge, &judge->theirs,
                (struct seen){(size_t)(a->original_name.data - text.at), lower(name, &judge->arena),
                              lower(span_of(a->original_name.data, a->original_name.length), &judge->arena),
                              arena_copy(&judge->arena, span_of_string(a->value)), element->tag_namespace,
                              is_in_template(node)});
    }
}

static const GumboVector *children_of(const GumboNode *node)
{
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE)
        return &node->v.element.children;
    return node->type == GUMBO_NODE_DOCUMENT ? &node->v.document.children : NULL;
}

static void see_theirs(struct judge *judge, struct span text, const GumboOutput *output)
{
    for (const GumboNode *node = output->document; node;) {
        const GumboVector *children = children_of(node);
        if (children && node->type != GUMBO_NODE_DOCUMENT)
            add_element(judge, text, node);
        if (children && children->length) {
            node = children->data[0];
            continue;
        }
        while (node->parent && node->index_within_parent + 1 >= children_of(node->parent)->length)
            node = node->parent;
        node = node->parent ? children_of(node->parent)->data[node->index_within_parent + 1] : NULL;
    }
}

/*
 * What of the input gumbo reads as U+FFFD: control characters and code points that are no characters. The
 * standard, 13.2.3.5, calls them errors and keeps them.
 */
static bool is_refused_by_gumbo(uint32_t code)
{
    bool control = (code < 0x20 && code != '\t' && code != '\n' && code != '\f' && code != '\r') ||
                   (code >= 0x7f && code < 0xa0);
    return control || (code >= 0xfdd0 && code < 0xfdf0) || (code & 0xfffe) == 0xfffe;
}

static struct span as_gumbo_reads(struct span value, struct arena *arena)
{
    char *out = arena_bytes(arena, value.bytes * 3);
    size_t n = 0;
    assert_non_null(out);
    for (size_t at = 0; at < value.bytes;) {
        struct utf8_step step = utf8_next(value, at);
        n += html_charset_put_utf8(is_refused_by_gumbo(step.code) ? HTML_CHARSET_REPLACEMENT : step.code,
                                   out + n);
        at += step.bytes;
    }
    return span_of(out, n);
}

static bool is_same_tag(const struct seen *a, const struct seen *b)
{
    return a->at == b->at && span_equal(a->element, b->element) && span_equal(a->name, b->name) &&
           a->space == b->space && a->inert == b->inert;
}

static void say(struct judge *judge, const char *path, const struct seen *seen, const char *whose)
{
    if (judge->wrong_count++ < 20)
        print_message("%s: %s only, at %zu: <%.*s %.*s=%.*s\n", path, whose, seen->at,
                      SPAN_ARG(seen->element), SPAN_ARG(seen->name), SPAN_ARG(span_first(seen->value, 200)));
}

static void compare(struct judge *judge, const char *path)
{
    const struct seen_list *ours = &judge->ours, *theirs = &judge->theirs;
    for (size_t i = 0, k = 0; i < ours->count || k < theirs->count;) {
        const struct seen *a = i < ours->count ? &ours->items[i] : NULL;
        const struct seen *b = k < theirs->count ? &theirs->items[k] : NULL;
        bool paired = a && b && is_same_tag(a, b);
        bool same = paired && span_equal(a->value, b->value);
        if (same || (paired && span_equal(as_gumbo_reads(a->value, &judge->arena), b->value))) {
            judge->same_count += same;
            judge->control_count += !same;
            i++, k++;
        } else if (a && (!b || a->at <= b->at)) {
            say(judge, path, a, "ours");
            i++;
        } else {
            say(judge, path, b, "gumbo");
            k++;
        }
    }
}

/* Both get the same characters: what is no UTF-8 is read as windows-1252. */
static struct span as_utf8(struct judge *judge, struct span body, struct span content_type)
{
    enum html_charset charset = html_charset_of(body, exchange_charset(content_type));
    if (charset == HTML_CHARSET_UTF16LE || charset == HTML_CHARSET_UTF16BE)
        return html_charset_from_utf16(body, charset, &judge->arena);
    return html_charset_to_utf8(body, HTML_CHARSET_UNDECLARED, &judge->arena);
}

static void judge_body(void *context, const char *path, struct span body, struct span content_type)
{
    struct judge *judge = context;
    arena_reset(&judge->arena);
    judge->ours = judge->theirs = (struct seen_list){0};
    struct span text = as_utf8(judge, body, content_type);
    assert_non_null(text.at);
    GumboOutput *output = gumbo_parse_with_options(&kGumboDefaultOptions, text.at, text.bytes);
    assert_non_null(output);
    see_ours(judge, text);
    see_theirs(judge, text, output);
    order(&judge->ours);
    order(&judge->theirs);
    compare(judge, path);
    gumbo_destroy_output(&kGumboDefaultOptions, output);
    assert_false(judge->arena.full);
    judge->body_count++;
}

static void test_archives(void **state)
{
    static const char *const folders[] = {"corpus", "crawl"};
    struct judge judge = {0};
    struct bodies bodies;
    bool present = true;
    (void)state;
    bodies_init(&bodies);
    arena_init(&judge.arena, 512u << 20);
    bodies.take = judge_body;
    bodies.context = &judge;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        arena_reset(&judge.arena);
        char path[1024];
        snprintf(path, sizeof path, "%s", shared_path(folders[i], &judge.arena));
        present &= bodies_below(&bodies, path);
        if (!present)
            print_message("no %s: SKIPPED, no body was compared\n", path);
    }
    print_message("%zu files (%zu packed as a whole and not read), %llu bodies, %llu attributes equal, %llu "
                  "with characters that "
                  "gumbo refuses, "
                  "%llu differ\n",
                  bodies.file_count, bodies.packed_count, (unsigned long long)judge.body_count,
                  (unsigned long long)judge.same_count, (unsigned long long)judge.control_count,
                  (unsigned long long)judge.wrong_count);
    bodies_free(&bodies);
    arena_free(&judge.arena);
    if (!present)
        skip();
    assert_int_equal(judge.wrong_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_archives)};
    return cmocka_run_group_tests_name("html_gumbo", tests, NULL, NULL);
}
