// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "5_judge/basis.h"
#include "5_judge/directory.h"
#include "unit/layers_of.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct layer_row lookups[LAYERS] = {
    LAYER("a", FREE, ENTITIES "Vid Inc.,Holding,US,Vid;Gl. Vid,\nHolding,Top Corp.,IE,,\nKontoret,,DK,,yes\n",
          SERVICES "Vid,Vid Inc.,video\nVid Annoncer,vid inc.,ad\nVid Kort,Vid,content\nKontorets "
                   "kort,Kontoret,utility\n",
          PATTERNS "Vid,*.vid.com,,,,\n"
                   "Vid,player.vid.com,,,,\n"
                   "Vid Annoncer,player.vid.com,ad,,,\n"
                   "Vid Kort,player.vid.com,ad=0,,,\n"
                   "Vid Kort,player.vid.com/kort,,,,\n"
                   "Vid Annoncer,*.vid.com,ads,_vid,,\n"
                   "Kontorets kort,*.kontor.dk,,,,\n",
          NULL, NULL),
    LAYER("b", NC, ENTITIES "Vid,,DE,,\nSporer Inc.,,FR,,\n", SERVICES "Sporer,Sporer Inc.,ad\n",
          PATTERNS "Sporer,*.spor.com,,_spor,,\nSporer,old.vid.com,,,,2025-12-31\n", NULL,
          "host,canonical\nt.u.dk,x.spor.com\n"),
    LAYER("c", FREE, ENTITIES "GL. VID,,NO,,\n", SERVICES "Ny Vid,Gl. Vid,other\n",
          PATTERNS "Ny Vid,new.vid.com,,,,\nNy Vid,player.vid.com/kort,,,2026-06-01,\n", NULL, NULL),
};
static const char local_rows[] = LOCAL "*.egen.com,Egen,Egen A/S,SE\nwww.vid.com,Lokal,VID,\n";

static void test_lookup(void **state)
{
    (void)state;
    static const struct {
        const char *host, *url, *day, *service; /* NULL: nobody */
        bool settled;
    } rows[] = {
        {"a.vid.com",      "https://a.vid.com/",                 "2026-01-01", "Vid",            false},
        {"a.vid.com",      "https://a.vid.com/?ads=1",           "2026-01-01", "Vid Annoncer",   false},
        {"vid.com",        "https://vid.com/?x&ads#f",           "2026-01-01", "Vid Annoncer",   false},
        {"vid.com",        "https://vid.com/?x#?ads",            "2026-01-01", "Vid",            false},
        {"player.vid.com", "https://player.vid.com/",            "2026-01-01", "Vid",            false},
        {"player.vid.com", "https://player.vid.com/?ads=1",      "2026-01-01", "Vid",            false}, /* host > wildcard */
        {"player.vid.com", "https://player.vid.com/?a=1&ad=1",   "2026-01-01", "Vid Annoncer",   false},
        {"player.vid.com", "https://player.vid.com/?ad=0",       "2026-01-01", "Vid Kort",       false}, /* value > key */
        {"player.vid.com", "https://player.vid.com/kort/1?ad=1", "2026-01-01", "Vid Kort",
         false                                                                                        }, /* path > query */
        {"player.vid.com", "https://player.vid.com/kort/1",      "2026-06-01", "Ny Vid",         false}, /* later layer */
        {"old.vid.com",    "https://old.vid.com/",               "2025-12-31", "Sporer",         false},
        {"old.vid.com",    "https://old.vid.com/",               "2026-01-01", "Vid",            false},
        {"new.vid.com",    "https://new.vid.com/",               "2026-01-01", "Ny Vid",         false},
        {"www.vid.com",    "https://www.vid.com/",               "2026-01-01", "Lokal",          false},
        {"x.spor.com",     "https://x.spor.com/",                "2026-01-01", "Sporer",         true },
        {"a.egen.com",     "https://a.egen.com/",                "2026-01-01", "Egen",           true },
        {"kontor.dk",      "https://kontor.dk/",                 "2026-01-01", "Kontorets kort", true },
        {"fremmed.com",    "https://fremmed.com/",               "2026-01-01", NULL,             true },
    };
    struct layers_read read;
    layers_of_valid(lookups, local_rows, NULL, &read);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span url = span_of_string(rows[i].url), path = span_from(url, 8 + strlen(rows[i].host));
        struct catalogue_place place = {span_of_string(rows[i].host),
                                        span_first(path, span_find(path, '?', 0)), url,
                                        layers_day(rows[i].day), SPAN_NONE};
        const struct catalogue_service *found = catalogue_find(read.registers.catalogue, &place);
        if ((found ? !rows[i].service || !span_equal(found->service, span_of_string(rows[i].service))
                   : rows[i].service != NULL) ||
            catalogue_is_settled(read.registers.catalogue, place.host) != rows[i].settled)
            fail_msg("%s: %.*s", rows[i].url, SPAN_ARG(found ? found->service : SPAN("")));
    }
    assert_null(catalogue_find(NULL, &(struct catalogue_place){.host = SPAN("vid.com")}));
    assert_true(catalogue_is_settled(NULL, SPAN("vid.com")));
    arena_free(&read.arena);
}

