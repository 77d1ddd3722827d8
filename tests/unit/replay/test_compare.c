/* Two flows over the same small log, with what a hand calculation gives. All cases are
 * invented. 1 March 2021 is a Monday; the calendar has no days off but weekends. */
#include "compile_text.h"

#include <unistd.h>

#include "replay/compare.h"

#define FLOW                                                                                   \
    "workflow small \"Small\" version \"1\" in force from 1 January 2021\n"                    \
    "  uses calendar plain\n"                                                                  \
    "calendar plain \"Plain\"\n"                                                               \
    "  working Monday to Friday\n"                                                             \
    "  covers 2020 to 2030\n"                                                                  \
    "role worker \"Worker\"\n"                                                                 \
    "role manager \"Manager\"\n"                                                               \
    "fact risk \"Risk\" one of low, medium, high\n"                                            \
    "event begun \"Begun\" by anyone opens a case\n"                                           \
    "event worried \"Worried\" by anyone\n"                                                    \
    "state first \"First\" starts here\n"                                                      \
    "  on begun go to visiting\n"                                                              \
    "state visiting \"Visiting\"\n"                                                            \
    "  task visit \"Visit\" by worker within 3 working days of entering records risk\n"        \
    "  on visit\n"                                                                             \
    "    go to weighing when risk is high\n"                                                   \
    "    go to closed otherwise\n"                                                             \
    "state weighing \"Weighing up\"\n"                                                         \
    "  task weigh \"Weigh\" by manager within 5 working days of entering\n"                    \
    "  on weigh go to closed\n"                                                                \
    "state closed \"Closed\" ends here\n"

static const char flow[] = FLOW;

/* The visit is due on Thursday 4 March (for 4: on Friday 5); within two working days a
 * day before that. The log ends on Friday 5 March at 12:00, which is the as-of date.
 *
 *   1  visited on Thursday, risk high, weighed on Friday: in time; with two days late
 *   2  visited on Tuesday, risk low: in time by both
 *   3  visited on Friday, risk low: late by both
 *   4  begun on Tuesday, not visited: due by the end of Friday, so not yet; with two days
 *      overdue since Thursday
 *   5  visited on Tuesday, risk medium, then closed; weighed on Wednesday all the same,
 *      which breaks a rule, unless medium goes to weighing up */
static const char rows[] = "case,activity,time,person,role,risk\n"
                           "1,begun,2021-03-01T09:00,ann,worker,\n"
                           "1,visit,2021-03-04T10:00,ann,worker,high\n"
                           "1,weigh,2021-03-05T12:00,tina,manager,\n"
                           "2,begun,2021-03-01T09:00,ann,worker,\n"
                           "2,visit,2021-03-02T10:00,ann,worker,low\n"
                           "3,begun,2021-03-01T09:00,ann,worker,\n"
                           "3,visit,2021-03-05T10:00,ann,worker,low\n"
                           "4,begun,2021-03-02T09:00,ann,worker,\n"
                           "5,begun,2021-03-01T09:00,ann,worker,\n"
                           "5,visit,2021-03-02T10:00,ann,worker,medium\n"
                           "5,weigh,2021-03-03T10:00,tina,manager,\n";

enum { SHARDS = 3 };

typedef struct Side {
    Bundle bundle;
    Program *program;
    Binding binding;
} Side;

typedef struct Run {
    Side a, b;
    FlowDifference difference;
    Trials trials;
    Mapping mapping;
    CompareSetup setup;
    Comparison whole; /* of all cases in one go */
    Comparison shards[SHARDS];
    Replayer *first;
    Comparer *comparers[1 + SHARDS];
    ResultWords words_a, words_b;
    uint32_t added;
} Run;

/* ---- words that tell the sides apart ----------------------------------------------- */

static void say_finding(void *context, const Log *log, const Finding *finding, Arena *arena,
                        FindingSum *sum)
{
    (void)log, (void)context;
    sum->sentence = arena_strdup(arena, finding_code(finding));
    sum->place = "here";
}

static void say_duty(void *context, uint32_t work, Arena *arena, DutySum *sum)
{
    const Side *side = context;
    sum->name = sum->label = side->program->works[work].name;
    sum->limit = "some time";
    sum->place = arena_format(arena, "%02u", work);
}

static void say_change(void *context, const FlowChange *change, Arena *arena, ChangeSum *sum)
{
    (void)context, (void)arena, (void)change;
    sum->sentence = "changed";
    sum->place_a = sum->place_b = "";
}

