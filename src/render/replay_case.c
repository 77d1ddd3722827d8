#include "render/replay_case.h"

#include "render/case_words.h"
#include "render/happened.h"
#include "render/safe.h"

typedef struct Telling {
    const ReplayWords *words;
    const LogPart *part;
    const CaseResult *one;
    const LogRow *rows;
    CaseView view;
    Text *out;
    Day day;       /* whose heading stands above */
    uint32_t next; /* of what happened */
} Telling;

/* ---- lines ------------------------------------------------------------------------ */

/* A limit belongs to the day that it ends, as people say it. */
static void head_day(Telling *t, Moment at)
{
    char text[DAY_TEXT_MAX];
    Zone zone = t->words->program->zone;
    Day day = moment_rank(at) <= RANK_DAY_LIMIT ? moment_day(zone, at)
                                                : day_of_instant(zone, moment_instant(at));
    if (day == t->day)
        return;
    t->day = day;
    day_format_long(day, text);
    text_addf(t->out, "\n%s\n", text);
}

static void begin_line(Telling *t, Moment at)
{
    LocalTime local = local_from_instant(t->words->program->zone, moment_instant(at));
    head_day(t, at);
    if (moment_rank(at) <= RANK_DAY_LIMIT)
        text_add(t->out, "         ");
    else
        text_addf(t->out, "  %02d:%02d  ", local.ms / 3600000, local.ms / 60000 % 60);
}

static void row_line(Telling *t, const LogRow *row, Moment at)
{
    const Log *log = t->part->log;
    char place[300];
    begin_line(t, at);
    text_add_char(t->out, '"');
    safe_add(t->out, log->activities.texts[row->activity]);
    text_add_char(t->out, '"');
    if (row->person || row->role) {
        text_add(t->out, ", by ");
        safe_add(t->out, row->person ? log->people.texts[row->person] : "");
        text_add(t->out, row->person && row->role ? " (" : "");
        safe_add(t->out, row->role ? log->roles.texts[row->role] : "");
        text_add(t->out, row->person && row->role ? ")" : "");
    }
    log_place(log, row->file, row->line, place);
    text_add(t->out, "  [");
    safe_add(t->out, place);
    text_add(t->out, "]\n");
}

static void finding_line(Telling *t, const Finding *finding)
{
    Text place = {0};
    text_add(t->out, finding->follow_on ? "         follows from an earlier finding: "
                     : finding_leaves_open(finding) ? "         CANNOT BE JUDGED: "
                                                    : "         NOT ALLOWED: ");
    replay_finding_words(t->words, t->part->log, finding, t->out);
    replay_place(t->words, finding->rule_file, finding->rule_offset, &place);
    if (place.length)
        text_addf(t->out, "  [%s]", text_get(&place));
    text_clear(&place);
    bool refused = finding->kind == FINDING_REFUSED || finding->kind == FINDING_RULE ||
                   finding->kind == FINDING_NO_FACT;
    if (refused && finding->row != NO_INDEX)
        text_addf(t->out, "; it %s", applied_words(finding->applied));
    text_add(t->out, finding->accepted ? "; this is accepted\n" : "\n");
}

static bool is_told(const Telling *t, const Happened *item)
{
    if (item->kind == HAPPENED_EVENT || item->kind == HAPPENED_REMINDED)
        return false; /* the row says it; nobody was reminded */
    if (item->kind == HAPPENED_NOTIFIED || item->kind == HAPPENED_ESCALATED)
        return false;
    if (item->kind != HAPPENED_FACT)
        return true;
    ProgramFactType type = t->words->program->facts[item->fact].type;
    return type != TYPE_TEXT && type != TYPE_PERSON;
}

static void happened_line(Telling *t, const Happened *item, bool by_itself)
{
    Text words = {0};
    if (is_told(t, item) && happened_words(&t->view, item, &words)) {
        if (by_itself)
            begin_line(t, item->at);
        else
            text_add(t->out, "         ");
        text_addf(t->out, "%s%s\n", by_itself ? "" : "  ", text_get(&words));
    }
    text_clear(&words);
}

/* ---- in order ------------------------------------------------------------------------- */

