#include "render/diag_place.h"

#include <string.h>

#include "lang/scenario_ast.h"
#include "render/safe.h"

/* Blocks follow one another, so the last that begins before a place holds it. */
typedef struct Nearest {
    Span place;
    Span begin;
    const char *word, *name; /* NULL: none yet */
    const Work *works;
    const Handler *handlers;
    const AsSoonAs *as_soon;
    const StartsLine *starts;
} Nearest;

static bool begins_before(const Nearest *nearest, Span span)
{
    if (span.length == 0 || span.file != nearest->place.file ||
        span.offset > nearest->place.offset)
        return false;
    return !nearest->word || span.offset >= nearest->begin.offset;
}

static bool consider(Nearest *nearest, Span span, const char *word, const char *name)
{
    bool begins = begins_before(nearest, span);
    if (begins)
        *nearest =
            (Nearest){.place = nearest->place, .begin = span, .word = word, .name = name};
    return begins;
}

/* Its name is a title and is shown in quotes. */
#define SCENARIO "scenario"

#define CONSIDER_ALL(nearest, Type, list, word)                                                \
    for (const Type *item = (list); item; item = item->next)                                   \
    consider((nearest), item->span, (word), item->name)

static void consider_plain_blocks(Nearest *nearest, const Flow *flow)
{
    CONSIDER_ALL(nearest, CalendarAst, flow->calendars, "calendar");
    CONSIDER_ALL(nearest, RoleAst, flow->roles, "role");
    CONSIDER_ALL(nearest, FactAst, flow->facts, "fact");
    CONSIDER_ALL(nearest, TermAst, flow->terms, "term");
    CONSIDER_ALL(nearest, PeriodAst, flow->periods, "period");
    CONSIDER_ALL(nearest, ScenarioAst, flow->scenarios, SCENARIO);
    CONSIDER_ALL(nearest, Work, flow->musts, "must");
    for (const EventAst *event = flow->events; event; event = event->next)
        if (!event->is_work)
            consider(nearest, event->span, "event", event->name);
    for (const PolicyAst *policy = flow->policies; policy; policy = policy->next)
        consider(nearest, policy->span, "policy", policy->code);
    for (const RuleAst *rule = flow->rules; rule; rule = rule->next)
        consider(nearest, rule->span, rule->is_never ? "never" : "always", rule->state.text);
    for (const UseAst *use = flow->uses; use; use = use->next)
        consider(nearest, use->span, "use", use->name);
    for (const AllowAst *allow = flow->allows; allow; allow = allow->next)
        consider(nearest, allow->span, "allow", allow->code);
}

static void consider_blocks(Nearest *nearest, const Flow *flow)
{
    if (flow->workflow)
        consider(nearest, flow->workflow->span, "workflow", flow->workflow->name);
    consider_plain_blocks(nearest, flow);
    for (const StateAst *state = flow->states; state; state = state->next)
        if (consider(nearest, state->span, "state", state->name)) {
            nearest->works = state->works;
            nearest->handlers = state->handlers;
            nearest->as_soon = state->as_soon;
        }
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        if (consider(nearest, track->span, "track", track->name)) {
            nearest->works = track->works;
            nearest->handlers = track->handlers;
            nearest->starts = track->starts;
        }
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        if (consider(nearest, any->span, "at any point", NULL))
            nearest->handlers = any->handlers;
}

/* The clause inside the block. */
static Nearest find_clause(const Nearest *block)
{
    static const char *const work_words[] = {
        [WORK_TASK] = "task",
        [WORK_REVIEW] = "review",
        [WORK_DEADLINE] = "deadline",
        [WORK_MUST] = "must",
    };
    static const char *const handler_words[] = {
        [HANDLER_ON] = "on", [HANDLER_IGNORE] = "ignore", [HANDLER_HOLD] = "hold"};
    Nearest clause = {.place = block->place};
    for (const Work *work = block->works; work; work = work->next)
        consider(&clause, work->span, work_words[work->kind], work->name);
    for (const Handler *handler = block->handlers; handler; handler = handler->next)
        if (handler->events.first)
            consider(&clause, handler->span, handler_words[handler->kind],
                     handler->events.first->text);
    for (const AsSoonAs *soon = block->as_soon; soon; soon = soon->next)
        consider(&clause, soon->span, "as soon as", NULL);
    for (const StartsLine *line = block->starts; line; line = line->next)
        consider(&clause, line->span, "starts", NULL);
    return clause;
}

static void add_name(Text *out, const Nearest *nearest)
{
    const char *quote = strcmp(nearest->word, SCENARIO) == 0 ? "\"" : "";
    text_add(out, nearest->word);
    if (!nearest->name || *nearest->name == '?') /* made up for one that is missing */
        return;
    text_addf(out, " %s", quote);
    safe_add(out, nearest->name);
    text_add(out, quote);
}

/* After `at`: "at most" and "at least" begin no block. */
static bool is_any_point(const char *text, size_t length)
{
    size_t start = 0;
    while (start < length && text[start] == ' ')
        start++;
    return length - start >= 3 && memcmp(text + start, "any", 3) == 0;
}

/* A heading that could not be read is in no list; what comes before it does not
 * hold the place. */
static bool is_lost_heading(const Bundle *bundle, const Nearest *block)
{
    static const char *const words[] = {
        "workflow", "use",    "policy", "calendar", "role",  "fact",
        "term",     "period", "event",  "state",    "track", "at",
        "never",    "always", "must",   "scenario", "allow",
    };
    const Source *source = &bundle->sources[block->place.file];
    uint32_t line = source_place(source, block->place.offset).line;
    if (source_place(source, block->begin.offset).line == line)
        return false;
    size_t length;
    const char *text = source_line(source, line, &length);
    size_t start = 0;
    while (start < length && (text[start] == ' ' || text[start] == '\t'))
        start++;
    size_t end = start;
    while (end < length && text[end] >= 'a' && text[end] <= 'z')
        end++;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == end - start && memcmp(words[i], text + start, end - start) == 0)
            return text[start] != 'a' || text[start + 1] != 't' ||
                   is_any_point(text + end, length - end);
    return false;
}

void diag_place(const Bundle *bundle, Span span, Text *out)
{
    Nearest block = {.place = span};
    consider_blocks(&block, &bundle->flow);
    if (!block.word || is_lost_heading(bundle, &block))
        return;
    add_name(out, &block);
    Nearest clause = find_clause(&block);
    if (clause.word) {
        text_add(out, ", ");
        add_name(out, &clause);
    }
}
