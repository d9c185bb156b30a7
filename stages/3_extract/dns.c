// SPDX-License-Identifier: MIT
#include "3_extract/dns.h"

#include "1_read/record.h"
#include "3_extract/url.h"

#define SCHEME      SPAN("dns:")
#define DATE_DIGITS 14u
/* 253 letters, each escaped: longer ones are no names, and would only cost. */
#define NAME_TEXT_BYTES 1024u

struct link {                  /* a line that counts */
    struct span owner, target; /* target: of a CNAME; .at NULL: an address */
};
struct reading {
    struct arena *arena;
    struct dns_answer *out;
    struct link *links;
    size_t link_count, link_capacity;
    bool has_others; /* lines of other types */
};

bool dns_is_uri(struct span uri)
{
    return span_starts_nocase(uri, SCHEME);
}

static bool is_digits(struct span s)
{
    uint64_t number;
    return span_to_u64(s, &number);
}

static bool has_only(struct span s, const char *letters)
{
    for (size_t i = 0; i < s.bytes; i++)
        if (!s.at[i] || !strchr(letters, s.at[i]))
            return false;
    return s.bytes > 0;
}

/* What would make the URL parser see more than a host, or a name in the DNS less than a host name. */
static bool is_plain(struct span name)
{
    for (size_t i = 0; i < name.bytes; i++)
        if ((unsigned char)name.at[i] <= ' ' || strchr("/?#@:;[]\\", name.at[i]))
            return false;
    return name.bytes > 0 && name.bytes <= NAME_TEXT_BYTES;
}

/* The URL parser does what it does to the hosts of contacts: case, IDNA, percent-encoding. */
static enum err normal_name(struct span text, struct arena *arena, struct span *out)
{
    struct url url;
    if (!is_plain(text))
        return ERR_URL;
    struct span full = arena_format(arena, "https://%.*s/", SPAN_ARG(text));
    if (!full.at)
        return ERR_MEMORY;
    TRY(url_parse(full, NULL, arena, &url));
    *out = url.host;
    out->bytes -= span_ends(*out, SPAN("."));
    return out->bytes && !span_ends(*out, SPAN(".")) ? ERR_OK : ERR_URL;
}

/* dns:[//server/]name[?class and type] */
static enum err asked_name(struct span uri, struct arena *arena, struct span *out)
{
    struct span name = span_from(uri, SCHEME.bytes);
    if (span_starts(name, SPAN("//")))
        name = span_from(name, span_find(name, '/', 2) + 1);
    return normal_name(span_first(name, span_find(name, '?', 0)), arena, out);
}

static struct span cut_word(struct span *line)
{
    size_t blanks = 0, bytes = 0;
    while (blanks < line->bytes && (line->at[blanks] == ' ' || line->at[blanks] == '\t'))
        blanks++;
    *line = span_from(*line, blanks);
    while (bytes < line->bytes && line->at[bytes] != ' ' && line->at[bytes] != '\t')
        bytes++;
    struct span word = span_first(*line, bytes);
    *line = span_from(*line, bytes);
    return word;
}

static enum err add_link(struct reading *r, struct span owner, struct span target)
{
    struct link link = {0};
    TRY(normal_name(owner, r->arena, &link.owner));
    if (target.bytes)
        TRY(normal_name(target, r->arena, &link.target));
    struct link *to = ARENA_PUSH(r->arena, r->links, r->link_count, r->link_capacity);
    if (!to)
        return ERR_MEMORY;
    *to = link;
    return ERR_OK;
}

/* owner TTL IN type data */
static enum err read_line(struct reading *r, struct span line)
{
    struct span rest = line;
    struct span owner = cut_word(&rest), ttl = cut_word(&rest), class = cut_word(&rest),
                type = cut_word(&rest);
    struct span data = span_trim(rest);
    if (owner.at != line.at || !is_digits(ttl) || !span_equal_nocase(class, SPAN("IN")) || !data.bytes)
        return ERR_SYNTAX;
    if (span_equal_nocase(type, SPAN("CNAME")))
        return add_link(r, owner, data);
    if (span_equal_nocase(type, SPAN("A")))
        return has_only(data, "0123456789.") ? add_link(r, owner, SPAN_NONE) : ERR_SYNTAX;
    if (span_equal_nocase(type, SPAN("AAAA")))
        return has_only(data, "0123456789abcdefABCDEF:.") ? add_link(r, owner, SPAN_NONE) : ERR_SYNTAX;
    r->has_others = true;
    return ERR_OK;
}

