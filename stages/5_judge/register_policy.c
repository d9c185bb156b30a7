// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"
#include "base/when.h"

#include <stdlib.h>

#define ROW(field) offsetof(struct policy_row, field)
#define AT(field)  offsetof(struct policy, field)

static const struct column columns[] = {
    {"key",        NEED_VALUE,   COLUMN_TEXT, ROW(key),        NULL},
    {"value",      NEED_COLUMN,  COLUMN_TEXT, ROW(value),      NULL},
    {"source",     NEED_NOTHING, COLUMN_TEXT, ROW(source),     NULL},
    {"valid_from", NEED_NOTHING, COLUMN_TEXT, ROW(valid_from), NULL},
};

enum key_kind { KEY_WORD, KEY_BOOL, KEY_COUNT, KEY_SHARE, KEY_NO_EFFECT };
struct key {
    const char *name;
    enum key_kind kind;
    size_t at;
    const struct word *words;
    const char *otherwise, *source; /* default value, and where it is argued for */
};

static const struct word yes_no[] = {
    {"yes", true },
    {"no",  false},
    {NULL,  0    }
};
static const struct word readings[] = {
    {"judge",     READING_JUDGE    },
    {"list_only", READING_LIST_ONLY},
    {NULL,        0                }
};
static const struct word answers[] = {
    {"non_compliant", true },
    {"unresolved",    false},
    {NULL,            0    }
};
static const struct word scopes[] = {
    {"site", false},
    {"flow", true },
    {NULL,   0    }
};
static const struct word grades[] = {
    {"a",  GRADE_A},
    {"b",  GRADE_B},
    {"c",  GRADE_C},
    {NULL, 0      }
};
static const struct word clicks[] = {
    {"separate", 0},
    {"count",    0},
    {NULL,       0}
};
static const struct word documents[] = {
    {"self_declaration",   false},
    {"document_reference", true },
    {"reviewed_document",  true },
    {NULL,                 0    }
};
static const struct word document_reviews[] = {
    {"self_declaration",   false},
    {"document_reference", false},
    {"reviewed_document",  true },
    {NULL,                 0    }
};

/* A key that moves two fields stands twice, one row below the other. Words: in 1.2; numbers: in 5.6. */
// clang-format off
static const struct key keys[] = {
    {"agreement_written",     KEY_BOOL,      AT(agreement_written),     yes_no,           "yes",                "1.2: the agency's page [D1]; the guidance has no form requirement"},
    {"anonymised_counts",     KEY_BOOL,      AT(anonymised_counts),     yes_no,           "yes",                "1.2: the agency's page [D1]"},
    {"base_catalogue",        KEY_BOOL,      AT(base_catalogue),        yes_no,           "yes",                "4.3: a layer of facts comes with the program"},
    {"documentation",         KEY_BOOL,      AT(documents_required),    documents,        "document_reference", "1.2: a reference in year 1, reviewed from year 2"},
    {"documentation",         KEY_BOOL,      AT(review_required),       document_reviews, "document_reference", "1.2"},
    {"infra_cname",           KEY_WORD,      AT(infra_cname),           readings,         "list_only",          "1.2: hosting alone is no purpose of its own"},
    {"max_failed_share",      KEY_SHARE,     AT(max_failed_share),      NULL,             "0.2",                "5.6"},
    {"min_coverage",          KEY_SHARE,     AT(min_coverage),          NULL,             "0.9",                "5.6"},
    {"min_entry_pages",       KEY_COUNT,     AT(min_entry_pages),       NULL,             "1",                  "5.6"},
    {"min_flow_pages",        KEY_COUNT,     AT(min_flow_pages),        NULL,             "1",                  "5.6"},
    {"min_grade",             KEY_WORD,      AT(min_grade),             grades,           "B",                  "1.2, 5.3"},
    {"min_pages",             KEY_COUNT,     AT(min_pages),             NULL,             "10",                 "5.6"},
    {"no_answer",             KEY_BOOL,      AT(no_answer_is_breach),   answers,          "non_compliant",      "1.2: A15, after the deadline"},
    {"portal_state_required", KEY_BOOL,      AT(portal_state_required), yes_no,           "no",                 "1.2: \"state\" qualifies the solutions"},
    {"public_partner",        KEY_WORD,      AT(public_partner),        readings,         "list_only",          "1.2: the aim is commercial own purposes"},
    {"refetch_rule",          KEY_BOOL,      AT(preconnect_is_load),    yes_no,           "yes",                "1.2: a connection discloses the IP address"},
    {"scope_unit",            KEY_BOOL,      AT(flow_only),             scopes,           "site",               "1.2: the wording covers the containing site"},
    {"scripts_required",      KEY_BOOL,      AT(scripts_required),      yes_no,           "yes",                "5.6"},
    {"two_click",             KEY_NO_EFFECT, 0,                         clicks,           "separate",           "1.2: needs a basis either way; archives tell no clicks apart"},
};
static const struct { const char *prefix; size_t at; const char *source; } year_keys[] = {
    {"hearing_deadline.", offsetof(struct policy_year, hearing_deadline), "6.1: none set, the deadline is open"},
    {"reference_date.",   offsetof(struct policy_year, reference_date),   "6.1: the last day of the year"},
};
// clang-format on
enum { KEY_ROWS = sizeof keys / sizeof *keys, YEAR_KEYS = sizeof year_keys / sizeof *year_keys };

