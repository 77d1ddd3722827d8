/* What is declared and never used (CF110, CF408), names that are easily taken for
 * one another by name or label (CF103) or for words of the language (CF115), and things without
 * a label (CF112). Only of the flow itself: a library declares more than one needs. */
#include <stdlib.h>
#include <string.h>

#include "analysis/internal.h"
#include "analysis/walk.h"
#include "base/mem.h"

typedef struct Used {
    Analysis *analysis;
    bool *fact, *term, *period, *role; /* owned, by index */
} Used;

static bool is_ours(const Analysis *analysis, Span span)
{
    return span.file == 0 || analysis->bundle->sources[span.file].is_scenarios;
}

/* ---- marking ------------------------------------------------------------------------- */

static void mark_roles(Used *used, const RefList *list)
{
    for (const Ref *ref = list->first; ref; ref = ref->next)
        used->role[ref->index] = true;
}

static void mark_duration(Used *used, const DurationAst *duration)
{
    if (duration->period.text)
        used->period[duration->period.index] = true;
}

static void mark_condition(Used *used, const Expr *expr)
{
    if (!expr)
        return;
    for (const Expr *part = expr->parts; part; part = part->next)
        mark_condition(used, part);
    if (expr->kind == EXPR_TERM)
        used->term[expr->ref.index] = true;
    if (expr->kind == EXPR_COMPARE || expr->kind == EXPR_KNOWN || expr->kind == EXPR_NOT_KNOWN)
        used->fact[expr->ref.index] = true;
    if (expr->kind == EXPR_WINDOW)
        mark_duration(used, &expr->window);
}

static void mark_anchor(Used *used, const Anchor *anchor)
{
    for (const Ref *ref = anchor->refs.first; ref; ref = ref->next)
        if (ref->kind == REF_FACT)
            used->fact[ref->index] = true;
}

static void mark_records(Used *used, const Records *records, const RequiresReason *reasons)
{
    for (; records; records = records->next) {
        used->fact[records->fact.index] = true;
        mark_condition(used, records->when);
    }
    for (; reasons; reasons = reasons->next)
        mark_condition(used, reasons->when);
}

static void mark_effects(Used *used, const Effect *effect)
{
    for (; effect; effect = effect->next) {
        if (effect->kind == EFFECT_RECORD)
            used->fact[effect->ref.index] = true;
        if (effect->kind == EFFECT_NOTIFY || effect->kind == EFFECT_ESCALATE)
            used->role[effect->ref.index] = true;
    }
}

static void mark_limit(Used *used, const LimitAst *limit)
{
    mark_duration(used, &limit->target);
    mark_duration(used, &limit->limit);
    mark_anchor(used, &limit->anchor);
    mark_anchor(used, &limit->target_anchor);
    mark_condition(used, limit->paused_while);
    mark_roles(used, &limit->paused_by);
    mark_roles(used, &limit->extended_by);
}

static void mark_work(Used *used, const Work *work)
{
    mark_roles(used, &work->by);
    mark_roles(used, &work->with);
    mark_roles(used, &work->with_where_possible);
    mark_roles(used, &work->assigns);
    mark_limit(used, &work->limit);
    if (work->first)
        mark_limit(used, work->first);
    mark_records(used, work->records, work->reasons);
    mark_condition(used, work->only_when);
    mark_condition(used, work->until);
    mark_condition(used, work->when);
    mark_effects(used, work->if_missed.effects);
    for (const Interval *interval = work->intervals; interval; interval = interval->next) {
        mark_duration(used, &interval->every);
        mark_anchor(used, &interval->from);
        mark_condition(used, interval->condition);
    }
    for (const Remind *remind = work->reminds; remind; remind = remind->next) {
        mark_roles(used, &remind->roles);
        mark_duration(used, &remind->before);
    }
}

static void mark_handlers(Used *used, const Handler *handler)
{
    for (; handler; handler = handler->next)
        for (const Line *line = handler->lines; line; line = line->next) {
            mark_effects(used, line->effects);
            mark_condition(used, line->condition);
            if (line->approval.text)
                used->role[line->approval.index] = true;
        }
}

static void mark_places(Used *used)
{
    const Flow *flow = used->analysis->flow;
    for (const StateAst *state = flow->states; state; state = state->next) {
        mark_roles(used, &state->overseen_by);
        mark_handlers(used, state->handlers);
        for (const AsSoonAs *soon = state->as_soon; soon; soon = soon->next) {
            mark_condition(used, soon->condition);
            mark_effects(used, soon->effects);
        }
    }
    for (const TrackAst *track = flow->tracks; track; track = track->next) {
        mark_handlers(used, track->handlers);
        for (const StartsLine *start = track->starts; start; start = start->next)
            mark_condition(used, start->condition);
    }
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        mark_handlers(used, any->handlers);
}

