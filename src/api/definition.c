/* Definitions: deployed as source, hashed by what they mean, compiled when first
 * used and kept for as long as the connection lives. */
#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/analysis.h"
#include "api/engine_internal.h"
#include "base/limits.h"
#include "base/mem.h"
#include "compile/compile.h"
#include "lang/names.h"
#include "lang/suggest.h"

enum { LANGUAGE_VERSION = 1 };

void hash_to_text(const uint8_t hash[STORE_HASH_BYTES], char text[65])
{
    sodium_bin2hex(text, 65, hash, STORE_HASH_BYTES);
}

uint32_t index_of(const Map *map, const char *name)
{
    int64_t index = name ? map_index(map, name) : -1;
    return index < 0 ? NO_INDEX : (uint32_t)index;
}

/* ---- hashes ------------------------------------------------------------------------- */

static void hash_text_of(const Text *text, uint8_t hash[STORE_HASH_BYTES])
{
    crypto_hash_sha256(hash, (const unsigned char *)text_get(text), text->length);
}

static void content_hash(const Bundle *bundle, uint8_t hash[STORE_HASH_BYTES])
{
    Text text = {0};
    bundle_normalise(bundle, &text);
    hash_text_of(&text, hash);
    text_clear(&text);
}

void flow_hash(const Bundle *bundle, char text[65])
{
    uint8_t hash[STORE_HASH_BYTES];
    content_hash(bundle, hash);
    hash_to_text(hash, text);
}

static const CalendarAst *flow_calendar(const Flow *flow)
{
    const Ref *ref = flow->workflow ? &flow->workflow->calendar : NULL;
    return ref && ref->text && ref->index >= 0 ? flow->calendar_at[ref->index] : NULL;
}

/* A calendar's dated rules, then those of the calendars it adds or takes away. A
 * circle among calendars was refused when names were resolved. */
static void add_dated_rules(const Bundle *bundle, const CalendarAst *calendar, Text *out)
{
    bundle_normalise_calendar(bundle, calendar, out);
    text_add_char(out, '\n');
    const RefList *lists[] = {&calendar->plus, &calendar->minus};
    for (size_t i = 0; i < 2; i++)
        for (const Ref *ref = lists[i]->first; ref; ref = ref->next)
            add_dated_rules(bundle, bundle->flow.calendar_at[ref->index], out);
}

/* The flow's name is part of it: two flows may call different calendars the same. */
bool bundle_calendar_hash(const Bundle *bundle, uint8_t hash[STORE_HASH_BYTES])
{
    const CalendarAst *calendar = flow_calendar(&bundle->flow);
    if (!calendar)
        return false;
    Text text = {0};
    text_addf(&text, "%s\n%s\n", bundle->flow.workflow->name, calendar->name);
    add_dated_rules(bundle, calendar, &text);
    hash_text_of(&text, hash);
    text_clear(&text);
    return true;
}

static char *calendar_row_name(const Bundle *bundle)
{
    Text text = {0};
    text_addf(&text, "%s/%s", bundle->flow.workflow->name, flow_calendar(&bundle->flow)->name);
    return text_take(&text);
}

/* ---- compiling what is stored ------------------------------------------------------- */

static bool load_stored(Bundle *bundle, const char *flow, const char *source, size_t length,
                        Error *err)
{
    BundlePack pack = {source, length};
    if (!bundle_load(bundle, flow, bundle_unpack, &pack, err))
        return false;
    if (!bundle->diags.errors)
        names_resolve(bundle);
    if (bundle->diags.errors)
        return error_kind(err, ERROR_INTEGRITY, "the stored flow '%s' no longer compiles: %s",
                          flow, bundle->diags.items[0]->text);
    return true;
}

/* Puts the calendar that another bundle of the same flow declares in place of the
 * program's own: the rules are the same, the dated holidays are not. */