static const char *say_piece(void *context, const ChangedBlock *block, const FlowChange *change,
                             Arena *arena)
{
    (void)context;
    if (change)
        return arena_format(arena, "%s/%s", block->new_thing->name, change->new_clause->key);
    return block->new_thing ? block->new_thing->name : block->old_thing->name;
}

static void say_lateness(void *context, bool is_b, const Duty *duty, Arena *arena,
                         CaseSide *side)
{
    (void)context, (void)arena, (void)duty;
    side->sentence = is_b ? "late by b" : "late by a";
}

/* ---- a run ------------------------------------------------------------------------- */

static void side_begin(Side *side, const char *text)
{
    Error err = {0};
    side->program = try_compile_text(&side->bundle, text, &err);
    if (!side->program) {
        print_findings(&side->bundle);
        fail_msg("does not compile: %s", err.text);
    }
}

static bool begin(void *context, const Log *log, Error *err)
{
    Run *run = context;
    ResultHead a = {.flow = "small",
                    .label = "Small",
                    .version = "1",
                    .hash = "a",
                    .calendar = "plain",
                    .covers = "2020 to 2030",
                    .zone = "UTC",
                    .mode = "judge",
                    .mapping = "",
                    .accepted = "",
                    .not_held = ""};
    ResultHead b = a;
    b.hash = "b";
    if (!binding_make_beside(&run->a.binding, &run->a.bundle, run->a.program, &run->b.bundle,
                             log, &run->mapping, err) ||
        !binding_make_beside(&run->b.binding, &run->b.bundle, run->b.program, &run->a.bundle,
                             log, &run->mapping, err))
        return false;
    trials_bind(&run->trials, &run->difference, log, &run->mapping);
    if (!run->setup.options.as_of)
        run->setup.options.as_of = log->last;
    run->first =
        replayer_new(&run->a.bundle, run->a.program, &run->a.binding, &run->setup.options);
    comparison_begin(&run->whole, &run->setup, &a, &b);
    run->comparers[SHARDS] = comparer_new(&run->whole, &run->setup);
    for (int i = 0; i < SHARDS; i++) {
        comparison_begin(&run->shards[i], &run->setup, &a, &b);
        run->comparers[i] = comparer_new(&run->shards[i], &run->setup);
    }
    return true;
}

static bool visit(void *context, unsigned worker, uint32_t number, const LogPart *part,
                  Error *err)
{
    (void)worker, (void)number, (void)err;
    Run *run = context;
    for (uint32_t i = 0; i < part->case_count; i++) {
        const LogCase *one = &part->cases[i];
        CaseResult first;
        replay_case(run->first, part, one, &first);
        comparer_add(run->comparers[SHARDS], part, one, &first);
        comparer_add(run->comparers[run->added++ % SHARDS], part, one, &first);
    }
    return true;
}

static void write_rows(char path[], const char *text)
{
    int file = mkstemps(path, 4);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
}

static void setup_words(Run *run)
{
    run->words_a = (ResultWords){.context = &run->a, .finding = say_finding, .duty = say_duty};
    run->words_b = (ResultWords){.context = &run->b, .finding = say_finding, .duty = say_duty};
    run->setup = (CompareSetup){
        .a = {&run->a.bundle, run->a.program, &run->a.binding, &run->words_a},
        .b = {&run->b.bundle, run->b.program, &run->b.binding, &run->words_b},
        .difference = &run->difference,
        .trials = &run->trials,
        .words = {NULL, say_change, say_piece, say_lateness},
    };
}

#define MAP "fact risk column \"risk\"\nzone Europe/London\n"

static Moment judged_on; /* by the next run; 0: the last of the log */

/* False: the mapping fits neither flow; *err says where. */
static bool run_mapped(Run *run, const char *flow_a, const char *flow_b, const char *log_rows,
                       const char *map, Error *err)
{
    char path[] = "/tmp/casewright-compare-XXXXXX.csv";
    const char *paths[] = {path};
    Log log = {0};
    *run = (Run){0};
    side_begin(&run->a, flow_a);
    side_begin(&run->b, flow_b);
    flow_difference(&run->difference, &run->a.bundle, &run->b.bundle);
    trials_make(&run->trials, &run->difference);
    setup_words(run);
    run->setup.options.as_of = judged_on;
    assert_true(mapping_parse(&run->mapping, "map", map, strlen(map), err));
    write_rows(path, log_rows);
    LogRequest request = {.paths = paths, .path_count = 1, .mapping = &run->mapping};
    bool done = log_visit(&request, begin, visit, run, &log, err);
    unlink(path);
    for (int i = 0; i <= SHARDS; i++)
        comparer_free(run->comparers[i]);
    replayer_free(run->first);
    log_clear(&log);
    return done;
}

