#include "render/show_json.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/limits.h"
#include "render/case_words.h"
#include "render/possible.h"
#include "render/show.h"

void json_moment(Json *json, const char *key, Zone zone, Moment moment)
{
    char text[TIME_TEXT_MAX];
    json_text(json, key, moment_short(zone, moment, text));
}

void json_case(const CaseView *view, Json *json)
{
    static const char *const statuses[] = {
        [CASE_NOT_OPEN] = "not-open", [CASE_OPEN] = "open", [CASE_CLOSED] = "closed"};
    char now[TIME_TEXT_MAX];
    Zone zone = view->program->zone;
    instant_format(zone, view->now, now);
    json_number(json, "case", view->number);
    json_text(json, "reference", view->reference);
    json_text(json, "flow", view->flow_name);
    json_text(json, "version", view->program->version);
    json_text(json, "definition", view->definition_hash);
    json_text(json, "now", now);
    json_text(json, "status", statuses[view->record[SLOT_STATUS]]);
    json_moment(json, "opened", zone, view->record[SLOT_OPENED]);
    json_moment(json, "closed", zone, view->record[SLOT_CLOSED]);
}

static void json_places(const CaseView *view, Json *json)
{
    json_array_begin(json, "tracks");
    for (uint32_t t = 0; t < view->program->track_count; t++) {
        const int64_t *track = record_track(view->program, view->record, t);
        int64_t state = track[TRACK_RUNNING] ? track[TRACK_STATE] : track[TRACK_LAST_STATE];
        if (!track[TRACK_RUNS])
            continue;
        json_object_begin(json, NULL);
        json_text(json, "track", view->program->tracks[t].name);
        json_text(json, "label", label_track(view->flow, t));
        json_bool(json, "running", track[TRACK_RUNNING] != 0);
        json_text(json, "state", state ? view->program->states[state - 1].name : NULL);
        json_text(json, "state_label",
                  state ? label_state(view->flow, (uint32_t)(state - 1)) : NULL);
        json_moment(json, "since", view->program->zone, track[TRACK_ENTERED]);
        json_number(json, "runs", track[TRACK_RUNS]);
        json_object_end(json);
    }
    json_array_end(json);
}

static void json_work(const CaseView *view, uint32_t w, Json *json)
{
    static const char *const kinds[] = {[PROGRAM_TASK] = "task",
                                        [PROGRAM_REVIEW] = "review",
                                        [PROGRAM_DEADLINE] = "deadline",
                                        [PROGRAM_MUST] = "must"};
    const int64_t *work = record_work(view->program, view->record, w);
    Text who = {0};
    work_who_words(view, w, &who);
    json_object_begin(json, NULL);
    json_text(json, "name", view->program->works[w].name);
    json_text(json, "label", label_work(view->flow, w));
    json_text(json, "kind", kinds[view->program->works[w].kind]);
    json_text(json, "status", work_status_code((WorkStatus)work[WORK_STATUS]));
    json_text(json, "outcome", outcome_code((Outcome)work[WORK_OUTCOME]));
    json_text(json, "by", text_get(&who));
    json_moment(json, "opened", view->program->zone, work[WORK_OPENED]);
    json_moment(json, "target", view->program->zone, work[WORK_TARGET]);
    json_moment(json, "due", view->program->zone, work[WORK_DUE]);
    json_bool(json, "overdue", work_is_overdue(view, w));
    json_bool(json, "immediately", work_is_immediate(view, w));
    json_bool(json, "paused", work[WORK_PAUSED_AT] != MOMENT_NONE);
    json_object_end(json);
    text_clear(&who);
}

static void json_works(const CaseView *view, Json *json)
{
    json_array_begin(json, "work");
    for (uint32_t w = 0; w < view->program->work_count; w++)
        if (record_work(view->program, view->record, w)[WORK_STATUS] != WORK_CLOSED)
            json_work(view, w, json);
    json_array_end(json);
}

static void json_waiting(const CaseView *view, Json *json)
{
    json_array_begin(json, "waiting_for_approval");
    for (uint32_t i = 0; i < LIMIT_HELD; i++)
        if (view->record[SLOT_WAITING + i])
            json_number(json, NULL, view->record[SLOT_WAITING + i]);
    json_array_end(json);
    json_array_begin(json, "held");
    for (uint32_t i = 0; i < LIMIT_HELD; i++)
        if (view->record[SLOT_HELD + i])
            json_number(json, NULL, held_entry(view->record[SLOT_HELD + i]));
    json_array_end(json);
}

void json_fact_value(const CaseView *view, Json *json, const char *key, uint32_t fact,
                     int64_t value)
{
    char day[DAY_TEXT_MAX];
    if (value == VALUE_UNKNOWN) {
        json_none(json, key);
        return;
    }
    const FactValue *one = view->flow->fact_at[fact]->values;
    switch (view->program->facts[fact].type) {
    case TYPE_ONE_OF:
        for (int64_t i = 0; i < value && one; i++)
            one = one->next;
        json_text(json, key, one ? one->name : NULL);
        break;
    case TYPE_YES_NO:
        json_text(json, key, value ? "yes" : "no");
        break;
    case TYPE_NUMBER:
        json_number(json, key, value);
        break;
    case TYPE_DATE:
        day_format((Day)value, day);
        json_text(json, key, day);
        break;
    case TYPE_TEXT:
    case TYPE_PERSON:
        json_text(json, key, view_fact_text(view, fact, value));
        break;
    }
}

static void json_known(const CaseView *view, Json *json)
{
    json_object_begin(json, "facts");
    for (uint32_t f = 0; f < view->program->fact_count; f++)
        json_fact_value(view, json, view->program->facts[f].name, f,
                        record_fact(view->program, view->record, f));
    json_object_end(json);
    json_object_begin(json, "people");
    for (uint32_t r = 0; r < view->program->role_count; r++) {
        Person holder = record_role(view->program, view->record, r);
        if (holder)
            json_text(json, view->program->roles[r].name, view_person(view, holder));
    }
    json_object_end(json);
}

static void json_possible(const CaseView *view, Json *json)
{
    static const char *const kinds[] = {
        [POSSIBLE_WORK] = "work", [POSSIBLE_EVENT] = "event", [POSSIBLE_ANY_TIME] = "any-time"};
    uint32_t count;
    Possible *list = possible_list(view, &count);
    json_array_begin(json, "possible");
    for (uint32_t i = 0; i < count; i++) {
        Text who = {0};
        event_who_words(view, list[i].event, &who);
        json_object_begin(json, NULL);
        json_text(json, "event", view->program->events[list[i].event].name);
        json_text(json, "label", label_event(view->flow, list[i].event));
        json_text(json, "kind", kinds[list[i].kind]);
        json_text(json, "by", text_get(&who));
        json_object_end(json);
        text_clear(&who);
    }
    json_array_end(json);
    free(list);
}

void show_json(const CaseView *view, Text *out)
{
    Json json = {.out = out, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/show/1");
    json_case(view, &json);
    json_places(view, &json);
    json_works(view, &json);
    json_waiting(view, &json);
    json_known(view, &json);
    json_possible(view, &json);
    json_number(&json, "faults", view->record[SLOT_FAULTS]);
    json_object_end(&json);
    text_add_char(out, '\n');
}
