// SPDX-License-Identifier: MIT
/* test_classify.c - every way that this machine has gives the marks that looking at each byte gives, on random bytes and sets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/classify.h"

#define TEXT_BYTES  400u
#define BLOCK_COUNT (TEXT_BYTES / CLASSIFY_BLOCK_BYTES + 1)

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* Few values, so that members are met; one text in four has all. */
static char random_byte(uint64_t *state, bool any)
{
    static const char few[] = {'<', '>', '=', ' ', '\t', '\r', '\0', '/', 'a', 'M', '\x8d', '\xff'};
    uint64_t r = next_random(state);
    return any ? (char)r : few[r % sizeof few];
}

static void check(struct span text, const struct classify_set *sets, size_t set_count, enum classify_way way)
{
    uint64_t marks[CLASSIFY_SETS * BLOCK_COUNT];
    if (!classify_bytes_by(way, text, sets, set_count, marks))
        return;
    size_t block_count = (text.bytes + CLASSIFY_BLOCK_BYTES - 1) / CLASSIFY_BLOCK_BYTES;
    for (size_t at = 0; at < block_count * CLASSIFY_BLOCK_BYTES; at++)
        for (size_t k = 0; k < set_count; k++) {
            bool wanted = at < text.bytes && memchr(sets[k].members, text.at[at], sets[k].count);
            uint64_t mark = marks[at / CLASSIFY_BLOCK_BYTES * set_count + k];
            assert_int_equal(mark >> at % CLASSIFY_BLOCK_BYTES & 1, wanted);
        }
}

static void test_ways(void **state)
{
    uint64_t random = 1;
    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct classify_set sets[CLASSIFY_SETS];
        char bytes[TEXT_BYTES];
        bool any = round % 4 == 0;
        size_t set_count = 1 + next_random(&random) % CLASSIFY_SETS;
        size_t text_bytes = next_random(&random) % (TEXT_BYTES + 1);
        for (size_t k = 0; k < set_count; k++) {
            sets[k].count = next_random(&random) % (CLASSIFY_MEMBERS + 1);
            for (size_t i = 0; i < CLASSIFY_MEMBERS; i++)
                sets[k].members[i] = random_byte(&random, any);
        }
        for (size_t i = 0; i < text_bytes; i++)
            bytes[i] = random_byte(&random, any);
        char *exact = malloc(text_bytes + 1); /* reading behind its end is seen */
        assert_non_null(exact);
        memcpy(exact + 1, bytes, text_bytes);
        for (int way = 0; way < CLASSIFY_WAY_COUNT; way++)
            check(span_of(exact + 1, text_bytes), sets, set_count, (enum classify_way)way);
        free(exact);
    }
}

/* The one that is taken is one of them. */
static void test_best(void **state)
{
    static const struct classify_set sets[] = {
        {1, "<" },
        {2, "<>"}
    };
    uint64_t marks[2];
    (void)state;
    classify_bytes(SPAN("a<b>"), sets, 2, marks);
    assert_int_equal(marks[0], 2);
    assert_int_equal(marks[1], 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ways), cmocka_unit_test(test_best)};
    return cmocka_run_group_tests_name("classify", tests, NULL, NULL);
}