static void run_begin(Run *run, const char *flow_a, const char *flow_b, const char *log_rows)
{
    Error err = {0};
    if (!run_mapped(run, flow_a, flow_b, log_rows, MAP, &err))
        fail_msg("%s", err.text);
}

static void side_end(Side *side)
{
    binding_clear(&side->binding);
    program_free(side->program);
    bundle_clear(&side->bundle);
}

static void run_end(Run *run)
{
    comparison_clear(&run->whole);
    for (int i = 0; i < SHARDS; i++)
        comparison_clear(&run->shards[i]);
    trials_clear(&run->trials);
    flow_difference_clear(&run->difference);
    side_end(&run->a);
    side_end(&run->b);
    mapping_clear(&run->mapping); /* the bindings look at it to the end */
}

static char *with(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    assert_non_null(at);
    Text out = {0};
    text_add_bytes(&out, text, (size_t)(at - text));
    text_add(&out, to);
    text_add(&out, at + strlen(from));
    return text_take(&out);
}

static void run_changed(Run *run, const char *from, const char *to)
{
    char *other = with(flow, from, to);
    run_begin(run, flow, other, rows);
    free(other);
}

static const DutyPair *pair_of(const Comparison *c, const char *name)
{
    for (uint32_t i = 0; i < c->pair_count; i++)
        if (strcmp(c->pairs[i].name, name) == 0)
            return &c->pairs[i];
    fail_msg("no such duty: %s", name);
    return NULL;
}

static const Reach *reach_of(const Comparison *c, ReachKind kind, const char *name)
{
    for (uint32_t i = 0; i < c->reach_count; i++)
        if (c->reaches[i].kind == kind && strcmp(c->reaches[i].name, name) == 0)
            return &c->reaches[i];
    fail_msg("no such thing: %s", name);
    return NULL;
}

/* ---- outcomes and duties ----------------------------------------------------------- */

static void the_same_flow_twice_flips_nothing(void **state)
{
    (void)state;
    Run run;
    run_begin(&run, flow, flow, rows);
    const Comparison *c = &run.whole;
    assert_int_equal(c->change_count, 0);
    assert_int_equal(c->total, 5);
    assert_int_equal(c->flipped, 0);
    assert_int_equal(c->newly_late + c->newly_in_time, 0);
    assert_int_equal(c->outcomes[CASE_FOLLOWS][CASE_FOLLOWS], 3);
    assert_int_equal(c->outcomes[CASE_LATE_ONLY][CASE_LATE_ONLY], 1);
    assert_int_equal(c->outcomes[CASE_BREAKS][CASE_BREAKS], 1);
    for (uint32_t i = 0; i < c->role_count; i++)
        assert_int_equal(c->roles[i].added + c->roles[i].removed, 0);
    run_end(&run);
}

static void a_shorter_limit_flips_exactly_what_a_hand_calculation_gives(void **state)
{
    (void)state;
    Run run;
    run_changed(&run, "within 3 working days of entering", "within 2 working days of entering");
    const Comparison *c = &run.whole;
    assert_int_equal(c->change_count, 1);
    assert_int_equal(c->flipped, 2);
    assert_int_equal(c->outcomes[CASE_FOLLOWS][CASE_LATE_ONLY], 2);
    assert_int_equal(c->outcomes[CASE_FOLLOWS][CASE_FOLLOWS], 1);
    assert_int_equal(c->case_count, 2);
    assert_string_equal(c->cases[0].id, "1");
    assert_string_equal(c->cases[1].id, "4");
    assert_string_equal(c->cases[0].b.sentence, "late by b");
    assert_string_equal(c->cases[0].a.sentence, "");
    assert_int_equal(c->cases[0].causes, 1);
    assert_int_equal(c->blocks[0].flips, 2);
    assert_int_equal(c->blocks[0].newly_late, 2);
    assert_int_equal(c->newly_late, 2);
    assert_int_equal(c->newly_in_time, 0);
    const DutyPair *visits = pair_of(c, "visit");
    assert_int_equal(visits->both[DUTY_IN_TIME][DUTY_LATE], 1);
    assert_int_equal(visits->both[DUTY_NOT_DUE][DUTY_LATE], 1);
    assert_int_equal(visits->both[DUTY_IN_TIME][DUTY_IN_TIME], 2);
    assert_int_equal(visits->both[DUTY_LATE][DUTY_LATE], 1);
    assert_int_equal(pair_newly_late(visits), c->newly_late);
    assert_int_equal(pair_newly_in_time(visits), 0);
    assert_int_equal(visits->other_start, 0);
    run_end(&run);
}

