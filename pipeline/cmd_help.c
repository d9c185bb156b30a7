// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "help_rules.h"

const char cmd_help_help[] =
    "Without a command: lists all commands. With one: its options and their defaults.\n"
    "'help rules' prints the decision tables the verdicts are made by, 'help rules tsv' as a table.\n";

static void print_all(void)
{
    puts("tredjepart: which third parties a citizen's browser is made to contact, and whether the guidance "
         "is followed.\n");
    for (const struct command *c = command_table(); c->name; c++)
        printf("  tredjepart %-52s %s\n", c->usage, c->summary);
    puts("  tredjepart --version\n\n'tredjepart help COMMAND' tells its options. Exit status: 0 done; 1 "
         "could not run; 2 wrong use or\n"
         "invalid register; 3 done, but more input was damaged than allowed; 130 interrupted.");
}

enum exit_status cmd_help(int argc, char **argv, struct failure *failure)
{
    if (argc < 2) {
        print_all();
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "rules") == 0) {
        enum err err = help_rules_print(argc > 2 && strcmp(argv[2], "tsv") == 0);
        return command_status(err ? failure_set(failure, err, "%s", err_text(err)) : ERR_OK);
    }
    for (const struct command *c = command_table(); c->name; c++)
        if (strcmp(c->name, argv[1]) == 0) {
            printf("usage: tredjepart %s\n\n%s", c->usage, c->help);
            return EXIT_DONE;
        }
    return command_status(
        failure_set(failure, ERR_USAGE, "no command '%s'; 'tredjepart help' lists them", argv[1]));
}
