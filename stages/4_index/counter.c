// SPDX-License-Identifier: MIT
#include "4_index/counter.h"

static const struct counter_row rows[] = {
#define COUNTER_ROW(field, name, unit) {name, unit, offsetof(struct counters, field)},
    COUNTER_LIST(COUNTER_ROW)
#undef COUNTER_ROW
};

const struct counter_row *counter_rows(size_t *count)
{
    *count = sizeof rows / sizeof *rows;
    return rows;
}

void counter_sum(struct counters *to, const struct counters *from)
{
#define COUNTER_ADD(field, name, unit) to->field += from->field;
    COUNTER_LIST(COUNTER_ADD)
#undef COUNTER_ADD
}

uint64_t counter_value(const struct counters *counters, const struct counter_row *row)
{
    uint64_t value;
    memcpy(&value, (const char *)counters + row->offset, sizeof value);
    return value;
}
