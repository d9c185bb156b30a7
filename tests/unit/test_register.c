// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "5_judge/register_read.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define AUTHORITIES                                                                                          \
    "authority_id,name_da,level,domains\n"                                                                   \
    "A1,Styrelsen,state,styrelsen.dk;Æblet.dk\n"
#define UNITS_HEAD                                                                                           \
    "unit_id,name_da,unit_type,authority_id,url_scope,audience,interaction,provision,primary_channel"
#define UNITS                                                                                                \
    UNITS_HEAD "\nU1,En,self_service,A1,en.dk,citizens,yes,state,statutory\nP1,Portal,portal,A1,portal.dk,"  \
               "both,,,\n"

struct row {
    const char *name;
    enum register_file file;
    const char *content; /* NULL: missing */
    const char *message; /* one of the messages; NULL: none at all but for missing files */
    bool is_error;
};

static const char *const defaults[REGISTER_FILE_COUNT] = {
    [REGISTER_AUTHORITIES] = AUTHORITIES, [REGISTER_UNITS] = UNITS};

static enum err read_with(enum register_file file, const char *content, unsigned year, struct arena *arena,
                          struct register_messages *messages, struct registers *out)
{
    struct register_text texts[REGISTER_FILE_COUNT] = {0};
    for (int i = 0; i < REGISTER_FILE_COUNT; i++) {
        const char *text = i == (int)file ? content : defaults[i];
        texts[i] = (struct register_text){span_of_string(text), text};
    }
    return register_read_all(texts, NULL, 0, year, arena, messages, out);
}

static void check_row(const struct row *row)
{
    struct arena arena;
    struct register_messages messages = {0};
    struct registers registers;
    arena_init(&arena, 16u << 20);
    enum err err = read_with(row->file, row->content, 2026, &arena, &messages, &registers);
    bool found = false;
    size_t others = 0;
    for (size_t i = 0; i < messages.count; i++) {
        struct span text = messages.items[i].text;
        if (row->message && span_equal(text, span_of_string(row->message)) &&
            messages.items[i].is_error == row->is_error)
            found = true;
        else if (!span_ends(text, SPAN(": is missing; it is taken as empty")))
            others++;
    }
    if (err != (row->message && row->is_error ? ERR_REGISTER : ERR_OK) || found != !!row->message || others) {
        for (size_t i = 0; i < messages.count; i++)
            print_error("  %.*s\n", SPAN_ARG(messages.items[i].text));
        fail_msg("%s: %s", row->name, err_name(err));
    }
    arena_free(&arena);
}

