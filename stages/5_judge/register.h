// SPDX-License-Identifier: MIT
/*
 * register.h - the registers: who is judged, who owns what, which bases were declared, which policy holds.
 *
 * In:     a folder with units.csv, authorities.csv (required) and own_parties.csv, bases.csv, decisions.csv,
 *         portal_links.csv, policy.csv (optional; each missing one is said once); services.csv,
 *         aliases.csv, captures.csv, cases.csv (optional); what authorities answered: answers/<any>.csv; the layers
 *         below catalogue/ (optional; layer.h)
 * Out:    struct registers, sorted by key; every problem as a message with file, line, column
 * Owns:   nothing: everything lives in the caller's arena
 * Limits: LIMIT_REGISTER_BYTES, LIMIT_CELL_BYTES
 * Errors: ERR_REGISTER (messages tell; all are collected before it is returned), ERR_IO, ERR_MEMORY
 * Source: compliance.md 8.1, 1.2; interface.md 3
 */
#ifndef JUDGE_REGISTER_H
#define JUDGE_REGISTER_H

#include "base/arena.h"

struct catalogue; /* catalogue.h */

#define DATE_OPEN_FROM INT32_MIN /* empty valid_from */
#define DATE_OPEN_TO   INT32_MAX /* empty valid_to */
/* Days since 1970-01-01. */
typedef int32_t date_days;

enum truth { TRUTH_FALSE, TRUTH_UNKNOWN, TRUTH_TRUE };
enum unit_type { UNIT_SELF_SERVICE, UNIT_PORTAL };
enum audience { AUDIENCE_UNKNOWN, AUDIENCE_CITIZENS, AUDIENCE_BUSINESSES, AUDIENCE_BOTH };
enum provision {
    PROVISION_UNKNOWN,
    PROVISION_STATE,
    PROVISION_SHARED,
    PROVISION_OUTSOURCED,
    PROVISION_MUNICIPAL_ONLY,
    PROVISION_REGIONAL_ONLY,
    PROVISION_PRIVATE_ONLY
};
enum primary { PRIMARY_UNKNOWN, PRIMARY_STATUTORY, PRIMARY_ASSESSED, PRIMARY_NOT };
enum channel { CHANNEL_WEB, CHANNEL_APP };

