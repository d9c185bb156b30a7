// SPDX-License-Identifier: MIT
#include "verify_output.h"

#include <string.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "io/outfile.h"

struct hashing_view {
    struct progress *progress;
    struct progress_state state;
};

static void on_hashed(void *context, const struct hashing_job *job)
{
    struct hashing_view *view = context;
    view->state.bytes += job->bytes;
    view->state.found++;
}

static void on_tick(void *context)
{
    struct hashing_view *view = context;
    progress_show(view->progress, &view->state, progress_now_ns());
}

static enum err hash_all(const struct verify_outputs *o, struct verify_jobs *jobs)
{
    struct hashing_view view = {
        .progress = o->progress,
        .state = {.doing = "digesting", .found_what = "digests", .total_archives = o->archive_count}
    };
    view.state.archives = o->archive_count;
    for (size_t i = 0; i < jobs->count; i++)
        view.state.total_bytes += jobs->items[i].bytes;
    const struct hashing hashing = {.jobs = jobs->items,
                                    .count = jobs->count,
                                    .threads = o->in->threads,
                                    .stop = o->in->stop,
                                    .context = &view,
                                    .done = on_hashed,
                                    .tick = on_tick};
    return jobs->count ? hashing_run(&hashing, o->failure) : ERR_OK;
}

static enum err tell_package(struct verify_outputs *o, struct verify_package *package,
                             const struct verify_jobs *jobs)
{
    struct verify_archive *row = ARENA_PUSH(o->arena, o->packages, o->package_count, o->package_capacity);
    struct finding_list list;
    if (!row)
        return ERR_MEMORY;
    finding_init(&list, o->in->max_lines);
    verify_package_judge(package, jobs->items, &list);
    *row = (struct verify_archive){.name = package->path,
                                   .file = package->path,
                                   .kind = source_kind_name(SOURCE_WACZ),
                                   .bytes = package->bytes,
                                   .tally = package->tally};
    enum err err = finding_print(o->printer, row->name, &list);
    if (!err)
        err = finding_print_end(o->printer, row->name, row->totals);
    finding_free(&list);
    return err;
}

/* Standard input cannot be read again. */
static bool is_input(struct span path)
{
    return span_equal(path, span_of_string(OPENING_STDIN));
}

enum err verify_output_packages(struct verify_outputs *o)
{
    struct verify_package *packages = arena_alloc(o->arena, (o->paths->count + 1) * sizeof *packages);
    struct verify_jobs jobs = {NULL, 0, 0};
    size_t count = 0;
    if (!packages)
        return ERR_MEMORY;
    for (size_t i = 0; i < o->paths->count; i++) {
        bool is_package;
        if (*o->in->stop)
            return ERR_STOPPED;
        if (is_input(o->paths->items[i]))
            continue;
        TRY(verify_package_plan(o->paths->items[i], o->arena, &packages[count], &jobs, &is_package,
                                o->failure));
        count += is_package;
    }
    TRY(hash_all(o, &jobs));
    for (size_t i = 0; i < count; i++)
        TRY(tell_package(o, &packages[i], &jobs));
    return ERR_OK;
}

#define TABLE_COLUMNS 11
static const char *const table_names[TABLE_COLUMNS] = {
    "archive",      "kind",        "bytes",           "members", "records", "digests_checked",
    "digests_good", "digests_bad", "digests_unknown", "errors",  "notes",
};

static enum err put_row(const struct verify_outputs *o, const struct verify_archive *a)
{
    const struct verify_tally *t = &a->tally;
    const uint64_t values[TABLE_COLUMNS - 2] = {
        a->bytes,        t->members,     t->records,         t->digests_good + t->digests_bad,
        t->digests_good, t->digests_bad, t->digests_unknown, a->totals[true],
        a->totals[false]};
    char texts[TABLE_COLUMNS - 2][24];
    struct span cells[TABLE_COLUMNS] = {a->name, span_of_string(a->kind)};
    for (size_t i = 0; i < TABLE_COLUMNS - 2; i++)
        cells[i + 2] = span_of(
            texts[i], (size_t)snprintf(texts[i], sizeof texts[i], "%llu", (unsigned long long)values[i]));
    return finding_print_row(o->in->table, o->in->format, table_names, cells, TABLE_COLUMNS, 2);
}

