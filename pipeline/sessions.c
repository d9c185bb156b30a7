// SPDX-License-Identifier: MIT
#include "sessions.h"

#include "4_index/session.h"
#include "5_judge/register.h"
#include "base/buf.h"
#include "base/intern.h"
#include "base/limits.h"
#include "reporting.h"

struct sessions {
    const struct capture_entry *captures;
    struct intern files; /* warc_file of captures[i] has number i */
    struct buf *inputs;  /* what was bound, a line an archive */
    bool *is_used;
    struct arena *arena;
};

/* The row that says most of the path. */
static const struct capture_entry *find_capture(const struct sessions *s, struct span name)
{
    uint32_t number = intern_find(&s->files, name);
    while (number == INTERN_NONE && span_find(name, '/', 0) < name.bytes) {
        name = span_from(name, span_find(name, '/', 0) + 1);
        number = intern_find(&s->files, name);
    }
    if (number == INTERN_NONE)
        return NULL;
    s->is_used[number] = true;
    return &s->captures[number];
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

static enum err bind_one(struct sessions *s, struct plan_archive *a)
{
    const struct capture_entry *capture = find_capture(s, a->name);
    if (!capture)
        capture = find_capture(s, a->file);
    if (!capture || !capture->unit_id.bytes)
        return ERR_OK;
    struct span session = capture->crawl_id.bytes ? capture->crawl_id : name_of(capture->warc_file);
    a->session = session_url(capture->unit_id, session, s->arena);
    a->group = arena_format(s->arena, "session:%.*s", SPAN_ARG(a->session));
    buf_format(s->inputs, "session\t%.*s\t%.*s\n", SPAN_ARG(a->name), SPAN_ARG(a->session));
    return a->group.at ? ERR_OK : ERR_MEMORY;
}

static enum err bind_all(struct sessions *s, const struct registers *registers, const char *path, bool quiet,
                         struct plan *plan)
{
    size_t unused = 0;
    s->is_used = arena_alloc(s->arena, registers->capture_count + 1);
    if (!s->is_used)
        return ERR_MEMORY;
    intern_init(&s->files, s->arena);
    for (size_t i = 0; i < registers->capture_count; i++)
        if (intern_add(&s->files, registers->captures[i].warc_file) != i)
            return ERR_MEMORY;
    for (size_t i = 0; i < plan->count; i++)
        TRY(bind_one(s, &plan->archives[i]));
    for (size_t i = 0; i < registers->capture_count; i++)
        unused += registers->captures[i].unit_id.bytes && !s->is_used[i];
    if (unused && !quiet)
        failure_note("%s: %zu archives of apps are not among these inputs", path, unused);
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
    struct sessions sessions = {.captures = registers.captures, .inputs = &inputs, .arena = arena};
    enum err err = bind_all(&sessions, &registers, path, quiet, plan);
    buf_free(&inputs);
    return err;
}
