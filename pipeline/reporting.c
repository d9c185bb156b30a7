// SPDX-License-Identifier: MIT
#include "reporting.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "5_judge/withhold.h"
#include "6_statistics/follow_up.h"
#include "7_report/hearing.h"
#include "7_report/report.h"
#include "base/limits.h"
#include "base/when.h"
#include "io/outfile.h"

#define YEARS_MAX 32

struct state {
    const struct reporting *in;
    struct failure *failure;
    struct arena arena;
    struct index *indexes[YEARS_MAX];
    struct report_index sorted[YEARS_MAX]; /* the latest year first */
    size_t count;
    struct registers registers;
    struct judgement judgements[YEARS_MAX]; /* as sorted */
    struct statistics statistics;
    struct follow_up follow_up;
};

static int64_t wall_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static struct span time_now(struct arena *arena)
{
    char text[WHEN_TEXT_BYTES];
    return arena_copy(arena, span_of(text, (size_t)when_text(wall_ns() / 1000000 * 1000000, text)));
}

enum err reporting_say(const struct register_messages *messages, enum err err, const char *folder, bool quiet,
                       struct failure *failure)
{
    for (size_t i = 0; i < messages->count; i++)
        if (messages->items[i].is_error || !quiet)
            failure_note("%s: %.*s", messages->items[i].is_error ? "error" : "warning",
                         SPAN_ARG(messages->items[i].text));
    if (err == ERR_REGISTER)
        return failure_set(failure, err, "%s: %zu error%s in the registers", folder, messages->error_count,
                           messages->error_count == 1 ? "" : "s");
    return err ? failure_of_path(failure, err, folder) : ERR_OK;
}

enum err reporting_check(const char *folder, const char *policy, unsigned year, bool quiet,
                         struct failure *failure)
{
    struct arena arena;
    struct registers registers;
    struct register_messages messages = {0};
    arena_init(&arena, LIMIT_GROUP_ARENA_BYTES);
    enum err err = register_load(folder, policy, year, &arena, &messages, &registers);
    err = reporting_say(&messages, err, folder, quiet, failure);
    if (!err && !quiet)
        failure_note("%s: %zu units, %zu authorities, %zu bases: valid", folder, registers.unit_count,
                     registers.authority_count, registers.basis_count);
    arena_free(&arena);
    return err;
}

static enum err open_indexes(struct state *s)
{
    if (s->in->index_count > YEARS_MAX)
        return failure_set(s->failure, ERR_USAGE, "at most %d indexes", YEARS_MAX);
    for (; s->count < s->in->index_count; s->count++) {
        const char *path = s->in->indexes[s->count];
        enum err err = index_open(path, &s->indexes[s->count]);
        if (err)
            return failure_of_path(s->failure, err, path);
        size_t at = s->count; /* insertion: a handful of years */
        unsigned year = index_year(s->indexes[s->count]);
        for (; at > 0 && index_year(s->sorted[at - 1].index) < year; at--)
            s->sorted[at] = s->sorted[at - 1];
        if (at > 0 && index_year(s->sorted[at - 1].index) == year)
            return failure_set(s->failure, ERR_USAGE, "%s and %s are both of %u", s->sorted[at - 1].path,
                               path, year);
        s->sorted[at] = (struct report_index){s->indexes[s->count], path};
    }
    return ERR_OK;
}

static enum err load_registers(struct state *s)
{
    struct register_messages messages = {0};
    enum err err = register_load(s->in->registers, s->in->policy, index_year(s->sorted[0].index), &s->arena,
                                 &messages, &s->registers);
    return reporting_say(&messages, err, s->in->registers, s->in->quiet, s->failure);
}

/* A year is judged by its own dates; but whether its deadline has passed is told for the day of the report. */
static date_days as_of_year(const struct state *s, size_t i, date_days as_of)
{
    const struct policy *policy = &s->registers.policy;
    date_days own = register_policy_year(policy, index_year(s->sorted[i].index)).reference_date;
    if (as_of == DATE_OPEN_TO)
        as_of = register_policy_year(policy, index_year(s->sorted[0].index)).reference_date;
    return i == 0 || as_of > own ? as_of : own;
}