static enum err put_head(const struct verify_outputs *o)
{
    struct span cells[TABLE_COLUMNS];
    for (size_t i = 0; i < TABLE_COLUMNS; i++)
        cells[i] = span_of_string(table_names[i]);
    if (o->in->format != FINDING_TSV)
        return ERR_OK;
    if (o->in->findings && fputs("\n", o->in->table) < 0)
        return ERR_IO;
    return finding_print_row(o->in->table, FINDING_TSV, table_names, cells, TABLE_COLUMNS, 2);
}

static void add_row(struct verify_archive *sum, const struct verify_archive *a)
{
    verify_tally_sum(&sum->tally, &a->tally);
    sum->totals[0] += a->totals[0];
    sum->totals[1] += a->totals[1];
}

/* Packages stand before the archives inside them; their bytes count once. */
enum err verify_output_table(const struct verify_outputs *o, bool *damaged)
{
    struct verify_archive sum = {.name = SPAN("total"), .kind = ""};
    if (o->in->table)
        TRY(put_head(o));
    for (size_t i = 0, p = 0; i < o->archive_count || p < o->package_count;) {
        bool package_first =
            p < o->package_count &&
            (i == o->archive_count || span_compare(o->packages[p].name, o->archives[i].name) < 0);
        const struct verify_archive *a = package_first ? &o->packages[p++] : &o->archives[i++];
        bool is_inside = !package_first && !span_equal(a->name, a->file);
        if (a->is_pages)
            continue;
        add_row(&sum, a);
        sum.bytes += is_inside ? 0 : a->bytes;
        if (o->in->table)
            TRY(put_row(o, a));
    }
    *damaged = sum.totals[true] > 0;
    return o->in->table ? put_row(o, &sum) : ERR_OK;
}

/* One row a file, whatever lies in it: that is what has a digest. */
static size_t gather_rows(const struct verify_outputs *o, struct capture_row *rows)
{
    size_t count = 0;
    for (size_t i = 0; i < o->archive_count; i++) {
        const struct verify_archive *a = &o->archives[i];
        if (is_input(a->file))
            continue;
        if (count == 0 || !span_equal(rows[count - 1].path, a->file))
            rows[count++] = (struct capture_row){.path = a->file};
        capture_join(&rows[count - 1].capture, &a->capture);
    }
    return count;
}

static enum err size_of_file(const struct verify_outputs *o, struct span path, uint64_t *bytes)
{
    struct stat st;
    if (stat(path.at, &st) != 0)
        return failure_of_path(o->failure, ERR_IO, path.at);
    *bytes = (uint64_t)st.st_size;
    return ERR_OK;
}

static enum err put_captures(const struct verify_outputs *o, struct span text)
{
    const char *path = o->in->captures, *slash = strrchr(path, '/');
    char folder[LIMIT_PATH_BYTES] = ".";
    if (strcmp(path, "-") == 0)
        return fwrite(text.at, 1, text.bytes, stdout) == text.bytes ? ERR_OK : ERR_IO;
    if (strlen(path) >= sizeof folder)
        return failure_set(o->failure, ERR_USAGE, "%s: path too long", path);
    if (slash)
        snprintf(folder, sizeof folder, "%.*s", slash == path ? 1 : (int)(slash - path), path);
    enum err err = outfile_write(folder, slash ? slash + 1 : path, text);
    return err ? failure_of_path(o->failure, err, path) : ERR_OK;
}

enum err verify_output_captures(const struct verify_outputs *o)
{
    struct capture_row *rows = arena_alloc(o->arena, (o->archive_count + 1) * sizeof *rows);
    struct verify_jobs jobs = {NULL, 0, 0};
    struct buf text;
    if (!rows)
        return ERR_MEMORY;
    size_t count = gather_rows(o, rows);
    for (size_t i = 0; i < count; i++) {
        struct hashing_job *job = ARENA_PUSH(o->arena, jobs.items, jobs.count, jobs.capacity);
        if (!job)
            return ERR_MEMORY;
        TRY(size_of_file(o, rows[i].path, &rows[i].bytes));
        *job = (struct hashing_job){.path = rows[i].path, .bytes = rows[i].bytes, .kind = CRYPTO_SHA256};
    }
    TRY(hash_all(o, &jobs));
    for (size_t i = 0; i < count; i++)
        memcpy(rows[i].sha256, jobs.items[i].digest, CRYPTO_BYTES_MAX);
    buf_init(&text, LIMIT_REGISTER_BYTES);
    capture_write(&text, rows, count);
    enum err err = text.err ? text.err : put_captures(o, buf_span(&text));
    buf_free(&text);
    return err;
}
