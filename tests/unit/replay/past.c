#include "replay/past.h"

#include <unistd.h>

#include "compile_text.h"
#include "log/log.h"

const char past_calendar[] = "  uses calendar plain\n"
                             "calendar plain \"Plain\"\n"
                             "  working Monday to Friday\n"
                             "  covers 2020 to 2030\n";

void past_begin(Past *past, const char *flow)
{
    Error err = {0};
    *past = (Past){.options = {.as_of = MOMENT_NONE}};
    past->program = try_compile_text(&past->bundle, flow, &err);
    if (!past->program) {
        print_findings(&past->bundle);
        fail_msg("does not compile: %s", err.text);
    }
}

static void forget(Past *past)
{
    result_clear(&past->result);
    binding_clear(&past->binding);
    log_clear(&past->log);
    past->count = 0;
}

void past_end(Past *past)
{
    forget(past);
    mapping_clear(&past->mapping);
    accepted_clear(&past->accepted);
    program_free(past->program);
    bundle_clear(&past->bundle);
}

void past_map(Past *past, const char *map)
{
    if (!mapping_parse(&past->mapping, "test.map", map, strlen(map), &past->err))
        fail_msg("%s", past->err.text);
}

void past_accept(Past *past, const char *text)
{
    if (!accepted_parse(&past->accepted, &past->bundle, "test.accept", text, strlen(text),
                        &past->err))
        fail_msg("%s", past->err.text);
    past->has_accepted = true;
}

void past_as_of(Past *past, const char *date)
{
    TypedTime time;
    if (!time_parse(past->program->zone, date, &time, &past->err))
        fail_msg("%s", past->err.text);
    past->options.as_of = typed_moment(past->program->zone, time);
}

/* ---- as text ------------------------------------------------------------------- */

