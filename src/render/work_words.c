#include "render/work_words.h"

#include "render/safe.h"

static void quote(const char *words, Text *out)
{
    text_add_char(out, '"');
    safe_add(out, words);
    text_add_char(out, '"');
}

void roles_words(const Flow *flow, const RefList *roles, const char *between, Text *out)
{
    for (const Ref *role = roles->first; role; role = role->next) {
        safe_add(out, label_role(flow, (uint32_t)role->index));
        text_add(out, role->next ? between : "");
    }
}

void events_words(const Flow *flow, const RefList *events, Text *out)
{
    for (const Ref *event = events->first; event; event = event->next) {
        quote(label_event(flow, (uint32_t)event->index), out);
        text_add(out, event->next ? " or " : "");
    }
}

void line_when_words(const Flow *flow, LineWhen when, const Expr *condition, Text *out)
{
    if (when == LINE_OTHERWISE)
        text_add(out, "otherwise");
    else if (condition)
        condition_words(flow, condition, out);
}

/* ---- durations and what they count from ------------------------------------- */

static void period_words(const PeriodAst *period, Text *out)
{
    char day[DAY_TEXT_MAX];
    for (const PeriodValue *value = period->values; value; value = value->next) {
        if (value->from.day != DAY_NONE) {
            day_format_long(value->from.day, day);
            text_addf(out, " (from %s: ", day);
        }
        duration_format(value->duration, out);
        text_add(out, value->from.day != DAY_NONE ? ")" : "");
    }
}

void duration_words(const Flow *flow, const DurationAst *duration, Text *out)
{
    if (duration->period.text)
        period_words(flow->period_at[duration->period.index], out);
    else
        duration_format(duration->literal, out);
}

static void anchor_refs(const Flow *flow, const Anchor *anchor, Text *out)
{
    for (const Ref *ref = anchor->refs.first; ref; ref = ref->next) {
        uint32_t index = (uint32_t)ref->index;
        quote(ref->kind == REF_FACT ? label_fact(flow, index) : label_event(flow, index), out);
        text_add(out, ref->next ? ", " : "");
    }
}

static void anchor_words(const Flow *flow, const Anchor *anchor, const char *before, Text *out)
{
    static const char *const words[] = {[ANCHOR_NONE] = NULL,
                                        [ANCHOR_ENTERING] = "coming here",
                                        [ANCHOR_STARTING] = "the start of this track",
                                        [ANCHOR_OPENING] = "the opening of the case",
                                        [ANCHOR_EVENT] = "",
                                        [ANCHOR_FIRST_EVENT] = "the first ",
                                        [ANCHOR_FACT] = "",
                                        [ANCHOR_LATER_OF] = "the later of "};
    if (!words[anchor->kind])
        return;
    text_addf(out, "%s%s", before, words[anchor->kind]);
    anchor_refs(flow, anchor, out);
}

/* ---- limits ------------------------------------------------------------------ */

static void target_words(const Flow *flow, const LimitAst *limit, Text *out)
{
    bool bare = limit->immediately && !limit->has_limit;
    text_add(out, bare ? "" : "aim: ");
    if (limit->immediately)
        text_add(out, "immediately");
    else
        duration_words(flow, &limit->target, out);
    if (limit->target_anchor.kind != ANCHOR_NONE)
        anchor_words(flow, &limit->target_anchor, " of ", out);
    else if (!limit->has_limit)
        anchor_words(flow, &limit->anchor, limit->immediately ? " on " : " of ", out);
}

static void latest_words(const Flow *flow, const LimitAst *limit, Text *out)
{
    bool has_target = limit->has_target || limit->immediately;
    text_add(out, has_target ? "; at the latest " : "");
    if (!limit->before)
        text_add(out, "within ");
    else if (!limit->clear)
        text_add(out, "at least ");
    duration_words(flow, &limit->limit, out);
    text_add(out, limit->clear ? " clear" : "");
    anchor_words(flow, &limit->anchor, limit->before ? " before " : " of ", out);
}

