#include "render/safe.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* Controls, and all of Unicode's Bidi_Control. */
static bool is_unfit(int32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x061C ||
           character == 0x200E || character == 0x200F || character == 0x2028 ||
           character == 0x2029 || (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069);
}

static void add(Text *out, const char *words, size_t length)
{
    uint32_t size;
    for (size_t at = 0; at < length; at += size) {
        int32_t character = utf8_decode(words + at, length - at, &size);
        if (character < 0)
            text_addf(out, "\\x%02x", (unsigned char)words[at]);
        else if (character == '\n')
            text_add(out, at + 1 < length ? " / " : "");
        else if (!is_unfit(character))
            text_add_bytes(out, words + at, size);
        else
            text_addf(out, character < 0x80 ? "\\x%02x" : "\\u%04x", (unsigned)character);
    }
}

void safe_add_bytes(Text *out, const char *words, size_t length)
{
    add(out, words, length);
}

void safe_add(Text *out, const char *words)
{
    if (words)
        add(out, words, strlen(words));
}

size_t safe_width(const char *words)
{
    Text shown = {0};
    safe_add(&shown, words);
    size_t width = 0;
    for (size_t i = 0; i < shown.length; i++)
        if (((unsigned char)shown.data[i] & 0xC0) != 0x80)
            width++;
    text_clear(&shown);
    return width;
}
