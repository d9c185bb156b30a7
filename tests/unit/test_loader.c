// SPDX-License-Identifier: MIT
/* Scripts as rows: a script in, "row url" of what it loads out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "3_extract/html.h"
#include "3_extract/loader.h"
#include "3_extract/loader_table.h"
#include "3_extract/script_lex.h"
#include "base/buf.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define GTM_HEAD                                                                                             \
    "(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':new Date().getTime(),event:'gtm.js'});"       \
    "var "                                                                                                   \
    "f=d.getElementsByTagName(s)[0],j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;j.src='"
#define GTM_TAIL "/gtm.js?id='+i+dl;f.parentNode.insertBefore(j,f);})(window,document,'script','dataLayer','"
#define FBQ                                                                                                  \
    "!function(f,b,e,v,n,t,s){n.queue=[];t=b.createElement(e);t.async=!0;t.src=v;}(window,document,'script'" \
    ","                                                                                                      \
    "'https://connect.facebook.net/en_US/fbevents.js');"

// clang-format off
static const struct {
    const char *why, *script, *expected;
} rows[] = {
    {"no loader", "var a=1;document.title='x';", ""},
    {"Tag Manager", GTM_HEAD "https://www.googletagmanager.com" GTM_TAIL "GTM-K3XQ2');", "gtm https://www.googletagmanager.com/gtm.js?id=GTM-K3XQ2\n"},
    {"without a scheme", GTM_HEAD "//www.googletagmanager.com" GTM_TAIL "GTM-K3XQ2');", "gtm https://www.googletagmanager.com/gtm.js?id=GTM-K3XQ2\n"},
    {"a container that its own site delivers", GTM_HEAD "https://sst.a.example" GTM_TAIL "GTM-K3XQ2');", "gtm https://sst.a.example/gtm.js?id=GTM-K3XQ2\n"},
    {"an id that does not match is not taken", GTM_HEAD "https://www.googletagmanager.com" GTM_TAIL "GTM-k3!');", "gtm https://www.googletagmanager.com/gtm.js\n"},
    {"nor is a placeholder", GTM_HEAD "https://www.googletagmanager.com" GTM_TAIL "GTM-XXXX');", "gtm https://www.googletagmanager.com/gtm.js\n"},
    {"in a comment", "/* " GTM_HEAD "https://www.googletagmanager.com" GTM_TAIL "GTM-K3XQ2'); */ x();", ""},
    {"behind a comment", "// fbq('init', '1')\nfbq('init', '2');", "meta-pixel https://connect.facebook.net/en_US/fbevents.js\n"},
    {"in an old comment", "<!-- fbq('init', '1')\nvar a;\n//-->", ""},
    {"a script that tells of a loader", "var help = \"fbq('init', '1')\";", ""},
    {"a text that tells of an address", "alert('see connect.facebook.net/ for more')", ""},
    {"the queue without the call", "dataLayer.push({'gtm.start': 1, event: 'gtm.js'});", ""},
    {"gtag", "gtag('js', new Date()); gtag('config', 'G-1ABCDE2FGH'); gtag(\"config\" , \"UA-1234567-1\");",
     "gtag https://www.googletagmanager.com/gtag/js?id=G-1ABCDE2FGH\ngtag https://www.googletagmanager.com/gtag/js?id=UA-1234567-1\n"},
    {"gtag with an id from elsewhere", "gtag('config', id); f('G-1ABCDE2FGH');", ""},
    {"another name", "mygtag('config', 'G-1ABCDE2FGH'); xfbq('init', '1'); gtagged('config')", ""},
    {"analytics.js", "(function(i,s,o,g,r,a,m){a.src=g})(window,document,'script','//www.google-analytics.com/analytics.js','ga');", "ga https://www.google-analytics.com/analytics.js\n"},
    {"ga.js", "ga.src = ('https:' == document.location.protocol ? 'https://ssl' : 'http://www') + '.google-analytics.com/ga.js';", "ga https://ssl.google-analytics.com/ga.js\n"},
    {"Meta pixel", FBQ "fbq('init', '12345');", "facebook-sdk https://connect.facebook.net/en_US/fbevents.js\n"},
    {"Meta pixel, another call", "fbq('track', 'PageView');", ""},
    {"Matomo", "var _paq=[];(function(){var u=\"//stat.t.example/\";_paq.push(['setTrackerUrl', u+'matomo.php']);})();", "matomo https://stat.t.example/matomo.php\n"},
    {"Matomo, old", "var u=((\"https:\" == document.location.protocol) ? \"https\" : \"http\") + \"://stat.t.example/p/\"; _paq.push([\"setTrackerUrl\", u+\"piwik.php\"]);", "matomo https://stat.t.example/p/piwik.php\n"},
    {"Matomo, whole", "_paq.push(['setTrackerUrl', 'https://stat.t.example/matomo.php'])", "matomo https://stat.t.example/matomo.php\n"},
    {"Matomo, unknown", "_paq.push(['setTrackerUrl', u+'matomo.php']); var xu='//a.t.example/';", ""},
    {"Hotjar", "h._hjSettings={hjid:123456,hjsv:6};r.src='https://static.hotjar.com/c/hotjar-'+h._hjSettings.hjid+'.js';", "hotjar https://static.hotjar.com/c/hotjar-123456.js\nhotjar https://static.hotjar.com/c/hotjar-\n"},
    {"Siteimprove", "sz.src = '//siteimproveanalytics.com/js/siteanalyze_1234.js';", "siteimprove https://siteimproveanalytics.com/js/siteanalyze_1234.js\n"},
    {"LinkedIn", "_linkedin_partner_id = \"12345\"; if (_linkedin_partner_id == 1) f(_linkedin_partner_id);", "linkedin https://snap.licdn.com/li.lms-analytics/insight.min.js\n"},
    {"TikTok", "ttq.load('C4ABCDEF0123'); ttq.load(id);", "tiktok https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=C4ABCDEF0123\n"},
    {"Sentry: the host, not the key", "Sentry.init({dsn: 'https://abcdef@o1.ingest.t.example/42', x: 1});", "sentry https://o1.ingest.t.example/\n"},
    {"Sentry without", "Sentry.init({dsn: DSN}); var a = 'https://x.t.example/';", ""},
    {"a consent tool", "s.src='https://consent.cookiebot.com/uc.js?cbid=1'", "cookiebot https://consent.cookiebot.com/uc.js?cbid=1\n"},
    {"an address for a click", "ad.url = 'https://adclick.g.doubleclick.net/pcs/click?a=1';", ""},
    {"the host of another", "s.a='https://t.example/?u=https://consent.cookiebot.com/uc.js'; b='https://evilconnect.facebook.net.t.example/'", ""},
    {"escaped slashes", "s.src=\"https:\\/\\/t.example\\/a.js?b=1\\u0026c=\\x32\"", "src= https://t.example/a.js?b=1&c=2\n"},
    {"shapes of no vendor", "a.src = \"https://t.example/a.js\"; import('https://t.example/b.js'); fetch(\"//t.example/c\"); new WebSocket('wss://t.example/d');"
     "navigator.sendBeacon('https://t.example/e', x); importScripts('https://t.example/f'); b.setAttribute('src', 'https://t.example/g');",
     "src= https://t.example/a.js\nimport() https://t.example/b.js\nfetch() https://t.example/c\nWebSocket() wss://t.example/d\nsendBeacon() https://t.example/e\n"
     "importScripts() https://t.example/f\nsrc= https://t.example/g\n"},
    {"plain strings are not reported", "var a = 'https://t.example/a.js'; if (b.src == 'https://t.example/b') c.srcset = 'https://t.example/c'; prefetch('https://t.example/d');", ""},
    {"the page itself and what is relative to it", "a.src='https://a.example/x.js'; b.src='/y.js'; fetch('z')", ""},
    {"a host that is put together", "a.src='https://'+h; b.src='https://t.'+h+'/x'; c.src='https://t.example/'+d; e.src=`https://t.example/x${f}`; g.src=`https://${h}/`;",
     "src= https://t.example/\nsrc= https://t.example/x\n"},
    {"patterns and divisions", "a=b/c; d=/['\"]/.test(e); f.src='https://t.example/'; g=(1)/2; return /\"/;", "src= https://t.example/\n"},
    {"a string that does not end", "a='it\nb.src='https://t.example/'", "src= https://t.example/\n"},
};

