#include "render/flow_words.h"

#include "render/safe.h"

#define LABEL(thing) ((thing)->label ? (thing)->label : (thing)->name)

const char *label_event(const Flow *flow, uint32_t event)
{
    return LABEL(flow->event_at[event]);
}

const char *label_fact(const Flow *flow, uint32_t fact)
{
    return LABEL(flow->fact_at[fact]);
}

const char *label_role(const Flow *flow, uint32_t role)
{
    return LABEL(flow->role_at[role]);
}

const char *label_state(const Flow *flow, uint32_t state)
{
    return LABEL(flow->state_at[state]);
}

const char *label_track(const Flow *flow, uint32_t track)
{
    return track == 0 ? "the case" : LABEL(flow->track_at[track]);
}

/* A deadline is known by the event it waits for. */
const char *label_work(const Flow *flow, uint32_t work)
{
    const Work *w = flow->work_at[work];
    if (w->label)
        return w->label;
    return w->event >= 0 ? label_event(flow, (uint32_t)w->event) : w->name;
}

const char *label_value(const Flow *flow, uint32_t fact, int64_t value)
{
    for (const FactValue *v = flow->fact_at[fact]->values; v; v = v->next)
        if (value-- == 0)
            return LABEL(v);
    return "?";
}

const char *label_item(const Flow *flow, uint32_t work, uint32_t item)
{
    for (const CheckItem *i = flow->work_at[work]->checklist; i; i = i->next)
        if (item-- == 0)
            return LABEL(i);
    return "?";
}

const char *label_workflow(const Flow *flow)
{
    return LABEL(flow->workflow);
}

void because_words(const Because *because, Text *out)
{
    for (const Because *b = because; b; b = b->next) {
        if (b != because)
            text_add(out, ", ");
        safe_add(out, b->policy.text ? b->policy.text : b->text);
        if (b->policy.text)
            text_addf(out, "-%d", (int)b->clause);
    }
}

static void one_of_words(const FactAst *fact, Text *out)
{
    text_add(out, "one of: ");
    for (const FactValue *v = fact->values; v; v = v->next) {
        safe_add(out, v->name);
        if (v->next)
            text_add(out, ", ");
    }
}

void fact_type_words(const Flow *flow, uint32_t index, Text *out)
{
    const FactAst *fact = flow->fact_at[index];
    static const char *const plain[] = {[FACT_YES_NO] = "yes or no",
                                        [FACT_NUMBER] = "a number",
                                        [FACT_DATE] = "a date such as 2021-02-01",
                                        [FACT_TEXT] = "some text",
                                        [FACT_PERSON] = "a person"};
    if (fact->type == FACT_ONE_OF)
        one_of_words(fact, out);
    else
        text_add(out, plain[fact->type]);
    if (fact->of)
        text_addf(out, " of %s", fact->of);
    if (fact->has_range)
        text_addf(out, " from %lld to %lld", (long long)fact->least, (long long)fact->most);
}

static const Line *line_of_handlers(const Handler *handlers, uint32_t file, uint32_t offset)
{
    for (const Handler *h = handlers; h; h = h->next)
        for (const Line *line = h->lines; line; line = line->next)
            if (line->span.file == file && line->span.offset == offset)
                return line;
    return NULL;
}

const Line *line_at(const Flow *flow, uint32_t file, uint32_t offset)
{
    const Line *found = NULL;
    for (const StateAst *s = flow->states; s && !found; s = s->next)
        found = line_of_handlers(s->handlers, file, offset);
    for (const TrackAst *t = flow->tracks; t && !found; t = t->next)
        found = line_of_handlers(t->handlers, file, offset);
    for (const AnyPoint *a = flow->any_points; a && !found; a = a->next)
        found = line_of_handlers(a->handlers, file, offset);
    return found;
}

void condition_facts(const Flow *flow, const Expr *condition,
                     void (*visit)(void *context, uint32_t fact), void *context)
{
    switch (condition->kind) {
    case EXPR_COMPARE:
    case EXPR_KNOWN:
    case EXPR_NOT_KNOWN:
        visit(context, (uint32_t)condition->ref.index);
        break;
    case EXPR_TERM:
        condition_facts(flow, flow->term_at[condition->ref.index]->condition, visit, context);
        break;
    default:
        for (const Expr *part = condition->parts; part; part = part->next)
            condition_facts(flow, part, visit, context);
    }
}