static bool take_calendar(Engine *engine, Definition *definition, Error *err)
{
    CalendarRow row;
    bool found;
    if (!store_calendar_find(engine->store, definition->calendar, &row, &found, err))
        return false;
    if (!found)
        return error_kind(err, ERROR_INTEGRITY, "the dated holidays %s are not in the database",
                          definition->calendar_text);
    Bundle other = {0};
    const char *name = definition->bundle.flow.workflow->name;
    bool ok = load_stored(&other, name, row.source, row.source_length, err);
    const CalendarAst *ast = ok ? flow_calendar(&other.flow) : NULL;
    Calendar *calendar = ast ? compile_calendar(&other, ast, err) : NULL;
    bundle_clear(&other);
    if (!calendar)
        return ok && !ast
                   ? error_kind(err, ERROR_INTEGRITY, "the dated holidays %s name no calendar",
                                definition->calendar_text)
                   : false;
    calendar_free(definition->program->calendar);
    definition->program->calendar = calendar;
    return true;
}

static void name_all(Definition *definition)
{
    const Program *p = definition->program;
    for (uint32_t i = 0; i < p->fact_count; i++)
        map_add(&definition->facts, p->facts[i].name, strlen(p->facts[i].name), i);
    for (uint32_t i = 0; i < p->event_count; i++)
        map_add(&definition->events, p->events[i].name, strlen(p->events[i].name), i);
    for (uint32_t i = 0; i < p->state_count; i++)
        map_add(&definition->states, p->states[i].name, strlen(p->states[i].name), i);
    for (uint32_t i = 0; i < p->role_count; i++)
        map_add(&definition->roles, p->roles[i].name, strlen(p->roles[i].name), i);
}

static void definition_free(Definition *definition)
{
    if (definition->program) {
        vm_clear(&definition->vm);
        program_free(definition->program);
    }
    map_clear(&definition->facts);
    map_clear(&definition->events);
    map_clear(&definition->states);
    map_clear(&definition->roles);
    bundle_clear(&definition->bundle);
    free(definition);
}

static bool load_definition(Engine *engine, Definition *definition, Error *err)
{
    DefinitionRow row;
    bool found;
    if (!store_definition_find(engine->store, definition->hash, &row, &found, err))
        return false;
    if (!found)
        return error_kind(err, ERROR_INTEGRITY, "the definition %s is not in the database",
                          definition->hash_text);
    if (row.language_version > LANGUAGE_VERSION)
        return error_kind(
            err, ERROR_VERSION,
            "the flow '%s' was deployed by a newer casewright (language version %d)", row.flow,
            row.language_version);
    return load_stored(&definition->bundle, row.flow, row.source, row.source_length, err);
}

static bool compile_definition(Definition *definition, Error *err)
{
    definition->program = compile_bundle(&definition->bundle, err);
    if (!definition->program)
        return err->kind != ERROR_NONE
                   ? false
                   : error_kind(err, ERROR_INTEGRITY, "the stored flow '%s' no longer compiles",
                                definition->bundle.flow.workflow->name);
    vm_init(&definition->vm, definition->program);
    definition->layout = program_layout_fingerprint(definition->program);
    name_all(definition);
    return true;
}

static void set_calendar(Definition *definition, const uint8_t *calendar)
{
    definition->has_calendar = true;
    memcpy(definition->calendar, calendar, STORE_HASH_BYTES);
    hash_to_text(calendar, definition->calendar_text);
}

static bool is_it(const Definition *definition, const uint8_t *hash, const uint8_t *calendar)
{
    return memcmp(definition->hash, hash, STORE_HASH_BYTES) == 0 &&
           definition->has_calendar == (calendar != NULL) &&
           (!calendar || memcmp(definition->calendar, calendar, STORE_HASH_BYTES) == 0);
}

