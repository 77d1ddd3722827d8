/* Every flow and scenario of the tree with one token deleted, doubled, swapped with
 * the next, misspelt or replaced: the parser never fails, says at most one thing
 * about a clause, points inside the file, and its legality test never disagrees
 * with lemon (that ends the program). Run by hand it also prints how many places
 * of the grammar have no sentence of their own yet, and how often the first
 * suggestion was the word that had been misspelt; with MUTATIONS_SHOW=1 the
 * mistakes that fell back to a generated sentence. */
#include <dirent.h>
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
#include "lang/messages_lookup.h"
#include "lang/parser.h"

#define STATES_MAX 4000

static struct {
    bool seen[STATES_MAX], written[STATES_MAX];
    int last; /* the state asked for last */
    size_t mutations, silent, reported, fallbacks, misspelt, suggested, other_suggestion;
    size_t crowded; /* two messages about one clause, or three about one mistake */
} tally;

static char shown[STATES_MAX];

/* Stands in for src/lang/messages.c. */
const char *message_find(int state, int token)
{
    const char *text = message_written(state, token);
    assert_true(state >= 0 && state < STATES_MAX);
    tally.last = state;
    tally.seen[state] = true;
    if (text)
        tally.written[state] = true;
    else
        tally.fallbacks++;
    return text;
}

/* ---- the flows ------------------------------------------------------------------ */

typedef struct Flows {
    char **texts;
    size_t count, capacity;
} Flows;

static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    Text text = {0};
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
        text_add_bytes(&text, part, n);
    fclose(file);
    return text_take(&text);
}

static bool ends_in(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length >= tail && strcmp(name + length - tail, end) == 0;
}

static void collect(Flows *flows, const char *folder)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        char path[1000];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (!ends_in(path, ".flow")) {
            collect(flows, path);
            continue;
        }
        flows->texts =
            mem_grow(flows->texts, &flows->capacity, flows->count + 1, sizeof *flows->texts);
        flows->texts[flows->count++] = read_whole(path);
    }
    closedir(dir);
}

/* ---- one parse -------------------------------------------------------------------- */

static bool is_syntax(const Diag *diag)
{
    return strncmp(diag->code, "CF0", 3) == 0;
}

/* The offset of the clause that `offset` lies in: of the last first word of a
 * line before it that may begin clauses anywhere. */
static uint32_t clause_of(const Token *tokens, size_t count, uint32_t offset)
{
    uint32_t clause = 0;
    for (size_t i = 0; i < count && tokens[i].offset <= offset; i++)
        if (tokens[i].first_on_line && tokens[i].keyword &&
            keywords[tokens[i].keyword - 1].lead)
            clause = tokens[i].offset;
    return clause;
}

static size_t lex(const char *text, size_t length, Token **tokens)
{
    static KeywordTable table;
    keyword_table_fill(&table);
    Lexer lexer;
    lexer_start(&lexer, &table, text, length);
    size_t count = 0, capacity = 0;
    for (;;) {
        Token token = lexer_next(&lexer);
        *tokens = mem_grow(*tokens, &capacity, count + 1, sizeof **tokens);
        if (token.code == TK_END)
            return count;
        (*tokens)[count++] = token;
    }
}

static void check_findings(const Bundle *bundle, const char *text, size_t length)
{
    Token *tokens = NULL;
    size_t count = lex(text, length, &tokens);
    for (size_t i = 0; i < bundle->diags.count; i++) {
        const Diag *diag = bundle->diags.items[i];
        assert_true(diag->span.offset <= length);
        assert_true(diag->span.length <= length - diag->span.offset);
        assert_true(strlen(diag->text) > 0);
        if (i && is_syntax(diag) && is_syntax(bundle->diags.items[i - 1]) &&
            clause_of(tokens, count, diag->span.offset) ==
                clause_of(tokens, count, bundle->diags.items[i - 1]->span.offset)) {
            tally.crowded++;
            print_message("two messages in one clause at %u: %s\n   and %s\nin:\n%s\n",
                          (unsigned)diag->span.offset, bundle->diags.items[i - 1]->text,
                          diag->text, text);
        }
    }
    if (bundle->diags.count > 2) {
        tally.crowded++;
        print_message("one change, %zu messages: %s in:\n%s\n", bundle->diags.count,
                      bundle->diags.items[0]->text, text);
    }
    free(tokens);
}

