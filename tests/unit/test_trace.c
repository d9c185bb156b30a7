// SPDX-License-Identifier: MIT
/* What visits leave behind: who stores which cookie, who set it, signals and consent, as rows (scene.h). */
#include "scene.h"

#include "4_index/href.h"

#define PAGE "q P 1 https://a.example/p dest=document\ns P 1 https://a.example/p html=1\n"
#define BAR(host, keys)                                                                                      \
    "q P 2 https://" host "/x dest=image ref=https://a.example/p\ns P 2 https://" host "/x " keys

/* "page host name how stored reason" per cookie. */
static enum err print_cookies(void *context, const struct resolved_visit *v)
{
    struct scene *s = context;
    for (size_t i = 0; i < v->cookie_count; i++) {
        const struct resolved_cookie *c = &v->cookies[i];
        buf_format(&s->found, "%.*s %.*s %.*s", SPAN_ARG(span_from(v->url, 8)), SPAN_ARG(c->host),
                   SPAN_ARG(c->cookie.name));
        if (c->sent)
            buf_format(&s->found, " %s\n", c->by_script ? "script" : "sent");
        else
            buf_format(&s->found, " %s %s\n", cookie_stored_name(cookie_stored(c->cookie.storable)),
                       cookie_storable_name(c->cookie.storable));
    }
    return ERR_OK;
}

// clang-format off
static const struct row cookies[] = {
    {"the page's own cookie, whatever SameSite says",
     "q P 1 https://a.example/p dest=document\ns P 1 https://a.example/p html=1 set=x,a.example,strict",
     "a.example/p a.example x yes \n"},
    {"third party: None is stored, Lax is not, without SameSite browsers differ",
     PAGE BAR("t.example", "set=d,t.example set=l,t.example,lax set=n,t.example,none set=s,t.example,strict"),
     "a.example/p t.example d browser_dependent cross_site_default\na.example/p t.example l no cross_site\n"
     "a.example/p t.example n yes \na.example/p t.example s no cross_site\n"},
    {"another host of the same site is same-site",
     PAGE BAR("cdn.a.example", "set=x,a.example,lax"),
     "a.example/p cdn.a.example x yes \n"},
    {"http beside https is the same site to some only",
     "q P 1 http://a.example/p dest=document\ns P 1 http://a.example/p html=1\n"
     "q P 2 https://a.example/i dest=image ref=http://a.example/p\ns P 2 https://a.example/i set=x,a.example,lax",
     ".example/p a.example x browser_dependent cross_scheme\n"},
    {"a top-level redirect through another site is a navigation there",
     "q P 1 https://t.example/go dest=document\ns P 1 https://t.example/go to=https://a.example/p set=x,t.example,lax\n"
     "q P 2 https://a.example/p dest=document ref=https://t.example/go\ns P 2 https://a.example/p html=1",
     "a.example/p t.example x yes \n"},
    {"what a frame of another site asks of the page's own site is across sites",
     PAGE "q P 2 https://t.example/f dest=iframe ref=https://a.example/p\ns P 2 https://t.example/f html=1 has=D1,image,https://a.example/i\n"
     "q P 3 https://a.example/i dest=image ref=https://t.example/f\ns P 3 https://a.example/i set=x,a.example,lax",
     "a.example/p a.example x no cross_site\n"},
    {"of two of one key the one that is stored",
     PAGE "q P 2 https://t.example/f dest=iframe ref=https://a.example/p\ns P 2 https://t.example/f html=1 has=D1,image,https://a.example/i\n"
     "q P 3 https://a.example/i dest=image ref=https://t.example/f\ns P 3 https://a.example/i set=x,a.example,lax\n"
     "q P 4 https://a.example/j dest=image ref=https://a.example/p\ns P 4 https://a.example/j set=x,a.example,lax",
     "a.example/p a.example x yes \n"},
    {"sent without an earlier Set-Cookie: by script",
     PAGE "q P 2 https://a.example/i dest=image ref=https://a.example/p sent=_ga\ns P 2 https://a.example/i",
     "a.example/p a.example _ga sent\na.example/p a.example _ga script\n"},
    {"sent after a Set-Cookie of a domain above it: not by script",
     "q P 1 https://www.a.example/p dest=document\ns P 1 https://www.a.example/p html=1 set=x,a.example\n"
     "q P 2 https://www.a.example/i dest=image ref=https://www.a.example/p sent=x\ns P 2 https://www.a.example/i",
     "www.a.example/p www.a.example x yes \nwww.a.example/p www.a.example x sent\n"},
    {"a Set-Cookie that comes later does not explain it",
     PAGE "q P 2 https://a.example/i dest=image ref=https://a.example/p sent=x\ns P 2 https://a.example/i\n"
     "q P 3 https://a.example/j dest=image ref=https://a.example/p\ns P 3 https://a.example/j set=x,a.example",
     "a.example/p a.example x yes \na.example/p a.example x sent\na.example/p a.example x script\n"},
    {"sent with the first request of all: it was there before",
     "q P 1 https://a.example/p dest=document sent=x\ns P 1 https://a.example/p html=1\n"
     "q P 2 https://a.example/i dest=image ref=https://a.example/p sent=x\ns P 2 https://a.example/i",
     "a.example/p a.example x sent\n"},
    {"an answer that was not recorded may have set it",
     PAGE "q P 2 https://a.example/h dest=image ref=https://a.example/p\n"
     "q P 3 https://a.example/i dest=image ref=https://a.example/p sent=x\ns P 3 https://a.example/i",
     "a.example/p a.example x sent\n"},
    {"a recorder that leaves Set-Cookie out proves nothing",
     "p B 1 https://a.example/p id=1 lists=200,document,https://a.example/p\nq B 1 https://a.example/p id=1\n"
     "s B 1 https://a.example/p id=1 type=document html=1\nq B 2 https://a.example/i id=1 sent=x ref=https://a.example/p\n"
     "s B 2 https://a.example/i id=1 type=image",
     "a.example/p a.example x sent\n"},
    {"a crawler without scripts has no cookies of scripts",
     "q W 1 https://a.example/p\ns W 1 https://a.example/p html=1 has=D1,image,https://a.example/i\n"
     "q W 2 https://a.example/i sent=x ref=https://a.example/p\ns W 2 https://a.example/i",
     "a.example/p a.example x sent\n"},
    {"a site without a document has no scripts that could",
     PAGE "q P 2 https://t.example/1 dest=image ref=https://a.example/p\ns P 2 https://t.example/1\n"
     "q P 3 https://t.example/2 dest=image ref=https://a.example/p sent=x\ns P 3 https://t.example/2",
     "a.example/p t.example x sent\n"},
};

