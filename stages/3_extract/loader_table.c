// SPDX-License-Identifier: MIT
#include "3_extract/loader_table.h"

#define S(literal)                                                                                           \
    {                                                                                                        \
        literal, sizeof(literal) - 1                                                                         \
    }
#define ROW(id, trigger, capture, word, url, captured, resource, vendor)                                     \
    {                                                                                                        \
        S(id), S(trigger), LOADER_##capture, S(word), S(url), LOADER_ID_##captured, RESOURCE_##resource,     \
            vendor                                                                                           \
    }
/* A URL in a string, by what is in it and its host. */
#define URL(id, trigger, host, vendor)       ROW(id, trigger, URL, "", host, NONE, SCRIPT, vendor)
#define CALL(id, trigger, word, url, vendor) ROW(id, trigger, CALL, word, url, NONE, SCRIPT, vendor)

// clang-format off
static const struct loader_row rows[] = {
    ROW("gtm", "/gtm.js", URL, "", "", GTM, SCRIPT, "Google"), /* of any host: containers are also delivered by others */
    URL("gtag", "/gtag/js", "googletagmanager.com", "Google"),
    ROW("gtag", "gtag(", CALL, "config", "https://www.googletagmanager.com/gtag/js?id=%", GTAG, SCRIPT, "Google"),
    URL("ga", "google-analytics.com/", "google-analytics.com", "Google"),
    ROW("ga", ".google-analytics.com/ga.js", PART, "", "https://ssl.google-analytics.com/ga.js", NONE, SCRIPT, "Google"),
    ROW("ga", "google-analytics.com/urchin.js", PART, "", "https://ssl.google-analytics.com/urchin.js", NONE, SCRIPT, "Google"),
    URL("doubleclick", "doubleclick.net/tag/js/", "doubleclick.net", "Google"),
    URL("doubleclick", "doubleclick.net/dc.js", "doubleclick.net", "Google"),
    URL("adsense", "googlesyndication.com/pagead/", "googlesyndication.com", "Google"),
    URL("adservices", "googleadservices.com/pagead/conversion", "googleadservices.com", "Google"),
    URL("recaptcha", "/recaptcha/", "google.com", "Google"),
    URL("recaptcha", "recaptcha.net/recaptcha/", "recaptcha.net", "Google"),
    URL("fonts", "fonts.googleapis.com/", "fonts.googleapis.com", "Google"),
    URL("fonts", "ajax.googleapis.com/ajax/libs/webfont/", "ajax.googleapis.com", "Google"),
    URL("maps", "maps.googleapis.com/maps/api/js", "maps.googleapis.com", "Google"),
    URL("youtube", "youtube.com/iframe_api", "youtube.com", "Google"),
    URL("youtube", "youtube.com/player_api", "youtube.com", "Google"),
    CALL("youtube", "YT.Player(", "", "https://www.youtube.com/iframe_api", "Google"),
    URL("meta-pixel", "fbevents.js", "connect.facebook.net", "Meta"),
    CALL("meta-pixel", "fbq('init'", "", "https://connect.facebook.net/en_US/fbevents.js", "Meta"),
    CALL("meta-pixel", "fbq(\"init\"", "", "https://connect.facebook.net/en_US/fbevents.js", "Meta"),
    URL("facebook-sdk", "connect.facebook.net/", "connect.facebook.net", "Meta"),
    ROW("facebook-sdk", "connect.facebook.net/", PART, "", "https://connect.facebook.net/en_US/sdk.js", NONE, SCRIPT, "Meta"),
    ROW("matomo", "setTrackerUrl", TRACKER, "", "", NONE, SCRIPT, "Matomo"),
    ROW("hotjar", "hjid:", CALL, "", "https://static.hotjar.com/c/hotjar-%.js", NUMBER, SCRIPT, "Hotjar"),
    URL("hotjar", "static.hotjar.com/", "static.hotjar.com", "Hotjar"),
    URL("siteimprove", "siteimproveanalytics.com/", "siteimproveanalytics.com", "Siteimprove"),
    CALL("linkedin", "_linkedin_partner_id", "=", "https://snap.licdn.com/li.lms-analytics/insight.min.js", "LinkedIn"),
    URL("linkedin", "snap.licdn.com/", "snap.licdn.com", "LinkedIn"),
    URL("clarity", "clarity.ms/tag/", "clarity.ms", "Microsoft"),
    URL("uet", "bat.bing.com/", "bat.bing.com", "Microsoft"),
    ROW("tiktok", "ttq.load(", CALL, "", "https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=%", CODE, SCRIPT, "TikTok"),
    URL("tiktok", "analytics.tiktok.com/", "analytics.tiktok.com", "TikTok"),
    CALL("twitter", "twq('init'", "", "https://static.ads-twitter.com/uwt.js", "X"),
    CALL("twitter", "twq(\"init\"", "", "https://static.ads-twitter.com/uwt.js", "X"),
    CALL("twitter", "twq('config'", "", "https://static.ads-twitter.com/uwt.js", "X"),
    CALL("twitter", "twq(\"config\"", "", "https://static.ads-twitter.com/uwt.js", "X"),
    URL("twitter", "static.ads-twitter.com/", "static.ads-twitter.com", "X"),
    URL("twitter", "platform.twitter.com/", "platform.twitter.com", "X"),
    CALL("pinterest", "pintrk(", "load", "https://s.pinimg.com/ct/core.js", "Pinterest"),
    CALL("snap", "snaptr(", "init", "https://sc-static.net/scevent.min.js", "Snap"),
    CALL("reddit", "rdt('init'", "", "https://www.redditstatic.com/ads/pixel.js", "Reddit"),
    CALL("reddit", "rdt(\"init\"", "", "https://www.redditstatic.com/ads/pixel.js", "Reddit"),
    CALL("quora", "qp('init'", "", "https://a.quora.com/qevents.js", "Quora"),
    CALL("quora", "qp(\"init\"", "", "https://a.quora.com/qevents.js", "Quora"),
    URL("adobe", "assets.adobedtm.com/", "assets.adobedtm.com", "Adobe"),
    URL("adobe", ".omtrdc.net", "omtrdc.net", "Adobe"),
    URL("adobe", ".demdex.net", "demdex.net", "Adobe"),
    URL("typekit", "use.typekit.net/", "use.typekit.net", "Adobe"),
    URL("piano", "tag.aticdn.net/", "tag.aticdn.net", "Piano"),
    URL("piano", ".xiti.com/", "xiti.com", "Piano"),
    URL("etracker", "static.etracker.com/", "static.etracker.com", "etracker"),
    URL("infonline", ".ioam.de/", "ioam.de", "INFOnline"),
    URL("yandex", "mc.yandex.ru/", "mc.yandex.ru", "Yandex"),
    URL("vk", "vk.com/js/api/", "vk.com", "VK"),
    CALL("vk", "VK.Retargeting.Init(", "", "https://vk.com/js/api/openapi.js", "VK"),
    URL("hubspot", "js.hs-scripts.com/", "js.hs-scripts.com", "HubSpot"),
    URL("marketo", "munchkin.marketo.net/", "munchkin.marketo.net", "Adobe"),
    CALL("marketo", "Munchkin.init(", "", "https://munchkin.marketo.net/munchkin.js", "Adobe"),
    CALL("pardot", "piAId", "=", "https://pi.pardot.com/pd.js", "Salesforce"),
    CALL("new-relic", "NREUM.info", "=", "https://bam.nr-data.net/", "New Relic"),
    URL("datadog", "datadoghq-browser-agent.com/", "datadoghq-browser-agent.com", "Datadog"),
    ROW("sentry", "Sentry.init(", DSN, "", "", NONE, FETCH, "Sentry"),
    URL("cookiebot", "consent.cookiebot.com/", "consent.cookiebot.com", "Cookiebot"),
    URL("onetrust", "cdn.cookielaw.org/", "cdn.cookielaw.org", "OneTrust"),
    URL("usercentrics", "app.usercentrics.eu/", "app.usercentrics.eu", "Usercentrics"),
    URL("didomi", "sdk.privacy-center.org/", "sdk.privacy-center.org", "Didomi"),
    URL("quantcast", "quantcast.mgr.consensu.org/", "quantcast.mgr.consensu.org", "Quantcast"),
    URL("trustarc", "consent.trustarc.com/", "consent.trustarc.com", "TrustArc"),
    URL("cookie-information", "policy.app.cookieinformation.com/", "policy.app.cookieinformation.com", "Cookie Information"),
    URL("cookieyes", "cdn-cookieyes.com/", "cdn-cookieyes.com", "CookieYes"),
    URL("hcaptcha", "hcaptcha.com/1/api.js", "hcaptcha.com", "hCaptcha"),
    URL("turnstile", "challenges.cloudflare.com/", "challenges.cloudflare.com", "Cloudflare"),
    URL("vimeo", "player.vimeo.com/", "player.vimeo.com", "Vimeo"),
    URL("intercom", "widget.intercom.io/", "widget.intercom.io", "Intercom"),
    URL("crisp", "client.crisp.chat/", "client.crisp.chat", "Crisp"),
    URL("zendesk", "static.zdassets.com/", "static.zdassets.com", "Zendesk"),
    URL("tawk", "embed.tawk.to/", "embed.tawk.to", "tawk.to"),
    CALL("drift", "drift.load(", "", "https://js.driftt.com/", "Drift"),
    URL("usersnap", "widget.usersnap.com/", "widget.usersnap.com", "Usersnap"),

    ROW("src=", ".src=", SET, "", "", NONE, OTHER, ""),
    ROW("src=", ".src =", SET, "", "", NONE, OTHER, ""),
    ROW("src=", "setAttribute('src',", ARGUMENT, "", "", NONE, OTHER, ""),
    ROW("src=", "setAttribute(\"src\",", ARGUMENT, "", "", NONE, OTHER, ""),
    ROW("import()", "import(", ARGUMENT, "", "", NONE, SCRIPT, ""),
    ROW("fetch()", "fetch(", ARGUMENT, "", "", NONE, FETCH, ""),
    ROW("WebSocket()", "WebSocket(", ARGUMENT, "", "", NONE, WEBSOCKET, ""),
    ROW("sendBeacon()", "sendBeacon(", ARGUMENT, "", "", NONE, PING, ""),
    ROW("importScripts()", "importScripts(", ARGUMENT, "", "", NONE, SCRIPT, ""),
};
// clang-format on

