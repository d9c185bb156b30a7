// SPDX-License-Identifier: MIT
#include "indexing_option.h"

#include <string.h>

#include "4_index/work.h"
#include "base/limits.h"
#include "dictionary.h"
#include "ext/ext_psl.h"
#include "ext/ext_seccomp.h"
#include "io/mapfile.h"
#include "ranges.h"
#include "run/stop.h"

void indexing_option_rows(struct indexing_settings *s, struct option_row *rows)
{
    *s = (struct indexing_settings){.threads = option_cores(),
                                    .chunk_bytes = RANGES_BYTES_DEFAULT,
                                    .max_faults = 1.0,
                                    .progress = "auto"};
    const struct option_row all[INDEXING_OPTION_ROWS] = {
        {"--threads",    'j', OPTION_NUMBER, &s->threads     },
        {"--chunk",      0,   OPTION_SIZE,   &s->chunk_bytes },
        {"--memory",     0,   OPTION_SIZE,   &s->memory_bytes},
        {"--complete",   0,   OPTION_FLAG,   &s->complete    },
        {"--max-faults", 0,   OPTION_SHARE,  &s->max_faults  },
        {"--restart",    0,   OPTION_FLAG,   &s->restart     },
        {"--progress",   0,   OPTION_TEXT,   &s->progress    },
        {"--psl",        0,   OPTION_TEXT,   &s->psl         },
        {"--zstd-dict",  0,   OPTION_TEXT,   &s->zstd_dict   },
        {"--captures",   0,   OPTION_TEXT,   &s->captures    },
        {"--quiet",      'q', OPTION_FLAG,   &s->quiet       },
    };
    memcpy(rows, all, sizeof all);
}

/* A worker holds a window of a member and two stages of a decoded body; the calling thread has a spare worker. */
static enum err share_memory(const struct indexing_settings *s, struct worker_settings *out,
                             struct failure *failure)
{
    enum { PARTS = 3 };
    uint64_t part = s->memory_bytes / (s->threads + 1) / PARTS;
    out->window_bytes = LIMIT_MEMBER_BYTES;
    if (!s->memory_bytes)
        return ERR_OK;
    if (part < LIMIT_WINDOW_LEAST_BYTES)
        return failure_set(failure, ERR_USAGE,
                           "--memory: %u workers need at least %uM; use fewer (-j) or more", s->threads,
                           (LIMIT_WINDOW_LEAST_BYTES >> 20) * PARTS * (s->threads + 1));
    out->window_bytes = part < LIMIT_MEMBER_BYTES ? part : LIMIT_MEMBER_BYTES;
    out->body_bytes = part < LIMIT_BODY_BYTES ? part : LIMIT_BODY_BYTES;
    return ERR_OK;
}

/* Which list it was must show later: the file goes on under the same name with other rules. */
static enum err digest_suffixes(const char *path, struct indexing *out)
{
    struct mapfile file;
    if (!path)
        return ERR_OK;
    if (mapfile_open(path, 0, &file) != ERR_OK)
        return ERR_OK; /* it was read: of a pipe there is no second look */
    enum err err = crypto_sha256_text(file.bytes, out->suffixes_sha256);
    mapfile_close(&file);
    return err;
}

enum err indexing_option_apply(const struct indexing_settings *s, struct indexing *out,
                               struct suffixes **suffixes, struct failure *failure)
{
    *out = (struct indexing){.threads = s->threads,
                             .chunk_bytes = (s->chunk_bytes + WORK_BLOCK_BYTES - 1) / WORK_BLOCK_BYTES *
                                            WORK_BLOCK_BYTES,
                             .max_faults = s->max_faults,
                             .restart = s->restart,
                             .captures = s->captures,
                             .worker.complete = s->complete,
                             .quiet = s->quiet};
    TRY(option_progress(s->progress, &out->progress, failure));
    TRY(share_memory(s, &out->worker, failure));
    TRY(dictionary_open(s->zstd_dict, failure, &out->dictionary));
    out->worker.dictionary = out->dictionary.bytes;
    enum err err = suffixes_load(s->psl, suffixes);
    if (!err) {
        out->worker.suffixes = *suffixes;
        out->suffixes_source = suffixes_source(*suffixes);
        err = digest_suffixes(suffixes_path(*suffixes), out);
    }
    if (err)
        return failure_of_path(failure, err, s->psl ? s->psl : "Public Suffix List");
    out->worker.stop = stop_install();
    err = sandbox_enter();
    return err ? failure_set(failure, err, "%s", err_text(err)) : ERR_OK;
}
