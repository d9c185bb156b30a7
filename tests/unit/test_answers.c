// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/registers_of.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define HEAD     "finding_id,unit_id,entity,service,answer,answered_on,basis_type,evidence_ref,setting_name\n"

static const struct registers_text given[] = {
    {"authorities.csv", "authority_id,name_da\nA,n\n"                                         },
    {"units.csv",
     "unit_id,name_da,unit_type,authority_id,url_scope,audience,interaction,provision,primary_channel\n"
     "U,n,self_service,A,u.dk,citizens,yes,state,statutory\n"                                 },
    {"bases.csv",       "basis_id,unit_id,entity,basis_type,review_status\n"
                  "H-2026-u-old,U,Old,agreement,accepted\nX,U,X,necessary,\n"},
    {NULL,              NULL                                                                  },
};

static enum err read_answers(struct registers_of *of, const char *const *texts, size_t count,
                             struct register_messages *messages)
{
    static const char *const names[] = {"answers/a.csv", "answers/b.csv"};
    registers_of(of, 2026, given);
    struct reader reader = {
        .arena = &of->arena, .messages = messages, .registers = &of->registers, .year = 2026};
    for (size_t i = 0; i < count; i++)
        assert_int_equal(register_answers_read(&reader, names[i], span_of_string(texts[i])), ERR_OK);
    return register_answers_finish(&reader);
}

static void test_messages(void **state)
{
    (void)state;
    // clang-format off
    static const struct {
        const char *first, *second, *message; /* message NULL: none */
    } rows[] = {
        {HEAD "2026-u-x,U,X,,,,,,\n", NULL, NULL},
        {HEAD "2026-u-x,U,X,,basis,2026-11-01,agreement,a.pdf,\n2026-u-y,U,Y,,Removed,,,,\n", HEAD "2026-u-z,U,Z,,dispute,,,,\n", NULL},
        {HEAD "2026-u-x,V,X,,removed,,,,\n", NULL, "answers/a.csv:2: column unit_id: 'V' is not in units.csv; leave this column as it was sent"},
        {HEAD "u-x,U,X,,removed,,,,\n", NULL, "answers/a.csv:2: column finding_id: 'u-x' is no id of a finding, such as 2026-u1-example-inc"},
        {HEAD "2026-u-x,U,X,,maybe,,,,\n", NULL, "answers/a.csv:2: column answer: 'maybe' is not one of basis, dispute, removed"},
        {HEAD "2026-u-x,U,X,,basis,,,,\n", NULL, "answers/a.csv:2: column basis_type: is empty; a basis is one of opt_out, agreement, necessary"},
        {HEAD "2026-u-x,U,X,,dispute,,agreement,,\n", NULL, "answers/a.csv:2: column basis_type: is given, but the answer is another; leave it empty or answer with basis"},
        {HEAD "2026-u-x,U,X,,,,agreement,,\n", NULL, "answers/a.csv:2: column answer: is empty, but the row is filled in; say basis, dispute or removed"},
        {HEAD "2026-u-x,U,X,,,,,a.pdf,\n", NULL, "answers/a.csv:2: column answer: is empty, but the row is filled in; say basis, dispute or removed"},
        {HEAD "2026-u-x,U,X,,removed,1.11.2026,,,\n", NULL, "answers/a.csv:2: column answered_on: '1.11.2026' is not a date of the form YYYY-MM-DD"},
        {HEAD "2026-u-x,U,X,,removed,,,,\n", HEAD "\n2026-u-x,U,X,,dispute,,,,\n", "answers/b.csv:3: column finding_id: '2026-u-x' is answered in answers/a.csv:2 too; keep one"},
        {"finding_id,unit_id,entity,service\n", NULL, "answers/a.csv:1: column answer: is missing from the header; this register cannot do without it"},
        {"finding_id;unit_id;entity;service;answer\n2026-u-x;U;X;\n", NULL, "answers/a.csv:2: has 4 cells where the header has 5; put cells with commas in double quotes"},
        {"", NULL, "answers/a.csv: is empty; its first line must name the columns"},
    };
    // clang-format on
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct registers_of of;
        struct register_messages messages = {0};
        const char *texts[] = {rows[i].first, rows[i].second};
        assert_int_equal(read_answers(&of, texts, rows[i].second ? 2 : 1, &messages), ERR_OK);
        if (messages.count != (rows[i].message != NULL) ||
            (rows[i].message && !span_equal(messages.items[0].text, span_of_string(rows[i].message))))
            fail_msg("row %zu: %zu messages, %.*s", i, messages.count,
                     SPAN_ARG(messages.count ? messages.items[0].text : SPAN("")));
        registers_of_free(&of);
    }
}

