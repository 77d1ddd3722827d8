#include "render/working.h"

#include "render/safe.h"

typedef struct Lines {
    Text *out;
    size_t indent;
    Unit unit;
    Zone zone;
} Lines;

static bool is_hours(Unit unit)
{
    return unit == UNIT_HOURS || unit == UNIT_WORKING_HOURS;
}

static void add_hours(Text *out, int minutes)
{
    if (minutes >= 60)
        text_addf(out, "%d hour%s", minutes / 60, minutes / 60 == 1 ? "" : "s");
    if (minutes % 60)
        text_addf(out, "%s%d minutes", minutes >= 60 ? " " : "", minutes % 60);
}

/* "working day 3"; of hours, how much of the time runs on that day. */
static void add_counted(Text *out, int32_t number, Unit unit)
{
    static const char *const words[] = {[UNIT_WORKING_DAYS] = "working day",
                                        [UNIT_CALENDAR_DAYS] = "day",
                                        [UNIT_WEEKS] = "week",
                                        [UNIT_MONTHS] = "month",
                                        [UNIT_YEARS] = "year",
                                        [UNIT_SAME_DAY] = "day"};
    if (is_hours(unit))
        add_hours(out, number);
    else
        text_addf(out, "%s %d", unit == UNIT_IMMEDIATELY ? "day" : words[unit], (int)number);
}

/* "plus 4 working days for which the clock was stopped" */
static void add_paused(Text *out, int32_t number, Unit unit)
{
    text_add(out, "plus ");
    if (is_hours(unit))
        add_hours(out, number);
    else
        text_addf(out, "%d %s%s", (int)number,
                  unit == UNIT_WORKING_DAYS ? "working day" : "day", number == 1 ? "" : "s");
    text_add(out, " for which the clock was stopped");
}

/* "at 15:00", where the step is a moment. */
static void add_time(Text *out, const char *before, const LimitStep *step, Zone zone)
{
    if (step->at == MOMENT_NONE)
        return;
    int minutes = local_from_instant(zone, step->at).ms / 60000;
    text_addf(out, "%sat %02d:%02d", before, minutes / 60, minutes % 60);
}

/* What to say of a day; `reason` is why, where there is one. */
static void add_step(Text *out, const LimitStep *step, Unit unit, Zone zone)
{
    switch (step->kind) {
    case STEP_ANCHOR:
        text_add(out, "counted from here");
        add_time(out, ", ", step, zone);
        if (!is_hours(unit) && unit != UNIT_SAME_DAY && unit != UNIT_IMMEDIATELY)
            text_add(out, "; this day itself does not count");
        break;
    case STEP_DEEMED:
        text_add(out, "counting starts here");
        break;
    case STEP_COUNTED:
        add_counted(out, step->number, unit);
        break;
    case STEP_SKIPPED:
        text_add(out, "does not count");
        break;
    case STEP_PAUSED:
        add_paused(out, step->number, unit);
        break;
    case STEP_ROLLED:
        text_add(out, "moved here");
        break;
    case STEP_DUE:
        text_add(out, "due");
        add_time(out, " ", step, zone);
        break;
    }
    if (step->reason) {
        text_add(out, ": ");
        safe_add(out, step->reason);
    }
    if (step->projected)
        text_add(out, "  (projected)");
}

static void visit_text(void *context, const LimitStep *step)
{
    const Lines *lines = context;
    char day[DAY_TEXT_MAX];
    day_format_long(step->day, day);
    text_addf(lines->out, "%*s%-28s", (int)lines->indent, "", day);
    add_step(lines->out, step, lines->unit, lines->zone);
    text_add_char(lines->out, '\n');
}

bool working_text(const Working *working, Text *out, LimitDue *due, Error *err)
{
    Lines lines = {out, working->indent, working->rule->duration.unit, working->zone};
    return limit_explain(working->rule, working->calendar, working->zone, working->anchor,
                         working->paused, visit_text, &lines, due, err);
}

static void visit_json(void *context, const LimitStep *step)
{
    static const char *const words[] = {
        [STEP_ANCHOR] = "anchor",   [STEP_DEEMED] = "counting-starts",
        [STEP_COUNTED] = "counted", [STEP_SKIPPED] = "skipped",
        [STEP_PAUSED] = "paused",   [STEP_ROLLED] = "moved",
        [STEP_DUE] = "due"};
    Json *json = context;
    char day[DAY_TEXT_MAX];
    day_format(step->day, day);
    json_object_begin(json, NULL);
    json_text(json, "date", day);
    json_text(json, "is", words[step->kind]);
    if (step->kind == STEP_COUNTED)
        json_number(json, "number", step->number);
    if (step->reason)
        json_text(json, "reason", step->reason);
    if (step->projected)
        json_bool(json, "projected", true);
    json_object_end(json);
}

bool working_json(const Working *working, Json *json, LimitDue *due, Error *err)
{
    json_array_begin(json, "days");
    bool done = limit_explain(working->rule, working->calendar, working->zone, working->anchor,
                              working->paused, visit_json, json, due, err);
    json_array_end(json);
    return done;
}
