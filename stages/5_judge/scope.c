// SPDX-License-Identifier: MIT
#include "5_judge/scope.h"

#include "5_judge/rules.h"

#include <assert.h>

#define BIT(n)      (1u << (n))
#define SELF        BIT(UNIT_SELF_SERVICE)
#define PORTAL      BIT(UNIT_PORTAL)
#define ANY         (~0u)
#define NO_ATOM     ATOM_COUNT
#define LOCAL       (BIT(PROVISION_MUNICIPAL_ONLY) | BIT(PROVISION_REGIONAL_ONLY))
#define ROW_UNKNOWN 12u

/*
 * The table of 5.1, in its order. A row of OUT fires when its atom is false, whatever the other atoms are, so
 * that all reasons are listed; a row of IN when the formula is true. Row 13 is not on the page: its formula
 * makes a portal that is not national OUT, but its table has no reason for it.
 */
// clang-format off
static const struct row {
    unsigned number, types;
    enum scope_atom atom; /* false makes an OUT row fire */
    unsigned provisions;
    enum scope scope;
    const char *code, *reason_da;
} rows[] = {
    { 1, SELF | PORTAL, ATOM_LIVE,        ANY,                         SCOPE_OUT, "S-NOTLIVE",           "Ikke i drift på opgørelsesdatoen"},
    { 2, SELF | PORTAL, ATOM_CITIZENS,    ANY,                         SCOPE_OUT, "S-BUSINESS",          "Rettet mod virksomheder"},
    { 3, SELF,          ATOM_INTERACTION, ANY,                         SCOPE_OUT, "S-INFO",              "Kun information, ingen interaktion"},
    { 4, SELF | PORTAL, ATOM_STATE_PART,  LOCAL,                       SCOPE_OUT, "S-LOCAL",             "Kun kommunalt/regionalt ansvar"},
    { 5, SELF | PORTAL, ATOM_STATE_PART,  BIT(PROVISION_PRIVATE_ONLY), SCOPE_OUT, "S-PRIVATE",           "Ikke stillet til rådighed af staten"},
    { 6, SELF,          ATOM_PRIMARY,     ANY,                         SCOPE_OUT, "S-NOTPRIMARY",        "Ikke borgernes primære kanal"},
    { 7, SELF,          NO_ATOM,          BIT(PROVISION_STATE),        SCOPE_IN,  "S-STATE",             "Statslig løsning"},
    { 8, SELF,          NO_ATOM,          BIT(PROVISION_SHARED),       SCOPE_IN,  "S-SHARED",            "Delvist statslig løsning"},
    { 9, SELF,          NO_ATOM,          BIT(PROVISION_OUTSOURCED),   SCOPE_IN,  "S-OUTSOURCED",        "Udliciteret af staten"},
    {10, PORTAL,        NO_ATOM,          ANY,                         SCOPE_IN,  "S-PORTAL",            "National portal"},
    {11, PORTAL,        ATOM_LINKS_STATE, ANY,                         SCOPE_OUT, "S-PORTAL-NOSTATE",    "Portal uden statslige løsninger"},
    {13, PORTAL,        ATOM_NATIONAL,    ANY,                         SCOPE_OUT, "S-PORTAL-NOTNATIONAL", "Ikke en national portal"},
    {ROW_UNKNOWN, SELF | PORTAL, NO_ATOM, ANY,                SCOPE_UNDETERMINED, "S-UNKNOWN",           "Omfang uafklaret"},
};
static const char *const atom_names[ATOM_COUNT] = {
    [ATOM_LIVE] = "live",       [ATOM_CITIZENS] = "citizens", [ATOM_INTERACTION] = "interaction",
    [ATOM_STATE_PART] = "state_part", [ATOM_PRIMARY] = "primary", [ATOM_NATIONAL] = "national",
    [ATOM_LINKS_STATE] = "links_state",
};
static const enum truth citizens_truth[] = {
    [AUDIENCE_UNKNOWN] = TRUTH_UNKNOWN, [AUDIENCE_CITIZENS] = TRUTH_TRUE,
    [AUDIENCE_BUSINESSES] = TRUTH_FALSE, [AUDIENCE_BOTH] = TRUTH_TRUE,
};
static const enum truth state_truth[] = {
    [PROVISION_UNKNOWN] = TRUTH_UNKNOWN,      [PROVISION_STATE] = TRUTH_TRUE,
    [PROVISION_SHARED] = TRUTH_TRUE,          [PROVISION_OUTSOURCED] = TRUTH_TRUE,
    [PROVISION_MUNICIPAL_ONLY] = TRUTH_FALSE, [PROVISION_REGIONAL_ONLY] = TRUTH_FALSE,
    [PROVISION_PRIVATE_ONLY] = TRUTH_FALSE,
};
static const enum truth primary_truth[] = {
    [PRIMARY_UNKNOWN] = TRUTH_UNKNOWN, [PRIMARY_STATUTORY] = TRUTH_TRUE,
    [PRIMARY_ASSESSED] = TRUTH_TRUE,   [PRIMARY_NOT] = TRUTH_FALSE,
};
// clang-format on

