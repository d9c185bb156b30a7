// SPDX-License-Identifier: MIT
#include "help_rules.h"

#include <stdio.h>

#include "5_judge/rules.h"
#include "base/limits.h"

static enum err print_tsv(void *context, const struct rule_line *line)
{
    (void)context;
    printf("%s\t%u\t%s\t%s\t%.*s\t%s\t%s\n", rule_table_name(line->rule.table), line->rule.row, line->number,
           line->code, SPAN_ARG(line->condition), line->result, line->label_da);
    return ERR_OK;
}

static enum err print_text(void *context, const struct rule_line *line)
{
    (void)context;
    const char *condition = line->condition.bytes ? line->condition.at : "otherwise";
    int bytes = line->condition.bytes ? (int)line->condition.bytes : 9;
    printf("  %-4s %-20s %-18s %.*s\n", line->number, line->code, line->result, bytes, condition);
    if (line->label_da[0])
        printf("       %s\n", line->label_da);
    return ERR_OK;
}

enum err help_rules_print(bool tsv)
{
    struct arena arena;
    enum err err = ERR_OK;
    arena_init(&arena, LIMIT_WORKER_ARENA_BYTES);
    if (tsv)
        puts("table\trow\tnumber\tcode\tcondition\tresult\tlabel_da");
    for (int table = 0; table < RULE_TABLE_COUNT && !err; table++) {
        if (!tsv)
            printf("%s%s  %s\n", table ? "\n" : "", rule_table_section((enum rule_table)table),
                   rule_table_title((enum rule_table)table));
        err = rules_each((enum rule_table)table, &arena, tsv ? print_tsv : print_text, NULL);
    }
    arena_free(&arena);
    return err;
}
