// SPDX-License-Identifier: MIT
#include "3_extract/loader_read.h"

#define ID_BYTES      700u  /* from a trigger to its id: the known snippets are shorter */
#define VALUE_BYTES   300u  /* of a statement that puts a URL together */
#define BACK_BYTES    1024u /* from the use of a name to its value */
#define REPEAT_COUNT  8u
#define LITERAL_BYTES 4096u /* of a string that is a URL */

/* A snippet has several texts that tell the same. */
static bool is_repeated(const struct loader_reading *scan)
{
    const struct reference *last = &scan->list->items[scan->list->count - 1];
    for (size_t i = 1; i <= REPEAT_COUNT && scan->list->count - 1 >= scan->first + i; i++)
        if (span_equal(last[-(ptrdiff_t)i].url.href, last->url.href))
            return true;
    return false;
}

static enum err add(const struct loader_reading *scan, const struct loader_hit *hit, struct span url)
{
    struct reference draft = scan->draft;
    draft.evidence = EVIDENCE_D3;
    draft.resource = hit->row->resource;
    draft.attribute = hit->row->id.at;
    size_t before = scan->list->count;
    TRY(reference_add(scan->list, scan->arena, scan->base, url, draft));
    if (scan->list->count > before && is_repeated(scan))
        scan->list->count--;
    return ERR_OK;
}

