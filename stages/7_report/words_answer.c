// SPDX-License-Identifier: MIT
#include "7_report/words.h"

#define ANY_BASIS                                                                                            \
    "Ét af tre: udskrift af tjenestens indstillinger, der viser fravalget; en skriftlig aftale, der "       \
    "udelukker brug "                                                                                        \
    "til egne formål; eller en redegørelse for, at tjenesten er teknisk nødvendig. Alternativt at "       \
    "tjenesten fjernes."
#define NEW_AGREEMENT                                                                                        \
    "En underskrevet aftale eller databehandleraftale, hvis vilkår udelukker, at data bruges til "          \
    "tredjepartens egne "                                                                                    \
    "formål."
#define NEW_SETTINGS                                                                                         \
    "Udskrift eller skærmbillede af tjenestens indstillinger med dato, der viser, at deling og brug til "   \
    "egne formål "                                                                                          \
    "er fravalgt."
#define OTHER_BASIS "Et andet grundlag, eller at tjenesten fjernes."

/* One row per reason that leaves something to be answered; the basis code is the closer of the two. */
static const struct {
    const char *code;
    struct words_answer answer;
} answers[] = {
    {"B-REJECTED",     {"Det oplyste grundlag er gennemgået og afvist.", OTHER_BASIS}                           },
    {"B-EXPIRED",
     {"Det oplyste grundlag var udløbet, da tjenesten blev observeret.",
      "Et grundlag, der gælder hele måleperioden."}                                                            },
    {"B-NOTYET",
     {"Det oplyste grundlag gjaldt endnu ikke, da tjenesten blev observeret.",
      "Et grundlag, der gælder hele måleperioden."}                                                            },
    {"B-NODOC",
     {"Der er oplyst et grundlag, men dokumentet mangler eller er et andet end det oplyste.",
      "Dokumentet, som der er henvist til."}                                                                     },
    {"B-PENDING",
     {"Det oplyste grundlag er ikke gennemgået endnu.", "Intet fra myndigheden; gennemgangen afventes."}        },
    {"O-NOSETTING",    {"Tjenesten har ingen indstilling, der fravælger brug til egne formål.", OTHER_BASIS}   },
    {"O-NOTACTIVE",    {"Fravalget findes, men er ikke slået til.", NEW_SETTINGS}                               },
    {"O-INEFFECTIVE",  {"Fravalget dækker ikke al brug til tredjepartens egne formål.", OTHER_BASIS}           },
    {"O-CONTRADICTED", {"Det observerede viser, at fravalget ikke virker.", NEW_SETTINGS}                        },
    {"O-DOUBT",        {"Det observerede tyder på, at fravalget ikke virker.", NEW_SETTINGS}                    },
    {"O-PARTIAL",      {"Det er uklart, om fravalget dækker al brug til egne formål.", NEW_SETTINGS}           },
    {"O-UNKNOWN",      {"Det er ikke oplyst, om indstillingen findes, er slået til og virker.", NEW_SETTINGS}   },
    {"G-OWNUSE",       {"Aftalen tillader brug til tredjepartens egne formål.", NEW_AGREEMENT}                  },
    {"G-ANON",         {"Aftalen tillader brug af anonymiserede data til egne formål.", NEW_AGREEMENT}          },
    {"G-UNWRITTEN",    {"Aftalen foreligger ikke skriftligt.", NEW_AGREEMENT}                                    },
    {"G-UNCLEAR",      {"Aftalens vilkår siger ikke klart, om data må bruges til egne formål.", NEW_AGREEMENT}},
    {"N-OWNUSE",
     {"Tjenesten kan ikke være teknisk nødvendig, når tredjeparten kan bruge data til egne formål.",
      OTHER_BASIS}                                                                                               },
    {"N-NOTNECESSARY", {"Formålet er hverken en teknisk forudsætning eller sikkerhed.", OTHER_BASIS}           },
    {"N-EXCESS",
     {"Brugen går ud over det, teknologien kræver.",
      "Redegørelse for, at brugen er begrænset, eller et andet grundlag."}                                     },
    {"N-UNKNOWN",
     {"Det er ikke oplyst, om tredjeparten kan bruge data til egne formål.",
      "Leverandørens vilkår eller en aftale, der udelukker det."}                                              },
    {"N-REVIEW",
     {"Denne slags tjeneste regnes kun for teknisk nødvendig efter gennemgang.",
      "En redegørelse, som kan gennemgås."}                                                                    },
    {"V-WEAK",         {"Beviset er for svagt til en vurdering, og der er ikke oplyst et grundlag.", ANY_BASIS}  },
    {"V-UNKNOWN",
     {"Tredjeparten er ikke identificeret, og der er ikke oplyst et grundlag.",
      "Oplysning om, hvem der står bag domænet. " ANY_BASIS}                                                   },
    {"V-UNPROVEN",     {"Dokumentationen for det oplyste grundlag er ikke tilstrækkelig.", ANY_BASIS}           },
    {"V-FAIL-BASIS",   {"Det oplyste grundlag holder ikke.", ANY_BASIS}                                          },
    {"V-AWAIT",        {"Der er ikke oplyst et grundlag; fristen er ikke udløbet.", ANY_BASIS}                  },
    {"V-NOBASIS",      {"Der er ikke oplyst et grundlag inden fristen.", ANY_BASIS}                              },
    {"V-MANUAL",       {"Se begrundelsen for den manuelle vurdering.", ANY_BASIS}                                },
};

static const struct words_answer *find_answer(const char *code)
{
    for (size_t i = 0; code && i < sizeof answers / sizeof *answers; i++)
        if (!strcmp(answers[i].code, code))
            return &answers[i].answer;
    return NULL;
}

const struct words_answer *words_answer_of(const struct pair *pair)
{
    static const struct words_answer nothing = {"", ""};
    if (!words_needs_answer(pair))
        return &nothing;
    const struct words_answer *by_basis = find_answer(pair->basis_code);
    const struct words_answer *by_code = by_basis ? by_basis : find_answer(pair->code);
    return by_code ? by_code : &nothing;
}
