#include "render/happened.h"

#include "render/case_words.h"
#include "render/safe.h"
#include "render/show_json.h"

typedef struct Telling {
    const CaseView *view;
    const Happened *h;
    Text *out;
} Telling;

static void words(const Telling *t, const char *before, const char *name, const char *after)
{
    text_add(t->out, before);
    text_add_char(t->out, '"');
    safe_add(t->out, name);
    text_add_char(t->out, '"');
    text_add(t->out, after);
}

static const char *work(const Telling *t)
{
    return label_work(t->view->flow, t->h->work);
}

static const char *track(const Telling *t)
{
    return label_track(t->view->flow, t->h->track);
}

static const char *role(const Telling *t)
{
    return label_role(t->view->flow, t->h->role);
}

static void due(const Telling *t, const char *before, Moment moment)
{
    if (moment == MOMENT_NEVER || moment == MOMENT_NONE)
        return;
    text_add(t->out, before);
    moment_words(t->view, moment, t->out);
}

static void tell_opened(const Telling *t)
{
    text_add(t->out, "the case is opened");
}

static void tell_closed(const Telling *t)
{
    if (t->h->state != NO_INDEX)
        words(t, "the case is closed at ", label_state(t->view->flow, t->h->state), "");
    else
        text_add(t->out, "the case is closed");
}

static void tell_reopened(const Telling *t)
{
    text_add(t->out, "the case is reopened");
}

static void tell_fact(const Telling *t)
{
    words(t, "", label_fact(t->view->flow, t->h->fact), " is ");
    fact_words(t->view, t->h->fact, t->h->value, t->out);
}

static void tell_moved(const Telling *t)
{
    if (t->h->track == 0)
        text_add(t->out, "the case");
    else
        words(t, "", track(t), "");
    if (t->h->state == t->h->to) {
        words(t, " is at ", label_state(t->view->flow, t->h->to), " anew");
        return;
    }
    if (t->h->state != NO_INDEX)
        words(t, " moves from ", label_state(t->view->flow, t->h->state), " to ");
    else
        text_add(t->out, " begins at ");
    words(t, "", label_state(t->view->flow, t->h->to), "");
}

static void tell_started(const Telling *t)
{
    words(t, "", track(t), " starts");
}

static void tell_ended(const Telling *t)
{
    words(t, "", track(t), " ends");
}

static void tell_start_kept(const Telling *t)
{
    words(t, "", track(t), " is running already; it will start again when that ends");
}

static void tell_work_opened(const Telling *t)
{
    words(t, "to do: ", work(t), ", by ");
    work_who_then_words(t->view, t->h->work, t->h, t->out);
    bool now = work_is_immediate(t->view, t->h->work);
    text_add(t->out, now ? ", immediately" : "");
    due(t, ", aimed for by ", t->h->target);
    due(t, now ? ", at the latest by " : ", due by ", t->h->due);
}

static void tell_limit_started(const Telling *t)
{
    words(t, "the time for ", work(t), " starts");
    due(t, ": due by ", t->h->due);
}

static void tell_limit_moved(const Telling *t)
{
    words(t, "", work(t), " moves");
    due(t, " from ", t->h->was);
    due(t, " to ", t->h->due);
}

/* When the work that is done now was opened; MOMENT_NONE when that is not told. */
static Moment opened_at(const Telling *t)
{
    for (const Happened *h = t->h; h-- > t->view->happened;)
        if (h->kind == HAPPENED_WORK_OPENED && h->work == t->h->work)
            return h->at;
    return MOMENT_NONE;
}

static void add_count(const Telling *t, int64_t count, const char *unit)
{
    text_addf(t->out, " %lld %s%s", (long long)count, unit, count == 1 ? "" : "s");
}

/* Work that is to be done immediately has no limit to be measured by: the time that
 * it took is said instead (in days where only dates are known). */
