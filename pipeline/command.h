// SPDX-License-Identifier: MIT
/*
 * command.h - the subcommands.
 *
 * To add one: write cmd_NAME.c with a function cmd_NAME and its help text, add a row to the table in main.c
 * and a declaration here, document it in README.md, and give it a case below tests/golden.
 */
#ifndef PIPELINE_COMMAND_H
#define PIPELINE_COMMAND_H

#include "failure.h"

struct command {
    const char *name;
    enum exit_status (*run)(int argc, char **argv,
                            struct failure *failure); /* argv[0] is the command's name */
    const char *usage, *summary, *help;
};

/* All of them, in the order of `help`; name NULL at the end. */
const struct command *command_table(void);

enum exit_status cmd_run(int argc, char **argv, struct failure *failure);
enum exit_status cmd_index(int argc, char **argv, struct failure *failure);
enum exit_status cmd_report(int argc, char **argv, struct failure *failure);
enum exit_status cmd_show(int argc, char **argv, struct failure *failure);
enum exit_status cmd_record(int argc, char **argv, struct failure *failure);
enum exit_status cmd_verify(int argc, char **argv, struct failure *failure);
enum exit_status cmd_check(int argc, char **argv, struct failure *failure);
enum exit_status cmd_explain(int argc, char **argv, struct failure *failure);
enum exit_status cmd_help(int argc, char **argv, struct failure *failure);

extern const char cmd_run_help[], cmd_index_help[], cmd_report_help[], cmd_show_help[], cmd_record_help[],
    cmd_verify_help[], cmd_check_help[], cmd_explain_help[], cmd_help_help[];

/* The exit status of an error that ended a command. */
enum exit_status command_status(enum err err);

#endif
