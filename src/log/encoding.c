#include "log/encoding.h"

#include <strings.h>

/* Windows-1252 from 0x80 to 0x9f (unicode.org, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252);
 * 0: not there. */
static const uint16_t windows_1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static const struct {
    const char *name;
    LogEncoding encoding;
} encodings[] = {
    {"utf-8", ENCODING_UTF_8},         {"utf8", ENCODING_UTF_8},
    {"latin-1", ENCODING_LATIN_1},     {"latin1", ENCODING_LATIN_1},
    {"iso-8859-1", ENCODING_LATIN_1},  {"windows-1252", ENCODING_WINDOWS_1252},
    {"cp1252", ENCODING_WINDOWS_1252},
};

size_t encoding_to_utf8(LogEncoding encoding, LogText text, char *to, bool *is_bad)
{
    size_t used = 0;
    for (size_t i = 0; i < text.length; i++) {
        uint32_t code = (unsigned char)text.text[i];
        if (encoding == ENCODING_WINDOWS_1252 && code >= 0x80 && code < 0xa0)
            code = windows_1252[code - 0x80];
        *is_bad |= code == 0;
        if (code < 0x80) {
            to[used++] = (char)code;
            continue;
        }
        if (code >= 0x800)
            to[used++] = (char)(0xe0 | code >> 12);
        to[used++] = (char)(code >= 0x800 ? 0x80 | (code >> 6 & 0x3f) : 0xc0 | code >> 6);
        to[used++] = (char)(0x80 | (code & 0x3f));
    }
    return used;
}

bool encoding_parse(const char *name, LogEncoding *encoding, Error *err)
{
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        if (strcasecmp(encodings[i].name, name) == 0) {
            *encoding = encodings[i].encoding;
            return true;
        }
    }
    return error_set(
        err, "the encoding '%s' is not known here: utf-8, iso-8859-1 or windows-1252", name);
}

bool looks_like_utf16(const char *bytes, size_t length)
{
    if (length < 2)
        return false;
    unsigned char first = (unsigned char)bytes[0], second = (unsigned char)bytes[1];
    bool marked = (first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff);
    return marked || first == 0 || second == 0;
}