static void test_messages(void **state)
{
    (void)state;
    static const struct row rows[] = {
#include "unit/register_rows.h"
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        check_row(&rows[i]);
}

/* Every problem of every file in one go. */
static void test_all_at_once(void **state)
{
    (void)state;
    struct arena arena;
    struct register_messages messages = {0};
    struct registers registers;
    arena_init(&arena, 16u << 20);
    const char *units = UNITS_HEAD "\nU1,En,self_service,A9,en.dk,borger,maybe,state,statutory\n"
                                   "U1,,solution,A1,https://en.dk/,citizens,yes,state,sometimes\n";
    assert_int_equal(read_with(REGISTER_UNITS, units, 2026, &arena, &messages, &registers), ERR_REGISTER);
    assert_int_equal(messages.error_count, 9);
    arena_free(&arena);
}

static void test_values(void **state)
{
    (void)state;
    struct arena arena;
    struct register_messages messages = {0};
    struct registers r;
    arena_init(&arena, 16u << 20);
    const char *units =
        "\xef\xbb\xbfprovision, audience ,Interaction,primary_channel,unit_id,name_da,unit_type,authority_id,"
        "url_scope,entry_urls,valid_from,valid_to,predecessor_ids\r\n"
        "outsourced-by-state,Both,unknown,assessed primary,U2,\"Navn, med \"\"komma\"\"\",self-service,A1,"
        "\"*.To.dk ;\nTO.dk/S%c3%b8g/;;rådgivning.dk\",http://to.dk/#top,2026-01-01,2026-12-31,U0\r\n";
    assert_int_equal(read_with(REGISTER_UNITS, units, 2026, &arena, &messages, &r), ERR_OK);
    const struct unit *unit = register_unit(&r, SPAN("U2"));
    assert_non_null(unit);
    assert_ptr_equal(unit->authority, &r.authorities[0]);
    assert_int_equal(unit->provision, PROVISION_OUTSOURCED);
    assert_int_equal(unit->audience, AUDIENCE_BOTH);
    assert_int_equal(unit->interaction, TRUTH_UNKNOWN);
    assert_int_equal(unit->national, TRUTH_UNKNOWN);
    assert_int_equal(unit->primary, PRIMARY_ASSESSED);
    assert_int_equal(unit->line, 2);
    assert_true(span_equal(unit->name_da, SPAN("Navn, med \"komma\"")));
    assert_int_equal(unit->url_scope.count, 3);
    assert_true(span_equal(unit->url_scope.items[0], SPAN("*.to.dk")));
    assert_true(span_equal(unit->url_scope.items[1], SPAN("to.dk/S%c3%b8g")));
    assert_true(span_equal(unit->url_scope.items[2], SPAN("xn--rdgivning-52a.dk")));
    assert_true(span_equal(unit->entry_urls.items[0], SPAN("http://to.dk/")));
    assert_int_equal(unit->valid_from, 20454);
    assert_int_equal(unit->valid_to, 20818);
    assert_null(register_unit(&r, SPAN("U1")));
    assert_int_equal(r.digest_count, 7); /* and five of the built-in layer */
    assert_true(span_equal(r.authorities[0].domains.items[1], SPAN("xn--blet-uoa.dk")));
    arena_free(&arena);
}

/* Whoever fills a register in is told what each column stands for; what is written reads back without a word. */
static void test_templates(void **state)
{
    (void)state;
    struct arena arena;
    struct register_messages messages = {0};
    struct registers r;
    struct register_text texts[REGISTER_FILE_COUNT];
    struct buf out[REGISTER_FILE_COUNT];
    arena_init(&arena, 16u << 20);
    for (int i = 0; i < REGISTER_FILE_COUNT; i++) {
        const struct schema *schema = register_schemas[i];
        for (size_t c = 0; c < schema->column_count; c++)
            if (!register_column_meaning(schema->file, schema->columns[c].name)[0])
                fail_msg("%s: what is %s?", schema->file, schema->columns[c].name);
        buf_init(&out[i], 1u << 20);
        assert_int_equal(register_template(i, &arena, &out[i]), ERR_OK);
        texts[i] = (struct register_text){buf_span(&out[i]), true};
    }
    assert_int_equal(register_read_all(texts, NULL, 0, 2026, &arena, &messages, &r), ERR_OK);
    assert_int_equal(messages.count, 0);
    assert_int_equal(r.unit_count, 0);
    for (int i = 0; i < REGISTER_FILE_COUNT; i++)
        buf_free(&out[i]);
    arena_free(&arena);
}

static void test_policy(void **state)
{
    (void)state;
    struct arena arena;
    struct register_messages messages = {0};
    struct registers r;
    arena_init(&arena, 16u << 20);
    const char *policy = "key,value,source,valid_from\n"
                         "min_grade,A,x,\n"
                         "min_grade,C,y,2026-07-01\n"
                         "min_grade,B,z,2027-01-01\n"
                         "documentation,reviewed document,,\n"
                         "public_partner,Judge,,\n"
                         "max_failed_share,0.35,,\n"
                         "reference_date.2026,2026-11-01,,\n"
                         "hearing_deadline.2025,2026-02-01,,\n"
                         "hearing_deadline.2027,2027-02-01,,\n"
                         "reference_date.2023,2023-06-30,,\n";
    assert_int_equal(read_with(REGISTER_POLICY, policy, 2026, &arena, &messages, &r), ERR_OK);
    const struct policy *p = &r.policy;
    assert_int_equal(p->min_grade, GRADE_C);
    assert_true(p->documents_required && p->review_required);
    assert_int_equal(p->public_partner, READING_JUDGE);
    assert_int_equal(p->infra_cname, READING_LIST_ONLY);
    assert_true(p->max_failed_share == 0.35 && p->min_coverage == 0.9);
    assert_true(p->agreement_written && p->anonymised_counts && p->no_answer_is_breach &&
                p->scripts_required);
    assert_false(p->portal_state_required);
    assert_int_equal(p->min_pages, 10);
    static const struct {
        unsigned year;
        const char *reference_date, *hearing_deadline;
    } dates[] = {
        {2026, "2026-11-01", ""          },
        {2025, "2025-12-31", "2026-02-01"},
        {2024, "2024-12-31", ""          },
        {2023, "2023-06-30", ""          },
        {2027, "2027-12-31", ""          }, /* a later year's keys are not its business */
    };
    for (size_t i = 0; i < COUNT(dates); i++) {
        struct policy_year got = register_policy_year(p, dates[i].year);
        struct span reference = register_date_text(got.reference_date, &arena),
                    deadline = register_date_text(got.hearing_deadline, &arena);
        if (!span_equal(reference, span_of_string(dates[i].reference_date)) ||
            !span_equal(deadline, span_of_string(dates[i].hearing_deadline)))
            fail_msg("%u: %.*s %.*s", dates[i].year, SPAN_ARG(reference), SPAN_ARG(deadline));
    }
    assert_int_equal(p->row_count, 23);
    for (size_t i = 1; i < p->row_count; i++)
        assert_true(span_compare(p->rows[i - 1].key, p->rows[i].key) < 0);
    arena_free(&arena);
}

static void test_patterns(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *host, *path;
        bool covers;
    } rows[] = {
        {"x.dk",   "x.dk",             "/",    true },
        {"x.dk",   "x.dk.",            "/",    true },
        {"x.dk",   "www.x.dk",         "/",    false},
        {"x.dk",   "x.dk.example.com", "/",    false}, /* labels, not a string prefix */
        {"*.x.dk", "www.x.dk",         "/",    true },
        {"*.x.dk", "a.b.x.dk",         "/",    true },
        {"*.x.dk", "x.dk",             "/",    true },
        {"*.x.dk", "notx.dk",          "/",    false}, /* labels, not a string suffix */
        {"x.dk/a", "x.dk",             "/a",   true },
        {"x.dk/a", "x.dk",             "/a/b", true },
        {"x.dk/a", "x.dk",             "/ab",  false}, /* segments, not a string prefix */
        {"x.dk/a", "x.dk",             "/",    false},
        {"x.dk/a", "www.x.dk",         "/a",   false},
        {"",       "x.dk",             "/",    false},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (register_pattern_covers(span_of_string(rows[i].pattern), span_of_string(rows[i].host),
                                    span_of_string(rows[i].path)) != rows[i].covers)
            fail_msg("%s covers %s%s", rows[i].pattern, rows[i].host, rows[i].path);
}

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
        date_days days;
    } rows[] = {
        {"1970-01-01",       true,  0      },
        {"1969-12-31",       true,  -1     },
        {"2000-02-29",       true,  11016  },
        {"2026-12-31",       true,  20818  },
        {"0001-01-01",       true,  -719162},
        {"9999-12-31",       true,  2932896},
        {"2025-02-29",       false, 0      },
        {"1900-02-29",       false, 0      },
        {"2026-04-31",       false, 0      },
        {"2026-13-01",       false, 0      },
        {"2026-00-01",       false, 0      },
        {"2026-01-00",       false, 0      },
        {"2026-1-01",        false, 0      },
        {"20260101",         false, 0      },
        {"2026-01-01 ",      false, 0      },
        {"2026-01-01T00:00", false, 0      },
        {"0000-01-01",       false, 0      },
        {"01-01-2026",       false, 0      },
        {"",                 false, 0      },
    };
    struct arena arena;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        date_days days = 0;
        if (register_date_parse(span_of_string(rows[i].text), &days) != rows[i].good || days != rows[i].days)
            fail_msg("%s: %d", rows[i].text, days);
        if (rows[i].good && !span_equal(register_date_text(days, &arena), span_of_string(rows[i].text)))
            fail_msg("%s does not come back", rows[i].text);
    }
    assert_int_equal(register_date_text(DATE_OPEN_TO, &arena).bytes, 0);
    arena_free(&arena);
}

