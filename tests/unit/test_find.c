// SPDX-License-Identifier: MIT
/* Every way to search that this machine has finds what a loop over all places finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/find.h"

#define TEXT_BYTES 300u

static size_t find_by_hand(struct span s, const char three[3], size_t from)
{
    for (size_t at = from; at + 3 <= s.bytes; at++)
        if (s.at[at] == three[0] && s.at[at + 1] == three[1] && s.at[at + 2] == three[2])
            return at;
    return s.bytes;
}

/* An allocation of its own, so that a byte read behind it is seen. Few different bytes, so that much is nearly found. */
static void check_text(unsigned seed, size_t bytes)
{
    char *text = malloc(bytes + !bytes), three[3];
    srand(seed);
    for (size_t i = 0; i < bytes; i++)
        text[i] = (char)(rand() % 100 ? rand() % 3 + 0x7f : 0x8b);
    for (size_t i = 0; i < sizeof three; i++)
        three[i] = (char)(rand() % 8 ? rand() % 3 + 0x7f : 0x8b);
    struct span s = {text, bytes};
    for (size_t from = 0; from <= bytes; from += 1 + seed % 7) {
        size_t expected = find_by_hand(s, three, from);
        find_three_fn *way;
        for (unsigned number = 0; (way = find_three_way(number)); number++)
            if (way(s, three, from) != expected)
                fail_msg("seed %u, %zu bytes, from %zu, way %u: %zu, not %zu", seed, bytes, from, number,
                         way(s, three, from), expected);
        assert_int_equal(find_three(s, three, from), expected);
    }
    free(text);
}

static void test_three(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < 3000; seed++)
        check_text(seed, seed % TEXT_BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_three)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
