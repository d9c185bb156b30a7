// SPDX-License-Identifier: MIT
/*
 * ext_json.h - JSON in and out, through jansson. Objects keep the order in which members were added or read.
 *
 * json_parse gives a value the caller frees; values reached from it are borrowed and live as long. Values
 * handed to json_set and json_append belong to the container from then on (also when the call fails). Texts
 * are UTF-8.
 *
 * No name here may be one that libjansson exports (json_object, json_array, json_integer, json_true,
 * json_null ...): the linker would give ours to the library's own calls.
 */
#ifndef EXT_JSON_H
#define EXT_JSON_H

#include "base/buf.h"

struct json;

/*
 * ERR_JSON: malformed, nested deeper than LIMIT_JSON_DEPTH, more than LIMIT_JSON_VALUES values or
 * LIMIT_JSON_BYTES. Duplicate keys: last wins. In strings, ill-formed UTF-8 and lone surrogate escapes become
 * U+FFFD. ERR_MEMORY.
 */
enum err json_parse(struct span text, struct json **out) MUST_CHECK;
void json_free(struct json *value);

bool json_is_object(const struct json *value);
bool json_is_array(const struct json *value);
/* Borrowed, or NULL. value may be NULL in all readers below. */
const struct json *json_get(const struct json *object, const char *key);
const struct json *json_item(const struct json *array, size_t index);
size_t json_count(const struct json *value); /* members or items */
/* Calls back for each member in order; stops when the callback returns something else than ERR_OK and returns
 * that. */
typedef enum err json_member_fn(void *context, struct span key, const struct json *value);
enum err json_each(const struct json *object, json_member_fn *fn, void *context) MUST_CHECK;
struct span json_text(const struct json *value); /* .at NULL unless a string */
int64_t json_int(const struct json *value,
                 int64_t otherwise); /* numbers only; reals are cut, beyond int64: otherwise */
double json_number(const struct json *value, double otherwise);
bool json_is_true(const struct json *value);

/* NULL on failure, which the setters pass on: build everything, check json_write. Invalid UTF-8 becomes
 * U+FFFD. */
struct json *json_new_object(void);
struct json *json_new_array(void);
struct json *json_of_text(struct span text);
struct json *json_of_integer(int64_t value);
struct json *json_of_number(double value); /* not finite: null */
struct json *json_of_bool(bool value);
struct json *json_of_null(void);
void json_set(struct json *object, const char *key, struct json *value);
void json_append(struct json *array, struct json *value);
/* ERR_MEMORY when a part is missing. Compact, or indented by 2; reals by the shortest text that reads back
 * equal (at most 17 digits), locale ignored. */
enum err json_write(const struct json *value, bool indent, struct buf *out) MUST_CHECK;

#endif
