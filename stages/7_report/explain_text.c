// SPDX-License-Identifier: MIT
#include "7_report/explain_text.h"

#include "5_judge/pair.h"
#include "5_judge/verdict.h"
#include "7_report/explain.h"

#include <assert.h>

const char *explain_result(enum basis_result result)
{
    static const char *const names[] = {
        [BASIS_HOLDS] = "holds", [BASIS_UNPROVEN] = "unproven", [BASIS_FAILS] = "fails"};
    assert(result < sizeof names / sizeof *names);
    return names[result];
}

/* --- scope --- */

static const char *truth_name(enum truth truth)
{
    static const char *const names[] = {
        [TRUTH_FALSE] = "no", [TRUTH_UNKNOWN] = "unknown", [TRUTH_TRUE] = "yes"};
    return names[truth];
}

static void add_attributes(const struct unit *unit, date_days day, struct buf *out)
{
    static const char *const audiences[] = {[AUDIENCE_UNKNOWN] = "unknown",
                                            [AUDIENCE_CITIZENS] = "citizens",
                                            [AUDIENCE_BUSINESSES] = "businesses",
                                            [AUDIENCE_BOTH] = "both"};
    static const char *const provisions[] = {[PROVISION_UNKNOWN] = "unknown",
                                             [PROVISION_STATE] = "state",
                                             [PROVISION_SHARED] = "shared",
                                             [PROVISION_OUTSOURCED] = "outsourced by the state",
                                             [PROVISION_MUNICIPAL_ONLY] = "municipal only",
                                             [PROVISION_REGIONAL_ONLY] = "regional only",
                                             [PROVISION_PRIVATE_ONLY] = "private only"};
    static const char *const primaries[] = {[PRIMARY_UNKNOWN] = "unknown",
                                            [PRIMARY_STATUTORY] = "statutory",
                                            [PRIMARY_ASSESSED] = "assessed primary",
                                            [PRIMARY_NOT] = "not primary"};
    bool lives = unit->valid_from <= day && day <= unit->valid_to;
    buf_format(
        out,
        "  units.csv:%u, %s, %s on the day; audience %s, interaction %s, provision %s, primary channel %s, "
        "national %s\n",
        unit->line, unit->type == UNIT_PORTAL ? "portal" : "self-service", lives ? "live" : "not live",
        audiences[unit->audience], truth_name(unit->interaction), provisions[unit->provision],
        primaries[unit->primary], truth_name(unit->national));
    if (unit->evidence_ref.bytes || unit->decided_by.bytes || unit->law_ref.bytes)
        buf_format(out, "  decided by %.*s; %.*s; %.*s\n", SPAN_ARG(unit->decided_by),
                   SPAN_ARG(unit->evidence_ref), SPAN_ARG(unit->law_ref));
}

struct scope_printing {
    const struct scope_result *scope;
    struct buf *out;
};

static enum err add_scope_row(void *context, const struct rule_line *line)
{
    struct scope_printing *p = context;
    bool fires = p->scope->rows & 1u << line->rule.row;
    buf_format(p->out, "  %s %-2s %-20s %-12s %.*s\n", fires ? "->" : "  ", line->number, line->code,
               line->result, SPAN_ARG(line->condition));
    return p->out->err;
}

enum err explain_scope(const struct unit *unit, const struct scope_result *scope, date_days day,
                       struct arena *arena, struct buf *out)
{
    struct scope_printing printing = {scope, out};
    struct span date = register_date_text(day, arena);
    buf_format(out, "Scope on %.*s: %.*s %s\n", SPAN_ARG(date), SPAN_ARG(scope->codes), scope->reason_da);
    add_attributes(unit, day, out);
    return rules_each(RULES_SCOPE, arena, add_scope_row, &printing);
}

/* --- rows and what would change them --- */

struct naming {
    uint32_t rows;
    struct span text;
    struct arena *arena;
};

