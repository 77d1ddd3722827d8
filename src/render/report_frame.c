/* The page around the sections: style, landmarks, headings, tables, figures. Colours
 * keep 4.5 to 1 against what they stand on (3 to 1 for lines), and whatever a colour
 * says, a number, a hatching or a dashed line says too. */
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "render/page.h"
#include "render/report_internal.h"
#include "render/share.h"

static const char screen_style[] =
    "*{box-sizing:border-box}"
    "body{font:1rem/1.5 Arial,'Liberation Sans',Helvetica,sans-serif;color:#000;"
    "background:#fff;margin:0 auto;padding:0 1rem 2rem;max-width:68rem;overflow-wrap:anywhere}"
    "h1{font-size:1.9rem;line-height:1.2;margin:.3em 0}"
    "h2{font-size:1.4rem;margin:2em 0 .6em;padding-top:.4em;border-top:3px solid #1f4e79}"
    "h3{font-size:1.1rem;margin:1.6em 0 .4em}h4{font-size:1rem;margin:1.2em 0 .3em}"
    "p,ul,dl{max-width:44rem}.lead{font-size:1.15rem}"
    ".notice{border:2px solid #000;padding:0 .9em;max-width:44rem}"
    "a{color:#0b4a8f}a:focus-visible,.wide:focus-visible{outline:3px solid #0b4a8f;"
    "outline-offset:2px}"
    ".skip{position:absolute;left:-99rem}.skip:focus{position:static}"
    "nav ol{columns:16rem;padding-left:1.5em}"
    "dl{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:.2em 1em}"
    "dt{font-weight:bold}dd{margin:0}"
    "@media(max-width:30rem){dl{display:block}dd{margin:0 0 .5em 1em}}";

static const char table_style[] =
    ".wide{overflow-x:auto;margin:.8em 0}"
    "table{border-collapse:collapse;width:100%;font-size:.92rem;overflow-wrap:normal}"
    "caption{text-align:left;font-weight:bold;padding:.3em 0}"
    "th,td{text-align:left;vertical-align:top;padding:.3em .6em .3em 0;"
    "border-bottom:1px solid #888}"
    "thead th{border-bottom:2px solid #000;vertical-align:bottom}"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}td.n{white-space:nowrap}"
    "tbody th{font-weight:normal;min-width:11rem}tbody th.n{min-width:0}"
    ".findings td svg{display:block}.findings th:first-child{width:38%}.findings th.n{width:6%}"
    ".id{display:inline-block;max-width:100%}"
    ".sum th,.sum td{border-top:2px solid #000;font-weight:bold}"
    /* a heading stands over these, so their caption is for those who hear the page */
    ".told caption{position:absolute;clip-path:inset(50%)}"
    ".small{font-size:.85rem}"
    ".heat td,.heat th{padding:.25em .5em;border:1px solid #888}.heat tbody th{min-width:8rem}"
    ".h1{background:#e3edf7}.h2{background:#c3d9ee}.h3{background:#9cc1e3}"
    ".h4{background:#76a9d8}"
    ".same{outline:3px solid #000;outline-offset:-3px}"
    ".tag{border:1px solid #000;border-radius:.2em;padding:0 .3em;white-space:nowrap}"
    ".bad{border:2px solid #9c2a00;color:#9c2a00;font-weight:bold}";

static const char figure_style[] =
    "figure{margin:.8em 0;overflow-x:auto}figcaption{font-size:.9rem;max-width:44rem}"
    "svg{font-family:Arial,'Liberation Sans',Helvetica,sans-serif}"
    "figure svg{max-width:100%;height:auto;min-width:26rem}"
    ".pair{display:flex;flex-wrap:wrap;gap:0 2rem;align-items:flex-start}"
    ".pair figure{flex:0 1 auto;max-width:100%}.pair .wide{flex:1 1 20rem;min-width:0}"
    ".pair svg{min-width:0}"
    ".in{fill:#1f4e79;stroke:#1f4e79}.out{fill:url(#hatch);stroke:#9c2a00}"
    ".axis{stroke:#000}.limit{stroke:#9c2a00;stroke-width:2;stroke-dasharray:6 4}"
    ".halo{stroke:#fff;stroke-width:5}.target{stroke:#000;stroke-width:2;stroke-dasharray:2 3}"
    "1em}"
    ".steps{list-style:none;padding:0;max-width:none}"
    ".steps li{border-left:4px solid #1f4e79;padding:.2em 0 .2em .8em}"
    ".steps li.against{border-left:4px dashed #9c2a00}"
    ".steps li.then{border-left:4px dotted #666}";

