// SPDX-License-Identifier: MIT
#include "7_report/explain.h"

#include "5_judge/grade.h"
#include "5_judge/pair.h"
#include "5_judge/verdict.h"
#include "7_report/explain_text.h"
#include "7_report/words.h"
#include "base/intern.h"
#include "base/when.h"

#define SHOWN_MAX 5u /* observations of a pair that nobody asked for by name */

enum err explain_observe(void *context, const struct judge_observation *observation)
{
    struct explain *x = context;
    if (observation->unit != x->unit)
        return ERR_OK;
    struct explain_seen *to = ARENA_PUSH(x->arena, x->seen, x->seen_count, x->seen_capacity);
    if (!to)
        return ERR_MEMORY;
    *to = (struct explain_seen){*observation, *observation->contact};
    return ERR_OK;
}

static bool is_first_party(const struct explain_seen *seen)
{
    return seen->observation.party == PARTY_FIRST;
}

static bool is_of_pair(const struct explain_seen *seen, const struct pair *pair)
{
    const struct judge_observation *o = &seen->observation;
    bool same_class = o->is_judged ? pair->facts & PAIR_JUDGED : o->party == pair->party;
    return same_class && !is_first_party(seen) && span_equal(o->entity, pair->entity) &&
           span_equal(o->service, pair->service);
}

static bool has_host(struct span hosts, struct span host)
{
    while (hosts.bytes)
        if (span_equal_nocase(span_cut(&hosts, ';'), host))
            return true;
    return false;
}

static bool is_wanted(const struct explain *x, const struct pair *pair)
{
    struct span name = x->third_party;
    return !name.bytes || span_equal_nocase(pair->entity, name) || span_equal_nocase(pair->service, name) ||
           span_equal_nocase(pair->site, name) || has_host(pair->hosts, name);
}

bool explain_knows(const struct explain *x)
{
    const struct unit_verdict *u = &x->judgement->units[x->unit];
    for (uint32_t i = 0; i < u->pair_count; i++)
        if (is_wanted(x, &x->judgement->pairs[u->first_pair + i]))
            return true;
    return !x->third_party.bytes;
}

/* --- the unit --- */

static void print_unit(struct explain *x, const struct unit_verdict *u)
{
    buf_format(x->out, "%.*s  %.*s (%.*s), %u\n%s: %s  [unit row %u]\n", SPAN_ARG(u->unit->id),
               SPAN_ARG(u->unit->name_da), SPAN_ARG(u->unit->authority->name_da), x->judgement->year,
               verdict_name(u->verdict), u->verdict_da, u->row);
}

static void print_measurement(struct explain *x, const struct measurement_result *m)
{
    buf_format(x->out,
               "\nMeasurement: %s\n  %u usable pages in %u visits of %u archives, %u failed; entry page %s\n",
               measurement_name(m->class), m->page_count, m->visit_count, m->archive_count, m->failed_count,
               m->entry_ok ? "seen" : "not seen");
    if (m->failed_criteria.bytes)
        buf_format(x->out, "  not met: %.*s\n", SPAN_ARG(m->failed_criteria));
}

typedef bool seen_is_fn(const struct explain *x, const struct explain_seen *seen);
typedef void seen_fn(struct explain *x, const struct explain_seen *seen);

/* Those that are meant, each host once by rule and class. */
static enum err each_host(struct explain *x, seen_is_fn *is_meant, seen_fn *fn)
{
    struct intern told;
    intern_init(&told, x->arena);
    for (size_t i = 0; i < x->seen_count; i++) {
        const struct explain_seen *seen = &x->seen[i];
        size_t before = told.count;
        if (!is_meant(x, seen))
            continue;
        struct span key = arena_format(x->arena, "%u %d %.*s", seen->observation.party_row.row,
                                       (int)seen->contact.evidence, SPAN_ARG(seen->contact.host));
        if (!key.at || intern_add(&told, key) == INTERN_NONE)
            return ERR_MEMORY;
        if (told.count > before)
            fn(x, seen);
    }
    return ERR_OK;
}

static bool is_own(const struct explain *x, const struct explain_seen *seen)
{
    (void)x;
    return is_first_party(seen);
}

/* Of a pair that nothing better than a lead was seen of. */
static bool is_lead(const struct explain *x, const struct explain_seen *seen)
{
    const struct unit_verdict *u = &x->judgement->units[x->unit];
    for (uint32_t i = 0; i < u->pair_count; i++)
        if (is_of_pair(seen, &x->judgement->pairs[u->first_pair + i]))
            return false;
    return !is_first_party(seen);
}