/* Names of the first layer, owners at the top, countries of the last one that may say so. */
static void test_entities(void **state)
{
    (void)state;
    static const struct {
        const char *host, *entity, *owner, *country;
        unsigned withheld;
    } rows[] = {
        {"a.vid.com",   "Vid Inc.",    "Top Corp.",   "NO", 0                                   },
        {"new.vid.com", "Vid Inc.",    "Top Corp.",   "NO", 0                                   },
        {"www.vid.com", "Vid Inc.",    "Top Corp.",   "NO", 0                                   },
        {"x.spor.com",  "Sporer Inc.", "Sporer Inc.", "FR", WITHHELD_IDENTITY | WITHHELD_COUNTRY},
        {"a.egen.com",  "Egen A/S",    "",            "SE", 0                                   },
    };
    struct layers_read read;
    layers_of_valid(lookups, local_rows,
                    "basis_id,unit_id,entity,basis_type\nB1,U,gl. vid,agreement\nB2,U,Fremmed,agreement\n",
                    &read);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct catalogue_place place = {
            .host = span_of_string(rows[i].host), .path = SPAN("/"), .day = 20454};
        const struct catalogue_service *s = catalogue_find(read.registers.catalogue, &place);
        assert_non_null(s);
        if (!span_equal(s->entity, span_of_string(rows[i].entity)) ||
            !span_equal(s->owner, span_of_string(rows[i].owner)) ||
            !span_equal(s->country, span_of_string(rows[i].country)) || s->withheld != rows[i].withheld)
            fail_msg("%s: %.*s, %.*s, %.*s, %u", rows[i].host, SPAN_ARG(s->entity), SPAN_ARG(s->owner),
                     SPAN_ARG(s->country), s->withheld);
    }
    assert_true(span_equal(read.registers.bases[0].entity, SPAN("Vid Inc.")));
    assert_true(span_equal(read.registers.bases[1].entity, SPAN("Fremmed")));
    assert_int_equal(read.registers.catalogue->sha256.bytes, 64);
    const struct catalogue_service *cookie =
        catalogue_find_cookie(read.registers.catalogue, SPAN("_spor_1"), 20454);
    assert_true(cookie && span_equal(cookie->service, SPAN("Sporer")));
    arena_free(&read.arena);
}

/* own_parties.csv: an operator on a host of a cloud that a layer knows, and on one of an analyst. */
static void test_operator(void **state)
{
    (void)state;
    static const struct {
        const char *local, *host, *rule;
    } rows[] = {
        {NULL,                                         "drift.sky.com", "P4"},
        {NULL,                                         "drift.tal.com", "P5"},
        {LOCAL "drift.sky.com,Sky CDN,Drift A/S,DK\n", "drift.sky.com",
         "P5"                                                               }, /* the registers say so themselves */
    };
    static const struct layer_row layers[LAYERS] = {LAYER("a", FREE, ENTITIES "Sky Inc.,,,,\nTal A/S,,,,\n",
                                                          SERVICES
                                                          "Sky,Sky Inc.,hosting\nTal,Tal A/S,analytics\n",
                                                          PATTERNS "Sky,*.sky.com,,,,\nTal,*.tal.com,,,,\n")};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct layers_read read;
        struct directory directory;
        layers_of_valid(layers, rows[i].local, NULL, &read);
        struct own_party operator= {.unit_id = SPAN("*"),
                                    .pattern = span_of_string(rows[i].host),
                                    .relation = RELATION_OPERATOR,
                                    .service = SPAN("Portaldrift"),
                                    .valid_from = DATE_OPEN_FROM,
                                    .valid_to = DATE_OPEN_TO};
        read.registers.own_parties = &operator;
        read.registers.own_party_count = 1;
        assert_int_equal(directory_init(&directory, &read.registers, &read.arena), ERR_OK);
        struct directory_query query = {.unit = &read.registers.units[0],
                                        .host = span_of_string(rows[i].host),
                                        .path = SPAN("/"),
                                        .site = SPAN("x.com"),
                                        .third = true};
        assert_string_equal(directory_find(&directory, &query).rule, rows[i].rule);
        arena_free(&read.arena);
    }
}

