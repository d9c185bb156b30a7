// SPDX-License-Identifier: MIT
/*
 * judge.c - judging years anew after a register changed: loading the registers and judging every index, beside reading the same
 * indexes once. Ratio of the medians of one run. bench/rejudge makes the inputs.
 */
#include "5_judge/judge.h"
#include "base/limits.h"
#include "bench.h"
#include "ext/ext_psl.h"

#include <stdio.h>

#define YEARS_MAX 8

static enum err count_contact(void *context, const struct index_contact *row)
{
    (void)row;
    ++*(uint64_t *)context;
    return ERR_OK;
}
static enum err count_visit(void *context, const struct index_visit *row)
{
    (void)row;
    ++*(uint64_t *)context;
    return ERR_OK;
}
static enum err count_cookie(void *context, const struct index_cookie *row)
{
    (void)row;
    ++*(uint64_t *)context;
    return ERR_OK;
}

static double read_all(struct index *const *indexes, int count, uint64_t *contacts)
{
    double from_s = bench_cpu_s();
    uint64_t others = 0;
    *contacts = 0;
    for (int i = 0; i < count; i++)
        if (index_each_visit(indexes[i], count_visit, &others) ||
            index_each_contact(indexes[i], count_contact, contacts) ||
            index_each_cookie(indexes[i], count_cookie, &others))
            exit(1);
    return bench_cpu_s() - from_s;
}

static double judge_all(struct index *const *indexes, int count, const char *folder,
                        const struct suffixes *suffixes, size_t *pairs)
{
    struct arena arena;
    struct registers registers;
    struct register_messages messages = {0};
    struct judgement judgement;
    double from_s = bench_cpu_s();
    arena_init(&arena, LIMIT_GROUP_ARENA_BYTES);
    *pairs = 0;
    if (register_load(folder, NULL, index_year(indexes[0]), &arena, &messages, &registers))
        exit(1);
    for (int i = 0; i < count; i++) {
        if (judge_year(indexes[i], &registers, suffixes, DATE_OPEN_TO, &arena, &judgement))
            exit(1);
        *pairs += judgement.pair_count;
    }
    arena_free(&arena);
    return bench_cpu_s() - from_s;
}

int bench_judge(int argc, char **argv)
{
    struct index *indexes[YEARS_MAX];
    struct suffixes *suffixes;
    double read_s[BENCH_ROUNDS], judge_s[BENCH_ROUNDS];
    int count = argc - 2;
    uint64_t contacts = 0;
    size_t pairs = 0;
    if (count < 1 || count > YEARS_MAX || suffixes_load(NULL, &suffixes)) {
        fprintf(stderr, "usage: bench judge REGISTERS INDEX...\n");
        return 2;
    }
    for (int i = 0; i < count; i++)
        if (index_open(argv[i + 2], &indexes[i]))
            return 1;
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        read_s[i] = read_all(indexes, count, &contacts);
        judge_s[i] = judge_all(indexes, count, argv[1], suffixes, &pairs);
    }
    double reading = bench_median(read_s, BENCH_ROUNDS), judging = bench_median(judge_s, BENCH_ROUNDS);
    printf(
        "%llu contacts, %zu pairs: judged anew in %.2f s (%.2f to %.2f), read once in %.2f s, ratio %.1f\n",
        (unsigned long long)contacts, pairs, judging, judge_s[0], judge_s[BENCH_ROUNDS - 1], reading,
        judging / reading);
    for (int i = 0; i < count; i++)
        index_close(indexes[i]);
    suffixes_free(suffixes);
    return 0;
}