static enum err add_name(void *context, const struct rule_line *line)
{
    struct naming *naming = context;
    if (naming->rows & 1u << line->rule.row)
        naming->text = arena_format(naming->arena, "%.*s%s %s %s", SPAN_ARG(naming->text),
                                    naming->text.bytes ? "," : "", line->number, line->code);
    return naming->text.at ? ERR_OK : ERR_MEMORY;
}

struct span explain_rows(uint32_t rows, struct arena *arena)
{
    struct naming naming = {rows, SPAN(""), arena};
    return rules_each(RULES_PAIR, arena, add_name, &naming) ? SPAN("") : naming.text;
}

void explain_pair_changes(const struct pair *pair, struct buf *out)
{
    const unsigned covered = PAIR_COVERED | PAIR_COVERED_LATE | PAIR_DECLARED | PAIR_STRONG;
    const unsigned gaps = PAIR_UNPROVEN | PAIR_FAILING | PAIR_UNNAMED;
    const struct {
        const char *what;
        unsigned with, without;
    } changes[] = {
        {"with a basis that holds for every observation", covered | PAIR_BY_AGREEMENT, gaps         },
        {"when the documents that are missing are there", covered | PAIR_BY_AGREEMENT,
         pair->facts & PAIR_UNPROVEN ? gaps : 0                                                     },
        {"when it is known who is behind the host",       PAIR_IDENTIFIED,             0            },
        {"when it is seen on a second page",              PAIR_STRONG,                 0            },
        {"when the deadline passes without an answer",    PAIR_DEADLINE_PASSED,        0            },
        {"when it is not observed any more",              0,                           PAIR_OBSERVED},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        unsigned facts = (pair->facts | changes[i].with) & ~changes[i].without;
        const struct pair_row *row = pair_row_next(facts, NULL);
        bool is_documents = i == 1 && !(pair->facts & PAIR_UNPROVEN);
        if (!row || row->verdict == pair->verdict || is_documents || (facts & PAIR_DECIDED))
            continue;
        if (!(facts & PAIR_OBSERVED) && !(facts & PAIR_DECLARED))
            buf_format(out, "  %s: no pair\n", changes[i].what);
        else
            buf_format(out, "  %s: %s, %s\n", changes[i].what, verdict_name(row->verdict), row->code);
    }
}

static void add_change(const struct verdict_facts *facts, enum verdict now, const char *what, struct buf *out)
{
    struct unit_row row = unit_row_of(facts);
    if (row.verdict != now)
        buf_format(out, "  %s: %s, %s\n", what, verdict_name(row.verdict), row.verdict_da);
}

void explain_unit_changes(const struct unit_verdict *u, struct buf *out)
{
    struct verdict_facts facts = {u->scope.scope, u->measurement.class, u->judged_count, u->unresolved_count,
                                  u->non_compliant_count};
    buf_add_string(out, "\nWhat would change the verdict\n");
    size_t before = out->bytes;
    struct verdict_facts settled = facts, measured = facts;
    settled.unresolved_count = settled.non_compliant_count = 0;
    measured.measurement = MEASUREMENT_ADEQUATE;
    if (facts.unresolved_count + facts.non_compliant_count)
        add_change(&settled, u->verdict, "if every third party above had a basis that holds", out);
    if (facts.measurement != MEASUREMENT_ADEQUATE)
        add_change(&measured, u->verdict, "if the measurement were adequate and found nothing more", out);
    settled.measurement = MEASUREMENT_ADEQUATE;
    if (facts.measurement != MEASUREMENT_ADEQUATE && facts.unresolved_count + facts.non_compliant_count)
        add_change(&settled, u->verdict, "both together", out);
    if (facts.scope == SCOPE_IN && !facts.non_compliant_count)
        buf_add_string(
            out, "  one third party observed on grade A or B without a basis: unresolved or non_compliant\n");
    if (out->bytes == before)
        buf_add_string(out, "  its attributes in units.csv\n");
}
