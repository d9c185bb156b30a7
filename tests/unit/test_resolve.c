// SPDX-License-Identifier: MIT
/*
 * Attribution as rows: a short crawl in a few lines of text, and the contacts it must give.
 *
 * A line is: kind producer time url [key=value]...   with kind q (request), s (response), p (page list), e
 * (page end), m (metadata) Expected: "page host evidence[/type]" per contact, in table order, first parties
 * left out unless they matter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

static enum producer producer_of(char letter)
{
    switch (letter) {
    case 'B':
        return PRODUCER_BROWSERTRIX;
    case 'C':
        return PRODUCER_BROWSER;
    case 'H':
        return PRODUCER_HERITRIX;
    case 'W':
        return PRODUCER_WGET;
    default:
        return PRODUCER_WARCPROX;
    }
}

static void add_reference(struct scene *s, struct event *e, struct span value)
{
    struct event_reference *r =
        ARENA_PUSH(&s->arena, e->references, e->reference_count, e->reference_capacity);
    struct span word = span_cut(&value, ',');
    r->evidence = span_equal(word, SPAN("D1"))   ? EVIDENCE_D1
                  : span_equal(word, SPAN("D2")) ? EVIDENCE_D2
                  : span_equal(word, SPAN("N"))  ? EVIDENCE_N
                                                 : EVIDENCE_C;
    word = span_cut(&value, ',');
    r->resource = r->evidence == EVIDENCE_N ? RESOURCE_REDIRECT : resource_of_type(word);
    if (span_equal(word, SPAN("frame")))
        r->resource = RESOURCE_FRAME;
    r->url = value;
    r->condition = r->evidence == EVIDENCE_D2 ? CONDITION_DATA : CONDITION_NONE;
    r->by = SPAN("x y");
}

static void add_listed(struct scene *s, struct event *e, struct span value)
{
    struct event_resource *r = ARENA_PUSH(&s->arena, e->resources, e->resource_count, e->resource_capacity);
    uint64_t status = 0;
    assert_true(span_to_u64(span_cut(&value, ','), &status));
    r->status = (int)status;
    r->resource = resource_of_type(span_cut(&value, ','));
    r->aborted = !status;
    r->url = value;
}

static void set(struct scene *s, struct event *e, struct span key, struct span value)
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
        add_reference(s, e, value);
    else if (span_equal(key, SPAN("lists")))
        add_listed(s, e, value);
    else if (span_equal(key, SPAN("type"))) {
        e->resource = resource_of_type(value);
        e->flags |= EVENT_FLAG_TYPED;
    } else if (span_equal(key, SPAN("dest"))) {
        e->resource = resource_of_destination(value);
        e->flags |= EVENT_FLAG_HAS_DEST | (span_equal(value, SPAN("document")) ? EVENT_FLAG_NAVIGATE : 0);
    } else if (span_equal(key, SPAN("html"))) {
        e->content = CONTENT_HTML;
        e->flags |= EVENT_FLAG_TEXT;
    } else if (span_equal(key, SPAN("css")))
        e->content = CONTENT_CSS;
    else if (span_equal(key, SPAN("error")))
        e->status = 404;
    else if (span_equal(key, SPAN("same")))
        e->flags |= EVENT_FLAG_SAME_ORIGIN;
    else if (span_equal(key, SPAN("options")))
        e->flags |= EVENT_FLAG_PREFLIGHT;
    else
        fail_msg("unknown key %.*s", SPAN_ARG(key));
}

static void add_line(struct scene *s, struct span line)
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
    e.producer = producer_of(span_cut(&line, ' ').at[0]);
    uint64_t seconds = 0;
    assert_true(span_to_u64(span_cut(&line, ' '), &seconds));
    e.date_ns = (int64_t)seconds * 1000000000;
    e.url = span_cut(&line, ' ');
    e.status = e.kind == EVENT_RESPONSE ? 200 : 0;
    while (line.at) {
        struct span value = span_cut(&line, ' '), key = span_cut(&value, '=');
        set(s, &e, key, value);
    }
    if (e.location.bytes)
        e.status = 302;
    size_t at = s->packed.bytes;
    event_pack(&e, &s->packed);
    s->events[s->count] = (struct packed_event){
        .place = {.at = s->count * 100, .bytes = 100}
    };
    s->events[s->count].packed = arena_copy(&s->arena, span_from(buf_span(&s->packed), at));
    s->count++;
}

static enum err on_visit(void *context, const struct resolved_visit *v)
{
    struct scene *s = context;
    for (size_t i = 0; i < v->contact_count; i++) {
        const struct resolved_contact *c = &v->contacts[i];
        size_t host_at = span_find_span(c->url, SPAN("://"), 0) + 3;
        struct span host = span_from(c->url, host_at);
        host = span_first(host, span_find(host, '/', 0));
        if (!c->third && c->resource != RESOURCE_REDIRECT)
            continue;
        buf_format(&s->found, "%.*s %.*s %s\n", SPAN_ARG(span_from(v->url, 8)), SPAN_ARG(host),
                   evidence_name(c->evidence));
    }
    return ERR_OK;
}

struct row {
    const char *why, *events, *expected;
};
// clang-format off
static const struct row rows[] = {
    {"page id names the page, whatever the referrer says",
     "p B 1 https://a.example/ id=1 lists=200,script,https://t.example/x\n"
     "s B 1 https://a.example/ id=1 type=document html=1\n"
     "s B 2 https://t.example/x id=1 type=script\n"
     "q B 2 https://t.example/x id=1 type=script ref=https://elsewhere.example/",
     "a.example/ t.example O1\n"},
    {"listed without a record of its own: recorded only under another page",
     "p B 1 https://a.example/1 id=1 lists=200,script,https://t.example/x\n"
     "p B 9 https://a.example/2 id=2 lists=200,script,https://t.example/x\n"
     "s B 2 https://t.example/x id=1 type=script",
     "a.example/1 t.example O1\na.example/2 t.example O1\n"},
    {"listed with status 0 was attempted; an aborted ping was sent",
     "p B 1 https://a.example/ id=1 lists=0,script,https://blocked.example/x lists=0,ping,https://ping.example/b",
     "a.example/ blocked.example A\na.example/ ping.example O1\n"},
    {"what a behaviour fetched of a data attribute stays a declaration",
     "p B 1 https://a.example/ id=1 lists=200,fetch,https://v.example/film\n"
     "s B 1 https://a.example/ id=1 type=document html=1 has=D2,image,https://v.example/film",
     "a.example/ v.example D2\n"},
    {"the crawler's own fetch bears no page",
     "p B 1 https://a.example/ id=1 lists=200,document,https://a.example/\n"
     "s B 1 https://a.example/ id=1 type=document html=1\n"
     "s B 2 https://t.example/own\nq B 2 https://t.example/own ref=https://a.example/",
     ""},
    {"exact referrer, earlier page of the same window order",
     "q P 1 https://a.example/1 dest=document\ns P 1 https://a.example/1 html=1\n"
     "q P 5 https://a.example/2 dest=document\ns P 5 https://a.example/2 html=1\n"
     "q P 6 https://t.example/late dest=image ref=https://a.example/1\ns P 6 https://t.example/late",
     "a.example/1 t.example O3\n"},
    {"origin-only referrer goes to the window",
     "q P 1 https://a.example/1 dest=document\ns P 1 https://a.example/1 html=1\n"
     "q P 5 https://a.example/2 dest=document\ns P 5 https://a.example/2 html=1\n"
     "q P 6 https://t.example/x dest=image ref=https://a.example/\ns P 6 https://t.example/x",
     "a.example/2 t.example O4\n"},
    {"a style sheet out of the cache sends for its fonts: the window's, by origin",
     "q P 1 https://a.example/1 dest=document\ns P 1 https://a.example/1 html=1\n"
     "q P 2 https://css.example/s dest=style\ns P 2 https://css.example/s css=1\n"
     "q P 5 https://a.example/2 dest=document\ns P 5 https://a.example/2 html=1\n"
     "q P 6 https://font.example/f dest=font ref=https://css.example/\ns P 6 https://font.example/f",
     "a.example/1 css.example O4\na.example/2 font.example O4\n"},
    {"a late request of another site's page is that page's",
     "q P 1 https://a.example/1 dest=document\ns P 1 https://a.example/1 html=1\n"
     "q P 5 https://b.example/2 dest=document\ns P 5 https://b.example/2 html=1\n"
     "q P 6 https://t.example/late dest=image ref=https://a.example/\ns P 6 https://t.example/late",
     "a.example/1 t.example O4\n"},
    {"no referrer at all: the window, weakly",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://t.example/x dest=image\ns P 2 https://t.example/x",
     "a.example/ t.example O4\n"},
    {"a style sheet as referrer leads to its page",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://css.example/s dest=style ref=https://a.example/\ns P 2 https://css.example/s css=1\n"
     "q P 3 https://font.example/f dest=font ref=https://css.example/s\ns P 3 https://font.example/f",
     "a.example/ css.example O3\na.example/ font.example O3\n"},
    {"every hop of a redirect inside the page is a contact",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://t.example/1 dest=image ref=https://a.example/\ns P 2 https://t.example/1 to=https://u.example/2\n"
     "q P 2 https://u.example/2 dest=image ref=https://a.example/\ns P 2 https://u.example/2",
     "a.example/ t.example O3\na.example/ u.example O3\n"},
    {"a redirect on the way to the page belongs to the page that was reached",
     "q P 1 https://t.example/go dest=document\ns P 1 https://t.example/go to=https://a.example/\n"
     "q P 2 https://a.example/ dest=document\ns P 2 https://a.example/ html=1",
     "a.example/ t.example O4\n"},
    {"the browser's own calls are nobody's",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://update.googleapis.com/x dest=empty\ns P 2 https://update.googleapis.com/x",
     ""},
    {"a preflight makes no second contact",
     "q P 1 https://a.example/ dest=document\ns P 1 https://a.example/ html=1\n"
     "q P 2 https://t.example/x dest=empty options=1 origin=https://a.example/\ns P 2 https://t.example/x\n"
     "q P 3 https://t.example/x dest=empty origin=https://a.example/\ns P 3 https://t.example/x",
     "a.example/ t.example O4\n"},
    {"recorder's end marks bound the windows, also without a document",
     "q C 1 https://a.example/1 dest=document\ns C 1 https://a.example/1 html=1\n"
     "q C 2 https://t.example/1 dest=image\ns C 2 https://t.example/1\ne C 3 https://a.example/1\n"
     "q C 4 https://u.example/2 dest=image\ns C 4 https://u.example/2\ne C 5 https://a.example/2",
     "a.example/1 t.example O4\na.example/2 u.example O4\n"},
    {"wget: an error page for a script is no page of its own, nor one on another host",
     "q W 1 https://a.example/\ns W 1 https://a.example/ html=1 has=D1,script,https://t.example/x.js\n"
     "q W 2 https://t.example/x.js ref=https://a.example/\ns W 2 https://t.example/x.js html=1 error=1\n"
     "q W 3 https://u.example/y.gif ref=https://a.example/\ns W 3 https://u.example/y.gif html=1 error=1",
     "a.example/ t.example O5\n"},
    {"wget: what the page declares counts, what only its parser found does not",
     "q W 1 https://a.example/\ns W 1 https://a.example/ html=1 has=D1,script,https://t.example/x has=D2,image,https://n.example/y\n"
     "q W 2 https://t.example/x ref=https://a.example/\ns W 2 https://t.example/x\n"
     "q W 3 https://n.example/y ref=https://a.example/\ns W 3 https://n.example/y\n"
     "q W 4 https://trap.example/z ref=https://a.example/\ns W 4 https://trap.example/z",
     "a.example/ n.example D2\na.example/ t.example O5\n"},
    {"wget: a frame is no page of its own; what it declares is the page's",
     "q W 1 https://a.example/\ns W 1 https://a.example/ html=1 has=D1,frame,https://f.example/i\n"
     "q W 2 https://f.example/i ref=https://a.example/\ns W 2 https://f.example/i html=1 has=D1,script,https://deep.example/x",
     "a.example/ deep.example D1\na.example/ f.example O5\n"},
    {"Heritrix: via and hops tell page from embed",
     "s H 1 https://a.example/ html=1 has=D1,image,https://t.example/x\nm H 1 https://a.example/ hops=L\n"
     "s H 2 https://t.example/x\nm H 2 https://t.example/x hops=LE via=https://a.example/",
     "a.example/ t.example O5\n"},
    {"meta refresh moves the page to where it led",
     "p B 1 https://a.example/1 id=1 lists=200,document,https://a.example/1\n"
     "s B 1 https://a.example/1 id=1 type=document html=1 has=N,x,https://t.example/go\n"
     "s B 2 https://t.example/go id=1 type=document to=https://a.example/2",
     "a.example/2 t.example O2\n"},
    {"robots.txt is the crawler's",
     "q W 1 https://t.example/robots.txt\ns W 1 https://t.example/robots.txt", ""},
};
// clang-format on

static struct suffixes *suffixes;

static void resolve_row(const struct row *row, bool backwards)
{
    struct scene *s = test_calloc(1, sizeof *s);
    struct counters counters = {0};
    arena_init(&s->arena, 16u << 20);
    buf_init(&s->packed, 1u << 20);
    buf_init(&s->found, 1u << 20);
    struct span lines = span_of_string(row->events);
    while (lines.at && lines.bytes)
        add_line(s, span_cut(&lines, '\n'));
    for (size_t i = 0; backwards && i < s->count / 2; i++) {
        struct packed_event other = s->events[i];
        s->events[i] = s->events[s->count - 1 - i];
        s->events[s->count - 1 - i] = other;
    }
    assert_int_equal(resolve_group(s->events, s->count, suffixes, &s->arena, &counters, on_visit, s), ERR_OK);
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

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        resolve_row(&rows[i], false);
        resolve_row(&rows[i], true);
    }
}

static int load(void **state)
{
    (void)state;
    return suffixes_load(NULL, &suffixes) == ERR_OK ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    suffixes_free(suffixes);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests_name("resolve", tests, load, unload);
}
