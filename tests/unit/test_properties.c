// SPDX-License-Identifier: MIT
/*
 * test_properties.c - the properties at the end of 5.7, over random registers and observations.
 *
 * A case is a unit. From the best to the worst: compliant, limited, unresolved, non-compliant; what grows worse is more of a
 * reproach to the authority. Not measured stands apart: a unit leaves it by a breach only (row 3), and comes to it only when its one
 * breach is cured.
 *
 * Pages "without third parties" are added inside the window. A later page moves the window's end, and by row 6 of 5.5 a basis
 * that has run out by then no longer remedies what it did not cover: such pairs are counted, and must have a basis that begins or ends in between.
 *
 * SEED is the first number, ROUNDS how many years of 40 units are drawn.
 */
#include "unit/random_year.h"

#include "ext/ext_psl.h"

#include <stdlib.h>

struct judged {
    struct arena arena; /* used again for the next */
    struct registers registers;
    struct index *index;
    struct judgement judgement;
};
struct counts {
    uint64_t cases, added_looks, added_bases, added_pages, moved_ends, verdicts[VERDICT_UNDETERMINED + 1];
};

enum { LATER = 20817 }; /* 30 December 2026 */

#ifdef __SANITIZE_ADDRESS__
#define ROUNDS 250 /* there the judge's memory is what is looked at */
#else
#define ROUNDS 2900
#endif

static struct suffixes *suffixes;
static struct random_year base_year, other_year;
static struct judged before_change, after_change;
static uint64_t seed;

static void judge(struct judged *out, const struct random_year *year, bool backwards)
{
    arena_reset(&out->arena);
    random_year_registers(year, &out->arena, &out->registers);
    out->index = arena_alloc(&out->arena, sizeof *out->index);
    assert_non_null(out->index);
    random_year_index(year, backwards, out->index);
    assert_int_equal(
        judge_year(out->index, &out->registers, suffixes, DATE_OPEN_TO, &out->arena, &out->judgement),
        ERR_OK);
    assert_int_equal(out->judgement.unit_count, UNITS);
}

/* By its name, since rows may lie in another order. */
static const struct unit_verdict *unit_of(const struct judged *judged, uint32_t unit)
{
    char id[8];
    snprintf(id, sizeof id, "U%02u", unit % 100);
    for (size_t i = 0; i < judged->judgement.unit_count; i++)
        if (span_equal(judged->judgement.units[i].unit->id, span_of_string(id)))
            return &judged->judgement.units[i];
    fail_msg("no unit %s", id);
    return NULL;
}

static const struct pair *pair_like(const struct judged *judged, const struct unit_verdict *unit,
                                    const struct pair *like)
{
    for (uint32_t i = unit->first_pair; i < unit->first_pair + unit->pair_count; i++) {
        const struct pair *pair = &judged->judgement.pairs[i];
        if (span_equal(pair->entity, like->entity) && span_equal(pair->service, like->service) &&
            (pair->verdict == VERDICT_NOT_THIRD_PARTY) == (like->verdict == VERDICT_NOT_THIRD_PARTY) &&
            (pair->verdict != VERDICT_NOT_THIRD_PARTY || pair->party == like->party))
            return pair;
    }
    return NULL;
}

/* -1: a unit nobody judges, or that is not measured. */
static int badness(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_COMPLIANT:
        return 0;
    case VERDICT_LIMITED:
        return 1;
    case VERDICT_UNRESOLVED:
        return 2;
    case VERDICT_NON_COMPLIANT:
        return 3;
    default:
        return -1;
    }
}

static void wrong(const char *property, uint32_t unit, const struct unit_verdict *before,
                  const struct unit_verdict *after)
{
    fail_msg("seed %llu unit U%02u: %s: %s became %s", (unsigned long long)seed, unit, property,
             verdict_name(before->verdict), verdict_name(after->verdict));
}

static void check_never_better(uint32_t unit, const struct unit_verdict *before,
                               const struct unit_verdict *after)
{
    bool unmeasured = before->verdict == VERDICT_NOT_MEASURED;
    if (unmeasured ? after->verdict != VERDICT_NOT_MEASURED && after->verdict != VERDICT_NON_COMPLIANT
                   : badness(after->verdict) < badness(before->verdict))
        wrong("an uncovered third party more", unit, before, after);
}

static void check_never_worse(uint32_t unit, const struct unit_verdict *before,
                              const struct unit_verdict *after)
{
    bool unmeasured = after->verdict == VERDICT_NOT_MEASURED;
    if (unmeasured ? before->verdict != VERDICT_NOT_MEASURED && before->verdict != VERDICT_NON_COMPLIANT
                   : badness(after->verdict) > badness(before->verdict))
        wrong("a basis more that holds", unit, before, after);
}

