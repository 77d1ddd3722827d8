#include "replay/result_fields.h"

#include <stddef.h>

#define FIELD(Type, key, kind, member)                                                         \
    {                                                                                          \
        key, kind, offsetof(Type, member)                                                      \
    }

static const Field file_fields[] = {
    FIELD(ResultFile, "path", FIELD_TEXT, path),
    FIELD(ResultFile, "sha256", FIELD_DIGEST, digest),
    FIELD(ResultFile, "bytes", FIELD_MOST, bytes),
    FIELD(ResultFile, "rows", FIELD_MOST, rows),
    FIELD(ResultFile, "used", FIELD_COUNT, used),
    FIELD(ResultFile, "columns", FIELD_TEXT, columns),
    {0},
};

static const Field duty_fields[] = {
    FIELD(DutySum, "name", FIELD_TEXT, name),
    FIELD(DutySum, "label", FIELD_TEXT, label),
    FIELD(DutySum, "limit", FIELD_TEXT, limit),
    FIELD(DutySum, "place", FIELD_TEXT, place),
    FIELD(DutySum, "clause", FIELD_OPTIONAL, clause),
    FIELD(DutySum, "role", FIELD_OPTIONAL, role),
    FIELD(DutySum, "review", FIELD_BOOL, is_review),
    FIELD(DutySum, "in_working_days", FIELD_BOOL, in_working_days),
    FIELD(DutySum, "limit_days", FIELD_DAYS, limit_days),
    FIELD(DutySum, "fell_due", FIELD_COUNT, fell_due),
    FIELD(DutySum, "in_time", FIELD_COUNT, in_time),
    FIELD(DutySum, "late", FIELD_COUNT, late),
    FIELD(DutySum, "open_overdue", FIELD_COUNT, open_overdue),
    FIELD(DutySum, "open_not_due", FIELD_COUNT, open_not_due),
    FIELD(DutySum, "not_started", FIELD_COUNT, not_started),
    FIELD(DutySum, "not_needed", FIELD_COUNT, not_needed),
    FIELD(DutySum, "unfinished", FIELD_COUNT, unfinished),
    FIELD(DutySum, "cannot_tell", FIELD_COUNT, cannot_tell),
    FIELD(DutySum, "accepted", FIELD_COUNT, accepted),
    FIELD(DutySum, "cases", FIELD_COUNT, cases),
    FIELD(DutySum, "late_cases", FIELD_COUNT, late_cases),
    FIELD(DutySum, "days", FIELD_DAY_COUNTS, days),
    FIELD(DutySum, "days_late", FIELD_DAY_COUNTS, days_late),
    FIELD(DutySum, "months", FIELD_DUTY_MONTHS, months),
    {0},
};

static const Field finding_fields[] = {
    FIELD(FindingSum, "code", FIELD_TEXT, code),
    FIELD(FindingSum, "group", FIELD_TEXT, group),
    FIELD(FindingSum, "sentence", FIELD_TEXT, sentence),
    FIELD(FindingSum, "place", FIELD_TEXT, place),
    FIELD(FindingSum, "cannot_judge", FIELD_BOOL, is_cannot_judge),
    FIELD(FindingSum, "cases", FIELD_COUNT, cases),
    FIELD(FindingSum, "events", FIELD_COUNT, events),
    FIELD(FindingSum, "roots", FIELD_COUNT, roots),
    FIELD(FindingSum, "follow_ons", FIELD_COUNT, follow_ons),
    FIELD(FindingSum, "accepted", FIELD_COUNT, accepted),
    FIELD(FindingSum, "months", FIELD_CASE_MONTHS, months),
    FIELD(FindingSum, "examples", FIELD_EXAMPLES, examples),
    {0},
};

static const Field role_fields[] = {
    FIELD(RoleSum, "name", FIELD_TEXT, name),
    FIELD(RoleSum, "label", FIELD_TEXT, label),
    FIELD(RoleSum, "weeks", FIELD_WEEKS, weeks),
    FIELD(RoleSum, "finished_by_weekday", FIELD_WEEKDAYS, weekdays),
    {"people", FIELD_PEOPLE, 0},
    {0},
};

static const Field travel_fields[] = {
    FIELD(TravelSum, "track", FIELD_TEXT, track),
    FIELD(TravelSum, "from", FIELD_TEXT, from),
    FIELD(TravelSum, "to", FIELD_TEXT, to),
    FIELD(TravelSum, "count", FIELD_COUNT, count),
    FIELD(TravelSum, "refused", FIELD_COUNT, refused),
    {0},
};

static const Field activity_fields[] = {
    FIELD(ActivitySum, "activity", FIELD_TEXT, activity),
    FIELD(ActivitySum, "event", FIELD_OPTIONAL, event),
    FIELD(ActivitySum, "ignored", FIELD_BOOL, ignored),
    FIELD(ActivitySum, "nearest", FIELD_OPTIONAL, nearest),
    FIELD(ActivitySum, "count", FIELD_COUNT, count),
    {0},
};

