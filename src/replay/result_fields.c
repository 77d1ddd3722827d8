#include "replay/result_fields.h"

#include <stddef.h>

#define FILE_(key, kind, member)                                                               \
    {                                                                                          \
        key, kind, offsetof(ResultFile, member)                                                \
    }
#define DUTY(key, kind, member)                                                                \
    {                                                                                          \
        key, kind, offsetof(DutySum, member)                                                   \
    }
#define FINDING(key, kind, member)                                                             \
    {                                                                                          \
        key, kind, offsetof(FindingSum, member)                                                \
    }
#define ROLE(key, kind, member)                                                                \
    {                                                                                          \
        key, kind, offsetof(RoleSum, member)                                                   \
    }
#define TRAVEL(key, kind, member)                                                              \
    {                                                                                          \
        key, kind, offsetof(TravelSum, member)                                                 \
    }
#define ACTIVITY(key, kind, member)                                                            \
    {                                                                                          \
        key, kind, offsetof(ActivitySum, member)                                               \
    }
#define ROLE_NAME(key, kind, member)                                                           \
    {                                                                                          \
        key, kind, offsetof(RoleNameSum, member)                                               \
    }
#define ACCEPTED(key, kind, member)                                                            \
    {                                                                                          \
        key, kind, offsetof(AcceptedSum, member)                                               \
    }
#define CASE(key, kind, member)                                                                \
    {                                                                                          \
        key, kind, offsetof(CaseSum, member)                                                   \
    }
#define PART(key, kind, member)                                                                \
    {                                                                                          \
        key, kind, offsetof(PartSum, member)                                                   \
    }
#define HEAD(key, kind, member)                                                                \
    {                                                                                          \
        key, kind, offsetof(ResultHead, member)                                                \
    }
#define RESULT(key, kind, member)                                                              \
    {                                                                                          \
        key, kind, offsetof(Result, member)                                                    \
    }
#define NOTE(key, member)                                                                      \
    {                                                                                          \
        key, FIELD_COUNT, offsetof(LogNotes, member)                                           \
    }

/* The same in every shard. */
#define NOTE_OF_FILES(key, member)                                                             \
    {                                                                                          \
        key, FIELD_MOST, offsetof(LogNotes, member)                                            \
    }

static const Field file_fields[] = {
    FILE_("path", FIELD_TEXT, path),
    FILE_("sha256", FIELD_DIGEST, digest),
    FILE_("bytes", FIELD_MOST, bytes),
    FILE_("rows", FIELD_MOST, rows),
    FILE_("used", FIELD_COUNT, used),
    FILE_("columns", FIELD_TEXT, columns),
    {0},
};

static const Field duty_fields[] = {
    DUTY("name", FIELD_TEXT, name),
    DUTY("label", FIELD_TEXT, label),
    DUTY("limit", FIELD_TEXT, limit),
    DUTY("place", FIELD_TEXT, place),
    DUTY("clause", FIELD_OPTIONAL, clause),
    DUTY("role", FIELD_OPTIONAL, role),
    DUTY("review", FIELD_BOOL, is_review),
    DUTY("in_working_days", FIELD_BOOL, in_working_days),
    DUTY("limit_days", FIELD_DAYS, limit_days),
    DUTY("fell_due", FIELD_COUNT, fell_due),
    DUTY("in_time", FIELD_COUNT, in_time),
    DUTY("late", FIELD_COUNT, late),
    DUTY("open_overdue", FIELD_COUNT, open_overdue),
    DUTY("open_not_due", FIELD_COUNT, open_not_due),
    DUTY("not_started", FIELD_COUNT, not_started),
    DUTY("not_needed", FIELD_COUNT, not_needed),
    DUTY("unfinished", FIELD_COUNT, unfinished),
    DUTY("cannot_tell", FIELD_COUNT, cannot_tell),
    DUTY("accepted", FIELD_COUNT, accepted),
    DUTY("cases", FIELD_COUNT, cases),
    DUTY("late_cases", FIELD_COUNT, late_cases),
    DUTY("days", FIELD_DAY_COUNTS, days),
    DUTY("days_late", FIELD_DAY_COUNTS, days_late),
    DUTY("months", FIELD_DUTY_MONTHS, months),
    {0},
};

