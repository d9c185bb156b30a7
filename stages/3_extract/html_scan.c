// SPDX-License-Identifier: MIT
/*
 * The documents of one body, one after the other: the body itself, then each srcdoc it holds, then theirs. The first base
 * href governs its whole document, also what stands before it: when it comes late, its document is read once more.
 */
#include "3_extract/html_program.h"
#include "3_extract/html_script.h"

struct scan {
    struct html_refs refs;
    struct html_document *out;
    struct html_tokenizer tokenizer;
    struct html_token token;
    bool base_known;
    /* What the next text is: the content of a live style element, or of a script element. */
    bool in_style;
    enum condition style_condition;
    enum html_script in_script;
    bool in_program;   /* of one that is run */
    size_t full_bytes; /* in noscript: length of the text, which is cut to the end of noscript meanwhile */
    struct html_context outer; /* in noscript: the context it stands in */
};

/* What a document had added before it was read. */
struct scan_mark {
    size_t reference_count, dropped_count, bad_url_count, part_count, part_bytes;
};

static struct scan_mark mark_of(const struct scan *scan)
{
    const struct reference_list *list = scan->refs.list;
    return (struct scan_mark){list->count, list->dropped_count, list->bad_url_count, scan->refs.part_count,
                              scan->refs.part_bytes};
}

static void back_to(struct scan *scan, struct scan_mark mark)
{
    struct reference_list *list = scan->refs.list;
    list->count = mark.reference_count;
    list->dropped_count = mark.dropped_count;
    list->bad_url_count = mark.bad_url_count;
    scan->refs.part_count = mark.part_count;
    scan->refs.part_bytes = mark.part_bytes;
}

static bool is(const struct html_token *tag, struct span name)
{
    return span_equal(tag->element->name, name);
}

static struct span value_of(const struct scan *scan, struct span attribute)
{
    const struct html_place place = {&scan->refs.context, &scan->token, scan->refs.part.charset,
                                     scan->refs.arena};
    return html_place_value(&place, attribute);
}

/* The first base with an href decides, even if its URL is refused. */
static enum err read_base(struct scan *scan)
{
    struct url *base = &scan->refs.part.base, found;
    struct span href = value_of(scan, SPAN("href"));
    if (!href.at)
        return ERR_OK;
    scan->base_known = true;
    enum err err = url_parse(href, base, scan->refs.arena, &found);
    bool refused =
        err || span_equal(found.scheme, SPAN("data")) || span_equal(found.scheme, SPAN("javascript"));
    if (!refused)
        *base = found;
    return err_is_run(err) ? err : ERR_OK;
}

static void read_referrer_policy(struct scan *scan)
{
    enum referrer_policy policy = referrer_policy_of_meta(value_of(scan, SPAN("content")));
    if (policy)
        scan->out->referrer_policy = policy;
}

static void read_style_start(struct scan *scan)
{
    struct span media = span_trim(value_of(scan, SPAN("media")));
    bool conditional = media.bytes && !span_equal_nocase(media, SPAN("all"));
    scan->in_style = true;
    scan->style_condition = conditional ? CONDITION_MEDIA : CONDITION_NONE;
    if (!html_when_is_css(value_of(scan, SPAN("type"))))
        scan->style_condition = CONDITION_TYPE;
}

/* Looked into only where no src takes its place. */
static void read_script_start(struct scan *scan)
{
    const struct html_place place = {&scan->refs.context, &scan->token, scan->refs.part.charset,
                                     scan->refs.arena};
    if (scan->refs.in_noscript || html_token_attribute(&scan->token, SPAN("src")))
        return;
    scan->in_script = html_script_of(value_of(scan, SPAN("type")));
    scan->in_program =
        html_context_foreign(&scan->refs.context) == HTML_CONTEXT_NONE && html_program_is_run(&place);
}

static void end_content(struct scan *scan)
{
    scan->in_style = false;
    scan->in_script = HTML_SCRIPT_OTHER;
    scan->in_program = false;
}

/*
 * With scripts running, noscript is text up to the first "</noscript", whatever stands there. Those without scripts read
 * it as markup: so the text is cut there, read as markup, and behind it everything is as it was before.
 */
static void enter_noscript(struct scan *scan)
{
    if (scan->refs.in_noscript)
        return;
    html_token_enter(&scan->tokenizer, HTML_RAWTEXT);
    size_t end = html_token_content_end(&scan->tokenizer);
    html_token_enter(&scan->tokenizer, HTML_DATA);
    scan->full_bytes = scan->tokenizer.text.bytes;
    scan->tokenizer.text.bytes = end;
    scan->outer = scan->refs.context;
    scan->refs.in_noscript = true;
}

static bool leave_noscript(struct scan *scan)
{
    if (!scan->refs.in_noscript)
        return false;
    scan->tokenizer.at = scan->tokenizer.text.bytes;
    scan->tokenizer.text.bytes = scan->full_bytes;
    html_token_enter(&scan->tokenizer, HTML_DATA);
    scan->refs.context = scan->outer;
    scan->refs.in_noscript = false;
    end_content(scan);
    return true;
}