static const Field role_name_fields[] = {
    FIELD(RoleNameSum, "name", FIELD_TEXT, name),
    FIELD(RoleNameSum, "nearest", FIELD_OPTIONAL, nearest),
    FIELD(RoleNameSum, "count", FIELD_COUNT, count),
    {0},
};

static const Field accepted_fields[] = {
    FIELD(AcceptedSum, "what", FIELD_TEXT, what),
    FIELD(AcceptedSum, "reason", FIELD_TEXT, reason),
    FIELD(AcceptedSum, "by", FIELD_TEXT, by),
    FIELD(AcceptedSum, "until", FIELD_DATE, until),
    FIELD(AcceptedSum, "expired", FIELD_BOOL, expired),
    FIELD(AcceptedSum, "cases", FIELD_COUNT, cases),
    FIELD(AcceptedSum, "events", FIELD_COUNT, events),
    {0},
};

static const Field case_fields[] = {
    FIELD(CaseSum, "id", FIELD_TEXT, id),
    FIELD(CaseSum, "file", FIELD_TEXT, file),
    FIELD(CaseSum, "line", FIELD_LINE, line),
    FIELD(CaseSum, "outcome", FIELD_OUTCOME, outcome),
    FIELD(CaseSum, "why", FIELD_TEXT, why),
    FIELD(CaseSum, "state", FIELD_TEXT, state),
    FIELD(CaseSum, "events", FIELD_NUMBER, events),
    FIELD(CaseSum, "findings", FIELD_NUMBER, findings),
    FIELD(CaseSum, "late", FIELD_NUMBER, late),
    FIELD(CaseSum, "left_cut", FIELD_BOOL, left_cut),
    FIELD(CaseSum, "right_cut", FIELD_BOOL, right_cut),
    FIELD(CaseSum, "open", FIELD_BOOL, is_open),
    {0},
};

static const Field part_fields[] = {
    FIELD(PartSum, "digest", FIELD_TEXT, digest),
    FIELD(PartSum, "shard", FIELD_NUMBER, shard),
    FIELD(PartSum, "of", FIELD_NUMBER, shards),
    FIELD(PartSum, "times", FIELD_COUNT, times),
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
    FIELD(ResultHead, "name", FIELD_TEXT, flow),
    FIELD(ResultHead, "label", FIELD_TEXT, label),
    FIELD(ResultHead, "version", FIELD_TEXT, version),
    FIELD(ResultHead, "hash", FIELD_TEXT, hash),
    FIELD(ResultHead, "calendar", FIELD_TEXT, calendar),
    FIELD(ResultHead, "covers", FIELD_TEXT, covers),
    FIELD(ResultHead, "zone", FIELD_TEXT, zone),
    FIELD(ResultHead, "mode", FIELD_TEXT, mode),
    FIELD(ResultHead, "mapping", FIELD_TEXT, mapping),
    FIELD(ResultHead, "accepted", FIELD_TEXT, accepted),
    FIELD(ResultHead, "as_of", FIELD_MOMENT, as_of),
    FIELD(ResultHead, "as_of_is_last", FIELD_BOOL, as_of_is_last),
    FIELD(ResultHead, "has_roles", FIELD_EITHER, has_roles),
    FIELD(ResultHead, "has_people", FIELD_EITHER, has_people),
    FIELD(ResultHead, "not_held", FIELD_TEXT, not_held),
    {0},
};

const Field result_count_fields[] = {
    FIELD(Result, "cases", FIELD_COUNT, cases),
    FIELD(Result, "events", FIELD_COUNT, events),
    FIELD(Result, "closed", FIELD_COUNT, closed),
    FIELD(Result, "open", FIELD_COUNT, open),
    FIELD(Result, "left_cut", FIELD_COUNT, left_cut),
    FIELD(Result, "right_cut", FIELD_COUNT, right_cut),
    FIELD(Result, "excused", FIELD_COUNT, excused),
    FIELD(Result, "roles_unsaid", FIELD_COUNT, roles_unsaid),
    FIELD(Result, "people_unsaid", FIELD_COUNT, people_unsaid),
    FIELD(Result, "later_rows", FIELD_COUNT, later_rows),
    FIELD(Result, "first", FIELD_FIRST, first),
    FIELD(Result, "last", FIELD_LAST, last),
    {0},
};

const Field result_note_fields[] = {
    FIELD(LogNotes, "date_only", FIELD_COUNT, date_only),
    FIELD(LogNotes, "without_zone", FIELD_COUNT, without_zone),
    FIELD(LogNotes, "doubled_hour", FIELD_COUNT, doubled_hour),
    FIELD(LogNotes, "ties", FIELD_COUNT, ties),
    FIELD(LogNotes, "duplicates", FIELD_COUNT, duplicates),
    FIELD(LogNotes, "other_lifecycle", FIELD_COUNT, other_lifecycle),
    FIELD(LogNotes, "out_of_order", FIELD_COUNT, out_of_order),
    FIELD(LogNotes, "bursts", FIELD_COUNT, bursts),
    FIELD(LogNotes, "empty_cases", FIELD_MOST, empty_cases), /* the same in every shard */
    FIELD(LogNotes, "outside_cases", FIELD_COUNT, outside_cases),
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