static const char print_style[] =
    "@media print{"
    "html{font-size:9.5pt}body{max-width:none;padding:0;line-height:1.35}"
    "h1{font-size:18pt}h2{font-size:14pt;margin-top:1.2em}h3{font-size:11pt}"
    "table{font-size:8.5pt}th,td{padding:.2em .4em .2em 0}tbody th{min-width:0}"
    "p,ul,dl,figcaption,.notice{max-width:none}"
    "h1,h2,h3,h4,caption{break-after:avoid}thead{display:table-header-group}"
    "tr,figure,li,dt,.keep,.notice{break-inside:avoid}.wide,figure{overflow:visible}"
    "figure "
    "svg{min-width:0;max-height:230mm}.pair{break-inside:avoid}.page{break-before:page}.skip,"
    "nav{display:none}"
    "a{color:#000;text-decoration:none}"
    ".h1,.h2,.h3,.h4,.in{print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    "p{orphans:3;widows:3}}";

/* Everything but letters, digits and blanks by its number, as CSS writes it. */
static void add_css_text(const char *words, Text *out)
{
    uint32_t bytes = 0;
    text_add_char(out, '"');
    for (size_t left = strlen(words); left > 0; left -= bytes, words += bytes) {
        int32_t c = utf8_decode(words, left, &bytes);
        bool is_plain = c == ' ' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                        (c >= 'a' && c <= 'z');
        if (is_plain)
            text_add_char(out, (char)c);
        else if (c >= ' ')
            text_addf(out, "\\%06x ", (unsigned)c); /* the blank ends the number */
        else
            text_add_char(out, '?');
    }
    text_add_char(out, '"');
}

/* What stands at the head of every sheet. */
static void add_sheet_style(const Report *report, Text *out)
{
    const ResultHead *head = &report->result->head;
    Text words = {0};
    text_addf(&words, "%s: past cases%s", head->label,
              report->is_public ? ", for publication" : ", for casework: names cases");
    text_add(out, "@page{size:A4;margin:20mm 15mm 18mm;@top-left{font:8pt Arial,sans-serif;"
                  "content:");
    add_css_text(text_get(&words), out);
    text_add(out, "}@bottom-right{font:8pt Arial,sans-serif;content:counter(page) \" of \" "
                  "counter(pages)}}");
    text_clear(&words);
}

/* The hatching of what is late, for all pictures of the page. */
static const char hatch[] =
    "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\" "
    "xmlns=\"http://www.w3.org/2000/svg\"><defs><pattern id=\"hatch\" width=\"6\" height=\"6\" "
    "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
    "<rect width=\"6\" height=\"6\" fill=\"#fff\"/>"
    "<rect width=\"2.5\" height=\"6\" fill=\"#9c2a00\"/></pattern></defs></svg>\n";

/* The number is that of the heading: it begins with 0, and 6 is kept free. */
static void add_link(unsigned number, const char *id, const char *words, Text *out)
{
    text_addf(out, "<li value=\"%u\"><a href=\"#%s\">%s</a></li>\n", number, id, words);
}

static void add_contents(const Report *report)
{
    Text *out = report->out;
    text_add(out, "<nav aria-label=\"Contents\"><ol>\n");
    add_link(0, "run", "What was run", out);
    add_link(1, "summary", "In one paragraph", out);
    add_link(2, "duties", "Deadlines", out);
    add_link(3, "findings", "What the policy would not allow", out);
    if (report->request->comparison)
        add_link(4, "compare", "The two flows compared", out);
    add_link(5, "roles", "Work of each role", out);
    add_link(7, "data", "State of the data", out);
    if (report->request->pages)
        add_link(8, "cases", "Single cases", out);
    text_add(out, "</ol></nav>\n");
}