struct span_list {
    struct span *items;
    size_t count, capacity;
};
struct authority {
    struct span id, name_da, ministry, cvr, level; /* level: state, region, municipality */
    struct span_list domains;                      /* each with everything below it */
    unsigned line;
};
struct unit {
    struct span id, name_da, authority_id;
    const struct authority *authority; /* never NULL after a successful load */
    enum unit_type type;
    enum channel channel;
    struct span_list url_scope, entry_urls, flow_scope, predecessor_ids;
    enum audience audience;
    enum truth interaction;
    enum provision provision;
    enum primary primary;
    enum truth national;
    unsigned known_page_count; /* pages the solution is known to have; 0: not told */
    struct span law_ref, evidence_ref, decided_by;
    date_days valid_from, valid_to;
    unsigned line;
};
enum relation { RELATION_AUTHORITY, RELATION_OPERATOR, RELATION_PUBLIC_COMPONENT, RELATION_INFRASTRUCTURE };
struct own_party {
    struct span unit_id; /* "*": every unit */
    struct span pattern; /* host, *.host (and host itself) or host/path/prefix */
    enum relation relation;
    struct span service; /* the operated service; another service of an operator is a third party (P5) */
    date_days valid_from, valid_to;
    struct span evidence_ref;
    unsigned line;
};
enum basis_type { BASIS_OPT_OUT, BASIS_AGREEMENT, BASIS_NECESSARY };
enum extent { EXTENT_UNKNOWN, EXTENT_NO, EXTENT_PARTLY, EXTENT_YES };
enum own_use_clause { CLAUSE_UNCLEAR, CLAUSE_ALLOWS, CLAUSE_BANS };
enum purpose { PURPOSE_UNKNOWN, PURPOSE_PRECONDITION, PURPOSE_SECURITY, PURPOSE_OTHER };
enum review { REVIEW_NONE, REVIEW_PENDING, REVIEW_ACCEPTED, REVIEW_REJECTED };
struct basis {
    struct span id, unit_id, authority_id; /* one of the two */
    struct span entity, service, pattern;  /* at least one: what it covers */
    enum basis_type type;
    struct span form, setting_name, evidence_ref, evidence_sha256, note;
    enum truth setting_exists; /* unknown, but setting_name given: yes */
    enum truth activated;
    enum extent effective;
    enum own_use_clause own_use_clause;
    enum truth written, anonymised_exempt;
    enum truth own_use_possible; /* necessary: can the third party use the data for own purposes? */
    enum purpose purpose;
    enum truth limited_use;
    date_days valid_from, valid_to, declared_on;
    enum review review;
    unsigned line;
};
struct decision {
    struct span id, unit_id, entity, verdict, reason, decided_by, evidence_ids;
    struct span_list supersedes;
    bool superseded; /* by another row: without effect */
    unsigned year;
    unsigned line;
};
struct portal_link {
    struct span portal_id, target_id;
    date_days valid_from, valid_to;
    unsigned line;
};
/* A name that the DNS says is another's. */
struct alias {
    struct span host, canonical;
    date_days valid_from, valid_to;
    uint32_t layer; /* of the catalogue's aliases only, as is: */
    bool withheld;  /* known from a layer that is not for commercial use */
    unsigned line;
};
/* An archive, as whoever ran the crawl registered it. */
struct capture_entry {
    struct span warc_file; /* name of the file, with as much of its path as tells it from others */
    struct span unit_id;   /* of the app whose traffic it is; empty: it has pages, which tell their unit */
    struct span crawl_id;
    unsigned line;
};
/* What was sent to an authority about a finding, and what came of it. */
enum case_outcome { OUTCOME_NONE, OUTCOME_DOCUMENTED, OUTCOME_REMOVED, OUTCOME_DISPUTED, OUTCOME_CLOSED };
struct case_entry {
    struct span id, finding_id;
    unsigned level; /* 1-4 of follow_level.h */
    date_days sent_on;
    date_days deadline;    /* DATE_OPEN_TO: none */
    date_days answered_on; /* DATE_OPEN_FROM: not yet */
    enum case_outcome outcome;
    unsigned line;
};
/* A row of a hearing file that came back. One that names a basis is among the bases too. */
enum answer_kind { ANSWER_NONE, ANSWER_BASIS, ANSWER_DISPUTE, ANSWER_REMOVED };
struct answer {
    struct span file, finding_id; /* file: "answers/A1.csv" */
    enum answer_kind kind;
    int basis_type;     /* enum basis_type; -1: not told */
    struct basis basis; /* unit_id, entity and service are those of the finding */
    unsigned line;
};
enum reading { READING_JUDGE, READING_LIST_ONLY };
/* Strength of an observation (5.3), the strongest first. */
enum grade { GRADE_A, GRADE_B, GRADE_C, GRADE_D };
/* policy.csv over the defaults of compliance.md 1.2 and 5.6; every key is printed in the report. */
struct policy_row {
    struct span key, value, source, valid_from;
    struct span
        previous_value; /* that was in force in the year before; empty for dates, which are of one year */
    bool is_default;
    unsigned line; /* 0: default */
};
struct policy_year {
    unsigned year;
    date_days reference_date;   /* default 31 December */
    date_days hearing_deadline; /* DATE_OPEN_TO: none set */
};
struct policy {
    bool portal_state_required, agreement_written, anonymised_counts, documents_required, review_required;
    bool no_answer_is_breach;
    bool flow_only;          /* scope_unit: only pages of the self-service flow are judged */
    bool preconnect_is_load; /* refetch_rule */
    bool scripts_required;   /* 5.6: at least one capture that ran scripts */
    bool base_catalogue;     /* the built-in layer of the catalogue is read */
    enum grade min_grade;    /* weakest grade that may carry a breach */
    enum reading public_partner, infra_cname;
    unsigned min_entry_pages, min_pages, min_flow_pages; /* 5.6 */
    double max_failed_share, min_coverage;
    struct policy_year *years; /* the evaluated one, the year before, and older ones that have a key */
    size_t year_count, year_capacity;
    struct policy_row *rows; /* every key, sorted */
    size_t row_count, row_capacity;
};
struct registers {
    struct authority *authorities;
    struct unit *units;
    struct own_party *own_parties;
    struct basis *bases;
    struct decision *decisions;
    struct portal_link *portal_links;
    struct alias *aliases;          /* sorted by host, then valid_from */
    struct capture_entry *captures; /* sorted by warc_file */
    struct case_entry *cases;       /* sorted by finding_id, then sent_on, then id */
    struct answer *answers;         /* sorted by finding_id, one of each */
    size_t authority_count, unit_count, own_party_count, basis_count, decision_count, portal_link_count,
        alias_count, capture_count, case_count, answer_count;
    size_t authority_capacity, unit_capacity, own_party_capacity, basis_capacity, decision_capacity,
        portal_link_capacity, alias_capacity, capture_capacity, case_capacity, answer_capacity;
    struct policy policy;
    const struct catalogue *catalogue; /* never NULL after a successful load */
    struct register_digest {
        struct span file, sha256;
        uint64_t bytes;
    } * digests; /* one per file read */
    size_t digest_count, digest_capacity;
};

/* "units.csv:12: column audience: 'borger' is not one of citizens, businesses, both" */
struct register_message {
    bool is_error;
    struct span text;
};
struct register_messages {
    struct register_message *items;
    size_t count, capacity, error_count, warning_count;
};

/* year: the evaluated one (for policy keys with a year). policy_file NULL: DIR/policy.csv. */
enum err register_load(const char *folder, const char *policy_file, unsigned year, struct arena *arena,
                       struct register_messages *messages, struct registers *out) MUST_CHECK;

/* Does host (and path) fall under a pattern: by labels and path segments, never as plain strings. "*.host"
 * covers host and everything below it; a final dot of a host does not count. */
bool register_pattern_covers(struct span pattern, struct span host, struct span path);
const struct unit *register_unit(const struct registers *registers, struct span id);

/* Empty registers with comments into a folder. ERR_IO with errno. */
enum err register_write_templates(const char *folder) MUST_CHECK;
/* The dates of any year; those of a year without keys are the defaults. */
struct policy_year register_policy_year(const struct policy *policy, unsigned year);

/* captures.csv alone, for who has no registers at hand. */
enum err register_load_captures(const char *path, struct arena *arena, struct register_messages *messages,
                                struct registers *out) MUST_CHECK;

/* "YYYY-MM-DD" both ways. */
bool register_date_parse(struct span text, date_days *out);
struct span register_date_text(date_days date, struct arena *arena);

#endif
