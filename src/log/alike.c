/* Names that may be one name mistyped. */
#include <string.h>

#include "lang/suggest.h"
#include "log/facts.h"

enum { WORD_BYTES = 64, TELLING_LETTERS = 4 };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The next letter or figure, in lower case; 0 at the end. */
static char next_telling(const char **at)
{
    while (**at && !is_letter(**at) && !is_digit(**at))
        (*at)++;
    return **at ? lower(*(*at)++) : '\0';
}

static bool differ_in_form_only(const char *one, const char *other)
{
    char a, b;
    do {
        a = next_telling(&one);
        b = next_telling(&other);
    } while (a == b && a);
    return a == b;
}

/* The next run of letters and figures; false at the end. A word too long is cut: then
 * it is compared by its beginning. */
static bool next_word(const char **at, char word[WORD_BYTES])
{
    size_t length = 0;
    while (**at && !is_letter(**at) && !is_digit(**at))
        (*at)++;
    for (; is_letter(**at) || is_digit(**at); (*at)++)
        if (length + 1 < WORD_BYTES)
            word[length++] = lower(**at);
    word[length] = '\0';
    return length > 0;
}

static bool is_slip(const char *one, const char *other)
{
    if (strpbrk(one, "0123456789") || strpbrk(other, "0123456789") ||
        strlen(one) < TELLING_LETTERS || strlen(other) < TELLING_LETTERS)
        return false;
    uint32_t most = strlen(one) >= 2 * TELLING_LETTERS ? 2 : 1;
    return suggest_distance(one, other, most) <= most;
}

bool names_look_alike(const char *one, const char *other)
{
    if (differ_in_form_only(one, other))
        return true;
    char left[WORD_BYTES], right[WORD_BYTES];
    for (;;) {
        bool more = next_word(&one, left), other_more = next_word(&other, right);
        if (more != other_more)
            return false;
        if (!more)
            return true;
        if (strcmp(left, right) != 0 && !is_slip(left, right))
            return false;
    }
}
