// SPDX-License-Identifier: MIT
#include "verify_package.h"

#include "1_read/source.h"
#include "base/limits.h"
#include "ext/ext_deflate.h"
#include "io/mapfile.h"

struct packing {
    struct verify_package *package;
    struct span file;
    struct inflater *inflater;
    struct crypto *crypto;
    struct arena *arena;
    struct verify_jobs *jobs;
};

/* What is not stored must be inflated to be digested. */
static enum err digest_inflated(struct packing *p, const struct wacz_resource *from,
                                struct verify_resource *to)
{
    struct buf content;
    buf_init(&content, LIMIT_MEMBER_BYTES + 1);
    enum err err = wacz_content(from, p->inflater, LIMIT_MEMBER_BYTES, &content);
    to->bytes = content.bytes;
    to->read_err = err;
    to->found.kind = to->declared.kind;
    if (!err)
        err = crypto_start(p->crypto, to->declared.kind);
    if (!err)
        err = crypto_add(p->crypto, buf_span(&content));
    if (!err)
        err = crypto_end(p->crypto, to->found.bytes);
    buf_free(&content);
    return err_is_run(err) ? err : ERR_OK;
}

static enum err plan_resource(struct packing *p, const struct wacz_resource *from, struct verify_resource *to)
{
    to->path = from->path;
    to->hash = from->hash;
    to->declared_bytes = from->bytes;
    to->bytes = from->data.bytes;
    to->job = SIZE_MAX;
    to->hash_err = from->hash.bytes ? digest_parse(from->hash, &to->declared) : ERR_END;
    to->read_err = !from->is_there ? ERR_NOT_FOUND : ERR_OK;
    if (to->read_err)
        return ERR_OK;
    if (from->deflated || from->unknown)
        return digest_inflated(p, from, to);
    if (to->hash_err)
        return ERR_OK;
    struct hashing_job *job = ARENA_PUSH(p->arena, p->jobs->items, p->jobs->count, p->jobs->capacity);
    if (!job)
        return ERR_MEMORY;
    to->job = p->jobs->count - 1;
    *job = (struct hashing_job){.path = p->package->path,
                                .at = (uint64_t)(from->data.at - p->file.at),
                                .bytes = from->data.bytes,
                                .kind = to->declared.kind};
    return ERR_OK;
}

static enum err plan_all(struct packing *p)
{
    struct verify_package *package = p->package;
    package->err = wacz_read(p->file, p->inflater, p->arena, &package->wacz);
    if (err_is_run(package->err) && package->err != ERR_NOT_FOUND)
        return package->err;
    package->resources = arena_alloc(p->arena, (package->wacz.count + 1) * sizeof *package->resources);
    if (!package->resources)
        return ERR_MEMORY;
    for (size_t i = 0; i < package->wacz.count; i++)
        TRY(plan_resource(p, &package->wacz.resources[i], &package->resources[i]));
    return ERR_OK;
}

enum err verify_package_plan(struct span path, struct arena *arena, struct verify_package *out,
                             struct verify_jobs *jobs, bool *is_package, struct failure *failure)
{
    struct mapfile file;
    *out = (struct verify_package){.path = path};
    enum err err = mapfile_open(path.at, 0, &file);
    if (err)
        return failure_of_path(failure, err, path.at);
    /* Its first bytes tell a ZIP. */
    *is_package = source_kind_of(span_first(file.bytes, 4)) == SOURCE_WACZ;
    out->bytes = file.bytes.bytes;
    if (*is_package) {
        struct packing p = {out, file.bytes, inflater_new(), crypto_new(), arena, jobs};
        err = p.inflater && p.crypto ? plan_all(&p) : ERR_MEMORY;
        inflater_free(p.inflater);
        crypto_free(p.crypto);
    }
    mapfile_close(&file);
    return err ? failure_of_path(failure, err, path.at) : ERR_OK;
}

static void judge_hash(struct verify_tally *tally, const struct verify_resource *r, struct finding_list *list)
{
    char found[DIGEST_TEXT_BYTES];
    if (r->hash_err == ERR_END)
        return;
    if (r->hash_err) {
        tally->digests_unknown++;
        finding_add(list, r->hash_err == ERR_CODING ? FINDING_DIGEST_ALGORITHM : FINDING_DIGEST_FORM, false,
                    FINDING_NOWHERE, "%.*s: not checked: %.*s", SPAN_ARG(r->path),
                    SPAN_ARG(span_first(r->hash, 100)));
    } else if (digest_equal(&r->declared, &r->found)) {
        tally->digests_good++;
    } else {
        tally->digests_bad++;
        digest_text(&r->found, found);
        finding_add(list, FINDING_RESOURCE_HASH, true, FINDING_NOWHERE, "%.*s: declared %.*s, computed %s",
                    SPAN_ARG(r->path), SPAN_ARG(span_first(r->hash, 100)), found);
    }
}

static void judge_resource(struct verify_tally *tally, const struct verify_resource *r,
                           struct finding_list *list)
{
    if (r->read_err == ERR_NOT_FOUND) {
        finding_add(list, FINDING_RESOURCE_MISSING, true, FINDING_NOWHERE, "%.*s: listed, but not there",
                    SPAN_ARG(r->path));
        return;
    }
    if (r->read_err) {
        bool is_note = r->read_err == ERR_TOO_LARGE || r->read_err == ERR_CONTAINER;
        tally->digests_unknown += r->hash.bytes > 0;
        finding_add(list, FINDING_NOT_CHECKED, !is_note, FINDING_NOWHERE, "%.*s: %s", SPAN_ARG(r->path),
                    err_text(r->read_err));
        return;
    }
    if (r->declared_bytes >= 0 && (uint64_t)r->declared_bytes != r->bytes)
        finding_add(list, FINDING_RESOURCE_BYTES, true, FINDING_NOWHERE,
                    "%.*s: declared %lld bytes, has %llu", SPAN_ARG(r->path), (long long)r->declared_bytes,
                    (unsigned long long)r->bytes);
    judge_hash(tally, r, list);
}

void verify_package_judge(struct verify_package *package, const struct hashing_job *jobs,
                          struct finding_list *list)
{
    package->tally.members = package->wacz.member_count;
    if (package->err == ERR_NOT_FOUND)
        finding_add(list, FINDING_PACKAGE, false, FINDING_NOWHERE, "no datapackage.json");
    else if (package->err)
        finding_add(list, FINDING_PACKAGE, true, FINDING_NOWHERE, "%s", err_text(package->err));
    for (size_t i = 0; i < package->wacz.count; i++) {
        struct verify_resource *r = &package->resources[i];
        if (r->job != SIZE_MAX) {
            r->found.kind = jobs[r->job].kind;
            memcpy(r->found.bytes, jobs[r->job].digest, CRYPTO_BYTES_MAX);
        }
        judge_resource(&package->tally, r, list);
    }
    for (size_t i = 0; i < package->wacz.unlisted_count; i++)
        finding_add(list, FINDING_NOT_LISTED, false, FINDING_NOWHERE, "%.*s: a member that is no resource",
                    SPAN_ARG(package->wacz.unlisted[i]));
}
