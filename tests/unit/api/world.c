#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "render/case_words.h"

static const char *const flow_text =
    "workflow visits \"Visits to a child\" version \"1\" in force from 1 January 2020\n"
    "  owner manager\n"
    "  uses calendar plain\n"
    "calendar plain \"Plain\"\n"
    "  working Monday to Friday from 09:00 to 17:00\n"
    "  covers 2019 to 2030\n"
    "  except 25 December \"Christmas Day\"\n"
    "role manager \"Manager\"\n"
    "role worker \"Worker\"\n"
    "role deputy \"Deputy manager\"\n"
    "  can act for manager when unavailable\n"
    "fact risk \"Risk\" one of low, medium, high\n"
    "fact age \"Age\" number from 0 to 17\n"
    "fact story \"What was said\" text\n"
    "fact seen-by \"Seen by\" person\n"
    "fact born \"Date of birth\" date\n"
    "fact alone \"Seen alone?\" yes or no\n"
    "event referral \"Referral\" by anyone\n"
    "  opens a case\n"
    "event missing \"Missing from home\" by worker\n"
    "event details \"Details of the child\" by anyone\n"
    "  records age, born, story, seen-by, alone\n"
    "state new \"New\" starts here\n"
    "  on referral go to visiting\n"
    "state visiting \"Visit\"\n"
    "  task visit \"Visit the child\" by worker\n"
    "    within 3 working days of referral\n"
    "    checklist seen \"Seen\", spoken-to \"Spoken to\"\n"
    "    records risk\n"
    "    if missed notify manager\n"
    "  on visit\n"
    "    go to meeting when risk is high\n"
    "    go to review otherwise\n"
    "state meeting \"Meeting\"\n"
    "  task meet \"Hold the meeting\" by manager\n"
    "    within 24 hours of visit\n"
    "    can be extended by manager\n"
    "    if missed escalate to manager\n"
    "  on meet go to review\n"
    "state review \"Review\"\n"
    "  task close-case \"Close the case\" by manager\n"
    "    requires reason\n"
    "    optional\n"
    "  on close-case go to closed\n"
    "state closed \"Closed\" ends here\n";

/* ---- the scratch folder -------------------------------------------------------- */