/* Of a year before the last one only what findings are followed by is kept. */
static enum err judge_older(struct state *s, size_t i, date_days as_of)
{
    struct arena scratch;
    struct judgement whole;
    arena_init(&scratch, LIMIT_GROUP_ARENA_BYTES);
    enum err err = judge_year(s->sorted[i].index, &s->registers, s->in->suffixes, as_of, &scratch, &whole);
    if (!err && s->in->is_public)
        err = withhold_identities(&whole, &s->arena);
    if (!err)
        err = judge_keep(&whole, &s->arena, &s->judgements[i]);
    arena_free(&scratch);
    return err;
}

/* Rows of registers that speak of findings nobody has found. */
static void say_unknown(const struct state *s)
{
    for (size_t i = 0; i < s->follow_up.unknown_count && !s->in->quiet; i++) {
        const struct follow_unknown *row = &s->follow_up.unknown[i];
        failure_note("warning: %.*s:%u: column finding_id: '%.*s' is no finding of the years given",
                     SPAN_ARG(row->file), row->line, SPAN_ARG(row->finding_id));
    }
}

static enum err judge_all(struct state *s)
{
    date_days as_of = DATE_OPEN_TO;
    const struct judgement *years[YEARS_MAX];
    if (s->in->as_of && !register_date_parse(span_of_string(s->in->as_of), &as_of))
        return failure_set(s->failure, ERR_USAGE, "--as-of %s: give a date such as 2026-12-31", s->in->as_of);
    for (size_t i = 0; i < s->count; i++) {
        date_days day = as_of_year(s, i, as_of);
        years[i] = &s->judgements[i];
        TRY(i > 1 ? judge_older(s, i, day)
                  : judge_year(s->sorted[i].index, &s->registers, s->in->suffixes, day, &s->arena,
                               &s->judgements[i]));
        if (s->in->is_public && i < 2)
            TRY(withhold_identities(&s->judgements[i], &s->arena));
    }
    TRY(statistics_of(&s->judgements[0], s->count > 1 ? &s->judgements[1] : NULL, &s->arena, &s->statistics));
    TRY(follow_up_of(years, s->count, &s->arena, &s->follow_up));
    s->statistics.follow_up = &s->follow_up;
    say_unknown(s);
    return ERR_OK;
}

/* Written beside its name, then put in its place whole. */
static enum err write_all(struct state *s, struct span started)
{
    struct span fresh = arena_format(&s->arena, "%s.new", s->in->output);
    if (!fresh.at)
        return ERR_MEMORY;
    enum err err = outfile_remove_folder(fresh.at);
    if (!err)
        err = outfile_make_folder(fresh.at);
    if (err)
        return failure_of_path(s->failure, err, fresh.at);
    const struct report_options options = {.is_public = s->in->is_public,
                                           .program_version = TREDJEPART_VERSION,
                                           .started = started,
                                           .finished = time_now(&s->arena),
                                           .command = span_of_string(s->in->command),
                                           .indexes = s->sorted,
                                           .index_count = s->count};
    err = report_write(&s->statistics, &options, fresh.at, &s->arena);
    if (!err)
        err = outfile_replace_folder(fresh.at, s->in->output);
    return err ? failure_of_path(s->failure, err, s->in->output) : ERR_OK;
}

static void say_hearing(struct state *s)
{
    const struct judgement *now = &s->judgements[0];
    struct span deadline = register_date_text(now->hearing_deadline, &s->arena);
    if (s->in->is_public)
        return;
    if (!hearing_is_open(now))
        failure_note("the hearing ended on %.*s: no files for authorities are written", SPAN_ARG(deadline));
    else
        failure_note("the hearing is open%s%.*s: a file for each authority that is to answer in %s/hearing",
                     deadline.bytes ? " until " : "", SPAN_ARG(deadline), s->in->output);
}

static enum err run(struct state *s)
{
    struct span started = time_now(&s->arena);
    TRY(open_indexes(s));
    TRY(load_registers(s));
    TRY(judge_all(s));
    TRY(write_all(s, started));
    if (!s->in->quiet) {
        failure_note("report of %u: %s/index.html", s->judgements[0].year, s->in->output);
        say_hearing(s);
    }
    return ERR_OK;
}

enum err reporting_run(const struct reporting *in, struct failure *failure)
{
    struct state *s = calloc(1, sizeof *s);
    if (!s)
        return ERR_MEMORY;
    s->in = in;
    s->failure = failure;
    arena_init(&s->arena, LIMIT_GROUP_ARENA_BYTES);
    enum err err = run(s);
    for (size_t i = 0; i < s->count; i++)
        index_close(s->indexes[i]);
    arena_free(&s->arena);
    free(s);
    return err;
}
