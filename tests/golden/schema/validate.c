/* validate [--all-seen] FOLDER FILE …: holds what the program printed against the
 * schemas in FOLDER. A file holds one JSON text after another; "schema":
 * "casewright/NAME/1" in it says that NAME-1.json is meant; SARIF is known by its
 * "runs". Only the words of JSON
 * Schema that our schemas use are known; any other is an error, so that no schema
 * says what nobody checks. With --all-seen each property of each schema must have
 * occurred in some file. Ends with 0, 1 (something does not fit) or 2. */
#include <dirent.h>
#include <jansson.h>
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Validation {
    json_t *schemas; /* file name -> schema */
    json_t *seen;    /* address of a property's schema -> true */
    const char *file;
    int faults;
    char at[4000]; /* the place in the text: .work[3].due */
} Validation;

/* A schema together with the file it stands in, from which "#/…" counts. */
typedef struct Schema {
    json_t *node;
    const char *document;
} Schema;

static void validate(Validation *v, Schema schema, json_t *value);

static void fault(Validation *v, const char *what)
{
    printf("%s: at %s: %s\n", v->file, *v->at ? v->at : "the top", what);
    v->faults++;
}

static void unusable(const char *what, const char *which)
{
    fprintf(stderr, "validate: %s '%s'\n", what, which);
    exit(2);
}

/* "common.json#/$defs/day" or "#/$defs/finding". */
static Schema follow(const Validation *v, Schema from, const char *reference)
{
    char document[100];
    const char *hash = strchr(reference, '#');
    size_t length = hash ? (size_t)(hash - reference) : 0;
    const char *path = "#/$defs/";
    if (!hash || length >= sizeof document || strncmp(hash, path, strlen(path)) != 0)
        unusable("unknown form of reference", reference);
    memcpy(document, reference, length);
    document[length] = '\0';
    const char *key;
    json_t *root;
    Schema target = {NULL, from.document};
    json_object_foreach(v->schemas, key, root)
    {
        if (strcmp(key, length ? document : from.document) == 0)
            target = (Schema){
                json_object_get(json_object_get(root, "$defs"), hash + strlen(path)), key};
    }
    if (!target.node)
        unusable("nothing at reference", reference);
    return target;
}

static void remember(Validation *v, const json_t *schema)
{
    char address[40];
    snprintf(address, sizeof address, "%p", (const void *)schema);
    json_object_set_new(v->seen, address, json_true());
}

static bool was_seen(const Validation *v, const json_t *schema)
{
    char address[40];
    snprintf(address, sizeof address, "%p", (const void *)schema);
    return json_object_get(v->seen, address) != NULL;
}

/* Validates one part; `v->at` is longer meanwhile. */
static void descend(Validation *v, Schema schema, json_t *value, const char *format,
                    const char *key, size_t index)
{
    size_t before = strlen(v->at);
    if (key)
        snprintf(v->at + before, sizeof v->at - before, format, key);
    else
        snprintf(v->at + before, sizeof v->at - before, "[%zu]", index);
    validate(v, schema, value);
    v->at[before] = '\0';
}

/* ---- the words of the schemas ------------------------------------------------------ */

static bool is_of_type(const json_t *value, const char *type)
{
    if (strcmp(type, "object") == 0)
        return json_is_object(value);
    if (strcmp(type, "array") == 0)
        return json_is_array(value);
    if (strcmp(type, "string") == 0)
        return json_is_string(value);
    if (strcmp(type, "integer") == 0)
        return json_is_integer(value);
    if (strcmp(type, "number") == 0)
        return json_is_number(value);
    if (strcmp(type, "boolean") == 0)
        return json_is_boolean(value);
    if (strcmp(type, "null") != 0)
        unusable("unknown type", type);
    return json_is_null(value);
}