/* A heading of dig that says what follows is not the answer. */
static bool ends_answer(struct span comment)
{
    return span_has_nocase(comment, SPAN("AUTHORITY SECTION")) ||
           span_has_nocase(comment, SPAN("ADDITIONAL SECTION"));
}

static enum err read_lines(struct reading *r, struct span body)
{
    struct span rest = body;
    for (size_t number = 0; rest.bytes; number++) {
        struct span line = span_cut_line(&rest);
        if (number == LIMIT_DNS_LINES)
            return ERR_TOO_LARGE;
        if (!number && line.bytes == DATE_DIGITS && is_digits(line)) {
            r->out->odd_lines += record_date_digits(line, &r->out->date_ns) != ERR_OK;
            continue;
        }
        if (span_starts(line, SPAN(";")) && ends_answer(line))
            return ERR_OK;
        if (!span_trim(line).bytes || span_starts(line, SPAN(";")))
            continue;
        enum err err = read_line(r, line);
        if (err_is_run(err))
            return err;
        r->out->odd_lines += err != ERR_OK;
    }
    return ERR_OK;
}

static bool has_name(const struct dns_answer *answer, struct span name)
{
    for (size_t i = 0; i < answer->name_count; i++)
        if (span_equal(answer->names[i], name))
            return true;
    return false;
}

/* The one name that `owner` leads to by its CNAME; without an owner: the one that has the addresses. ERR_END: there is none;
 * ERR_SYNTAX: there are several. */
static enum err find_target(const struct reading *r, struct span owner, struct span *out)
{
    *out = SPAN_NONE;
    for (size_t i = 0; i < r->link_count; i++) {
        const struct link *link = &r->links[i];
        struct span target = owner.at ? link->target : link->owner;
        if (owner.at ? !target.at || !span_equal(link->owner, owner) : link->target.at != NULL)
            continue;
        if (out->at && !span_equal(*out, target))
            return ERR_SYNTAX;
        *out = target;
    }
    return out->at ? ERR_OK : ERR_END;
}

static enum err add_name(struct dns_answer *out, struct span name)
{
    if (has_name(out, name))
        return ERR_SYNTAX;
    if (out->name_count == LIMIT_DNS_NAMES)
        return ERR_TOO_LARGE;
    out->names[out->name_count++] = name;
    return ERR_OK;
}

static bool has_address(const struct reading *r, struct span name)
{
    for (size_t i = 0; i < r->link_count; i++)
        if (!r->links[i].target.at && span_equal(r->links[i].owner, name))
            return true;
    return false;
}

/* CNAMEs of other names only are no answer to what was asked. */
static enum err follow_aliases(const struct reading *r)
{
    struct dns_answer *out = r->out;
    struct span target;
    enum err err;
    while (!(err = find_target(r, out->names[out->name_count - 1], &target)))
        TRY(add_name(out, target));
    bool strange = out->name_count == 1 && !has_address(r, out->names[0]);
    return err != ERR_END ? err : strange ? ERR_SYNTAX : ERR_OK;
}

/* Without CNAMEs only the last name is told: by the addresses. Beside lines of other types they may be those of what such a
 * line names, as a server of the zone. */
static enum err follow_addresses(const struct reading *r)
{
    struct span owner;
    enum err err = find_target(r, SPAN_NONE, &owner);
    if (err || r->has_others || has_name(r->out, owner))
        return err == ERR_END ? ERR_OK : err;
    return add_name(r->out, owner);
}

enum err dns_parse(struct span target_uri, struct span body, struct arena *arena, struct dns_answer *out)
{
    struct reading r = {.arena = arena, .out = out};
    bool has_aliases = false;
    *out = (struct dns_answer){.date_ns = RECORD_NO_DATE};
    TRY(asked_name(target_uri, arena, &out->names[0]));
    out->name_count = 1;
    enum err cut = read_lines(&r, body);
    if (err_is_run(cut))
        return cut;
    for (size_t i = 0; i < r.link_count; i++)
        has_aliases |= r.links[i].target.at != NULL;
    enum err err = has_aliases ? follow_aliases(&r) : follow_addresses(&r);
    if (err == ERR_SYNTAX)
        out->name_count = 1;
    return err ? err : cut;
}