static void test_directory(void **state)
{
    (void)state;
    static const struct {
        const char *host, *rule, *entity;
        bool third;
        unsigned withheld;
    } rows[] = {
        {"kort.kontor.dk", "P6", "Kontoret",    true,  0                                   },
        {"kort.kontor.dk", "P1", "Kontoret",    false, 0                                   }, /* its own page */
        {"t.u.dk",         "P2", "Sporer Inc.", false, WITHHELD_IDENTITY | WITHHELD_COUNTRY},
        {"a.vid.com",      "P7", "Vid Inc.",    true,  0                                   },
        {"fremmed.com",    "P8", "fremmed.com", true,  0                                   },
    };
    struct layers_read read;
    struct directory directory;
    layers_of_valid(lookups, local_rows, NULL, &read);
    assert_int_equal(directory_init(&directory, &read.registers, &read.arena), ERR_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct directory_query query = {.unit = &read.registers.units[0],
                                        .host = span_of_string(rows[i].host),
                                        .path = SPAN("/"),
                                        .site = span_of_string(rows[i].host),
                                        .third = rows[i].third};
        struct directory_entry entry = directory_find(&directory, &query);
        if (strcmp(entry.rule, rows[i].rule) || !span_equal(entry.entity, span_of_string(rows[i].entity)) ||
            entry.withheld != rows[i].withheld)
            fail_msg("%s: %s %.*s %u", rows[i].host, entry.rule, SPAN_ARG(entry.entity), entry.withheld);
    }
    arena_free(&read.arena);
}

static const struct layer_row dated[LAYERS] = {
    LAYER("a", FREE, ONE_NAME, PATTERNS "S,x.com,,,,\n",
          FACTS "S,optout_exists,no,,,,2026-03-31\n"
                "S,optout_exists,yes,,Indstilling,2026-04-01,\n"
                "S,optout_effective,partly,,,,\n"
                "S,own_use_possible,yes,,,,\n"
                "S,own_use_default,yes,,,,\n"
                "S,standard_terms,https://x.com/terms,,,,\n"
                "S,signal,must,indicative,x.com/v?dnt=1,,\n"
                "S,signal,must_not,decisive,x.com/ads,2026-06-01,\n"
                "S,signal,must_not,decisive,x.com?profil,,\n",
          NULL),
    LAYER("b", FREE, NULL, NULL, NULL, FACTS "S,own_use_possible,no,,,2026-05-01,2026-05-31\n", NULL),
};

static void test_facts(void **state)
{
    (void)state;
    static const struct {
        const char *day;
        enum truth optout, own_use;
        enum extent effective;
    } rows[] = {
        {"2026-03-31", TRUTH_FALSE, TRUTH_TRUE,  EXTENT_PARTLY},
        {"2026-04-01", TRUTH_TRUE,  TRUTH_TRUE,  EXTENT_PARTLY},
        {"2026-05-31", TRUTH_TRUE,  TRUTH_FALSE, EXTENT_PARTLY}, /* a later layer, while it holds */
        {"2026-06-01", TRUTH_TRUE,  TRUTH_TRUE,  EXTENT_PARTLY},
    };
    struct layers_read read;
    layers_of_valid(dated, NULL, NULL, &read);
    const struct catalogue_facts *facts = &read.registers.catalogue->services[0].facts;
    assert_true(facts->has_dates && read.registers.catalogue->has_signals);
    assert_false(catalogue_is_settled(read.registers.catalogue, SPAN("x.com")));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct catalogue_known known = catalogue_known_on(facts, layers_day(rows[i].day));
        assert_int_equal(known.optout_exists, rows[i].optout);
        assert_int_equal(known.own_use_possible, rows[i].own_use);
        assert_int_equal(known.optout_effective, rows[i].effective);
    }
    arena_free(&read.arena);
}

