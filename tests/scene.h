// SPDX-License-Identifier: MIT
/*
 * scene.h - a short crawl in a few lines of text, and the contacts it must give.
 *
 * A line is: kind producer time url [key=value]...   with kind q (request), s (response), p (page list), e
 * (page end), m (metadata). Expected: "page incomplete" for a visit that is not, and "page host evidence" per contact,
 * in table order, first parties left out unless they matter; behind it whose doing it was unless the page's, where it was
 * asked for unless by the page itself, and the redirect before it.
 */
#ifndef TESTS_SCENE_H
#define TESTS_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "3_extract/identifier.h"
#include "4_index/resolve.h"
#include "ext/ext_psl.h"

#define COUNT(a)   (sizeof(a) / sizeof *(a))
#define EVENTS_MAX 32

struct scene {
    struct arena arena;
    struct buf packed, found;
    struct packed_event events[EVENTS_MAX];
    size_t count;
};

static inline enum producer scene_producer(char letter)
{
    switch (letter) {
    case 'B':
        return PRODUCER_BROWSERTRIX;
    case 'C':
        return PRODUCER_BROWSER;
    case 'A':
        return PRODUCER_HAR;
    case 'H':
        return PRODUCER_HERITRIX;
    case 'W':
        return PRODUCER_WGET;
    case 'N':
        return PRODUCER_UNKNOWN;
    default:
        return PRODUCER_WARCPROX;
    }
}

static inline void scene_reference(struct scene *s, struct event *e, struct span value)
{
    struct event_reference *r =
        ARENA_PUSH(&s->arena, e->references, e->reference_count, e->reference_capacity);
    struct span word = span_cut(&value, ',');
    bool is_lazy = span_equal(word, SPAN("L"));
    r->evidence = span_equal(word, SPAN("D1"))              ? EVIDENCE_D1
                  : is_lazy || span_equal(word, SPAN("D2")) ? EVIDENCE_D2
                  : span_equal(word, SPAN("N"))             ? EVIDENCE_N
                                                            : EVIDENCE_C;
    word = span_cut(&value, ',');
    r->resource = r->evidence == EVIDENCE_N ? RESOURCE_REDIRECT : resource_of_type(word);
    if (span_equal(word, SPAN("frame")))
        r->resource = RESOURCE_FRAME;
    r->url = value;
    r->condition = r->evidence != EVIDENCE_D2 ? CONDITION_NONE : is_lazy ? CONDITION_LAZY : CONDITION_DATA;
    r->by = SPAN("x y");
}

static inline void scene_listed(struct scene *s, struct event *e, struct span value)
{
    struct event_resource *r = ARENA_PUSH(&s->arena, e->resources, e->resource_count, e->resource_capacity);
    uint64_t status = 0;
    assert_true(span_to_u64(span_cut(&value, ','), &status));
    r->status = (int)status;
    r->resource = resource_of_type(span_cut(&value, ','));
    r->aborted = !status;
    r->url = value;
}

/* nr: its record id; repeats: a revisit, of HTML as its head says, "type" or "head" when that or the head is missing;
 * of, at, as: the record, second and digest it refers to; url: under which URL; file: number of the archive. */
static inline bool scene_revisit(struct event *e, struct span key, struct span value)
{
    uint64_t number = 0;
    bool counts = span_to_u64(value, &number);
    if (span_equal(key, SPAN("nr")))
        e->id = number;
    else if (span_equal(key, SPAN("of")))
        e->refers_to = number;
    else if (span_equal(key, SPAN("at")))
        e->refers_date_ns = (int64_t)number * 1000000000;
    else if (span_equal(key, SPAN("as")))
        e->digest = number;
    else if (span_equal(key, SPAN("url")))
        e->refers_url = value;
    else if (span_equal(key, SPAN("file")))
        e->place.inner = number;
    else if (span_equal(key, SPAN("repeats"))) {
        e->flags |= EVENT_FLAG_REVISIT;
        e->flags &= span_equal(value, SPAN("head")) ? ~EVENT_FLAG_HAS_HEAD : ~0u;
        e->flags |= span_equal(value, SPAN("304")) ? EVENT_FLAG_UNMODIFIED : 0;
        e->content = span_equal(value, SPAN("html")) ? CONTENT_HTML : CONTENT_OTHER;
        e->status = counts ? (unsigned)number : span_equal(value, SPAN("head")) ? 0 : 200;
    } else
        return false;
    return true;
}

