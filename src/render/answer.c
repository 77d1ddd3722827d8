#include "render/answer.h"

#include "render/case_words.h"
#include "render/happened.h"
#include "render/history.h"
#include "render/possible.h"
#include "render/refusal.h"
#include "render/safe.h"
#include "render/show_json.h"

/* What happened from one moment up to the other, that one left out; under a heading,
 * if there is anything. */
static void add_happened(const Answer *answer, const char *heading, Moment from, Moment to,
                         Text *out)
{
    const CaseView *view = &answer->view;
    for (uint32_t i = answer->happened_from; i < view->happened_count; i++) {
        Text words = {0};
        bool within = view->happened[i].at >= from && view->happened[i].at < to;
        if (within && happened_words(view, &view->happened[i], &words)) {
            text_addf(out, "%s  %s\n", heading, text_get(&words));
            heading = "";
        }
        text_clear(&words);
    }
}

/* The entry's own doing first; then what time did before its moment, and since. */
static void add_all_happened(const Answer *answer, const EntryView *entry, Text *out)
{
    if (!entry) {
        add_happened(answer, "", MOMENT_NONE, MOMENT_NEVER, out);
        return;
    }
    Moment at = entry->effective;
    add_happened(answer, "", at, at + 1, out);
    add_happened(answer, "What had fallen due before it:\n", MOMENT_NONE, at, out);
    add_happened(answer, "What has fallen due since then:\n", at + 1, MOMENT_NEVER, out);
}

/* A value of one kind of change in words. */
static void side_words(const CaseView *view, const Change *change, int64_t value, Text *out)
{
    static const char *const statuses[] = {
        [CASE_NOT_OPEN] = "not open", [CASE_OPEN] = "open", [CASE_CLOSED] = "closed"};
    size_t start = out->length;
    switch (change->kind) {
    case CHANGE_STATUS:
        text_add(out, statuses[value]);
        break;
    case CHANGE_TRACK:
        text_add(out, value ? "at \"" : "not going on");
        safe_add(out, value ? label_state(view->flow, (uint32_t)(value - 1)) : "");
        text_add(out, value ? "\"" : "");
        break;
    case CHANGE_FACT:
        fact_words(view, change->index, value, out);
        break;
    case CHANGE_WORK:
        text_add(out, value == WORK_CLOSED ? "not open" : work_status_code((WorkStatus)value));
        break;
    case CHANGE_OUTCOME:
        text_add(out, outcome_words((Outcome)value));
        break;
    case CHANGE_DUE:
    case CHANGE_TARGET:
        moment_words(view, value, out);
        break;
    }
    if (out->length == start)
        text_add(out, "none");
}

static void subject_words(const CaseView *view, const Change *change, Text *out)
{
    static const char *const what[] = {[CHANGE_STATUS] = "the case",
                                       [CHANGE_TRACK] = "",
                                       [CHANGE_FACT] = "",
                                       [CHANGE_WORK] = "",
                                       [CHANGE_OUTCOME] = "outcome of ",
                                       [CHANGE_DUE] = "due date of ",
                                       [CHANGE_TARGET] = "target of "};
    text_add(out, what[change->kind]);
    if (change->kind == CHANGE_STATUS)
        return;
    if (change->kind == CHANGE_TRACK && change->index == 0) {
        text_add(out, label_track(view->flow, 0));
        return;
    }
    text_add_char(out, '"');
    if (change->kind == CHANGE_TRACK)
        safe_add(out, label_track(view->flow, change->index));
    else if (change->kind == CHANGE_FACT)
        safe_add(out, label_fact(view->flow, change->index));
    else
        safe_add(out, label_work(view->flow, change->index));
    text_add_char(out, '"');
}

/* Work that opened or closed is told as that, with its due date; what became of its
 * limit then needs no line, unless it was done. */
static bool opened_or_closed(const Answer *answer, uint32_t work)
{
    for (uint32_t i = 0; i < answer->change_count; i++) {
        const Change *change = &answer->changes[i];
        if (change->kind == CHANGE_WORK && change->index == work)
            return change->after != WORK_DONE;
    }
    return false;
}

