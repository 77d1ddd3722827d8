#include "render/replay_csv.h"

#include "render/case_words.h"
#include "render/flow_words.h"
#include "render/safe.h"

const char *const replay_table_names[REPLAY_TABLES + 1] = {"cases", "findings", "duties", NULL};

static const char *const case_heading[] = {
    "case", "file",     "line",        "outcome",           "why", "state", "events",
    "open", "findings", "duties_late", "begins_before_log", NULL};
static const char *const finding_heading[] = {
    "case",  "file",      "line",    "time",     "activity", "code", "sentence",
    "place", "follow_on", "applied", "accepted", "outcome",  NULL};
static const char *const duty_heading[] = {
    "case",         "duty",   "occurrence", "role",      "opened",
    "counted_from", "target", "due",        "done",      "outcome",
    "late",         "open",   "days",       "days_late", "in_working_days",
    "accepted",     NULL};

void replay_csv_heading(ReplayTable table, CsvTable *out)
{
    static const char *const *const headings[] = {
        [TABLE_CASES] = case_heading,
        [TABLE_FINDINGS] = finding_heading,
        [TABLE_DUTIES] = duty_heading,
    };
    csv_heading(out, headings[table]);
}

/* ---- parts of a line ---------------------------------------------------------------- */

static void csv_moment(CsvTable *out, Zone zone, Moment moment)
{
    char buffer[TIME_TEXT_MAX];
    csv_text(out, moment_short(zone, moment, buffer));
}

static const char *id_of(const LogPart *part, const CaseResult *one)
{
    return part->log->cases.texts[one->name];
}

/* Of the worst kind that the case has, the first; else its first lateness. */
static void add_why(const ReplayWords *words, const LogPart *part, const CaseResult *one,
                    Text *why)
{
    bool leaves_open = one->outcome == CASE_CANNOT_BE_JUDGED;
    for (uint32_t i = 0; i < one->finding_count && one->outcome >= CASE_BREAKS; i++) {
        const Finding *finding = &one->findings[i];
        if (finding->follow_on || finding->accepted ||
            finding_leaves_open(finding) != leaves_open)
            continue;
        replay_finding_words(words, part->log, finding, why);
        return;
    }
    for (uint32_t i = 0; i < one->duty_count && one->outcome == CASE_LATE_ONLY; i++) {
        if (!one->duties[i].is_late || one->duties[i].accepted)
            continue;
        text_add_char(why, '"');
        safe_add(why, label_work(&words->bundle->flow, one->duties[i].work));
        text_add(why, "\" was not done in time");
        return;
    }
}

static void case_line(const ReplayWords *words, const LogPart *part, const CaseResult *one,
                      CsvTable *out)
{
    Text why = {0};
    add_why(words, part, one, &why);
    csv_text(out, id_of(part, one));
    csv_text(out, part->log->files[one->file].path);
    csv_number(out, (int64_t)one->line);
    csv_text(out, outcome_names[one->outcome]);
    csv_text(out, text_get(&why));
    csv_text(out, one->state == NO_INDEX ? "" : label_state(&words->bundle->flow, one->state));
    csv_number(out, one->events);
    csv_bool(out, one->is_open);
    csv_number(out, one->finding_count);
    csv_number(out, one->late);
    csv_bool(out, one->left_cut);
    csv_line_end(out);
    text_clear(&why);
}

static void finding_line(const ReplayWords *words, const LogPart *part, const CaseResult *one,
                         const Finding *finding, CsvTable *out)
{
    static const char *const applied[] = {"not", "whole", "line", "elsewhere", "facts"};
    const LogRow *row =
        finding->row == NO_INDEX ? NULL : &part->rows[one->source->first_row + finding->row];
    Text text = {0};
    csv_text(out, id_of(part, one));
    csv_text(out, part->log->files[row ? row->file : one->file].path);
    csv_number(out, row ? (int64_t)row->line : (int64_t)one->line);
    csv_moment(out, words->program->zone, finding->at);
    csv_text(out, row ? part->log->activities.texts[row->activity] : "");
    csv_text(out, finding_code(finding));
    replay_finding_words(words, part->log, finding, &text);
    csv_text(out, text_get(&text));
    text_reset(&text);
    replay_place(words, finding->rule_file, finding->rule_offset, &text);
    csv_text(out, text_get(&text));
    csv_bool(out, finding->follow_on);
    csv_text(out, applied[finding->applied]);
    csv_bool(out, finding->accepted != 0);
    csv_text(out, finding_leaves_open(finding) ? outcome_names[CASE_CANNOT_BE_JUDGED]
                                               : outcome_names[CASE_BREAKS]);
    csv_line_end(out);
    text_clear(&text);
}

static void duty_line(const ReplayWords *words, const LogPart *part, const CaseResult *one,
                      const Duty *duty, bool in_working_days, CsvTable *out)
{
    const Flow *flow = &words->bundle->flow;
    Zone zone = words->program->zone;
    csv_text(out, id_of(part, one));
    csv_text(out, label_work(flow, duty->work));
    csv_number(out, (int64_t)duty->occurrence + 1);
    csv_text(out, duty->role == NO_INDEX ? "" : label_role(flow, duty->role));
    csv_moment(out, zone, duty->opened);
    csv_moment(out, zone, duty->started);
    csv_moment(out, zone, duty->target);
    csv_moment(out, zone, duty->due);
    csv_moment(out, zone, duty->done);
    csv_text(out, outcome_code(duty->outcome));
    csv_bool(out, duty->is_late);
    csv_bool(out, duty->is_open);
    if (duty->days >= 0)
        csv_number(out, duty->days);
    else
        csv_text(out, "");
    csv_number(out, duty->days_late);
    csv_bool(out, in_working_days);
    csv_bool(out, duty->accepted != 0);
    csv_line_end(out);
}

void replay_csv_lines(const ReplayWords *words, ReplayTable table, const LogPart *part,
                      const CaseResult *one, CsvTable *out)
{
    if (table == TABLE_CASES)
        case_line(words, part, one, out);
    for (uint32_t i = 0; table == TABLE_FINDINGS && i < one->finding_count; i++)
        finding_line(words, part, one, &one->findings[i], out);
    for (uint32_t i = 0; table == TABLE_DUTIES && i < one->duty_count; i++)
        duty_line(words, part, one, &one->duties[i],
                  duty_in_working_days(words->program, one->duties[i].work), out);
}
