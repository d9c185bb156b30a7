// SPDX-License-Identifier: MIT
#include "indexing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "4_index/index.h"
#include "4_index/index_build.h"
#include "base/limits.h"
#include "opening.h"
#include "pieces.h"
#include "plan.h"
#include "reading.h"
#include "sessions.h"

/* LMDB reserves addresses, not memory: room for an index larger than its archives, whatever they hold. */
#define MAP_BASE_BYTES       (16ull << 30)
#define MAP_PER_ARCHIVE_BYTE 4
#define PACKED_RATIO         16 /* what a packed archive unpacks to, rather too much */

struct paths {
    char work[LIMIT_PATH_BYTES], sort[LIMIT_PATH_BYTES], fresh[LIMIT_PATH_BYTES], folder[LIMIT_PATH_BYTES];
};

static enum err name_files(const char *output, struct paths *p, struct failure *failure)
{
    int longest = snprintf(p->work, sizeof p->work, "%s.work", output);
    snprintf(p->sort, sizeof p->sort, "%s.sort", output);
    snprintf(p->fresh, sizeof p->fresh, "%s.new", output);
    return longest < (int)sizeof p->work ? ERR_OK
                                         : failure_set(failure, ERR_USAGE, "%s: path too long", output);
}

/* The same inputs read by the same program: only then is a half-made index gone on with. */
static struct span inputs_text(const struct indexing *in, const struct plan *plan, struct arena *arena)
{
    return arena_format(arena, "%s\nyear %u\npsl %s %s\ncomplete %d window %zu\n%.*s", TREDJEPART_VERSION,
                        in->year, in->suffixes_source, in->suffixes_sha256, in->worker.complete,
                        in->worker.window_bytes, SPAN_ARG(plan->inputs));
}

static enum err finish(const struct indexing *in, const struct plan *plan, const struct paths *paths,
                       struct work *work, uint64_t map_bytes, struct counters *totals)
{
    const struct plan_containers *c = &plan->containers;
    const struct counters planned = {.containers = c->count,
                                     .container_bytes = c->bytes,
                                     .part_bytes = c->part_bytes,
                                     .structure_bytes = c->bytes - c->part_bytes - c->lost_bytes};
    struct pieces pieces = {.worker_count = in->threads, .stop = in->worker.stop};
    const struct index_crew crew = {in->threads, &pieces, pieces_run};
    unlink(paths->fresh);
    unlink(paths->sort);
    const struct index_build build = {.path = paths->fresh,
                                      .sort_path = paths->sort,
                                      .folder = paths->folder,
                                      .crew = &crew,
                                      .map_bytes = map_bytes,
                                      .year = in->year,
                                      .program = TREDJEPART_VERSION,
                                      .suffixes_source = in->suffixes_source,
                                      .suffixes_sha256 = in->suffixes_sha256,
                                      .suffixes = in->worker.suffixes,
                                      .planned = &planned,
                                      .archive_count = (uint32_t)plan->count,
                                      .stop = in->worker.stop};
    enum err err = index_build(&build, work, totals);
    unlink(paths->sort);
    if (err)
        unlink(paths->fresh);
    return err;
}

static enum err put_in_place(const struct paths *paths, const char *output, struct failure *failure)
{
    if (rename(paths->fresh, output) != 0)
        return failure_of_path(failure, ERR_IO, output);
    unlink(paths->work);
    return ERR_OK;
}

static void say_result(const struct indexing *in, const struct counters *n, bool damaged)
{
    if (in->quiet)
        return;
    failure_note("%s: %llu archives, %llu records, %llu visits, %llu contacts, %llu cookies; %llu bytes not "
                 "understood%s",
                 in->output, (unsigned long long)n->archives, (unsigned long long)n->records,
                 (unsigned long long)n->visits, (unsigned long long)n->contacts,
                 (unsigned long long)n->cookies, (unsigned long long)n->lost_bytes,
                 damaged ? ", more than --max-faults allows" : "");
}

static enum err run(const struct indexing *in, const struct plan *plan, const struct paths *paths,
                    struct arena *arena, struct opener *opener, bool *damaged)
{
    struct span inputs = inputs_text(in, plan, arena);
    uint64_t map_bytes =
        MAP_BASE_BYTES + (plan->total_bytes + plan->packed_bytes * PACKED_RATIO) * MAP_PER_ARCHIVE_BYTE;
    struct failure *failure = opener->failure;
    struct work *work;
    struct counters totals = {0};
    if (!inputs.at)
        return ERR_MEMORY;
    enum err err = work_open(paths->work, map_bytes, inputs, &work);
    if (err && err == ERR_IO && errno == EWOULDBLOCK)
        return failure_set(failure, err, "%s: another run is at work on it", paths->work);
    if (err)
        return failure_of_path(failure, err, paths->work);
    err = reading_run(in, plan, work, opener);
    if (!err)
        err = finish(in, plan, paths, work, map_bytes, &totals);
    work_close(work);
    if (err)
        return failure_of_path(failure, err, in->output);
    TRY(put_in_place(paths, in->output, failure));
    *damaged = (double)totals.lost_bytes > in->max_faults * (double)totals.archive_bytes;
    say_result(in, &totals, *damaged);
    return ERR_OK;
}

/* Temporary files go beside the output, which has to have room anyway. */
static void folder_of(const char *output, char room[LIMIT_PATH_BYTES])
{
    struct span path = span_of_string(output);
    size_t slash = span_find_last(path, '/');
    struct span folder = slash < path.bytes ? span_first(path, slash ? slash : 1) : SPAN(".");
    snprintf(room, LIMIT_PATH_BYTES, "%.*s", SPAN_ARG(folder));
}

static enum err plan_and_run(const struct indexing *in, const struct pathlist *list, struct paths *paths,
                             struct opener *opener, struct arena *arena, bool *damaged)
{
    struct plan plan;
    TRY(plan_make(list, in->worker.dictionary, opener, arena, &plan));
    TRY(sessions_bind(in->captures, in->quiet, &plan, arena, opener->failure));
    if (in->restart || plan.has_input)
        unlink(paths->work);
    if (plan.count == 0)
        failure_note("%s: no archive among the inputs; the index will be empty", in->output);
    return run(in, &plan, paths, arena, opener, damaged);
}

enum err indexing_run(const struct indexing *in, const struct pathlist *list, struct failure *failure,
                      bool *damaged)
{
    struct paths *paths = calloc(1, sizeof *paths);
    struct arena arena;
    struct opener opener;
    *damaged = false;
    if (!paths)
        return ERR_MEMORY;
    arena_init(&arena, LIMIT_GROUP_ARENA_BYTES);
    enum err err = name_files(in->output, paths, failure);
    folder_of(in->output, paths->folder);
    opener_init(&opener, &(struct unpack_place){paths->folder, in->worker.stop}, failure);
    if (!err)
        err = plan_and_run(in, list, paths, &opener, &arena, damaged);
    opener_free(&opener);
    arena_free(&arena);
    free(paths);
    return err;
}
