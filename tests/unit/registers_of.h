// SPDX-License-Identifier: MIT
/* registers_of.h - registers from texts in a test; include cmocka.h first. */
#ifndef TESTS_REGISTERS_OF_H
#define TESTS_REGISTERS_OF_H

#include "5_judge/register_read.h"

struct registers_text {
    const char *file, *content;
};
struct registers_of {
    struct arena arena;
    struct registers registers;
};

/* texts end with a NULL file; the registers must be valid. They live in the arena. Without a policy the built-in catalogue is left
 * out: its hosts are real ones. */
static inline void registers_read(struct registers *out, unsigned year, const struct registers_text *texts,
                                  struct arena *arena)
{
    struct register_text given[REGISTER_FILE_COUNT] = {0};
    struct register_messages messages = {0};
    given[REGISTER_POLICY] = (struct register_text){SPAN("key,value\nbase_catalogue,no\n"), true};
    for (; texts->file; texts++)
        for (int i = 0; i < REGISTER_FILE_COUNT; i++)
            if (strcmp(register_schemas[i]->file, texts->file) == 0)
                given[i] = (struct register_text){span_of_string(texts->content), true};
    enum err err = register_read_all(given, NULL, 0, year, arena, &messages, out);
    for (size_t i = 0; err && i < messages.count; i++)
        print_error("  %.*s\n", SPAN_ARG(messages.items[i].text));
    assert_int_equal(err, ERR_OK);
}

static inline void registers_of(struct registers_of *out, unsigned year, const struct registers_text *texts)
{
    arena_init(&out->arena, 256u << 20);
    registers_read(&out->registers, year, texts, &out->arena);
}

static inline void registers_of_free(struct registers_of *of)
{
    arena_free(&of->arena);
}

#endif