/* "0.2": no locale, no exponent. */
static bool share_of(struct span text, double *out)
{
    size_t point = span_find(text, '.', 0);
    struct span decimals = span_from(text, point + 1);
    uint64_t whole, part = 0;
    if (decimals.bytes > 9 || !span_to_u64(span_first(text, point), &whole) || whole > 1 ||
        (point < text.bytes && !span_to_u64(decimals, &part)))
        return false;
    double scale = 1;
    for (size_t i = 0; i < decimals.bytes; i++)
        scale *= 10;
    *out = (double)whole + (double)part / scale;
    return *out <= 1;
}

static bool set(struct policy *policy, const struct key *key, struct span value)
{
    char *to = (char *)policy + key->at;
    const struct word *word = key->words ? register_word(key->words, value) : NULL;
    uint64_t number;
    switch (key->kind) {
    case KEY_WORD:
        if (word)
            memcpy(to, &word->value, sizeof word->value);
        return word;
    case KEY_BOOL:
        if (word)
            *(bool *)to = word->value;
        return word;
    case KEY_NO_EFFECT:
        return word;
    case KEY_COUNT:
        if (!span_to_u64(value, &number) || number > INT32_MAX)
            return false;
        *(unsigned *)to = (unsigned)number;
        return true;
    case KEY_SHARE:
        return share_of(value, (double *)to);
    }
    return false;
}

static void say_value(struct reader *reader, const struct policy_row *row, const struct key *key)
{
    struct span right = SPAN("a date of the form YYYY-MM-DD");
    if (key && key->words) {
        right = SPAN("one of");
        for (const struct word *word = key->words; word->text; word++)
            right = arena_format(reader->arena, "%.*s%s%s", SPAN_ARG(right), word == key->words ? " " : ", ",
                                 word->text);
    } else if (key) {
        right = key->kind == KEY_SHARE ? SPAN("a share from 0 to 1, such as 0.2")
                                       : SPAN("a number of digits only");
    }
    register_say(reader, true, row->line, "value", "'%.*s' is not %.*s, as %.*s needs",
                 SPAN_ARG(register_shown(reader, row->value)), SPAN_ARG(right),
                 SPAN_ARG(register_shown(reader, row->key)));
}

static const struct key *find_key(struct span name)
{
    for (size_t i = 0; i < KEY_ROWS; i++)
        if (span_equal(name, span_of_string(keys[i].name)))
            return &keys[i];
    return NULL;
}

/* The year of a key such as "reference_date.2026"; 0: none of these. */
static unsigned year_of_key(struct span name)
{
    uint64_t year;
    for (size_t i = 0; i < YEAR_KEYS; i++) {
        struct span prefix = span_of_string(year_keys[i].prefix);
        if (span_starts(name, prefix) && name.bytes == prefix.bytes + 4 &&
            span_to_u64(span_from(name, prefix.bytes), &year))
            return (unsigned)year;
    }
    return 0;
}

static void *add(struct reader *reader)
{
    struct policy *policy = &reader->registers->policy;
    return ARENA_PUSH(reader->arena, policy->rows, policy->row_count, policy->row_capacity);
}

/* Every row is checked, also one that is not in force this year. */
static void check(struct reader *reader, void *context)
{
    const struct policy_row *row = context;
    const struct key *key = find_key(row->key);
    struct policy scratch;
    date_days date;
    if (row->valid_from.bytes && !register_date_parse(row->valid_from, &date))
        register_say(reader, true, row->line, "valid_from", "'%.*s' is not a date of the form YYYY-MM-DD",
                     SPAN_ARG(register_shown(reader, row->valid_from)));
    if (key) {
        if (!set(&scratch, key, row->value))
            say_value(reader, row, key);
        else if (key->kind == KEY_NO_EFFECT && !span_equal_nocase(row->value, span_of_string(key->otherwise)))
            register_say(reader, false, row->line, "value",
                         "%s has no effect yet: archives tell no clicks apart", key->name);
    } else if (year_of_key(row->key)) {
        if (row->value.bytes && !register_date_parse(row->value, &date))
            say_value(reader, row, NULL);
    } else if (row->key.bytes) {
        register_say(reader, true, row->line, "key",
                     "'%.*s' is no key of the policy; the method annex lists them all",
                     SPAN_ARG(register_shown(reader, row->key)));
    }
}

static date_days start_of(const struct policy_row *row)
{
    date_days date = DATE_OPEN_FROM;
    return row->valid_from.bytes && !register_date_parse(row->valid_from, &date) ? DATE_OPEN_FROM : date;
}