static void write_file(const char *folder, const char *name, const char *content)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, strlen(content), file), strlen(content));
    assert_int_equal(fclose(file), 0);
}

static void test_folder(void **state)
{
    (void)state;
    struct arena arena;
    struct register_messages messages = {0};
    struct registers r;
    char folder[] = "/tmp/test_register_XXXXXX", path[256];
    arena_init(&arena, 16u << 20);
    assert_non_null(mkdtemp(folder));
    assert_int_equal(register_load(folder, NULL, 2026, &arena, &messages, &r), ERR_REGISTER);
    assert_int_equal(messages.error_count, 2); /* units and authorities */
    messages = (struct register_messages){0};
    write_file(folder, "units.csv", UNITS);
    write_file(folder, "authorities.csv", AUTHORITIES);
    assert_int_equal(register_load(folder, NULL, 2026, &arena, &messages, &r), ERR_OK);
    assert_int_equal(r.unit_count, 2);
    assert_int_equal(messages.count, 5); /* each other register is missing, said once */
    messages = (struct register_messages){0};
    assert_int_not_equal(register_load(folder, "/nonexistent/policy.csv", 2026, &arena, &messages, &r),
                         ERR_OK);
    assert_int_equal(messages.error_count, 1);
    static const char *const names[] = {"units.csv", "authorities.csv"};
    for (size_t i = 0; i < COUNT(names); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
    arena_free(&arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages), cmocka_unit_test(test_all_at_once), cmocka_unit_test(test_values),
        cmocka_unit_test(test_policy),   cmocka_unit_test(test_templates),   cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_dates),    cmocka_unit_test(test_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