static void a_case_that_had_not_begun_is_not_compared(void **state)
{
    (void)state;
    Run run;
    Zone utc = {0};
    judged_on = moment_at(day_start(utc, day_from_civil((Civil){2021, 3, 2})), RANK_ENTRY);
    run_changed(&run, "within 3 working days of entering", "within 2 working days of entering");
    judged_on = 0;
    assert_int_equal(run.whole.total, 4); /* case 4 was begun at nine that day */
    assert_int_equal(run.whole.flipped, 0);
    run_end(&run);
}

static void a_longer_limit_makes_duties_late_no_more(void **state)
{
    (void)state;
    Run run;
    run_changed(&run, "within 3 working days of entering", "within 4 working days of entering");
    assert_int_equal(run.whole.newly_late, 0);
    assert_int_equal(run.whole.newly_in_time, 1); /* case 3 */
    assert_int_equal(run.whole.outcomes[CASE_LATE_ONLY][CASE_FOLLOWS], 1);
    assert_int_equal(run.whole.duty_count, 1);
    assert_string_equal(run.whole.duties[0].id, "3");
    assert_true(run.whole.duties[0].same_start);
    assert_int_equal(run.whole.duties[0].days, 4);
    run_end(&run);
}

static void another_guard_flips_the_case_that_it_was_broken_in(void **state)
{
    (void)state;
    Run run;
    run_changed(&run, "go to weighing when risk is high",
                "go to weighing when risk is one of medium, high");
    const Comparison *c = &run.whole;
    assert_int_equal(c->flipped, 1);
    assert_string_equal(c->cases[0].id, "5");
    assert_int_equal(c->cases[0].a.outcome, CASE_BREAKS);
    assert_int_equal(c->cases[0].b.outcome, CASE_FOLLOWS);
    assert_string_not_equal(c->cases[0].a.sentence, "");
    const DutyPair *weighing = pair_of(c, "weigh");
    assert_int_equal(weighing->only_b[DUTY_IN_TIME], 1);
    assert_int_equal(weighing->both[DUTY_IN_TIME][DUTY_IN_TIME], 1);
    for (uint32_t i = 0; i < c->role_count; i++) {
        bool manager = strcmp(c->roles[i].name, "manager") == 0;
        assert_int_equal(c->roles[i].added, manager ? 1 : 0);
        assert_int_equal(c->roles[i].duties_added, manager ? 1 : 0);
        assert_int_equal(c->roles[i].removed, 0);
    }
    run_end(&run);
}

static void each_flip_is_tied_to_the_change_that_does_it_alone(void **state)
{
    (void)state;
    Run run;
    char *guard = with(flow, "go to weighing when risk is high",
                       "go to weighing when risk is one of medium, high");
    char *other = with(guard, "weigh \"Weigh\" by manager within 5",
                       "weigh \"Weigh\" by manager within 1");
    char *both = with(other, "role manager \"Manager\"", "role manager \"Team manager\"");
    run_begin(&run, flow, both, rows);
    const Comparison *c = &run.whole;
    assert_int_equal(c->block_count, 3); /* the role, visiting, weighing */
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(c->blocks[i].standing, TRIAL_ALONE);
    assert_int_equal(c->flipped, 1);
    assert_int_equal(c->cases[0].causes, 2);
    assert_int_equal(c->flips_together, 0);
    assert_string_equal(c->blocks[1].name, "visiting");
    run_end(&run);
    free(guard);
    free(other);
    free(both);
}

