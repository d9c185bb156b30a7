// SPDX-License-Identifier: MIT
#include "3_extract/html_program.h"

#include "3_extract/loader.h"

bool html_program_is_run(const struct html_place *place)
{
    struct reference draft = {.evidence = EVIDENCE_D1};
    return !html_token_attribute(place->tag, SPAN("src")) && html_when_script(place, &draft) &&
           draft.evidence == EVIDENCE_D1;
}

bool html_program_is_handler(struct span attribute)
{
    static const char *const names[] = {"onload",      "onerror",   "onpageshow", "onreadystatechange",
                                        "onloadstart", "oncanplay", "onpagehide", "onbeforeunload",
                                        "onunload"};
    if (!span_starts_nocase(attribute, SPAN("on")))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (span_equal_nocase(attribute, span_of_string(names[i])))
            return true;
    return false;
}

/* Those without scripts run none. */
static enum err add(struct html_refs *refs, struct span text, struct reference draft)
{
    if (!text.at)
        return ERR_MEMORY;
    if (refs->in_noscript)
        return ERR_OK;
    if (!refs->search)
        refs->search = loader_search_new(refs->arena);
    if (!refs->search)
        return ERR_MEMORY;
    draft.condition = refs->part.condition;
    return loader_scan(refs->search, text, &refs->part.base, draft, refs->arena, refs->list);
}

enum err html_program_add(struct html_refs *refs, struct span raw)
{
    struct span text = html_charset_to_utf8(raw, refs->part.charset, refs->arena);
    return add(refs, text, (struct reference){.element = "script", .at = html_refs_offset(refs, raw)});
}

enum err html_program_add_handler(struct html_refs *refs, const struct html_place *place, struct span raw)
{
    if (raw.bytes > LIMIT_ATTRIBUTE_BYTES) {
        refs->list->dropped_count++;
        return ERR_OK;
    }
    return add(refs, html_place_decode(place, raw),
               (struct reference){.element = "handler", .at = html_refs_offset(refs, raw)});
}