static Bundle parse(Source *source, const char *text, size_t length)
{
    *source = (Source){.path = "mutation", .name = "mutation", .text = text, .length = length};
    Bundle bundle = {.sources = source, .source_count = 1};
    parse_source(&bundle, 0);
    diags_sort(&bundle.diags);
    return bundle;
}

static void end_parse(Bundle *bundle)
{
    diags_clear(&bundle->diags);
    arena_clear(&bundle->arena);
}

/* ---- mutations ----------------------------------------------------------------------- */

static void show_fallback(const Bundle *bundle, const char *text, size_t fallbacks_before)
{
    if (tally.fallbacks == fallbacks_before || !getenv("MUTATIONS_SHOW") || shown[tally.last]++)
        return;
    const Diag *diag = bundle->diags.items[0];
    uint32_t start = diag->span.offset, end = start;
    while (start && diag->span.offset - start < 120 && strncmp(text + start, "\n\n", 2) != 0)
        start--;
    while (text[end] && text[end] != '\n')
        end++;
    printf("%d\t%s\n%.*s^%.*s\n\n", tally.last, diag->text, (int)(diag->span.offset - start),
           text + start, (int)(end - diag->span.offset), text + diag->span.offset);
}

static void try_text(const char *text, size_t length, const char *original,
                     size_t original_length)
{
    Source source;
    size_t fallbacks = tally.fallbacks;
    Bundle bundle = parse(&source, text, length);
    tally.mutations++;
    tally.reported += bundle.diags.count > 0;
    tally.silent += bundle.diags.count == 0;
    check_findings(&bundle, text, length);
    show_fallback(&bundle, text, fallbacks);
    if (original && bundle.diags.count) {
        const Diag *diag = bundle.diags.items[0];
        tally.misspelt++;
        if (!diag->replace)
            ;
        else if (strlen(diag->replace) == original_length &&
                 memcmp(diag->replace, original, original_length) == 0)
            tally.suggested++;
        else
            tally.other_suggestion++;
    }
    end_parse(&bundle);
}

/* `text` with `length` bytes at `offset` replaced. */
static void replaced(Text *out, const char *text, size_t total, size_t offset, size_t length,
                     const char *with, size_t with_length)
{
    text_reset(out);
    text_add_bytes(out, text, offset);
    text_add_bytes(out, with, with_length);
    text_add_bytes(out, text + offset + length, total - offset - length);
}

static void mutate_token(Text *out, const char *text, size_t total, Token token,
                         const Token *next)
{
    const char *word = text + token.offset;
    replaced(out, text, total, token.offset, token.length, "", 0);
    try_text(text_get(out), out->length, NULL, 0);

    char twice[300];
    if (token.length < 100) {
        int n = snprintf(twice, sizeof twice, "%.*s %.*s", (int)token.length, word,
                         (int)token.length, word);
        replaced(out, text, total, token.offset, token.length, twice, (size_t)n);
        try_text(text_get(out), out->length, NULL, 0);
    }
    if (next && next->offset + next->length - token.offset < sizeof twice - 10) {
        size_t between = next->offset - token.offset - token.length;
        int n = snprintf(twice, sizeof twice, "%.*s%.*s%.*s", (int)next->length,
                         text + next->offset, (int)between, word + token.length,
                         (int)token.length, word);
        replaced(out, text, total, token.offset, next->offset + next->length - token.offset,
                 twice, (size_t)n);
        try_text(text_get(out), out->length, NULL, 0);
    }
    if (token.keyword && token.length > 3) { /* the third letter falls out */
        int n =
            snprintf(twice, sizeof twice, "%.2s%.*s", word, (int)token.length - 3, word + 3);
        replaced(out, text, total, token.offset, token.length, twice, (size_t)n);
        try_text(text_get(out), out->length, word, token.length);
    }
}