static void print_lead(struct explain *x, const struct explain_seen *seen)
{
    buf_format(x->out, "  %s %s %s %.*s%.*s, by %.*s\n", words_grade(seen->observation.grade),
               evidence_name(seen->contact.evidence), seen->observation.party_rule,
               SPAN_ARG(seen->contact.host), SPAN_ARG(seen->contact.path),
               SPAN_ARG(seen->contact.declared_by));
}

static void print_own_host(struct explain *x, const struct explain_seen *seen)
{
    buf_format(x->out, "  %s %s %.*s\n", seen->observation.party_rule, evidence_name(seen->contact.evidence),
               SPAN_ARG(seen->contact.host));
}

/* --- a pair --- */

static enum err print_observation(struct explain *x, const struct explain_seen *seen)
{
    const struct index_contact *c = &seen->contact;
    struct index_visit visit;
    struct index_archive archive;
    char time[WHEN_TEXT_BYTES] = "";
    TRY(index_visit_at(x->index, c->visit, &visit));
    TRY(index_archive_at(x->index, c->archive, &archive));
    if (c->first_time_ns != RECORD_NO_DATE)
        when_text(c->first_time_ns, time);
    buf_format(x->out, "  %s %s %s %s %.*s%.*s\n", words_grade(seen->observation.grade),
               evidence_name(c->evidence), seen->observation.party_rule, time, SPAN_ARG(c->host),
               SPAN_ARG(c->path));
    buf_format(x->out, "      on %.*s\n      tredjepart record '%.*s' %llu", SPAN_ARG(visit.page_url),
               SPAN_ARG(archive.name), (unsigned long long)c->at);
    if (c->inner)
        buf_format(x->out, "+%llu", (unsigned long long)c->inner);
    buf_format(x->out, " --proof %.*s\n", SPAN_ARG(c->host));
    return ERR_OK;
}

static enum err print_observations(struct explain *x, const struct pair *pair)
{
    size_t shown = 0, count = 0;
    for (size_t i = 0; i < x->seen_count; i++) {
        if (!is_of_pair(&x->seen[i], pair))
            continue;
        count++;
        if (!x->third_party.bytes && shown == SHOWN_MAX)
            continue;
        TRY(print_observation(x, &x->seen[i]));
        shown++;
    }
    if (count > shown)
        buf_format(x->out, "  and %zu more; name the third party to see them\n", count - shown);
    return ERR_OK;
}

static void print_basis(struct explain *x, const struct basis_finding *finding)
{
    const struct basis *b = finding->basis;
    buf_format(x->out, "  basis %.*s (bases.csv:%u), %s of %.*s%.*s: %s %s  [%s row %u]%s\n", SPAN_ARG(b->id),
               b->line, rule_table_name(finding->rule.table), SPAN_ARG(b->unit_id), SPAN_ARG(b->authority_id),
               explain_result(finding->result), finding->code, rule_table_name(finding->rule.table),
               finding->rule.row,
               finding->covers_all   ? "; for every observation"
               : finding->covers_end ? "; at the end of the window"
                                     : "");
}

static enum err print_pair(struct explain *x, const struct pair *pair)
{
    buf_format(x->out, "\n%.*s%s%.*s: %s, %s %s\n", SPAN_ARG(pair->entity), pair->service.bytes ? ", " : "",
               SPAN_ARG(pair->service), verdict_name(pair->verdict), pair->code, pair->label_da);
    buf_format(x->out, "  party %s (%s), grades A %u B %u C %u D %u, %u pages, %u visits, hosts %.*s\n",
               party_name(pair->party), pair->party_rule, pair->grade_counts[GRADE_A],
               pair->grade_counts[GRADE_B], pair->grade_counts[GRADE_C], pair->grade_counts[GRADE_D],
               pair->page_count, pair->capture_count, SPAN_ARG(pair->hosts));
    TRY(print_observations(x, pair));
    for (size_t i = 0; i < pair->basis_count; i++)
        print_basis(x, &pair->bases[i]);
    if (!pair->basis_count)
        buf_add_string(x->out, "  no basis names it\n");
    buf_format(x->out, "  rows that fired:%.*s\n", SPAN_ARG(explain_rows(pair->rows, x->arena)));
    explain_pair_changes(pair, x->out);
    return ERR_OK;
}