static const Field finding_fields[] = {
    FINDING("code", FIELD_TEXT, code),
    FINDING("group", FIELD_TEXT, group),
    FINDING("sentence", FIELD_TEXT, sentence),
    FINDING("place", FIELD_TEXT, place),
    FINDING("cannot_judge", FIELD_BOOL, is_cannot_judge),
    FINDING("cases", FIELD_COUNT, cases),
    FINDING("events", FIELD_COUNT, events),
    FINDING("roots", FIELD_COUNT, roots),
    FINDING("follow_ons", FIELD_COUNT, follow_ons),
    FINDING("accepted", FIELD_COUNT, accepted),
    FINDING("months", FIELD_CASE_MONTHS, months),
    FINDING("examples", FIELD_EXAMPLES, examples),
    {0},
};

static const Field role_fields[] = {
    ROLE("name", FIELD_TEXT, name),    ROLE("label", FIELD_TEXT, label),
    ROLE("weeks", FIELD_WEEKS, weeks), ROLE("finished_by_weekday", FIELD_WEEKDAYS, weekdays),
    {"people", FIELD_PEOPLE, 0},       {0},
};

static const Field travel_fields[] = {
    TRAVEL("track", FIELD_TEXT, track),
    TRAVEL("from", FIELD_TEXT, from),
    TRAVEL("to", FIELD_TEXT, to),
    TRAVEL("count", FIELD_COUNT, count),
    TRAVEL("refused", FIELD_COUNT, refused),
    {0},
};

static const Field activity_fields[] = {
    ACTIVITY("activity", FIELD_TEXT, activity), ACTIVITY("event", FIELD_OPTIONAL, event),
    ACTIVITY("ignored", FIELD_BOOL, ignored),   ACTIVITY("nearest", FIELD_OPTIONAL, nearest),
    ACTIVITY("count", FIELD_COUNT, count),      {0},
};

static const Field role_name_fields[] = {
    ROLE_NAME("name", FIELD_TEXT, name),
    ROLE_NAME("nearest", FIELD_OPTIONAL, nearest),
    ROLE_NAME("count", FIELD_COUNT, count),
    {0},
};

static const Field accepted_fields[] = {
    ACCEPTED("what", FIELD_TEXT, what),       ACCEPTED("reason", FIELD_TEXT, reason),
    ACCEPTED("by", FIELD_TEXT, by),           ACCEPTED("until", FIELD_DATE, until),
    ACCEPTED("expired", FIELD_BOOL, expired), ACCEPTED("cases", FIELD_COUNT, cases),
    ACCEPTED("events", FIELD_COUNT, events),  {0},
};

static const Field case_fields[] = {
    CASE("id", FIELD_TEXT, id),
    CASE("file", FIELD_TEXT, file),
    CASE("line", FIELD_LINE, line),
    CASE("outcome", FIELD_OUTCOME, outcome),
    CASE("why", FIELD_TEXT, why),
    CASE("state", FIELD_TEXT, state),
    CASE("events", FIELD_NUMBER, events),
    CASE("findings", FIELD_NUMBER, findings),
    CASE("late", FIELD_NUMBER, late),
    CASE("left_cut", FIELD_BOOL, left_cut),
    CASE("right_cut", FIELD_BOOL, right_cut),
    CASE("open", FIELD_BOOL, is_open),
    {0},
};

static const Field part_fields[] = {
    PART("digest", FIELD_TEXT, digest),
    PART("shard", FIELD_NUMBER, shard),
    PART("of", FIELD_NUMBER, shards),
    PART("times", FIELD_COUNT, times),
    {0},
};