static enum err read_start(struct scan *scan)
{
    struct html_refs *refs = &scan->refs;
    const struct html_token *tag = &scan->token;
    html_context_leave(&refs->context, tag);
    if (html_context_drops(&refs->context, tag))
        return ERR_OK;
    bool live = refs->context.inert_count == 0;
    enum html_context_kind foreign = html_context_foreign(&refs->context);
    end_content(scan);
    if (live && tag->attribute_count)
        TRY(html_refs_add_tag(refs, tag));
    if (live && tag->element->model == HTML_RAWTEXT && is(tag, SPAN("style")))
        read_style_start(scan);
    if (live && tag->element->model == HTML_SCRIPT)
        read_script_start(scan);
    if (live && foreign == HTML_CONTEXT_NONE && !refs->in_noscript) {
        if (!scan->base_known && is(tag, SPAN("base")))
            TRY(read_base(scan));
        if (refs->part.depth == 0 && is(tag, SPAN("meta")) &&
            span_equal_nocase(value_of(scan, SPAN("name")), SPAN("referrer")))
            read_referrer_policy(scan);
    }
    html_context_open(&refs->context, tag);
    if (foreign != HTML_CONTEXT_NONE)
        return ERR_OK;
    if (is(tag, SPAN("noscript")))
        enter_noscript(scan);
    else
        html_token_enter(&scan->tokenizer, tag->element->model);
    return ERR_OK;
}

static enum err read_token(struct scan *scan)
{
    struct html_refs *refs = &scan->refs;
    const struct html_token *token = &scan->token;
    switch (token->kind) {
    case HTML_TOKEN_START:
        return read_start(scan);
    case HTML_TOKEN_END:
        html_context_leave(&refs->context, token);
        html_context_close(&refs->context, token);
        end_content(scan);
        return ERR_OK;
    case HTML_TOKEN_TEXT:
        if (scan->in_style)
            return html_refs_add_style(refs, token->text, token->model, scan->style_condition);
        if (scan->in_program)
            return html_program_add(refs, token->text);
        return scan->in_script ? html_script_add(refs, scan->in_script, token->text) : ERR_OK;
    case HTML_TOKEN_INSTRUCTION:
        if (scan->out->tag_count + scan->tokenizer.tag_count)
            return ERR_OK;
        return html_refs_add_instruction(refs, token);
    }
    return ERR_OK;
}

/* Stops behind the base, when that comes to be known. */
static enum err read_tokens(struct scan *scan)
{
    struct html_tokenizer *tokenizer = &scan->tokenizer;
    bool known = scan->base_known;
    do {
        while (html_token_next(tokenizer, &scan->token)) {
            TRY(read_token(scan));
            enum html_context_kind foreign = html_context_foreign(&scan->refs.context);
            tokenizer->is_foreign = foreign != HTML_CONTEXT_NONE;
            tokenizer->wants_text = foreign == HTML_CONTEXT_SVG_STYLE;
            if (known != scan->base_known)
                return ERR_OK;
        }
    } while (leave_noscript(scan));
    return ERR_OK;
}

static enum err read_part(struct scan *scan, struct html_part part)
{
    const struct scan_mark start = mark_of(scan);
    scan->refs.part = part;
    scan->base_known = false;
    for (;;) {
        bool known = scan->base_known;
        html_token_init(&scan->tokenizer, part.text);
        scan->tokenizer.skips_quiet = true;
        html_context_init(&scan->refs.context);
        scan->refs.in_noscript = false;
        end_content(scan);
        back_to(scan, start);
        TRY(read_tokens(scan));
        if (known == scan->base_known)
            break;
    }
    scan->out->tag_count += scan->tokenizer.tag_count;
    return ERR_OK;
}

enum err html_scan(struct span body, const struct url *document, struct span http_charset,
                   const struct loader_search *search, struct arena *arena, struct html_document *out)
{
    *out = (struct html_document){0};
    struct scan *scan = arena_alloc(arena, sizeof *scan);
    if (!scan)
        return ERR_MEMORY;
    body = span_first(body, LIMIT_BODY_BYTES);
    struct html_part whole = {body, *document, html_charset_of(body, http_charset), CONDITION_NONE, 0, 0};
    if (whole.charset == HTML_CHARSET_UTF16LE || whole.charset == HTML_CHARSET_UTF16BE) {
        whole.text = html_charset_from_utf16(body, whole.charset, arena);
        whole.charset = HTML_CHARSET_UTF8;
    }
    if (!whole.text.at && body.bytes)
        return ERR_MEMORY;
    scan->out = out;
    scan->refs.arena = arena;
    scan->refs.list = &out->references;
    scan->refs.document = document;
    scan->refs.search = search;
    TRY(read_part(scan, whole));
    for (size_t i = 0; i < scan->refs.part_count; i++)
        TRY(read_part(scan, scan->refs.parts[i]));
    return arena->full ? ERR_MEMORY : ERR_OK;
}
