#include "render/working.h"

#include "render/safe.h"

typedef struct Lines {
    Text *out;
    size_t indent;
    Unit unit;
} Lines;

static const char *counted_word(Unit unit)
{
    switch (unit) {
    case UNIT_WORKING_DAYS:
    case UNIT_WORKING_HOURS:
        return "working day";
    case UNIT_WEEKS:
        return "week";
    case UNIT_MONTHS:
        return "month";
    case UNIT_YEARS:
        return "year";
    default:
        return "day";
    }
}

/* What to say of a day; `reason` is why, where there is one. */
static void add_step(Text *out, const LimitStep *step, Unit unit)
{
    switch (step->kind) {
    case STEP_ANCHOR:
        text_add(out, "counted from here; this day itself does not count");
        break;
    case STEP_DEEMED:
        text_add(out, "counting starts here");
        break;
    case STEP_COUNTED:
        text_addf(out, "%s %d", counted_word(unit), (int)step->number);
        break;
    case STEP_SKIPPED:
        text_add(out, "does not count");
        break;
    case STEP_PAUSED:
        text_add(out, "does not count: paused");
        break;
    case STEP_ROLLED:
        text_add(out, "moved here");
        break;
    case STEP_DUE:
        text_add(out, "due");
        break;
    }
    if (step->reason) {
        text_add(out, ": ");
        safe_add(out, step->reason);
    }
    if (step->projected)
        text_add(out, "  (projected: holidays not yet published)");
}

static void visit_text(void *context, const LimitStep *step)
{
    const Lines *lines = context;
    char day[DAY_TEXT_MAX];
    day_format_long(step->day, day);
    text_addf(lines->out, "%*s%-28s", (int)lines->indent, "", day);
    add_step(lines->out, step, lines->unit);
    text_add_char(lines->out, '\n');
}

bool working_text(const Working *working, Text *out, LimitDue *due, Error *err)
{
    Lines lines = {out, working->indent, working->rule->duration.unit};
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