static void option_words(const Flow *flow, const LimitAst *limit, Text *out)
{
    static const char *const rolls[] = {[ROLL_NONE] = "",
                                        [ROLL_NEXT] = ", or the next working day",
                                        [ROLL_PREVIOUS] = ", or the previous working day"};
    text_add(out, rolls[limit->roll]);
    text_add(out, limit->count_from_next ? ", counted from the next working day" : "");
    text_add(out, limit->fixed ? ", fixed once set" : "");
    if (limit->paused_while) {
        text_add(out, "; the clock stops while ");
        condition_words(flow, limit->paused_while, out);
    }
    if (limit->paused_by.count > 0) {
        text_add(out, "; can be paused by ");
        roles_words(flow, &limit->paused_by, " or ", out);
    }
    if (limit->extended_by.count > 0) {
        text_add(out, "; can be extended by ");
        roles_words(flow, &limit->extended_by, " or ", out);
    }
}

static bool limit_is_there(const LimitAst *limit)
{
    return limit && (limit->has_limit || limit->has_target || limit->immediately);
}

static void limit_words(const Flow *flow, const LimitAst *limit, Text *out)
{
    if (limit->has_target || limit->immediately)
        target_words(flow, limit, out);
    if (limit->has_limit)
        latest_words(flow, limit, out);
    option_words(flow, limit, out);
}

/* ---- reviews ----------------------------------------------------------------- */

static void interval_words(const Flow *flow, const Interval *interval, Text *out)
{
    bool grid = interval->kind == INTERVAL_GRID;
    text_add(out, grid ? "every " : "at most ");
    duration_words(flow, &interval->every, out);
    if (grid)
        anchor_words(flow, &interval->from, " from ", out);
    else
        text_add(out, " after the last one");
    if (interval->when == LINE_ALWAYS)
        return;
    text_add(out, interval->when == LINE_WHEN ? " when " : " ");
    line_when_words(flow, interval->when, interval->condition, out);
}

static void review_words(const Flow *flow, const Work *work, Text *out)
{
    if (limit_is_there(work->first)) {
        text_add(out, "the first ");
        limit_words(flow, work->first, out);
    }
    for (const Interval *interval = work->intervals; interval; interval = interval->next) {
        text_add(out, out->length > 0 ? ", " : "");
        interval_words(flow, interval, out);
    }
    if (work->in_step.text) {
        text_add(out, out->length > 0 ? ", " : "");
        text_add(out, "each time with ");
        quote(label_event(flow, (uint32_t)work->in_step.index), out);
    }
    if (work->until) {
        text_add(out, ", until ");
        condition_words(flow, work->until, out);
    }
}

/* What is to be done immediately has no moment at which it is missed. */
bool work_has_limit(const Work *work)
{
    return work->limit.has_limit || (work->first && work->first->has_limit) ||
           work->intervals || work->in_step.text;
}

void work_limit_words(const Flow *flow, const Work *work, Text *out)
{
    Text review = {0};
    if (limit_is_there(&work->limit))
        limit_words(flow, &work->limit, out);
    review_words(flow, work, &review);
    text_add(out, out->length > 0 && review.length > 0 ? ", " : "");
    text_add(out, text_get(&review));
    text_clear(&review);
}

/* ---- consequences ------------------------------------------------------------- */

static void effect_words(const Flow *flow, const Effect *effect, Text *out)
{
    uint32_t index = (uint32_t)effect->ref.index;
    switch (effect->kind) {
    case EFFECT_GO_TO:
        text_add(out, "go to ");
        quote(label_state(flow, index), out);
        break;
    case EFFECT_STAY:
        text_add(out, "stay");
        break;
    case EFFECT_AGAIN:
        text_add(out, "begin this state again");
        break;
    case EFFECT_RECORD:
        text_add(out, "record that ");
        quote(label_fact(flow, index), out);
        text_add(out, " is ");
        value_words(flow, &effect->ref, effect->value, out);
        break;
    case EFFECT_START:
    case EFFECT_END:
        text_add(out, effect->kind == EFFECT_START ? "start " : "end ");
        quote(label_track(flow, index), out);
        break;
    case EFFECT_NOTIFY:
        text_add(out, "tell ");
        safe_add(out, label_role(flow, index));
        break;
    case EFFECT_ESCALATE:
        text_add(out, "ask ");
        safe_add(out, label_role(flow, index));
        text_add(out, " to take over");
        break;
    case EFFECT_FLAG:
        text_add(out, "flag ");
        quote(effect->text, out);
        break;
    }
}

