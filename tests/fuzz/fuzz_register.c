// SPDX-License-Identifier: MIT
/*
 * fuzz_register.c - registers, answers and layers of the catalogue of arbitrary bytes: the input is cut at 0x1e into the files, in
 * the order of enum register_file, then a file of answers, then of enum layer_file for two layers; an empty piece is a missing file,
 * but for authorities, units and policy, which then are small valid ones.
 */
#include "5_judge/directory.h"
#include "5_judge/layer.h"
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

static const char policy[] = "key,value\nbase_catalogue,no\n";

enum { LAYERS = 2 };
struct input {
    struct span answers;
    struct register_text texts[REGISTER_FILE_COUNT];
    struct layer_text layers[LAYERS];
    size_t layer_count;
};

struct outcome {
    struct arena arena;
    struct register_messages messages;
    struct registers registers;
    enum err err;
};

static void read_registers(const struct input *input, struct outcome *out)
{
    *out = (struct outcome){0};
    arena_init(&out->arena, 256u << 20);
    out->err = register_read_all(input->texts, input->layers, input->layer_count, 2026, &out->arena,
                                 &out->messages, &out->registers);
    struct reader reader = {
        .arena = &out->arena, .messages = &out->messages, .registers = &out->registers, .year = 2026};
    if (out->err || !input->answers.bytes)
        return;
    out->err = register_answers_read(&reader, "answers/a.csv", input->answers);
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

/* A pattern in force finds a service at the place it names; names lead to entities. */
static void check_catalogue(struct outcome *out)
{
    const struct catalogue *c = out->registers.catalogue;
    for (size_t i = 0; i < c->pattern_count; i++) {
        const struct catalogue_pattern *row = &c->patterns[i];
        struct pattern pattern = pattern_of(row->pattern);
        struct catalogue_place place = {.host = pattern.host, .path = pattern.path, .day = row->valid_from};
        if (row->query.key.bytes)
            place.url = arena_format(&out->arena, "https://x/?%.*s", SPAN_ARG(row->query_text));
        if (!row->pattern.bytes)
            continue;
        const struct catalogue_service *found = catalogue_find(c, &place);
        bool plain = span_find(row->query_text, '#', 0) == row->query_text.bytes;
        assert(found || !plain);
        if (found)
            (void)catalogue_known_on(&found->facts, place.day);
        if (found)
            (void)catalogue_signal_of(&found->facts, place.host, place.path, place.url, place.day);
        assert(catalogue_is_settled(c, place.host) || catalogue_find(c, &place) == found);
    }
    for (size_t i = 0; i < c->entity_count; i++)
        assert(!c->entities[i].name.bytes || catalogue_entity_of(c, c->entities[i].name, &out->arena));
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
    check_catalogue(out);
    if (r->unit_count)
        check_lookups(out);
}

static void cut(struct span *rest, int count, struct register_text *out)
{
    for (int i = 0; i < count && rest->at; i++) {
        out[i].bytes = span_cut(rest, 0x1e);
        out[i].present = out[i].bytes.bytes > 0;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct input input = {0};
    struct span rest = span_of(data, bytes);
    cut(&rest, REGISTER_FILE_COUNT, input.texts);
    input.answers = span_cut(&rest, 0x1e);
    for (; input.layer_count < LAYERS && rest.at; input.layer_count++) {
        input.layers[input.layer_count].folder = input.layer_count ? SPAN("b") : SPAN("a");
        cut(&rest, LAYER_FILE_COUNT, input.layers[input.layer_count].texts);
    }
    if (!input.texts[REGISTER_AUTHORITIES].present)
        input.texts[REGISTER_AUTHORITIES] = (struct register_text){SPAN(authorities), true};
    if (!input.texts[REGISTER_UNITS].present)
        input.texts[REGISTER_UNITS] = (struct register_text){SPAN(units), true};
    if (!input.texts[REGISTER_POLICY].present)
        input.texts[REGISTER_POLICY] = (struct register_text){SPAN(policy), true};
    struct outcome first, second;
    read_registers(&input, &first);
    read_registers(&input, &second);
    check_messages(&first, &second);
    if (first.err == ERR_OK)
        check_registers(&first);
    arena_free(&first.arena);
    arena_free(&second.arena);
    return 0;
}
