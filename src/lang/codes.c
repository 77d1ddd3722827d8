#include "lang/codes.h"

#include <stdlib.h>
#include <string.h>

static const CodeInfo codes[] = {
#define CODE(code, severity, title) {#code, SEVERITY_##severity, title},
#include "lang/codes.def"
#undef CODE
};

static int compare(const void *key, const void *item)
{
    return strcmp(key, ((const CodeInfo *)item)->code);
}

const CodeInfo *code_find(const char *code)
{
    return bsearch(code, codes, sizeof codes / sizeof codes[0], sizeof codes[0], compare);
}

const CodeInfo *codes_all(size_t *count)
{
    *count = sizeof codes / sizeof codes[0];
    return codes;
}