static int compare(const void *a, const void *b)
{
    const struct policy_row *x = a, *y = b;
    int order = span_compare(x->key, y->key);
    if (!order)
        order = (start_of(x) > start_of(y)) - (start_of(x) < start_of(y));
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static enum err finish(struct reader *reader)
{
    struct policy *policy = &reader->registers->policy;
    if (policy->row_count)
        qsort(policy->rows, policy->row_count, sizeof *policy->rows, compare);
    for (size_t i = 1; i < policy->row_count; i++) {
        const struct policy_row *a = &policy->rows[i - 1], *b = &policy->rows[i];
        if (b->key.bytes && span_equal(a->key, b->key) && start_of(a) == start_of(b))
            register_say_twice(reader, "key", b->key, b->line, a->line);
    }
    return ERR_OK;
}

/* The given row in force on a day: of those that have begun, the one that began last. NULL: the default
 * holds. */
static const struct policy_row *in_force(const struct policy *given, struct span key, date_days day)
{
    const struct policy_row *found = NULL;
    for (size_t i = 0; i < given->row_count; i++)
        if (span_equal(given->rows[i].key, key) && start_of(&given->rows[i]) <= day)
            found = &given->rows[i];
    return found;
}

static struct policy_row *push(struct reader *reader, const struct policy_row *given, struct span key,
                               struct span value, const char *source)
{
    struct policy *policy = &reader->registers->policy;
    struct policy_row *row = ARENA_PUSH(reader->arena, policy->rows, policy->row_count, policy->row_capacity);
    if (row)
        *row = given ? *given
                     : (struct policy_row){
                           .key = key, .value = value, .source = span_of_string(source), .is_default = true};
    return row;
}

static date_days last_day_of(unsigned year)
{
    return year ? (date_days)when_days(year, 12, 31) : DATE_OPEN_TO; /* 0: checked without a year */
}

static const struct policy_year *find_year(const struct policy *policy, unsigned year)
{
    for (size_t i = 0; i < policy->year_count; i++)
        if (policy->years[i].year == year)
            return &policy->years[i];
    return NULL;
}

struct policy_year register_policy_year(const struct policy *policy, unsigned year)
{
    const struct policy_year *found = find_year(policy, year);
    return found ? *found : (struct policy_year){year, last_day_of(year), DATE_OPEN_TO};
}

/* is_shown: a key without a row gets one that tells the default. */
static enum err add_year(struct reader *reader, const struct policy *given, unsigned year, bool is_shown)
{
    struct policy *policy = &reader->registers->policy;
    struct policy_year *to =
        ARENA_PUSH(reader->arena, policy->years, policy->year_count, policy->year_capacity);
    if (!to)
        return ERR_MEMORY;
    *to = (struct policy_year){year, last_day_of(year), DATE_OPEN_TO};
    for (size_t i = 0; i < YEAR_KEYS && year; i++) {
        date_days *date = (date_days *)((char *)to + year_keys[i].at), read;
        struct span key = arena_format(reader->arena, "%s%04u", year_keys[i].prefix, year);
        const struct policy_row *row = in_force(given, key, DATE_OPEN_TO);
        if ((row || is_shown) &&
            !push(reader, row, key, register_date_text(*date, reader->arena), year_keys[i].source))
            return ERR_MEMORY;
        if (row && register_date_parse(row->value, &read))
            *date = read;
    }
    return ERR_OK;
}

/* Keys of later years leave the report of this year as it is. */
static enum err resolve_dates(struct reader *reader, const struct policy *given)
{
    const struct policy *policy = &reader->registers->policy;
    unsigned evaluated = reader->year, before = evaluated ? evaluated - 1 : 0;
    TRY(add_year(reader, given, evaluated, true));
    if (before)
        TRY(add_year(reader, given, before, true));
    for (size_t i = 0; i < given->row_count; i++) {
        unsigned year = year_of_key(given->rows[i].key);
        if (year && year < before && !find_year(policy, year))
            TRY(add_year(reader, given, year, false));
    }
    return ERR_OK;
}

enum err register_policy_resolve(struct reader *reader)
{
    struct policy *policy = &reader->registers->policy, given = *policy;
    *policy = (struct policy){0};
    TRY(resolve_dates(reader, &given));
    size_t before_at = policy->year_count > 1; /* the year before, when there is one */
    for (size_t i = 0; i < KEY_ROWS; i++) {
        struct span name = span_of_string(keys[i].name), otherwise = span_of_string(keys[i].otherwise);
        const struct policy_row *row = in_force(&given, name, policy->years[0].reference_date);
        if (!row || !set(policy, &keys[i], row->value))
            (void)set(policy, &keys[i], otherwise);
        bool is_second = i && span_equal(name, span_of_string(keys[i - 1].name));
        struct policy_row *shown = is_second ? NULL : push(reader, row, name, otherwise, keys[i].source);
        if (!is_second && !shown)
            return ERR_MEMORY;
        const struct policy_row *then = in_force(&given, name, policy->years[before_at].reference_date);
        if (shown)
            shown->previous_value = then ? then->value : otherwise;
    }
    qsort(policy->rows, policy->row_count, sizeof *policy->rows, compare);
    return ERR_OK;
}

const struct schema register_policy_schema = {
    .file = "policy.csv",
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = ROW(line),
    .add = add,
    .check = check,
    .finish = finish,
};
