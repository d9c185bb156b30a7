// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "command.h"
#include "option.h"
#include "reporting.h"

const char cmd_check_help[] =
    "Reads all registers of a folder and prints every problem with file, line and column.\n\n"
    "      --registers DIR    the folder\n"
    "      --policy FILE      instead of DIR/policy.csv\n"
    "      --year YYYY        the year to be evaluated (default 2026)\n";

enum exit_status cmd_check(int argc, char **argv, struct failure *failure)
{
    const char *registers = NULL, *policy = NULL;
    unsigned year = 2026;
    const struct option_row rows[] = {
        {"--registers", 0, OPTION_TEXT, &registers},
        {"--policy",    0, OPTION_TEXT, &policy   },
        {"--year",      0, OPTION_YEAR, &year     }
    };
    struct option_arguments arguments = {.count = 0};
    enum err err = option_parse(rows, 3, argc, argv, (struct option_call){option_keep, &arguments}, failure);
    if (!err && (!registers || arguments.count))
        err = failure_set(failure, ERR_USAGE, "needs --registers DIR; 'tredjepart help check' tells more");
    if (!err)
        err = reporting_check(registers, policy, year, false, failure);
    return command_status(err);
}
