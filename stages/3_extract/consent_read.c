// SPDX-License-Identifier: MIT
#include "3_extract/consent_read.h"

#include "base/base64.h"

struct span consent_decode(struct span value, char room[CONSENT_ROOM_BYTES])
{
    size_t bytes = 0;
    for (size_t i = 0; i < value.bytes && bytes < CONSENT_ROOM_BYTES; i++) {
        char c = value.at[i];
        if (c == '%' && value.bytes - i > 2 && ascii_hex(value.at[i + 1]) >= 0 &&
            ascii_hex(value.at[i + 2]) >= 0) {
            c = (char)(ascii_hex(value.at[i + 1]) * 16 + ascii_hex(value.at[i + 2]));
            i += 2;
        }
        room[bytes++] = c;
    }
    return span_of(room, bytes);
}

/* What comes behind that text; .at NULL: it is not there. */
static struct span after(struct span value, struct span text)
{
    size_t at = span_find_span(value, text, 0);
    return at < value.bytes ? span_from(value, at + text.bytes) : SPAN_NONE;
}

static size_t count_of(struct span value, struct span text)
{
    size_t count = 0;
    for (size_t at = 0; (at = span_find_span(value, text, at)) < value.bytes; at += text.bytes)
        count++;
    return count;
}

/* Of the categories that may be refused: how many were and how many were not. */
static enum consent_state state_of(size_t given, size_t refused)
{
    if (given && refused)
        return CONSENT_PARTIAL;
    return given ? CONSENT_ACCEPTED : refused ? CONSENT_REJECTED : CONSENT_UNKNOWN;
}

/* interactionCount=1&landingPath=NotLandingPage&groups=C0001:1,C0002:0. The first group cannot be refused. Before an answer the
 * landing page is an address. */
enum consent_state consent_read_onetrust(struct span value)
{
    struct span count = after(value, SPAN("interactionCount=")), page = after(value, SPAN("landingPath=")),
                groups = after(value, SPAN("groups="));
    size_t given = 0, refused = 0;
    if ((count.at && span_starts(count, SPAN("0"))) || span_starts_nocase(page, SPAN("http")))
        return CONSENT_UNANSWERED;
    if (!count.at || !groups.at)
        return CONSENT_UNKNOWN;
    groups = span_cut(&groups, '&');
    while (groups.at) {
        struct span state = span_cut(&groups, ','), group = span_cut(&state, ':');
        if (!state.bytes || span_equal(group, SPAN("C0001")) || span_equal(group, SPAN("1")))
            continue;
        given += state.at[0] == '1';
        refused += state.at[0] == '0';
    }
    return state_of(given, refused);
}

/* Counts name:true and name:false, with quotes around the name or without. */
static enum consent_state read_flags(struct span value, const char *const *names, size_t name_count)
{
    size_t given = 0, refused = 0;
    for (size_t i = 0; i < name_count; i++) {
        struct span rest = after(value, span_of_string(names[i]));
        if (!rest.at)
            continue;
        rest = span_from(rest, rest.bytes && rest.at[0] == '"');
        rest = span_trim(span_from(rest, rest.bytes && rest.at[0] == ':'));
        given += span_starts(rest, SPAN("true"));
        refused += span_starts(rest, SPAN("false"));
    }
    return state_of(given, refused);
}

/* {stamp:'...',necessary:true,preferences:false,statistics:false,marketing:false,...}; 0: not answered; -1: not asked here. */
enum consent_state consent_read_cookiebot(struct span value)
{
    static const char *const names[] = {"preferences", "statistics", "marketing"};
    if (span_equal(span_trim(value), SPAN("0")))
        return CONSENT_UNANSWERED;
    return read_flags(value, names, sizeof names / sizeof *names);
}

enum consent_state consent_read_cookiefirst(struct span value)
{
    static const char *const names[] = {"performance", "functional", "advertising"};
    return read_flags(value, names, sizeof names / sizeof *names);
}

/* The texts in "name":[...]. */
static struct span list_of(struct span value, struct span name)
{
    struct span list = after(value, name);
    if (!list.at)
        return SPAN("");
    list = span_from(list, span_find(list, '[', 0) + 1);
    return span_first(list, span_find(list, ']', 0));
}

/* {"consents_approved":["cookie_cat_necessary",...],"consents_denied":[...],...} */
enum consent_state consent_read_cookie_information(struct span value)
{
    struct span approved = list_of(value, SPAN("\"consents_approved\"")),
                denied = list_of(value, SPAN("\"consents_denied\""));
    size_t necessary = count_of(approved, SPAN("\"cookie_cat_necessary\""));
    return state_of(count_of(approved, SPAN("\"cookie_cat_")) - necessary,
                    count_of(denied, SPAN("\"cookie_cat_")));
}

/* {"action":"accept","categories":"[\"functionality\",\"performance\"]",...}: accepting may leave some out, and what there was
 * to choose from is not told. */
enum consent_state consent_read_cookie_script(struct span value)
{
    if (span_find_span(value, SPAN("\"action\":\"reject\""), 0) < value.bytes)
        return CONSENT_REJECTED;
    bool accepted = span_find_span(value, SPAN("\"action\":\"accept\""), 0) < value.bytes;
    if (!accepted)
        return CONSENT_UNKNOWN;
    return span_find_span(value, SPAN("targeting"), 0) < value.bytes ? CONSENT_ACCEPTED : CONSENT_PARTIAL;
}