static unsigned formula(const struct scope_facts *facts)
{
    if (facts->type == UNIT_SELF_SERVICE)
        return BIT(ATOM_LIVE) | BIT(ATOM_CITIZENS) | BIT(ATOM_INTERACTION) | BIT(ATOM_STATE_PART) |
               BIT(ATOM_PRIMARY);
    return BIT(ATOM_LIVE) | BIT(ATOM_CITIZENS) | BIT(ATOM_NATIONAL) | BIT(ATOM_LINKS_STATE) |
           (facts->portal_state_required ? BIT(ATOM_STATE_PART) : 0);
}

/* Kleene's and: the least of the atoms. */
static enum truth conjunction(const struct scope_facts *facts, unsigned atoms)
{
    enum truth all = TRUTH_TRUE;
    for (int atom = 0; atom < ATOM_COUNT; atom++)
        if (atoms & BIT(atom) && facts->atoms[atom] < all)
            all = facts->atoms[atom];
    return all;
}

static bool fires(const struct row *row, const struct scope_facts *facts, unsigned atoms, enum scope scope)
{
    if (row->scope != scope || !(row->types & BIT(facts->type)) || !(row->provisions & BIT(facts->provision)))
        return false;
    return row->atom == NO_ATOM || (atoms & BIT(row->atom) && facts->atoms[row->atom] == TRUTH_FALSE);
}

static struct span unknown_atoms(const struct scope_facts *facts, unsigned atoms, struct arena *arena)
{
    struct span all = SPAN("S-UNKNOWN");
    const char *separator = ":";
    for (int atom = 0; atom < ATOM_COUNT; atom++)
        if (atoms & BIT(atom) && facts->atoms[atom] == TRUTH_UNKNOWN) {
            all = arena_format(arena, "%.*s%s%s", SPAN_ARG(all), separator, atom_names[atom]);
            separator = ",";
        }
    return all;
}

enum err scope_of(const struct scope_facts *facts, struct arena *arena, struct scope_result *out)
{
    static const enum scope scope_by_truth[] = {
        [TRUTH_FALSE] = SCOPE_OUT, [TRUTH_UNKNOWN] = SCOPE_UNDETERMINED, [TRUTH_TRUE] = SCOPE_IN};
    unsigned atoms = formula(facts);
    *out = (struct scope_result){.scope = scope_by_truth[conjunction(facts, atoms)]};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        if (!fires(row, facts, atoms, out->scope))
            continue;
        out->rows |= BIT(i + 1);
        if (!out->code) {
            out->code = row->code;
            out->reason_da = row->reason_da;
        }
        struct span code =
            row->number == ROW_UNKNOWN ? unknown_atoms(facts, atoms, arena) : span_of_string(row->code);
        out->codes = arena_format(arena, "%.*s%s%.*s", SPAN_ARG(out->codes), out->codes.bytes ? ";" : "",
                                  SPAN_ARG(code));
    }
    assert(out->code);
    return arena->full ? ERR_MEMORY : ERR_OK;
}

