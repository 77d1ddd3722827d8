#include "render/flow_difference_words.h"

#include <string.h>

#include "analysis/flow_keys.h"
#include "render/safe.h"
#include "render/work_words.h"

static const char *const kind_words[THING_KINDS] = {
    [THING_WORKFLOW] = "workflow",
    [THING_POLICY] = "policy",
    [THING_CALENDAR] = "calendar",
    [THING_ROLE] = "role",
    [THING_FACT] = "fact",
    [THING_TERM] = "term",
    [THING_PERIOD] = "period",
    [THING_EVENT] = "event",
    [THING_STATE] = "state",
    [THING_TRACK] = "track",
    [THING_ANY_POINT] = "at any point",
    [THING_MUST] = "must",
    [THING_RULE] = "rule",
    [THING_WORK] = "work",
};

static const struct {
    const char *key, *words;
} aspects[ASPECT_COUNT] = {
    [ASPECT_WHOLE] = {"whole", ""},
#define ASPECT(name, key, words) [ASPECT_##name] = {key, words},
#include "analysis/aspects.def"
#undef ASPECT
};

/* The flow's own word for what is there or not. */
static const char *flag_words(Aspect aspect)
{
    switch (aspect) {
    case ASPECT_OPENS:
        return "opens a case";
    case ASPECT_STARTS_HERE:
        return "starts here";
    case ASPECT_ENDS_HERE:
        return "ends here";
    case ASPECT_OPTIONAL:
        return "optional";
    case ASPECT_BEFORE_LEAVING:
        return "before leaving";
    default:
        return NULL;
    }
}

static const char *thing_word(const Thing *thing)
{
    static const char *const works[] = {[WORK_TASK] = "task",
                                        [WORK_REVIEW] = "review",
                                        [WORK_DEADLINE] = "deadline",
                                        [WORK_MUST] = "must"};
    if (thing->kind == THING_WORK || thing->kind == THING_MUST)
        return works[thing->node.work->kind];
    return kind_words[thing->kind];
}

static void add_capital(const char *words, Text *out)
{
    text_add_char(out, (char)(*words >= 'a' && *words <= 'z' ? *words - 'a' + 'A' : *words));
    text_add(out, words + 1);
}

static void add_quoted(const char *words, Text *out)
{
    text_add_char(out, '"');
    safe_add(out, words);
    text_add_char(out, '"');
}

/* ---- what it is about -------------------------------------------------------------- */

static void any_point_words(const Flow *flow, const AnyPoint *point, Text *out)
{
    text_add(out, "At any point");
    for (const Ref *state = point->states.first; state; state = state->next) {
        text_add(out, state == point->states.first ? " in " : ", ");
        add_quoted(label_state(flow, (uint32_t)state->index), out);
    }
}

static void rule_subject(const Flow *flow, const RuleAst *rule, Text *out)
{
    text_add(out, rule->is_never ? "The rule never to be at " : "The rule \"always\"");
    if (rule->is_never)
        add_quoted(label_state(flow, (uint32_t)rule->state.index), out);
}

/* "Task "CRE strategy meeting" in "Strategy"" */
static void subject_words(const FlowParts *parts, const Thing *thing, Text *out)
{
    const Flow *flow = &parts->bundle->flow;
    if (thing->kind == THING_ANY_POINT) {
        any_point_words(flow, thing->node.any_point, out);
        return;
    }
    if (thing->kind == THING_RULE) {
        rule_subject(flow, thing->node.rule, out);
        return;
    }
    add_capital(thing_word(thing), out);
    text_add_char(out, ' ');
    if (thing->kind == THING_WORK || thing->kind == THING_MUST)
        add_quoted(label_work(flow, (uint32_t)thing->node.work->index), out);
    else
        add_quoted(thing->label, out);
    if (thing->kind == THING_WORK) {
        text_add(out, " in ");
        add_quoted(parts->things[thing->block].label, out);
    }
}

static const FlowParts *parts_of(const FlowDifference *d, bool is_new)
{
    return is_new ? &d->new_parts : &d->old_parts;
}

/* ---- a whole thing that came or went ----------------------------------------------- */

static const Clause *clause_of(const FlowParts *parts, const Thing *thing, Aspect aspect)
{
    for (uint32_t i = 0; i < thing->clause_count; i++) {
        const Clause *clause = &parts->clauses[thing->first_clause + i];
        if (clause->aspect == aspect)
            return clause;
    }
    return NULL;
}

