// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "5_judge/withhold.h"
#include "unit/layers_of.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* A gap that only a list that is not for commercial use fills is marked. */
static void test_gaps(void **state)
{
    (void)state;
    struct layers_read read;
    layers_of_valid((struct layer_row[LAYERS]){LAYER("a", FREE, ENTITIES "En A/S,,,,\n",
                                                     SERVICES "S,En A/S,ad\n", PATTERNS "S,x.com,,,,\n"),
                                               LAYER("b", NC, ENTITIES "en a/s,To A/S,DK,,\n")},
                    NULL, NULL, &read);
    const struct catalogue_service *s = &read.registers.catalogue->services[0];
    assert_true(span_equal(s->owner, SPAN("To A/S")) && span_equal(s->country, SPAN("DK")));
    assert_int_equal(s->withheld, WITHHELD_OWNER | WITHHELD_COUNTRY);
    arena_free(&read.arena);
}

/* What a list that is not for commercial use calls an entity is for its own services, and for rows about them. */
static void test_closed_names(void **state)
{
    (void)state;
    static const struct layer_row layers[LAYERS] = {
        LAYER("a", NC,
              ENTITIES
              "Acme Holdings,,US,Acme,\nVend Holdings,,US,Vend,\nSpor Inc.,,FR,Spor,\nIdle Inc.,,FR,Idle,\n"
              "Kontoret ApS,,SE,Kontoret,\nEn A/S,,SE,Ene;Anden,\nTop Holdings,,US,Top,\n",
              SERVICES "Acme Annoncer,Acme,ad\nSporet,Spor,ad\n",
              PATTERNS "Acme Annoncer,ad.com,,,,\nSporet,spor.com,,,,\n"),
        LAYER("b", FREE, ENTITIES "Kontoret,,DK,,yes\nEn A/S,Top,,Et,\n",
              SERVICES "V,Vend,ad\nKort,Kontoret,content\nS,Et,ad\n",
              PATTERNS "V,vend.com,,,,\nKort,kort.dk,,,,\nS,en.com,,,,\n"),
    };
    static const struct {
        const char *host, *entity, *owner, *country;
        unsigned withheld;
    } rows[] = {
        {"acme.com",  "Acme",          "",              "",   0                                   },
        {"ad.com",    "Acme Holdings", "Acme Holdings", "US", WITHHELD_IDENTITY | WITHHELD_COUNTRY},
        {"vend.com",  "Vend",          "",              "",   0                                   },
        {"spor.com",  "Spor Inc.",     "Spor Inc.",     "FR", WITHHELD_IDENTITY | WITHHELD_COUNTRY},
        {"kort.dk",   "Kontoret",      "Kontoret",      "DK", 0                                   },
        {"en.com",    "En A/S",        "Top",           "SE", WITHHELD_COUNTRY                    },
        {"anden.com", "Anden",         "",              "",   0                                   },
    };
    static const char *const bases[] = {"Acme", "Vend", "Spor Inc.", "Idle", "Kontoret", "En A/S", "Anden"};
    struct layers_read read;
    layers_of_valid(layers, LOCAL "acme.com,A,Acme,\nanden.com,B,Anden,\n",
                    "basis_id,unit_id,entity,basis_type\nB1,U,ACME,agreement\nB2,U,vend,agreement\n"
                    "B3,U,spor,agreement\nB4,U,Idle,agreement\nB5,U,kontoret,agreement\nB6,U,Et,agreement\n"
                    "B7,U,Anden,agreement\n",
                    &read);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct catalogue_place place = {
            .host = span_of_string(rows[i].host), .path = SPAN("/"), .day = 20454};
        const struct catalogue_service *s = catalogue_find(read.registers.catalogue, &place);
        assert_non_null(s);
        if (!span_equal(s->entity, span_of_string(rows[i].entity)) ||
            !span_equal(s->owner, span_of_string(rows[i].owner)) ||
            !span_equal(s->country, span_of_string(rows[i].country)) || s->withheld != rows[i].withheld ||
            s->is_public != !strcmp(rows[i].host, "kort.dk"))
            fail_msg("%s: %.*s, %.*s, %.*s, %u", rows[i].host, SPAN_ARG(s->entity), SPAN_ARG(s->owner),
                     SPAN_ARG(s->country), s->withheld);
    }
    for (size_t i = 0; i < COUNT(bases); i++)
        if (!span_equal_nocase(read.registers.bases[i].entity, span_of_string(bases[i])))
            fail_msg("%s: %.*s", bases[i], SPAN_ARG(read.registers.bases[i].entity));
    arena_free(&read.arena);
}

/* Of what several layers say of the same, a list that is not for commercial use comes last. */
static const struct layer_row repeated[LAYERS] = {
    LAYER("a", FREE, ENTITIES "En A/S,,,,\n", SERVICES "S,En A/S,ad\n",
          PATTERNS "S,*.x.com,,_x,,\nS,old.y.com,,,,2025-12-31\n", NULL, "host,canonical\nt.u.dk,s.x.com\n"),
    LAYER("b", NC, ENTITIES "To A/S,,,,\n", SERVICES "T,To A/S,ad\n",
          PATTERNS "T,*.x.com,,_x;_xx,,\nT,a.x.com,,,,\nT,old.y.com,,,,\n", NULL,
          "host,canonical\nt.u.dk,t.x.com\nv.u.dk,t.x.com\n"),
};