#define ID "a81c3f9be2d07745"
/* "page consent rule flags" of the visit, then "host flags" per contact that has any. */
static enum err print_signals(void *context, const struct resolved_visit *v)
{
    struct scene *s = context;
    char room[SIGNAL_TEXT_BYTES];
    buf_format(&s->found, "%.*s %s [%s] %.*s\n", SPAN_ARG(span_from(v->url, 8)), consent_state_name(v->consent.state),
               consent_rule_name(v->consent.rule), SPAN_ARG(signal_text(v->signals, room)));
    for (size_t i = 0; i < v->contact_count; i++)
        if (v->contacts[i].signals)
            buf_format(&s->found, "%.*s %.*s\n", SPAN_ARG(href_of(v->contacts[i].url).host),
                       SPAN_ARG(signal_text(v->contacts[i].signals, room)));
    return ERR_OK;
}
#define NOTHING "a.example/p unknown [] \n"

static const struct row signals[] = {
    {"nothing", PAGE BAR("t.example", "on="), NOTHING "t.example page_url\n"},
    {"an origin as referrer tells no page",
     PAGE "q P 2 https://t.example/x dest=image ref=https://a.example/\ns P 2 https://t.example/x", NOTHING},
    {"a pixel, a beacon, a post with a body",
     PAGE "q P 2 https://t.example/x dest=image ref=https://a.example/\ns P 2 https://t.example/x on=P\n"
     "q P 3 https://u.example/x dest=empty on=ONF ref=https://a.example/\ns P 3 https://u.example/x\n"
     "q P 4 https://w.example/x dest=empty on=OB ref=https://a.example/\ns P 4 https://w.example/x",
     NOTHING "t.example pixel\nu.example beacon\nw.example post\n"},
    {"the page's own host has no signals",
     PAGE "q P 2 https://a.example/x?id=" ID " dest=image ref=https://a.example/p\ns P 2 https://a.example/x?id=" ID " on=P", NOTHING},
    {"an identifier and the page's address in the query",
     PAGE "q P 2 https://t.example/x?uid=" ID "&dl=https%3A%2F%2Fa.example%2Fp dest=image ref=https://a.example/\n"
     "s P 2 https://t.example/x?uid=" ID "&dl=https%3A%2F%2Fa.example%2Fp",
     NOTHING "t.example identifier;page_url\n"},
    {"what is only listed has the signals of its address",
     "p B 1 https://a.example/p id=1 lists=200,ping,https://t.example/x?uid=" ID "\n"
     "s B 1 https://a.example/p id=1 type=document html=1",
     NOTHING "t.example beacon;identifier\n"},
    {"what is only declared has none",
     "q P 1 https://a.example/p dest=document\ns P 1 https://a.example/p html=1 has=D1,image,https://t.example/x?uid=" ID, NOTHING},
    {"a redirect between third parties that hands a cookie over",
     PAGE "q P 2 https://t.example/1 dest=image ref=https://a.example/ sent=u," ID "\ns P 2 https://t.example/1 to=https://u.example/2?p=" ID "\n"
     "q P 2 https://u.example/2?p=" ID " dest=image ref=https://a.example/\ns P 2 https://u.example/2?p=" ID,
     NOTHING "u.example identifier;sync\n"},
    {"the same when the cookie was set with the redirect",
     PAGE "q P 2 https://t.example/1 dest=image ref=https://a.example/\ns P 2 https://t.example/1 to=https://u.example/2?p=" ID " set=u,t.example,none,9," ID "\n"
     "q P 2 https://u.example/2?p=" ID " dest=image ref=https://a.example/\ns P 2 https://u.example/2?p=" ID,
     NOTHING "u.example identifier;sync\n"},
    {"another value is no synchronisation, nor is one within a site",
     PAGE "q P 2 https://t.example/1 dest=image ref=https://a.example/ sent=u,b" ID "\ns P 2 https://t.example/1 to=https://u.example/2?p=" ID "\n"
     "q P 2 https://u.example/2?p=" ID " dest=image ref=https://a.example/\ns P 2 https://u.example/2?p=" ID "\n"
     "q P 3 https://v.example/1 dest=image ref=https://a.example/ sent=u," ID "\ns P 3 https://v.example/1 to=https://w.v.example/2?p=" ID "\n"
     "q P 3 https://w.v.example/2?p=" ID " dest=image ref=https://a.example/\ns P 3 https://w.v.example/2?p=" ID,
     NOTHING "u.example identifier\nw.v.example identifier\n"},
    {"a bounce: a top-level redirect through another site that sets a cookie",
     "q P 1 https://t.example/go dest=document\ns P 1 https://t.example/go to=https://a.example/p set=x,t.example,lax,9\n"
     "q P 2 https://a.example/p dest=document\ns P 2 https://a.example/p html=1",
     NOTHING "t.example navigation;bounce\n"},
    {"without a cookie it is a navigation only; what deletes one sets none",
     "q P 1 https://t.example/go dest=document\ns P 1 https://t.example/go to=https://a.example/p set=x,t.example,lax,0\n"
     "q P 2 https://a.example/p dest=document\ns P 2 https://a.example/p html=1",
     NOTHING "t.example navigation\n"},
    {"what the page embeds as well is no mere navigation",
     "q P 1 https://t.example/go dest=document\ns P 1 https://t.example/go to=https://a.example/p\n"
     "q P 2 https://a.example/p dest=document\ns P 2 https://a.example/p html=1 has=D1,image,https://t.example/go",
     NOTHING},
    {"a cookie that is refused there",
     PAGE "q P 2 https://t.example/x dest=image ref=https://a.example/\ns P 2 https://t.example/x set=x,t.example,lax",
     NOTHING "t.example refused_cookie\n"},
    {"a fingerprinting library by its name, a service by its host; an image of that name is none",
     PAGE "q P 2 https://t.example/js/fingerprint2.min.js dest=script ref=https://a.example/\ns P 2 https://t.example/js/fingerprint2.min.js\n"
     "q P 3 https://x.fpjscdn.net/v3 dest=script ref=https://a.example/\ns P 3 https://x.fpjscdn.net/v3\n"
     "q P 4 https://w.example/fingerprint.js dest=image ref=https://a.example/\ns P 4 https://w.example/fingerprint.js\n"
     "q P 5 https://y.example/blueprint.js dest=script ref=https://a.example/\ns P 5 https://y.example/blueprint.js",
     NOTHING "t.example fingerprint\nx.fpjscdn.net fingerprint\n"},
    {"fetched ahead; what is loaded as well is not ahead",
     PAGE "q P 2 https://t.example/x dest=empty on=S ref=https://a.example/\ns P 2 https://t.example/x\n"
     "q P 3 https://u.example/x dest=empty on=S ref=https://a.example/\ns P 3 https://u.example/x\n"
     "q P 4 https://u.example/x dest=image ref=https://a.example/\ns P 4 https://u.example/x",
     NOTHING "t.example speculative\n"},
    {"fetched ahead as the page asked for it: a hint makes no load of it",
     "q P 1 https://a.example/p dest=document\ns P 1 https://a.example/p html=1 has=D2,prefetch,https://t.example/x\n"
     "q P 2 https://t.example/x dest=empty on=S ref=https://a.example/\ns P 2 https://t.example/x", NOTHING "t.example speculative\n"},
    {"a line of the page's list says nothing of it",
     "p B 1 https://a.example/p id=1 lists=200,fetch,https://t.example/x lists=200,fetch,https://u.example/x\n"
     "s B 1 https://a.example/p id=1 type=document html=1\n"
     "q B 2 https://t.example/x id=1 type=fetch on=S\ns B 2 https://t.example/x id=1 type=fetch\n"
     "q B 3 https://u.example/x id=1 type=fetch on=S\ns B 3 https://u.example/x id=1 type=fetch\n"
     "q B 4 https://u.example/x id=1 type=fetch\ns B 4 https://u.example/x id=1 type=fetch",
     NOTHING "t.example speculative\n"},
    {"a way to the page that is fetched ahead is no navigation",
     "q P 1 https://a.example/p dest=document\ns P 1 https://a.example/p html=1\n"
     "q P 2 https://t.example/go dest=document on=S ref=https://a.example/p\ns P 2 https://t.example/go to=https://a.example/p\n"
     "q P 3 https://a.example/p dest=document on=S ref=https://a.example/p\ns P 3 https://a.example/p html=1",
     NOTHING "t.example page_url;speculative\n"},
    {"after the end of two pages of an origin either may have sent for it",
     PAGE "e P 2 https://a.example/p\nq P 3 https://a.example/q dest=document\ns P 3 https://a.example/q html=1\n"
     "e P 4 https://a.example/q\nq P 5 https://t.example/x dest=image ref=https://a.example/\ns P 5 https://t.example/x",
     NOTHING "a.example/q unknown [] \nt.example ambiguous\n"},
    {"and of two pages with a style sheet of an origin; two sheets of one page are of that one",
     PAGE "q P 2 https://s.example/1 dest=style ref=https://a.example/p\ns P 2 https://s.example/1 css=1\n"
     "q P 2 https://r.example/1 dest=style ref=https://a.example/p\ns P 2 https://r.example/1 css=1\n"
     "q P 3 https://r.example/2 dest=style ref=https://a.example/p\ns P 3 https://r.example/2 css=1\ne P 4 https://a.example/p\n"
     "q P 5 https://b.example/q dest=document\ns P 5 https://b.example/q html=1\n"
     "q P 6 https://s.example/2 dest=style ref=https://b.example/q\ns P 6 https://s.example/2 css=1\ne P 7 https://b.example/q\n"
     "q P 8 https://t.example/x dest=font ref=https://s.example/\ns P 8 https://t.example/x\n"
     "q P 9 https://u.example/x dest=font ref=https://r.example/\ns P 9 https://u.example/x",
     "a.example/p unknown [] \nr.example page_url\nr.example page_url\ns.example page_url\n"
     "b.example/q unknown [] \ns.example page_url\nt.example ambiguous\n"},
    {"a body that another visit recorded",
     PAGE "q P 2 https://f.example/f dest=iframe ref=https://a.example/\ns P 2 https://f.example/f html=1 has=D1,image,https://t.example/x\n"
     "q P 3 https://a.example/q dest=document\ns P 3 https://a.example/q html=1 has=D1,frame,https://f.example/f",
     NOTHING "a.example/q unknown [] \nt.example body_from_other_visit\n"},
    {"a lazy image, a film that comes late: maybe only after scrolling or clicking",
     "q P 1 https://a.example/p dest=document\ns P 1 https://a.example/p html=1 has=L,image,https://t.example/x has=L,image,https://u.example/y has=D1,image,https://u.example/y\n"
     "q P 2 https://t.example/x dest=image ref=https://a.example/\ns P 2 https://t.example/x\n"
     "q P 2 https://u.example/y dest=image ref=https://a.example/\ns P 2 https://u.example/y\n"
     "q P 9 https://v.example/z dest=video ref=https://a.example/\ns P 9 https://v.example/z", NOTHING "t.example needs_interaction\nv.example needs_interaction\n"},
    {"a film that comes centuries late",
     "p B -9000000000 https://a.example/p id=1 lists=200,document,https://a.example/p\n"
     "q B 9000000000 https://v.example/z id=1 type=media\ns B 9000000000 https://v.example/z id=1 type=media",
     NOTHING "v.example needs_interaction\n"},
    {"the browser asks not to be tracked",
     "q P 1 https://a.example/p dest=document on=GD\ns P 1 https://a.example/p html=1", "a.example/p unknown [] gpc;dnt\n"},
    {"a consent tool without an answer",
     PAGE "q P 2 https://cdn.cookielaw.org/x dest=script ref=https://a.example/\ns P 2 https://cdn.cookielaw.org/x",
     "a.example/p cmp_unanswered [host cdn.cookielaw.org] \n"},
    {"a request tells the answer",
     PAGE "q P 2 https://cdn.cookielaw.org/x dest=script ref=https://a.example/\ns P 2 https://cdn.cookielaw.org/x\n"
     "q P 3 https://t.example/x?gcs=G100 dest=image ref=https://a.example/\ns P 3 https://t.example/x?gcs=G100",
     "a.example/p rejected [query gcs] \n"},
    {"a cookie tells it better, the last one best",
     PAGE "q P 2 https://t.example/x?gcs=G100 dest=image ref=https://a.example/\ns P 2 https://t.example/x?gcs=G100\n"
     "q P 3 https://a.example/1 dest=image ref=https://a.example/p sent=CookieConsent,0\ns P 3 https://a.example/1\n"
     "q P 4 https://a.example/2 dest=image ref=https://a.example/p sent=CookieConsent,{marketing:true}\ns P 4 https://a.example/2",
     "a.example/p accepted [cookie CookieConsent] \n"},
    {"an answer that cannot be read: nobody can say it was none",
     PAGE "q P 2 https://cdn.cookielaw.org/x dest=script ref=https://a.example/\ns P 2 https://cdn.cookielaw.org/x\n"
     "q P 3 https://a.example/1 dest=image ref=https://a.example/p sent=didomi_token,x\ns P 3 https://a.example/1",
     "a.example/p unknown [cookie didomi_token] \n"},
    {"the crawler came with an answer",
     "q P 1 https://a.example/p dest=document sent=CookieConsent,{marketing:true}\ns P 1 https://a.example/p html=1",
     "a.example/p preset [cookie CookieConsent] \n"},
    {"another site's consent is not the page's",
     PAGE "q P 2 https://t.example/1 dest=image ref=https://a.example/\ns P 2 https://t.example/1\n"
     "q P 3 https://t.example/2 dest=image ref=https://a.example/ sent=CookieConsent,{marketing:true}\ns P 3 https://t.example/2", NOTHING},
};

