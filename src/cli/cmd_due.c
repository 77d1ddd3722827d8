/* due: the date that a duration leads to, with every day counted or skipped. */
#include <string.h>

#include "calendar/limit.h"
#include "cli/batch.h"
#include "cli/calendar_load.h"
#include "cli/clock.h"
#include "cli/command.h"
#include "render/due.h"

static const Option options[] = {
    {"from", 0, false, "TIME",
     "counted from: 2021-02-01 or 2021-02-01T09:00 (default: this minute)"},
    {"calendar", 0, false, "NAME",
     "the calendar, for example england-and-wales, or a .flow file that declares one"},
    {"zone", 0, false, "ZONE", "whose local time (default: Europe/London)"},
    {"batch", 0, false, NULL,
     "read lines of start, tab, duration; write one line for each: the due date, the due "
     "moment "
     "for hours, or 'error: ' and why"},
    {0},
};

static bool start_of(const Invocation *call, Zone zone, LimitAnchor *anchor, Error *err)
{
    const char *from = option_text(call, "from");
    if (from)
        return due_anchor(zone, from, anchor, err);
    Instant now;
    if (!clock_now(call, zone, &now, err))
        return false;
    now -= now % MINUTE_MS;
    *anchor = (LimitAnchor){.at = now, .day = day_of_instant(zone, now)};
    return true;
}

static bool one(const Invocation *call, Zone zone, const LoadedCalendar *loaded, Error *err)
{
    DueQuestion question = {
        .zone = zone, .calendar = loaded->calendar, .calendar_label = loaded->label};
    if (!duration_parse(call->arguments[0], &question.rule.duration, err) ||
        (!loaded->calendar && !calendar_required(call, question.rule.duration, err)) ||
        !start_of(call, zone, &question.anchor, err))
        return false;
    Text text = {0};
    bool done = call->json ? due_json(&question, &text, err) : due_text(&question, &text, err);
    if (done)
        output_add_text(call->out, &text);
    text_clear(&text);
    return done;
}

static bool check_arguments(const Invocation *call, Error *err)
{
    bool batch = option_given(call, "batch");
    if (batch && call->argument_count > 0)
        return error_kind(err, ERROR_USAGE,
                          "'--batch' reads its durations from standard input, "
                          "so '%s' is too much",
                          call->arguments[0]);
    if (batch && (option_given(call, "from") || call->json))
        return error_kind(err, ERROR_USAGE,
                          "'--batch' goes with '--calendar' and '--zone' only");
    if (!batch && call->argument_count == 0)
        return error_kind(err, ERROR_USAGE,
                          "no duration: casewright due \"3 working days\" "
                          "--from 2021-04-01 --calendar england-and-wales");
    return true;
}

static bool run(const Invocation *call, Error *err)
{
    Zone zone;
    const char *zone_name = option_text(call, "zone");
    if (!check_arguments(call, err) ||
        !zone_parse(zone_name ? zone_name : "Europe/London", &zone, err))
        return false;
    LoadedCalendar loaded = {0};
    const char *name = option_text(call, "calendar");
    bool done = (!name || calendar_load(call, name, &loaded, err)) &&
                (option_given(call, "batch") ? batch_run(call, zone, loaded.calendar, err)
                                             : one(call, zone, &loaded, err));
    calendar_load_clear(&loaded);
    return done;
}

const CommandSpec command_due = {
    .usage = "DURATION [--from TIME] [--calendar NAME]",
    .about = "Shows each day that is counted, each that is skipped and why, and the due date. "
             "Dates for which holidays are not yet published are marked as projected.",
    .examples =
        "casewright due \"3 working days\" --from 2021-04-01 --calendar england-and-wales\n"
        "printf '2021-04-01\\t3 working days\\n' | casewright due --batch "
        "--calendar england-and-wales",
    .answers_no = "with --batch: a line could not be worked out",
    .takes = TAKES_FORMAT | TAKES_NOW,
    .options = options,
    .least = 0,
    .most = 1,
    .run = run,
};
