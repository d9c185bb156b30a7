// SPDX-License-Identifier: MIT
/*
 * register_read.h - how a register file becomes rows: columns as tables, messages with file, line and column.
 *
 * In:     the bytes of the register files, present or not
 * Out:    struct registers; a message for every problem of every file
 * Owns:   nothing: rows, texts and messages live in the caller's arena
 * Limits: LIMIT_REGISTER_MESSAGES, LIMIT_CELL_BYTES, LIMIT_ROW_CELLS
 * Errors: ERR_REGISTER, ERR_MEMORY
 * Source: compliance.md 8.1; interface.md 3
 */
#ifndef JUDGE_REGISTER_READ_H
#define JUDGE_REGISTER_READ_H

#include "5_judge/register.h"
#include "base/buf.h"

/* In the order in which they are read. */
enum register_file {
    REGISTER_AUTHORITIES,
    REGISTER_UNITS,
    REGISTER_OWN_PARTIES,
    REGISTER_BASES,
    REGISTER_DECISIONS,
    REGISTER_PORTAL_LINKS,
    REGISTER_SERVICES,
    REGISTER_POLICY,
    REGISTER_ALIASES,
    REGISTER_CAPTURES,
    REGISTER_CASES,
    REGISTER_FILE_COUNT
};
struct register_text {
    struct span bytes;
    bool present;
};

/* One reading of all registers. */
struct reader {
    struct arena *arena;
    struct register_messages *messages;
    struct registers *registers;
    struct catalogue *catalogue; /* being filled */
    uint32_t layer;              /* being read; CATALOGUE_LOCAL: the registers themselves */
    unsigned year;
    const char *file; /* being read or checked */
    unsigned line;    /* of the row being read */
};

enum column_kind {
    COLUMN_TEXT,     /* struct span */
    COLUMN_LIST,     /* struct span_list, cells separated by ";" */
    COLUMN_WORD,     /* an int-sized enum, by column.words */
    COLUMN_FROM,     /* date_days; empty: DATE_OPEN_FROM */
    COLUMN_TO,       /* date_days; empty: DATE_OPEN_TO */
    COLUMN_NUMBER,   /* unsigned; empty: 0 */
    COLUMN_PATTERN,  /* struct span, normalised */
    COLUMN_PATTERNS, /* struct span_list, each normalised */
    COLUMN_DOMAINS,  /* struct span_list, each normalised */
    COLUMN_URLS,     /* struct span_list of http and https URLs, normalised, without fragment */
    COLUMN_SHA256,   /* struct span */
    COLUMN_UNUSED    /* belongs to the register, but nothing is computed from it */
};
enum column_need {
    NEED_NOTHING,
    NEED_COLUMN, /* cells may be empty */
    NEED_VALUE
};
struct word {
    const char *text; /* ends a list when NULL; "" is what an empty cell means */
    int value;
};
struct column {
    const char *name;
    enum column_need need;
    enum column_kind kind;
    size_t at; /* offset in the row */
    const struct word *words;
};
struct schema {
    const char *file;
    bool required, silent;    /* silent: nothing is said when it is missing */
    bool may_have_semicolons; /* as spreadsheets of some languages write them */
    const struct column *columns;
    size_t column_count, line_at;
    void *(*add)(struct reader *reader); /* a zeroed row; NULL: memory */
    void (*check)(struct reader *reader,
                  void *row);                  /* what the cells of one row must agree on; may be NULL */
    enum err (*finish)(struct reader *reader); /* sorts, finds duplicates; may be NULL */
};

extern const struct schema register_authorities_schema, register_units_schema, register_own_parties_schema,
    register_bases_schema, register_decisions_schema, register_portal_links_schema, register_services_schema,
    register_aliases_schema, register_captures_schema, register_cases_schema, register_answers_schema,
    register_policy_schema;
extern const struct schema *const register_schemas[REGISTER_FILE_COUNT];
extern const struct word register_truth_words[], register_extent_words[], register_clause_words[],
    register_purpose_words[], register_services_categories[];

enum err register_read_file(struct reader *reader, const struct schema *schema,
                            const struct register_text *text) MUST_CHECK;
/* All registers and layers of the catalogue (layer.h) from memory, the policy for the given year. */
struct layer_text;
enum err register_read_all(const struct register_text texts[REGISTER_FILE_COUNT],
                           const struct layer_text *layers, size_t layer_count, unsigned year,
                           struct arena *arena, struct register_messages *messages,
                           struct registers *out) MUST_CHECK;
enum err register_add_digest(struct reader *reader, const char *file, struct span bytes) MUST_CHECK;
/* What no single row can tell: references between registers, overlaps, cycles. */
enum err register_check_references(struct reader *reader) MUST_CHECK;
enum err register_check_scopes(struct reader *reader) MUST_CHECK;
enum err register_check_lineage(struct reader *reader) MUST_CHECK;
enum err register_policy_resolve(struct reader *reader) MUST_CHECK;

/* A file of answers into the registers that register_read_all made; then, after the last one, the check of them
 * together, and the bases they give. A row of bases.csv with the id of such a basis stands for it: that is how
 * a review is put down. */
enum err register_answers_read(struct reader *reader, const char *file, struct span bytes) MUST_CHECK;
enum err register_answers_finish(struct reader *reader) MUST_CHECK;
/* YEAR-UNIT-ENTITY..., as finding_id.h makes them. An error of the row being read when it is none. */
void register_check_finding_id(struct reader *reader, struct span id);

/* "FILE:LINE: column NAME: TEXT"; line 0 and column NULL are left out. */
void register_say(struct reader *reader, bool is_error, unsigned line, const char *column, const char *format,
                  ...) __attribute__((format(printf, 5, 6)));
/* A value for a message: one line, not too long. */
struct span register_shown(struct reader *reader, struct span value);
/* "'P1' stands on line 4 too": rows sorted by key and line, told for each row whose key is that of the row
 * before. */
void register_say_twice(struct reader *reader, const char *column, struct span key, unsigned line,
                        unsigned other_line);

/* Sorts rows by a text that names them, then by line, and tells those that share it. */
struct register_rows {
    void *items;
    size_t count, item_bytes, key_at, line_at; /* of a struct span, of an unsigned */
    const char *column;
};
void register_sort_rows(struct reader *reader, const struct register_rows *rows);

/* valid_from after valid_to is an error of the row being read. */
void register_check_validity(struct reader *reader, date_days from, date_days to);
bool register_periods_meet(date_days a_from, date_days a_to, date_days b_from, date_days b_to);

/* Words compare without case; "-" and " " are "_". NULL when the text is none of them. */
const struct word *register_word(const struct word *words, struct span text);
/* The three forms of interface.md 3, lower case, IDNA, percent-encoded. ERR_SYNTAX: none of them. */
enum err register_pattern_normal(struct span text, struct arena *arena, struct span *out) MUST_CHECK;

/* register_template.c: the header of a register and comments on its columns; what a column stands for ("": not told). */
enum err register_template(int file, struct arena *arena, struct buf *out) MUST_CHECK;
const char *register_column_meaning(const char *file, const char *column);

#endif
