// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "command.h"
#include "dictionary.h"
#include "ext/ext_seccomp.h"
#include "option.h"
#include "ranges.h"
#include "run/stop.h"
#include "verifying.h"

#define MAX_LINES_DEFAULT 100

const char cmd_verify_help[] =
    "Reads archives from the first to the last byte: CRC and length of every gzip member, the structure of "
    "records, block and\n"
    "payload digests (SHA-1, SHA-256, MD5), the resources of a WACZ, ids and pairing. Prints a line a "
    "finding (file, offset,\n"
    "level, kind, text) and a table with a row an archive. An error means that bytes are not what was "
    "written, or that they\n"
    "cannot be told; everything else is a note. Exit status 3: there was an error.\n\n"
    "      --max-lines N      findings printed of each kind, file by file (default 100); all are counted\n"
    "  -q, --quiet            only the table\n"
    "      --format FORMAT    tsv or jsonl (default tsv)\n"
    "      --write-captures FILE  a captures.csv with what the archives tell: digests, crawl, crawler, "
    "times; "
    "with '-' only this\n"
    "                         is printed\n"
    "  -j, --threads N        workers (default: all cores)\n"
    "      --chunk SIZE       bytes of an archive a worker takes at a time (default 4M)\n"
    "      --progress WHEN    auto, always or never (default auto)\n"
    "      --zstd-dict FILE   dictionaries of .warc.zst that do not hold their own\n";

struct settings {
    unsigned threads, max_lines;
    uint64_t chunk_bytes;
    bool quiet;
    const char *format, *progress, *captures, *zstd_dict;
};

static enum err apply(const struct settings *s, struct verifying *out, struct failure *failure)
{
    bool jsonl = strcmp(s->format, "jsonl") == 0;
    bool only_captures = s->captures && strcmp(s->captures, "-") == 0;
    if (!jsonl && strcmp(s->format, "tsv") != 0)
        return failure_set(failure, ERR_USAGE, "--format %s: give tsv or jsonl", s->format);
    *out = (struct verifying){.threads = s->threads,
                              .chunk_bytes = s->chunk_bytes,
                              .max_lines = s->max_lines,
                              .findings = s->quiet || only_captures ? NULL : stdout,
                              .table = only_captures ? NULL : stdout,
                              .format = jsonl ? FINDING_JSONL : FINDING_TSV,
                              .captures = s->captures};
    TRY(option_progress(s->progress, &out->progress, failure));
    out->stop = stop_install();
    enum err err = sandbox_enter();
    return err ? failure_set(failure, err, "%s", err_text(err)) : ERR_OK;
}

static enum err run(const struct settings *s, const char **paths, size_t count, struct failure *failure,
                    bool *damaged)
{
    struct verifying verifying;
    struct mapfile dictionary = {0};
    struct pathlist list = {0};
    struct arena arena;
    if (!count)
        return failure_set(failure, ERR_USAGE,
                           "needs at least one PATH; 'tredjepart help verify' tells more");
    arena_init(&arena, LIMIT_GROUP_ARENA_BYTES);
    enum err err = option_paths(paths, count, &arena, &list, failure);
    if (!err)
        err = dictionary_open(s->zstd_dict, failure, &dictionary);
    if (!err)
        err = apply(s, &verifying, failure);
    if (!err) {
        verifying.dictionary = dictionary.bytes;
        err = verifying_run(&verifying, &list, failure, damaged);
    }
    mapfile_close(&dictionary);
    arena_free(&arena);
    return err;
}

enum exit_status cmd_verify(int argc, char **argv, struct failure *failure)
{
    struct settings s = {.threads = option_cores(),
                         .max_lines = MAX_LINES_DEFAULT,
                         .chunk_bytes = RANGES_BYTES_DEFAULT,
                         .format = "tsv",
                         .progress = "auto"};
    const struct option_row rows[] = {
        {"--threads",        'j', OPTION_NUMBER, &s.threads    },
        {"--chunk",          0,   OPTION_SIZE,   &s.chunk_bytes},
        {"--max-lines",      0,   OPTION_COUNT,  &s.max_lines  },
        {"--quiet",          'q', OPTION_FLAG,   &s.quiet      },
        {"--format",         0,   OPTION_TEXT,   &s.format     },
        {"--progress",       0,   OPTION_TEXT,   &s.progress   },
        {"--write-captures", 0,   OPTION_TEXT,   &s.captures   },
        {"--zstd-dict",      0,   OPTION_TEXT,   &s.zstd_dict  },
    };
    struct option_arguments arguments = {.count = 0};
    bool damaged = false;
    enum err err = option_parse(rows, sizeof rows / sizeof rows[0], argc, argv,
                                (struct option_call){option_keep, &arguments}, failure);
    if (!err)
        err = run(&s, arguments.items, arguments.count, failure, &damaged);
    if (err)
        failure_set(failure, err, "%s", err_text(err));
    return err ? command_status(err) : damaged ? EXIT_DAMAGED : EXIT_DONE;
}
