#include "base/utf8.h"

static bool is_tail(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

int32_t utf8_decode(const char *text, size_t length, uint32_t *bytes)
{
    static const int32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)text[0];
    uint32_t need = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    *bytes = 1;
    if (need == 1)
        return first;
    if (first < 0xc2 || first > 0xf4 || need > length)
        return -1;
    int32_t code = first & (0x7f >> need);
    for (uint32_t i = 1; i < need; i++) {
        if (!is_tail((unsigned char)text[i]))
            return -1;
        code = code << 6 | (text[i] & 0x3f);
    }
    if (code < smallest[need] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return -1;
    *bytes = need;
    return code;
}

bool utf8_is_valid(const char *text, size_t length)
{
    uint32_t bytes = 0;
    for (size_t at = 0; at < length; at += bytes)
        if (utf8_decode(text + at, length - at, &bytes) <= 0)
            return false;
    return true;
}