static void tell_time_taken(const Telling *t)
{
    Zone zone = t->view->program->zone;
    Moment from = opened_at(t), to = t->h->at;
    if (from == MOMENT_NONE || to < from)
        return;
    bool dates = moment_rank(from) == RANK_DATE_ONLY || moment_rank(to) == RANK_DATE_ONLY;
    int64_t minutes = (moment_instant(to) - moment_instant(from)) / MINUTE_MS;
    text_add(t->out, minutes == 0 && !dates ? ", at once" : ", after");
    if (dates || minutes >= 48 * 60) {
        add_count(t, moment_day(zone, to) - moment_day(zone, from), "day");
        return;
    }
    if (minutes >= 60)
        add_count(t, minutes / 60, "hour");
    if (minutes % 60)
        add_count(t, minutes % 60, "minute");
}

static void tell_done(const Telling *t)
{
    words(t, "", work(t), " is done");
    if (t->h->outcome != OUTCOME_NONE)
        text_addf(t->out, ", %s", outcome_words(t->h->outcome));
    if (work_is_immediate(t->view, t->h->work))
        tell_time_taken(t);
}

static void tell_not_needed(const Telling *t)
{
    words(t, "", work(t), " is not needed");
}

static void tell_unfinished(const Telling *t)
{
    words(t, "", work(t), " is closed unfinished");
}

static void tell_excluded(const Telling *t)
{
    words(t, "", work(t), " does not apply");
}

static void tell_ticked(const Telling *t)
{
    words(t, "on the checklist of ", work(t), ":");
    const WorkInfo *info = &t->view->program->works[t->h->work];
    for (uint32_t item = 0; item < info->item_count; item++)
        if ((uint64_t)t->h->value >> item & 1)
            words(t, " ", label_item(t->view->flow, t->h->work, item), "");
}

static void tell_missed(const Telling *t)
{
    words(t, "", work(t), " is OVERDUE");
    due(t, ": it was due by ", t->h->due);
    if (t->h->outcome == OUTCOME_MISSED_KNOWN_LATE)
        text_add(t->out, " (that was already past when it became known)");
}

static void tell_reminded(const Telling *t)
{
    words(t, "", role(t), " is reminded of ");
    words(t, "", work(t), "");
}

static void tell_notified(const Telling *t)
{
    words(t, "", role(t), " is told");
    if (t->h->work != NO_INDEX)
        words(t, " about ", work(t), "");
}

static void tell_escalated(const Telling *t)
{
    words(t, "", role(t), " is asked to take over");
    if (t->h->work != NO_INDEX)
        words(t, " ", work(t), "");
}

static void tell_flagged(const Telling *t)
{
    words(t, "flag: ", t->view->program->texts[t->h->value], "");
}

static void tell_window(const Telling *t)
{
    const WindowAst *window = &t->view->flow->window_at[t->h->window];
    words(t, "", label_event(t->view->flow, (uint32_t)window->event), "");
    text_addf(t->out,
              t->h->value ? " has now happened %d times within "
                          : " no longer counts %d times within ",
              (int)window->count);
    duration_format(window->within, t->out);
}

static void tell_held(const Telling *t)
{
    text_addf(t->out, "entry %lld is kept until later", (long long)t->h->entry);
}

static void tell_released(const Telling *t)
{
    text_addf(t->out, "entry %lld, kept until now, takes effect", (long long)t->h->entry);
}

static void tell_dropped(const Telling *t)
{
    text_addf(t->out, "entry %lld, kept until now, is no longer possible and is dropped",
              (long long)t->h->entry);
}

static void tell_waiting(const Telling *t)
{
    text_addf(t->out, "entry %lld waits for approval", (long long)t->h->entry);
    if (t->h->role != NO_INDEX)
        words(t, " by ", role(t), "");
}

static void tell_approved(const Telling *t)
{
    text_addf(t->out, "entry %lld is approved", (long long)t->h->entry);
}

static void tell_declined(const Telling *t)
{
    text_addf(t->out, "entry %lld is declined", (long long)t->h->entry);
}