/* "host resource" per contact. */
static enum err print_resources(void *context, const struct resolved_visit *v)
{
    struct scene *s = context;
    for (size_t i = 0; i < v->contact_count; i++)
        buf_format(&s->found, "%.*s %s\n", SPAN_ARG(href_of(v->contacts[i].url).host), resource_name(v->contacts[i].resource));
    return ERR_OK;
}

static const struct row resources[] = {
    {"a document that is fetched ahead is a prefetch; what else is, is what it is",
     PAGE "q P 2 https://t.example/x dest=document on=S ref=https://a.example/p\ns P 2 https://t.example/x html=1\n"
     "q P 3 https://u.example/x dest=script on=S ref=https://a.example/p\ns P 3 https://u.example/x",
     "a.example document\nt.example prefetch\nu.example script\n"},
};
// clang-format on

static void test_cookies(void **state)
{
    (void)state;
    scene_rows_with(cookies, COUNT(cookies), print_cookies);
}

static void test_signals(void **state)
{
    (void)state;
    scene_rows_with(signals, COUNT(signals), print_signals);
}

static void test_resources(void **state)
{
    (void)state;
    scene_rows_with(resources, COUNT(resources), print_resources);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cookies), cmocka_unit_test(test_signals),
                                       cmocka_unit_test(test_resources)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
