/* A result as a replay of invented cases could have left it, small enough to be
 * counted by hand: 52 cases of one small flow. */
#pragma once

#include <string.h>

#include "lang/flow_text.h"
#include "render/draw_picture.h"
#include "render/report.h"

#define SAMPLE_FLOW                                                                            \
    FRAME "event opened \"Opened\" by anyone\n"                                                \
          "state middle \"Middle\"\n"                                                          \
          "  task visit \"See the child\" by worker\n    within 3 working days of entering\n"  \
          "  on visit go to last\n"                                                            \
          "track plan \"The plan\"\n  starts on visit\n"                                       \
          "state drawn-up \"Plan drawn up\" in plan starts here\n  on begun go to held\n"      \
          "state held \"Plan held\" in plan ends here\n"

enum { SAMPLE_JAN_2021 = 2021 * 12 };

typedef struct Sample {
    Bundle bundle;
    Picture picture;
    Result result;
    DutySum duties[3];
    FindingSum findings[4];
    RoleSum roles[2];
    TravelSum travels[5];
    ActivitySum activities[2];
    AcceptedSum accepted[1];
    ResultFile files[1];
    ReportRequest request;
} Sample;

static inline Moment sample_at(const char *day)
{
    Day date = 0;
    assert_true(day_parse(day, &date));
    return moment_of_date((Zone){0, true}, date);
}

static inline void sample_duties(Sample *sample)
{
    static PeriodCount months[] = {{SAMPLE_JAN_2021, 20, 2, 0},
                                   {SAMPLE_JAN_2021 + 1, 15, 3, 1},
                                   {SAMPLE_JAN_2021 + 3, 12, 6, 0}};
    static DayCount days[] = {{0, 2}, {1, 20}, {2, 15}, {3, 10}, {4, 8}, {9, 2}, {40, 1}};
    static DayCount late[] = {{1, 8}, {6, 2}, {37, 1}};
    static PeriodCount plans[] = {{SAMPLE_JAN_2021, 30, 8, 5}, {SAMPLE_JAN_2021 + 1, 9, 6, 7}};
    static DayCount plan_days[] = {{10, 22}, {42, 17}, {43, 9}, {60, 5}};
    static DayCount plan_late[] = {{1, 9}, {18, 5}};
    sample->duties[0] = (DutySum){.name = "plan-meeting",
                                  .label = "Plan meeting",
                                  .limit = "at most 6 weeks after the last one",
                                  .place = "cre.flow:12",
                                  .role = "Manager",
                                  .is_review = true,
                                  .limit_days = 42,
                                  .fell_due = 65,
                                  .in_time = 39,
                                  .late = 14,
                                  .open_overdue = 12,
                                  .open_not_due = 6,
                                  .cases = 40,
                                  .late_cases = 20,
                                  .days = {plan_days, 4, 4},
                                  .days_late = {plan_late, 2, 2},
                                  .months = {plans, 2, 2}};
    sample->duties[1] = (DutySum){.name = "quiet",
                                  .label = "Never needed",
                                  .limit = "within 2 hours of starting",
                                  .place = ""};
    sample->duties[2] = (DutySum){.name = "visit",
                                  .label = "See the child",
                                  .limit = "within 3 working days of entering \"Middle\"",
                                  .place = "cre.flow:8",
                                  .clause = "CRE-15",
                                  .role = "Worker",
                                  .in_working_days = true,
                                  .limit_days = 3,
                                  .fell_due = 59,
                                  .in_time = 47,
                                  .late = 11,
                                  .open_overdue = 1,
                                  .not_needed = 2,
                                  .cannot_tell = 3,
                                  .cases = 52,
                                  .late_cases = 10,
                                  .days = {days, 7, 7},
                                  .days_late = {late, 3, 3},
                                  .months = {months, 3, 3}};
    sample->result.duties = sample->duties;
    sample->result.duty_count = 3;
}

static inline void sample_findings(Sample *sample)
{
    static PeriodCount months[] = {{SAMPLE_JAN_2021, 2, 0, 0}, {SAMPLE_JAN_2021 + 1, 1, 0, 0}};
    sample->findings[0] = (FindingSum){.code = "no-fact",
                                       .group = "The log does not say",
                                       .sentence = "\"Risk\" is asked for and not in the log",
                                       .place = "cre.flow:9",
                                       .is_cannot_judge = true,
                                       .cases = 6,
                                       .events = 6,
                                       .roots = 6,
                                       .examples = {{"KITE", "LARK", "MERLIN"}, 3}};
    sample->findings[1] = (FindingSum){.code = "not-possible",
                                       .group = "Not allowed at that point",
                                       .sentence = "\"Opened\" cannot be recorded at \"Last\"",
                                       .place = "cre.flow:9",
                                       .cases = 3,
                                       .events = 5,
                                       .roots = 3,
                                       .follow_ons = 2,
                                       .months = {months, 2, 2},
                                       .examples = {{"ROBIN", "SPARROW", "WREN"}, 3}};
    sample->findings[2] = (FindingSum){.code = "unknown-activity",
                                       .group = "The flow has no event of that name",
                                       .sentence = "\"Rang Mrs Finch\" is no event of the flow",
                                       .place = "",
                                       .cases = 7,
                                       .events = 7,
                                       .roots = 7,
                                       .examples = {{"CROW", "DOVE", "EAGLE"}, 3}};
    sample->findings[3] = (FindingSum){.code = "wrong-role",
                                       .group = "Wrong role",
                                       .sentence = "\"See the child\" was done by Manager",
                                       .place = "cre.flow:8",
                                       .cases = 9,
                                       .events = 9,
                                       .roots = 9,
                                       .accepted = 1,
                                       .examples = {{"ROBIN"}, 1}};
    sample->result.findings = sample->findings;
    sample->result.finding_count = 4;
}

