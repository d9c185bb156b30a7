// SPDX-License-Identifier: MIT
#include "plan.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "dictionary.h"
#include "indexes.h"
#include "opening.h"
#include "sniff.h"

#define FIRST_PREFIX_BYTES (1u << 20) /* of a packed archive; more only when it does not show its producer */

/* Something that may be an archive, or hold some. */
struct waiting {
    struct plan_archive draft; /* its steps include the one that is still to be taken */
    struct opening_layer *layer;
    struct span bytes;         /* in that layer; packed unless the last step is a slice */
    struct source_fault fault; /* of what it was unpacked from */
    bool packed;
    bool in_wacz; /* then group is that of the outermost one */
    bool quiet;   /* among other files, as in a folder: what is no archive is no news */
};

struct planning {
    struct plan *plan;
    struct arena *arena;
    struct inflater *inflater;
    struct opener *opener;
    struct waiting *waiting;
    size_t waiting_count, waiting_capacity;
};

static enum err add_archive(struct planning *p, const struct plan_archive *draft)
{
    struct plan *plan = p->plan;
    struct plan_archive *a = ARENA_PUSH(p->arena, plan->archives, plan->count, plan->capacity);
    if (!a)
        return ERR_MEMORY;
    *a = *draft;
    plan->total_bytes += a->is_unread ? 0 : a->bytes;
    return ERR_OK;
}

static enum err add_unread(struct planning *p, struct waiting *w, const char *why)
{
    failure_note("%s: %s; this version does not read it", w->draft.name.at, why);
    w->draft.is_unread = true;
    w->draft.bytes = w->bytes.bytes;
    return add_archive(p, &w->draft);
}

static bool is_skipped(const struct waiting *w)
{
    enum source_kind kind = w->draft.kind;
    return kind == SOURCE_NONE || kind == SOURCE_GZIP_OTHER;
}

static enum err add_index(struct planning *p, const struct plan_archive *draft)
{
    struct plan *plan = p->plan;
    struct plan_archive *index = ARENA_PUSH(p->arena, plan->indexes, plan->index_count, plan->index_capacity);
    if (!index)
        return ERR_MEMORY;
    *index = *draft;
    return ERR_OK;
}

/* What is neither read nor taken apart. */
static enum err add_other(struct planning *p, struct waiting *w)
{
    bool in_archives = w->in_wacz && w->draft.kind == SOURCE_NONE;
    if (w->draft.kind == SOURCE_CDX && !w->fault.err)
        return add_index(p, &w->draft);
    if (!is_skipped(w) || in_archives || w->fault.err)
        return add_unread(p, w, source_kind_name(w->draft.kind));
    if (!w->quiet && !w->in_wacz)
        failure_note("%s: %s, skipped", w->draft.name.at, w->bytes.bytes ? "no archive" : "empty");
    return ERR_OK;
}

static bool add_step(struct planning *p, struct plan_archive *draft, struct unpack_step step)
{
    struct unpack_step *steps = arena_alloc(p->arena, (draft->step_count + 1) * sizeof *steps);
    if (!steps)
        return false;
    if (draft->step_count)
        memcpy(steps, draft->steps, draft->step_count * sizeof *steps);
    steps[draft->step_count++] = step;
    draft->steps = steps;
    return true;
}

static enum err push(struct planning *p, const struct waiting *w)
{
    struct waiting *item = ARENA_PUSH(p->arena, p->waiting, p->waiting_count, p->waiting_capacity);
    if (!item)
        return ERR_MEMORY;
    *item = *w;
    opening_layer_use(item->layer);
    return ERR_OK;
}

/* --- containers --- */

static enum err add_part(struct planning *p, const struct waiting *container,
                         const struct source_parts *parts, const struct source_part *part)
{
    struct waiting w = {.draft = container->draft,
                        .layer = container->layer,
                        .bytes = part->bytes,
                        .in_wacz = container->in_wacz || parts->is_wacz,
                        .quiet = !parts->is_wacz};
    w.draft.name = arena_format(p->arena, "%s!%.*s", container->draft.name.at, SPAN_ARG(part->name));
    if (!w.draft.name.at)
        return ERR_MEMORY;
    w.draft.group = container->in_wacz ? container->draft.group
                    : parts->is_wacz   ? container->draft.name
                                       : w.draft.name;
    w.draft.kind = part->kind;
    w.draft.wrapper = SOURCE_NONE;
    w.draft.is_pages = part->is_pages;
    if (!part->bytes.bytes)
        return ERR_OK; /* nothing to read, nothing lost */
    if (part->coding == SOURCE_SEALED)
        return add_unread(p, &w, "encrypted, or packed by an unknown method");
    if (w.draft.step_count == LIMIT_CONTAINER_DEPTH)
        return add_unread(p, &w, "too many containers in containers");
    struct unpack_step step = unpack_step_of(container->bytes, part);
    w.packed = step.how != UNPACK_SLICE;
    return add_step(p, &w.draft, step) ? push(p, &w) : ERR_MEMORY;
}

