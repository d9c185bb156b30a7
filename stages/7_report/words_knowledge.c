// SPDX-License-Identifier: MIT
#include "7_report/words.h"

#include <assert.h>

const char *words_capability_da(enum capability capability)
{
    static const char *const names[CAPABILITY_COUNT] = {
        [CAPABILITY_PAGE_ID] = "sidens mærke på hvert kald",
        [CAPABILITY_PAGE_LIST] = "browserens egen liste over siden",
        [CAPABILITY_RESOURCE_TYPE] = "indholdets art",
        [CAPABILITY_INITIATOR] = "hvad der udløste et kald",
        [CAPABILITY_REFERER] = "henvisende side",
        [CAPABILITY_COOKIE_SENT] = "sendte cookies",
        [CAPABILITY_SET_COOKIE] = "cookies sat af servere",
        [CAPABILITY_REPEATED_SET_COOKIE] = "flere cookies i samme svar",
        [CAPABILITY_SCRIPT_COOKIE] = "cookies sat af programmer",
        [CAPABILITY_BEACON] = "signaler sendt i baggrunden (beacon)",
        [CAPABILITY_REDIRECT] = "viderestillinger",
        [CAPABILITY_DATE] = "tidspunkter finere end et sekund",
    };
    assert(capability < CAPABILITY_COUNT);
    return names[capability];
}

struct span words_producers(const struct measurement_result *result, const char *between, struct arena *arena)
{
    struct span text = SPAN("");
    for (int p = 0; p < PRODUCER_COUNT; p++)
        if (result->producers & 1u << p)
            text = arena_format(arena, "%.*s%s%s", SPAN_ARG(text), text.bytes ? between : "",
                                producer_name((enum producer)p));
    return text;
}

struct span words_consent_states(const struct measurement_result *result, const char *between,
                                 struct arena *arena)
{
    struct span text = SPAN("");
    for (int s = 0; s < CONSENT_STATE_COUNT; s++)
        if (result->consent_states & 1u << s)
            text = arena_format(arena, "%.*s%s%s", SPAN_ARG(text), text.bytes ? between : "",
                                consent_state_name((enum consent_state)s));
    return text;
}

struct span words_unknowable_da(const struct measurement_result *result, struct arena *arena)
{
    struct span text = SPAN("");
    for (int c = 0; c < CAPABILITY_COUNT; c++)
        if (measurement_knowledge(result, (enum capability)c) == KNOWLEDGE_UNKNOWABLE)
            text = arena_format(arena, "%.*s%s%s", SPAN_ARG(text), text.bytes ? ", " : "",
                                words_capability_da((enum capability)c));
    return text;
}

const char *words_no_cookie_da(const struct measurement_result *result)
{
    bool shown = result->page_count &&
                 result->shown_page_counts[CAPABILITY_SET_COOKIE] == result->page_count &&
                 result->shown_page_counts[CAPABILITY_COOKIE_SENT] == result->page_count;
    return shown ? "ingen cookies set" : "cookies: ukendt, optagelsen ville ikke vise dem alle";
}
