#include "render/share.h"

#include <assert.h>
#include <stdio.h>

Share share_of(uint64_t part, uint64_t of)
{
    assert(part <= of);
    if (of == 0)
        return (Share){-1, SHARE_ROUNDED};
    int percent = (int)((double)part * 100.0 / (double)of + 0.5);
    if (percent >= 100 && part < of)
        return (Share){99, SHARE_OVER};
    if (percent == 0 && part > 0)
        return (Share){1, SHARE_UNDER};
    return (Share){percent, SHARE_ROUNDED};
}

static const char *const before[] = {
    [SHARE_ROUNDED] = "", [SHARE_OVER] = "over ", [SHARE_UNDER] = "under "};

void share_words(uint64_t part, uint64_t of, Text *out)
{
    Share share = share_of(part, of);
    if (share.percent >= 0)
        text_addf(out, "%s%d per cent", before[share.kind], share.percent);
}

void share_short(uint64_t part, uint64_t of, Text *out)
{
    Share share = share_of(part, of);
    if (share.percent < 0)
        text_add(out, "-");
    else
        text_addf(out, "%s%d%%", before[share.kind], share.percent);
}

void share_counts(uint64_t part, uint64_t of, Text *out)
{
    count_words(part, out);
    text_add(out, " of ");
    count_words(of, out);
    text_add(out, of > 0 ? ", " : "");
    share_words(part, of, out);
}

void count_words(uint64_t count, Text *out)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            text_add_char(out, ',');
        text_add_char(out, digits[i]);
    }
}
