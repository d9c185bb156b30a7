// SPDX-License-Identifier: MIT
#include "7_report/words.h"

#define WORD_OF(table, index)                                                                                \
    ((size_t)(index) < sizeof(table) / sizeof *(table) && (table)[index] ? (table)[index] : "")

const char *words_unit_type(enum unit_type type)
{
    static const char *const names[] = {[UNIT_SELF_SERVICE] = "self_service", [UNIT_PORTAL] = "portal"};
    return WORD_OF(names, type);
}

const char *words_unit_type_da(enum unit_type type)
{
    static const char *const names[] = {
        [UNIT_SELF_SERVICE] = "Selvbetjeningsløsning", [UNIT_PORTAL] = "National portal"};
    return WORD_OF(names, type);
}

const char *words_provision(enum provision provision)
{
    static const char *const names[] = {
        [PROVISION_UNKNOWN] = "unknown",
        [PROVISION_STATE] = "state",
        [PROVISION_SHARED] = "shared",
        [PROVISION_OUTSOURCED] = "outsourced_by_state",
        [PROVISION_MUNICIPAL_ONLY] = "municipal_only",
        [PROVISION_REGIONAL_ONLY] = "regional_only",
        [PROVISION_PRIVATE_ONLY] = "private_only",
    };
    return WORD_OF(names, provision);
}

const char *words_provision_da(enum provision provision)
{
    static const char *const names[] = {
        [PROVISION_UNKNOWN] = "Ikke oplyst",     [PROVISION_STATE] = "Statslig",
        [PROVISION_SHARED] = "Delvist statslig", [PROVISION_OUTSOURCED] = "Udliciteret af staten",
        [PROVISION_MUNICIPAL_ONLY] = "Kommunal", [PROVISION_REGIONAL_ONLY] = "Regional",
        [PROVISION_PRIVATE_ONLY] = "Privat",
    };
    return WORD_OF(names, provision);
}

struct word {
    const char *name, *danish;
};
static const char *find_word(const struct word *words, size_t count, struct span name)
{
    for (size_t i = 0; i < count; i++)
        if (span_equal(span_of_string(words[i].name), name))
            return words[i].danish;
    return "";
}
#define FIND_WORD(words, name) find_word((words), sizeof(words) / sizeof *(words), (name))

const char *words_step_da(const char *step)
{
    static const struct word words[] = {
        {"registered",   "Registreret"     },
        {"out",          "Ikke omfattet"   },
        {"undetermined", "Omfang uafklaret"},
        {"in",           "Omfattet"        },
        {"assessed",     "Heraf vurderet"  },
    };
    return FIND_WORD(words, span_of_string(step));
}

const char *words_basis_type_da(const char *name)
{
    static const struct word words[] = {
        {"agreement", "Aftale"            },
        {"opt_out",   "Fravalg"           },
        {"necessary", "Teknisk nødvendig"},
        {"",          "Intet"             },
    };
    return FIND_WORD(words, span_of_string(name));
}

const char *words_basis_type(enum basis_type type)
{
    static const char *const names[] = {
        [BASIS_OPT_OUT] = "opt_out", [BASIS_AGREEMENT] = "agreement", [BASIS_NECESSARY] = "necessary"};
    return WORD_OF(names, type);
}

const char *words_asked(const struct follow_asked *asked)
{
    return !asked->was_sent       ? ""
           : asked->is_unanswered ? "unanswered"
           : asked->is_answered   ? "answered"
                                  : "awaited";
}

const char *words_asked_da(const struct follow_asked *asked)
{
    static const struct word words[] = {
        {"answered",   "Besvaret"                   },
        {"unanswered", "Ikke besvaret inden fristen"},
        {"awaited",    "Afventes"                   },
    };
    return FIND_WORD(words, span_of_string(words_asked(asked)));
}

const char *words_category_da(struct span category)
{
    static const struct word words[] = {
        {"ad",               "annoncering"     },
        {"analytics",        "statistik"       },
        {"cdn",              "indholdsnetværk"},
        {"consent_provider", "samtykkeløsning"},
        {"content",          "indhold"         },
        {"customer_success", "kundedialog"     },
        {"font",             "skrifttyper"     },
        {"hosting",          "hosting"         },
        {"marketing",        "markedsføring"  },
        {"social",           "sociale medier"  },
        {"tag_manager",      "tag-styring"     },
        {"utility",          "hjælpefunktion" },
        {"video",            "video"           },
        {"other",            "andet"           },
    };
    return FIND_WORD(words, category);
}