static void test_signals(void **state)
{
    (void)state;
    static const struct {
        const char *path, *url, *day;
        enum signal signal;
    } rows[] = {
        {"/v/1", "https://x.com/v/1?dnt=1",          "2026-06-01", SIGNAL_CONSISTENT},
        {"/v/1", "https://x.com/v/1",                "2026-06-01", SIGNAL_INDICATIVE},
        {"/v/1", "https://x.com/v/1?dnt=0",          "2026-06-01", SIGNAL_INDICATIVE},
        {"/v/1", "https://x.com/v/1?dnt=1&profil=a", "2026-06-01", SIGNAL_DECISIVE  },
        {"/vi",  "https://x.com/vi",                 "2026-06-01", SIGNAL_CONSISTENT}, /* not below /v */
        {"/ads", "https://x.com/ads",                "2026-06-01", SIGNAL_DECISIVE  },
        {"/ads", "https://x.com/ads",                "2026-05-31", SIGNAL_CONSISTENT},
    };
    struct layers_read read;
    layers_of_valid(dated, NULL, NULL, &read);
    const struct catalogue_facts *facts = &read.registers.catalogue->services[0].facts;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (catalogue_signal_of(facts, SPAN("x.com"), span_of_string(rows[i].path),
                                span_of_string(rows[i].url), layers_day(rows[i].day)) != rows[i].signal)
            fail_msg("%s", rows[i].url);
    assert_int_equal(catalogue_signal_of(facts, SPAN("y.com"), SPAN("/v"), SPAN("https://y.com/v"), 20454),
                     SIGNAL_NONE);
    arena_free(&read.arena);
}

/* A prefix is known while a pattern that has it is in force; else a shorter one is. */
static void test_cookie_days(void **state)
{
    (void)state;
    static const struct {
        const char *name, *day, *service; /* NULL: nobody */
    } rows[] = {
        {"_c_1", "2025-05-31", NULL},
        {"_c_1", "2025-06-01", "S" },
        {"_c_1", "2025-12-31", "S" },
        {"_c_1", "2026-01-01", "T" },
        {"_c_1", "2026-03-01", "U" }, /* a later layer, while it holds */
        {"_c_1", "2026-04-01", "T" },
        {"_c_x", "2025-12-31", "S" },
        {"_c_x", "2026-01-01", "U" }, /* longer */
        {"_l_1", "2025-06-01", "L" }, /* services.csv has no days */
    };
    struct layers_read read;
    layers_of_valid((struct layer_row[LAYERS]){LAYER("a", FREE, ENTITIES "En A/S,,,,\nTo A/S,,,,\n",
                                                     SERVICES "S,En A/S,ad\nT,To A/S,ad\nU,To A/S,ad\n",
                                                     PATTERNS "T,a.com,,_c,2026-01-01,\n"
                                                              "S,b.com,,_c,2025-06-01,2025-12-31\n"
                                                              "U,c.com,,_c_x,2026-01-01,\n"),
                                               LAYER("b", FREE, NULL, NULL,
                                                     PATTERNS "U,d.com,,_c,2026-03-01,2026-03-31\n")},
                    "pattern,service,entity,country,cookie_prefixes\nl.com,L,Lokal,,_l\n", NULL, &read);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct catalogue_service *found = catalogue_find_cookie(
            read.registers.catalogue, span_of_string(rows[i].name), layers_day(rows[i].day));
        if (!found != !rows[i].service ||
            (found && !span_equal(found->service, span_of_string(rows[i].service))))
            fail_msg("%s %s", rows[i].name, rows[i].day);
    }
    arena_free(&read.arena);
}

/* What a document promises counts no further than the catalogue knows. */
static void test_effective(void **state)
{
    (void)state;
    static const struct {
        enum extent catalogue, declared;
        const char *code;
    } rows[] = {
        {EXTENT_UNKNOWN, EXTENT_YES,     "O-OK"         },
        {EXTENT_YES,     EXTENT_UNKNOWN, "O-OK"         },
        {EXTENT_YES,     EXTENT_YES,     "O-OK"         },
        {EXTENT_PARTLY,  EXTENT_YES,     "O-PARTIAL"    },
        {EXTENT_YES,     EXTENT_PARTLY,  "O-PARTIAL"    },
        {EXTENT_UNKNOWN, EXTENT_UNKNOWN, "O-PARTIAL"    },
        {EXTENT_NO,      EXTENT_YES,     "O-INEFFECTIVE"},
        {EXTENT_YES,     EXTENT_NO,      "O-INEFFECTIVE"},
    };
    static const struct policy policy;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct basis basis = {.type = BASIS_OPT_OUT,
                              .setting_exists = TRUTH_TRUE,
                              .activated = TRUTH_TRUE,
                              .effective = rows[i].declared};
        struct basis_service service = {.optout_exists = TRUTH_UNKNOWN,
                                        .own_use_possible = TRUTH_UNKNOWN,
                                        .optout_effective = rows[i].catalogue};
        assert_string_equal(basis_judge(&basis, &service, &policy).code, rows[i].code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lookup),      cmocka_unit_test(test_entities),
        cmocka_unit_test(test_directory),   cmocka_unit_test(test_operator),
        cmocka_unit_test(test_facts),       cmocka_unit_test(test_signals),
        cmocka_unit_test(test_cookie_days), cmocka_unit_test(test_effective),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