static void test_order(void **state)
{
    (void)state;
    static const struct {
        const char *host, *cookie, *service;
    } rows[] = {
        {"x.com",     NULL,   "S"},
        {"a.x.com",   NULL,   "T"}, /* more specific */
        {"old.y.com", NULL,   "T"}, /* a gap on that day */
        {NULL,        "_x1",  "S"},
        {NULL,        "_xx1", "T"},
    };
    struct layers_read read;
    layers_of_valid(repeated, NULL, NULL, &read);
    const struct catalogue *catalogue = read.registers.catalogue;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct catalogue_place place = {
            .host = span_of_string(rows[i].host), .path = SPAN("/"), .day = 20454};
        const struct catalogue_service *found =
            rows[i].host ? catalogue_find(catalogue, &place)
                         : catalogue_find_cookie(catalogue, span_of_string(rows[i].cookie), 20454);
        if (!found || !span_equal(found->service, span_of_string(rows[i].service)))
            fail_msg("%s", rows[i].host ? rows[i].host : rows[i].cookie);
    }
    assert_int_equal(catalogue->alias_count, 3);
    assert_true(span_equal(catalogue->aliases[1].canonical, SPAN("s.x.com")) &&
                !catalogue->aliases[1].withheld);
    assert_true(catalogue->aliases[0].withheld && catalogue->aliases[2].withheld);
    arena_free(&read.arena);
}

/* A list that is not for commercial use repeats a service: what it says counts for its own, and there after the others. */
static void test_closed_facts(void **state)
{
    (void)state;
    struct layers_read read;
    layers_of_valid((struct layer_row[LAYERS]){LAYER("a", FREE, ONE_NAME, PATTERNS "S,x.com,,,,\n",
                                                     FACTS "S,own_use_possible,no,,,,2025-12-31\n", NULL),
                                               LAYER("b", NC, ONE_NAME, PATTERNS "S,y.com,,,,\n",
                                                     FACTS "S,own_use_possible,yes,,,,\n"
                                                           "S,optout_exists,yes,,,,\n"
                                                           "S,signal,must_not,decisive,x.com,,\n",
                                                     NULL)},
                    NULL, NULL, &read);
    const struct catalogue_service *services = read.registers.catalogue->services;
    date_days then = layers_day("2025-12-31"), now = layers_day("2026-01-01");
    assert_int_equal(services[0].group, services[1].group);
    assert_int_equal(catalogue_known_on(&services[0].facts, then).own_use_possible, TRUTH_FALSE);
    assert_int_equal(catalogue_known_on(&services[0].facts, now).own_use_possible, TRUTH_UNKNOWN);
    assert_int_equal(catalogue_known_on(&services[0].facts, now).optout_exists, TRUTH_UNKNOWN);
    assert_int_equal(
        catalogue_signal_of(&services[0].facts, SPAN("x.com"), SPAN("/"), SPAN("https://x.com/"), now),
        SIGNAL_NONE);
    assert_int_equal(catalogue_known_on(&services[1].facts, then).own_use_possible, TRUTH_FALSE);
    assert_int_equal(catalogue_known_on(&services[1].facts, now).own_use_possible, TRUTH_TRUE);
    assert_int_equal(catalogue_known_on(&services[1].facts, now).optout_exists, TRUTH_TRUE);
    arena_free(&read.arena);
}

/* Pairs of one domain stay apart; the order is that of a judgement. */
static void test_withhold(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1u << 20);
    struct pair pairs[] = {
        {.entity = SPAN("Anden"),
         .service = SPAN("A"),
         .owner = SPAN("Ejer"),
         .country = SPAN("US"),
         .site = SPAN("a.com"),
         .withheld = WITHHELD_OWNER},
        {.entity = SPAN("Sporer"),
         .service = SPAN("S"),
         .owner = SPAN("Ejer"),
         .category = SPAN("ad"),
         .country = SPAN("US"),
         .site = SPAN("s.com"),
         .hosts = SPAN("x.s.com"),
         .withheld = WITHHELD_IDENTITY},
        {.entity = SPAN("Sporer"),
         .service = SPAN("T"),
         .site = SPAN("s.com"),
         .hosts = SPAN("y.s.com"),
         .withheld = WITHHELD_IDENTITY},
        {.entity = SPAN("Åben"),
         .service = SPAN("Å"),
         .owner = SPAN("Åben"),
         .country = SPAN("DK"),
         .site = SPAN("aa.com") },
    };
    struct unit_verdict unit = {.pair_count = COUNT(pairs)};
    struct judgement judgement = {
        .units = &unit, .unit_count = 1, .pairs = pairs, .pair_count = COUNT(pairs)};
    static const struct {
        const char *entity, *service, *owner, *country, *category;
    } rows[] = {
        {"Anden", "A",       "",      "US", ""},
        {"s.com", "",        "",      "",   ""},
        {"s.com", "y.s.com", "",      "",   ""},
        {"Åben", "Å",      "Åben", "DK", ""},
    };
    assert_int_equal(withhold_identities(&judgement, &arena), ERR_OK);
    assert_int_equal(judgement.withheld_count, 3);
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_true(span_equal(pairs[i].entity, span_of_string(rows[i].entity)));
        assert_true(span_equal(pairs[i].service, span_of_string(rows[i].service)));
        assert_true(span_equal(pairs[i].owner, span_of_string(rows[i].owner)));
        assert_true(span_equal(pairs[i].country, span_of_string(rows[i].country)));
        assert_true(span_equal(pairs[i].category, span_of_string(rows[i].category)));
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gaps),     cmocka_unit_test(test_closed_names),
        cmocka_unit_test(test_order),    cmocka_unit_test(test_closed_facts),
        cmocka_unit_test(test_withhold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