static void changes_of_one_state_are_tried_apart_where_the_file_lets_them(void **state)
{
    (void)state;
    Run run;
    char *guard = with(flow, "go to weighing when risk is high",
                       "go to weighing when risk is one of medium, high");
    char *limit = with(guard, "within 3 working days", "within 2 working days");
    run_begin(&run, flow, limit, rows);
    const Comparison *c = &run.whole;
    assert_int_equal(run.difference.block_count, 1);
    assert_int_equal(c->block_count, 2); /* the line, the limit */
    assert_int_equal(c->blocks[0].flips, 1);
    assert_int_equal(c->blocks[0].newly_late, 0);
    assert_int_equal(c->blocks[1].flips, 2);
    assert_int_equal(c->blocks[1].newly_late, 2);
    assert_int_equal(c->changes[0].block, 0);
    assert_int_equal(c->changes[1].block, 1);
    run_end(&run);
    free(guard);
    free(limit);
}

/* What has no place of its own in the file is what is left of the state. */
static void what_is_left_of_a_state_is_tried_without_what_was_tried_apart(void **state)
{
    (void)state;
    Run run;
    char *limit = with(flow, "within 3 working days", "within 2 working days");
    char *other = with(limit, "  on visit\n",
                       "  task call \"Call\" by worker within 1 working "
                       "day of entering optional\n  on visit\n");
    run_begin(&run, flow, other, rows);
    const Comparison *c = &run.whole;
    assert_int_equal(c->block_count, 2);
    assert_string_equal(c->blocks[0].name, "visiting/"); /* the limit */
    assert_string_equal(c->blocks[1].name, "visiting");  /* the task that was added */
    assert_int_equal(c->blocks[0].newly_late, 2);
    assert_int_equal(c->blocks[1].newly_late, 0);
    assert_int_equal(c->blocks[1].standing, TRIAL_ALONE);
    run_end(&run);
    free(limit);
    free(other);
}

/* Case 5 goes to weighing up only by the guard, and is late there only by the limit: by
 * the guard alone it follows the policy, by the limit alone it breaks a rule. */
static void a_flip_that_takes_two_changes_is_said_to_take_them_together(void **state)
{
    (void)state;
    Run run;
    char *guard = with(flow, "go to weighing when risk is high",
                       "go to weighing when risk is one of medium, high");
    char *limit = with(guard, "within 5 working days", "within same day");
    run_begin(&run, flow, limit, rows);
    const Comparison *c = &run.whole;
    bool seen = false;
    for (uint32_t i = 0; i < c->case_count; i++) {
        if (strcmp(c->cases[i].id, "5") != 0)
            continue;
        seen = true;
        assert_int_equal(c->cases[i].b.outcome, CASE_LATE_ONLY);
        assert_int_equal(c->cases[i].causes, 0);
    }
    assert_true(seen);
    assert_int_equal(c->flips_together, 1);
    run_end(&run);
    free(guard);
    free(limit);
}

static void what_cannot_stand_alone_is_tried_with_what_it_needs(void **state)
{
    (void)state;
    Run run;
    char *line = with(flow, "    go to closed otherwise\n",
                      "    go to telling when risk is medium\n"
                      "    go to closed otherwise\n");
    char *other = with(line, "state closed",
                       "state telling \"Telling\"\n"
                       "  task tell \"Tell\" by worker\n"
                       "  on tell go to closed\n"
                       "state closed");
    run_begin(&run, flow, other, rows);
    const Comparison *c = &run.whole;
    assert_int_equal(c->block_count, 2);
    assert_string_equal(c->blocks[0].name, "visiting");
    assert_int_equal(c->blocks[0].standing, TRIAL_TOGETHER);
    assert_int_equal(c->blocks[1].standing, TRIAL_ALONE); /* a state that nobody reaches */
    assert_int_equal(c->blocks[1].flips, 0);
    const Reach *telling = reach_of(c, REACH_STATE, "telling");
    assert_true(telling->is_new);
    assert_int_equal(telling->reached, 1); /* case 5 */
    run_end(&run);
    free(line);
    free(other);
}

/* ---- no evidence ------------------------------------------------------------------- */