static const struct basis *basis_of(const struct registers *r, const char *id)
{
    for (size_t i = 0; i < r->basis_count; i++)
        if (span_equal(r->bases[i].id, span_of_string(id)))
            return &r->bases[i];
    return NULL;
}

/* As a Danish spreadsheet saves it: semicolons, a byte order mark, the apostrophe that guards a formula. */
static void test_bases(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "\xef\xbb\xbf"
        "finding_id;unit_id;unit_name;entity;service;answer;answered_on;basis_type;setting_name;activated;"
        "effective;"
        "own_use_clause;written;purpose;limited_use;own_use_possible;evidence_ref;valid_from;note\r\n"
        "2026-u-x;U;n;'=X, Inc;S;basis;2026-11-02;opt_out;Del ikke;yes;all;;;;;;a.pdf;2026-01-01;\"a;b\"\r\n"
        "2026-u-z;U;n;z.example;;basis;;agreement;;;;bans;yes;;;;b.pdf;;\r\n"
        "2026-u-old;U;n;Old;;basis;;necessary;;;;;;security;yes;no;;;\r\n"
        "2026-u-y;U;n;Y;;dispute;2026-11-03;;;;;;;;;;;;\r\n"
        "2026-u-w;U;n;W;;;;;;;;;;;;;;;\r\n"};
    struct registers_of of;
    struct register_messages messages = {0};
    assert_int_equal(read_answers(&of, texts, 1, &messages), ERR_OK);
    assert_int_equal(messages.count, 0);
    const struct registers *r = &of.registers;
    assert_int_equal(r->answer_count, 4);
    assert_int_equal(r->basis_count, 4);
    const struct basis *x = basis_of(r, "H-2026-u-x"), *z = basis_of(r, "H-2026-u-z"),
                       *old = basis_of(r, "H-2026-u-old");
    assert_true(x && z && old);
    assert_true(span_equal(x->entity, SPAN("=X, Inc")) && span_equal(x->service, SPAN("S")));
    assert_true(span_equal(x->unit_id, SPAN("U")) && span_equal(x->note, SPAN("a;b")));
    assert_true(x->type == BASIS_OPT_OUT && x->setting_exists == TRUTH_TRUE && x->activated == TRUTH_TRUE &&
                x->effective == EXTENT_YES && x->review == REVIEW_PENDING && x->valid_to == DATE_OPEN_TO);
    assert_true(span_equal(register_date_text(x->declared_on, &of.arena), SPAN("2026-11-02")));
    assert_true(span_equal(register_date_text(x->valid_from, &of.arena), SPAN("2026-01-01")));
    assert_true(z->type == BASIS_AGREEMENT && z->own_use_clause == CLAUSE_BANS && z->written == TRUTH_TRUE &&
                z->valid_from == DATE_OPEN_FROM);
    assert_true(old->type == BASIS_AGREEMENT &&
                old->review == REVIEW_ACCEPTED); /* the review of the answer */
    for (size_t i = 1; i < r->basis_count; i++)
        assert_true(span_compare(r->bases[i - 1].id, r->bases[i].id) < 0);
    registers_of_free(&of);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_messages), cmocka_unit_test(test_bases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
