/* Names that would be markup, and a parser that says whether they are. */
#pragma once

#include <expat.h>
#include <string.h>

#include "base/text.h"

/* Everything that one format or another takes for its own; control characters do not
 * get past the lexer. */
#define NASTY "<script>alert('&amp;')</script> %0A ::error]]> \\N `#` \xEF\xBF\xBF"

/* What is shown of them: nothing but what XML cannot hold is changed. */
#define SHOWN "<script>alert('&amp;')</script> %0A ::error]]> \\N `#` ?"

static inline void collect(void *context, const XML_Char *words, int length)
{
    text_add_bytes(context, words, (size_t)length);
}

static inline void refuse_script(void *context, const XML_Char *name, const XML_Char **attributes)
{
    (void)context;
    (void)attributes;
    assert_string_not_equal(name, "script");
}

/* Fails with the parser's words; `words` gets what stands between tags. */
static inline void parse(const char *xml, size_t length, Text *words)
{
    XML_Parser parser = XML_ParserCreate(NULL);
    XML_SetUserData(parser, words);
    XML_SetStartElementHandler(parser, refuse_script);
    XML_SetCharacterDataHandler(parser, collect);
    if (XML_Parse(parser, xml, (int)length, 1) != XML_STATUS_OK)
        fail_msg("line %lu: %s", XML_GetCurrentLineNumber(parser),
                 XML_ErrorString(XML_GetErrorCode(parser)));
    XML_ParserFree(parser);
}
