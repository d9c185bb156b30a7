// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"

#include <stdlib.h>

#define AT(field)    offsetof(struct answer, field)
#define BASIS(field) offsetof(struct answer, basis.field)

enum { NO_TYPE = -1 };
static const struct word kinds[] = {
    {"",        ANSWER_NONE   },
    {"basis",   ANSWER_BASIS  },
    {"dispute", ANSWER_DISPUTE},
    {"removed", ANSWER_REMOVED},
    {NULL,      0             }
};
static const struct word types[] = {
    {"",          NO_TYPE        },
    {"opt_out",   BASIS_OPT_OUT  },
    {"agreement", BASIS_AGREEMENT},
    {"necessary", BASIS_NECESSARY},
    {NULL,        0              }
};

/* The first ten stand in a hearing file as it is sent, the others are filled in. */
static const struct column columns[] = {
    {"finding_id",        NEED_VALUE,   COLUMN_TEXT,   AT(finding_id),           NULL                  },
    {"unit_id",           NEED_VALUE,   COLUMN_TEXT,   BASIS(unit_id),           NULL                  },
    {"unit_name",         NEED_NOTHING, COLUMN_UNUSED, 0,                        NULL                  },
    {"entity",            NEED_VALUE,   COLUMN_TEXT,   BASIS(entity),            NULL                  },
    {"service",           NEED_COLUMN,  COLUMN_TEXT,   BASIS(service),           NULL                  },
    {"hosts",             NEED_NOTHING, COLUMN_UNUSED, 0,                        NULL                  },
    {"example_page",      NEED_NOTHING, COLUMN_UNUSED, 0,                        NULL                  },
    {"first_seen",        NEED_NOTHING, COLUMN_UNUSED, 0,                        NULL                  },
    {"missing",           NEED_NOTHING, COLUMN_UNUSED, 0,                        NULL                  },
    {"deadline",          NEED_NOTHING, COLUMN_UNUSED, 0,                        NULL                  },
    {"answer",            NEED_COLUMN,  COLUMN_WORD,   AT(kind),                 kinds                 },
    {"answered_on",       NEED_NOTHING, COLUMN_FROM,   BASIS(declared_on),       NULL                  },
    {"basis_type",        NEED_NOTHING, COLUMN_WORD,   AT(basis_type),           types                 },
    {"basis_form",        NEED_NOTHING, COLUMN_TEXT,   BASIS(form),              NULL                  },
    {"setting_name",      NEED_NOTHING, COLUMN_TEXT,   BASIS(setting_name),      NULL                  },
    {"activated",         NEED_NOTHING, COLUMN_WORD,   BASIS(activated),         register_truth_words  },
    {"effective",         NEED_NOTHING, COLUMN_WORD,   BASIS(effective),         register_extent_words },
    {"own_use_clause",    NEED_NOTHING, COLUMN_WORD,   BASIS(own_use_clause),    register_clause_words },
    {"written",           NEED_NOTHING, COLUMN_WORD,   BASIS(written),           register_truth_words  },
    {"anonymised_exempt", NEED_NOTHING, COLUMN_WORD,   BASIS(anonymised_exempt), register_truth_words  },
    {"own_use_possible",  NEED_NOTHING, COLUMN_WORD,   BASIS(own_use_possible),  register_truth_words  },
    {"purpose",           NEED_NOTHING, COLUMN_WORD,   BASIS(purpose),           register_purpose_words},
    {"limited_use",       NEED_NOTHING, COLUMN_WORD,   BASIS(limited_use),       register_truth_words  },
    {"evidence_ref",      NEED_NOTHING, COLUMN_TEXT,   BASIS(evidence_ref),      NULL                  },
    {"valid_from",        NEED_NOTHING, COLUMN_FROM,   BASIS(valid_from),        NULL                  },
    {"note",              NEED_NOTHING, COLUMN_TEXT,   BASIS(note),              NULL                  },
};

static void *add(struct reader *reader)
{
    struct registers *r = reader->registers;
    struct answer *answer = ARENA_PUSH(reader->arena, r->answers, r->answer_count, r->answer_capacity);
    if (!answer)
        return NULL;
    answer->file = arena_copy(reader->arena, span_of_string(reader->file));
    answer->basis_type = NO_TYPE;
    answer->basis.valid_to = DATE_OPEN_TO;
    answer->basis.review = REVIEW_PENDING;
    return answer;
}

/* The apostrophe that keeps a spreadsheet from running a text as a formula. */
static void drop_guard(struct span *text)
{
    if (text->bytes > 1 && text->at[0] == '\'' && strchr("=+-@\t\r'", text->at[1]))
        *text = span_from(*text, 1);
}

