#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void text_add_bytes(Text *text, const char *more, size_t length)
{
    text->data = mem_grow(text->data, &text->capacity, text->length + length + 1, 1);
    if (length)
        memcpy(text->data + text->length, more, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void text_add(Text *text, const char *more)
{
    text_add_bytes(text, more, strlen(more));
}

void text_add_char(Text *text, char c)
{
    text_add_bytes(text, &c, 1);
}

void text_addv(Text *text, const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    size_t needed = text->length + (size_t)length + 1;
    text->data = mem_grow(text->data, &text->capacity, needed, 1);
    vsnprintf(text->data + text->length, (size_t)length + 1, format, list);
    text->length += (size_t)length;
}

void text_addf(Text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    text_addv(text, format, list);
    va_end(list);
}

const char *text_get(const Text *text)
{
    return text->data ? text->data : "";
}

char *text_take(Text *text)
{
    char *data = text->data ? text->data : mem_strdup("");
    *text = (Text){0};
    return data;
}

void text_reset(Text *text)
{
    text->length = 0;
    if (text->data)
        text->data[0] = '\0';
}

void text_clear(Text *text)
{
    free(text->data);
    *text = (Text){0};
}
