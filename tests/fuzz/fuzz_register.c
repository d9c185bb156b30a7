// SPDX-License-Identifier: MIT
/*
 * fuzz_register.c - registers of arbitrary bytes: the input is cut at 0x1e into the files, in the order of
 * enum register_file; an empty piece is a missing file, but for authorities and units, which then are small
 * valid ones. What is left is a file of answers.
 */
#include "5_judge/directory.h"
#include "5_judge/pattern.h"
#include "5_judge/register_read.h"
#include "5_judge/scope.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static const char authorities[] = "authority_id,name_da,domains\nA,n,a.dk\n";
static const char units[] =
    "unit_id,name_da,unit_type,authority_id,url_scope,audience,interaction,provision,primary_channel\n"
    "U,n,self_service,A,a.dk/u,citizens,yes,state,statutory\n"
    "P,n,portal,A,p.dk,citizens,yes,state,statutory\n";

struct outcome {
    struct arena arena;
    struct register_messages messages;
    struct registers registers;
    enum err err;
};

static void read_registers(const struct register_text *texts, struct span answers, struct outcome *out)
{
    *out = (struct outcome){0};
    arena_init(&out->arena, 256u << 20);
    out->err = register_read_all(texts, NULL, 0, 2026, &out->arena, &out->messages, &out->registers);
    struct reader reader = {
        .arena = &out->arena, .messages = &out->messages, .registers = &out->registers, .year = 2026};
    if (out->err || !answers.bytes)
        return;
    out->err = register_answers_read(&reader, "answers/a.csv", answers);
    if (!out->err)
        out->err = register_answers_finish(&reader);
    if (!out->err && out->messages.error_count)
        out->err = ERR_REGISTER;
}

static void check_messages(const struct outcome *a, const struct outcome *b)
{
    size_t errors = 0;
    assert(a->err == b->err && a->messages.count == b->messages.count);
    for (size_t i = 0; i < a->messages.count; i++) {
        struct span text = a->messages.items[i].text;
        assert(span_equal(text, b->messages.items[i].text));
        errors += a->messages.items[i].is_error;
        for (size_t k = 0; k < text.bytes; k++)
            assert((unsigned char)text.at[k] >= ' ');
    }
    assert(a->err == ERR_MEMORY || (a->err == ERR_REGISTER) == (a->messages.error_count > 0));
    assert(errors <= a->messages.error_count);
}

/* Every pattern covers the place it names, and the map finds the owner of it. */
static void check_unit(const struct unit *unit)
{
    assert(unit->authority && span_equal(unit->authority->id, unit->authority_id));
    assert(unit->valid_from <= unit->valid_to && (unit->url_scope.count || unit->channel == CHANNEL_APP));
    for (size_t i = 0; i < unit->url_scope.count; i++) {
        struct pattern pattern = pattern_of(unit->url_scope.items[i]);
        struct span path = pattern.path.bytes ? pattern.path : SPAN("/");
        assert(register_pattern_covers(unit->url_scope.items[i], pattern.host, path));
        assert(!register_pattern_covers(unit->url_scope.items[i], SPAN("x.invalid"), path) ||
               span_ends(pattern.host, SPAN("invalid")));
    }
}

static void check_lookups(struct outcome *out)
{
    const struct registers *r = &out->registers;
    struct directory directory;
    if (directory_init(&directory, r, &out->arena))
        return;
    for (size_t i = 0; i < r->own_party_count; i++) {
        struct pattern pattern = pattern_of(r->own_parties[i].pattern);
        struct directory_query query = {.unit = &r->units[0],
                                        .host = pattern.host,
                                        .path = pattern.path,
                                        .site = pattern.host,
                                        .third = true};
        struct directory_entry entry = directory_find(&directory, &query);
        assert(entry.rule && entry.entity.bytes);
    }
    struct scope_result *scopes = arena_alloc(&out->arena, r->unit_count * sizeof *scopes);
    if (scopes && scope_of_all(r, r->policy.years[0].reference_date, &out->arena, scopes) == ERR_OK)
        for (size_t i = 0; i < r->unit_count; i++)
            assert(scopes[i].code && scopes[i].rows);
}

static void check_registers(struct outcome *out)
{
    const struct registers *r = &out->registers;
    for (size_t i = 0; i < r->unit_count; i++) {
        check_unit(&r->units[i]);
        assert(i == 0 || span_compare(r->units[i - 1].id, r->units[i].id) < 0);
        assert(register_unit(r, r->units[i].id) == &r->units[i]);
    }
    for (size_t i = 0; i < r->basis_count; i++)
        assert(!r->bases[i].unit_id.bytes != !r->bases[i].authority_id.bytes);
    for (size_t i = 1; i < r->answer_count; i++)
        assert(span_compare(r->answers[i - 1].finding_id, r->answers[i].finding_id) < 0);
    for (size_t i = 0; i < r->case_count; i++)
        assert(r->cases[i].sent_on <= r->cases[i].deadline && r->cases[i].level);
    for (size_t i = 0; i < r->portal_link_count; i++)
        assert(register_unit(r, r->portal_links[i].portal_id)->type == UNIT_PORTAL);
    for (size_t i = 1; i < r->policy.row_count; i++)
        assert(span_compare(r->policy.rows[i - 1].key, r->policy.rows[i].key) < 0);
    assert(r->policy.max_failed_share >= 0 && r->policy.max_failed_share <= 1);
    if (r->unit_count)
        check_lookups(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct register_text texts[REGISTER_FILE_COUNT] = {0};
    struct span rest = span_of(data, bytes);
    for (int i = 0; i < REGISTER_FILE_COUNT && rest.at; i++) {
        texts[i].bytes = span_cut(&rest, 0x1e);
        texts[i].present = texts[i].bytes.bytes > 0;
    }
    if (!texts[REGISTER_AUTHORITIES].present)
        texts[REGISTER_AUTHORITIES] = (struct register_text){SPAN(authorities), true};
    if (!texts[REGISTER_UNITS].present)
        texts[REGISTER_UNITS] = (struct register_text){SPAN(units), true};
    struct outcome first, second;
    read_registers(texts, rest, &first);
    read_registers(texts, rest, &second);
    check_messages(&first, &second);
    if (first.err == ERR_OK)
        check_registers(&first);
    arena_free(&first.arena);
    arena_free(&second.arena);
    return 0;
}