/* Who must do it and by when. */
static void work_summary(const FlowParts *parts, const Thing *thing, Text *out)
{
    const Clause *by = clause_of(parts, thing, ASPECT_BY);
    const Clause *limit = clause_of(parts, thing, ASPECT_LIMIT);
    if (by) {
        text_add(out, "by ");
        roles_words(&parts->bundle->flow, by->node.refs, " or ", out);
    }
    text_add(out, by && limit ? ", " : "");
    if (limit)
        clause_words(parts->bundle, thing, limit, out);
}

static void works_summary(const FlowParts *parts, const Thing *block, Text *out)
{
    uint32_t at = (uint32_t)(block - parts->things);
    for (uint32_t i = at + 1; i < parts->thing_count && parts->things[i].block == at; i++) {
        const Thing *work = &parts->things[i];
        Text summary = {0};
        text_addf(out, "%s%s ", i == at + 1 ? ", with " : ", ", thing_word(work));
        add_quoted(label_work(&parts->bundle->flow, (uint32_t)work->node.work->index), out);
        work_summary(parts, work, &summary);
        if (summary.length)
            text_addf(out, " (%s)", text_get(&summary));
        text_clear(&summary);
    }
}

/* What of it a reader wants to know at once. */
static void whole_summary(const FlowParts *parts, const Thing *thing, Text *out)
{
    Text words = {0};
    if (thing->kind == THING_WORK || thing->kind == THING_MUST) {
        work_summary(parts, thing, &words);
    } else if (thing->kind == THING_RULE || thing->kind == THING_TERM ||
               thing->kind == THING_PERIOD) {
        const Clause *clause = clause_of(
            parts, thing, thing->kind == THING_PERIOD ? ASPECT_DURATION : ASPECT_CONDITION);
        text_add(&words, thing->kind == THING_PERIOD ? "" : "when ");
        clause_words(parts->bundle, thing, clause, &words);
    }
    if (words.length)
        text_addf(out, ": %s", text_get(&words));
    works_summary(parts, thing, out);
    text_clear(&words);
}

/* What is there under one name in one place only: under another name, or elsewhere. */
static void renamed_words(const FlowDifference *d, const FlowChange *change, Text *out)
{
    bool is_new = change->kind == CHANGE_ADDED;
    const FlowChange *other = &d->changes[change->renamed - 1];
    const Thing *thing = is_new ? change->new_thing : change->old_thing;
    const Thing *twin = is_new ? other->old_thing : other->new_thing;
    if (strcmp(thing->name, twin->name) == 0) {
        text_add(out,
                 is_new ? "; perhaps it was moved here from " : "; perhaps it was moved to ");
        add_quoted(parts_of(d, !is_new)->things[twin->block].label, out);
    } else {
        text_addf(out, is_new ? "; perhaps it is %s renamed" : "; perhaps it is now %s",
                  twin->name);
    }
    text_add(out, ", for all else is the same");
}

static void whole_sentence(const FlowDifference *d, const FlowChange *change, Text *out)
{
    bool is_new = change->kind == CHANGE_ADDED;
    const Thing *thing = is_new ? change->new_thing : change->old_thing;
    subject_words(parts_of(d, is_new), thing, out);
    text_add(out, is_new ? " was added" : " was removed");
    if (change->renamed)
        renamed_words(d, change, out);
    else
        whole_summary(parts_of(d, is_new), thing, out);
}

/* ---- a clause ---------------------------------------------------------------------- */

static void add_event(const Flow *flow, const char *name, Text *out)
{
    for (const EventAst *event = flow->events; event; event = event->next)
        if (strcmp(event->name, name) == 0) {
            add_quoted(label_event(flow, (uint32_t)event->index), out);
            return;
        }
}

/* "Task "Visit" in "Visiting": the limit", "State "Visiting", on "New risk"" */
static void clause_subject(const FlowParts *parts, const Thing *thing, const Clause *clause,
                           Text *out)
{
    const Flow *flow = &parts->bundle->flow;
    subject_words(parts, thing, out);
    if (clause->aspect == ASPECT_LINE) {
        text_add(out, ", on ");
        add_event(flow, clause->name, out);
        return;
    }
    text_addf(out, ": %s", aspects[clause->aspect].words);
    if (clause->aspect == ASPECT_IGNORE || clause->aspect == ASPECT_HOLD) {
        text_add_char(out, ' ');
        add_event(flow, clause->name, out);
    }
}