/* consentid:...,consent:yes,action:yes,necessary:yes,functional:no,analytics:no,...; action is empty before an answer. */
enum consent_state consent_read_cookieyes(struct span value)
{
    size_t given = 0, refused = 0;
    bool answered = false;
    while (value.at) {
        struct span text = span_cut(&value, ','), name = span_cut(&text, ':');
        bool category = !span_equal(name, SPAN("consent")) && !span_equal(name, SPAN("action")) &&
                        !span_equal(name, SPAN("necessary")) && !span_equal(name, SPAN("other"));
        answered |= span_equal(name, SPAN("action")) && span_equal(text, SPAN("yes"));
        given += category && span_equal(text, SPAN("yes"));
        refused += category && span_equal(text, SPAN("no"));
    }
    if (!answered && given + refused)
        return CONSENT_UNANSWERED;
    return state_of(given, refused);
}

/* {"necessaryCookies":[],"optionalCookies":{"analytics":"accepted","marketing":"revoked"},...} */
enum consent_state consent_read_civic(struct span value)
{
    return state_of(count_of(value, SPAN("\"accepted\"")), count_of(value, SPAN("\"revoked\"")));
}

enum consent_state consent_read_allow_deny(struct span value)
{
    return state_of(span_equal(value, SPAN("allow")), span_equal(value, SPAN("deny")));
}

/* G1xy: may ads and analytics store? */
enum consent_state consent_read_gcs(struct span value)
{
    bool known = value.bytes == 4 && span_starts(value, SPAN("G1"));
    if (!known)
        return CONSENT_UNKNOWN;
    size_t given = (value.at[2] == '1') + (value.at[3] == '1'),
           refused = (value.at[2] == '0') + (value.at[3] == '0');
    return given + refused == 2 ? state_of(given, refused) : CONSENT_UNKNOWN;
}

#define GCD_PURPOSES 4

/* 1, then a digit and a letter each for storing of ads, storing of analytics, user data, personal ads, then the rest. A letter
 * tells the default and the update, of which the latter counts: without one (p, t) it is the site's word, not the visitor's,
 * and holds on beside what the visitor said. "l" is not told. */
enum consent_state consent_read_gcd(struct span value)
{
    size_t given = 0, refused = 0, answered = 0;
    if (!span_starts(value, SPAN("1")) || value.bytes < 1 + 2 * GCD_PURPOSES)
        return CONSENT_UNKNOWN;
    for (size_t i = 0; i < GCD_PURPOSES; i++) {
        char digit = value.at[1 + 2 * i], letter = value.at[2 + 2 * i];
        if (digit < '0' || digit > '9' || !memchr("lptqrmnuv", letter, 9))
            return CONSENT_UNKNOWN;
        given += memchr("rnvt", letter, 4) != NULL;
        refused += memchr("qmup", letter, 4) != NULL;
        answered += memchr("qrmnuv", letter, 6) != NULL;
    }
    return answered || !(given + refused) ? state_of(given, refused) : CONSENT_UNANSWERED;
}

/* Base64 of {...,"purposes":{"enabled":["cookies",...],"disabled":[...]},...} */
enum consent_state consent_read_didomi(struct span value)
{
    char text[CONSENT_ROOM_BYTES];
    size_t bytes = 0;
    if (base64_room(value.bytes) > sizeof text || base64_decode(value, text, &bytes) != ERR_OK)
        return CONSENT_UNKNOWN;
    struct span purposes = after(span_of(text, bytes), SPAN("\"purposes\""));
    purposes = purposes.at ? span_first(purposes, span_find(purposes, '}', 0)) : SPAN("");
    return state_of(count_of(list_of(purposes, SPAN("\"enabled\"")), SPAN("\"")),
                    count_of(list_of(purposes, SPAN("\"disabled\"")), SPAN("\"")));
}

#define TCF_PURPOSES_AT                                                                                      \
    152 /* bits: version 6, created 36, updated 36, CMP 12 + 12, screen 6, language 12, list 12, policy 6,
                             * two flags, special features 12 */
#define TCF_PURPOSES 10

static int tcf_bit(struct span text, size_t at)
{
    char c = text.at[at / 6];
    int digit = c == '-' ? 62 : c == '_' ? 63 : base64_digit(c);
    return digit < 0 ? -1 : digit >> (5 - at % 6) & 1;
}

/* The first letter is the version: C stands for 2. */
enum consent_state consent_read_tcf(struct span value)
{
    size_t given = 0, refused = 0;
    if (!span_starts(value, SPAN("C")) || value.bytes * 6 < TCF_PURPOSES_AT + TCF_PURPOSES)
        return CONSENT_UNKNOWN;
    for (size_t i = 0; i < TCF_PURPOSES; i++) {
        int bit = tcf_bit(value, TCF_PURPOSES_AT + i);
        if (bit < 0)
            return CONSENT_UNKNOWN;
        given += bit == 1;
        refused += bit == 0;
    }
    return state_of(given, refused);
}