struct scope_facts scope_facts_of(const struct unit *unit, const struct policy *policy, date_days day,
                                  enum truth links_state)
{
    return (struct scope_facts){
        .type = unit->type,
        .provision = unit->provision,
        .portal_state_required = policy->portal_state_required,
        .atoms =
            {
                    [ATOM_LIVE] = unit->valid_from <= day && day <= unit->valid_to ? TRUTH_TRUE : TRUTH_FALSE,
                    [ATOM_CITIZENS] = citizens_truth[unit->audience],
                    [ATOM_INTERACTION] = unit->interaction,
                    [ATOM_STATE_PART] = state_truth[unit->provision],
                    [ATOM_PRIMARY] = primary_truth[unit->primary],
                    [ATOM_NATIONAL] = unit->national,
                    [ATOM_LINKS_STATE] = links_state,
                    },
    };
}

/* True with one target in scope as self-service; false when all targets are known not to be; a portal without
 * any registered link is unknown: nobody has looked. */
static enum truth links_of(const struct registers *registers, const struct unit *portal, date_days day,
                           const struct scope_result *scopes)
{
    bool is_known = false, has_unknown = false;
    size_t low = 0, high = registers->portal_link_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (span_compare(registers->portal_links[middle].portal_id, portal->id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < registers->portal_link_count; low++) {
        const struct portal_link *link = &registers->portal_links[low];
        if (!span_equal(link->portal_id, portal->id))
            break;
        is_known = true;
        const struct unit *target = register_unit(registers, link->target_id);
        if (link->valid_from > day || day > link->valid_to || target->type != UNIT_SELF_SERVICE)
            continue;
        enum scope scope = scopes[target - registers->units].scope;
        if (scope == SCOPE_IN)
            return TRUTH_TRUE;
        has_unknown |= scope == SCOPE_UNDETERMINED;
    }
    return is_known && !has_unknown ? TRUTH_FALSE : TRUTH_UNKNOWN;
}

enum err scope_of_all(const struct registers *registers, date_days day, struct arena *arena,
                      struct scope_result *out)
{
    static const enum unit_type order[] = {UNIT_SELF_SERVICE,
                                           UNIT_PORTAL}; /* portals look at their targets */
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < registers->unit_count; i++) {
            const struct unit *unit = &registers->units[i];
            if (unit->type != order[k])
                continue;
            enum truth links =
                unit->type == UNIT_PORTAL ? links_of(registers, unit, day, out) : TRUTH_UNKNOWN;
            struct scope_facts facts = scope_facts_of(unit, &registers->policy, day, links);
            TRY(scope_of(&facts, arena, &out[i]));
        }
    return ERR_OK;
}

enum err scope_each_rule(struct arena *arena, rule_line_fn *fn, void *context)
{
    static const char *const types[] = {[UNIT_SELF_SERVICE] = "self_service", [UNIT_PORTAL] = "portal"};
    static const char *const provisions[] = {
        [PROVISION_UNKNOWN] = NULL,
        [PROVISION_STATE] = "state",
        [PROVISION_SHARED] = "shared",
        [PROVISION_OUTSOURCED] = "outsourced_by_state",
        [PROVISION_MUNICIPAL_ONLY] = "municipal_only",
        [PROVISION_REGIONAL_ONLY] = "regional_only",
        [PROVISION_PRIVATE_ONLY] = "private_only",
    };
    static const char *const results[] = {
        [SCOPE_OUT] = "out", [SCOPE_UNDETERMINED] = "undetermined", [SCOPE_IN] = "in"};
    static const char *const formulas[] = {[SCOPE_OUT] = "",
                                           [SCOPE_UNDETERMINED] = "some atom unknown, none false",
                                           [SCOPE_IN] = "all atoms true"};
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct span text = rule_and(SPAN(""), "type", row->types, types, 2, arena);
        text = rule_and(text, "provision", row->provisions, provisions,
                        sizeof provisions / sizeof *provisions, arena);
        const char *atom = row->atom == NO_ATOM ? "" : atom_names[row->atom];
        text = arena_format(arena, "%.*s%s%s%s%s", SPAN_ARG(text), text.bytes ? ", " : "",
                            row->atom == NO_ATOM ? "" : "false: ", atom, formulas[row->scope]);
        struct span number = arena_format(arena, "%u", row->number);
        if (!number.at || !text.at)
            return ERR_MEMORY;
        const struct rule_line line = {
            {RULES_SCOPE, i + 1},
            number.at, row->code, text, results[row->scope], row->reason_da
        };
        TRY(fn(context, &line));
    }
    return ERR_OK;
}