static const struct {
    const char *why, *html, *expected;
} documents[] = {
    {"a script element", "<script>a.src='https://t.example/a'</script>", "script src= none https://t.example/a\n"},
    {"a module", "<script type=module>import('https://t.example/a')</script>", "script import() none https://t.example/a\n"},
    {"a script that is not run", "<script type=text/plain>a.src='https://t.example/a'</script><script type=application/ld+json>fetch('https://t.example/b')</script>", ""},
    {"the content of one with src", "<script src=/a>a.src='https://t.example/a'</script>", "script src none https://a.example/a\n"},
    {"in a template, a comment, a textarea", "<template><script>a.src='https://t.example/a'</script></template><!--<script>a.src='https://t.example/a'</script>--><textarea><script>a.src='https://t.example/a'</script></textarea>", ""},
    {"in noscript", "<noscript><script>a.src='https://t.example/a'</script></noscript>", ""},
    {"text outside of scripts", "<p>a.src='https://t.example/a'</p><style>a{}</style>b.src='https://t.example/b'", ""},
    {"a handler", "<body ONLOAD=\"a.src=&quot;https://t.example/a&quot;\">", "handler src= none https://t.example/a\n"},
    {"a handler that waits for the visitor", "<a onclick=\"a.src='https://t.example/a'\">", ""},
    {"in a srcdoc", "<iframe loading=lazy srcdoc=\"<script>a.src='https://t.example/a'</script>\">", "script src= lazy https://t.example/a\n"},
};
// clang-format on

