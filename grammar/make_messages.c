/* Turns grammar/messages.txt into the table that src/lang/messages.c looks in.
 * Each wrong example there is read by the parser itself, which tells in which
 * of its states the marked word was refused. The build stops when an example is
 * not wrong any more, is wrong elsewhere than marked, or when two sentences
 * claim one state. Usage: make-messages messages.txt >messages_table.h */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "lang/messages.h"
#include "lang/parser.h"

typedef struct Entry {
    int state, token;
    int sentence;
    int line;
} Entry;

typedef struct Table {
    Entry *entries;
    size_t count, capacity;
    char **sentences;
    size_t sentence_count, sentence_capacity;
    int failures;
} Table;

/* What the parser asked for last; it stands here in place of messages.c. */
static struct {
    int state, token, calls;
} asked;

const char *message_find(int state, int token)
{
    asked.state = state;
    asked.token = token;
    asked.calls++;
    return NULL;
}

static void fail(Table *table, int line, const char *what)
{
    fprintf(stderr, "messages.txt:%d: %s\n", line, what);
    table->failures++;
}

/* An example's own text: " / " is a line's end, and `^` marks the word that is
 * refused, `^=` one that is refused with a sentence for this word only. */
static char *example_text(const char *example, long *marked, bool *exact)
{
    Text text = {0};
    *marked = -1;
    *exact = false;
    for (const char *at = example; *at; at++) {
        if (strncmp(at, " / ", 3) == 0) {
            text_add(&text, "\n ");
            at += 2;
        } else if (*at == '^') {
            *marked = (long)text.length;
            *exact = at[1] == '=';
            at += *exact;
        } else {
            text_add_char(&text, *at);
        }
    }
    return text_take(&text);
}

/* Reads one example and tells whether the marked word, and nothing else, is
 * refused with a sentence of this kind. */
static bool read_example(const char *text, long marked, const char **why)
{
    Source source = {
        .path = "example", .name = "example", .text = text, .length = strlen(text)};
    Bundle bundle = {.sources = &source, .source_count = 1};
    asked.calls = 0;
    parse_source(&bundle, 0);
    *why = NULL;
    if (asked.calls == 0)
        *why = bundle.diags.count ? "this mistake has a message of its own"
                                  : "nothing is wrong here";
    else if (asked.calls > 1 || bundle.diags.count != 1)
        *why = "more than one mistake";
    else if (strcmp(bundle.diags.items[0]->code, "CF001") == 0 &&
             bundle.diags.items[0]->span.offset != (uint32_t)marked)
        *why = "another word than the marked one is refused";
    diags_clear(&bundle.diags);
    arena_clear(&bundle.arena);
    return !*why;
}

static void add_entry(Table *table, Entry entry)
{
    for (size_t i = 0; i < table->count; i++) {
        Entry *other = &table->entries[i];
        if (other->state != entry.state || other->token != entry.token)
            continue;
        if (other->sentence != entry.sentence) {
            fprintf(stderr, "(the other one is on line %d)\n", other->line);
            fail(table, entry.line, "another sentence claims the same place");
        }
        return;
    }
    table->entries =
        mem_grow(table->entries, &table->capacity, table->count + 1, sizeof *table->entries);
    table->entries[table->count++] = entry;
}

static void add_example(Table *table, const char *example, int line)
{
    long marked;
    bool exact;
    char *text = example_text(example, &marked, &exact);
    const char *why = "no word is marked";
    if (marked >= 0 && read_example(text, marked, &why)) {
        Entry entry = {asked.state, exact ? asked.token : MESSAGE_ANY_TOKEN,
                       (int)table->sentence_count, line};
        add_entry(table, entry);
    } else {
        fail(table, line, why);
    }
    free(text);
}

static void add_sentence(Table *table, const char *sentence)
{
    table->sentences = mem_grow(table->sentences, &table->sentence_capacity,
                                table->sentence_count + 1, sizeof *table->sentences);
    table->sentences[table->sentence_count++] = mem_strdup(sentence);
}

/* Examples, each on a line of its own that begins with "| ", then their sentence. */
static void read_line(Table *table, const char *text, int line)
{
    if (text[0] == '|' && text[1] == ' ')
        add_example(table, text + 2, line);
    else if (text[0] && text[0] != '#')
        add_sentence(table, text);
}

static void read_file(Table *table, FILE *file)
{
    char line[2000];
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        line[strcspn(line, "\n")] = '\0';
        read_line(table, line, number);
    }
}

static int compare_entries(const void *a, const void *b)
{
    const Entry *left = a, *right = b;
    if (left->state != right->state)
        return left->state < right->state ? -1 : 1;
    return (left->token > right->token) - (left->token < right->token);
}

static void write_table(Table *table)
{
    qsort(table->entries, table->count, sizeof *table->entries, compare_entries);
    puts("static const char *const sentences[] = {");
    for (size_t i = 0; i < table->sentence_count; i++) {
        fputs("    \"", stdout);
        for (const char *at = table->sentences[i]; *at; at++)
            printf(*at == '"' || *at == '\\' ? "\\%c" : "%c", *at);
        puts("\",");
    }
    puts("};\n\nstatic const Message messages[] = {");
    for (size_t i = 0; i < table->count; i++)
        printf("    {%d, %d, %d},\n", table->entries[i].state, table->entries[i].token,
               table->entries[i].sentence);
    puts("};");
}

static void clear_table(Table *table)
{
    for (size_t i = 0; i < table->sentence_count; i++)
        free(table->sentences[i]);
    free(table->sentences);
    free(table->entries);
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!file) {
        fputs("usage: make-messages messages.txt\n", stderr);
        return 2;
    }
    Table table = {0};
    read_file(&table, file);
    fclose(file);
    bool good = table.failures == 0;
    if (good)
        write_table(&table);
    clear_table(&table);
    return good ? 0 : 1;
}
