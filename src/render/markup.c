#include "render/markup.h"

#include <stdbool.h>
#include <string.h>

#include "render/safe.h"

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* U+FFFE and U+FFFF, which XML has no way to write. */
static bool is_no_character(const char *bytes, size_t left)
{
    return left >= 3 && memcmp(bytes, "\xEF\xBF", 2) == 0 && (unsigned char)bytes[2] >= 0xBE;
}

void markup_add_bytes(Text *out, const char *words, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const char *entity = entity_of(words[i]);
        if (is_no_character(words + i, length - i)) {
            text_add_char(out, '?');
            i += 2;
        } else if (entity) {
            text_add(out, entity);
        } else {
            bool is_control = (unsigned char)words[i] < 0x20 && words[i] != '\n';
            text_add_char(out, is_control ? '?' : words[i]);
        }
    }
}

void markup_add(Text *out, const char *words)
{
    markup_add_bytes(out, words, strlen(words));
}

/* Letters, digits, blanks and the marks of plain sentences; whatever is not ASCII. */
static bool is_plain(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z') || (c && strchr(" .,:()/-!?", c) != NULL);
}

void mermaid_add_bytes(Text *out, const char *words, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)words[i];
        if (is_plain(c))
            text_add_char(out, words[i]);
        else
            text_addf(out, "#%u;", c);
    }
}

void markup_add_safe(Text *out, const char *words)
{
    Text safe = {0};
    safe_add(&safe, words);
    markup_add(out, text_get(&safe));
    text_clear(&safe);
}

void markup_add_lines(Text *out, const char *words)
{
    for (;;) {
        size_t length = strcspn(words, "\n");
        Text safe = {0};
        safe_add_bytes(&safe, words, length);
        markup_add(out, text_get(&safe));
        text_clear(&safe);
        if (!words[length])
            return;
        text_add_char(out, '\n');
        words += length + 1;
    }
}
