#include "render/replay_words.h"

#include <string.h>

#include "render/flow_words.h"
#include "render/safe.h"
#include "render/work_words.h"

const char *outcome_title(CaseOutcome outcome, uint64_t cases)
{
    static const struct {
        const char *one, *many;
    } titles[CASE_OUTCOMES] = {
        [CASE_FOLLOWS] = {"follows the policy", "follow the policy"},
        [CASE_LATE_ONLY] = {"is late only", "are late only"},
        [CASE_BREAKS] = {"breaks a rule", "break a rule"},
        [CASE_CANNOT_BE_JUDGED] = {"cannot be judged", "cannot be judged"},
    };
    return cases == 1 ? titles[outcome].one : titles[outcome].many;
}

const char *const outcome_names[CASE_OUTCOMES] = {
    [CASE_FOLLOWS] = "follows",
    [CASE_LATE_ONLY] = "late-only",
    [CASE_BREAKS] = "breaks",
    [CASE_CANNOT_BE_JUDGED] = "cannot-be-judged",
};

const char *applied_words(Applied applied)
{
    static const char *const words[] = {
        [APPLIED_NOT] = "did not happen in this replay",
        [APPLIED_WHOLE] = "was counted as done all the same",
        [APPLIED_LINE] = "was taken to go the one way on that there is",
        [APPLIED_ELSEWHERE] = "was judged as from the one state that knows it",
        [APPLIED_FACTS] = "was put on record and moved nothing",
    };
    return words[applied];
}

/* ---- the parts of a sentence -------------------------------------------------- */

typedef struct Saying {
    const ReplayWords *words;
    const Flow *flow;
    const Log *log;
    const Finding *finding;
    Text *out;
} Saying;

static void say(const Saying *s, const char *plain)
{
    text_add(s->out, plain);
}

static void quote(const Saying *s, const char *words)
{
    text_add_char(s->out, '"');
    safe_add(s->out, words);
    text_add_char(s->out, '"');
}

static void say_event(const Saying *s)
{
    uint32_t event = s->finding->refusal.event;
    quote(s, event == NO_INDEX ? "something" : label_event(s->flow, event));
}

static void say_work(const Saying *s)
{
    uint32_t work = s->finding->refusal.work;
    quote(s, work == NO_INDEX ? "work" : label_work(s->flow, work));
}

static void say_state(const Saying *s)
{
    if (s->finding->state == NO_INDEX)
        say(s, "no state at all");
    else
        quote(s, label_state(s->flow, s->finding->state));
}

static void say_fact(const Saying *s, uint32_t fact)
{
    quote(s, fact == NO_INDEX ? "a fact" : label_fact(s->flow, fact));
}

/* "; "High risk remains" was no", for facts with few values. */
static void say_value(const Saying *s)
{
    const Finding *f = s->finding;
    if (f->fact == NO_INDEX)
        return;
    const FactAst *fact = s->flow->fact_at[f->fact];
    bool few = fact->type == FACT_ONE_OF || fact->type == FACT_YES_NO;
    if (f->value != VALUE_UNKNOWN && !few)
        return;
    say(s, "; ");
    say_fact(s, f->fact);
    say(s, " was ");
    if (f->value == VALUE_UNKNOWN)
        say(s, "not known");
    else if (fact->type == FACT_YES_NO)
        say(s, f->value ? "yes" : "no");
    else
        quote(s, label_value(s->flow, f->fact, f->value));
}

/* Who may do it: of work those it names, of an event likewise. */
static void say_who(const Saying *s)
{
    const Refusal *refusal = &s->finding->refusal;
    const RefList *by = NULL;
    if (refusal->work != NO_INDEX)
        by = &s->flow->work_at[refusal->work]->by;
    else if (refusal->event != NO_INDEX)
        by = &s->flow->event_at[refusal->event]->by;
    if (!by || !by->count)
        return;
    say(s, "; it is for ");
    roles_words(s->flow, by, " or ", s->out);
}

/* The conditions of the lines that the blocked one stands with. */
static void say_conditions(const Saying *s)
{
    const Program *program = s->words->program;
    uint32_t blocked = s->finding->refusal.alternative;
    Slice lines = {blocked, 1};
    for (uint32_t i = 0; i < program->handler_count; i++)
        if (blocked - program->handlers[i].alternatives.first <
            program->handlers[i].alternatives.count)
            lines = program->handlers[i].alternatives;
    bool any = false;
    for (uint32_t i = lines.first; i < lines.first + lines.count; i++) {
        const AlternativeInfo *line = &program->alternatives[i];
        const Line *ast = line_at(s->flow, line->file, line->offset);
        if (!line->is_choice || !ast || !ast->condition)
            continue;
        say(s, any ? ", or " : " (");
        condition_words(s->flow, ast->condition, s->out);
        any = true;
    }
    say(s, any ? ")" : "");
}

