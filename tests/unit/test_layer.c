// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/layers_of.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct message_row {
    const char *name;
    struct layer_row layers[LAYERS];
    const char *message; /* the only error; NULL: none */
};
static const struct message_row messages[] = {
#include "unit/layer_rows.h"
};

static void test_messages(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(messages); i++) {
        struct layers_read read;
        size_t errors = 0;
        bool found = !messages[i].message;
        layers_of(messages[i].layers, NULL, NULL, &read);
        for (size_t k = 0; k < read.messages.count; k++) {
            errors += read.messages.items[k].is_error;
            found |= messages[i].message && read.messages.items[k].is_error &&
                     span_equal(read.messages.items[k].text, span_of_string(messages[i].message));
        }
        if (!found || errors != !!messages[i].message || (read.err == ERR_OK) != !messages[i].message) {
            for (size_t k = 0; k < read.messages.count; k++)
                print_error("  %.*s\n", SPAN_ARG(read.messages.items[k].text));
            fail_msg("%s: %s", messages[i].name, err_name(read.err));
        }
        arena_free(&read.arena);
    }
}

/* Every problem of every layer in one go. */
static void test_all_at_once(void **state)
{
    (void)state;
    struct layers_read read;
    layers_of((struct layer_row[LAYERS]){LAYER("a", "key,value\n", ENTITIES "En A/S,,dk,,\n",
                                               SERVICES "S,To,spy\n", PATTERNS "T,x.*.com,,,,\n"),
                                         LAYER("b", FREE, NULL, NULL, NULL, FACTS "U,signal,no,,?,,\n")},
              NULL, NULL, &read);
    assert_int_equal(read.err, ERR_REGISTER);
    assert_int_equal(read.messages.error_count, 11);
    arena_free(&read.arena);
}

/* The built-in layer is valid by itself, and the policy can do without it. */
static void test_built_in(void **state)
{
    (void)state;
    const struct layer_text built_in = layer_built_in();
    struct register_text texts[REGISTER_FILE_COUNT] = {
        [REGISTER_AUTHORITIES] = {SPAN("authority_id,name_da\nA,n\n"), true},
        [REGISTER_UNITS] = {
                                  SPAN("unit_id,name_da,unit_type,authority_id,url_scope,audience,interaction,provision,"
                 "primary_channel\n"),
                                  true                                     }
    };
    for (int without = 0; without < 2; without++) {
        struct layers_read read = {0};
        arena_init(&read.arena, 64u << 20);
        texts[REGISTER_POLICY] = (struct register_text){SPAN("key,value\nbase_catalogue,no\n"), without};
        read.err = register_read_all(texts, NULL, 0, 2026, &read.arena, &read.messages, &read.registers);
        for (size_t i = 0; read.err && i < read.messages.count; i++)
            print_error("  %.*s\n", SPAN_ARG(read.messages.items[i].text));
        assert_int_equal(read.err, ERR_OK);
        assert_int_equal(read.registers.catalogue->layer_count, !without);
        assert_true(without ? !read.registers.catalogue->service_count
                            : read.registers.catalogue->service_count >= 150);
        arena_free(&read.arena);
    }
    assert_true(built_in.texts[LAYER_PATTERNS].bytes.bytes > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_all_at_once),
        cmocka_unit_test(test_built_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
