// SPDX-License-Identifier: MIT
#include "5_judge/rules.h"

#include <assert.h>

static const struct {
    const char *name, *section, *title;
} tables[RULE_TABLE_COUNT] = {
    [RULES_SCOPE] = {"scope",       "5.1", "Scope (anvendelsesområde)"                   },
    [RULES_PARTY] = {"party",       "5.2", "Party (hvem leverer)"                         },
    [RULES_GRADE] = {"grade",       "5.3", "Grade of an observation (bevistype)"          },
    [RULES_BASIS] = {"basis",       "5.4", "General checks of a declared basis (grundlag)"},
    [RULES_OPT_OUT] = {"opt_out",     "5.4", "Opt-out (fravalg)"                            },
    [RULES_AGREEMENT] = {"agreement",   "5.4", "Agreement (aftale)"                           },
    [RULES_NECESSARY] = {"necessary",   "5.4", "Technically necessary (teknisk nødvendig)"   },
    [RULES_PAIR] = {"pair",        "5.5", "Unit and third party (løsning og tredjepart)"},
    [RULES_MEASUREMENT] = {"measurement", "5.6", "Measurement basis (målegrundlag)"            },
    [RULES_UNIT] = {"unit",        "5.7", "Unit (løsning)"                              },
};

const char *rule_table_name(enum rule_table table)
{
    assert(table < RULE_TABLE_COUNT);
    return tables[table].name;
}

const char *rule_table_title(enum rule_table table)
{
    assert(table < RULE_TABLE_COUNT);
    return tables[table].title;
}

const char *rule_table_section(enum rule_table table)
{
    assert(table < RULE_TABLE_COUNT);
    return tables[table].section;
}

enum err rules_each(enum rule_table table, struct arena *arena, rule_line_fn *fn, void *context)
{
    switch (table) {
    case RULES_SCOPE:
        return scope_each_rule(arena, fn, context);
    case RULES_PARTY:
        return party_each_rule(arena, fn, context);
    case RULES_GRADE:
        return grade_each_rule(arena, fn, context);
    case RULES_BASIS:
    case RULES_OPT_OUT:
    case RULES_AGREEMENT:
    case RULES_NECESSARY:
        return basis_each_rule(table, arena, fn, context);
    case RULES_PAIR:
        return pair_each_rule(arena, fn, context);
    case RULES_MEASUREMENT:
        return measurement_each_rule(arena, fn, context);
    case RULES_UNIT:
        return verdict_each_rule(arena, fn, context);
    case RULE_TABLE_COUNT:
        break;
    }
    return ERR_OK;
}

static struct span join(struct span text, const char *between, const char *more, struct arena *arena)
{
    return arena_format(arena, "%.*s%s%s", SPAN_ARG(text), text.bytes ? between : "", more);
}

struct span rule_values(unsigned set, const char *const *names, size_t count, struct arena *arena)
{
    struct span text = SPAN("");
    for (size_t i = 0; i < count; i++)
        if (names[i] && set & 1u << i)
            text = join(text, "|", names[i], arena);
    return text;
}

struct span rule_and(struct span text, const char *name, unsigned set, const char *const *names, size_t count,
                     struct arena *arena)
{
    bool is_all = true;
    for (size_t i = 0; i < count; i++)
        is_all &= !names[i] || set & 1u << i;
    if (is_all)
        return text;
    struct span values = rule_values(set, names, count, arena);
    return arena_format(arena, "%.*s%s%s=%.*s", SPAN_ARG(text), text.bytes ? ", " : "", name,
                        SPAN_ARG(values));
}

struct span rule_facts(unsigned with, unsigned without, const char *const *names, size_t count,
                       struct arena *arena)
{
    struct span text = SPAN("");
    for (size_t i = 0; i < count; i++)
        if (with & 1u << i)
            text = join(text, ", ", names[i], arena);
    for (size_t i = 0; i < count; i++)
        if (without & 1u << i)
            text = arena_format(arena, "%.*s%snot %s", SPAN_ARG(text), text.bytes ? ", " : "", names[i]);
    return text;
}
