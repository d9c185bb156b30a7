// SPDX-License-Identifier: MIT
#include "indexing_option.h"

#include <string.h>

#include "4_index/work.h"
#include "base/limits.h"
#include "dictionary.h"
#include "ext/ext_seccomp.h"
#include "ranges.h"
#include "run/stop.h"

const char indexing_option_help[] =
    "  -j, --threads N        workers (default: all cores)\n"
    "      --chunk SIZE       bytes of an archive a worker takes at a time, rounded up to 64K (default 4M)\n"
    "      --memory SIZE      what the workers may hold, at least 12M a worker and a spare; less than they "
    "need by\n"
    "                         default (200M each) cuts giant documents, and says so (default: no bound of "
    "its own)\n"
    "      --complete         inflate and check every member; by default bodies nobody needs are skipped,\n"
    "                         where the end of their member can be proved\n"
    "      --max-faults SHARE exit 3 when a larger share of the bytes was not understood (default 1.0: "
    "report only)\n"
    "      --restart          begin anew instead of going on where an interrupted run stopped\n"
    "      --progress WHEN    auto, always or never (default auto: a line on a terminal, one a minute in a "
    "log)\n"
    "      --psl FILE         Public Suffix List (default: the system's)\n"
    "      --zstd-dict FILE   dictionaries of .warc.zst that do not hold their own; several as skippable "
    "frames\n"
    "  -q                     no closing line\n";

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

enum err indexing_option_apply(const struct indexing_settings *s, struct indexing *out,
                               struct suffixes **suffixes, struct failure *failure)
{
    *out = (struct indexing){.threads = s->threads,
                             .chunk_bytes = (s->chunk_bytes + WORK_BLOCK_BYTES - 1) / WORK_BLOCK_BYTES *
                                            WORK_BLOCK_BYTES,
                             .max_faults = s->max_faults,
                             .restart = s->restart,
                             .worker.complete = s->complete,
                             .quiet = s->quiet};
    TRY(option_progress(s->progress, &out->progress, failure));
    TRY(share_memory(s, &out->worker, failure));
    TRY(dictionary_open(s->zstd_dict, failure, &out->dictionary));
    out->worker.dictionary = out->dictionary.bytes;
    enum err err = suffixes_load(s->psl, suffixes);
    if (err)
        return failure_of_path(failure, err, s->psl ? s->psl : "Public Suffix List");
    out->worker.suffixes = *suffixes;
    out->suffixes_source = suffixes_source(*suffixes);
    out->worker.stop = stop_install();
    err = sandbox_enter();
    return err ? failure_set(failure, err, "%s", err_text(err)) : ERR_OK;
}
