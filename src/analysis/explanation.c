#include "analysis/explanation.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/analysis.h"
#include "base/mem.h"
#include "compile/compile.h"
#include "lang/names.h"

/* explanations.txt, line by line, without its comments. */
static const char *const lines[] = {
#include "explanations_table.h"
};
static const size_t line_count = sizeof lines / sizeof *lines;

/* ---- reading a page ------------------------------------------------------------ */

/* An example's line as it stands in a flow: {E9} is the one byte E9. */
static void add_example_line(Text *text, const char *line)
{
    const char *brace = strchr(line, '{');
    if (brace) {
        text_add_bytes(text, line, (size_t)(brace - line));
        text_add_char(text, (char)strtol(brace + 1, NULL, 16));
        line = strchr(brace, '}') + 1;
    }
    text_add(text, line);
    text_add_char(text, '\n');
}

/* The lines above an example. */
static const struct {
    const char *line;
    bool wrong;
    ExampleKind kind;
} headings[] = {
    {"wrong", true, EXAMPLE_BLOCKS},
    {"right", false, EXAMPLE_BLOCKS},
    {"wrong whole", true, EXAMPLE_WHOLE},
    {"right whole", false, EXAMPLE_WHOLE},
    {"wrong scenarios", true, EXAMPLE_SCENARIOS},
    {"right scenarios", false, EXAMPLE_SCENARIOS},
};

/* The example that this line opens, or NULL. */
static Example *opened_example(const char *line, Explanation *page)
{
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        if (strcmp(line, headings[i].line) == 0) {
            Example *example = headings[i].wrong ? &page->wrong : &page->right;
            example->kind = headings[i].kind;
            return example;
        }
    }
    return NULL;
}

static bool opens_page(const char *line, const char *name)
{
    return strcmp(line, name) == 0;
}

/* "| on visit" without the bar; an empty line of a flow is the bar alone. */
static const char *without_bar(const char *line)
{
    return line + (line[1] ? 2 : 1);
}

/* Between two pages there is an empty line. */
bool explanation_find(const char *code, Explanation *page)
{
    *page = (Explanation){0};
    size_t at = 0;
    while (at < line_count && !opens_page(lines[at], code))
        at++;
    if (at == line_count || strncmp(code, "CF", 2) != 0)
        return false;
    Example *example = NULL;
    for (at++; at < line_count && lines[at][0]; at++) {
        Example *opened = opened_example(lines[at], page);
        if (opened)
            example = opened;
        else if (example)
            add_example_line(&example->text, without_bar(lines[at]));
        else if (strcmp(lines[at], "large") == 0)
            page->too_large = true;
        else
            text_addf(&page->why, "%s\n", lines[at]);
    }
    return true;
}

void explanation_clear(Explanation *page)
{
    text_clear(&page->why);
    text_clear(&page->wrong.text);
    text_clear(&page->right.text);
}

/* ---- completing an example ------------------------------------------------------- */

static void add_frame(Text *frame)
{
    size_t at = 0;
    while (!opens_page(lines[at], "frame"))
        at++;
    for (at++; lines[at][0]; at++)
        add_example_line(frame, without_bar(lines[at]));
}

/* Where the block at `at` ends: at the next line that is not indented. */
static const char *block_end(const char *at)
{
    do {
        at += strcspn(at, "\n");
        at += *at == '\n';
    } while (*at == ' ');
    return at;
}

/* "state visiting": what a block is known by; of a workflow its first word. */
static size_t key_length(const char *block)
{
    size_t first = strcspn(block, " \n");
    if (strncmp(block, "workflow ", 9) == 0 || block[first] != ' ')
        return first;
    return first + 1 + strcspn(block + first + 1, " \n");
}

static bool same_block(const char *left, const char *right)
{
    size_t length = key_length(left);
    return length == key_length(right) && memcmp(left, right, length) == 0;
}

/* The first block of `text` from `from` on that is known like `block`, or NULL. */
static const char *find_block(const char *text, const char *block)
{
    for (const char *at = text; *at; at = block_end(at))
        if (*at != '\n' && same_block(at, block))
            return at;
    return NULL;
}

/* The blocks of the frame, those of the example in their place, then what is more. */
static void complete(const char *blocks, Text *flow)
{
    Text frame = {0};
    add_frame(&frame);
    for (const char *at = text_get(&frame); *at; at = block_end(at)) {
        const char *mine = *at == '\n' ? NULL : find_block(blocks, at);
        const char *taken = mine ? mine : at;
        text_add_bytes(flow, taken, (size_t)(block_end(taken) - taken));
    }
    const char *between = "\n";
    for (const char *at = blocks; *at; at = block_end(at)) {
        if (find_block(text_get(&frame), at) && find_block(blocks, at) == at)
            continue;
        text_add(flow, between);
        text_add_bytes(flow, at, (size_t)(block_end(at) - at));
        between = "";
    }
    text_clear(&frame);
}

/* ---- checking it ----------------------------------------------------------------- */

#define FLOW_NAME      "small.flow"
#define SCENARIOS_NAME "small.scenarios.flow"

typedef struct Files {
    Text flow, scenarios;
} Files;

static bool read_files(void *context, const char *name, const char *from, char **path,
                       char **text, size_t *length, Error *err)
{
    const Files *files = context;
    const Text *wanted = from ? &files->scenarios : &files->flow;
    if (wanted->length == 0)
        return error_kind(err, ERROR_NOT_FOUND, "there is no '%s'", name);
    *path = mem_strdup(from ? SCENARIOS_NAME : FLOW_NAME);
    Text copy = {0};
    text_add_bytes(&copy, wanted->data, wanted->length);
    *length = copy.length;
    *text = text_take(&copy);
    return true;
}

static void files_of(const Example *example, Files *files)
{
    const char *text = text_get(&example->text);
    if (example->kind == EXAMPLE_WHOLE)
        text_add(&files->flow, text);
    else
        complete(example->kind == EXAMPLE_BLOCKS ? text : "", &files->flow);
    if (example->kind == EXAMPLE_SCENARIOS)
        text_add(&files->scenarios, text);
}

/* The day on which the pages are read, so that they always say the same. */
static const Civil reading_day = {2021, 6, 1};

static bool analyse(Bundle *bundle, MoreFindings more, Error *err)
{
    Day today = day_from_civil(reading_day);
    if (bundle->diags.errors == 0 && bundle->flow.workflow) {
        Program *program = compile_bundle(bundle, err);
        if (!program && bundle->diags.errors == 0)
            return false;
        if (program)
            analysis_run(bundle, program, &(AnalysisOptions){.today = today, .notes = true});
        if (program && more && bundle->diags.errors == 0)
            more(bundle, program, true);
        program_free(program);
    }
    analysis_allow(bundle, today);
    return true;
}

bool example_check(const Example *example, MoreFindings more, Bundle *bundle, Error *err)
{
    Files files = {0};
    files_of(example, &files);
    bool read = bundle_load(bundle, FLOW_NAME, read_files, &files, err);
    if (read)
        names_resolve(bundle);
    text_clear(&files.flow);
    text_clear(&files.scenarios);
    return read && analyse(bundle, more, err);
}