void frame_begin(Report *report)
{
    Text *out = report->out, title = {0};
    text_addf(&title, "%s: what past cases come to", report->result->head.label);
    text_add(out,
             "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"/>\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    page_element("title", text_get(&title), out);
    text_addf(out, "<style>%s%s%s%s", screen_style, table_style, figure_style, print_style);
    add_sheet_style(report, out);
    text_add(out, "</style></head><body>\n<a class=\"skip\" href=\"#run\">Skip to the report"
                  "</a>\n");
    text_add(out, hatch);
    text_add(out, "<header>\n");
    page_element("h1", text_get(&title), out);
    text_clear(&title);
    add_contents(report);
    text_add(out, "</header>\n<main>\n");
}

void frame_end(Report *report)
{
    text_add(report->out, "</main>\n</body></html>\n");
}

void section_begin(Report *report, const char *id, const char *title)
{
    text_addf(report->out,
              "<section id=\"%s\" aria-labelledby=\"%s-title\">\n"
              "<h2 id=\"%s-title\">",
              id, id, id);
    page_words(title, report->out);
    text_add(report->out, "</h2>\n");
}

void section_end(Report *report)
{
    text_add(report->out, "</section>\n");
}

/* ---- tables -------------------------------------------------------------------------- */

static void add_attribute(const char *name, const char *words, Text *out)
{
    text_addf(out, " %s=\"", name);
    page_words(words, out);
    text_add_char(out, '"');
}

void rows_begin(Report *report, const char *kind, const char *caption,
                const char *const *headings)
{
    Text *out = report->out;
    text_add(out, "<div class=\"wide\" tabindex=\"0\" role=\"region\"");
    add_attribute("aria-label", caption, out);
    text_addf(out, "><table class=\"%s\">\n", kind);
    page_element("caption", caption, out);
    text_add(out, "<thead><tr>");
    for (size_t i = 0; headings[i]; i++) {
        text_add(out, i > 0 && headings[i][0] == '#' ? "<th scope=\"col\" class=\"n\">"
                                                     : "<th scope=\"col\">");
        page_words(headings[i] + (headings[i][0] == '#'), out);
        text_add(out, "</th>");
    }
    text_add(out, "</tr></thead>\n<tbody>\n");
}

void rows_end(Report *report)
{
    text_add(report->out, "</tbody></table></div>\n");
}

void row_begin(Report *report, const char *heading)
{
    text_add(report->out, "<tr><th scope=\"row\">");
    page_words(heading, report->out);
    text_add(report->out, "</th>");
}

void row_end(Report *report)
{
    text_add(report->out, "</tr>\n");
}

void cell_words(Report *report, const char *words)
{
    text_add(report->out, "<td>");
    page_words(words, report->out);
    text_add(report->out, "</td>");
}

void cell_count(Report *report, uint64_t count)
{
    text_add(report->out, "<td class=\"n\">");
    lone_count_words(report, count, report->out);
    text_add(report->out, "</td>");
}

void cell_grid(Report *report, const Grid *grid, uint32_t row, uint32_t column)
{
    text_add(report->out, "<td class=\"n\">");
    grid_words(grid, row, column, report->out);
    text_add(report->out, "</td>");
}

void cell_moment(Report *report, Moment moment, const char *otherwise)
{
    char when[TIME_TEXT_MAX];
    bool is_one = moment != MOMENT_NONE && moment != MOMENT_NEVER;
    if (is_one)
        moment_format_long(report->zone, moment, when);
    cell_words(report, is_one ? when : otherwise);
}

void paragraph(Report *report, const char *format, ...)
{
    va_list list;
    Text words = {0};
    va_start(list, format);
    text_addv(&words, format, list);
    va_end(list);
    page_element("p", text_get(&words), report->out);
    text_clear(&words);
}

/* ---- figures ------------------------------------------------------------------------- */

void figure_begin(Report *report, const char *title, const char *description, unsigned width,
                  unsigned height)
{
    Text *out = report->out;
    unsigned number = ++report->figures;
    text_addf(out,
              "<figure><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %u %u\" "
              "width=\"%u\" height=\"%u\" role=\"img\" "
              "aria-labelledby=\"figure-%u-title figure-%u-words\">\n"
              "<title id=\"figure-%u-title\">",
              width, height, width, height, number, number, number);
    page_words(title, out);
    text_addf(out, "</title><desc id=\"figure-%u-words\">", number);
    page_words(description, out);
    text_add(out, "</desc>\n");
}

void figure_end(Report *report, const char *caption)
{
    text_add(report->out, "</svg>\n");
    page_element("figcaption", caption, report->out);
    text_add(report->out, "</figure>\n");
}