static void check_type(Validation *v, Schema schema, json_t *word, json_t *value)
{
    (void)schema;
    bool fits = json_is_string(word) && is_of_type(value, json_string_value(word));
    size_t i;
    json_t *each;
    json_array_foreach(word, i, each) fits = is_of_type(value, json_string_value(each)) || fits;
    if (!fits)
        fault(v, "wrong type");
}

static void check_properties(Validation *v, Schema schema, json_t *word, json_t *value)
{
    const char *key;
    json_t *each;
    json_object_foreach(word, key, each)
    {
        json_t *part = json_object_get(value, key);
        if (!part)
            continue;
        remember(v, each);
        descend(v, (Schema){each, schema.document}, part, ".%s", key, 0);
    }
}

static void check_required(Validation *v, Schema schema, json_t *word, json_t *value)
{
    (void)schema;
    size_t i;
    json_t *each;
    json_array_foreach(word, i, each)
    {
        char what[200];
        snprintf(what, sizeof what, "'%s' is missing", json_string_value(each));
        if (json_is_object(value) && !json_object_get(value, json_string_value(each)))
            fault(v, what);
    }
}

static void check_additional(Validation *v, Schema schema, json_t *word, json_t *value)
{
    json_t *known = json_object_get(schema.node, "properties");
    const char *key;
    json_t *part;
    json_object_foreach(value, key, part)
    {
        char what[200];
        if (json_object_get(known, key))
            continue;
        snprintf(what, sizeof what, "'%s' is in no schema", key);
        if (json_is_false(word))
            fault(v, what);
        else if (json_is_object(word))
            descend(v, (Schema){word, schema.document}, part, ".%s", key, 0);
    }
}

static void check_items(Validation *v, Schema schema, json_t *word, json_t *value)
{
    size_t i;
    json_t *part;
    json_array_foreach(value, i, part)
        descend(v, (Schema){word, schema.document}, part, NULL, NULL, i);
}

static void check_enum(Validation *v, Schema schema, json_t *word, json_t *value)
{
    (void)schema;
    size_t i;
    json_t *each;
    json_array_foreach(word, i, each) if (json_equal(each, value)) return;
    char what[200];
    snprintf(what, sizeof what, "'%s' is not one of the values",
             json_is_string(value) ? json_string_value(value) : "this");
    fault(v, what);
}

static void check_const(Validation *v, Schema schema, json_t *word, json_t *value)
{
    (void)schema;
    if (!json_equal(word, value))
        fault(v, "not the value that it must be");
}

static void check_pattern(Validation *v, Schema schema, json_t *word, json_t *value)
{
    (void)schema;
    regex_t pattern;
    if (!json_is_string(value))
        return;
    if (regcomp(&pattern, json_string_value(word), REG_EXTENDED | REG_NOSUB) != 0)
        unusable("not a pattern", json_string_value(word));
    if (regexec(&pattern, json_string_value(value), 0, NULL, 0) != 0)
        fault(v, "does not have the form that it must have");
    regfree(&pattern);
}

static void check_minimum(Validation *v, Schema schema, json_t *word, json_t *value)
{
    (void)schema;
    if (json_is_integer(value) && json_integer_value(value) < json_integer_value(word))
        fault(v, "too small");
}

static void check_reference(Validation *v, Schema schema, json_t *word, json_t *value)
{
    validate(v, follow(v, schema, json_string_value(word)), value);
}

static const struct Word {
    const char *name;
    void (*check)(Validation *v, Schema schema, json_t *word, json_t *value);
} words[] = {
    {"type", check_type},
    {"properties", check_properties},
    {"required", check_required},
    {"additionalProperties", check_additional},
    {"items", check_items},
    {"enum", check_enum},
    {"const", check_const},
    {"pattern", check_pattern},
    {"minimum", check_minimum},
    {"$ref", check_reference},
    {"$schema", NULL},
    {"$id", NULL},
    {"$defs", NULL},
    {"title", NULL},
    {"description", NULL},
};

static const struct Word *find_word(const char *name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].name, name) == 0)
            return &words[i];
    unusable("unknown word in a schema:", name);
    return NULL;
}

