// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "command.h"
#include "ext/ext_psl.h"
#include "ext/ext_seccomp.h"
#include "option.h"
#include "reporting.h"

const char cmd_report_help[] =
    "Judges the years of one or more indexes by the registers and writes the report. The latest year is the "
    "evaluated one;\n"
    "the year before is compared with it, and findings are followed over all of them. While the hearing is "
    "open,\n"
    "OUT/hearing has a file for each authority that is to answer; filled in, it goes to DIR/answers.\n\n"
    "      --registers DIR    units.csv, authorities.csv and, where there are any, the other registers\n"
    "  -o, --output OUT       the report's folder; an existing one is replaced when the new one is complete\n"
    "      --policy FILE      instead of DIR/policy.csv\n"
    "      --as-of DATE       the day deadlines are held against (default: the reference date of the year)\n"
    "      --public           for the open data: without internal tables, hearing files, and names that only "
    "layers of "
    "the\n"
    "                         catalogue tell which are not for commercial use\n"
    "      --psl FILE         Public Suffix List (default: the system's)\n"
    "  -q                     no warnings, no closing line\n";

struct settings {
    const char *registers, *output, *policy, *as_of, *psl;
    bool is_public, quiet;
};

static enum err run(const struct settings *s, const char *const *indexes, size_t count,
                    struct failure *failure)
{
    if (!s->registers || !s->output || !count)
        return failure_set(
            failure, ERR_USAGE,
            "needs --registers, -o and at least one INDEX; 'tredjepart help report' tells more");
    struct suffixes *suffixes;
    enum err err = suffixes_load(s->psl, &suffixes);
    if (err)
        return failure_of_path(failure, err, s->psl ? s->psl : "Public Suffix List");
    err = sandbox_enter();
    if (err) {
        suffixes_free(suffixes);
        return err;
    }
    const struct reporting reporting = {.registers = s->registers,
                                        .policy = s->policy,
                                        .output = s->output,
                                        .as_of = s->as_of,
                                        .is_public = s->is_public,
                                        .quiet = s->quiet,
                                        .indexes = indexes,
                                        .index_count = count,
                                        .suffixes = suffixes,
                                        .command = "report"};
    err = reporting_run(&reporting, failure);
    suffixes_free(suffixes);
    return err;
}

enum exit_status cmd_report(int argc, char **argv, struct failure *failure)
{
    struct settings s = {0};
    const struct option_row rows[] = {
        {"--registers", 0,   OPTION_TEXT, &s.registers},
        {"--output",    'o', OPTION_TEXT, &s.output   },
        {"--policy",    0,   OPTION_TEXT, &s.policy   },
        {"--as-of",     0,   OPTION_TEXT, &s.as_of    },
        {"--public",    0,   OPTION_FLAG, &s.is_public},
        {"--psl",       0,   OPTION_TEXT, &s.psl      },
        {"--quiet",     'q', OPTION_FLAG, &s.quiet    },
    };
    struct option_arguments arguments = {.count = 0};
    enum err err = option_parse(rows, sizeof rows / sizeof *rows, argc, argv,
                                (struct option_call){option_keep, &arguments}, failure);
    if (!err)
        err = run(&s, arguments.items, arguments.count, failure);
    if (err)
        failure_set(failure, err, "%s", err_text(err));
    return command_status(err);
}