/* ---- refusals ------------------------------------------------------------------- */

static void say_not_open(const Saying *s)
{
    const Finding *f = s->finding;
    uint32_t work = f->refusal.work;
    uint32_t before = work == NO_INDEX ? NO_INDEX : s->words->program->works[work].after_work;
    say_event(s);
    if (f->again) {
        say(s, " was done again, though it was done already at ");
        say_state(s);
    } else if (before != NO_INDEX) {
        say(s, " was done before ");
        quote(s, label_work(s->flow, before));
        say(s, ", which comes first");
    } else {
        say(s, " was recorded while the case was at ");
        say_state(s);
        say(s, ", where it was not to be done");
    }
}

static void say_not_possible(const Saying *s)
{
    say_event(s);
    say(s, " was recorded while the case was at ");
    say_state(s);
    say(s, ", where the flow has no place for it");
}

static void say_closed(const Saying *s)
{
    say_event(s);
    say(s, " was recorded after the case was closed");
    if (s->finding->state == NO_INDEX)
        return;
    say(s, " at ");
    say_state(s);
}

static void say_not_opened(const Saying *s)
{
    say_event(s);
    say(s, " was recorded before the case was open");
}

static void say_wrong_role(const Saying *s)
{
    say_event(s);
    say(s, " was recorded by ");
    if (s->finding->refusal.role == NO_INDEX)
        say(s, "somebody in a role that the flow does not have");
    else
        quote(s, label_role(s->flow, s->finding->refusal.role));
    say_who(s);
}

static void say_deputy(const Saying *s)
{
    say_event(s);
    say(s, " was recorded by a deputy before deputies may stand in");
    say_who(s);
}

static void say_not_assigned(const Saying *s)
{
    say_event(s);
    say(s, " was recorded by somebody else than the person it belongs to");
}

static void say_separation(const Saying *s)
{
    const Refusal *refusal = &s->finding->refusal;
    say_event(s);
    if (refusal->other != NO_INDEX) {
        say(s, " was done by the same person as ");
        quote(s, label_event(s->flow, refusal->other));
        say(s, "; the flow asks for two");
    } else {
        say(s, " was done by somebody who also acted as ");
        quote(s,
              refusal->role == NO_INDEX ? "another role" : label_role(s->flow, refusal->role));
        say(s, " in the case");
    }
}

static void say_missing(const Saying *s)
{
    say_event(s);
    say(s, " was recorded without ");
    say_fact(s, s->finding->refusal.fact);
}

static void say_no_way(const Saying *s)
{
    say_event(s);
    say(s, " was recorded at ");
    say_state(s);
    say(s, " though the condition for going on did not hold");
    say_conditions(s);
    say_value(s);
}

static void say_several(const Saying *s)
{
    say(s, "several ways on applied at once");
    if (s->finding->refusal.event == NO_INDEX)
        return;
    say(s, " when ");
    say_event(s);
    say(s, " was recorded");
}

static void say_conflicting(const Saying *s)
{
    say(s, "two parts of the flow would have recorded different values for ");
    say_fact(s, s->finding->refusal.fact);
}

static void say_leaving(const Saying *s)
{
    say_event(s);
    say(s, " took the case on from ");
    say_state(s);
    say(s, " before ");
    say_work(s);
    say(s, " was done");
}

/* " never "Closed" when Risk is high" */
static void say_rule_words(const Saying *s)
{
    const RuleAst *rule = s->flow->rule_at[s->finding->refusal.rule];
    say(s, rule->is_never ? " never " : " always ");
    if (rule->is_never)
        quote(s, label_state(s->flow, (uint32_t)rule->state.index));
    if (rule->is_never && rule->condition)
        say(s, " when ");
    if (rule->condition)
        condition_words(s->flow, rule->condition, s->out);
}

static void say_rule(const Saying *s)
{
    if (s->finding->row == NO_INDEX)
        say(s, "time passing broke a standing rule");
    else
        say_event(s);
    if (s->finding->row != NO_INDEX)
        say(s, " broke a standing rule");
    say(s, ":");
    say_rule_words(s);
    say_value(s);
}

static void say_other(const Saying *s)
{
    say_event(s);
    say(s, " was refused (");
    say(s, refusal_code_text(s->finding->refusal.code));
    say(s, ")");
}

typedef struct RefusalWords {
    const char *group;
    void (*say)(const Saying *s);
} RefusalWords;

static const char place_group[] = "Not allowed at that point";
static const char guard_group[] = "A condition was not met";
static const char role_group[] = "Done in the wrong role";
static const char missing_group[] = "Something was missing";
static const char rule_group[] = "A standing rule was broken";
static const char open_group[] = "Cannot be judged";

