#include "analysis/flow_parts.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/flow_keys.h"
#include "base/mem.h"

/* ---- things and clauses ------------------------------------------------------------ */

Thing *thing_begin(Taking *t, ThingKind kind, const char *name, const char *label, Span span,
                   bool begins_block)
{
    FlowParts *parts = t->parts;
    parts->things = mem_grow(parts->things, &parts->thing_capacity, parts->thing_count + 1,
                             sizeof *parts->things);
    t->thing = parts->thing_count++;
    if (begins_block)
        t->block = t->thing;
    Thing *thing = &parts->things[t->thing];
    *thing = (Thing){.kind = kind,
                     .key = name,
                     .name = name,
                     .label = label ? label : name,
                     .span = span,
                     .block = t->block,
                     .first_clause = parts->clause_count};
    if (label) /* it stands where the thing begins */
        clause_text(t, ASPECT_LABEL, "", label, (Span){span.file, span.offset, 1});
    return thing;
}

/* All that it says but what it is called. */
void thing_end(Taking *t)
{
    FlowParts *parts = t->parts;
    Thing *thing = &parts->things[t->thing];
    thing->clause_count = parts->clause_count - thing->first_clause;
    KeyList list = {0};
    Text all = {0};
    for (uint32_t i = 0; i < thing->clause_count; i++) {
        const Clause *clause = &parts->clauses[thing->first_clause + i];
        if (clause->aspect == ASPECT_LABEL)
            continue;
        Text item = {0};
        text_addf(&item, "%d %s = %s", (int)clause->aspect, clause->key, clause->value);
        key_list_take(&list, &item);
    }
    key_list_join(&list, &all);
    thing->value = arena_strndup(&parts->arena, text_get(&all), all.length);
    text_clear(&all);
}

Clause *clause_add(Taking *t, Aspect aspect, const char *key, Span span, const void *node)
{
    FlowParts *parts = t->parts;
    parts->clauses = mem_grow(parts->clauses, &parts->clause_capacity, parts->clause_count + 1,
                              sizeof *parts->clauses);
    Clause *clause = &parts->clauses[parts->clause_count++];
    *clause = (Clause){
        .aspect = aspect,
        .key = arena_strdup(&parts->arena, key),
        .value = arena_strndup(&parts->arena, text_get(&t->value), t->value.length),
        .span = span,
        .node.any = node,
    };
    text_reset(&t->value);
    return clause;
}

void clause_add_said(Taking *t, Aspect aspect, const char *key, Span span, const void *node)
{
    if (t->value.length)
        clause_add(t, aspect, key, span, node);
}

void clause_text(Taking *t, Aspect aspect, const char *key, const char *text, Span span)
{
    if (!text)
        return;
    text_add(&t->value, text);
    clause_add(t, aspect, key, span, NULL);
}

void clause_flag(Taking *t, Aspect aspect, bool said, Span span)
{
    if (said)
        clause_add(t, aspect, "", span, NULL);
}

void clause_refs(Taking *t, Aspect aspect, const RefList *refs)
{
    if (refs->count == 0)
        return;
    key_refs(refs, &t->value);
    clause_add(t, aspect, "", span_join(refs->first->span, refs->last->span), refs);
}

void clause_condition(Taking *t, Aspect aspect, const char *key, const Expr *condition)
{
    if (!condition)
        return;
    key_condition(condition, &t->value);
    clause_add(t, aspect, key, condition->span, condition);
}

void clause_records(Taking *t, const Records *records)
{
    for (; records; records = records->next) {
        key_condition(records->when, &t->value);
        clause_add(t, ASPECT_RECORDS, records->fact.text, records->span, records);
    }
}

void clause_reasons(Taking *t, const RequiresReason *reasons)
{
    for (; reasons; reasons = reasons->next) {
        key_condition(reasons->when, &t->value);
        clause_add(t, ASPECT_REASON, "", reasons->span, reasons);
    }
}

/* ---- the workflow, policies, calendars --------------------------------------------- */

static void clause_day(Taking *t, Aspect aspect, Day day, Span span)
{
    char text[DAY_TEXT_MAX];
    if (day == DAY_NONE)
        return;
    day_format_long(day, text);
    clause_text(t, aspect, "", text, span);
}

static void parts_of_workflow(Taking *t)
{
    const WorkflowAst *w = t->flow->workflow;
    if (!w)
        return;
    Thing *thing = thing_begin(t, THING_WORKFLOW, w->name, w->label, w->span, true);
    thing->key = "";
    clause_text(t, ASPECT_NAME, "", w->name, w->name_span);
    clause_text(t, ASPECT_VERSION, "", w->version, w->name_span);
    clause_day(t, ASPECT_IN_FORCE, w->in_force.day, w->in_force.span);
    clause_refs(t, ASPECT_OWNER, &w->owner);
    clause_text(t, ASPECT_CALENDAR, "", w->calendar.text, w->calendar.span);
    clause_text(t, ASPECT_ZONE, "", w->zone_name ? w->zone_name : "Europe/London",
                w->zone_name ? w->zone_span : w->name_span);
    key_effects(w->if_missed.effects, &t->value);
    clause_add_said(t, ASPECT_IF_MISSED, "", w->if_missed.span, w->if_missed.effects);
    thing_end(t);
}

