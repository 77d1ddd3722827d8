#include "base/json.h"

#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"

static void new_line(Json *json)
{
    if (!json->pretty)
        return;
    text_add_char(json->out, '\n');
    for (int i = 0; i < json->depth; i++)
        text_add(json->out, "  ");
}

/* The name of a file may be any bytes; JSON may not. */
static size_t write_character(Text *out, const char *at, size_t left)
{
    uint32_t bytes;
    if (utf8_decode(at, left, &bytes) < 0)
        text_add(out, "\\ufffd");
    else
        text_add_bytes(out, at, bytes);
    return bytes;
}

static void write_string(Text *out, const char *value, size_t length)
{
    text_add_char(out, '"');
    for (size_t i = 0; i < length;) {
        unsigned char c = (unsigned char)value[i];
        if (c >= 0x80) {
            i += write_character(out, value + i, length - i);
            continue;
        }
        i++;
        if (c == '"' || c == '\\')
            text_addf(out, "\\%c", c);
        else if (c == '\n')
            text_add(out, "\\n");
        else if (c == '\t')
            text_add(out, "\\t");
        else if (c < 0x20 || c == 0x7F)
            text_addf(out, "\\u%04x", c);
        else
            text_add_char(out, (char)c);
    }
    text_add_char(out, '"');
}

static void before_value(Json *json, const char *key)
{
    if (json->need_comma)
        text_add_char(json->out, ',');
    if (json->depth > 0)
        new_line(json);
    if (key) {
        write_string(json->out, key, strlen(key));
        text_add(json->out, json->pretty ? ": " : ":");
    }
    json->need_comma = true;
}

static void begin(Json *json, const char *key, char bracket)
{
    before_value(json, key);
    text_add_char(json->out, bracket);
    json->depth++;
    json->need_comma = false;
}

static void end(Json *json, char bracket)
{
    bool was_empty = !json->need_comma;
    json->depth--;
    if (!was_empty)
        new_line(json);
    text_add_char(json->out, bracket);
    json->need_comma = true;
}

void json_object_begin(Json *json, const char *key)
{
    begin(json, key, '{');
}

void json_object_end(Json *json)
{
    end(json, '}');
}

void json_array_begin(Json *json, const char *key)
{
    begin(json, key, '[');
}

void json_array_end(Json *json)
{
    end(json, ']');
}

void json_text_bytes(Json *json, const char *key, const char *value, size_t length)
{
    before_value(json, key);
    write_string(json->out, value, length);
}

void json_text(Json *json, const char *key, const char *value)
{
    if (value)
        json_text_bytes(json, key, value, strlen(value));
    else
        json_none(json, key);
}

void json_number(Json *json, const char *key, int64_t value)
{
    before_value(json, key);
    text_addf(json->out, "%" PRId64, value);
}

void json_bool(Json *json, const char *key, bool value)
{
    before_value(json, key);
    text_add(json->out, value ? "true" : "false");
}

void json_none(Json *json, const char *key)
{
    before_value(json, key);
    text_add(json->out, "null");
}
