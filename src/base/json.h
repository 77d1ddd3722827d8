/* Writes JSON: fixed key order, no floats, every string escaped, so that the
 * same input gives the same bytes. Commas are its business, not the caller's.
 * Reading is jansson's job, above the vm. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

typedef struct Json {
    Text *out;      /* borrowed */
    bool need_comma;
    int depth;      /* nesting, for indentation */
    bool pretty;
} Json;

/* `key` is NULL inside an array and at the top. */
void json_object_begin(Json *json, const char *key);
void json_object_end(Json *json);
void json_array_begin(Json *json, const char *key);
void json_array_end(Json *json);
void json_text(Json *json, const char *key, const char *value); /* NULL gives null */
void json_text_bytes(Json *json, const char *key, const char *value, size_t length);
void json_number(Json *json, const char *key, int64_t value);
void json_bool(Json *json, const char *key, bool value);
void json_none(Json *json, const char *key);
