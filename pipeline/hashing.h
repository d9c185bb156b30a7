// SPDX-License-Identifier: MIT
/*
 * hashing.h - digests of whole files, or of parts of them, by a crew.
 */
#ifndef PIPELINE_HASHING_H
#define PIPELINE_HASHING_H

#include <signal.h>

#include "ext/ext_crypto.h"
#include "failure.h"

struct hashing_job {
    struct span path;   /* NUL-terminated */
    uint64_t at, bytes; /* the part */
    enum crypto_kind kind;
    unsigned char digest[CRYPTO_BYTES_MAX]; /* result */
};
struct hashing {
    struct hashing_job *jobs;
    size_t count;
    unsigned threads;
    const volatile sig_atomic_t *stop;
    void *context;
    void (*done)(void *context, const struct hashing_job *job); /* on the calling thread */
    void (*tick)(void *context);
};
enum err hashing_run(const struct hashing *hashing, struct failure *failure) MUST_CHECK;

#endif