static bool is_open(const struct pair *pair, uint32_t host)
{
    return !pair->basis_count && badness(pair->verdict) >= 2 && strcmp(pair->code, "V-MANUAL") &&
           span_equal(pair->entity, span_of_string(world[host].entity)) &&
           span_equal(pair->service, span_of_string(world[host].service));
}

/* A host that is uncovered on this unit: nobody declared or decided anything of it, or nobody ever speaks of it. */
static uint32_t uncovered_host(const struct judged *judged, uint32_t unit)
{
    const struct unit_verdict *verdict = unit_of(judged, unit);
    uint32_t found[HOSTS + 1] = {UNCOVERED}, count = 1;
    for (uint32_t h = 0; h < UNCOVERED; h++)
        for (uint32_t i = verdict->first_pair; i < verdict->first_pair + verdict->pair_count; i++)
            if (is_open(&judged->judgement.pairs[i], h)) {
                found[count++] = h;
                break;
            }
    return found[roll(&other_year, count)];
}

/* A capture that does not look there yet, or NULL. */
static struct slot *slot_without(uint32_t unit, uint32_t host)
{
    uint32_t first = roll(&other_year, SLOTS);
    for (uint32_t i = 0; i < SLOTS; i++) {
        struct slot *slot = &other_year.slots[unit][(first + i) % SLOTS];
        if (slot->is_there && !slot->looks[host].is_there)
            return slot;
    }
    return NULL;
}

/* One observation of grade A or B more on some page of every unit that has one. */
static void test_look(const struct judged *before, struct counts *counts)
{
    static const enum evidence strong[] = {EVIDENCE_O1, EVIDENCE_O2, EVIDENCE_O3, EVIDENCE_O4, EVIDENCE_O5};
    other_year = base_year;
    for (uint32_t unit = 0; unit < UNITS; unit++) {
        uint32_t h = uncovered_host(before, unit);
        struct slot *slot = slot_without(unit, h);
        if (!slot)
            continue;
        slot->looks[h] = (struct look){
            .is_there = true, .evidence = strong[roll(&other_year, 5)], .resource = RESOURCE_IMAGE};
        counts->added_looks++;
    }
    judge(&after_change, &other_year, false);
    for (uint32_t unit = 0; unit < UNITS; unit++)
        check_never_better(unit, unit_of(before, unit), unit_of(&after_change, unit));
}

/* An agreement in perfect order, always in force, with a third party of every unit. */
static void test_basis(const struct judged *before, struct counts *counts)
{
    other_year = base_year;
    for (uint32_t unit = 0; unit < UNITS; unit++) {
        const struct unit_verdict *verdict = unit_of(before, unit);
        if (!verdict->pair_count)
            continue;
        const struct pair *pair =
            &before->judgement.pairs[verdict->first_pair + roll(&other_year, verdict->pair_count)];
        add_row(&other_year.bases, "%s%02u,U%02u,,%.*s,%.*s,,agreement,,,,bans,yes,no,,,,dok,,,accepted\n",
                PICK(&other_year, "A", "N"), unit, unit, SPAN_ARG(pair->entity), SPAN_ARG(pair->service));
        counts->added_bases++;
    }
    judge(&after_change, &other_year, false);
    for (uint32_t unit = 0; unit < UNITS; unit++) {
        const struct unit_verdict *old = unit_of(before, unit), *new = unit_of(&after_change, unit);
        check_never_worse(unit, old, new);
        for (uint32_t i = old->first_pair; i < old->first_pair + old->pair_count; i++) {
            const struct pair *pair = &before->judgement.pairs[i], *now = pair_like(&after_change, new, pair);
            if (!now || badness(now->verdict) > badness(pair->verdict))
                wrong("a pair grew worse by a basis that holds", unit, old, new);
        }
    }
}

/* Empty places become captures of pages that look at nobody, on any day up to `last`; LATER: all on that day. */
static void add_pages(struct counts *counts, int64_t last)
{
    other_year = base_year;
    for (uint32_t unit = 0; unit < UNITS; unit++)
        for (uint32_t s = 0; s < SLOTS; s++) {
            struct slot *slot = &other_year.slots[unit][s];
            if (slot->is_there || roll(&other_year, 2))
                continue;
            draw_slot(&other_year, slot);
            slot->has_vendor_cookie = roll(&other_year, 2);
            if (slot->day > last || last == LATER)
                slot->day = last;
            counts->added_pages++;
        }
}

static bool is_new_reproach(const struct judged *before, const struct unit_verdict *old,
                            const struct pair *now)
{
    const struct pair *was = pair_like(before, old, now);
    return badness(now->verdict) >= 2 && (!was || badness(was->verdict) < badness(now->verdict));
}