/* What the trigger stands in. Asked last: the script is read from its beginning for it. */
static bool stands_in(struct loader_reading *scan, const struct loader_hit *hit, enum script_place place)
{
    script_lex_to(&scan->lexer, hit->at);
    return scan->lexer.place == place;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_blanks(struct span s, size_t at)
{
    while (at < s.bytes && is_blank(s.at[at]))
        at++;
    return at;
}

/* Escapes of ASCII as minifiers and JSON encoders write them: \/ \x26 \u0026; any other stays. */
static struct span unescape(const struct loader_reading *scan, struct span literal)
{
    char *room = span_find(literal, '\\', 0) < literal.bytes ? arena_bytes(scan->arena, literal.bytes) : NULL;
    size_t length = 0;
    if (!room)
        return literal;
    for (size_t i = 0; i < literal.bytes; i++) {
        struct span rest = span_from(literal, i);
        size_t digits = span_starts(rest, SPAN("\\u00")) ? 4 : span_starts(rest, SPAN("\\x")) ? 2 : 0;
        int high = digits && rest.bytes > digits + 1 ? ascii_hex(rest.at[digits]) : -1,
            low = high >= 0 ? ascii_hex(rest.at[digits + 1]) : -1;
        if (low >= 0 && high < 8) {
            room[length++] = (char)(high << 4 | low);
            i += digits + 1;
        } else {
            i += rest.bytes > 1 && rest.at[0] == '\\' && rest.at[1] == '/';
            room[length++] = literal.at[i];
        }
    }
    return span_of(room, length);
}

/* "https://x", "wss://x", "//x": a host is named. */
static bool is_absolute(struct span value)
{
    static const char *const schemes[] = {"https://", "http://", "wss://", "ws://", "//"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        struct span scheme = span_of_string(schemes[i]), host = span_from(value, scheme.bytes);
        if (span_starts_nocase(value, scheme) && host.bytes)
            return script_lex_is_name(host.at[0]) || host.at[0] == '[';
    }
    return false;
}

/* Of a literal that something is put behind, its host must be whole; a template ends where a value is put in. */
static bool is_whole_host(struct span value, bool goes_on)
{
    size_t slashes = span_find_span(value, SPAN("//"), 0) + 2;
    return !goes_on || span_find(value, '/', slashes) < value.bytes;
}

static bool goes_on_with_plus(struct span s, size_t at)
{
    at = skip_blanks(s, at);
    return at < s.bytes && s.at[at] == '+';
}

static bool host_is(struct span host, struct span wanted)
{
    if (!span_ends_nocase(host, wanted))
        return false;
    return host.bytes == wanted.bytes || host.at[host.bytes - wanted.bytes - 1] == '.';
}

/* The first word behind `at` that is an id. */
static struct span find_id(const struct loader_reading *scan, enum loader_id kind, size_t at)
{
    struct span near = span_first(scan->script, at + ID_BYTES);
    bool first_only = kind != LOADER_ID_GTM;
    while (at < near.bytes) {
        while (at < near.bytes && !script_lex_is_name(near.at[at]))
            at++;
        size_t start = at;
        while (at < near.bytes && (script_lex_is_name(near.at[at]) || near.at[at] == '-'))
            at++;
        struct span word = span_of(near.at + start, at - start);
        bool is_cut = at == near.bytes && near.bytes < scan->script.bytes;
        if (!is_cut && loader_table_is_id(kind, word))
            return word;
        if (first_only)
            break;
    }
    return SPAN_NONE;
}

/* `url` with the id where it has a %. */
static enum err add_implied(const struct loader_reading *scan, const struct loader_hit *hit, size_t from)
{
    struct span url = hit->row->url;
    size_t gap = span_find(url, '%', 0);
    if (gap == url.bytes)
        return add(scan, hit, url);
    struct span id = find_id(scan, hit->row->captured, from);
    if (!id.bytes)
        return ERR_OK;
    url = arena_format(scan->arena, "%.*s%.*s%.*s", SPAN_ARG(span_first(url, gap)), SPAN_ARG(id),
                       SPAN_ARG(span_from(url, gap + 1)));
    return url.at ? add(scan, hit, url) : ERR_MEMORY;
}

/* The word is the first argument, or the sign behind the name ("=" but not "=="), perhaps behind a closing quote. */
static bool has_word(const struct loader_reading *scan, const struct loader_hit *hit, size_t *end)
{
    struct span s = scan->script, word = hit->row->word;
    size_t at = skip_blanks(s, hit->end);
    *end = hit->end;
    if (!word.bytes)
        return true;
    if (!script_lex_is_name(word.at[0])) {
        *end = at + word.bytes;
        return span_starts(span_from(s, at), word) && !span_starts(span_from(s, *end), SPAN("="));
    }
    struct span literal = script_lex_literal(s, at);
    *end = at + literal.bytes + 2;
    return literal.at && span_equal(literal, word);
}

/* A trigger that begins or ends in the middle of a name is another name. */
static bool is_own_name(const struct loader_reading *scan, const struct loader_hit *hit)
{
    struct span s = scan->script;
    if (hit->at && script_lex_is_name(s.at[hit->at]) && script_lex_is_name(s.at[hit->at - 1]))
        return false;
    return !(hit->end < s.bytes && script_lex_is_name(s.at[hit->end - 1]) &&
             script_lex_is_name(s.at[hit->end]));
}

static enum err read_call(struct loader_reading *scan, const struct loader_hit *hit)
{
    size_t end;
    if (!is_own_name(scan, hit) || !has_word(scan, hit, &end) || !stands_in(scan, hit, SCRIPT_CODE))
        return ERR_OK;
    return add_implied(scan, hit, end);
}

static struct span string_around(struct loader_reading *scan, const struct loader_hit *hit)
{
    const struct script_lexer *lexer = &scan->lexer;
    if (!stands_in(scan, hit, SCRIPT_STRING) || !lexer->is_closed ||
        lexer->end - lexer->start > LITERAL_BYTES)
        return SPAN_NONE;
    return unescape(scan, script_lex_literal(lexer->text, lexer->start));
}

static enum err read_url(struct loader_reading *scan, const struct loader_hit *hit)
{
    struct url url;
    struct span value = string_around(scan, hit);
    size_t gap = span_find_span(value, SPAN("${"), 0);
    value = span_first(value, gap);
    if (!is_absolute(value) || !is_whole_host(value, true))
        return ERR_OK;
    enum err err = url_parse(value, scan->base, scan->arena, &url);
    if (err || (hit->row->url.bytes && !host_is(url.host, hit->row->url)))
        return err_is_run(err) ? err : ERR_OK;
    bool wants_id = hit->row->captured != LOADER_ID_NONE && span_ends(value, SPAN("="));
    struct span id = wants_id ? find_id(scan, hit->row->captured, scan->lexer.end) : SPAN_NONE;
    if (id.bytes)
        value = arena_format(scan->arena, "%.*s%.*s", SPAN_ARG(value), SPAN_ARG(id));
    else if (span_ends(value, SPAN("=")))
        value =
            span_first(value, span_find(value, '?', 0)); /* something is put behind it that is not known */
    return value.at ? add(scan, hit, value) : ERR_MEMORY;
}

static enum err read_part(struct loader_reading *scan, const struct loader_hit *hit)
{
    return span_starts(string_around(scan, hit), hit->row->trigger) ? add(scan, hit, hit->row->url) : ERR_OK;
}

/* What is assigned to the name, as far as it is a string with a host: the last one of the statement. */
static struct span value_of_name(const struct loader_reading *scan, struct span name, size_t before)
{
    struct span s = span_first(scan->script, before), found = SPAN_NONE;
    const size_t floor = before > BACK_BYTES ? before - BACK_BYTES : 0;
    for (size_t at = before; at-- > floor + name.bytes && !found.at;) {
        size_t start = at - name.bytes, end;
        if (s.at[at] != '=' && !is_blank(s.at[at]))
            continue;
        bool own = !start || !script_lex_is_name(s.at[start - 1]);
        if (!own || !span_equal(span_of(s.at + start, name.bytes), name))
            continue;
        end = skip_blanks(s, at);
        if (end >= s.bytes || s.at[end] != '=')
            continue;
        struct span statement = span_first(s, end + VALUE_BYTES);
        for (end++; end < statement.bytes && statement.at[end] != ';'; end++) {
            struct span literal = script_lex_literal(statement, end);
            if (is_absolute(literal) || span_starts(literal, SPAN("://")))
                found = literal;
            end += literal.at ? literal.bytes + 1 : 0;
        }
    }
    return found;
}

/* ['setTrackerUrl', u + 'matomo.php'] or (..., "https://x/matomo.php") */
static enum err read_tracker(struct loader_reading *scan, const struct loader_hit *hit)
{
    struct span s = scan->script;
    if (!span_equal(string_around(scan, hit), hit->row->trigger))
        return ERR_OK;
    size_t at = skip_blanks(s, scan->lexer.end);
    if (at == s.bytes || s.at[at] != ',')
        return ERR_OK;
    at = skip_blanks(s, at + 1);
    struct span literal = script_lex_literal(s, at);
    if (literal.at)
        return is_absolute(unescape(scan, literal)) ? add(scan, hit, unescape(scan, literal)) : ERR_OK;
    size_t end = at;
    while (end < s.bytes && script_lex_is_name(s.at[end]))
        end++;
    struct span base = end > at ? value_of_name(scan, span_of(s.at + at, end - at), hit->at) : SPAN_NONE;
    if (!base.at)
        return ERR_OK;
    at = skip_blanks(s, end);
    if (at < s.bytes && s.at[at] == '+')
        literal = script_lex_literal(s, skip_blanks(s, at + 1));
    base = unescape(scan, base);
    struct span url = arena_format(scan->arena, "%s%.*s%.*s", base.at[0] == ':' ? "https" : "",
                                   SPAN_ARG(base), SPAN_ARG(literal));
    return url.at ? add(scan, hit, url) : ERR_MEMORY;
}

/* https://KEY@HOST/PROJECT: reports go to the host; the key is nobody's business. */
static enum err read_dsn(struct loader_reading *scan, const struct loader_hit *hit)
{
    struct span s = span_first(scan->script, hit->end + VALUE_BYTES);
    struct url dsn;
    size_t at = span_find_span(s, SPAN("dsn"), hit->end);
    at = at < s.bytes ? at + 3 : at;
    at += at < s.bytes && (s.at[at] == '"' || s.at[at] == '\'');
    at = skip_blanks(s, at);
    if (at == s.bytes || s.at[at] != ':')
        return ERR_OK;
    at = skip_blanks(s, at + 1);
    struct span value = unescape(scan, script_lex_literal(s, at));
    if (!is_absolute(value) || !stands_in(scan, hit, SCRIPT_CODE))
        return ERR_OK;
    enum err err = url_parse(value, scan->base, scan->arena, &dsn);
    if (err)
        return err_is_run(err) ? err : ERR_OK;
    value = arena_format(scan->arena, "%.*s://%.*s/", SPAN_ARG(dsn.scheme), SPAN_ARG(dsn.host));
    return value.at ? add(scan, hit, value) : ERR_MEMORY;
}

/* Then the row of the vendor finds it, and knows more of it. */
static bool is_told_by_vendor(struct span value, struct span host)
{
    const struct loader_row *row;
    for (size_t i = 0; (row = loader_table_at(i)); i++)
        if (row->capture == LOADER_URL && (!row->url.bytes || host_is(host, row->url)) &&
            span_find_span(value, row->trigger, 0) < value.bytes)
            return true;
    return false;
}

/* A string behind a shape that fetches what it is given; the page's own host is no news. */
static enum err read_literal(struct loader_reading *scan, const struct loader_hit *hit, size_t at)
{
    struct span s = span_first(scan->script, at + LITERAL_BYTES),
                raw = script_lex_literal(s, skip_blanks(s, at));
    struct url url;
    if (!raw.at)
        return ERR_OK;
    struct span value = unescape(scan, raw);
    size_t gap = raw.at[-1] == '`' ? span_find_span(value, SPAN("${"), 0) : value.bytes;
    bool goes_on = gap < value.bytes || goes_on_with_plus(s, (size_t)(raw.at - s.at) + raw.bytes + 1);
    value = span_first(value, gap);
    if (!is_absolute(value) || !is_whole_host(value, goes_on) || !stands_in(scan, hit, SCRIPT_CODE))
        return ERR_OK;
    enum err err = url_parse(value, scan->base, scan->arena, &url);
    if (err || span_equal(url.host, scan->base->host) || is_told_by_vendor(value, url.host))
        return err_is_run(err) ? err : ERR_OK;
    return add(scan, hit, value);
}

static enum err read_set(struct loader_reading *scan, const struct loader_hit *hit)
{
    return read_literal(scan, hit, hit->end);
}

static enum err read_argument(struct loader_reading *scan, const struct loader_hit *hit)
{
    bool own = hit->at == 0 || !script_lex_is_name(scan->script.at[hit->at - 1]);
    return own ? read_literal(scan, hit, hit->end) : ERR_OK;
}

enum err loader_read(struct loader_reading *scan, const struct loader_hit *hit)
{
    static enum err (*const readers[])(struct loader_reading * scan, const struct loader_hit *hit) = {
        [LOADER_CALL] = read_call,         [LOADER_URL] = read_url, [LOADER_PART] = read_part,
        [LOADER_TRACKER] = read_tracker,   [LOADER_DSN] = read_dsn, [LOADER_SET] = read_set,
        [LOADER_ARGUMENT] = read_argument,
    };
    struct arena_mark mark = arena_mark(scan->arena);
    const struct reference_list before = *scan->list;
    enum err err = readers[hit->row->capture](scan, hit);
    bool same = scan->list->count == before.count && scan->list->capacity == before.capacity;
    if (same && !scan->arena->full)
        arena_back_to(scan->arena, mark); /* what led nowhere costs nothing: hits are not counted */
    return err;
}
