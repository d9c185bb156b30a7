// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "7_report/explain.h"
#include "base/limits.h"
#include "command.h"
#include "ext/ext_psl.h"
#include "ext/ext_seccomp.h"
#include "option.h"
#include "reporting.h"

const char cmd_explain_help[] =
    "Prints the way from records to the verdict of a unit: scope, measurement, each third party with its "
    "observations\n"
    "and the commands that print their records, the row of each decision table that fired ('tredjepart help "
    "rules'),\n"
    "and what would change the verdict. THIRD-PARTY: an entity, a service or a host; all its "
    "observations.\n\n"
    "      --registers DIR    as of 'report'\n"
    "      --policy FILE, --as-of DATE, --psl FILE: as of 'report'\n"
    "      --format FORMAT    text, or tsv: a line for every row that fired (default text)\n";

struct settings {
    const char *registers, *policy, *as_of, *psl, *format;
    struct failure *failure;
};

static enum err find_unit(const struct settings *s, const struct registers *registers, const char *id,
                          uint32_t *out)
{
    const struct unit *unit = register_unit(registers, span_of_string(id));
    if (!unit)
        return failure_set(s->failure, ERR_USAGE, "%s: no such unit in units.csv", id);
    *out = (uint32_t)(unit - registers->units);
    return ERR_OK;
}

static enum err print(const struct settings *s, struct explain *x)
{
    bool tsv = strcmp(s->format, "tsv") == 0;
    if (tsv)
        buf_add_string(x->out, "unit_id\tentity\tservice\ttable\trow\tcode\tresult\tdetail\n");
    TRY(tsv ? explain_tsv(x) : explain_text(x));
    struct span text = buf_span(x->out);
    return fwrite(text.at, 1, text.bytes, stdout) == text.bytes ? ERR_OK : ERR_IO;
}

static enum err explain(const struct settings *s, const struct option_arguments *arguments,
                        const struct index *index, const struct suffixes *suffixes, struct arena *arena,
                        struct buf *out)
{
    struct register_messages messages = {0};
    struct registers registers;
    struct judgement judgement;
    date_days as_of = DATE_OPEN_TO;
    struct explain x = {.index = index, .judgement = &judgement, .arena = arena, .out = out};
    if (arguments->count > 2)
        x.third_party = span_of_string(arguments->items[2]);
    if (s->as_of && !register_date_parse(span_of_string(s->as_of), &as_of))
        return failure_set(s->failure, ERR_USAGE, "--as-of %s: give a date such as 2026-12-31", s->as_of);
    enum err err = register_load(s->registers, s->policy, index_year(index), arena, &messages, &registers);
    TRY(reporting_say(&messages, err, s->registers, true, s->failure));
    TRY(find_unit(s, &registers, arguments->items[1], &x.unit));
    const struct judge_watch watch = {explain_observe, &x};
    TRY(judge_year_watched(index, &registers, suffixes, as_of, &watch, arena, &judgement));
    if (!explain_knows(&x))
        return failure_set(s->failure, ERR_USAGE,
                           "%s: no such third party of %s; without a name all are told", arguments->items[2],
                           arguments->items[1]);
    return print(s, &x);
}

static enum err run(const struct settings *s, const struct option_arguments *arguments)
{
    if (!s->registers || arguments->count < 2 || arguments->count > 3)
        return failure_set(s->failure, ERR_USAGE,
                           "needs --registers, INDEX and UNIT; 'tredjepart help explain' tells more");
    if (strcmp(s->format, "text") != 0 && strcmp(s->format, "tsv") != 0)
        return failure_set(s->failure, ERR_USAGE, "--format %s: give text or tsv", s->format);
    struct suffixes *suffixes = NULL;
    struct index *index = NULL;
    struct arena arena;
    struct buf out;
    arena_init(&arena, LIMIT_GROUP_ARENA_BYTES);
    buf_init(&out, LIMIT_OUTPUT_BYTES);
    enum err err = suffixes_load(s->psl, &suffixes);
    if (err)
        err = failure_of_path(s->failure, err, s->psl ? s->psl : "Public Suffix List");
    if (!err)
        err = sandbox_enter();
    if (!err && (err = index_open(arguments->items[0], &index)) != ERR_OK)
        err = failure_of_path(s->failure, err, arguments->items[0]);
    if (!err)
        err = explain(s, arguments, index, suffixes, &arena, &out);
    index_close(index);
    suffixes_free(suffixes);
    buf_free(&out);
    arena_free(&arena);
    return err;
}

enum exit_status cmd_explain(int argc, char **argv, struct failure *failure)
{
    struct settings s = {.format = "text", .failure = failure};
    const struct option_row rows[] = {
        {"--registers", 0, OPTION_TEXT, &s.registers},
        {"--policy",    0, OPTION_TEXT, &s.policy   },
        {"--as-of",     0, OPTION_TEXT, &s.as_of    },
        {"--psl",       0, OPTION_TEXT, &s.psl      },
        {"--format",    0, OPTION_TEXT, &s.format   },
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
