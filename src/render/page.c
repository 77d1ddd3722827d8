#include "render/page.h"

#include "render/markup.h"
#include "render/safe.h"

static const char style[] =
    "body{font:11pt/1.4 Arial,'Liberation Sans',Helvetica,sans-serif;max-width:60em;"
    "margin:2em auto;padding:0 1em;color:#000;background:#fff}"
    "h1{margin-bottom:0}h2{margin-top:1.6em;border-bottom:1px solid #000}h3{margin:1.2em 0 "
    ".2em}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.25em .6em .25em 0;"
    "border-bottom:1px solid #bbb}li{margin:.2em 0}"
    "@media print{body{margin:0;max-width:none;font-size:10pt}section{break-after:page}"
    "section:last-of-type{break-after:auto}h2,h3{break-after:avoid}tr,li{break-inside:avoid}}";

void page_words(const char *words, Text *out)
{
    Text safe = {0};
    safe_add(&safe, words);
    markup_add(out, text_get(&safe));
    text_clear(&safe);
}

void page_element(const char *tag, const char *words, Text *out)
{
    text_addf(out, "<%s>", tag);
    page_words(words, out);
    text_addf(out, "</%s>\n", tag);
}

void page_begin(const char *title, const char *subtitle, Text *out)
{
    text_add(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>\n"
                  "<meta name=\"viewport\" content=\"width=device-width\"/>\n");
    page_element("title", title, out);
    text_addf(out, "<style>%s</style></head><body>\n", style);
    page_element("h1", title, out);
    page_element("p", subtitle, out);
}

void page_end(Text *out)
{
    text_add(out, "</body></html>\n");
}