static void what_history_never_came_to_is_counted_with_the_cases_that_could_have(void **state)
{
    (void)state;
    Run run;
    char *line = with(flow, "  on weigh go to closed\n",
                      "  on weigh go to closed\n  on worried go to telling\n");
    char *other = with(line, "state closed",
                       "state telling \"Telling\"\n"
                       "  task tell \"Tell\" by worker within 2 working days of entering\n"
                       "  on tell go to closed\n"
                       "state closed");
    run_begin(&run, flow, other, rows);
    const Comparison *c = &run.whole;
    const Reach *telling = reach_of(c, REACH_STATE, "telling");
    assert_int_equal(telling->reached, 0);
    assert_int_equal(telling->could, 1); /* case 1 was at weighing up */
    const Reach *tell = reach_of(c, REACH_DUTY, "tell");
    assert_true(tell->is_new);
    assert_int_equal(tell->reached, 0);
    assert_int_equal(tell->could, 0); /* nobody was at telling */
    const Reach *worried = reach_of(c, REACH_EVENT, "worried");
    assert_false(worried->is_new);
    assert_int_equal(worried->reached, 0);
    assert_int_equal(worried->could, 1);
    assert_int_equal(reach_of(c, REACH_STATE, "weighing")->reached, 1);
    run_end(&run);
    free(line);
    free(other);
}

/* ---- one map file for two flows ---------------------------------------------------- */

static void names_of_only_one_flow_are_passed_over_by_the_other(void **state)
{
    (void)state;
    static const char more[] = "case,activity,time,person,role,risk,mood\n"
                               "1,begun,2021-03-01T09:00,ann,worker,,\n"
                               "1,ring,2021-03-01T10:00,ann,Wkr,,good\n"
                               "1,visit,2021-03-02T10:00,ann,worker,Grave,\n";
    Run run;
    Error err = {0};
    char *fact =
        with(flow, "event worried", "fact mood \"Mood\" one of good, bad\nevent worried");
    char *other = with(fact, "event worried \"Worried\" by anyone",
                       "role ringer \"Ringer\"\n"
                       "event rung \"Rung\" by ringer records mood, risk");
    if (!run_mapped(&run, flow, other, more,
                    MAP "fact mood column \"mood\"\n"
                        "activity \"ring\" is rung with risk low\n"
                        "role \"Wkr\" is ringer\n"
                        "value \"good\" of mood is good\n"
                        "value \"Grave\" of risk is high\n",
                    &err))
        fail_msg("%s", err.text);
    assert_int_equal(run.whole.outcomes[CASE_BREAKS][CASE_FOLLOWS], 1);
    run_end(&run);
    free(fact);
    free(other);
}

static void names_that_neither_flow_has_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"activity \"ring\" is rung\n", "rung"},
        {"activity \"ring\" is visit with mood good\n", "mood"},
        {"activity \"ring\" is weigh with risk low\n", "risk"},
        {"fact mood column \"risk\"\n", "mood"},
        {"role \"Wkr\" is ringer\n", "ringer"},
        {"value \"Grave\" of risk is grave\n", "grave"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Run run;
        Error err = {0};
        Text map = {0};
        text_addf(&map, MAP "%s", wrong[i][0]);
        if (run_mapped(&run, flow, flow, rows, text_get(&map), &err))
            fail_msg("was taken: %s", wrong[i][0]);
        if (!strstr(err.text, wrong[i][1]))
            fail_msg("'%s' does not name %s", err.text, wrong[i][1]);
        run_end(&run);
        text_clear(&map);
    }
}

/* ---- adding, writing, reading ------------------------------------------------------ */

static char *json_of(const Comparison *c)
{
    Text out = {0};
    Json json = {.out = &out, .pretty = true};
    comparison_json(c, NULL, &json);
    return text_take(&out);
}

static void run_two_changes(Run *run)
{
    char *guard = with(flow, "go to weighing when risk is high",
                       "go to weighing when risk is one of medium, high");
    char *both = with(guard, "within 3 working days", "within 2 working days");
    run_begin(run, flow, both, rows);
    free(guard);
    free(both);
}

static void shards_in_any_order_add_up_to_the_whole(void **state)
{
    (void)state;
    static const int orders[][SHARDS] = {{0, 1, 2}, {2, 0, 1}, {1, 2, 0}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        Run run;
        Error err = {0};
        run_two_changes(&run);
        Comparison *first = &run.shards[orders[i][0]];
        assert_true(comparison_merge(first, &run.shards[orders[i][1]], &err));
        assert_true(comparison_merge(first, &run.shards[orders[i][2]], &err));
        char *merged = json_of(first), *whole = json_of(&run.whole);
        assert_string_equal(merged, whole);
        free(merged);
        free(whole);
        run_end(&run);
    }
}