static void mark_roles_of_roles(Used *used)
{
    for (const RoleAst *role = used->analysis->flow->roles; role; role = role->next) {
        mark_roles(used, &role->members);
        for (const Deputy *deputy = role->deputies; deputy; deputy = deputy->next) {
            used->role[role->index] = true; /* a deputy has that to do */
            mark_duration(used, &deputy->after);
        }
    }
}

static void mark_all(Used *used)
{
    const Flow *flow = used->analysis->flow;
    mark_roles(used, &flow->workflow->owner);
    mark_effects(used, flow->workflow->if_missed.effects);
    for (const TermAst *term = flow->terms; term; term = term->next)
        mark_condition(used, term->condition);
    for (const EventAst *event = flow->events; event; event = event->next) {
        mark_roles(used, &event->by);
        mark_records(used, event->records, event->reasons);
    }
    for (uint32_t i = 0; i < flow->work_count; i++)
        mark_work(used, flow->work_at[i]);
    mark_places(used);
    mark_roles_of_roles(used);
    for (const RuleAst *rule = flow->rules; rule; rule = rule->next)
        mark_condition(used, rule->condition);
}

/* ---- CF110, CF408 ------------------------------------------------------------------------ */

static void say_unused(Analysis *analysis, Span span, const char *kind, const char *name)
{
    if (!is_ours(analysis, span))
        return;
    Diag *diag = finding(analysis, span, "CF110", "The %s \"%s\" is declared and never used",
                         kind, name);
    if (diag)
        diag_help(analysis->diags, diag, "Use it where it was meant, or take it out.");
}

static void say_idle_role(Analysis *analysis, const RoleAst *role)
{
    if (!is_ours(analysis, role->name_span))
        return;
    Diag *diag = finding(analysis, role->name_span, "CF408",
                         "The role \"%s\" never gets any work or message", role->name);
    if (diag)
        diag_help(analysis->diags, diag,
                  "Name it after \"by\", \"with\" or \"notify\", or take it out.");
}

static void check_unused(const Used *used)
{
    Analysis *analysis = used->analysis;
    const Flow *flow = analysis->flow;
    for (const FactAst *fact = flow->facts; fact; fact = fact->next)
        if (!used->fact[fact->index])
            say_unused(analysis, fact->name_span, "fact", fact->name);
    for (const TermAst *term = flow->terms; term; term = term->next)
        if (!used->term[term->index])
            say_unused(analysis, term->name_span, "term", term->name);
    for (const PeriodAst *period = flow->periods; period; period = period->next)
        if (!used->period[period->index])
            say_unused(analysis, period->name_span, "period", period->name);
    for (const RoleAst *role = flow->roles; role; role = role->next)
        if (!used->role[role->index])
            say_idle_role(analysis, role);
}

/* ---- CF103, CF112, CF115 ----------------------------------------------------------------- */

typedef struct Named {
    Analysis *analysis;
    Map plain; /* kind and name without hyphens and plural -> Span's owner below */
    struct NamedItem {
        Span span;
        const char *name;
    } * items; /* owned */
    size_t count, capacity;
} Named;

/* Words that stand beside names in durations and conditions. */
static bool is_word(const char *name)
{
    static const char *const words[] = {
        "day",  "days",   "hour",   "hours",    "week",    "weeks",   "month",   "months",
        "year", "years",  "before", "after",    "first",   "last",    "next",    "previous",
        "same", "number", "date",   "text",     "person",  "working", "leaving", "once",
        "at",   "least",  "most",   "calendar", "running", "ended",   "times",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], name) == 0)
            return true;
    return false;
}

static void check_word(Named *named, Span span, const char *kind, const char *name)
{
    if (!is_word(name))
        return;
    Diag *diag =
        finding(named->analysis, span, "CF115", "\"%s\" is also a word of the language", name);
    if (diag)
        diag_help(named->analysis->diags, diag,
                  "A %s of that name makes lines hard to read. Say more: %s-…", kind, name);
}

static char *plain_name(Analysis *analysis, const char *kind, const char *name)
{
    Text text = {0};
    text_addf(&text, "%s ", kind);
    for (const char *c = name; *c; c++)
        if (*c != '-')
            text_add_char(&text, *c);
    size_t stem = text.length;
    bool on_ies = stem > 3 && strcmp(text.data + stem - 3, "ies") == 0;
    stem -= on_ies ? 3 : text.data[stem - 1] == 's';
    char *plain =
        arena_format(&analysis->arena, "%.*s%s", (int)stem, text.data, on_ies ? "y" : "");
    text_clear(&text);
    return plain;
}