const struct loader_row *loader_table_at(size_t index)
{
    return index < sizeof rows / sizeof *rows ? &rows[index] : NULL;
}

static bool is_made_of(struct span s, size_t least, size_t most, bool letters)
{
    size_t placeholder_count = 0;
    for (size_t i = 0; i < s.bytes; i++) {
        char c = s.at[i];
        if (!ascii_is_digit(c) && !(letters && c >= 'A' && c <= 'Z'))
            return false;
        placeholder_count += c == 'X';
    }
    return s.bytes >= least && s.bytes <= most && placeholder_count < s.bytes;
}

/* "UA-12345-6": two numbers */
static bool is_account(struct span s)
{
    size_t dash = span_find(s, '-', 0);
    return is_made_of(span_first(s, dash), 4, 12, false) && is_made_of(span_from(s, dash + 1), 1, 4, false);
}

bool loader_table_is_id(enum loader_id kind, struct span word)
{
    static const struct {
        struct span prefix;
        enum loader_id kind;
        size_t least, most;
        bool letters;
    } grammars[] = {
        {{"GTM-", 4}, LOADER_ID_GTM,    4, 10, true },
        {{"G-", 2},   LOADER_ID_GTAG,   6, 12, true },
        {{"AW-", 3},  LOADER_ID_GTAG,   6, 12, false},
        {{"DC-", 3},  LOADER_ID_GTAG,   4, 12, false},
        {{"", 0},     LOADER_ID_NUMBER, 2, 12, false},
        {{"", 0},     LOADER_ID_CODE,   8, 40, true },
    };
    if (kind == LOADER_ID_GTAG && span_starts(word, SPAN("UA-")))
        return is_account(span_from(word, 3));
    for (size_t i = 0; i < sizeof grammars / sizeof *grammars; i++)
        if (kind == grammars[i].kind && span_starts(word, grammars[i].prefix) &&
            is_made_of(span_from(word, grammars[i].prefix.bytes), grammars[i].least, grammars[i].most,
                       grammars[i].letters))
            return true;
    return false;
}