static void parts_of_policies(Taking *t)
{
    for (const PolicyAst *p = t->flow->policies; p; p = p->next) {
        thing_begin(t, THING_POLICY, p->code, p->label, p->span, true);
        text_addf(&t->value, "%d to %d", (int)p->first_clause, (int)p->last_clause);
        clause_add(t, ASPECT_CLAUSES, "", p->span, NULL);
        thing_end(t);
    }
}

static void add_clock(Text *out, int minute)
{
    text_addf(out, "%02d:%02d", minute / 60, minute % 60);
}

static bool works_on(const CalendarAst *calendar, int day)
{
    return calendar->working_days[day] || calendar->hours[day].from < calendar->hours[day].to;
}

static bool same_hours(const CalendarAst *calendar, int one, int other)
{
    return works_on(calendar, one) == works_on(calendar, other) &&
           calendar->hours[one].from == calendar->hours[other].from &&
           calendar->hours[one].to == calendar->hours[other].to;
}

/* "Monday to Thursday from 09:00 to 17:00, Friday from 09:00 to 12:00" */
static void calendar_week(Taking *t, const CalendarAst *calendar)
{
    for (int day = 0, last; day < 7; day = last + 1) {
        WorkingHours hours = calendar->hours[day];
        for (last = day; last < 6 && same_hours(calendar, day, last + 1);)
            last++;
        if (!works_on(calendar, day))
            continue;
        text_addf(&t->value, "%s%s", t->value.length ? ", " : "", weekday_name(day));
        if (last > day)
            text_addf(&t->value, " to %s", weekday_name(last));
        if (hours.from >= hours.to)
            continue;
        text_add(&t->value, " from ");
        add_clock(&t->value, hours.from);
        text_add(&t->value, " to ");
        add_clock(&t->value, hours.to);
    }
    clause_add_said(t, ASPECT_HOURS, "", calendar->name_span, NULL);
}

/* Days off are matched by their names where they have one. */
static void calendar_rules(Taking *t, const CalendarAst *calendar)
{
    for (const CalendarRuleAst *r = calendar->rules; r; r = r->next) {
        bool dated = r->rule.kind == RULE_DATE || r->rule.kind == RULE_MOVED ||
                     r->rule.kind == RULE_WORKING;
        Text key = {0};
        if (dated)
            text_addf(&key, "%lld", (long long)r->rule.date);
        else
            text_add(&key, r->rule.name ? r->rule.name : "");
        key_calendar_rule(&r->rule, &t->value);
        Aspect aspect = r->rule.kind == RULE_WORKING ? ASPECT_WORKING_DAY : ASPECT_DAY_OFF;
        clause_add(t, aspect, text_get(&key), r->span, r);
        text_clear(&key);
    }
}

static void parts_of_calendars(Taking *t)
{
    for (const CalendarAst *c = t->flow->calendars; c; c = c->next) {
        thing_begin(t, THING_CALENDAR, c->name, c->label, c->span, true);
        calendar_week(t, c);
        calendar_rules(t, c);
        if (c->cut_off >= 0)
            add_clock(&t->value, c->cut_off);
        clause_add_said(t, ASPECT_CUT_OFF, "", c->name_span, NULL);
        if (c->first_year)
            text_addf(&t->value, "%d to %d, published to %d", c->first_year, c->last_year,
                      c->published_year ? c->published_year : c->last_year);
        clause_add_said(t, ASPECT_COVERS, "", c->name_span, NULL);
        clause_refs(t, ASPECT_PLUS, &c->plus);
        clause_refs(t, ASPECT_MINUS, &c->minus);
        thing_end(t);
    }
}

/* ---- roles, facts, terms, periods, events ------------------------------------------ */

static void parts_of_roles(Taking *t)
{
    for (const RoleAst *role = t->flow->roles; role; role = role->next) {
        thing_begin(t, THING_ROLE, role->name, role->label, role->span, true);
        clause_refs(t, ASPECT_MEMBERS, &role->members);
        for (const Deputy *deputy = role->deputies; deputy; deputy = deputy->next) {
            text_addf(&t->value, "%d ", (int)deputy->when);
            if (deputy->when == DEPUTY_AFTER)
                key_duration(&deputy->after, &t->value);
            clause_add(t, ASPECT_DEPUTY, deputy->role.text, deputy->span, deputy);
        }
        clause_refs(t, ASPECT_EXCLUDES, &role->excludes);
        thing_end(t);
    }
}