/* What stood under this key before, by another name; NULL: nothing, and from now on this. */
static const struct NamedItem *find_other(Named *named, const char *key, Span span,
                                          const char *name)
{
    int64_t first = map_index(&named->plain, key);
    if (first >= 0)
        return strcmp(named->items[first].name, name) ? &named->items[first] : NULL;
    named->items =
        mem_grow(named->items, &named->capacity, named->count + 1, sizeof *named->items);
    named->items[named->count] = (struct NamedItem){span, name};
    map_add(&named->plain, key, strlen(key), (int64_t)named->count++);
    return NULL;
}

/* Of capitals and blanks only readers of the file know. A letter that is written in two parts
 * is another matter: the lexer asks to retype it. */
static const char *plain_label(Analysis *analysis, const char *kind, const char *label)
{
    Text text = {0};
    text_addf(&text, "%s \"", kind);
    for (const char *c = label; *c; c++)
        if (*c != ' ')
            text_add_char(&text, *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c);
    char *plain = arena_strdup(&analysis->arena, text_get(&text));
    text_clear(&text);
    return plain;
}

static void check_same_label(Named *named, Span span, const char *kind, const char *name,
                             const char *label)
{
    const struct NamedItem *other =
        find_other(named, plain_label(named->analysis, kind, label), span, name);
    Diag *diag = other ? finding(named->analysis, span, "CF103",
                                 "\"%s\" and \"%s\" have the same label", name, other->name)
                       : NULL;
    if (!diag)
        return;
    diag_related(named->analysis->diags, diag, other->span, "the other one");
    diag_help(named->analysis->diags, diag,
              "In worklists and letters nobody can tell which is meant. Say more in one of\n"
              "the labels.");
}

static void check_alike(Named *named, Span span, const char *kind, const char *name)
{
    const struct NamedItem *other =
        find_other(named, plain_name(named->analysis, kind, name), span, name);
    if (!other)
        return;
    Diag *diag =
        finding(named->analysis, span, "CF103",
                "\"%s\" and \"%s\" are easily taken for one another", name, other->name);
    if (!diag)
        return;
    diag_related(named->analysis->diags, diag, other->span, "the other one");
    diag_help(named->analysis->diags, diag,
              "Is one of them a slip? If not, name one otherwise.");
}

static void check_name(Named *named, Span span, const char *kind, const char *name,
                       const char *label)
{
    if (!is_ours(named->analysis, span))
        return;
    check_word(named, span, kind, name);
    check_alike(named, span, kind, name);
    if (label) {
        check_same_label(named, span, kind, name, label);
        return;
    }
    Diag *diag =
        finding(named->analysis, span, "CF112", "\"%s\" has no label to show people", name);
    if (diag)
        diag_help(named->analysis->diags, diag, "Add one in quotes after the name: %s %s \"…\"",
                  kind, name);
}

#define CHECK_NAMES(named, Type, list, kind)                                                   \
    for (const Type *item = (list); item; item = item->next)                                   \
    check_name((named), item->name_span, (kind), item->name, item->label)

static void check_names(Named *named)
{
    const Flow *flow = named->analysis->flow;
    CHECK_NAMES(named, RoleAst, flow->roles, "role");
    CHECK_NAMES(named, FactAst, flow->facts, "fact");
    CHECK_NAMES(named, TermAst, flow->terms, "term");
    CHECK_NAMES(named, PeriodAst, flow->periods, "period");
    CHECK_NAMES(named, StateAst, flow->states, "state");
    CHECK_NAMES(named, TrackAst, flow->tracks, "track");
    for (const EventAst *event = flow->events; event; event = event->next)
        if (!event->is_work)
            check_name(named, event->name_span, "event", event->name, event->label);
    for (uint32_t i = 0; i < flow->work_count; i++) {
        const Work *work = flow->work_at[i];
        if (work->kind <= WORK_REVIEW) /* the others are named after an event */
            check_name(named, work->name_span, "event", work->name, work->label);
    }
}

void check_names_used(Analysis *analysis)
{
    const Flow *flow = analysis->flow;
    Used used = {.analysis = analysis};
    used.fact = mem_alloc_array(flow->fact_count + 1, sizeof *used.fact);
    used.term = mem_alloc_array(flow->term_count + 1, sizeof *used.term);
    used.period = mem_alloc_array(flow->period_count + 1, sizeof *used.period);
    used.role = mem_alloc_array(flow->role_count + 1, sizeof *used.role);
    mark_all(&used);
    check_unused(&used);
    free(used.fact);
    free(used.term);
    free(used.period);
    free(used.role);
    Named named = {.analysis = analysis};
    check_names(&named);
    map_clear(&named.plain);
    free(named.items);
}