static void what_is_written_is_read_back_the_same_and_can_be_added(void **state)
{
    (void)state;
    Run run;
    Error err = {0};
    Comparison back[SHARDS] = {0};
    run_two_changes(&run);
    for (int i = 0; i < SHARDS; i++) {
        char *text = json_of(&run.shards[i]);
        if (!comparison_parse(&back[i], NULL, text, strlen(text), &err))
            fail_msg("%s", err.text);
        char *again = json_of(&back[i]);
        assert_string_equal(text, again);
        free(text);
        free(again);
    }
    assert_true(comparison_merge(&back[2], &back[1], &err));
    assert_true(comparison_merge(&back[2], &back[0], &err));
    char *merged = json_of(&back[2]), *whole = json_of(&run.whole);
    assert_string_equal(merged, whole);
    free(merged);
    free(whole);
    for (int i = 0; i < SHARDS; i++)
        comparison_clear(&back[i]);
    run_end(&run);
}

static void comparisons_of_other_flows_are_not_added(void **state)
{
    (void)state;
    Run one, other;
    Error err = {0};
    run_two_changes(&one);
    run_begin(&other, flow, flow, rows);
    assert_false(comparison_merge(&one.whole, &other.whole, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    run_end(&one);
    run_end(&other);
}

static void what_is_no_comparison_is_refused_with_the_place(void **state)
{
    (void)state;
    Run run;
    run_two_changes(&run);
    char *good = json_of(&run.whole);
    static const struct {
        const char *from, *to, *says;
        ErrorKind kind;
    } wrongs[] = {
        {"comparison/1", "comparison/2", "newer", ERROR_VERSION},
        {"casewright/comparison", "casewright/trace", "schema", ERROR_INPUT},
        {"\"flipped\": 3", "\"flipped\": -3", "'flipped'", ERROR_INPUT},
        {"\"flipped\": 3", "\"flipped\": 1e999", "line", ERROR_INPUT},
        {"\"flipped\": 3", "\"flipped\": 9223372036854775807", "'flipped'", ERROR_INPUT},
        {"\"tried\": \"alone\"", "\"tried\": \"twice\"", "declarations[0].tried", ERROR_INPUT},
        {"\"causes\": [", "\"causes\": [64, ", "flipped_cases[0].causes", ERROR_INPUT},
        {"\"declaration\": 0", "\"declaration\": 7", "changes", ERROR_INPUT},
        {"\"sentence\": \"changed\"", "\"sentence\": null", "changes[0].sentence", ERROR_INPUT},
        {"\"roles\": [", "\"rolls\": [", "roles", ERROR_INPUT},
        {"{", "", "line", ERROR_INPUT},
    };
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        char *bad = with(good, wrongs[i].from, wrongs[i].to);
        Comparison back = {0};
        Error err = {0};
        if (comparison_parse(&back, NULL, bad, strlen(bad), &err))
            fail_msg("was read: %s", wrongs[i].to);
        if (!strstr(err.text, wrongs[i].says))
            fail_msg("'%s' does not say %s", err.text, wrongs[i].says);
        assert_int_equal(err.kind, wrongs[i].kind);
        comparison_clear(&back);
        free(bad);
    }
    free(good);
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_flow_twice_flips_nothing),
        cmocka_unit_test(a_shorter_limit_flips_exactly_what_a_hand_calculation_gives),
        cmocka_unit_test(a_case_that_had_not_begun_is_not_compared),
        cmocka_unit_test(a_longer_limit_makes_duties_late_no_more),
        cmocka_unit_test(another_guard_flips_the_case_that_it_was_broken_in),
        cmocka_unit_test(each_flip_is_tied_to_the_change_that_does_it_alone),
        cmocka_unit_test(changes_of_one_state_are_tried_apart_where_the_file_lets_them),
        cmocka_unit_test(what_is_left_of_a_state_is_tried_without_what_was_tried_apart),
        cmocka_unit_test(a_flip_that_takes_two_changes_is_said_to_take_them_together),
        cmocka_unit_test(what_cannot_stand_alone_is_tried_with_what_it_needs),
        cmocka_unit_test(what_history_never_came_to_is_counted_with_the_cases_that_could_have),
        cmocka_unit_test(names_of_only_one_flow_are_passed_over_by_the_other),
        cmocka_unit_test(names_that_neither_flow_has_are_refused),
        cmocka_unit_test(shards_in_any_order_add_up_to_the_whole),
        cmocka_unit_test(what_is_written_is_read_back_the_same_and_can_be_added),
        cmocka_unit_test(comparisons_of_other_flows_are_not_added),
        cmocka_unit_test(what_is_no_comparison_is_refused_with_the_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
