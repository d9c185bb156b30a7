// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "4_index/show.h"
#include "base/buf.h"
#include "command.h"
#include "option.h"

const char cmd_show_help[] =
    "Prints a table of an index: visits, contacts, evidence, cookies, jar, signals, aliases, archives,\n"
    "faults or counters. contacts: what pages do; evidence: whose doing everything was, and where in the\n"
    "page; jar: which cookies a browser would have stored, and for how long;\n"
    "signals: what contacts do beside fetching, and the consent of each page;\n"
    "aliases: which names answers of the DNS lead elsewhere.\n\n"
    "      --format FORMAT    tsv or jsonl (default tsv)\n";

static enum err write_out(void *context, struct span text)
{
    return fwrite(text.at, 1, text.bytes, context) == text.bytes ? ERR_OK : ERR_IO;
}

static enum err fail_table(const char *table, struct failure *failure)
{
    struct buf names;
    buf_init(&names, 1024);
    for (size_t i = 0; show_table_name(i); i++)
        buf_format(&names, "%s%s", i ? ", " : "", show_table_name(i));
    enum err err =
        failure_set(failure, ERR_USAGE, "no table '%s'; there are %.*s", table, SPAN_ARG(buf_span(&names)));
    buf_free(&names);
    return err;
}

static enum err show(const char *table, const char *path, const char *format, struct failure *failure)
{
    bool jsonl = strcmp(format, "jsonl") == 0;
    if (!jsonl && strcmp(format, "tsv") != 0)
        return failure_set(failure, ERR_USAGE, "--format %s: give tsv or jsonl", format);
    struct index *index;
    enum err err = index_open(path, &index);
    if (err)
        return failure_of_path(failure, err, path);
    err = show_table(index, span_of_string(table), jsonl ? SHOW_JSONL : SHOW_TSV, write_out, stdout);
    index_close(index);
    if (err == ERR_NOT_FOUND)
        return fail_table(table, failure);
    return err ? failure_of_path(failure, err, path) : ERR_OK;
}

enum exit_status cmd_show(int argc, char **argv, struct failure *failure)
{
    const char *format = "tsv";
    const struct option_row rows[] = {
        {"--format", 0, OPTION_TEXT, &format}
    };
    struct option_arguments arguments = {.count = 0};
    enum err err = option_parse(rows, 1, argc, argv, (struct option_call){option_keep, &arguments}, failure);
    if (!err && arguments.count != 2)
        err = failure_set(failure, ERR_USAGE, "needs TABLE and INDEX; 'tredjepart help show' tells more");
    if (!err)
        err = show(arguments.items[0], arguments.items[1], format, failure);
    return command_status(err);
}
