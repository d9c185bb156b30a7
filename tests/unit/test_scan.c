// SPDX-License-Identifier: MIT
/* Every way gives the same masks, and they are those of one byte after the other; nothing behind a text is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/scan.h"

static const struct scan_set sets[] = {
    SCAN_SET(0, '{', '}', '(', '@', '\\', '/', '"', '\''),
    SCAN_SET(' ' + 1, ')', '"', '\'', '(', '\\', 0x7f, 0x7f, 0x7f),
    SCAN_SET(255, 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a'),
    SCAN_SET(0, 0, 0, 0, 0, 0, 0, 0, 0),
    SCAN_SET(1, 'A', 'B', 'a', 'b', '1', '2', 'Q', 'R'),
    SCAN_SET(0, '"', '"', '"', '"', '"', '"', '"', '"'),
};

static bool is_of(char c, const struct scan_set *set)
{
    return (unsigned char)c < set->below || memchr(set->bytes, c, sizeof set->bytes);
}

static void check_masks(const struct scan_way *way, struct span text, const struct scan_set *set)
{
    for (size_t from = 0; from < text.bytes; from++) {
        uint64_t expected = 0;
        for (size_t i = 0; i < SCAN_BYTES && from + i < text.bytes; i++)
            expected |= (uint64_t)is_of(text.at[from + i], set) << i;
        assert_int_equal(scan_mask(way, text, set, from), expected);
    }
}

/* All blocks of two sets at once, as one by one. */
static void check_all(const struct scan_way *way, struct span text, const struct scan_set *two)
{
    size_t block_count = (text.bytes + SCAN_BYTES - 1) / SCAN_BYTES;
    uint64_t *masks = malloc(2 * block_count * sizeof *masks + 1);
    assert_non_null(masks);
    scan_masks(way, text, two, 2, masks);
    for (size_t i = 0; i < 2 * block_count; i++)
        assert_int_equal(masks[i], scan_mask(way, text, &two[i % 2], i / 2 * SCAN_BYTES));
    free(masks);
}

/* Steps to the next one, and now and then over some. */
static void check_walk(const struct scan_way *way, struct span text, const struct scan_set *set)
{
    struct scan_walk walk = scan_walk_of(way, text, set, 0);
    size_t at = 0;
    for (unsigned step = 0;; step++) {
        size_t expected = at;
        while (expected < text.bytes && !is_of(text.at[expected], set))
            expected++;
        assert_int_equal(scan_find(text, set, at), expected);
        assert_int_equal(scan_walk_next(&walk), expected);
        if (expected == text.bytes)
            return;
        at = expected + 1;
        if (step % 3 == 1) {
            at += step * 7 % 90;
            at = at < text.bytes ? at : text.bytes;
            scan_walk_to(&walk, at);
        }
    }
}

static void test_ways(void **state)
{
    (void)state;
    static const char telling[] = "{}(@\\/\"')aAbBqR12 \n\0\x7f\x80\xfb\xff zx";
    uint32_t random = 1;
    assert_non_null(scan_way_at(0));
    for (size_t bytes = 0; bytes < 300; bytes++) {
        char *room = malloc(bytes ? bytes : 1); /* of its size, so that a byte read behind the end is seen */
        assert_non_null(room);
        for (size_t i = 0; i < bytes; i++) {
            random = random * 1664525u + 1013904223u;
            room[i] = bytes % 2 ? telling[(random >> 16) % sizeof telling] : (char)(random >> 16);
            room[i] = bytes % 3 ? room[i] : 'x';
        }
        for (size_t i = 0; scan_way_at(i); i++)
            for (size_t set = 0; set < sizeof sets / sizeof *sets; set++) {
                check_masks(scan_way_at(i), span_of(room, bytes), &sets[set]);
                check_walk(scan_way_at(i), span_of(room, bytes), &sets[set]);
                if (set)
                    check_all(scan_way_at(i), span_of(room, bytes), &sets[set - 1]);
            }
        free(room);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ways)};
    return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
