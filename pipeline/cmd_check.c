// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "5_judge/register_compare.h"
#include "5_judge/scope.h"
#include "7_report/explain.h"
#include "base/limits.h"
#include "command.h"
#include "ext/ext_psl.h"
#include "option.h"
#include "reporting.h"

const char cmd_check_help[] =
    "Reads all registers of a folder and prints every problem with file, line and column. With an INDEX also "
    "what they and\n"
    "the observations say of each other: units without captures, captures of no unit, bases that name "
    "nothing observed.\n\n"
    "      --registers DIR    the folder\n"
    "      --policy FILE      instead of DIR/policy.csv\n"
    "      --year YYYY        the year to be evaluated (default 2026)\n"
    "      --previous DIR     the registers of the year before: digests that changed, units that are gone\n"
    "      --explain UNIT     tells why a unit is in or out, row by row of the table of scope\n"
    "      --template DIR     writes empty registers with a comment on every column into a new folder\n";

struct settings {
    const char *registers, *previous, *policy, *unit, *folder;
    unsigned year;
    struct failure *failure;
};

static enum err write_template(const struct settings *s)
{
    struct stat st;
    if (stat(s->folder, &st) == 0)
        return failure_set(s->failure, ERR_USAGE, "%s: is there already; name a new folder", s->folder);
    enum err err = register_write_templates(s->folder);
    if (err)
        return failure_of_path(s->failure, err, s->folder);
    failure_note("%s: fill in units.csv and authorities.csv, then 'tredjepart check --registers %s'",
                 s->folder, s->folder);
    return ERR_OK;
}

static enum err print_scope(const struct settings *s, const struct registers *registers, struct arena *arena,
                            struct buf *out)
{
    const struct unit *unit = register_unit(registers, span_of_string(s->unit));
    if (!unit)
        return failure_set(s->failure, ERR_USAGE, "%s: no such unit in units.csv", s->unit);
    struct scope_result *scopes = arena_alloc(arena, registers->unit_count * sizeof *scopes);
    date_days day = register_policy_year(&registers->policy, s->year).reference_date;
    if (!scopes)
        return ERR_MEMORY;
    TRY(scope_of_all(registers, day, arena, scopes));
    buf_format(out, "%.*s  %.*s (%.*s)\n", SPAN_ARG(unit->id), SPAN_ARG(unit->name_da),
               SPAN_ARG(unit->authority->name_da));
    TRY(explain_scope(unit, &scopes[unit - registers->units], day, arena, out));
    TRY(out->err);
    return fwrite(buf_span(out).at, 1, out->bytes, stdout) == out->bytes ? ERR_OK : ERR_IO;
}

static enum err explain(const struct settings *s)
{
    struct arena arena;
    struct registers registers;
    struct register_messages messages = {0};
    struct buf out;
    arena_init(&arena, LIMIT_GROUP_ARENA_BYTES);
    buf_init(&out, LIMIT_OUTPUT_BYTES);
    enum err err = register_load(s->registers, s->policy, s->year, &arena, &messages, &registers);
    err = reporting_say(&messages, err, s->registers, true, s->failure);
    if (!err)
        err = print_scope(s, &registers, &arena, &out);
    buf_free(&out);
    arena_free(&arena);
    return err;
}

static enum err compare_before(const struct settings *s, const struct registers *registers, unsigned year,
                               struct arena *arena, struct register_messages *messages)
{
    struct registers before;
    struct register_messages said = {0};
    if (!s->previous)
        return ERR_OK;
    enum err err = register_load(s->previous, NULL, year, arena, &said, &before);
    TRY(reporting_say(&said, err, s->previous, true, s->failure));
    return register_compare_before(registers, &before, arena, messages);
}

static enum err compare_seen(const struct settings *s, const struct index *index,
                             const struct registers *registers, struct arena *arena,
                             struct register_messages *messages)
{
    struct suffixes *suffixes = NULL;
    struct judgement judgement;
    enum err err = suffixes_load(NULL, &suffixes);
    if (err)
        return failure_of_path(s->failure, err, "Public Suffix List");
    err = judge_year(index, registers, suffixes, DATE_OPEN_TO, arena, &judgement);
    if (!err)
        err = register_compare_seen(&judgement, arena, messages);
    suffixes_free(suffixes);
    return err;
}

/* index NULL: only the registers before are compared with. */
static enum err compare(const struct settings *s, const struct index *index, struct arena *arena)
{
    struct registers registers;
    struct register_messages loaded = {0}, messages = {0};
    unsigned year = index ? index_year(index) : s->year;
    enum err err = register_load(s->registers, s->policy, year, arena, &loaded, &registers);
    TRY(reporting_say(&loaded, err, s->registers, false, s->failure));
    TRY(compare_before(s, &registers, year, arena, &messages));
    if (index)
        TRY(compare_seen(s, index, &registers, arena, &messages));
    TRY(reporting_say(&messages, ERR_OK, s->registers, false, s->failure));
    failure_note("%s: %zu units, %zu authorities, %zu bases: valid, %zu warnings", s->registers,
                 registers.unit_count, registers.authority_count, registers.basis_count,
                 loaded.count + messages.count);
    return ERR_OK;
}

static enum err check(const struct settings *s, const char *path)
{
    struct index *index = NULL;
    struct arena arena;
    enum err err = path ? index_open(path, &index) : ERR_OK;
    if (err)
        return failure_of_path(s->failure, err, path);
    arena_init(&arena, LIMIT_GROUP_ARENA_BYTES);
    err = compare(s, index, &arena);
    index_close(index);
    arena_free(&arena);
    return err;
}

static enum err run(const struct settings *s, const struct option_arguments *indexes)
{
    if (!s->registers == !s->folder || indexes->count > 1)
        return failure_set(s->failure, ERR_USAGE,
                           "needs --registers DIR or --template DIR; 'tredjepart help check' tells more");
    if (s->folder)
        return write_template(s);
    if (s->unit && (indexes->count || s->previous))
        return failure_set(s->failure, ERR_USAGE,
                           "--explain takes neither an INDEX nor --previous; 'tredjepart "
                           "explain' tells of an index");
    if (s->unit)
        return explain(s);
    return indexes->count || s->previous
               ? check(s, indexes->count ? indexes->items[0] : NULL)
               : reporting_check(s->registers, s->policy, s->year, false, s->failure);
}

enum exit_status cmd_check(int argc, char **argv, struct failure *failure)
{
    struct settings s = {.year = 2026, .failure = failure};
    const struct option_row rows[] = {
        {"--registers", 0, OPTION_TEXT, &s.registers},
        {"--policy",    0, OPTION_TEXT, &s.policy   },
        {"--year",      0, OPTION_YEAR, &s.year     },
        {"--previous",  0, OPTION_TEXT, &s.previous },
        {"--explain",   0, OPTION_TEXT, &s.unit     },
        {"--template",  0, OPTION_TEXT, &s.folder   },
    };
    struct option_arguments arguments = {.count = 0};
    enum err err = option_parse(rows, sizeof rows / sizeof *rows, argc, argv,
                                (struct option_call){option_keep, &arguments}, failure);
    if (!err)
        err = run(&s, &arguments);
    if (err)
        failure_set(failure, err, "%s", err_text(err));
    return command_status(err);
}
