// SPDX-License-Identifier: MIT
#include "sessions.h"

#include "4_index/session.h"
#include "5_judge/register.h"
#include "base/buf.h"
#include "base/intern.h"
#include "base/limits.h"
#include "reporting.h"

struct sessions {
    const char *path;
    const struct capture_entry *captures;
    struct intern files; /* warc_file of captures[i] has number i */
    struct buf *inputs;  /* what was bound, a line an archive */
    struct span *bound;  /* by captures[i]: the file, empty when none was */
    struct arena *arena;
    struct failure *failure;
};

/* The row that says most of the path. */
static uint32_t find_capture(const struct sessions *s, struct span name)
{
    uint32_t number = intern_find(&s->files, name);
    while (number == INTERN_NONE && span_find(name, '/', 0) < name.bytes) {
        name = span_from(name, span_find(name, '/', 0) + 1);
        number = intern_find(&s->files, name);
    }
    return number;
}

static bool names_member(struct span name)
{
    return span_find(name, '!', 0) < name.bytes;
}

/* A row of a member's file and name goes before the row of its file; a name alone is no row for what lies within. */
static uint32_t capture_of(const struct sessions *s, const struct plan_archive *a)
{
    uint32_t number = a->name.bytes > a->file.bytes ? find_capture(s, a->name) : INTERN_NONE;
    bool is_of_member = number != INTERN_NONE && names_member(s->captures[number].warc_file);
    return is_of_member ? number : find_capture(s, a->file);
}

/* Without what tells its format. */
static struct span name_of(struct span file)
{
    static const char *const endings[] = {".gz",  ".zst", ".bz2",  ".xz", ".warc",
                                          ".arc", ".har", ".wacz", ".zip"};
    size_t slash = span_find_last(file, '/');
    struct span name = slash < file.bytes ? span_from(file, slash + 1) : file;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct span ending = span_of_string(endings[i]);
        if (name.bytes > ending.bytes && span_ends_nocase(name, ending))
            name = span_first(name, name.bytes - ending.bytes);
    }
    return name;
}

static enum err note_bound(struct sessions *s, uint32_t number, const struct plan_archive *a)
{
    const struct capture_entry *capture = &s->captures[number];
    struct span *bound = &s->bound[number];
    if (bound->bytes && !span_equal(*bound, a->file))
        return failure_set(s->failure, ERR_REGISTER,
                           "%s:%u: '%.*s' names both %.*s and %.*s; give more of the path", s->path,
                           capture->line, SPAN_ARG(capture->warc_file), SPAN_ARG(*bound), SPAN_ARG(a->file));
    *bound = a->file;
    return ERR_OK;
}

static enum err bind_one(struct sessions *s, struct plan_archive *a)
{
    uint32_t number = capture_of(s, a);
    if (number == INTERN_NONE || !s->captures[number].unit_id.bytes)
        return ERR_OK;
    const struct capture_entry *capture = &s->captures[number];
    TRY(note_bound(s, number, a));
    struct span session = capture->crawl_id.bytes ? capture->crawl_id : name_of(capture->warc_file);
    a->session = session_url(capture->unit_id, session, s->arena);
    a->group = arena_format(s->arena, "session:%.*s", SPAN_ARG(a->session));
    buf_format(s->inputs, "session\t%.*s\t%.*s\n", SPAN_ARG(a->name), SPAN_ARG(a->session));
    return a->group.at ? ERR_OK : ERR_MEMORY;
}

static enum err bind_all(struct sessions *s, const struct registers *registers, bool quiet, struct plan *plan)
{
    size_t unused = 0;
    s->bound = arena_alloc(s->arena, (registers->capture_count + 1) * sizeof *s->bound);
    if (!s->bound)
        return ERR_MEMORY;
    intern_init(&s->files, s->arena);
    for (size_t i = 0; i < registers->capture_count; i++)
        if (intern_add(&s->files, registers->captures[i].warc_file) != i)
            return ERR_MEMORY;
    for (size_t i = 0; i < plan->count; i++)
        TRY(bind_one(s, &plan->archives[i]));
    for (size_t i = 0; i < registers->capture_count; i++)
        unused += registers->captures[i].unit_id.bytes && !s->bound[i].bytes;
    if (unused && !quiet)
        failure_note("%s: %zu archives of apps are not among these inputs", s->path, unused);
    buf_add(s->inputs, plan->inputs);
    plan->inputs = s->inputs->err ? SPAN_NONE : arena_copy(s->arena, buf_span(s->inputs));
    return plan->inputs.at ? ERR_OK : ERR_MEMORY;
}

enum err sessions_bind(const char *path, bool quiet, struct plan *plan, struct arena *arena,
                       struct failure *failure)
{
    struct registers registers;
    struct buf inputs;
    if (!path)
        return ERR_OK;
    struct register_messages messages = {0};
    enum err read = register_load_captures(path, arena, &messages, &registers);
    TRY(reporting_say(&messages, read, path, quiet, failure));
    buf_init(&inputs, LIMIT_REGISTER_BYTES);
    struct sessions sessions = {
        .path = path, .captures = registers.captures, .inputs = &inputs, .arena = arena, .failure = failure};
    enum err err = bind_all(&sessions, &registers, quiet, plan);
    buf_free(&inputs);
    return err;
}
