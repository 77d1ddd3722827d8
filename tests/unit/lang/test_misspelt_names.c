/* The two policies and their scenarios with a letter left out of one name at a time:
 * where the name is used, that is said there, and what is suggested is the name that
 * was meant. Run by hand it prints how often. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/text.h"
#include "lang/lexer.h"
#include "lang/names.h"

static struct {
    size_t uses, told, suggested;
} tally;

/* What is read instead of the file of that name. */
typedef struct Changed {
    const char *path;
    const Text *text;
} Changed;

static bool read_path(const char *path, Text *text)
{
    char part[4096];
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
        text_add_bytes(text, part, n);
    fclose(file);
    return true;
}

static bool read_flow(void *context, const char *name, const char *from, char **path,
                      char **text, size_t *length, Error *err)
{
    const Changed *changed = context;
    char full[500];
    Text all = {0};
    snprintf(full, sizeof full, "%s%s%s",
             !from                        ? ""
             : strstr(name, ".scenarios") ? "workflows/"
                                          : "stdlib/",
             name, from ? ".flow" : "");
    if (strcmp(full, changed->path) == 0)
        text_add_bytes(&all, text_get(changed->text), changed->text->length);
    else if (!read_path(full, &all))
        return error_kind(err, ERROR_NOT_FOUND, "no '%s'", full);
    *length = all.length;
    *path = mem_strdup(full);
    *text = text_take(&all);
    return true;
}

/* The finding about the name that stands there; NULL: nothing is said about it. */
static const Diag *finding_at(const Bundle *bundle, const char *path, uint32_t offset)
{
    for (size_t i = 0; i < bundle->diags.count; i++) {
        const Diag *diag = bundle->diags.items[i];
        if (diag->span.offset == offset &&
            strcmp(bundle->sources[diag->span.file].path, path) == 0)
            return diag;
    }
    return NULL;
}

static void try_name(const char *flow, const Changed *changed, uint32_t offset,
                     const char *meant, size_t length)
{
    Bundle bundle;
    Error err = {0};
    char wanted[200];
    snprintf(wanted, sizeof wanted, "Did you mean \"%.*s\"", (int)length, meant);
    assert_true(bundle_load(&bundle, flow, read_flow, (void *)(uintptr_t)changed, &err));
    names_resolve(&bundle);
    const Diag *diag = finding_at(&bundle, changed->path, offset);
    tally.uses++;
    tally.told += diag != NULL;
    tally.suggested += diag && diag->help && strstr(diag->help, wanted);
    bundle_clear(&bundle);
}

/* After the first word of a line a name is declared, or an event is named. */
static bool declares(Token before)
{
    return before.keyword && before.first_on_line && keywords[before.keyword - 1].lead;
}

static void try_file(const char *flow, const char *path)
{
    static KeywordTable table;
    Text text = {0}, changed = {0};
    keyword_table_fill(&table);
    assert_true(read_path(path, &text));
    Lexer lexer;
    lexer_start(&lexer, &table, text_get(&text), text.length);
    Token before = {0};
    for (Token token; (token = lexer_next(&lexer)).code != TK_END; before = token) {
        if (token.code != TK_NAME || token.keyword || token.length < 6 || declares(before))
            continue;
        const char *name = text_get(&text) + token.offset;
        text_reset(&changed);
        text_add_bytes(&changed, text_get(&text), token.offset + 2);
        text_add_bytes(&changed, name + 3, text.length - token.offset - 3);
        try_name(flow, &(Changed){path, &changed}, token.offset, name, token.length);
    }
    text_clear(&text);
    text_clear(&changed);
}

static void a_misspelt_name_is_told_with_the_name_that_was_meant(void **state)
{
    (void)state;
    try_file("workflows/cre.flow", "workflows/cre.flow");
    try_file("workflows/cse.flow", "workflows/cse.flow");
    try_file("workflows/cre.flow", "workflows/cre.scenarios.flow");
    try_file("workflows/cse.flow", "workflows/cse.scenarios.flow");
    print_message("%zu names misspelt, %zu told at their place, %zu with the right name\n",
                  tally.uses, tally.told, tally.suggested);
    assert_true(tally.uses > 500);
    assert_true(tally.suggested * 100 >= tally.uses * 90);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_misspelt_name_is_told_with_the_name_that_was_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
