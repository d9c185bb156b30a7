// SPDX-License-Identifier: MIT
#include "6_statistics/finding_id.h"

#include "base/intern.h"
#include "base/utf8.h"

/* Danish letters as they are written without them. */
static const char *latin_of(uint32_t c)
{
    switch (c) {
    case 0xE6:
    case 0xC6:
        return "ae";
    case 0xF8:
    case 0xD8:
        return "oe";
    case 0xE5:
    case 0xC5:
        return "aa";
    default:
        return NULL;
    }
}

struct span finding_id_slug(struct arena *arena, struct span text)
{
    char *slug = arena_bytes(arena, text.bytes + 1);
    if (!slug)
        return SPAN_NONE;
    size_t n = 0;
    for (size_t at = 0; at < text.bytes;) {
        struct utf8_step step = utf8_next(text, at);
        const char *latin = step.valid ? latin_of(step.code) : NULL;
        char c = text.at[at];
        if (latin) {
            memcpy(slug + n, latin, 2);
            n += 2;
        } else if (ascii_is_alpha(c) || ascii_is_digit(c) || c == '.') {
            slug[n++] = ascii_lower(c);
        } else if (n && slug[n - 1] != '-') {
            slug[n++] = '-';
        }
        at += step.bytes;
    }
    while (n && slug[n - 1] == '-')
        n--;
    return span_of(slug, n);
}

bool finding_id_applies(const struct judgement *judgement, const struct pair *pair)
{
    return judgement->units[pair->unit].scope.scope == SCOPE_IN && pair->party != PARTY_FIRST;
}

static struct span plain_id(const struct judgement *judgement, const struct pair *pair, struct arena *arena)
{
    struct span unit = finding_id_slug(arena, judgement->units[pair->unit].unit->id);
    struct span entity = finding_id_slug(arena, pair->entity);
    struct span service = finding_id_slug(arena, pair->service);
    return arena_format(arena, "%u-%.*s-%.*s%s%.*s", judgement->year, SPAN_ARG(unit), SPAN_ARG(entity),
                        service.bytes ? "-" : "", SPAN_ARG(service));
}

/* Each id remembers how often it was wanted, so a long run of equal ones costs one step each. */
enum err finding_id_all(const struct judgement *judgement, struct arena *arena, struct span **out)
{
    struct intern ids;
    intern_init(&ids, arena);
    *out = arena_alloc(arena, judgement->pair_count * sizeof **out);
    uint32_t *wanted = arena_alloc(arena, 2 * judgement->pair_count * sizeof *wanted);
    if (!*out || !wanted)
        return ERR_MEMORY;
    for (size_t p = 0; p < judgement->pair_count; p++) {
        if (!finding_id_applies(judgement, &judgement->pairs[p]))
            continue;
        struct span plain = plain_id(judgement, &judgement->pairs[p], arena), id = plain;
        size_t known = ids.count;
        uint32_t first = intern_add(&ids, plain);
        while (first != INTERN_NONE && ids.count == known) {
            id = arena_format(arena, "%.*s-%u", SPAN_ARG(plain), ++wanted[first] + 1);
            if (intern_add(&ids, id) == INTERN_NONE)
                break;
        }
        if (arena->full)
            return ERR_MEMORY;
        (*out)[p] = id;
    }
    return ERR_OK;
}
