#include "render/due.h"

#include <string.h>

#include "render/safe.h"
#include "render/working.h"

bool due_anchor(Zone zone, const char *text, LimitAnchor *anchor, Error *err)
{
    TypedTime time;
    if (!time_parse(zone, text, &time, err))
        return false;
    *anchor = (LimitAnchor){.at = time.at, .day = time.day, .date_only = time.date_only};
    return true;
}

void due_short(Zone zone, const LimitDue *due, char out[TIME_TEXT_MAX])
{
    if (due->due == MOMENT_NEVER)
        memcpy(out, "immediately", sizeof "immediately");
    else if (due->is_day_limit)
        day_format(due->day, out);
    else
        instant_format(zone, moment_instant(due->due), out);
}

static Working working_of(const DueQuestion *question)
{
    return (Working){.rule = &question->rule,
                     .calendar = question->calendar,
                     .zone = question->zone,
                     .anchor = &question->anchor,
                     .indent = 2};
}

static void add_headline(const DueQuestion *question, Text *out)
{
    char start[TIME_TEXT_MAX];
    if (question->anchor.date_only)
        day_format_long(question->anchor.day, start);
    else
        instant_format_long(question->zone, question->anchor.at, start);
    duration_format(question->rule.duration, out);
    text_addf(out, " from %s", start);
    if (question->calendar_label) {
        text_add(out, " (calendar: ");
        safe_add(out, question->calendar_label);
        text_add_char(out, ')');
    }
    text_add(out, "\n\n");
}

/* Hours from a date without a time could end at either of two moments. */
static void add_moment(const DueQuestion *question, const LimitDue *due, Text *out)
{
    char text[TIME_TEXT_MAX];
    moment_format_long(question->zone, due->due, text);
    text_addf(out, "Due by %s.", text);
    if (due->due_latest == due->due)
        return;
    moment_format_long(question->zone, due->due_latest, text);
    text_addf(out,
              "\nThe start has no time; had it been at the end of that day, "
              "it would be due by %s.",
              text);
}

static void add_conclusion(const DueQuestion *question, const LimitDue *due, Text *out)
{
    char day[DAY_TEXT_MAX];
    if (due->due == MOMENT_NEVER) {
        text_add(out, "Due immediately: there is no later moment to wait for.\n");
        return;
    }
    text_add_char(out, '\n');
    add_moment(question, due, out);
    if (due->clipped)
        text_add(out, "\nThat month has no such day, so its last day stands.");
    if (due->practical != DAY_NONE) {
        day_format_long(due->practical, day);
        text_addf(out, "\nThat is not a working day: in practice by %s.", day);
    }
    if (due->projected)
        text_add(out, "\nProjected: the holidays of that year are not yet published.");
    text_add_char(out, '\n');
}

bool due_text(const DueQuestion *question, Text *out, Error *err)
{
    LimitDue due;
    Working working = working_of(question);
    add_headline(question, out);
    if (!working_text(&working, out, &due, err))
        return false;
    add_conclusion(question, &due, out);
    return true;
}

static void add_due_members(const DueQuestion *question, const LimitDue *due, Json *json)
{
    char text[TIME_TEXT_MAX];
    due_short(question->zone, due, text);
    json_text(json, "due", text);
    if (due->due_latest != due->due) {
        instant_format(question->zone, moment_instant(due->due_latest), text);
        json_text(json, "due_at_the_latest", text);
    }
    if (due->practical != DAY_NONE) {
        day_format(due->practical, text);
        json_text(json, "practical", text);
    }
    json_bool(json, "clipped", due->clipped);
    json_bool(json, "projected", due->projected);
}

bool due_json(const DueQuestion *question, Text *out, Error *err)
{
    LimitDue due;
    Json json = {.out = out, .pretty = true};
    Working working = working_of(question);
    Text duration = {0};
    char start[TIME_TEXT_MAX];
    if (question->anchor.date_only)
        day_format(question->anchor.day, start);
    else
        instant_format(question->zone, question->anchor.at, start);
    duration_format(question->rule.duration, &duration);
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/due/1");
    json_text(&json, "duration", text_get(&duration));
    json_text(&json, "from", start);
    json_text(&json, "calendar", question->calendar ? calendar_name(question->calendar) : NULL);
    bool done = working_json(&working, &json, &due, err);
    if (done)
        add_due_members(question, &due, &json);
    json_object_end(&json);
    text_add_char(out, '\n');
    text_clear(&duration);
    return done;
}
