// SPDX-License-Identifier: MIT
/*
 * rules.h - the decision tables in words, made from the cells the program decides by, in the order of the page.
 *
 * In:     -
 * Out:    the rows of each table: what must hold, what follows, its code
 * Owns:   nothing: texts live in the caller's arena or are static
 * Limits: none
 * Errors: ERR_MEMORY
 * Source: compliance.md 5.1 to 5.7; a table is printed by the file that decides by it
 */
#ifndef JUDGE_RULES_H
#define JUDGE_RULES_H

#include "5_judge/judge.h"

/* One row as text. */
struct rule_line {
    struct rule rule;
    const char *number, *code; /* on the page ("5", "P2", "K2b"); of verdicts and sheets, "" for none */
    struct span condition;     /* "audience=businesses"; "-": none */
    const char *result, *label_da;
};
typedef enum err rule_line_fn(void *context, const struct rule_line *line);

const char *rule_table_name(enum rule_table table);    /* "opt_out" */
const char *rule_table_title(enum rule_table table);   /* "Opt-out (fravalg)" */
const char *rule_table_section(enum rule_table table); /* "5.4" */
enum err rules_each(enum rule_table table, struct arena *arena, rule_line_fn *fn, void *context) MUST_CHECK;

/* Of a row's cells. Names of the values of a set, "a|b"; NULL in names: not a value. */
struct span rule_values(unsigned set, const char *const *names, size_t count, struct arena *arena);
/* " name=values" behind `text`; nothing when the set holds all the values. */
struct span rule_and(struct span text, const char *name, unsigned set, const char *const *names, size_t count,
                     struct arena *arena);
/* Facts that must be there and facts that must not: "judged, observed, not strong". */
struct span rule_facts(unsigned with, unsigned without, const char *const *names, size_t count,
                       struct arena *arena);

/* By the file of each table. */
enum err scope_each_rule(struct arena *arena, rule_line_fn *fn, void *context) MUST_CHECK;
enum err party_each_rule(struct arena *arena, rule_line_fn *fn, void *context) MUST_CHECK;
enum err grade_each_rule(struct arena *arena, rule_line_fn *fn, void *context) MUST_CHECK;
enum err basis_each_rule(enum rule_table table, struct arena *arena, rule_line_fn *fn,
                         void *context) MUST_CHECK;
enum err pair_each_rule(struct arena *arena, rule_line_fn *fn, void *context) MUST_CHECK;
enum err measurement_each_rule(struct arena *arena, rule_line_fn *fn, void *context) MUST_CHECK;
enum err verdict_each_rule(struct arena *arena, rule_line_fn *fn, void *context) MUST_CHECK;

#endif