static void tell_paused(const Telling *t)
{
    words(t, "the clock of ", work(t), " stops");
}

static void tell_resumed(const Telling *t)
{
    words(t, "the clock of ", work(t), " goes on");
    due(t, ": now due by ", t->h->due);
}

static void tell_extended(const Telling *t)
{
    words(t, "", work(t), " is given more time");
    due(t, ": due by ", t->h->due);
    due(t, " instead of ", t->h->was);
}

static void tell_assigned(const Telling *t)
{
    safe_add(t->out, view_person(t->view, t->h->value));
    words(t, " is now ", role(t), " of this case");
}

static void tell_stayed(const Telling *t)
{
    words(t, "", work(t),
          " is overdue, but other work must be done before leaving; "
          "the case stays where it is");
}

static void tell_fault(const Telling *t)
{
    text_add(t->out,
             "WARNING: a standing rule of the flow is broken, and nobody could be refused");
}

/* NULL: nobody needs to be told (an event stands in the heading of its entry). */
static const struct Kind {
    const char *code;
    void (*tell)(const Telling *telling);
} kinds[] = {
    [HAPPENED_OPENED] = {"opened", tell_opened},
    [HAPPENED_CLOSED] = {"closed", tell_closed},
    [HAPPENED_REOPENED] = {"reopened", tell_reopened},
    [HAPPENED_EVENT] = {"event", NULL},
    [HAPPENED_FACT] = {"fact", tell_fact},
    [HAPPENED_MOVED] = {"moved", tell_moved},
    [HAPPENED_STARTED] = {"track-started", tell_started},
    [HAPPENED_ENDED] = {"track-ended", tell_ended},
    [HAPPENED_START_KEPT] = {"start-kept", tell_start_kept},
    [HAPPENED_WORK_OPENED] = {"work-opened", tell_work_opened},
    [HAPPENED_LIMIT_STARTED] = {"limit-started", tell_limit_started},
    [HAPPENED_LIMIT_MOVED] = {"limit-moved", tell_limit_moved},
    [HAPPENED_DONE] = {"done", tell_done},
    [HAPPENED_NOT_NEEDED] = {"not-needed", tell_not_needed},
    [HAPPENED_UNFINISHED] = {"closed-unfinished", tell_unfinished},
    [HAPPENED_EXCLUDED] = {"excluded", tell_excluded},
    [HAPPENED_TICKED] = {"ticked", tell_ticked},
    [HAPPENED_MISSED] = {"missed", tell_missed},
    [HAPPENED_REMINDED] = {"reminded", tell_reminded},
    [HAPPENED_NOTIFIED] = {"notified", tell_notified},
    [HAPPENED_ESCALATED] = {"escalated", tell_escalated},
    [HAPPENED_FLAGGED] = {"flagged", tell_flagged},
    [HAPPENED_WINDOW] = {"window", tell_window},
    [HAPPENED_HELD] = {"held", tell_held},
    [HAPPENED_RELEASED] = {"released", tell_released},
    [HAPPENED_DROPPED] = {"dropped", tell_dropped},
    [HAPPENED_WAITING] = {"waiting", tell_waiting},
    [HAPPENED_APPROVED] = {"approved", tell_approved},
    [HAPPENED_DECLINED] = {"declined", tell_declined},
    [HAPPENED_PAUSED] = {"paused", tell_paused},
    [HAPPENED_RESUMED] = {"resumed", tell_resumed},
    [HAPPENED_EXTENDED] = {"extended", tell_extended},
    [HAPPENED_ASSIGNED] = {"assigned", tell_assigned},
    [HAPPENED_STAYED_PUT] = {"stayed-put", tell_stayed},
    [HAPPENED_IGNORED] = {"ignored", NULL},
    [HAPPENED_FAULT] = {"fault", tell_fault},
};