/* Of a line that goes to the same place with the same effects only the condition. */
static bool only_condition_differs(const FlowChange *change)
{
    if (change->aspect != ASPECT_LINE || change->kind != CHANGE_MADE)
        return false;
    const Line *before = change->old_clause->node.line, *now = change->new_clause->node.line;
    Text a = {0}, b = {0};
    key_effects(before->effects, &a);
    key_effects(now->effects, &b);
    const char *approval = before->approval.text, *approval_now = now->approval.text;
    bool same = strcmp(text_get(&a), text_get(&b)) == 0 &&
                strcmp(approval ? approval : "", approval_now ? approval_now : "") == 0;
    text_clear(&a);
    text_clear(&b);
    return same;
}

static void condition_side(const Flow *flow, const Line *line, Text *out)
{
    if (line->when == LINE_ALWAYS)
        text_add(out, "always");
    else
        line_when_words(flow, line->when, line->condition, out);
}

static void add_side(const FlowDifference *d, const FlowChange *change, bool is_new,
                     bool condition, Text *out)
{
    const Bundle *bundle = parts_of(d, is_new)->bundle;
    const Clause *clause = is_new ? change->new_clause : change->old_clause;
    if (condition)
        condition_side(&bundle->flow, clause->node.line, out);
    else
        clause_words(bundle, is_new ? change->new_thing : change->old_thing, clause, out);
}

/* Where both read the same, because two things have one label, as the files have it. */
static void add_both(const FlowDifference *d, const FlowChange *change, bool condition,
                     Text *out)
{
    Text before = {0}, now = {0};
    add_side(d, change, false, condition, &before);
    add_side(d, change, true, condition, &now);
    if (strcmp(text_get(&before), text_get(&now)) == 0) {
        text_reset(&before);
        text_reset(&now);
        clause_source(d->old_parts.bundle, change->old_clause, &before);
        clause_source(d->new_parts.bundle, change->new_clause, &now);
    }
    text_addf(out, " was: %s; now: %s", text_get(&before), text_get(&now));
    text_clear(&before);
    text_clear(&now);
}

static void made_sentence(const FlowDifference *d, const FlowChange *change, Text *out)
{
    bool condition = only_condition_differs(change);
    clause_subject(&d->new_parts, change->new_thing, change->new_clause, out);
    text_add(out, change->aspect == ASPECT_LINE ? ":" : "");
    if (condition) {
        text_add_char(out, ' ');
        effects_words(&d->new_parts.bundle->flow, change->new_clause->node.line->effects, true,
                      out);
        text_add(out, ": the condition");
    }
    add_both(d, change, condition, out);
}

static void clause_sentence(const FlowDifference *d, const FlowChange *change, Text *out)
{
    bool is_new = change->kind == CHANGE_ADDED;
    const FlowParts *parts = parts_of(d, is_new);
    const Thing *thing = is_new ? change->new_thing : change->old_thing;
    const char *flag = flag_words(change->aspect);
    if (flag) {
        subject_words(parts, thing, out);
        text_addf(out, ": \"%s\" was %s", flag, is_new ? "added" : "removed");
        return;
    }
    clause_subject(parts, thing, is_new ? change->new_clause : change->old_clause, out);
    text_add(out, change->aspect == ASPECT_LINE ? ": a line" : "");
    text_add(out, is_new ? " was added" : " was removed");
    if (change->aspect == ASPECT_IGNORE)
        return;
    text_add(out, ": ");
    add_side(d, change, is_new, false, out);
}

void change_sentence(const FlowDifference *d, const FlowChange *change, Text *out)
{
    if (change->aspect == ASPECT_WHOLE)
        whole_sentence(d, change, out);
    else if (change->kind == CHANGE_MADE)
        made_sentence(d, change, out);
    else
        clause_sentence(d, change, out);
}

/* ---- places ------------------------------------------------------------------------ */

void change_place(const Bundle *bundle, Span span, Text *out)
{
    if (span.length == 0)
        return;
    const Source *source = &bundle->sources[span.file];
    safe_add(out, source->path);
    text_addf(out, ":%u", (unsigned)source_place(source, span.offset).line);
}

void block_words(const ChangedBlock *block, Text *out)
{
    const Thing *thing = block->new_thing ? block->new_thing : block->old_thing;
    if (thing->kind == THING_RULE) {
        text_add(out, thing->node.rule->is_never ? "never " : "always");
        safe_add(out, thing->name);
        return;
    }
    text_add(out, thing_word(thing));
    text_add(out, *thing->name ? " " : "");
    safe_add(out, thing->name);
}

