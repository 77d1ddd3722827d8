#include <string.h>

#include "render/flow_difference_words.h"
#include "render/safe.h"
#include "render/work_words.h"

static void add_when(const Flow *flow, const Expr *condition, Text *out)
{
    if (!condition)
        return;
    text_add(out, " when ");
    condition_words(flow, condition, out);
}

static void add_quoted(const char *words, Text *out)
{
    text_add_char(out, '"');
    safe_add(out, words);
    text_add_char(out, '"');
}

static void line_words(const Flow *flow, const Line *line, Text *out)
{
    effects_words(flow, line->effects, true, out);
    if (line->approval.text) {
        text_add(out, ", needing approval by ");
        safe_add(out, label_role(flow, (uint32_t)line->approval.index));
    }
    if (line->when == LINE_OTHERWISE)
        text_add(out, " otherwise");
    else
        add_when(flow, line->condition, out);
}

static void as_soon_words(const Flow *flow, const AsSoonAs *clause, Text *out)
{
    text_add(out, "as soon as ");
    condition_words(flow, clause->condition, out);
    text_add(out, ", ");
    effects_words(flow, clause->effects, true, out);
}

static void starts_words(const Flow *flow, const Clause *clause, Text *out)
{
    const StartsLine *starts = clause->node.starts;
    text_add(out, starts->once ? "once" : "");
    for (const Ref *event = starts->events.first; event; event = event->next) {
        if (strcmp(event->text, clause->key) != 0)
            continue;
        text_add(out, starts->once ? " on " : "on ");
        add_quoted(label_event(flow, (uint32_t)event->index), out);
    }
    if (starts->condition) {
        text_add(out, starts->once || *clause->key ? " when " : "when ");
        condition_words(flow, starts->condition, out);
    }
}

static void deputy_words(const Flow *flow, const Deputy *deputy, Text *out)
{
    safe_add(out, label_role(flow, (uint32_t)deputy->role.index));
    if (deputy->when == DEPUTY_WHEN_UNAVAILABLE)
        text_add(out, " when unavailable");
    if (deputy->when == DEPUTY_AFTER) {
        text_add(out, " after ");
        duration_words(flow, &deputy->after, out);
    }
}

static void hold_words(const Flow *flow, const Handler *hold, Text *out)
{
    text_add(out, "until ");
    add_quoted(label_state(flow, (uint32_t)hold->until.index), out);
}

static void remind_words(const Flow *flow, const Remind *remind, Text *out)
{
    roles_words(flow, &remind->roles, ", ", out);
    text_add_char(out, ' ');
    duration_words(flow, &remind->before, out);
    text_add(out, " before");
}

static void records_words(const Flow *flow, const Records *records, Text *out)
{
    add_quoted(label_fact(flow, (uint32_t)records->fact.index), out);
    add_when(flow, records->when, out);
}

static void names_words(const RefList *refs, Text *out)
{
    for (const Ref *ref = refs->first; ref; ref = ref->next)
        text_addf(out, "%s%s", ref->text, ref->next ? ", " : "");
}

static void limit_words(const Flow *flow, const Work *work, Text *out)
{
    Text words = {0}; /* of its own: where it begins matters to the commas in it */
    work_limit_words(flow, work, &words);
    text_add(out, text_get(&words));
    text_clear(&words);
}

/* Of a calendar's rule the line as it stands: it reads well as it is. */
static void source_words(const Bundle *bundle, Span span, Text *out)
{
    const Source *source = &bundle->sources[span.file];
    size_t length;
    const char *line = source_line(source, source_place(source, span.offset).line, &length);
    while (length > 0 && (*line == ' ' || *line == '\t')) {
        line++;
        length--;
    }
    safe_add_bytes(out, line, length);
}

/* Does the clause's reason begin there? */
static bool is_reason(const char *at, const char *end)
{
    static const char word[] = "because ";
    return (size_t)(end - at) >= strlen(word) && strncmp(at, word, strlen(word)) == 0;
}