/* The next thing told of the same work in the same step, after it or before it. */
static const Happened *beside(const CaseView *view, const Happened *happened, bool after)
{
    uint32_t i = (uint32_t)(happened - view->happened);
    while (after ? ++i < view->happened_count : i-- > 0) {
        const Happened *other = &view->happened[i];
        if (other->at != happened->at || other->entry != happened->entry)
            return NULL;
        if (other->work == happened->work)
            return other;
    }
    return NULL;
}

/* Work that one step opened and closed again (the next occurrence of a review whose
 * outcome ends the case, say) was never anybody's. */
static bool came_to_nothing(const CaseView *view, const Happened *happened)
{
    bool opened = happened->kind == HAPPENED_WORK_OPENED;
    if (!opened && happened->kind != HAPPENED_UNFINISHED)
        return false;
    const Happened *other = beside(view, happened, opened);
    return other && other->kind == (opened ? HAPPENED_UNFINISHED : HAPPENED_WORK_OPENED);
}

/* Notifications of before an import: they follow from the flow, and nobody got them. */
static bool was_told_to_nobody(const CaseView *view, const Happened *happened)
{
    bool tells = happened->kind == HAPPENED_REMINDED || happened->kind == HAPPENED_NOTIFIED ||
                 happened->kind == HAPPENED_ESCALATED;
    return tells && happened->at < view->import;
}

bool happened_words(const CaseView *view, const Happened *happened, Text *out)
{
    Telling telling = {view, happened, out};
    if (!kinds[happened->kind].tell || came_to_nothing(view, happened) ||
        was_told_to_nobody(view, happened))
        return false;
    kinds[happened->kind].tell(&telling);
    return true;
}

bool happened_begins_a_day(const Happened *happened)
{
    bool of_the_morning = happened->kind == HAPPENED_REMINDED ||
                          (happened->kind == HAPPENED_WINDOW && happened->value == 0);
    return of_the_morning && moment_rank(happened->at) == RANK_DAY_LIMIT;
}

static void name_json(Json *json, const char *key, uint32_t index, const char *name)
{
    if (index != NO_INDEX)
        json_text(json, key, name);
}

static void moment_json(const CaseView *view, Json *json, const char *key, Moment moment)
{
    if (moment != MOMENT_NONE && moment != MOMENT_NEVER)
        json_moment(json, key, view->program->zone, moment);
}

#define NAME_OF(view, table, index)                                                            \
    ((index) == NO_INDEX ? NULL : (view)->program->table[index].name)

void happened_json(const CaseView *view, const Happened *h, Json *json)
{
    Zone zone = view->program->zone;
    json_object_begin(json, NULL);
    json_text(json, "kind", kinds[h->kind].code);
    moment_json(view, json, "at",
                happened_begins_a_day(h) ? moment_of_date(zone, moment_day_begun(zone, h->at))
                                         : h->at);
    if (h->entry)
        json_number(json, "entry", h->entry);
    name_json(json, "event", h->event, NAME_OF(view, events, h->event));
    name_json(json, "track", h->track, NAME_OF(view, tracks, h->track));
    name_json(json, "state", h->state, NAME_OF(view, states, h->state));
    name_json(json, "to", h->to, NAME_OF(view, states, h->to));
    name_json(json, "work", h->work, NAME_OF(view, works, h->work));
    name_json(json, "role", h->role, NAME_OF(view, roles, h->role));
    name_json(json, "fact", h->fact, NAME_OF(view, facts, h->fact));
    if (h->fact != NO_INDEX)
        json_fact_value(view, json, "value", h->fact, h->value);
    if (h->work != NO_INDEX && h->outcome != OUTCOME_NONE)
        json_text(json, "outcome", outcome_code(h->outcome));
    moment_json(view, json, "due", h->due);
    moment_json(view, json, "was", h->was);
    moment_json(view, json, "target", h->target);
    Text text = {0};
    if (happened_words(view, h, &text))
        json_text(json, "text", text_get(&text));
    text_clear(&text);
    json_object_end(json);
}
