#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Drops a UTF-8 character that the end of the buffer cut in two. */
static void trim_cut_character(char *text, size_t size)
{
    size_t length = strlen(text);
    if (length + 1 < size)
        return;
    while (length > 0 && ((unsigned char)text[length - 1] & 0xC0) == 0x80)
        text[--length] = '\0';
    if (length > 0 && ((unsigned char)text[length - 1] & 0xC0) == 0xC0)
        text[length - 1] = '\0';
}

static void fill(Error *err, ErrorKind kind, const char *format, va_list list)
{
    err->kind = kind;
    vsnprintf(err->text, sizeof err->text, format, list);
    trim_cut_character(err->text, sizeof err->text);
}

bool error_set(Error *err, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    fill(err, ERROR_INPUT, format, list);
    va_end(list);
    return false;
}

bool error_kind(Error *err, ErrorKind kind, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    fill(err, kind, format, list);
    va_end(list);
    return false;
}
