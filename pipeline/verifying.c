// SPDX-License-Identifier: MIT
#include "verifying.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "verify_output.h"
#include "verify_range.h"

struct pass {
    const struct verifying *in;
    const struct plan *plan;
    struct opener opener;
    struct arena arena;
    uint32_t archive; /* that is handed out */
    struct verify_archive *archives;
    struct verify_revisits revisits;
    struct buf links; /* of the archive that is committed */
    struct finding_printer printer;
    struct progress progress;
    struct progress_state state;
};

static enum err begin_archive(void *context, uint32_t number, struct range_start *out)
{
    struct pass *p = context;
    const struct plan_archive *a = &p->plan->archives[number];
    p->archive = number;
    /* page lists are resources of their package; a HAR has no records */
    out->skip = a->is_unread || a->is_pages || !source_is_records(a->kind);
    return ERR_OK;
}

static struct range *make_range(void *context)
{
    struct pass *p = context;
    const struct plan_archive *a = &p->plan->archives[p->archive];
    struct verify_range *r = verify_range_new(a->name, p->in->max_lines);
    if (!r)
        return NULL;
    r->capture.producer = a->producer;
    return &r->range;
}

static enum err end_archive(struct pass *p, struct verify_archive *a)
{
    struct finding_list list;
    finding_init(&list, p->in->max_lines);
    enum err err = verify_links(a, &p->links, &list);
    if (!err)
        err = finding_print(&p->printer, a->name, &list);
    if (!err)
        err = finding_print_end(&p->printer, a->name, a->totals);
    finding_free(&list);
    buf_reset(&p->links);
    p->state.archives++;
    return err;
}

static enum err commit_range(void *context, struct range *range, enum range_part part)
{
    struct pass *p = context;
    struct verify_range *r = (struct verify_range *)range;
    struct verify_archive *a = &p->archives[range->archive];
    verify_tally_sum(&a->tally, &r->tally);
    capture_join(&a->capture, &r->capture);
    if (r->links.err == ERR_TOO_LARGE)
        p->links.err = ERR_TOO_LARGE;
    buf_add(&p->links, buf_span(&r->links));
    TRY(verify_revisits_add(&p->revisits, range->archive, buf_span(&r->links)));
    TRY(finding_print(&p->printer, a->name, &r->findings));
    p->state.bytes += range->to - range->from;
    p->state.found += r->tally.records;
    for (int k = 0; k < FINDING_KIND_COUNT; k++)
        p->state.faults += r->findings.counts[true][k];
    return part == RANGE_LAST ? end_archive(p, a) : ERR_OK;
}

static void on_tick(void *context)
{
    struct pass *p = context;
    progress_show(&p->progress, &p->state, progress_now_ns());
}

static enum err read_all(struct pass *p)
{
    const struct verifier_settings settings = {.dictionary = p->in->dictionary, .stop = p->in->stop};
    const struct ranges ranges = {.plan = p->plan,
                                  .chunk_bytes = p->in->chunk_bytes,
                                  .opener = &p->opener,
                                  .use = &verify_range_use,
                                  .settings = &settings,
                                  .threads = p->in->threads,
                                  .stop = p->in->stop,
                                  .context = p,
                                  .begin = begin_archive,
                                  .make = make_range,
                                  .commit = commit_range,
                                  .tick = on_tick};
    return ranges_run(&ranges);
}

static enum err name_archives(struct pass *p)
{
    p->archives = arena_alloc(&p->arena, (p->plan->count + 1) * sizeof *p->archives);
    if (!p->archives)
        return ERR_MEMORY;
    for (size_t i = 0; i < p->plan->count; i++) {
        const struct plan_archive *a = &p->plan->archives[i];
        p->archives[i] = (struct verify_archive){.name = a->name,
                                                 .file = a->file,
                                                 .kind = source_kind_name(a->kind),
                                                 .bytes = a->bytes,
                                                 .is_unread = a->is_unread,
                                                 .is_pages = a->is_pages,
                                                 .is_without_records =
                                                     a->kind == SOURCE_HAR || a->kind == SOURCE_GZIP_OTHER};
    }
    return ERR_OK;
}

/* What needs all archives: targets of revisits. What was not read at all is told here, too. */
static enum err tell_late(struct pass *p)
{
    verify_revisits_close(&p->revisits);
    for (uint32_t i = 0; i < p->plan->count; i++) {
        struct verify_archive *a = &p->archives[i];
        struct finding_list list;
        finding_init(&list, p->in->max_lines);
        verify_archive_unread(a, &list);
        verify_revisits_tell(&p->revisits, i, &list);
        enum err err = finding_print(&p->printer, a->name, &list);
        if (!err)
            err = finding_print_end(&p->printer, a->name, a->totals);
        finding_free(&list);
        if (err)
            return err;
    }
    return ERR_OK;
}

static enum err verify_all(struct pass *p, const struct pathlist *paths, bool *damaged)
{
    struct verify_outputs outputs = {.in = p->in,
                                     .archives = p->archives,
                                     .archive_count = p->plan->count,
                                     .paths = paths,
                                     .arena = &p->arena,
                                     .printer = &p->printer,
                                     .progress = &p->progress,
                                     .failure = p->opener.failure};
    TRY(read_all(p));
    TRY(tell_late(p));
    TRY(verify_output_packages(&outputs));
    progress_end(&p->progress);
    TRY(verify_output_table(&outputs, damaged));
    return p->in->captures ? verify_output_captures(&outputs) : ERR_OK;
}

enum err verifying_run(const struct verifying *in, const struct pathlist *paths, struct failure *failure,
                       bool *damaged)
{
    struct plan plan;
    struct pass p = {.in = in, .plan = &plan};
    opener_init(&p.opener, &(struct unpack_place){NULL, in->stop}, failure);
    p.printer =
        (struct finding_printer){.out = in->findings, .format = in->format, .max_lines = in->max_lines};
    arena_init(&p.arena, LIMIT_GROUP_ARENA_BYTES);
    buf_init(&p.links, LIMIT_LINKS_BYTES);
    verify_revisits_init(&p.revisits);
    progress_init(&p.progress, in->progress, STDERR_FILENO, progress_now_ns());
    enum err err = plan_make(paths, in->dictionary, &p.opener, &p.arena, &plan);
    if (!err)
        err = name_archives(&p);
    if (!err) {
        p.state = (struct progress_state){.doing = "verifying",
                                          .total_bytes = plan.total_bytes,
                                          .total_archives = plan.count,
                                          .found_what = "records"};
        err = verify_all(&p, paths, damaged);
    }
    progress_end(&p.progress);
    opener_free(&p.opener);
    verify_revisits_free(&p.revisits);
    buf_free(&p.links);
    arena_free(&p.arena);
    return err;
}
