// SPDX-License-Identifier: MIT
#include "7_report/tables.h"

#include <assert.h>
#include <math.h>

/* Where each measure lies: a rate or a number in year_figures, or a count in statistics that compares two
 * years. */
enum measure_kind { MEASURE_RATE, MEASURE_COUNT, MEASURE_REAL, MEASURE_COMPARED };
struct measure {
    const char *id, *label_da;
    enum measure_kind kind;
    size_t at;
};
#define FIGURE(member)   offsetof(struct year_figures, member)
#define COMPARED(member) offsetof(struct statistics, member)

static const struct measure measures[] = {
    {"compliance_rate",             "Andel vurderede løsninger og portaler, der efterlever vejledningen", MEASURE_RATE,
     FIGURE(rate)                                                                                                                                                     },
    {"registered",                  "Registrerede løsninger og portaler",                                 MEASURE_COUNT,    FIGURE(registered)                       },
    {"in_scope",                    "Omfattede løsninger og portaler",                                    MEASURE_COUNT,    FIGURE(in_scope)                         },
    {"out_of_scope",                "Ikke omfattede",                                                      MEASURE_COUNT,    FIGURE(out_of_scope)                     },
    {"undetermined",                "Omfang uafklaret",                                                    MEASURE_COUNT,    FIGURE(undetermined)                     },
    {"assessed",                    "Vurderede",                                                           MEASURE_COUNT,    FIGURE(assessed)                         },
    {"compliant",                   "Efterlever",                                                          MEASURE_COUNT,    FIGURE(by_verdict[VERDICT_COMPLIANT])    },
    {"unresolved",                  "Uafklaret",                                                           MEASURE_COUNT,    FIGURE(by_verdict[VERDICT_UNRESOLVED])   },
    {"non_compliant",               "Efterlever ikke",                                                     MEASURE_COUNT,    FIGURE(by_verdict[VERDICT_NON_COMPLIANT])},
    {"limited",                     "Ingen overtrædelser fundet – begrænset målegrundlag",            MEASURE_COUNT,
     FIGURE(by_verdict[VERDICT_LIMITED])                                                                                                                              },
    {"not_measured",                "Ikke målt",                                                          MEASURE_COUNT,    FIGURE(by_verdict[VERDICT_NOT_MEASURED]) },
    {"third_parties",               "Forskellige tredjeparter",                                            MEASURE_COUNT,    FIGURE(third_parties)                    },
    {"pairs",                       "Par af løsning og tredjepartstjeneste",                              MEASURE_COUNT,    FIGURE(pairs)                            },
    {"pairs_unresolved",            "Uafklarede par",                                                      MEASURE_COUNT,    FIGURE(pairs_unresolved)                 },
    {"pairs_non_compliant",         "Par, der ikke efterlever",                                            MEASURE_COUNT,    FIGURE(pairs_non_compliant)              },
    {"units_without_third_parties", "Vurderede uden tredjeparter",                                         MEASURE_COUNT,    FIGURE(units_without)                    },
    {"third_parties_min",           "Tredjepartstjenester pr. vurderet løsning, mindste",                 MEASURE_REAL,
     FIGURE(judged_min)                                                                                                                                               },
    {"third_parties_q1",            "Tredjepartstjenester pr. vurderet løsning, nedre kvartil",           MEASURE_REAL,
     FIGURE(judged_q1)                                                                                                                                                },
    {"third_parties_median",        "Tredjepartstjenester pr. vurderet løsning, median",                  MEASURE_REAL,
     FIGURE(judged_median)                                                                                                                                            },
    {"third_parties_q3",            "Tredjepartstjenester pr. vurderet løsning, øvre kvartil",           MEASURE_REAL,
     FIGURE(judged_q3)                                                                                                                                                },
    {"third_parties_max",           "Tredjepartstjenester pr. vurderet løsning, største",                MEASURE_REAL,
     FIGURE(judged_max)                                                                                                                                               },
    {"third_parties_mean",          "Tredjepartstjenester pr. vurderet løsning, gennemsnit",              MEASURE_REAL,
     FIGURE(judged_mean)                                                                                                                                              },
    {"matched",                     "Gengangere: vurderet i begge år",                                    MEASURE_COMPARED, COMPARED(matched)                        },
    {"entered",                     "Tilgang til de omfattede",                                            MEASURE_COMPARED, COMPARED(entered)                        },
    {"left",                        "Afgang fra de omfattede",                                             MEASURE_COMPARED, COMPARED(left)                           },
    {"matched_better",              "Gengangere med en bedre vurdering",                                   MEASURE_COMPARED, COMPARED(matched_better)                 },
    {"matched_worse",               "Gengangere med en dårligere vurdering",                              MEASURE_COMPARED, COMPARED(matched_worse)                  },
};

static const void *member_of(const void *base, const struct measure *measure)
{
    return (const char *)base + measure->at;
}

static double value_of(const struct statistics *s, size_t year, const struct measure *measure)
{
    const void *figure = member_of(&s->figures[year], measure);
    switch (measure->kind) {
    case MEASURE_RATE:
        return ((const struct rate *)figure)->value;
    case MEASURE_COUNT:
        return *(const uint32_t *)figure;
    case MEASURE_REAL:
        return *(const double *)figure;
    case MEASURE_COMPARED:
        break;
    }
    return *(const uint32_t *)member_of(s, measure);
}

/* Those that compare two years come last and need two. */
size_t tables_key_figure_count(const struct report_data *data)
{
    size_t count = 0;
    while (count < sizeof measures / sizeof *measures &&
           (data->statistics->before || measures[count].kind != MEASURE_COMPARED))
        count++;
    return count;
}

struct key_figure tables_key_figure(const struct report_data *data, size_t row)
{
    assert(row < sizeof measures / sizeof *measures);
    const struct statistics *s = data->statistics;
    const struct measure *measure = &measures[row];
    bool has_before = s->before && measure->kind != MEASURE_COMPARED;
    struct key_figure figure = {
        .id = measure->id,
        .label_da = measure->label_da,
        .value = value_of(s, 0, measure),
        .restated = has_before ? value_of(s, 1, measure) : NAN,
        .numerator = NAN,
        .denominator = NAN,
        .lower = NAN,
        .upper = NAN,
        .change_pp = NAN,
    };
    if (measure->kind == MEASURE_RATE) {
        const struct rate *rate = member_of(&s->figures[0], measure);
        figure.numerator = rate->numerator;
        figure.denominator = rate->denominator;
        figure.lower = rate->lower;
        figure.upper = rate->upper;
        figure.change_pp = (figure.value - figure.restated) * 100;
    }
    return figure;
}
