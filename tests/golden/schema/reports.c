/* reports FILE …: is it a JUnit report, or a TAP stream, as the servers that read
 * them expect? JUnit has no standard; what is asked is what its readers agree on:
 * one testsuite whose counts are right, in it testcases with a class and a name, in
 * those failures with a message. TAP: version 13, the plan first, results numbered
 * from 1 without a gap, else only comments. Ends with 0, 1 (it is not) or 2. */
#include <expat.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int faults;

static void fault(const char *file, size_t line, const char *what)
{
    printf("%s: line %zu: %s\n", file, line, what);
    faults++;
}

/* ---- JUnit --------------------------------------------------------------------- */

typedef struct Junit {
    XML_Parser parser;
    const char *file;
    char open[8][20]; /* the elements that are open, outermost first */
    size_t depth;
    long said_tests, said_failures; /* what the suite says of itself */
    long tests, failures;
    bool case_failed; /* the case in hand has a failure already */
} Junit;

static void complain(const Junit *junit, const char *what)
{
    fault(junit->file, XML_GetCurrentLineNumber(junit->parser), what);
}

static const char *attribute(const char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(attributes[i], name) == 0)
            return attributes[i + 1];
    return NULL;
}

static void need(const Junit *junit, const char **attributes, const char *name)
{
    const char *value = attribute(attributes, name);
    char what[100];
    snprintf(what, sizeof what, "an element without its %s", name);
    if (!value || !*value)
        complain(junit, what);
}

static long number(const Junit *junit, const char **attributes, const char *name)
{
    const char *value = attribute(attributes, name);
    char *end = NULL;
    long result = value ? strtol(value, &end, 10) : -1;
    if (result < 0 || !end || *end)
        complain(junit, "a count that is no number");
    return result;
}

static bool is_inside(const Junit *junit, const char *parent)
{
    return junit->depth > 0 && strcmp(junit->open[junit->depth - 1], parent) == 0;
}

static void begin_suite(Junit *junit, const char **attributes)
{
    if (junit->depth > 0)
        complain(junit, "a testsuite inside something");
    need(junit, attributes, "name");
    junit->said_tests = number(junit, attributes, "tests");
    junit->said_failures = number(junit, attributes, "failures");
}

static void begin_case(Junit *junit, const char **attributes)
{
    if (!is_inside(junit, "testsuite"))
        complain(junit, "a testcase outside the testsuite");
    need(junit, attributes, "classname");
    need(junit, attributes, "name");
    junit->tests++;
    junit->case_failed = false;
}

/* A suite counts the cases that failed, however often each did. */
static void begin_failure(Junit *junit, const char **attributes)
{
    if (!is_inside(junit, "testcase"))
        complain(junit, "a failure outside a testcase");
    need(junit, attributes, "message");
    junit->failures += !junit->case_failed;
    junit->case_failed = true;
}

static void begin(void *context, const char *name, const char **attributes)
{
    Junit *junit = context;
    if (strcmp(name, "testsuite") == 0)
        begin_suite(junit, attributes);
    else if (strcmp(name, "testcase") == 0)
        begin_case(junit, attributes);
    else if (strcmp(name, "failure") == 0)
        begin_failure(junit, attributes);
    else if (strcmp(name, "system-out") != 0)
        complain(junit, "an element that no reader knows");
    if (junit->depth < sizeof junit->open / sizeof *junit->open)
        snprintf(junit->open[junit->depth++], sizeof *junit->open, "%s", name);
}

static void end(void *context, const char *name)
{
    Junit *junit = context;
    (void)name;
    if (junit->depth > 0)
        junit->depth--;
}

static void check_junit(const char *path, const char *text, size_t length)
{
    Junit junit = {.parser = XML_ParserCreate(NULL), .file = path};
    XML_SetUserData(junit.parser, &junit);
    XML_SetElementHandler(junit.parser, begin, end);
    if (XML_Parse(junit.parser, text, (int)length, 1) != XML_STATUS_OK)
        complain(&junit, XML_ErrorString(XML_GetErrorCode(junit.parser)));
    else if (junit.tests != junit.said_tests || junit.failures != junit.said_failures)
        complain(&junit, "the suite counts its cases wrongly");
    XML_ParserFree(junit.parser);
}

/* ---- TAP ------------------------------------------------------------------------- */

/* "ok 3 - what it is about" or "not ok 3 - …"; the number, or 0. */
static unsigned result_number(const char *line)
{
    unsigned number = 0;
    int read = 0;
    if (strncmp(line, "not ", 4) == 0)
        line += 4;
    return sscanf(line, "ok %u - %n", &number, &read) == 1 && read > 0 && line[read] ? number
                                                                                     : 0;
}

static void check_tap(const char *path, char *text)
{
    unsigned planned = 0, seen = 0;
    size_t at = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        at++;
        char more;
        if (at == 1 && strcmp(line, "TAP version 13") != 0)
            fault(path, at, "no version");
        else if (at == 2 && sscanf(line, "1..%u%c", &planned, &more) != 1)
            fault(path, at, "no plan");
        else if (at > 2 && *line != '#' && result_number(line) != ++seen)
            fault(path, at, "neither the next result nor a comment");
    }
    if (seen != planned)
        fault(path, at, "other results than were planned");
}

/* ---- files ------------------------------------------------------------------------- */

static char *read_file(const char *path, size_t *length)
{
    enum { MOST = 4 << 20 };
    FILE *file = fopen(path, "rb");
    char *text = file ? malloc(MOST + 1) : NULL;
    if (!text) {
        fprintf(stderr, "reports: cannot read '%s'\n", path);
        exit(2);
    }
    *length = fread(text, 1, MOST, file);
    text[*length] = '\0';
    fclose(file);
    return text;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        size_t length;
        char *text = read_file(argv[i], &length);
        if (strncmp(text, "<?xml", 5) == 0)
            check_junit(argv[i], text, length);
        else if (strncmp(text, "TAP", 3) == 0)
            check_tap(argv[i], text);
        else
            fault(argv[i], 1, "neither JUnit nor TAP");
        free(text);
    }
    return faults ? 1 : 0;
}