const char *world_file(World *world, const char *name, const char *text)
{
    static char path[160];
    snprintf(path, sizeof path, "%s/%s", world->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    return path;
}

static void check(bool ok, const Error *err)
{
    if (!ok)
        fail_msg("%s", err->text);
}

char *world_flow_text(const char *find, const char *replace)
{
    const char *at = find ? strstr(flow_text, find) : NULL;
    if (!at)
        return strdup(flow_text);
    size_t bytes = strlen(flow_text) + strlen(replace) + 1;
    char *text = malloc(bytes);
    snprintf(text, bytes, "%.*s%s%s", (int)(at - flow_text), flow_text, replace, at + strlen(find));
    return text;
}

const Deployed *world_deploy(World *world, const char *text)
{
    static Deployed deployed;
    Bundle bundle;
    Error err = {0};
    snprintf(world->flow, sizeof world->flow, "%s", world_file(world, "visits.flow", text));
    bool ok = engine_deploy(world->engine, world->flow, NULL, &bundle, &deployed, &err);
    for (size_t i = 0; i < bundle.diags.count; i++)
        print_message("%s: %s\n", bundle.diags.items[i]->code, bundle.diags.items[i]->text);
    bundle_clear(&bundle);
    check(ok, &err);
    return &deployed;
}

static void add_person(World *world, const char *login, const char *label, const char *role)
{
    Error err = {0};
    check(engine_person_add(world->engine, login, label, &err), &err);
    check(engine_person_hold(world->engine, login, role, "2020-01-01", NULL, &err), &err);
}

static void open_engine(World *world)
{
    Error err = {0};
    check(engine_open(world->database, NULL, &world->engine, &err), &err);
}

void world_open(World *world)
{
    *world = (World){.folder = "/tmp/casewright-api-XXXXXX"};
    Error err = {0};
    assert_non_null(mkdtemp(world->folder));
    snprintf(world->database, sizeof world->database, "%s/cases.db", world->folder);
    check(engine_create(world->database, true, 0, &err), &err);
    open_engine(world);
    world_now(world, "2021-03-01T09:00");
    world_deploy(world, flow_text);
    add_person(world, "ann", "Ann Example", "manager");
    add_person(world, "bo", "Bo Example", "worker");
    add_person(world, "dee", "Dee Example", "deputy");
}

void world_close(World *world)
{
    answer_clear(&world->answer);
    engine_close(world->engine);
    char command[160];
    snprintf(command, sizeof command, "rm -r '%s'", world->folder);
    assert_int_equal(system(command), 0);
}

void world_reopen(World *world)
{
    Instant now = engine_now(world->engine);
    Error err = {0};
    engine_close(world->engine);
    open_engine(world);
    check(engine_set_now(world->engine, now, true, &err), &err);
}

void world_now(World *world, const char *time)
{
    TypedTime typed;
    Error err = {0};
    check(time_parse((Zone){.summer_time = true}, time, &typed, &err), &err);
    check(engine_set_now(world->engine, typed.at, true, &err), &err);
}

/* ---- requests -------------------------------------------------------------------- */

enum { MOST_WORDS = 16 };

typedef struct Words {
    const char *facts[MOST_WORDS], *ticks[MOST_WORDS], *assigns[MOST_WORDS];
    int64_t voids[MOST_WORDS];
} Words;

static bool starts(const char *word, const char *with, const char **rest)
{
    size_t length = strlen(with);
    *rest = word + length;
    return strncmp(word, with, length) == 0;
}

static void take_word(CwRequest *request, Words *words, const char *word)
{
    const char *rest;
    if (starts(word, "+", &rest))
        words->ticks[request->tick_count++] = rest;
    else if (starts(word, "@", &rest))
        words->assigns[request->assign_count++] = rest;
    else if (starts(word, "at ", &rest))
        request->at = rest;
    else if (starts(word, "because ", &rest))
        request->reason = rest;
    else if (starts(word, "key ", &rest))
        request->key = rest;
    else if (starts(word, "as ", &rest))
        request->role = rest;
    else if (starts(word, "for ", &rest))
        request->acting_for = rest;
    else if (starts(word, "until ", &rest))
        request->extend_to = rest;
    else if (starts(word, "reference ", &rest))
        request->reference = rest;
    else if (starts(word, "void ", &rest))
        words->voids[request->also_void_count++] = strtoll(rest, NULL, 10);
    else
        words->facts[request->fact_count++] = word;
}

static int64_t perform(World *world, CwRequest *request, va_list list)
{
    Words words = {0};
    char which[32];
    const char *word;
    snprintf(which, sizeof which, "#%lld", (long long)world->case_number);
    request->which = which;
    while ((word = va_arg(list, const char *)))
        take_word(request, &words, word);
    request->facts = words.facts;
    request->ticks = words.ticks;
    request->assigns = words.assigns;
    request->also_void = words.voids;
    Error err = {0};
    answer_clear(&world->answer);
    check(engine_write(world->engine, request, &world->answer, &err), &err);
    return world->answer.accepted ? world->answer.entry : 0;
}

int64_t world_open_case(World *world, const char *person, ...)
{
    CwRequest request = {.kind = CW_OPEN, .flow = "visits", .person = person};
    va_list list;
    va_start(list, person);
    int64_t entry = perform(world, &request, list);
    va_end(list);
    if (entry)
        world->case_number = world->answer.case_number;
    return entry;
}

int64_t world_record(World *world, const char *person, const char *name, ...)
{
    CwRequest request = {.kind = CW_RECORD, .name = name, .person = person};
    va_list list;
    va_start(list, name);
    int64_t entry = perform(world, &request, list);
    va_end(list);
    return entry;
}

int64_t world_correct(World *world, const char *person, CwKind kind, int64_t refers_to, ...)
{
    CwRequest request = {.kind = kind, .refers_to = refers_to, .person = person};
    va_list list;
    va_start(list, refers_to);
    int64_t entry = perform(world, &request, list);
    va_end(list);
    return entry;
}

int64_t world_do(World *world, const char *person, CwKind kind, const char *name, ...)
{
    CwRequest request = {.kind = kind, .name = name, .person = person};
    va_list list;
    va_start(list, name);
    int64_t entry = perform(world, &request, list);
    va_end(list);
    return entry;
}

/* ---- questions -------------------------------------------------------------------- */

const char *refused_because(const World *world)
{
    RefusalCode code = world->answer.refusal.code;
    return code == REFUSED_NOT ? "" : refusal_code_text(code);
}

static void load(World *world, CaseView *view)
{
    char which[32];
    Error err = {0};
    snprintf(which, sizeof which, "#%lld", (long long)world->case_number);
    check(engine_view(world->engine, which, view, &err), &err);
}

const char *state_now(World *world)
{
    static char name[64];
    CaseView view;
    load(world, &view);
    const int64_t *main_line = record_track(view.program, view.record, 0);
    int64_t state = main_line[main_line[TRACK_RUNNING] ? TRACK_STATE : TRACK_LAST_STATE];
    snprintf(name, sizeof name, "%s", state ? view.program->states[state - 1].name : "");
    view_clear(&view);
    return name;
}

static const int64_t *find_work(const CaseView *view, const char *work)
{
    for (uint32_t i = 0; i < view->program->work_count; i++)
        if (strcmp(view->program->works[i].name, work) == 0)
            return record_work(view->program, view->record, i);
    fail_msg("no work '%s'", work);
    return NULL;
}

const char *due_of(World *world, const char *work)
{
    static char text[TIME_TEXT_MAX];
    CaseView view;
    load(world, &view);
    const int64_t *slots = find_work(&view, work);
    const char *due = moment_short(view.program->zone, slots[WORK_DUE], text);
    if (!due || slots[WORK_STATUS] != WORK_OPEN)
        text[0] = '\0';
    view_clear(&view);
    return text;
}

const char *outcome_of(World *world, const char *work)
{
    CaseView view;
    load(world, &view);
    const char *outcome = outcome_code((Outcome)find_work(&view, work)[WORK_OUTCOME]);
    view_clear(&view);
    return outcome;
}

int64_t waiting_in_outbox(World *world)
{
    EngineStatus status;
    Error err = {0};
    check(engine_status(world->engine, &status, &err), &err);
    return status.undelivered;
}

static void verify(World *world)
{
    Verified verified;
    Error err = {0};
    check(engine_verify(world->engine, &verified, &err), &err);
    assert_string_equal(verified.first, "");
    assert_int_equal(verified.damaged, 0);
}

void assert_whole(World *world)
{
    int64_t cases;
    Error err = {0};
    verify(world);
    check(engine_rebuild(world->engine, &cases, &err), &err);
    verify(world);
}