static void validate(Validation *v, Schema schema, json_t *value)
{
    const char *key;
    json_t *each;
    json_object_foreach(schema.node, key, each)
    {
        const struct Word *word = find_word(key);
        if (word->check)
            word->check(v, schema, each, value);
    }
}

/* ---- files ------------------------------------------------------------------------- */

static json_t *load_schemas(const char *folder)
{
    json_t *schemas = json_object();
    DIR *directory = opendir(folder);
    struct dirent *entry;
    while (directory && (entry = readdir(directory))) {
        char path[4096];
        json_error_t wrong;
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".json") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        json_t *schema = json_load_file(path, JSON_REJECT_DUPLICATES, &wrong);
        if (!schema)
            unusable(wrong.text, path);
        json_object_set_new(schemas, entry->d_name, schema);
    }
    if (directory)
        closedir(directory);
    if (json_object_size(schemas) == 0)
        unusable("no schemas in", folder);
    return schemas;
}

/* SARIF has a form of its own and no room for our "schema". */
static bool is_sarif(const json_t *value)
{
    return json_object_get(value, "runs") && json_object_get(value, "version");
}

static void validate_text(Validation *v, json_t *value)
{
    char document[100];
    json_t *sarif = is_sarif(value) ? json_object_get(v->schemas, "sarif.json") : NULL;
    if (sarif) {
        validate(v, (Schema){sarif, "sarif.json"}, value);
        return;
    }
    const char *named = json_string_value(json_object_get(value, "schema"));
    if (!named || strncmp(named, "casewright/", 11) != 0 || strlen(named) > 80) {
        fault(v, "does not say which schema it follows");
        return;
    }
    snprintf(document, sizeof document, "%s.json", named + 11);
    char *slash = strrchr(document, '/');
    if (slash)
        *slash = '-';
    json_t *schema = json_object_get(v->schemas, document);
    if (schema)
        validate(v, (Schema){schema, document}, value);
    else
        fault(v, "follows a schema that is not there");
}

static void validate_file(Validation *v, const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t count = 0;
    if (!file)
        unusable("cannot open", path);
    v->file = path;
    for (int c; (c = getc(file)) != EOF;) {
        if (c == ' ' || c == '\n')
            continue;
        ungetc(c, file);
        json_error_t wrong;
        json_t *value =
            json_loadf(file, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, &wrong);
        if (!value) {
            fault(v, wrong.text);
            break;
        }
        validate_text(v, value);
        json_decref(value);
        count++;
    }
    if (count == 0)
        fault(v, "nothing was printed");
    fclose(file);
}

/* ---- what no output has shown ------------------------------------------------------ */

static void report_unseen(Validation *v, json_t *node, const char *document)
{
    const char *key;
    json_t *each;
    size_t i;
    json_object_foreach(json_object_get(node, "properties"), key, each)
    {
        if (was_seen(v, each))
            continue;
        printf("%s: no output has '%s'\n", document, key);
        v->faults++;
    }
    json_object_foreach(node, key, each) report_unseen(v, each, document);
    json_array_foreach(node, i, each) report_unseen(v, each, document);
}

static void report_all_unseen(Validation *v)
{
    const char *document;
    json_t *schema;
    json_object_foreach(v->schemas, document, schema) report_unseen(v, schema, document);
}

int main(int argc, char **argv)
{
    bool all_seen = argc > 1 && strcmp(argv[1], "--all-seen") == 0;
    int first = all_seen ? 2 : 1;
    if (argc < first + 2)
        unusable("how to call it:", "validate [--all-seen] FOLDER FILE …");
    Validation v = {.schemas = load_schemas(argv[first]), .seen = json_object()};
    for (int i = first + 1; i < argc; i++)
        validate_file(&v, argv[i]);
    if (all_seen)
        report_all_unseen(&v);
    json_decref(v.schemas);
    json_decref(v.seen);
    return v.faults ? 1 : 0;
}