static bool is_filled_in(const struct answer *answer)
{
    const struct basis *b = &answer->basis;
    return answer->basis_type != NO_TYPE || b->form.bytes || b->setting_name.bytes || b->evidence_ref.bytes ||
           b->note.bytes || b->declared_on != DATE_OPEN_FROM;
}

static void check(struct reader *reader, void *row)
{
    struct answer *answer = row;
    struct basis *basis = &answer->basis;
    struct span *texts[] = {&basis->unit_id,      &basis->entity,       &basis->service, &basis->form,
                            &basis->setting_name, &basis->evidence_ref, &basis->note};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        drop_guard(texts[i]);
    register_check_finding_id(reader, answer->finding_id);
    if (answer->kind == ANSWER_NONE && is_filled_in(answer))
        register_say(reader, true, reader->line, "answer",
                     "is empty, but the row is filled in; say basis, dispute or removed");
    if (answer->kind == ANSWER_BASIS && answer->basis_type == NO_TYPE)
        register_say(reader, true, reader->line, "basis_type",
                     "is empty; a basis is one of opt_out, agreement, necessary");
    if (answer->kind != ANSWER_BASIS && answer->basis_type != NO_TYPE && answer->kind != ANSWER_NONE)
        register_say(reader, true, reader->line, "basis_type",
                     "is given, but the answer is another; leave it empty or answer with basis");
    bool unread = !reader->registers->unit_count && reader->messages->error_count;
    if (basis->unit_id.bytes && !unread && !register_unit(reader->registers, basis->unit_id))
        register_say(reader, true, reader->line, "unit_id",
                     "'%.*s' is not in units.csv; leave this column as it was sent",
                     SPAN_ARG(register_shown(reader, basis->unit_id)));
    basis->setting_exists = basis->setting_name.bytes ? TRUTH_TRUE : TRUTH_UNKNOWN;
    basis->type = answer->basis_type == NO_TYPE ? BASIS_OPT_OUT : (enum basis_type)answer->basis_type;
    basis->line = reader->line;
}

/* Rows without an answer are no answers. */
static enum err finish(struct reader *reader)
{
    struct registers *r = reader->registers;
    size_t kept = 0;
    for (size_t i = 0; i < r->answer_count; i++)
        if (r->answers[i].kind != ANSWER_NONE)
            r->answers[kept++] = r->answers[i];
    r->answer_count = kept;
    return ERR_OK;
}

const struct schema register_answers_schema = {
    .file = "answers",
    .may_have_semicolons = true,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = AT(line),
    .add = add,
    .check = check,
    .finish = finish,
};

enum err register_answers_read(struct reader *reader, const char *file, struct span bytes)
{
    struct schema schema = register_answers_schema;
    const struct register_text text = {bytes, true};
    schema.file = file;
    return register_read_file(reader, &schema, &text);
}

static int compare(const void *a, const void *b)
{
    const struct answer *x = a, *y = b;
    int order = span_compare(x->finding_id, y->finding_id);
    if (!order)
        order = span_compare(x->file, y->file);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int compare_bases(const void *a, const void *b)
{
    return span_compare(((const struct basis *)a)->id, ((const struct basis *)b)->id);
}

static bool is_among(const struct basis *bases, size_t count, const struct basis *basis)
{
    return count && bsearch(basis, bases, count, sizeof *bases, compare_bases);
}

enum err register_answers_finish(struct reader *reader)
{
    struct registers *r = reader->registers;
    size_t reviewed = r->basis_count;
    if (r->answer_count)
        qsort(r->answers, r->answer_count, sizeof *r->answers, compare);
    for (size_t i = 0; i < r->answer_count; i++) {
        struct answer *answer = &r->answers[i];
        if (i && answer->finding_id.bytes && span_equal(answer[-1].finding_id, answer->finding_id)) {
            reader->file = answer->file.at;
            register_say(reader, true, answer->line, "finding_id",
                         "'%.*s' is answered in %.*s:%u too; keep one",
                         SPAN_ARG(register_shown(reader, answer->finding_id)), SPAN_ARG(answer[-1].file),
                         answer[-1].line);
            continue;
        }
        if (answer->kind != ANSWER_BASIS)
            continue;
        answer->basis.id = arena_format(reader->arena, "H-%.*s", SPAN_ARG(answer->finding_id));
        if (is_among(r->bases, reviewed, &answer->basis))
            continue;
        struct basis *basis = ARENA_PUSH(reader->arena, r->bases, r->basis_count, r->basis_capacity);
        if (!basis)
            return ERR_MEMORY;
        *basis = answer->basis;
    }
    if (r->basis_count)
        qsort(r->bases, r->basis_count, sizeof *r->bases, compare_bases);
    return reader->arena->full ? ERR_MEMORY : ERR_OK;
}