static void check(const char *why, const char *text, struct span found, const char *expected)
{
    if (!span_equal(found, span_of_string(expected)))
        fail_msg("%s\n%s\nfound:\n%.*sexpected:\n%s", why, text, SPAN_ARG(found), expected);
}

static void test_rows(void **state)
{
    (void)state;
    struct arena arena;
    struct buf found;
    struct url base;
    arena_init(&arena, 64u << 20);
    buf_init(&found, 1u << 20);
    assert_int_equal(url_parse(SPAN("https://a.example/"), NULL, &arena, &base), ERR_OK);
    const struct loader_search *search = loader_search_new(&arena);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reference_list list = {0};
        buf_reset(&found);
        assert_int_equal(
            loader_scan(search, span_of_string(rows[i].script), &base, (struct reference){0}, &arena, &list),
            ERR_OK);
        for (size_t k = 0; k < list.count; k++) {
            assert_int_equal(list.items[k].evidence, EVIDENCE_D3);
            buf_format(&found, "%s %.*s\n", list.items[k].attribute, SPAN_ARG(list.items[k].url.href));
        }
        check(rows[i].why, rows[i].script, buf_span(&found), rows[i].expected);
    }
    for (size_t i = 0; i < COUNT(documents); i++) {
        struct html_document document = {0};
        buf_reset(&found);
        assert_int_equal(
            html_scan(span_of_string(documents[i].html), &base, SPAN("utf-8"), NULL, &arena, &document),
            ERR_OK);
        for (size_t k = 0; k < document.references.count; k++) {
            const struct reference *r = &document.references.items[k];
            buf_format(&found, "%s %s %s %.*s\n", r->element, r->attribute,
                       r->condition == CONDITION_NONE ? "none" : condition_name(r->condition),
                       SPAN_ARG(r->url.href));
        }
        check(documents[i].why, documents[i].html, buf_span(&found), documents[i].expected);
    }
    buf_free(&found);
    arena_free(&arena);
}