static bool is_told(const Answer *answer, const Change *change)
{
    if (change->kind == CHANGE_OUTCOME && change->after == OUTCOME_NONE)
        return false;
    bool of_limit = change->kind == CHANGE_OUTCOME || change->kind == CHANGE_DUE ||
                    change->kind == CHANGE_TARGET;
    return !of_limit || !opened_or_closed(answer, change->index);
}

static void change_words(const CaseView *view, const Change *change, Text *out)
{
    text_add(out, "  ");
    subject_words(view, change, out);
    text_add(out, ": was ");
    side_words(view, change, change->before, out);
    text_add(out, ", is now ");
    side_words(view, change, change->after, out);
    if (change->kind == CHANGE_WORK && change->after == WORK_OPEN) {
        Moment due = record_work(view->program, view->record, change->index)[WORK_DUE];
        bool late = work_is_overdue(view, change->index);
        if (due != MOMENT_NEVER && due != MOMENT_NONE)
            text_add(out, late ? " and OVERDUE: it was due by " : ", due by ");
        moment_words(view, due, out);
    }
    text_add_char(out, '\n');
}

void changes_text(const Answer *answer, Text *out)
{
    for (uint32_t i = 0; i < answer->change_count; i++)
        if (is_told(answer, &answer->changes[i]))
            change_words(&answer->view, &answer->changes[i], out);
    if (answer->withdrawn)
        text_addf(out, "  %u notification%s no longer hold%s and %s withdrawn\n",
                  answer->withdrawn, answer->withdrawn == 1 ? "" : "s",
                  answer->withdrawn == 1 ? "s" : "", answer->withdrawn == 1 ? "is" : "are");
}

/* What goes out only now, because of what was entered late. */
static void add_told(const Answer *answer, Text *out)
{
    const CaseView *view = &answer->view;
    text_add(out, answer->told_count ? "What is told now:\n" : "");
    for (uint32_t i = 0; i < answer->told_count; i++) {
        if (answer->told[i] >= view->happened_count)
            continue;
        text_add(out, "  ");
        happened_words(view, &view->happened[answer->told[i]], out);
        text_add_char(out, '\n');
    }
}

static void add_corrected(const Answer *answer, Text *out)
{
    if (answer->change_count || answer->withdrawn)
        text_add(out, "What this changed:\n");
    else if (!answer->told_count)
        text_add(out, "  Nothing else changed.\n");
    changes_text(answer, out);
    add_told(answer, out);
}

void answer_text(const Answer *answer, Text *out)
{
    const EntryView *entry = view_entry(&answer->view, answer->entry);
    text_add(out, "Case ");
    safe_add(out, answer->view.reference);
    text_addf(out, ", entry %lld: ", (long long)answer->entry);
    if (entry)
        entry_words(&answer->view, entry, out);
    text_add_char(out, '\n');
    if (answer->repeated)
        text_add(out, "  This was recorded before with the same key; nothing was added.\n");
    if (answer->namesakes)
        text_addf(out, "  %s with this reference: give the number, #%lld, for this one.\n",
                  answer->namesakes == 1 ? "There is another case" : "There are other cases",
                  (long long)answer->case_number);
    if (answer->clock_was_behind)
        text_add(out, "  The machine's clock is behind: recorded at the last recorded time.\n");
    if (answer->repeated)
        return;
    if (answer->late)
        add_corrected(answer, out);
    else
        add_all_happened(answer, entry, out);
}

static void add_conflicts(const Answer *answer, Text *out)
{
    for (uint32_t i = 0; i < answer->conflict_count; i++) {
        const EntryView *entry = view_entry(&answer->view, answer->conflicts[i].entry);
        text_addf(out, "  entry %lld", (long long)answer->conflicts[i].entry);
        if (entry) {
            text_add(out, ", ");
            entry_words(&answer->view, entry, out);
        }
        text_add(out, ": ");
        refusal_sentence(&answer->view, &answer->conflicts[i].refusal, NULL, out);
        text_add_char(out, '\n');
    }
}

/* A refused opening has no case whose flow could be asked for labels. */
void refused_sentence(const Answer *answer, Text *out)
{
    if (answer->has_view)
        refusal_sentence(&answer->view, &answer->refusal, answer->detail, out);
    else
        safe_add(out, answer->words ? answer->words : refusal_code_text(answer->refusal.code));
}