static const RefusalWords refusals[REFUSAL_COUNT] = {
    [REFUSED_CASE_CLOSED] = {place_group, say_closed},
    [REFUSED_NOT_OPENED] = {place_group, say_not_opened},
    [REFUSED_NOT_OPEN] = {place_group, say_not_open},
    [REFUSED_NOT_POSSIBLE] = {place_group, say_not_possible},
    [REFUSED_WRONG_ROLE] = {role_group, say_wrong_role},
    [REFUSED_NOT_DEPUTY] = {role_group, say_deputy},
    [REFUSED_NOT_ASSIGNED] = {role_group, say_not_assigned},
    [REFUSED_SEPARATION] = {"Not by two persons", say_separation},
    [REFUSED_MISSING_FACT] = {missing_group, say_missing},
    [REFUSED_SEVERAL_ALTERNATIVES] = {guard_group, say_several},
    [REFUSED_NO_ALTERNATIVE] = {guard_group, say_no_way},
    [REFUSED_CONFLICTING_RECORDS] = {guard_group, say_conflicting},
    [REFUSED_BEFORE_LEAVING] = {"A required step was left out", say_leaving},
    [REFUSED_NEVER] = {rule_group, say_rule},
    [REFUSED_ALWAYS] = {rule_group, say_rule},
};

/* ---- what is no refusal ------------------------------------------------------------- */

static void say_unknown(const Saying *s)
{
    const char *activity = s->log->activities.texts[s->finding->activity];
    const char *nearest = binding_nearest_event(s->words->bundle, activity);
    say(s, "the flow has no event ");
    quote(s, activity);
    if (!nearest)
        return;
    say(s, "; the nearest is ");
    say(s, nearest);
}

static void say_no_opening(const Saying *s)
{
    say(s, "the case does not begin with what opens one, so what came before is not known");
}

static void say_no_fact(const Saying *s)
{
    if (s->finding->refusal.rule != NO_INDEX) {
        say(s, "whether the standing rule");
        say_rule_words(s);
        say(s, " was kept depends on ");
    } else {
        say(s, "what comes after ");
        say_event(s);
        say(s, " depends on ");
    }
    say_fact(s, s->finding->fact);
    say(s, ", which the log does not tell");
}

static void say_no_time(const Saying *s)
{
    say_work(s);
    say(s,
        " was done on the very day on which its time ran out, and the log has no time of day");
}

static void say_no_calendar(const Saying *s)
{
    say(s, "the due date of ");
    say_work(s);
    say(s, " lies outside the years that the calendar covers");
}

static void say_set_aside(const Saying *s)
{
    say(s, "a row of the case could not be read");
}

static void say_bad_value(const Saying *s)
{
    say(s, "what the log holds with ");
    say_event(s);
    say(s, " is no value of ");
    say_fact(s, s->finding->fact);
}

static void (*const kinds[FINDING_KINDS])(const Saying *s) = {
    [FINDING_UNKNOWN] = say_unknown,         [FINDING_NO_OPENING] = say_no_opening,
    [FINDING_NO_FACT] = say_no_fact,         [FINDING_NO_TIME] = say_no_time,
    [FINDING_NO_CALENDAR] = say_no_calendar, [FINDING_SET_ASIDE] = say_set_aside,
    [FINDING_BAD_VALUE] = say_bad_value,
};

void replay_finding_words(const ReplayWords *words, const Log *log, const Finding *finding,
                          Text *out)
{
    Saying saying = {words, &words->bundle->flow, log, finding, out};
    if (kinds[finding->kind])
        kinds[finding->kind](&saying);
    else if (refusals[finding->refusal.code].say)
        refusals[finding->refusal.code].say(&saying);
    else
        say_other(&saying);
}

const char *replay_finding_group(const Finding *finding)
{
    if (finding_leaves_open(finding))
        return open_group;
    if (finding->kind == FINDING_UNKNOWN)
        return "Not in the flow";
    if (finding->again)
        return "Done twice";
    if (finding->refusal.code == REFUSED_NOT_OPEN && finding->refusal.work != NO_INDEX)
        return "Done in another order";
    const char *group = refusals[finding->refusal.code].group;
    return group ? group : "Not allowed";
}

void replay_place(const ReplayWords *words, uint32_t file, uint32_t offset, Text *out)
{
    if (file == NO_INDEX || file >= words->bundle->source_count)
        return;
    const Source *source = &words->bundle->sources[file];
    const char *slash = strrchr(source->path, '/');
    safe_add(out, slash ? slash + 1 : source->path);
    text_addf(out, ":%u", source_place(source, offset).line);
}
