// SPDX-License-Identifier: MIT
#include "4_index/keyed.h"

#include <stdbool.h>
#include <string.h>

#define BYTES  8u
#define VALUES 256u

static bool is_sorted(const struct keyed *items, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (items[i - 1].key > items[i].key)
            return false;
    return true;
}

void keyed_sort(struct keyed *items, struct keyed *room, size_t count)
{
    size_t found[BYTES][VALUES] = {{0}};
    struct keyed *from = items, *to = room;
    if (is_sorted(items, count))
        return;
    for (size_t i = 0; i < count; i++)
        for (unsigned k = 0; k < BYTES; k++)
            found[k][items[i].key >> (8 * k) & 0xff]++;
    for (unsigned k = 0; k < BYTES; k++) {
        size_t at[VALUES], next = 0;
        if (found[k][items[0].key >> (8 * k) & 0xff] == count)
            continue; /* all are equal there */
        for (unsigned value = 0; value < VALUES; next += found[k][value++])
            at[value] = next;
        for (size_t i = 0; i < count; i++)
            to[at[from[i].key >> (8 * k) & 0xff]++] = from[i];
        struct keyed *swap = from;
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
}