static void add_possible(const CaseView *view, Text *out)
{
    text_add(out, "  Possible now: ");
    possible_short(view, out);
    text_add_char(out, '\n');
}

void refused_text(const Answer *answer, const char *typed, Text *out)
{
    RefusalCode code = answer->refusal.code;
    text_add(out, "refused: ");
    refused_sentence(answer, out);
    text_add_char(out, '\n');
    text_add(out, answer->help ? answer->help : "");
    if (!answer->has_view)
        return;
    add_conflicts(answer, out);
    refusal_help(&answer->view, &answer->refusal, out);
    if (code == REFUSED_UNKNOWN_EVENT && typed)
        event_meant(&answer->view, typed, out);
    bool not_now = code == REFUSED_NOT_OPEN || code == REFUSED_NOT_POSSIBLE;
    if (code == REFUSED_UNKNOWN_EVENT ||
        (!answer->detail && answer->refusal.kind == ENTRY_EVENT && not_now))
        add_possible(&answer->view, out);
}

static void refusal_json(const Answer *answer, Json *json)
{
    Text sentence = {0}, help = {0};
    refused_sentence(answer, &sentence);
    text_add(&help, answer->help ? answer->help : "");
    if (answer->has_view)
        refusal_help(&answer->view, &answer->refusal, &help);
    json_object_begin(json, "refusal");
    json_text(json, "code", refusal_code_text(answer->refusal.code));
    json_text(json, "text", text_get(&sentence));
    json_text(json, "help", help.length ? text_get(&help) : NULL);
    json_array_begin(json, "conflicts");
    for (uint32_t i = 0; i < answer->conflict_count; i++) {
        json_object_begin(json, NULL);
        json_number(json, "entry", answer->conflicts[i].entry);
        json_text(json, "code", refusal_code_text(answer->conflicts[i].refusal.code));
        json_object_end(json);
    }
    json_array_end(json);
    json_object_end(json);
    text_clear(&sentence);
    text_clear(&help);
}

static void changes_json(const Answer *answer, Json *json)
{
    json_array_begin(json, "changes");
    for (uint32_t i = 0; i < answer->change_count; i++) {
        const Change *change = &answer->changes[i];
        Text what = {0}, before = {0}, after = {0};
        subject_words(&answer->view, change, &what);
        side_words(&answer->view, change, change->before, &before);
        side_words(&answer->view, change, change->after, &after);
        json_object_begin(json, NULL);
        json_text(json, "what", text_get(&what));
        json_text(json, "before", text_get(&before));
        json_text(json, "after", text_get(&after));
        json_object_end(json);
        text_clear(&what);
        text_clear(&before);
        text_clear(&after);
    }
    json_array_end(json);
}

/* Of a late entry or correction the whole case is worked out anew: what that changed is
 * in "changes". */
static void happened_list_json(const Answer *answer, Json *json)
{
    bool listed = answer->accepted && !answer->repeated && !answer->late;
    json_array_begin(json, "happened");
    for (uint32_t i = answer->happened_from; listed && i < answer->view.happened_count; i++)
        happened_json(&answer->view, &answer->view.happened[i], json);
    json_array_end(json);
}

static void told_json(const Answer *answer, Json *json)
{
    json_array_begin(json, "told");
    for (uint32_t i = 0; i < answer->told_count; i++)
        if (answer->told[i] < answer->view.happened_count)
            happened_json(&answer->view, &answer->view.happened[answer->told[i]], json);
    json_array_end(json);
}

void answer_json(const Answer *answer, const char *schema, Text *out)
{
    Json json = {.out = out, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", schema);
    json_bool(&json, "accepted", answer->accepted);
    json_bool(&json, "repeated", answer->repeated);
    json_bool(&json, "late", answer->late);
    if (answer->has_view)
        json_case(&answer->view, &json);
    if (answer->accepted)
        json_number(&json, "entry", answer->entry);
    else
        refusal_json(answer, &json);
    happened_list_json(answer, &json);
    changes_json(answer, &json);
    told_json(answer, &json);
    json_number(&json, "withdrawn", answer->withdrawn);
    json_object_end(&json);
    text_add_char(out, '\n');
}