static void fact_type(Taking *t, const FactAst *fact)
{
    static const char *const words[] = {[FACT_ONE_OF] = "one of a list",
                                        [FACT_YES_NO] = "yes or no",
                                        [FACT_NUMBER] = "number",
                                        [FACT_DATE] = "date",
                                        [FACT_TEXT] = "text",
                                        [FACT_PERSON] = "person"};
    text_add(&t->value, words[fact->type]);
    if (fact->of)
        text_addf(&t->value, " of %s", fact->of);
    if (fact->has_range)
        text_addf(&t->value, " from %lld to %lld", (long long)fact->least,
                  (long long)fact->most);
    clause_add(t, ASPECT_TYPE, "", fact->name_span, NULL);
}

static void parts_of_facts(Taking *t)
{
    for (const FactAst *fact = t->flow->facts; fact; fact = fact->next) {
        thing_begin(t, THING_FACT, fact->name, fact->label, fact->span, true);
        fact_type(t, fact);
        for (const FactValue *value = fact->values; value; value = value->next)
            clause_text(t, ASPECT_VALUE, value->name, value->label ? value->label : value->name,
                        value->span);
        thing_end(t);
    }
}

static void parts_of_terms(Taking *t)
{
    for (const TermAst *term = t->flow->terms; term; term = term->next) {
        thing_begin(t, THING_TERM, term->name, term->label, term->span, true);
        clause_condition(t, ASPECT_CONDITION, "", term->condition);
        thing_end(t);
    }
}

static void parts_of_periods(Taking *t)
{
    char from[DAY_TEXT_MAX];
    for (const PeriodAst *period = t->flow->periods; period; period = period->next) {
        thing_begin(t, THING_PERIOD, period->name, period->label, period->span, true);
        for (const PeriodValue *value = period->values; value; value = value->next) {
            *from = '\0';
            if (value->from.day != DAY_NONE)
                day_format_long(value->from.day, from);
            duration_format(value->duration, &t->value);
            clause_add(t, ASPECT_DURATION, from, value->span, NULL);
        }
        thing_end(t);
    }
}

/* Those declared; a task's own event is the task. */
static void parts_of_events(Taking *t)
{
    for (const EventAst *event = t->flow->events; event; event = event->next) {
        if (event->is_work)
            continue;
        thing_begin(t, THING_EVENT, event->name, event->label, event->span, true);
        clause_flag(t, ASPECT_OPENS, event->opens, event->name_span);
        if (event->by_anyone)
            clause_text(t, ASPECT_BY, "", "anyone", event->name_span);
        clause_refs(t, ASPECT_BY, &event->by);
        clause_records(t, event->records);
        clause_reasons(t, event->reasons);
        thing_end(t);
    }
}

static void parts_of_rules(Taking *t)
{
    for (const RuleAst *rule = t->flow->rules; rule; rule = rule->next) {
        Thing *thing = thing_begin(t, THING_RULE, rule->is_never ? rule->state.text : "", NULL,
                                   rule->span, true);
        thing->key = rule->is_never ? rule->state.text : "always";
        thing->node.rule = rule;
        key_condition(rule->condition, &t->value);
        clause_add(t, ASPECT_CONDITION, "", rule->span, rule);
        thing_end(t);
    }
}

/* A block's meaning holds that of its works, whose own places bear its name. */
static void add_works_to_values(FlowParts *parts)
{
    for (uint32_t i = 0, end; i < parts->thing_count; i = end) {
        Thing *block = &parts->things[i];
        KeyList works = {0};
        Text all = {0};
        for (end = i + 1; end < parts->thing_count && parts->things[end].block == i; end++) {
            const Thing *work = &parts->things[end];
            Text item = {0};
            text_addf(&item, "%s \"%s\" %s", work->name, work->label, work->value);
            key_list_take(&works, &item);
        }
        if (end == i + 1)
            continue;
        text_addf(&all, "%s with ", block->value);
        key_list_join(&works, &all);
        block->value = arena_strndup(&parts->arena, text_get(&all), all.length);
        text_clear(&all);
    }
}

void flow_parts(FlowParts *parts, const Bundle *bundle)
{
    Taking t = {.parts = parts, .flow = &bundle->flow};
    parts->bundle = bundle;
    parts_of_workflow(&t);
    parts_of_policies(&t);
    parts_of_calendars(&t);
    parts_of_roles(&t);
    parts_of_facts(&t);
    parts_of_terms(&t);
    parts_of_periods(&t);
    parts_of_events(&t);
    parts_of_states(&t);
    parts_of_tracks(&t);
    parts_of_any_points(&t);
    parts_of_musts(&t);
    parts_of_rules(&t);
    add_works_to_values(parts);
    text_clear(&t.value);
}

void flow_parts_clear(FlowParts *parts)
{
    arena_clear(&parts->arena);
    free(parts->things);
    free(parts->clauses);
    *parts = (FlowParts){0};
}