static int64_t last_day(void)
{
    int64_t last = 0;
    for (uint32_t unit = 0; unit < UNITS; unit++)
        for (uint32_t s = 0; s < SLOTS; s++)
            if (base_year.slots[unit][s].is_there && base_year.slots[unit][s].day > last)
                last = base_year.slots[unit][s].day;
    return last;
}

/* Does some basis of it begin or end between the two ends? */
static bool depends_on_end(const struct pair *pair, int64_t old_end, int64_t new_end)
{
    for (size_t i = 0; i < pair->basis_count; i++) {
        int64_t from = pair->bases[i].basis->valid_from, to = pair->bases[i].basis->valid_to;
        if ((from > old_end && from <= new_end) || (to >= old_end && to < new_end))
            return true;
    }
    return false;
}

static void test_pages(const struct judged *before, struct counts *counts, bool moves_the_end)
{
    add_pages(counts, moves_the_end ? LATER : last_day());
    judge(&after_change, &other_year, false);
    for (uint32_t unit = 0; unit < UNITS; unit++) {
        const struct unit_verdict *old = unit_of(before, unit), *new = unit_of(&after_change, unit);
        for (uint32_t i = new->first_pair; i < new->first_pair + new->pair_count; i++) {
            const struct pair *pair = &after_change.judgement.pairs[i];
            if (!is_new_reproach(before, old, pair))
                continue;
            if (!moves_the_end || !depends_on_end(pair, last_day(), LATER))
                wrong("pages without third parties", unit, old, new);
            counts->moved_ends++;
        }
    }
}

static bool is_same_pair(const struct pair *a, const struct pair *b)
{
    return span_equal(a->entity, b->entity) && span_equal(a->service, b->service) &&
           a->verdict == b->verdict && span_equal(a->codes, b->codes) && span_equal(a->hosts, b->hosts) &&
           a->page_count == b->page_count && a->capture_count == b->capture_count &&
           a->best.grade == b->best.grade;
}

static void test_order(const struct judged *before)
{
    other_year = base_year;
    random_year_shuffle(&other_year);
    judge(&after_change, &other_year, true);
    for (uint32_t unit = 0; unit < UNITS; unit++) {
        const struct unit_verdict *old = unit_of(before, unit), *new = unit_of(&after_change, unit);
        bool same = old->verdict == new->verdict && old->row == new->row &&
                    old->pair_count == new->pair_count &&span_equal(old->scope.codes, new->scope.codes) &&
                    span_equal(old->measurement.failed_criteria, new->measurement.failed_criteria);
        for (uint32_t i = 0; same && i < old->pair_count; i++)
            same = is_same_pair(&before->judgement.pairs[old->first_pair + i],
                                &after_change.judgement.pairs[new->first_pair + i]);
        if (!same)
            wrong("another order", unit, old, new);
    }
}

static uint64_t number_of(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text ? strtoull(text, NULL, 10) : otherwise;
}

static void test_properties(void **state)
{
    (void)state;
    struct counts counts = {0};
    uint64_t first = number_of("SEED", 1), rounds = number_of("ROUNDS", ROUNDS);
    assert_int_equal(suffixes_load(NULL, &suffixes), ERR_OK);
    arena_init(&before_change.arena, 64u << 20);
    arena_init(&after_change.arena, 64u << 20);
    for (seed = first; seed < first + rounds; seed++) {
        random_year_draw(&base_year, seed);
        judge(&before_change, &base_year, false);
        counts.cases += UNITS;
        for (size_t i = 0; i < before_change.judgement.unit_count; i++)
            counts.verdicts[before_change.judgement.units[i].verdict]++;
        test_look(&before_change, &counts);
        test_basis(&before_change, &counts);
        test_pages(&before_change, &counts, false);
        test_pages(&before_change, &counts, true);
        test_order(&before_change);
    }
    suffixes_free(suffixes);
    arena_free(&before_change.arena);
    arena_free(&after_change.arena);
    print_message(
        "seed %llu: %llu units; %llu looks, %llu bases, %llu pages added; %llu pairs worse by a later end\n",
        (unsigned long long)first, (unsigned long long)counts.cases, (unsigned long long)counts.added_looks,
        (unsigned long long)counts.added_bases, (unsigned long long)counts.added_pages,
        (unsigned long long)counts.moved_ends);
    for (enum verdict verdict = VERDICT_COMPLIANT; verdict <= VERDICT_OUTSIDE; verdict++) {
        print_message("  %s %llu\n", verdict_name(verdict), (unsigned long long)counts.verdicts[verdict]);
        assert_true(counts.verdicts[verdict] > rounds / 10);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_properties)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