void clause_source(const Bundle *bundle, const Clause *clause, Text *out)
{
    const char *at = bundle->sources[clause->span.file].text + clause->span.offset;
    const char *end = at + clause->span.length;
    Text words = {0};
    bool in_quotes = false, after_blank = false;
    for (; at < end; at++) {
        bool blank = *at == ' ' || *at == '\t' || *at == '\n' || *at == '\r';
        if (after_blank && !blank && !in_quotes && is_reason(at, end))
            break;
        if (after_blank && !blank && words.length)
            text_add_char(&words, ' ');
        if (!blank)
            text_add_char(&words, *at);
        in_quotes ^= *at == '"';
        after_blank = blank;
    }
    safe_add(out, text_get(&words));
    text_clear(&words);
}

static void rule_words(const Flow *flow, const RuleAst *rule, Text *out)
{
    if (rule->condition)
        condition_words(flow, rule->condition, out);
    else
        text_add(out, "in any case");
}

static void period_words(const Clause *clause, Text *out)
{
    text_add(out, clause->value);
    if (*clause->key)
        text_addf(out, " from %s", clause->key);
}

/* Those that need a condition or a list put into words; false: the value is fit to be
 * read. Long because it names each aspect once, with the one call that tells it. */
static bool node_words(const Flow *flow, const Clause *clause, Text *out)
{
    switch (clause->aspect) {
    case ASPECT_LIMIT:
        limit_words(flow, clause->node.work, out);
        return true;
    case ASPECT_WITH:
        work_with_words(flow, clause->node.work, out);
        return true;
    case ASPECT_LINE:
        line_words(flow, clause->node.line, out);
        return true;
    case ASPECT_AS_SOON:
        as_soon_words(flow, clause->node.as_soon, out);
        return true;
    case ASPECT_STARTS:
        starts_words(flow, clause, out);
        return true;
    case ASPECT_HOLD:
        hold_words(flow, clause->node.handler, out);
        return true;
    case ASPECT_IF_MISSED:
        effects_words(flow, clause->node.effects, true, out);
        return true;
    case ASPECT_REMIND:
        remind_words(flow, clause->node.remind, out);
        return true;
    case ASPECT_RECORDS:
        records_words(flow, clause->node.records, out);
        return true;
    case ASPECT_REASON:
        text_add(out, "a reason");
        add_when(flow, clause->node.reason->when, out);
        return true;
    case ASPECT_DEPUTY:
        deputy_words(flow, clause->node.deputy, out);
        return true;
    case ASPECT_CONDITION:
    case ASPECT_ONLY_WHEN:
        condition_words(flow, clause->node.condition, out);
        return true;
    case ASPECT_NOT_BY:
        events_words(flow, clause->node.refs, out);
        return true;
    case ASPECT_AFTER:
        add_quoted(label_event(flow, (uint32_t)clause->node.ref->index), out);
        return true;
    case ASPECT_PLUS:
    case ASPECT_MINUS:
        names_words(clause->node.refs, out);
        return true;
    case ASPECT_OWNER:
    case ASPECT_MEMBERS:
    case ASPECT_EXCLUDES:
    case ASPECT_OVERSEEN:
    case ASPECT_BY:
    case ASPECT_ASSIGNS:
        roles_words(flow, clause->node.refs, ", ", out);
        return true;
    default:
        return false;
    }
}

void clause_words(const Bundle *bundle, const Thing *thing, const Clause *clause, Text *out)
{
    if (thing->kind == THING_RULE)
        rule_words(&bundle->flow, clause->node.rule, out);
    else if (clause->aspect == ASPECT_DAY_OFF || clause->aspect == ASPECT_WORKING_DAY)
        source_words(bundle, clause->span, out);
    else if (clause->aspect == ASPECT_DURATION)
        period_words(clause, out);
    else if (!clause->node.any || !node_words(&bundle->flow, clause, out))
        safe_add(out, clause->value);
}