static enum err each_pair(struct explain *x, enum err (*fn)(struct explain *x, const struct pair *pair))
{
    const struct unit_verdict *u = &x->judgement->units[x->unit];
    for (uint32_t i = 0; i < u->pair_count; i++) {
        const struct pair *pair = &x->judgement->pairs[u->first_pair + i];
        if (is_wanted(x, pair))
            TRY(fn(x, pair));
    }
    return ERR_OK;
}

enum err explain_text(struct explain *x)
{
    const struct unit_verdict *u = &x->judgement->units[x->unit];
    print_unit(x, u);
    buf_add_char(x->out, '\n');
    TRY(explain_scope(u->unit, &u->scope, x->judgement->reference_date, x->arena, x->out));
    print_measurement(x, &u->measurement);
    buf_add_string(x->out, "\nFirst party\n");
    TRY(each_host(x, is_own, print_own_host));
    TRY(each_pair(x, print_pair));
    buf_add_string(x->out, "\nLeads, which carry no verdict\n");
    TRY(each_host(x, is_lead, print_lead));
    explain_unit_changes(u, x->out);
    return x->out->err ? x->out->err : x->arena->full ? ERR_MEMORY : ERR_OK;
}

/* --- as a table --- */

static void put(struct explain *x, const struct pair *pair, struct rule rule, const char *code,
                const char *result, struct span detail)
{
    struct span entity = pair ? pair->entity : SPAN(""), service = pair ? pair->service : SPAN("");
    buf_format(x->out, "%.*s\t%.*s\t%.*s\t%s\t%u\t%s\t%s\t%.*s\n",
               SPAN_ARG(x->judgement->units[x->unit].unit->id), SPAN_ARG(entity), SPAN_ARG(service),
               rule_table_name(rule.table), rule.row, code, result, SPAN_ARG(detail));
}

struct bits {
    struct explain *x;
    const struct pair *pair;
    uint32_t rows;
};

static enum err put_row(void *context, const struct rule_line *line)
{
    const struct bits *bits = context;
    if (bits->rows & 1u << line->rule.row)
        put(bits->x, bits->pair, line->rule, line->code, line->result, SPAN(""));
    return ERR_OK;
}

static enum err put_rows(struct explain *x, const struct pair *pair, enum rule_table table, uint32_t rows)
{
    struct bits bits = {x, pair, rows};
    return rules_each(table, x->arena, put_row, &bits);
}

static enum err put_pair(struct explain *x, const struct pair *pair)
{
    for (size_t i = 0; i < x->seen_count; i++) {
        const struct judge_observation *o = &x->seen[i].observation;
        const struct index_contact *c = &x->seen[i].contact;
        struct span detail = arena_format(x->arena, "%.*s %u %llu+%llu", SPAN_ARG(c->host), c->archive,
                                          (unsigned long long)c->at, (unsigned long long)c->inner);
        if (!is_of_pair(&x->seen[i], pair))
            continue;
        put(x, pair, o->party_row, o->party_rule, party_name(o->party), detail);
        put(x, pair, grade_rule_of(c->evidence), evidence_name(c->evidence), words_grade(o->grade), detail);
    }
    for (size_t i = 0; i < pair->basis_count; i++)
        put(x, pair, pair->bases[i].rule, pair->bases[i].code, explain_result(pair->bases[i].result),
            pair->bases[i].basis->id);
    return put_rows(x, pair, RULES_PAIR, pair->rows);
}

static void put_own_host(struct explain *x, const struct explain_seen *seen)
{
    put(x, NULL, seen->observation.party_row, seen->observation.party_rule, party_name(PARTY_FIRST),
        seen->contact.host);
}

static void put_lead(struct explain *x, const struct explain_seen *seen)
{
    put(x, NULL, seen->observation.party_row, seen->observation.party_rule,
        party_name(seen->observation.party), seen->contact.host);
    put(x, NULL, grade_rule_of(seen->contact.evidence), evidence_name(seen->contact.evidence),
        words_grade(seen->observation.grade), seen->contact.host);
}

enum err explain_tsv(struct explain *x)
{
    const struct unit_verdict *u = &x->judgement->units[x->unit];
    TRY(put_rows(x, NULL, RULES_SCOPE, u->scope.rows));
    TRY(put_rows(x, NULL, RULES_MEASUREMENT, u->measurement.failed_rows));
    TRY(each_host(x, is_own, put_own_host));
    TRY(each_host(x, is_lead, put_lead));
    TRY(each_pair(x, put_pair));
    TRY(put_rows(x, NULL, RULES_UNIT, 1u << u->row));
    return x->out->err ? x->out->err : x->arena->full ? ERR_MEMORY : ERR_OK;
}