/* The faults of a container stand in a row of its own; a sound one needs none. */
static enum err add_faults(struct planning *p, const struct waiting *w, const struct source_parts *parts,
                           uint64_t rest_bytes)
{
    size_t count = parts->fault_count + (w->fault.err != ERR_OK);
    if (!count)
        return ERR_OK;
    struct plan_archive row = w->draft;
    row.faults = arena_alloc(p->arena, count * sizeof *row.faults);
    if (!row.faults)
        return ERR_MEMORY;
    if (w->fault.err)
        row.faults[row.fault_count++] = w->fault;
    for (size_t i = 0; i < parts->fault_count; i++)
        row.faults[row.fault_count++] = parts->faults[i];
    row.is_unread = true;
    row.bytes = rest_bytes;
    failure_note("%s: %s; %zu of its members are looked at all the same", row.name.at,
                 err_text(row.faults[0].err), parts->count);
    return add_archive(p, &row);
}

static enum err add_container(struct planning *p, const struct waiting *w)
{
    struct plan_containers *sums = &p->plan->containers;
    struct source_parts parts;
    enum err err = source_list(w->bytes, p->arena, &parts);
    if (err_is_run(err))
        return err;
    uint64_t part_bytes = 0, lost_bytes = 0;
    for (size_t i = 0; i < parts.count; i++)
        part_bytes += parts.items[i].bytes.bytes;
    for (size_t i = 0; i < parts.fault_count; i++)
        lost_bytes += parts.faults[i].bytes;
    sums->count++;
    sums->bytes += w->bytes.bytes;
    sums->part_bytes += part_bytes;
    sums->lost_bytes += lost_bytes;
    if (!parts.count && !parts.fault_count && !w->quiet)
        failure_note("%s: %s without any archive in it", w->draft.name.at, source_kind_name(w->draft.kind));
    TRY(add_faults(p, w, &parts, w->bytes.bytes - part_bytes));
    for (size_t i = parts.count; i-- > 0;)
        TRY(add_part(p, w, &parts, &parts.items[i]));
    return ERR_OK;
}

/* --- one that waits --- */

static enum err add_readable(struct planning *p, struct waiting *w)
{
    bool more;
    w->draft.bytes = w->bytes.bytes;
    if (!w->draft.is_pages)
        TRY(sniff_archive(&w->draft, w->bytes, true, p->inflater, p->arena, &more));
    return add_archive(p, &w->draft);
}

static bool is_readable(const struct waiting *w)
{
    return w->draft.is_pages || w->draft.kind == SOURCE_HAR || source_is_records(w->draft.kind);
}

/* What the beginning of a packed archive tells. *done: that was enough, and it is planned or skipped. */
static enum err plan_prefix(struct planning *p, struct waiting *w, const struct unpack *unpack, bool last,
                            bool *done)
{
    struct opening_layer *layer;
    struct unpack_step step;
    bool more = false, whole = unpack_is_whole(unpack);
    TRY(opening_layer_of_unpack(unpack, &layer));
    struct span prefix = opening_layer_bytes(layer);
    enum err err = unpack_tell(prefix, &p->opener->place, &w->draft.kind, &step);
    bool inner = !w->draft.is_pages && (step.how != UNPACK_SLICE || source_is_container(w->draft.kind));
    if (!err && is_readable(w) && !w->draft.is_pages)
        err = sniff_archive(&w->draft, prefix, whole || last, p->inflater, p->arena, &more);
    opening_layer_release(layer);
    *done = !inner && !more;
    if (err || !*done)
        return err;
    if (!is_readable(w)) {
        w->fault = unpack_fault(unpack);
        return add_other(p, w);
    }
    w->draft.bytes = w->bytes.bytes;
    p->plan->packed_bytes += w->bytes.bytes;
    return add_archive(p, &w->draft);
}

/* Unpacks as little as will do, or all of what holds further things, which then wait in their turn. */
static enum err plan_unpacked(struct planning *p, struct waiting *w, struct unpack *unpack)
{
    bool done = false;
    for (uint64_t bytes = FIRST_PREFIX_BYTES; bytes <= LIMIT_PLANNED_BYTES && !unpack_is_whole(unpack);
         bytes *= 4) {
        TRY(unpack_until(unpack, bytes));
        TRY(plan_prefix(p, w, unpack, bytes * 4 > LIMIT_PLANNED_BYTES, &done));
        if (done || !is_readable(w))
            break;
    }
    if (done)
        return ERR_OK;
    struct waiting inner = *w;
    TRY(unpack_until(unpack, UINT64_MAX));
    inner.fault = w->fault.err ? w->fault : unpack_fault(unpack);
    TRY(opening_layer_of_unpack(unpack, &inner.layer));
    inner.bytes = opening_layer_bytes(inner.layer);
    inner.packed = false;
    enum err err = push(p, &inner);
    opening_layer_release(inner.layer);
    return err;
}

