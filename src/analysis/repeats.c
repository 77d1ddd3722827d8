/* The same line twice (CF109), and several lines to one end (CF211, a note). */
#include <string.h>

#include "analysis/internal.h"
#include "analysis/walk.h"

static Span effects_span(const Line *line)
{
    const Effect *last = line->effects;
    while (last->next)
        last = last->next;
    return span_join(line->effects->span, last->span);
}

static bool same_words(Analysis *analysis, Span a, Span b)
{
    return strcmp(words_of(analysis, a), words_of(analysis, b)) == 0;
}

static void say_twice(Analysis *analysis, Span again, Span before)
{
    Diag *diag = finding(analysis, again, "CF109", "This says what another line says already");
    if (!diag)
        return;
    diag_related(analysis->diags, diag, before, "the same");
    diag_help(analysis->diags, diag, "Take one of them out.");
}

static bool same_condition(Analysis *analysis, const Expr *a, const Expr *b)
{
    return a && b ? same_words(analysis, a->span, b->span) : a == b;
}

static void compare_lines(Analysis *analysis, const Line *line, const Line *other)
{
    bool choice = line_is_choice(line);
    if (choice != line_is_choice(other) || line->when != other->when ||
        !same_words(analysis, effects_span(line), effects_span(other)))
        return;
    if (!choice && same_condition(analysis, line->condition, other->condition))
        say_twice(analysis, other->span, line->span);
}

/* Only lines that do the same thing and ask nobody: they could be one. */
static void note_one_end(Analysis *analysis, const Line *line)
{
    if (!analysis->options->notes || !line_is_choice(line) || line->approval.text)
        return;
    for (const Line *other = line->next; other; other = other->next) {
        if (other->approval.text || line->when != LINE_WHEN || other->when != LINE_WHEN ||
            !same_words(analysis, effects_span(line), effects_span(other)))
            continue;
        Diag *diag = finding(analysis, other->span, "CF211", "Two lines lead to the same end");
        if (!diag)
            continue;
        diag_related(analysis->diags, diag, line->span, "the other one");
        diag_help(analysis->diags, diag, "They could be one line, with \"or\".");
    }
}

/* Lists of more lines than this are not compared pair by pair. */
#define LINES_MOST 200u

static void check_lines(Analysis *analysis, const Handler *handler, int32_t here)
{
    (void)here;
    for (; handler; handler = handler->next) {
        uint32_t count = 0;
        for (const Line *line = handler->lines; line && count < LINES_MOST; line = line->next) {
            count++;
            for (const Line *other = line->next; other; other = other->next)
                compare_lines(analysis, line, other);
            note_one_end(analysis, line);
        }
    }
}

static bool same_events(const RefList *a, const RefList *b)
{
    const Ref *left = a->first, *right = b->first;
    for (; left && right && left->index == right->index; left = left->next)
        right = right->next;
    return !left && !right;
}

static void check_starts(Analysis *analysis, const TrackAst *track)
{
    for (const StartsLine *line = track->starts; line; line = line->next)
        for (const StartsLine *other = line->next; other; other = other->next)
            if (same_events(&line->events, &other->events) && line->once == other->once &&
                same_condition(analysis, line->condition, other->condition))
                say_twice(analysis, other->span, line->span);
}

void check_repeats(Analysis *analysis)
{
    handlers_each(analysis, check_lines);
    for (const TrackAst *track = analysis->flow->tracks; track; track = track->next)
        check_starts(analysis, track);
    for (const StateAst *state = analysis->flow->states; state; state = state->next)
        for (const AsSoonAs *soon = state->as_soon; soon; soon = soon->next)
            for (const AsSoonAs *other = soon->next; other; other = other->next)
                if (same_condition(analysis, soon->condition, other->condition))
                    say_twice(analysis, other->span, soon->span);
}