/* Every row is found by a script that is made of it, unless it needs more than its trigger. */
static void test_table(void **state)
{
    (void)state;
    struct arena arena;
    struct url base;
    const struct loader_row *row;
    arena_init(&arena, 64u << 20);
    assert_int_equal(url_parse(SPAN("https://a.example/"), NULL, &arena, &base), ERR_OK);
    const struct loader_search *search = loader_search_new(&arena);
    for (size_t i = 0; (row = loader_table_at(i)); i++) {
        struct reference_list list = {0};
        bool below = row->trigger.at[0] == '.', path = row->trigger.at[0] == '/';
        struct span script = SPAN_NONE;
        if (row->capture == LOADER_URL && row->url.bytes)
            script =
                arena_format(&arena, "f('https://%s%.*s%.*s')", below ? "x" : "",
                             SPAN_ARG(path || !span_has_nocase(row->trigger, row->url) ? row->url : SPAN("")),
                             SPAN_ARG(below ? arena_format(&arena, "%.*s/", SPAN_ARG(row->trigger))
                                      : path || span_has_nocase(row->trigger, row->url)
                                          ? row->trigger
                                          : arena_format(&arena, "/%.*s", SPAN_ARG(row->trigger))));
        else if (row->capture == LOADER_CALL && row->captured == LOADER_ID_NONE)
            script = script_lex_is_name(row->word.bytes ? row->word.at[0] : '=')
                         ? arena_format(&arena, "%.*s'%.*s')", SPAN_ARG(row->trigger), SPAN_ARG(row->word))
                         : arena_format(&arena, "%.*s%.*s 1", SPAN_ARG(row->trigger), SPAN_ARG(row->word));
        if (!script.at)
            continue;
        assert_int_equal(loader_scan(search, script, &base, (struct reference){0}, &arena, &list), ERR_OK);
        if (list.count == 0)
            fail_msg("%s: %.*s", row->id.at, SPAN_ARG(script));
    }
    arena_free(&arena);
}

static void test_ids(void **state)
{
    (void)state;
    static const struct {
        enum loader_id kind;
        const char *word;
        bool is_id;
    } ids[] = {
        {LOADER_ID_GTM,    "GTM-K3XQ2",       true },
        {LOADER_ID_GTM,    "GTM-XXXXXX",      false},
        {LOADER_ID_GTM,    "GTM-abcd",        false},
        {LOADER_ID_GTM,    "GTM-",            false},
        {LOADER_ID_GTM,    "GTM-12345678901", false},
        {LOADER_ID_GTAG,   "G-1ABCDE2FGH",    true },
        {LOADER_ID_GTAG,   "AW-123456789",    true },
        {LOADER_ID_GTAG,   "AW-12345678X",    false},
        {LOADER_ID_GTAG,   "UA-1234567-1",    true },
        {LOADER_ID_GTAG,   "UA-1234567",      false},
        {LOADER_ID_GTAG,   "UA-XXXXX-X",      false},
        {LOADER_ID_GTAG,   "GTM-K3XQ2",       false},
        {LOADER_ID_NUMBER, "123",             true },
        {LOADER_ID_NUMBER, "x",               false},
        {LOADER_ID_NUMBER, "",                false},
        {LOADER_ID_CODE,   "C4ABCDEF0123",    true },
        {LOADER_ID_NONE,   "GTM-K3XQ2",       false},
    };
    for (size_t i = 0; i < COUNT(ids); i++)
        if (loader_table_is_id(ids[i].kind, span_of_string(ids[i].word)) != ids[i].is_id)
            fail_msg("%s", ids[i].word);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_table),
                                       cmocka_unit_test(test_ids)};
    return cmocka_run_group_tests_name("loader", tests, NULL, NULL);
}