/* set: name,domain,SameSite,lifetime,value of a Set-Cookie; sent: name,value of a Cookie. */
static inline bool scene_cookie(struct scene *s, struct event *e, struct span key, struct span value)
{
    bool set = span_equal(key, SPAN("set"));
    if (!set && !span_equal(key, SPAN("sent")))
        return false;
    struct event_cookie *c = ARENA_PUSH(&s->arena, e->cookies, e->cookie_count, e->cookie_capacity);
    uint64_t lifetime;
    c->lifetime_s = COOKIE_SESSION;
    c->name = span_cut(&value, ',');
    if (set) {
        c->domain = span_cut(&value, ',');
        struct span same = span_cut(&value, ',');
        for (int i = SAME_SITE_NONE; i <= SAME_SITE_STRICT; i++)
            if (span_equal(same, span_of_string(same_site_name((enum same_site)i))))
                c->same_site = (enum same_site)i;
        if (span_to_u64(span_cut(&value, ','), &lifetime))
            c->lifetime_s = (int64_t)lifetime;
    }
    c->value_hash = identifier_hash(value);
    c->consent = consent_of_cookie(c->name, value);
    return true;
}

/* on: a flag by its letter: Gpc, Dnt, Pixel, Body, pOst, No-cors, Fetch, Speculative, Upgrade. */
static inline void scene_flags(struct event *e, struct span value)
{
    static const struct {
        char letter;
        uint32_t flag;
    } flags[] = {
        {'G', EVENT_FLAG_GPC        },
        {'D', EVENT_FLAG_DNT        },
        {'P', EVENT_FLAG_PIXEL      },
        {'B', EVENT_FLAG_SENT_BODY  },
        {'O', EVENT_FLAG_POST       },
        {'N', EVENT_FLAG_NO_CORS    },
        {'F', EVENT_FLAG_FETCH      },
        {'S', EVENT_FLAG_SPECULATIVE},
        {'U', EVENT_FLAG_UPGRADE    },
    };
    for (size_t i = 0; i < COUNT(flags); i++)
        if (span_find(value, flags[i].letter, 0) < value.bytes)
            e->flags |= flags[i].flag;
}

static inline void scene_set(struct scene *s, struct event *e, struct span key, struct span value)
{
    if (span_equal(key, SPAN("ref")))
        e->referer = value;
    else if (span_equal(key, SPAN("origin")))
        e->origin = value;
    else if (span_equal(key, SPAN("to")))
        e->location = value;
    else if (span_equal(key, SPAN("id")))
        e->page_id = value;
    else if (span_equal(key, SPAN("via")))
        e->via = value;
    else if (span_equal(key, SPAN("hops")))
        e->hops = value;
    else if (span_equal(key, SPAN("has")))
        scene_reference(s, e, value);
    else if (span_equal(key, SPAN("lists")))
        scene_listed(s, e, value);
    else if (span_equal(key, SPAN("type"))) {
        e->resource = resource_of_type(value);
        e->flags |= EVENT_FLAG_TYPED;
    } else if (span_equal(key, SPAN("dest"))) {
        e->resource = resource_of_destination(value);
        e->flags |= EVENT_FLAG_HAS_DEST | (span_equal(value, SPAN("document")) ? EVENT_FLAG_NAVIGATE : 0);
    } else if (span_equal(key, SPAN("html"))) {
        e->content = CONTENT_HTML;
        e->flags |= EVENT_FLAG_TEXT | EVENT_FLAG_BODY;
    } else if (span_equal(key, SPAN("css"))) {
        e->content = CONTENT_CSS;
        e->flags |= EVENT_FLAG_BODY;
    } else if (scene_revisit(e, key, value) || scene_cookie(s, e, key, value))
        return;
    else if (span_equal(key, SPAN("on")))
        scene_flags(e, value);
    else if (span_equal(key, SPAN("error")))
        e->status = 404;
    else if (span_equal(key, SPAN("same")))
        e->flags |= EVENT_FLAG_SAME_ORIGIN;
    else if (span_equal(key, SPAN("title")))
        e->flags |= EVENT_FLAG_TITLE;
    else if (span_equal(key, SPAN("attempted")))
        e->flags |= EVENT_FLAG_ATTEMPTED;
    else if (span_equal(key, SPAN("asks")))
        e->resource = resource_of_type(value);
    else if (span_equal(key, SPAN("options")))
        e->flags |= EVENT_FLAG_PREFLIGHT;
    else
        fail_msg("unknown key %.*s", SPAN_ARG(key));
}

/* Seconds, may be below zero. */
static inline int64_t scene_date(struct span text)
{
    bool is_before = span_starts(text, SPAN("-"));
    uint64_t seconds = 0;
    assert_true(span_to_u64(span_from(text, is_before), &seconds));
    return (int64_t)seconds * (is_before ? -1000000000 : 1000000000);
}