const char *words_basis_result_da(enum basis_result result)
{
    static const char *const names[] = {
        [BASIS_HOLDS] = "holder", [BASIS_UNPROVEN] = "er ikke dokumenteret", [BASIS_FAILS] = "holder ikke"};
    return WORD_OF(names, result);
}

const char *words_measurement_da(enum measurement measurement)
{
    static const char *const names[] = {
        [MEASUREMENT_NONE] = "Ikke målt",
        [MEASUREMENT_LIMITED] = "Begrænset",
        [MEASUREMENT_ADEQUATE] = "Tilstrækkeligt",
    };
    return WORD_OF(names, measurement);
}

const char *words_criterion_da(struct span criterion)
{
    static const struct word words[] = {
        {"entry",        "ingen brugbar optagelse af indgangssiden"                                   },
        {"pages",        "færre sider end krævet"                                                   },
        {"flow",         "ingen optagelse af de registrerede trin i selvbetjeningen"                  },
        {"failed_share", "for mange sider kunne ikke hentes"                                          },
        {"coverage",     "nye tredjeparter viste sig stadig på de sidste sider"                      },
        {"scripts",      "sidernes programmer blev ikke kørt, så kun det, der står i koden, er set"},
        {"app",          "app eller løsning bag log-in, som ikke kan måles på denne måde"         },
    };
    return FIND_WORD(words, criterion);
}

const char *words_evidence_da(enum evidence evidence)
{
    static const char *const sentences[] = {
        [EVIDENCE_O1] = "Browserens egen liste over siden viser, at adressen blev hentet.",
        [EVIDENCE_O2] = "Kaldet er optaget og mærket med den målte side.",
        [EVIDENCE_O3] = "Et optaget kald nævner den målte side som henvisende side.",
        [EVIDENCE_O4] = "Et optaget kald, som kun oprindelse eller tidspunkt knytter til siden.",
        [EVIDENCE_O5] = "Indsamlingsprogrammet hentede adressen, fordi den stod i sidens kode.",
        [EVIDENCE_A] = "Browseren forsøgte at hente adressen, men fik intet svar.",
        [EVIDENCE_D1] = "Sidens kode får en browser til at hente adressen automatisk.",
        [EVIDENCE_D2] = "Sidens kode henter adressen under bestemte betingelser, fx skærmens bredde.",
        [EVIDENCE_D3] = "Et kendt indlæsningsprogram i siden henter normalt adressen.",
        [EVIDENCE_C] = "Sidens kode får en browser til at åbne en forbindelse til værten.",
        [EVIDENCE_N] = "Siden har et link til adressen.",
    };
    return WORD_OF(sentences, evidence);
}

const char *words_grade(enum grade grade)
{
    static const char *const names[] = {[GRADE_A] = "A", [GRADE_B] = "B", [GRADE_C] = "C", [GRADE_D] = "D"};
    return WORD_OF(names, grade);
}

const char *words_grade_da(enum grade grade)
{
    static const char *const names[] = {
        [GRADE_A] = "sikkert", [GRADE_B] = "godt", [GRADE_C] = "svagt", [GRADE_D] = "kun et spor"};
    return WORD_OF(names, grade);
}

const char *words_party_da(enum party party)
{
    static const char *const names[] = {
        [PARTY_FIRST] = "Førstepart",
        [PARTY_THIRD_DISGUISED] = "Skjult tredjepart (under myndighedens eget domæne)",
        [PARTY_INFRA] = "Driftsleverandør",
        [PARTY_OPERATOR] = "Operatør af løsningen",
        [PARTY_THIRD_OPERATOR] = "Tredjepart: operatørens anden tjeneste",
        [PARTY_PUBLIC] = "Offentlig part",
        [PARTY_THIRD] = "Tredjepart",
        [PARTY_THIRD_UNIDENTIFIED] = "Tredjepart, ikke identificeret",
        [PARTY_THIRD_COOKIE] = "Tredjepart, set gennem en cookie på eget domæne",
    };
    return WORD_OF(names, party);
}

bool words_needs_answer(const struct pair *pair)
{
    return pair->verdict == VERDICT_NON_COMPLIANT || pair->verdict == VERDICT_UNRESOLVED;
}