const Field *const result_list_fields[LISTS] = {
    [LIST_FILES] = file_fields,           [LIST_DUTIES] = duty_fields,
    [LIST_FINDINGS] = finding_fields,     [LIST_ROLES] = role_fields,
    [LIST_TRAVELS] = travel_fields,       [LIST_ACTIVITIES] = activity_fields,
    [LIST_ROLE_NAMES] = role_name_fields, [LIST_ACCEPTED] = accepted_fields,
    [LIST_CASES] = case_fields,           [LIST_PARTS] = part_fields,
};

const char *const result_list_keys[LISTS] = {
    [LIST_FILES] = "files",
    [LIST_DUTIES] = "duties",
    [LIST_FINDINGS] = "findings",
    [LIST_ROLES] = "roles",
    [LIST_TRAVELS] = "travels",
    [LIST_ACTIVITIES] = "activities",
    [LIST_ROLE_NAMES] = "unknown_roles",
    [LIST_ACCEPTED] = "accepted",
    [LIST_CASES] = "case_lines",
    [LIST_PARTS] = "parts",
};

const Field result_head_fields[] = {
    HEAD("name", FIELD_TEXT, flow),
    HEAD("label", FIELD_TEXT, label),
    HEAD("version", FIELD_TEXT, version),
    HEAD("hash", FIELD_TEXT, hash),
    HEAD("calendar", FIELD_TEXT, calendar),
    HEAD("covers", FIELD_TEXT, covers),
    HEAD("zone", FIELD_TEXT, zone),
    HEAD("mode", FIELD_TEXT, mode),
    HEAD("mapping", FIELD_TEXT, mapping),
    HEAD("accepted", FIELD_TEXT, accepted),
    HEAD("as_of", FIELD_MOMENT, as_of),
    HEAD("as_of_is_last", FIELD_BOOL, as_of_is_last),
    HEAD("has_roles", FIELD_EITHER, has_roles),
    HEAD("has_people", FIELD_EITHER, has_people),
    HEAD("not_held", FIELD_TEXT, not_held),
    {0},
};

const Field result_count_fields[] = {
    RESULT("cases", FIELD_COUNT, cases),
    RESULT("events", FIELD_COUNT, events),
    RESULT("closed", FIELD_COUNT, closed),
    RESULT("open", FIELD_COUNT, open),
    RESULT("left_cut", FIELD_COUNT, left_cut),
    RESULT("right_cut", FIELD_COUNT, right_cut),
    RESULT("excused", FIELD_COUNT, excused),
    RESULT("roles_unsaid", FIELD_COUNT, roles_unsaid),
    RESULT("people_unsaid", FIELD_COUNT, people_unsaid),
    RESULT("later_rows", FIELD_COUNT, later_rows),
    RESULT("first", FIELD_FIRST, first),
    RESULT("last", FIELD_LAST, last),
    {0},
};

const Field result_note_fields[] = {
    NOTE("date_only", date_only),
    NOTE("without_zone", without_zone),
    NOTE("doubled_hour", doubled_hour),
    NOTE("ties", ties),
    NOTE("duplicates", duplicates),
    NOTE("other_lifecycle", other_lifecycle),
    NOTE("out_of_order", out_of_order),
    NOTE("bursts", bursts),
    NOTE_OF_FILES("empty_cases", empty_cases),
    NOTE("outside_cases", outside_cases),
    {0},
};

const char *const set_aside_keys[SET_ASIDE_COUNT] = {
#define SET_ASIDE(name, key, sentence) [SET_ASIDE_##name] = key,
#include "log/set_aside.def"
#undef SET_ASIDE
};

const char *const outcome_keys[CASE_OUTCOMES] = {
    [CASE_FOLLOWS] = "follows",
    [CASE_LATE_ONLY] = "late_only",
    [CASE_BREAKS] = "breaks",
    [CASE_CANNOT_BE_JUDGED] = "cannot_be_judged",
};

const PeriodKeys period_keys[FIELD_KINDS] = {
    [FIELD_DUTY_MONTHS] = {"month", false, {"in_time", "late", "open_overdue"}},
    [FIELD_CASE_MONTHS] = {"month", false, {"cases", NULL, NULL}},
    [FIELD_WEEKS] = {"week", true, {"started", "finished", "ended_undone"}},
};