static enum err plan_packed(struct planning *p, struct waiting *w)
{
    struct unpack *unpack;
    TRY(unpack_new(w->bytes, &w->draft.steps[w->draft.step_count - 1], &p->opener->place, &unpack));
    enum err err = plan_unpacked(p, w, unpack);
    unpack_free(unpack);
    return err;
}

static enum err plan_one(struct planning *p, struct waiting *w)
{
    struct unpack_step step;
    if (w->packed)
        return plan_packed(p, w);
    if (w->draft.is_pages)
        return add_readable(p, w);
    TRY(unpack_tell(w->bytes, &p->opener->place, &w->draft.kind, &step));
    if (step.how != UNPACK_SLICE) {
        if (w->draft.step_count == LIMIT_CONTAINER_DEPTH)
            return add_unread(p, w, "too many containers in containers");
        if (w->draft.wrapper == SOURCE_NONE && span_equal(w->draft.name, w->draft.file))
            w->draft.wrapper = w->draft.kind;
        w->packed = true;
        return add_step(p, &w->draft, step) ? plan_packed(p, w) : ERR_MEMORY;
    }
    if (source_is_container(w->draft.kind))
        return add_container(p, w);
    return is_readable(w) ? add_readable(p, w) : add_other(p, w);
}

/* Until nothing waits any more. */
static enum err plan_all(struct planning *p)
{
    enum err err = ERR_OK;
    while (p->waiting_count) {
        struct waiting w = p->waiting[--p->waiting_count];
        if (!err)
            err = plan_one(p, &w);
        opening_layer_release(w.layer);
    }
    return err;
}

static enum err add_file(struct planning *p, struct span path)
{
    struct waiting w = {
        .draft = {.file = path, .name = path, .group = path}
    };
    TRY(opening_layer_of_file(p->opener, path.at, &w.layer));
    w.bytes = opening_layer_bytes(w.layer);
    p->plan->has_input |= strcmp(path.at, OPENING_STDIN) == 0;
    enum err err = push(p, &w);
    opening_layer_release(w.layer);
    return err ? err : plan_all(p);
}

/* --- all paths --- */

static int by_name(const void *left, const void *right)
{
    return span_compare(((const struct plan_archive *)left)->name,
                        ((const struct plan_archive *)right)->name);
}

static enum err describe_input(struct planning *p, struct span path, struct buf *text)
{
    struct stat st = {0};
    if (strcmp(path.at, OPENING_STDIN) == 0) {
        buf_format(text, "-\t%zu\n", opening_layer_bytes(p->opener->input).bytes);
        return ERR_OK;
    }
    if (stat(path.at, &st) != 0)
        return failure_of_path(p->opener->failure, ERR_IO, path.at);
    buf_format(text, "%s\t%lld\t%lld.%09ld\n", path.at, (long long)st.st_size, (long long)st.st_mtim.tv_sec,
               st.st_mtim.tv_nsec);
    return ERR_OK;
}

static enum err describe_inputs(struct planning *p, const struct pathlist *paths, struct span dictionary)
{
    struct buf text;
    enum err err = ERR_OK;
    buf_init(&text, LIMIT_REGISTER_BYTES);
    for (size_t i = 0; i < paths->count && !err; i++)
        err = describe_input(p, paths->items[i], &text);
    if (dictionary.bytes)
        buf_format(&text, "--zstd-dict\t%llx\n", (unsigned long long)hash_span(dictionary));
    p->plan->inputs = text.err ? SPAN_NONE : arena_copy(p->arena, buf_span(&text));
    buf_free(&text);
    return err ? err : p->plan->inputs.at ? ERR_OK : ERR_MEMORY;
}

enum err plan_make(const struct pathlist *paths, struct span dictionary, struct opener *opener,
                   struct arena *arena, struct plan *out)
{
    *out = (struct plan){0};
    struct planning p = {
        .plan = out, .arena = arena, .inflater = dictionary_inflater(dictionary), .opener = opener};
    if (!p.inflater)
        return ERR_MEMORY;
    enum err err = ERR_OK;
    for (size_t i = 0; i < paths->count && !err; i++) {
        err = add_file(&p, paths->items[i]);
        if (err)
            failure_of_path(opener->failure, err, paths->items[i].at);
    }
    inflater_free(p.inflater);
    TRY(err);
    if (out->count)
        qsort(out->archives, out->count, sizeof *out->archives, by_name);
    TRY(indexes_load(out, opener, arena));
    return describe_inputs(&p, paths, dictionary);
}