/* What time brought before that moment, or at it from rows before this one. */
static void tell_until(Telling *t, Moment at, int64_t number)
{
    for (; t->next < t->one->happened_count; t->next++) {
        const Happened *item = &t->one->happened[t->next];
        if (item->at > at || (item->at == at && item->entry >= number))
            return;
        happened_line(t, item, true);
    }
}

static void tell_findings(Telling *t, uint32_t row)
{
    for (uint32_t i = 0; i < t->one->finding_count; i++)
        if (t->one->findings[i].row == row)
            finding_line(t, &t->one->findings[i]);
}

static Moment row_moment(const Telling *t, uint32_t row)
{
    Zone zone = t->words->program->zone;
    Moment at = t->rows[row].at;
    return moment_rank(at) == RANK_DATE_ONLY
               ? moment_of_date(zone, moment_day(t->part->log->zone, at))
               : at;
}

static void tell_row(Telling *t, uint32_t row)
{
    Moment at = row_moment(t, row);
    int64_t number = (int64_t)row + 1;
    tell_until(t, at, number);
    row_line(t, &t->rows[row], at);
    tell_findings(t, row);
    for (; t->next < t->one->happened_count; t->next++) {
        const Happened *item = &t->one->happened[t->next];
        if (item->entry != number || item->at != at)
            return;
        happened_line(t, item, false);
    }
}

/* ---- the end ------------------------------------------------------------------------------
 */

static void open_duties(Telling *t)
{
    bool any = false;
    for (uint32_t i = 0; i < t->one->duty_count; i++) {
        const Duty *duty = &t->one->duties[i];
        if (!duty->is_open)
            continue;
        text_add(t->out, any ? "" : "\nStill open\n");
        any = true;
        text_add(t->out, "  \"");
        safe_add(t->out, label_work(t->view.flow, duty->work));
        text_add_char(t->out, '"');
        if (duty->due != MOMENT_NEVER) {
            text_add(t->out, duty->is_late ? ", OVERDUE: was due by " : ", due by ");
            moment_words(&t->view, duty->due, t->out);
        }
        text_add_char(t->out, '\n');
    }
}

static void case_head(Telling *t)
{
    static const char *const answers[CASE_OUTCOMES] = {
        [CASE_FOLLOWS] = "follows the policy",
        [CASE_LATE_ONLY] = "is late only",
        [CASE_BREAKS] = "breaks a rule",
        [CASE_CANNOT_BE_JUDGED] = "cannot be judged",
    };
    char place[300];
    log_place(t->part->log, t->one->file, t->one->line, place);
    text_add(t->out, "Case ");
    safe_add(t->out, t->part->log->cases.texts[t->one->name]);
    text_addf(t->out, " %s", answers[t->one->outcome]);
    text_add(t->out, "\n  first met in ");
    safe_add(t->out, place);
    text_addf(t->out, "; %u event%s judged\n", t->one->events, t->one->events == 1 ? "" : "s");
    for (uint32_t i = 0; i < t->one->finding_count; i++)
        if (t->one->findings[i].kind == FINDING_SET_ASIDE)
            finding_line(t, &t->one->findings[i]);
}

void replay_case_text(const ReplayWords *words, const LogPart *part, const CaseResult *one,
                      const int64_t *record, Text *out)
{
    Telling t = {.words = words,
                 .part = part,
                 .one = one,
                 .rows = part->rows + one->source->first_row,
                 .out = out,
                 .day = DAY_NONE};
    t.view = (CaseView){.reference = part->log->cases.texts[one->name],
                        .flow_name = words->program->name,
                        .bundle = words->bundle,
                        .flow = &words->bundle->flow,
                        .program = words->program,
                        .record = (int64_t *)record, /* only looked at */
                        .happened = (Happened *)one->happened,
                        .happened_count = one->happened_count};
    case_head(&t);
    for (uint32_t row = 0; row < one->source->row_count - one->later_rows; row++)
        tell_row(&t, row);
    tell_until(&t, MOMENT_NEVER, INT64_MAX);
    for (uint32_t i = 0; i < one->finding_count; i++)
        if (one->findings[i].row == NO_INDEX && one->findings[i].kind != FINDING_SET_ASIDE)
            finding_line(&t, &one->findings[i]);
    open_duties(&t);
    if (one->later_rows)
        text_addf(out, "\n%u later row%s not looked at: after the as-of date\n",
                  one->later_rows, one->later_rows == 1 ? "" : "s");
}
