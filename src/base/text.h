/* A string that grows. All zero is the empty text; `data` may then be NULL,
 * text_get never is. */
#pragma once

#include <stdarg.h>
#include <stddef.h>

typedef struct Text {
    char *data; /* owned; ends in NUL when not NULL */
    size_t length, capacity;
} Text;

void text_add(Text *text, const char *more);
void text_add_bytes(Text *text, const char *more, size_t length);
void text_add_char(Text *text, char c);
void text_addf(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_addv(Text *text, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

/* The text as a C string, valid until the next change. */
const char *text_get(const Text *text);

/* Takes the bytes out; the caller frees them. */
char *text_take(Text *text);

void text_reset(Text *text); /* empties it, keeps the memory */
void text_clear(Text *text);