static void add(char *out, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void add(char *out, size_t size, const char *format, ...)
{
    size_t length = strlen(out);
    va_list list;
    va_start(list, format);
    vsnprintf(out + length, size - length, format, list);
    va_end(list);
}

static void tell_findings(const Past *past, const CaseResult *one, PastCase *kept)
{
    static const char *const applied[] = {"not", "whole", "line", "elsewhere", "facts"};
    for (uint32_t i = 0; i < one->finding_count; i++) {
        const Finding *f = &one->findings[i];
        add(kept->findings, sizeof kept->findings, "%s%u %s %s%s%s%s%s", i ? "; " : "",
            f->row == NO_INDEX ? 0 : f->row + 1, finding_code(f), applied[f->applied],
            f->from == NO_INDEX ? "" : "=",
            f->from == NO_INDEX ? "" : past->program->states[f->from].name,
            f->follow_on ? " follows" : "", f->accepted ? " accepted" : "");
    }
}

static void tell_moment(const Past *past, Moment moment, char *out, size_t size)
{
    char text[TIME_TEXT_MAX];
    Zone zone = past->program->zone;
    if (moment == MOMENT_NONE || moment == MOMENT_NEVER) {
        add(out, size, "-");
        return;
    }
    if (moment_rank(moment) == RANK_HOUR_LIMIT)
        instant_format(zone, moment_instant(moment), text);
    else if (moment_rank(moment) <= RANK_DAY_LIMIT)
        day_format(moment_day(zone, moment), text);
    else
        day_format(day_of_instant(zone, moment_instant(moment)), text);
    add(out, size, "%s", text);
}

static void tell_duties(const Past *past, const CaseResult *one, PastCase *kept)
{
    static const char *const outcomes[] = {
        [OUTCOME_NONE] = "none",
        [OUTCOME_NOT_STARTED] = "not-started",
        [OUTCOME_RUNNING] = "running",
        [OUTCOME_DUE_SOON] = "running",
        [OUTCOME_MET] = "met",
        [OUTCOME_MET_LATE] = "met-late",
        [OUTCOME_MISSED] = "missed",
        [OUTCOME_MISSED_KNOWN_LATE] = "known-late",
        [OUTCOME_EXTENDED] = "extended",
        [OUTCOME_NOT_NEEDED] = "not-needed",
        [OUTCOME_UNFINISHED] = "unfinished",
        [OUTCOME_CANNOT_TELL] = "cannot-tell",
    };
    char *out = kept->duties;
    size_t size = sizeof kept->duties;
    for (uint32_t i = 0; i < one->duty_count; i++) {
        const Duty *duty = &one->duties[i];
        add(out, size, "%s%s ", i ? "; " : "", past->program->works[duty->work].name);
        tell_moment(past, duty->due, out, size);
        if (duty->done != MOMENT_NONE) {
            add(out, size, " done ");
            tell_moment(past, duty->done, out, size);
        }
        add(out, size, " %s %d+%d%s%s", outcomes[duty->outcome], duty->days, duty->days_late,
            duty->is_open ? " open" : "", duty->accepted ? " accepted" : "");
    }
}

/* ---- replaying -------------------------------------------------------------------- */

static void say_finding(void *context, const Log *log, const Finding *finding, Arena *arena,
                        FindingSum *sum)
{
    (void)context, (void)log;
    sum->code = arena_strdup(arena, finding_code(finding));
    sum->group = "group";
    sum->sentence = arena_format(arena, "%s of %d", sum->code, (int)finding->refusal.event);
    sum->place = "";
}

static void say_duty(void *context, uint32_t work, Arena *arena, DutySum *sum)
{
    const Past *past = context;
    sum->name = sum->label = past->program->works[work].name;
    sum->limit = "some time";
    sum->place = arena_format(arena, "%02u", work);
}

static bool begin(void *context, const Log *log, Error *err)
{
    Past *past = context;
    past->options.accepted = past->has_accepted ? &past->accepted : NULL;
    if (!binding_make(&past->binding, &past->bundle, past->program, log, &past->mapping, err))
        return false;
    result_begin(&past->result, &past->bundle, past->program, &past->binding, &past->options);
    return true;
}

static void keep(Past *past, const LogPart *part, const CaseResult *one)
{
    PastCase *kept = &past->cases[past->count++];
    *kept = (PastCase){.outcome = one->outcome, .unexcused = one->unexcused, .counts = *one};
    snprintf(kept->id, sizeof kept->id, "%s", part->log->cases.texts[one->name]);
    snprintf(kept->state, sizeof kept->state, "%s",
             one->state == NO_INDEX ? "-" : past->program->states[one->state].name);
    tell_findings(past, one, kept);
    tell_duties(past, one, kept);
}

static bool visit(void *context, unsigned worker, uint32_t number, const LogPart *part,
                  Error *err)
{
    (void)worker, (void)number, (void)err;
    Past *past = context;
    ResultWords words = {past, say_finding, say_duty};
    Replayer *replayer =
        replayer_new(&past->bundle, past->program, &past->binding, &past->options);
    Tally *tally = tally_new(&past->result, &past->bundle, past->program, &past->binding,
                             &words, past->keep_cases);
    for (uint32_t i = 0; i < part->case_count && past->count < 40; i++) {
        CaseResult one;
        replay_case(replayer, part, &part->cases[i], &one);
        tally_add(tally, part, &one);
        keep(past, part, &one);
    }
    tally_free(tally);
    replayer_free(replayer);
    return true;
}

bool past_try(Past *past, const char *rows)
{
    char path[] = "/tmp/casewright-past-XXXXXX.csv";
    const char *paths[] = {path};
    int file = mkstemps(path, 4);
    assert_true(file >= 0);
    assert_int_equal(write(file, rows, strlen(rows)), (ssize_t)strlen(rows));
    close(file);
    LogRequest request = {.paths = paths,
                          .path_count = 1,
                          .mapping = &past->mapping,
                          .zone = past->program->zone,
                          .has_zone = true};
    forget(past);
    for (uint32_t fact = 0; fact < past->program->fact_count; fact++)
        mapping_offer_fact(&past->mapping, past->program->facts[fact].name);
    bool done = log_visit(&request, begin, visit, past, &past->log, &past->err);
    unlink(path);
    return done;
}

void past_replay(Past *past, const char *rows)
{
    if (!past_try(past, rows))
        fail_msg("%s", past->err.text);
}

const PastCase *past_case(const Past *past, const char *id)
{
    for (uint32_t i = 0; i < past->count; i++)
        if (strcmp(past->cases[i].id, id) == 0)
            return &past->cases[i];
    fail_msg("there is no case %s", id);
    return NULL;
}