/* `calendar` NULL: whichever the source declares. */
static Definition *definition_load(Engine *engine, const uint8_t *hash, const uint8_t *calendar,
                                   Error *err)
{
    Definition *definition = mem_alloc(sizeof *definition);
    uint8_t own[STORE_HASH_BYTES];
    memcpy(definition->hash, hash, STORE_HASH_BYTES);
    hash_to_text(hash, definition->hash_text);
    bool ok = load_definition(engine, definition, err) && compile_definition(definition, err);
    if (ok && bundle_calendar_hash(&definition->bundle, own)) {
        set_calendar(definition, calendar ? calendar : own);
        ok = memcmp(own, definition->calendar, sizeof own) == 0 ||
             take_calendar(engine, definition, err);
    }
    if (!ok) {
        definition_free(definition);
        return NULL;
    }
    definition->next = engine->definitions;
    engine->definitions = definition;
    return definition;
}

Definition *definition_get(Engine *engine, const uint8_t *hash, const uint8_t *calendar,
                           Error *err)
{
    for (Definition *each = engine->definitions; each; each = each->next)
        if (is_it(each, hash, calendar))
            return each;
    return definition_load(engine, hash, calendar, err);
}

void definitions_clear(Engine *engine)
{
    while (engine->definitions) {
        Definition *next = engine->definitions->next;
        definition_free(engine->definitions);
        engine->definitions = next;
    }
}

/* ---- in force ----------------------------------------------------------------------- */

static Definition *any_loaded(Engine *engine, const uint8_t *hash, Error *err)
{
    for (Definition *each = engine->definitions; each; each = each->next)
        if (memcmp(each->hash, hash, STORE_HASH_BYTES) == 0)
            return each;
    return definition_load(engine, hash, NULL, err);
}

/* Which calendar a definition counts with is known once it was loaded: then the
 * newest dated holidays are one look-up away. */
static Definition *with_latest_calendar(Engine *engine, const uint8_t *hash, Error *err)
{
    Definition *definition = any_loaded(engine, hash, err);
    if (!definition || !definition->has_calendar)
        return definition;
    CalendarRow latest;
    bool found;
    char *name = calendar_row_name(&definition->bundle);
    bool ok = store_calendar_latest(engine->store, name, &latest, &found, err);
    free(name);
    if (!ok)
        return NULL;
    return found ? definition_get(engine, hash, latest.hash, err) : definition;
}

Definition *definition_in_force(Engine *engine, const char *flow, Day day, Error *err)
{
    DefinitionRow row;
    bool found;
    if (!store_definition_in_force(engine->store, flow, day, &row, &found, err))
        return NULL;
    if (!found) {
        char text[DAY_TEXT_MAX];
        day_format_long(day, text);
        error_kind(err, ERROR_NOT_FOUND,
                   "no flow '%s' is in force on %s: 'casewright deploy FILE' puts one into use",
                   flow, text);
        return NULL;
    }
    uint8_t hash[STORE_HASH_BYTES];
    memcpy(hash, row.hash, sizeof hash);
    return with_latest_calendar(engine, hash, err);
}

static_assert(sizeof((RoleFound){0}).nearest == LIMIT_NAME_BYTES + 1, "a name fits");

typedef struct RoleSearch {
    Engine *engine;
    Suggestion near;
    RoleFound *found;
} RoleSearch;

static bool visit_for_role(void *context, const DefinitionRow *row, Error *err)
{
    RoleSearch *search = context;
    uint8_t hash[STORE_HASH_BYTES];
    memcpy(hash, row->hash, sizeof hash);
    const Definition *definition = any_loaded(search->engine, hash, err);
    if (!definition)
        return false;
    search->found->any_flow = true;
    const Program *p = definition->program;
    for (uint32_t i = 0; i < p->role_count && !search->found->found; i++) {
        uint32_t before = search->near.distance;
        search->found->found = strcmp(p->roles[i].name, search->near.wanted) == 0;
        suggest_try(&search->near, p->roles[i].name);
        if (search->near.distance < before)
            snprintf(search->found->nearest, sizeof search->found->nearest, "%s",
                     p->roles[i].name);
    }
    return true;
}

