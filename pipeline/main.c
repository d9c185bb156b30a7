// SPDX-License-Identifier: MIT
/* The flow of every run: a command from the table, its exit status, and the one place that prints why it
 * stopped. */
#include <stdio.h>
#include <string.h>

#include "command.h"

static const struct command commands[] = {
    {"run",     cmd_run,     "run --registers DIR -o OUT (--year YYYY PATH...)...", "index every year, then report",
     cmd_run_help                                                                                                                                         },
    {"index",   cmd_index,   "index --year YYYY -o INDEX PATH...",                  "archives to one index file",                         cmd_index_help  },
    {"report",  cmd_report,  "report --registers DIR -o OUT INDEX...",              "indexes and registers to a report",
     cmd_report_help                                                                                                                                      },
    {"show",    cmd_show,    "show TABLE INDEX [--format tsv|jsonl]",               "print a table of an index",                          cmd_show_help   },
    {"record",  cmd_record,  "record ARCHIVE OFFSET [--head|--body|--proof HOST]",
     "print the record a finding points to",                                                                                              cmd_record_help },
    {"verify",  cmd_verify,  "verify PATH...",                                      "read everything, check CRCs, digests and structure",
     cmd_verify_help                                                                                                                                      },
    {"check",   cmd_check,   "check --registers DIR [INDEX]",                       "validate registers",                                 cmd_check_help  },
    {"explain", cmd_explain, "explain --registers DIR INDEX UNIT [THIRD-PARTY]",
     "the way from records to a verdict",                                                                                                 cmd_explain_help},
    {"help",    cmd_help,    "help [COMMAND]",                                      "explain a command",                                  cmd_help_help   },
    {NULL,      NULL,        NULL,                                                  NULL,                                                 NULL            },
};

const struct command *command_table(void)
{
    return commands;
}

enum exit_status command_status(enum err err)
{
    switch (err) {
    case ERR_OK:
        return EXIT_DONE;
    case ERR_STOPPED:
        return EXIT_INTERRUPTED;
    case ERR_USAGE:
    case ERR_REGISTER:
        return EXIT_WRONG_USE;
    default:
        return EXIT_CANNOT;
    }
}

static int usage(const char *wrong)
{
    fprintf(stderr, "tredjepart: unknown command '%s'; 'tredjepart help' lists them\n", wrong);
    return EXIT_WRONG_USE;
}

int main(int argc, char **argv)
{
    struct failure failure = {""};
    char help[] = "help";
    char *no_command[] = {help, NULL};
    if (argc < 2)
        return cmd_help(1, no_command, &failure) == EXIT_DONE ? EXIT_WRONG_USE : EXIT_CANNOT;
    if (strcmp(argv[1], "--version") == 0)
        return puts("tredjepart " TREDJEPART_VERSION) < 0;
    const char *name = strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ? "help" : argv[1];
    for (const struct command *c = commands; c->name; c++) {
        if (strcmp(c->name, name) != 0)
            continue;
        enum exit_status status = c->run(argc - 1, argv + 1, &failure);
        if (failure.text[0])
            fprintf(stderr, "tredjepart %s: %s\n", c->name, failure.text);
        if (fflush(stdout) != 0 && status == EXIT_DONE) {
            perror("tredjepart: standard output");
            status = EXIT_CANNOT;
        }
        return status;
    }
    return usage(argv[1]);
}
