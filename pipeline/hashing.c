// SPDX-License-Identifier: MIT
#include "hashing.h"

#include <stdlib.h>

#include "io/mapfile.h"
#include "run/crew.h"

#define PIECE_BYTES (16u << 20) /* between two looks at whether to stop */

struct hasher {
    struct crypto *crypto;
    const volatile sig_atomic_t *stop;
};
struct handing {
    const struct hashing *hashing;
    size_t next;
};

static enum err next_job(void *context, void **job)
{
    struct handing *h = context;
    if (h->next < h->hashing->count)
        *job = &h->hashing->jobs[h->next++];
    return ERR_OK;
}

static enum err hash_part(struct hasher *hasher, struct hashing_job *job, struct span part)
{
    TRY(crypto_start(hasher->crypto, job->kind));
    while (part.bytes) {
        if (*hasher->stop)
            return ERR_STOPPED;
        TRY(crypto_add(hasher->crypto, span_first(part, PIECE_BYTES)));
        part = span_from(part, PIECE_BYTES);
    }
    return crypto_end(hasher->crypto, job->digest);
}

static enum err hash_job(void *worker, void *context)
{
    struct hashing_job *job = context;
    struct mapfile file;
    TRY(mapfile_open(job->path.at, 0, &file));
    struct span part = span_first(span_from(file.bytes, (size_t)job->at), (size_t)job->bytes);
    enum err err = part.bytes == job->bytes ? hash_part(worker, job, part) : ERR_IO;
    mapfile_close(&file);
    return err;
}

static enum err job_done(void *context, void *job)
{
    const struct handing *h = context;
    h->hashing->done(h->hashing->context, job);
    return ERR_OK;
}

static void keep_job(void *context, void *job)
{
    (void)context, (void)job; /* jobs belong to the caller */
}

static void tick(void *context)
{
    const struct handing *h = context;
    h->hashing->tick(h->hashing->context);
}

enum err hashing_run(const struct hashing *hashing, struct failure *failure)
{
    struct handing h = {.hashing = hashing};
    struct hasher *hashers = calloc(hashing->threads, sizeof *hashers);
    void **workers = calloc(hashing->threads, sizeof *workers);
    enum err err = hashers && workers ? ERR_OK : ERR_MEMORY;
    for (unsigned i = 0; !err && i < hashing->threads; i++) {
        hashers[i] = (struct hasher){crypto_new(), hashing->stop};
        workers[i] = &hashers[i];
        err = hashers[i].crypto ? ERR_OK : ERR_MEMORY;
    }
    const struct crew crew = {.worker_count = hashing->threads,
                              .workers = workers,
                              .context = &h,
                              .next = next_job,
                              .work = hash_job,
                              .commit = job_done,
                              .drop = keep_job,
                              .tick = tick,
                              .stop = hashing->stop};
    if (!err)
        err = crew_run(&crew);
    for (unsigned i = 0; hashers && i < hashing->threads; i++)
        crypto_free(hashers[i].crypto);
    free(hashers);
    free(workers);
    return err ? failure_set(failure, err, "computing digests: %s", err_text(err)) : ERR_OK;
}
