#include "render/safe.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* The character at `bytes`, and how many bytes it has; 0 when it is no UTF-8. */
static size_t read_character(const unsigned char *bytes, size_t left, uint32_t *character)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = bytes[0];
    size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if ((first >= 0x80 && first < 0xC2) || first > 0xF4 || length > left)
        return 0;
    *character = length == 1 ? first : first & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        *character = *character << 6 | (bytes[i] & 0x3F);
    }
    bool surrogate = *character >= 0xD800 && *character <= 0xDFFF;
    return *character < least[length] || *character > 0x10FFFF || surrogate ? 0 : length;
}

/* Controls, and all of Unicode's Bidi_Control. */
static bool is_unfit(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x061C ||
           character == 0x200E || character == 0x200F || character == 0x2028 ||
           character == 0x2029 || (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069);
}

static void add(Text *out, const char *words, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)words;
    size_t at = 0;
    while (at < length) {
        uint32_t character = 0;
        size_t size = read_character(bytes + at, length - at, &character);
        if (size == 0)
            text_addf(out, "\\x%02x", bytes[at]);
        else if (character == '\n')
            text_add(out, at + 1 < length ? " / " : "");
        else if (!is_unfit(character))
            text_add_bytes(out, words + at, size);
        else
            text_addf(out, character < 0x80 ? "\\x%02x" : "\\u%04x", (unsigned)character);
        at += size ? size : 1;
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
