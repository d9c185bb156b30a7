// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"

#include <stdlib.h>

#define AT(field) offsetof(struct case_entry, field)

static const struct word levels[] = {
    {"1",  1},
    {"2",  2},
    {"3",  3},
    {"4",  4},
    {NULL, 0}
};
static const struct word outcomes[] = {
    {"",           OUTCOME_NONE      },
    {"documented", OUTCOME_DOCUMENTED},
    {"removed",    OUTCOME_REMOVED   },
    {"disputed",   OUTCOME_DISPUTED  },
    {"closed",     OUTCOME_CLOSED    },
    {NULL,         0                 }
};

static const struct column columns[] = {
    {"case_id",     NEED_VALUE,   COLUMN_TEXT, AT(id),          NULL    },
    {"finding_id",  NEED_VALUE,   COLUMN_TEXT, AT(finding_id),  NULL    },
    {"level",       NEED_VALUE,   COLUMN_WORD, AT(level),       levels  },
    {"sent_on",     NEED_VALUE,   COLUMN_FROM, AT(sent_on),     NULL    },
    {"deadline",    NEED_COLUMN,  COLUMN_TO,   AT(deadline),    NULL    },
    {"answered_on", NEED_COLUMN,  COLUMN_FROM, AT(answered_on), NULL    },
    {"outcome",     NEED_NOTHING, COLUMN_WORD, AT(outcome),     outcomes},
};

static void *add(struct reader *reader)
{
    struct registers *r = reader->registers;
    return ARENA_PUSH(reader->arena, r->cases, r->case_count, r->case_capacity);
}

/* Four digits, then what text_slug leaves of a text. */
void register_check_finding_id(struct reader *reader, struct span id)
{
    bool right = id.bytes > 5 && id.at[4] == '-';
    for (size_t i = 0; i < id.bytes && right; i++) {
        char c = id.at[i];
        right = ascii_is_digit(c) || (i > 3 && (c == '-' || c == '.' || (c >= 'a' && c <= 'z')));
    }
    if (id.bytes && !right)
        register_say(reader, true, reader->line, "finding_id",
                     "'%.*s' is no id of a finding, such as 2026-u1-example-inc",
                     SPAN_ARG(register_shown(reader, id)));
}

static void check(struct reader *reader, void *row)
{
    const struct case_entry *entry = row;
    register_check_finding_id(reader, entry->finding_id);
    if (entry->sent_on > entry->deadline)
        register_say(reader, true, reader->line, "deadline",
                     "is before sent_on; exchange or correct the dates");
    if (entry->answered_on != DATE_OPEN_FROM && entry->answered_on < entry->sent_on)
        register_say(reader, true, reader->line, "answered_on",
                     "is before sent_on; exchange or correct the dates");
}

static int compare(const void *a, const void *b)
{
    const struct case_entry *x = a, *y = b;
    int order = span_compare(x->finding_id, y->finding_id);
    if (!order)
        order = (x->sent_on > y->sent_on) - (x->sent_on < y->sent_on);
    return order ? order : span_compare(x->id, y->id);
}

static enum err finish(struct reader *reader)
{
    struct registers *r = reader->registers;
    if (!r->case_count)
        return ERR_OK;
    register_sort_rows(reader, &(struct register_rows){r->cases, r->case_count, sizeof *r->cases, AT(id),
                                                       AT(line), "case_id"});
    qsort(r->cases, r->case_count, sizeof *r->cases, compare);
    return ERR_OK;
}

const struct schema register_cases_schema = {
    .file = "cases.csv",
    .silent = true,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = AT(line),
    .add = add,
    .check = check,
    .finish = finish,
};