bool definitions_find_role(Engine *engine, const char *role, RoleFound *found, Error *err)
{
    *found = (RoleFound){0};
    RoleSearch search = {.engine = engine, .near = suggest_begin(role), .found = found};
    return store_definitions(engine->store, NULL, visit_for_role, &search, err);
}

bool engine_definition(Engine *engine, const char *flow, const Bundle **bundle,
                       const Program **program, Error *err)
{
    Day today = day_of_instant((Zone){.summer_time = true}, engine->now);
    Definition *definition = definition_in_force(engine, flow, today, err);
    if (!definition)
        return false;
    *bundle = &definition->bundle;
    *program = definition->program;
    return true;
}

/* ---- deploying ---------------------------------------------------------------------- */

static bool store_bundle(Engine *engine, const Bundle *bundle, Person by, const Text *pack,
                         Deployed *deployed, Error *err)
{
    const WorkflowAst *workflow = bundle->flow.workflow;
    DefinitionRow row = {
        .language_version = LANGUAGE_VERSION,
        .flow = workflow->name,
        .version_label = workflow->version ? workflow->version : "",
        .in_force_from = workflow->in_force.day,
        .source = text_get(pack),
        .source_length = pack->length,
        .deployed = engine->now,
        .deployed_by = by,
    };
    content_hash(bundle, row.hash);
    hash_to_text(row.hash, deployed->hash);
    if (!store_definition_add(engine->store, &row, &deployed->is_new, err))
        return false;
    CalendarRow calendar = {.source = row.source,
                            .source_length = row.source_length,
                            .applied = engine->now,
                            .applied_by = by};
    if (!bundle_calendar_hash(bundle, calendar.hash))
        return true;
    hash_to_text(calendar.hash, deployed->calendar_hash);
    char *name = calendar_row_name(bundle);
    calendar.name = name;
    bool ok = store_calendar_add(engine->store, &calendar, &deployed->new_calendar, err);
    free(name);
    return ok;
}

static bool refuse_errors(const Bundle *bundle, const char *file, Error *err)
{
    size_t count = bundle->diags.errors;
    return count == 0 ||
           error_kind(err, ERROR_REFUSED, "'%s' has %zu error%s and was not deployed", file,
                      count, count == 1 ? "" : "s");
}

/* What `check` refuses does not go live. A rehearsal may try a draft: there it is
 * enough that the flow can run, and the findings are left in the bundle. */
static bool load_whole(Engine *engine, const char *file, Bundle *bundle, Error *err)
{
    if (!flow_load(&engine->places, file, bundle, err))
        return false;
    if (!bundle->diags.errors && !bundle->flow.workflow)
        return error_set(err, "'%s' declares no workflow", file);
    Program *program = bundle->diags.errors ? NULL : compile_bundle(bundle, err);
    if (!program)
        return err->kind == ERROR_NONE && refuse_errors(bundle, file, err);
    AnalysisOptions options = {.today = day_of_instant(program->zone, engine->now)};
    analysis_run(bundle, program, &options);
    analysis_allow(bundle, options.today);
    program_free(program);
    return engine_is_rehearsal(engine) || refuse_errors(bundle, file, err);
}

bool engine_deploy(Engine *engine, const char *file, const char *by, Bundle *bundle,
                   Deployed *deployed, Error *err)
{
    *deployed = (Deployed){0};
    Person person = 0;
    if (!load_whole(engine, file, bundle, err))
        return false;
    if (!store_begin(engine->store, err))
        return false;
    Text pack = {0};
    bundle_pack(bundle, &pack);
    bool ok = (!by || person_find(engine, by, &person, err)) &&
              store_bundle(engine, bundle, person, &pack, deployed, err);
    text_clear(&pack);
    if (!ok) {
        store_rollback(engine->store);
        return false;
    }
    return store_commit(engine->store, err);
}