static inline void sample_roles(Sample *sample)
{
    static PeriodCount manager[] = {{18631, 30, 20, 1}, {18638, 10, 12, 0}, {18652, 4, 9, 0}};
    static PeriodCount worker[] = {{18631, 25, 11, 0}, {18645, 31, 40, 2}};
    static const char *people[] = {"Ann Finch", "Bo Reed"};
    sample->roles[0] = (RoleSum){.name = "manager",
                                 .label = "Manager",
                                 .weeks = {manager, 3, 3},
                                 .weekdays = {10, 9, 8, 7, 7, 0, 0},
                                 .people = people,
                                 .person_count = 2};
    sample->roles[1] = (RoleSum){.name = "worker",
                                 .label = "Worker",
                                 .weeks = {worker, 2, 2},
                                 .weekdays = {20, 11, 9, 6, 4, 1, 0},
                                 .people = people,
                                 .person_count = 1};
    sample->result.roles = sample->roles;
    sample->result.role_count = 2;
}

static inline void sample_travels(Sample *sample)
{
    const TravelSum travels[] = {{"case", "", "first", 52, 0},
                                 {"case", "first", "last", 48, 0},
                                 {"case", "last", "", 0, 5},
                                 {"plan", "", "drawn-up", 45, 0},
                                 {"plan", "drawn-up", "held", 41, 0}};
    memcpy(sample->travels, travels, sizeof travels);
    sample->result.travels = sample->travels;
    sample->result.travel_count = 5;
}

static inline void sample_data(Sample *sample)
{
    sample->files[0] = (ResultFile){.path = "finch/cases.csv",
                                    .digest = "00112233445566778899aabbccddeeff",
                                    .rows = 320,
                                    .used = 318,
                                    .columns = "case from \"id\""};
    sample->activities[0] = (ActivitySum){"Rang Mrs Finch", NULL, false, "begun", 7};
    sample->activities[1] = (ActivitySum){"See the child", "visit", false, NULL, 58};
    sample->accepted[0] = (AcceptedSum){.what = "wrong-role in case ROBIN",
                                        .reason = "Ann Finch stood in",
                                        .by = "Bo Reed",
                                        .until = 20000,
                                        .cases = 1,
                                        .events = 1};
    Result *result = &sample->result;
    result->files = sample->files;
    result->activities = sample->activities;
    result->accepted = sample->accepted;
    result->file_count = result->accepted_count = 1;
    result->activity_count = 2;
    result->notes.date_only = 120;
    result->notes.ties = 4;
    result->set_aside[SET_ASIDE_BAD_TIME] = 2;
}

/* 52 cases: 27 follow, 11 break a rule, 8 are late only, 6 cannot be judged. */
static inline void sample_make(Sample *sample, const char *label)
{
    *sample = (Sample){0};
    Result *result = &sample->result;
    resolve_text(&sample->bundle, SAMPLE_FLOW);
    picture_build(&sample->bundle.flow, false, &sample->picture);
    result->head = (ResultHead){.flow = "small",
                                .label = label,
                                .version = "1",
                                .hash = "0123456789abcdef0123456789abcdef",
                                .calendar = "Plain",
                                .covers = "2020 to 2030",
                                .zone = "Europe/London",
                                .mode = "judge",
                                .mapping = "",
                                .accepted = "",
                                .as_of = sample_at("2021-05-07"),
                                .as_of_is_last = true,
                                .has_roles = true,
                                .has_people = true,
                                .not_held = ""};
    result->cases = 52;
    result->events = 318;
    result->outcomes[CASE_FOLLOWS] = 27;
    result->outcomes[CASE_BREAKS] = 11;
    result->outcomes[CASE_LATE_ONLY] = 8;
    result->outcomes[CASE_CANNOT_BE_JUDGED] = 6;
    result->closed = 43;
    result->open = 9;
    result->first = sample_at("2021-01-04");
    result->last = sample_at("2021-05-07");
    sample_duties(sample);
    sample_findings(sample);
    sample_roles(sample);
    sample_travels(sample);
    sample_data(sample);
    sample->request = (ReportRequest){.result = result, .picture = &sample->picture};
}

static inline void sample_clear(Sample *sample)
{
    picture_clear(&sample->picture);
    bundle_clear(&sample->bundle);
}