static bool is_move(const Effect *effect)
{
    return effect->kind == EFFECT_GO_TO || effect->kind == EFFECT_STAY ||
           effect->kind == EFFECT_AGAIN;
}

void effects_words(const Flow *flow, const Effect *effects, bool moves, Text *out)
{
    bool first = true;
    for (const Effect *effect = effects; effect; effect = effect->next) {
        if (!moves && is_move(effect))
            continue;
        text_add(out, first ? "" : ", ");
        effect_words(flow, effect, out);
        first = false;
    }
}

void work_missed_words(const Flow *flow, const Work *work, Text *out)
{
    const Effect *effects = work->if_missed.effects;
    if (!effects && work_has_limit(work) && flow->workflow)
        effects = flow->workflow->if_missed.effects;
    if (!effects)
        return;
    text_add(out, "if missed: ");
    effects_words(flow, effects, true, out);
}

void work_with_words(const Flow *flow, const Work *work, Text *out)
{
    text_add(out, work->with.count > 0 ? "with " : "");
    roles_words(flow, &work->with, ", ", out);
    if (work->with_where_possible.count == 0)
        return;
    text_add(out, work->with.count > 0 ? "; where possible with " : "where possible with ");
    roles_words(flow, &work->with_where_possible, ", ", out);
}

/* ---- everything else that is asked -------------------------------------------- */

typedef struct Notes {
    const Flow *flow;
    SayNote say;
    void *context;
    Text words;
} Notes;

static void say(Notes *notes)
{
    notes->say(notes->context, text_get(&notes->words));
    text_reset(&notes->words);
}

static void say_when(Notes *notes, const Expr *when)
{
    if (when) {
        text_add(&notes->words, " when ");
        condition_words(notes->flow, when, &notes->words);
    }
    say(notes);
}

static void say_order(Notes *notes, const Work *work)
{
    Text *out = &notes->words;
    if (work->only_when) {
        text_add(out, "only");
        say_when(notes, work->only_when);
    }
    if (work->kind == WORK_MUST && work->when) {
        text_add(out, "owed");
        say_when(notes, work->when);
    }
    if (work->after.text) {
        text_add(out, "after ");
        quote(label_event(notes->flow, (uint32_t)work->after.index), out);
        say(notes);
    }
    if (work->not_by_who.count > 0) {
        text_add(out, "not by who did ");
        events_words(notes->flow, &work->not_by_who, out);
        say(notes);
    }
}

static void say_asked(Notes *notes, const Work *work)
{
    Text *out = &notes->words;
    for (const Records *records = work->records; records; records = records->next) {
        text_add(out, "record ");
        quote(label_fact(notes->flow, (uint32_t)records->fact.index), out);
        say_when(notes, records->when);
    }
    for (const RequiresReason *reason = work->reasons; reason; reason = reason->next) {
        text_add(out, "give a reason");
        say_when(notes, reason->when);
    }
    for (const CheckItem *item = work->checklist; item; item = item->next) {
        text_add(out, "tick ");
        quote(item->label ? item->label : item->name, out);
        say(notes);
    }
    if (work->assigns.count > 0) {
        text_add(out, "say who is ");
        roles_words(notes->flow, &work->assigns, ", ", out);
        say(notes);
    }
}

static void say_reminders(Notes *notes, const Work *work)
{
    for (const Remind *remind = work->reminds; remind; remind = remind->next) {
        text_add(&notes->words, "reminder to ");
        roles_words(notes->flow, &remind->roles, ", ", &notes->words);
        text_add_char(&notes->words, ' ');
        duration_words(notes->flow, &remind->before, &notes->words);
        text_add(&notes->words, " before");
        say(notes);
    }
}

void work_notes(const Flow *flow, const Work *work, SayNote say_note, void *context)
{
    Notes notes = {.flow = flow, .say = say_note, .context = context};
    if (work->optional)
        say_note(context, "may be marked not needed, with a reason");
    if (work->before_leaving)
        say_note(context, "must be done before the case moves on");
    say_order(&notes, work);
    say_asked(&notes, work);
    say_reminders(&notes, work);
    text_clear(&notes.words);
}