static inline void scene_line(struct scene *s, struct span line)
{
    static const struct {
        char letter;
        enum event_kind kind;
    } kinds[] = {
        {'q', EVENT_REQUEST },
        {'s', EVENT_RESPONSE},
        {'p', EVENT_PAGE    },
        {'e', EVENT_PAGE_END},
        {'m', EVENT_CRAWL   }
    };
    struct event e = {.flags = EVENT_FLAG_HTTP | EVENT_FLAG_HAS_HEAD};
    struct span word = span_cut(&line, ' ');
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (kinds[i].letter == word.at[0])
            e.kind = kinds[i].kind;
    e.producer = scene_producer(span_cut(&line, ' ').at[0]);
    e.date_ns = scene_date(span_cut(&line, ' '));
    e.url = span_cut(&line, ' ');
    e.status = e.kind == EVENT_RESPONSE ? 200 : 0;
    while (line.at) {
        struct span value = span_cut(&line, ' '), key = span_cut(&value, '=');
        scene_set(s, &e, key, value);
    }
    if (e.location.bytes)
        e.status = 302;
    size_t at = s->packed.bytes;
    event_pack(&e, &s->packed);
    s->events[s->count] = (struct packed_event){
        .archive = (uint32_t)e.place.inner, .place = {.at = s->count * 100, .bytes = 100}
    };
    s->events[s->count].packed = arena_copy(&s->arena, span_from(buf_span(&s->packed), at));
    s->count++;
}

static inline enum err scene_visit(void *context, const struct resolved_visit *v)
{
    struct scene *s = context;
    if (!v->complete)
        buf_format(&s->found, "%.*s incomplete\n", SPAN_ARG(span_from(v->url, 8)));
    for (size_t i = 0; i < v->contact_count; i++) {
        const struct resolved_contact *c = &v->contacts[i];
        size_t host_at = span_find_span(c->url, SPAN("://"), 0) + 3;
        struct span host = span_from(c->url, host_at);
        host = span_first(host, span_find(host, '/', 0));
        if (!c->third && c->resource != RESOURCE_REDIRECT)
            continue;
        assert_int_equal(c->evidence_mask & ((2u << c->evidence) - 1), 1u << c->evidence); /* the best one */
        buf_format(&s->found, "%.*s %.*s %s", SPAN_ARG(span_from(v->url, 8)), SPAN_ARG(host),
                   evidence_name(c->evidence));
        if (c->origin != ORIGIN_PAGE)
            buf_format(&s->found, " %s", origin_name(c->origin));
        if (c->depth != 1)
            buf_format(&s->found, " depth %u", c->depth);
        if (c->frame_site.bytes)
            buf_format(&s->found, " in %.*s", SPAN_ARG(c->frame_site));
        if (c->hop)
            buf_format(&s->found, " hop %u from %.*s", c->hop, SPAN_ARG(c->redirect_from));
        buf_add_char(&s->found, '\n');
    }
    return ERR_OK;
}

struct row {
    const char *why, *events, *expected;
};

static inline void scene_resolve(const struct row *row, const struct suffixes *suffixes, bool backwards,
                                 resolve_visit_fn *visit)
{
    struct scene *s = test_calloc(1, sizeof *s);
    struct counters counters = {0};
    arena_init(&s->arena, 16u << 20);
    buf_init(&s->packed, 1u << 20);
    buf_init(&s->found, 1u << 20);
    struct span lines = span_of_string(row->events), session = SPAN_NONE;
    if (span_starts(lines, SPAN("app:"))) /* the first line: an app's session, no pages */
        session = span_cut(&lines, '\n');
    while (lines.at && lines.bytes)
        scene_line(s, span_cut(&lines, '\n'));
    for (size_t i = 0; backwards && i < s->count / 2; i++) {
        struct packed_event other = s->events[i];
        s->events[i] = s->events[s->count - 1 - i];
        s->events[s->count - 1 - i] = other;
    }
    const struct resolve_input input = {s->events, s->count, session};
    assert_int_equal(resolve_group(&input, suffixes, &s->arena, &counters, visit, s), ERR_OK);
    if (!span_equal(buf_span(&s->found), span_of_string(row->expected)))
        fail_msg("%s%s\nfound:\n%.*sexpected:\n%s", row->why, backwards ? " (backwards)" : "",
                 SPAN_ARG(buf_span(&s->found)), row->expected);
    /* every request-like event ends in exactly one way (evidence.md 3.7, invariant 2) */
    assert_int_equal(counters.exchanges, counters.attributed + counters.unattributed +
                                             counters.browser_noise + counters.crawler_noise);
    arena_free(&s->arena);
    buf_free(&s->packed);
    buf_free(&s->found);
    test_free(s);
}

/* Every row, in the order of its lines and in the opposite one; `visit` prints what it expects. */
static inline void scene_rows_with(const struct row *rows, size_t count, resolve_visit_fn *visit)
{
    struct suffixes *suffixes;
    assert_int_equal(suffixes_load(NULL, &suffixes), ERR_OK);
    for (size_t i = 0; i < count; i++) {
        scene_resolve(&rows[i], suffixes, false, visit);
        scene_resolve(&rows[i], suffixes, true, visit);
    }
    suffixes_free(suffixes);
}

static inline void scene_rows(const struct row *rows, size_t count)
{
    scene_rows_with(rows, count, scene_visit);
}

#endif