/* Something quite different in its place: two of the strangers for each token, in
 * turn, or the test would take a minute under the sanitizers. */
static void mutate_to_stranger(Text *out, const char *text, size_t total, Token token)
{
    static const char *const strangers[] = {")",    "something", "3",     "\"text\"", "and",
                                            "then", "when",      "given", "is"};
    static size_t turn;
    for (size_t i = 0; i < 2; i++) {
        const char *stranger = strangers[turn++ % (sizeof strangers / sizeof *strangers)];
        replaced(out, text, total, token.offset, token.length, stranger, strlen(stranger));
        try_text(text_get(out), out->length, NULL, 0);
    }
}

/* A block with those beside it, so that what a mistake does to its neighbours is
 * seen while a parse stays short. */
static void mutate_blocks(const char *text)
{
    size_t length = strlen(text);
    Token *tokens = NULL;
    size_t count = lex(text, length, &tokens);
    size_t starts[4] = {0}, blocks = 0; /* the last four places where a block began */
    Text out = {0};
    for (size_t i = 0; i <= count; i++) {
        bool begins = i == count || (tokens[i].first_on_line && tokens[i].keyword &&
                                     text[tokens[i].offset - (tokens[i].offset > 0)] == '\n' &&
                                     keywords[tokens[i].keyword - 1].blocks == BLOCK_ANY);
        if (!begins)
            continue;
        memmove(starts, starts + 1, 3 * sizeof *starts);
        starts[3] = i;
        if (++blocks < 3)
            continue;
        size_t from = tokens[starts[0]].offset, to = i < count ? tokens[i].offset : length;
        char *window = mem_strndup(text + from, to - from);
        Source source;
        Bundle whole = parse(&source, window, to - from);
        bool fine = whole.diags.count == 0;
        end_parse(&whole);
        for (size_t k = starts[1]; fine && k < starts[2]; k++) {
            Token token = tokens[k], next = k + 1 < count ? tokens[k + 1] : token;
            token.offset -= (uint32_t)from;
            next.offset -= (uint32_t)from;
            mutate_token(&out, window, to - from, token, k + 1 < starts[3] ? &next : NULL);
            mutate_to_stranger(&out, window, to - from, token);
        }
        free(window);
    }
    text_clear(&out);
    free(tokens);
}

static void every_flow_with_one_token_wrong_is_read_with_one_message_a_clause(void **state)
{
    (void)state;
    Flows flows = {0};
    const char *folders[] = {"workflows", "stdlib", "tests/golden", "tests/unit/lang/flows"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        collect(&flows, folders[i]);
    assert_true(flows.count > 0);
    for (size_t i = 0; i < flows.count; i++) {
        mutate_blocks(flows.texts[i]);
        free(flows.texts[i]);
    }
    free(flows.texts);
    size_t seen = 0, unwritten = 0;
    for (size_t i = 0; i < STATES_MAX; i++) {
        seen += tally.seen[i];
        unwritten += tally.seen[i] && !tally.written[i];
    }
    print_message("%zu mutations: %zu still say something else that is right, %zu reported\n",
                  tally.mutations, tally.silent, tally.reported);
    print_message("%zu places refused a word, %zu of them with a generated sentence\n", seen,
                  unwritten);
    print_message(
        "%zu misspelt words reported, %zu with the right suggestion, %zu with another\n",
        tally.misspelt, tally.suggested, tally.other_suggestion);
    assert_int_equal(tally.crowded, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_flow_with_one_token_wrong_is_read_with_one_message_a_clause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
