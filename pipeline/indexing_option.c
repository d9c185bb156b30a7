// SPDX-License-Identifier: MIT
#include "indexing_option.h"

#include <string.h>

#include "4_index/work.h"
#include "ext/ext_seccomp.h"
#include "ranges.h"
#include "run/stop.h"

const char indexing_option_help[] =
    "  -j, --threads N        workers (default: all cores)\n"
    "      --chunk SIZE       bytes of an archive a worker takes at a time, rounded up to 64K (default 4M)\n"
    "      --complete         inflate and check every member; by default bodies nobody needs are skipped,\n"
    "                         where the end of their member can be proved\n"
    "      --max-faults SHARE exit 3 when a larger share of the bytes was not understood (default 1.0: "
    "report only)\n"
    "      --restart          begin anew instead of going on where an interrupted run stopped\n"
    "      --progress WHEN    auto, always or never (default auto: a line on a terminal, one a minute in a "
    "log)\n"
    "      --psl FILE         Public Suffix List (default: the system's)\n"
    "  -q                     no closing line\n";

void indexing_option_rows(struct indexing_settings *s, struct option_row *rows)
{
    *s = (struct indexing_settings){.threads = option_cores(),
                                    .chunk_bytes = RANGES_BYTES_DEFAULT,
                                    .max_faults = 1.0,
                                    .progress = "auto"};
    const struct option_row all[INDEXING_OPTION_ROWS] = {
        {"--threads",    'j', OPTION_NUMBER, &s->threads    },
        {"--chunk",      0,   OPTION_SIZE,   &s->chunk_bytes},
        {"--complete",   0,   OPTION_FLAG,   &s->complete   },
        {"--max-faults", 0,   OPTION_SHARE,  &s->max_faults },
        {"--restart",    0,   OPTION_FLAG,   &s->restart    },
        {"--progress",   0,   OPTION_TEXT,   &s->progress   },
        {"--psl",        0,   OPTION_TEXT,   &s->psl        },
        {"--quiet",      'q', OPTION_FLAG,   &s->quiet      },
    };
    memcpy(rows, all, sizeof all);
}

enum err indexing_option_apply(const struct indexing_settings *s, struct indexing *out,
                               struct suffixes **suffixes, struct failure *failure)
{
    *out = (struct indexing){.threads = s->threads,
                             .chunk_bytes = (s->chunk_bytes + WORK_BLOCK_BYTES - 1) / WORK_BLOCK_BYTES *
                                            WORK_BLOCK_BYTES,
                             .max_faults = s->max_faults,
                             .restart = s->restart,
                             .complete = s->complete,
                             .quiet = s->quiet};
    TRY(option_progress(s->progress, &out->progress, failure));
    enum err err = suffixes_load(s->psl, suffixes);
    if (err)
        return failure_of_path(failure, err, s->psl ? s->psl : "Public Suffix List");
    out->suffixes = *suffixes;
    out->suffixes_source = suffixes_source(*suffixes);
    out->stop = stop_install();
    err = sandbox_enter();
    return err ? failure_set(failure, err, "%s", err_text(err)) : ERR_OK;
}