static void add_target(const Line *line, Text *out)
{
    for (const Effect *effect = line->effects; effect; effect = effect->next) {
        if (effect->kind == EFFECT_GO_TO)
            text_addf(out, ": go to %s", effect->ref.text);
        if (effect->kind == EFFECT_STAY || effect->kind == EFFECT_AGAIN)
            text_add(out, effect->kind == EFFECT_STAY ? ": stay" : ": again");
    }
}

void piece_words(const FlowChange *change, Text *out)
{
    const Thing *thing = change->new_thing;
    const Clause *clause = change->new_clause;
    if (thing->kind == THING_WORK) {
        text_addf(out, ", %s ", thing_word(thing));
        safe_add(out, thing->name);
    }
    if (clause->name && *clause->name) {
        text_add(out, clause->aspect == ASPECT_LINE || clause->aspect == ASPECT_STARTS ? ", on "
                                                                                       : ", ");
        safe_add(out, clause->name);
    }
    if (clause->aspect != ASPECT_LINE)
        text_addf(out, ": %s", aspects[clause->aspect].words);
    else
        add_target(clause->node.line, out);
}

/* ---- all of them ------------------------------------------------------------------- */

static void add_places(const FlowDifference *d, const FlowChange *change, Text *out)
{
    text_add(out, "     ");
    if (change->old_span.length)
        change_place(d->old_parts.bundle, change->old_span, out);
    else
        text_add(out, "not in the first");
    text_add(out, " | ");
    if (change->new_span.length)
        change_place(d->new_parts.bundle, change->new_span, out);
    else
        text_add(out, "not in the second");
    text_add_char(out, '\n');
}

void flow_difference_text(const FlowDifference *d, Text *out)
{
    if (d->change_count == 0) {
        text_add(out, "The two flows say the same.\n");
        return;
    }
    for (uint32_t i = 0; i < d->change_count; i++) {
        text_addf(out, "%3u. ", (unsigned)i + 1);
        change_sentence(d, &d->changes[i], out);
        text_add(out, ".\n");
        add_places(d, &d->changes[i], out);
    }
}

static void place_json(const Bundle *bundle, Span span, Json *json, const char *key)
{
    if (span.length == 0) {
        json_none(json, key);
        return;
    }
    const Source *source = &bundle->sources[span.file];
    json_object_begin(json, key);
    json_text(json, "file", source->path);
    json_number(json, "line", source_place(source, span.offset).line);
    json_object_end(json);
}

static void side_json(const FlowDifference *d, const FlowChange *change, bool is_new,
                      Json *json)
{
    const char *key = is_new ? "new" : "old";
    if (is_new ? !change->new_clause : !change->old_clause) {
        json_none(json, key);
        return;
    }
    Text words = {0};
    add_side(d, change, is_new, false, &words);
    json_text(json, key, text_get(&words));
    text_clear(&words);
}

static void change_json(const FlowDifference *d, const FlowChange *change, Json *json)
{
    static const char *const kinds[] = {
        [CHANGE_ADDED] = "added", [CHANGE_REMOVED] = "removed", [CHANGE_MADE] = "changed"};
    bool is_new = change->new_thing != NULL;
    const Thing *thing = is_new ? change->new_thing : change->old_thing;
    const Clause *clause = change->new_clause ? change->new_clause : change->old_clause;
    Text sentence = {0};
    change_sentence(d, change, &sentence);
    json_object_begin(json, NULL);
    json_text(json, "change", kinds[change->kind]);
    json_text(json, "of", thing_word(thing));
    json_text(json, "name", thing->name);
    json_text(json, "in",
              thing->kind == THING_WORK ? parts_of(d, is_new)->things[thing->block].name
                                        : NULL);
    json_text(json, "aspect", aspects[change->aspect].key);
    json_text(json, "event", clause && clause->name && *clause->name ? clause->name : NULL);
    side_json(d, change, false, json);
    side_json(d, change, true, json);
    json_text(json, "sentence", text_get(&sentence));
    json_bool(json, "perhaps_renamed", change->renamed != 0);
    place_json(d->old_parts.bundle, change->old_span, json, "old_place");
    place_json(d->new_parts.bundle, change->new_span, json, "new_place");
    json_object_end(json);
    text_clear(&sentence);
}

void flow_difference_json(const FlowDifference *d, Json *json, const char *key)
{
    json_array_begin(json, key);
    for (uint32_t i = 0; i < d->change_count; i++)
        change_json(d, &d->changes[i], json);
    json_array_end(json);
}
