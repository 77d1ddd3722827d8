#include "render/draw_internal.h"
#include "render/flow_words.h"
#include "render/safe.h"
#include "render/work_words.h"

typedef struct ArrowList {
    Picture *picture;
    PicturePart *part;
    PictureArrow **at;
} ArrowList;

static const PictureBox *box_of_state(const PicturePart *part, int32_t state)
{
    for (const PictureBox *box = part->boxes; box; box = box->next)
        if (box->state == state)
            return box;
    return NULL;
}

/* The same event leading to the same place by several lines is one arrow. */
static PictureArrow *arrow_for(ArrowList *list, ArrowKind kind, const PictureBox *from,
                               const PictureBox *to, const RefList *events)
{
    for (PictureArrow *arrow = list->part->arrows; arrow; arrow = arrow->next)
        if (events && arrow->events == events && arrow->from == from && arrow->to == to)
            return arrow;
    PictureArrow *arrow = ARENA_NEW(&list->picture->arena, PictureArrow);
    *arrow = (PictureArrow){.kind = kind,
                            .from = from,
                            .to = to,
                            .event = "",
                            .events = events,
                            .work = -1,
                            .mark = ""};
    *list->at = arrow;
    list->at = &arrow->next;
    return arrow;
}

static void way_add(Picture *picture, PictureArrow *arrow, Span span, Text *when, Text *effects,
                    const char *clauses)
{
    PictureWay **at = &arrow->ways;
    while (*at)
        at = &(*at)->next;
    *at = ARENA_NEW(&picture->arena, PictureWay);
    (*at)->span = span;
    (*at)->when = picture_keep(picture, when);
    (*at)->effects = picture_keep(picture, effects);
    (*at)->clauses = clauses;
}

static const PictureBox *target_of(const PicturePart *part, const PictureBox *from,
                                   const Effect *move)
{
    return move->kind == EFFECT_AGAIN ? from : box_of_state(part, move->ref.index);
}

static bool is_only_work(const Flow *flow, const PictureBox *box, const RefList *events)
{
    return box->works && !box->works->next && events->count == 1 &&
           flow->work_at[box->works->index]->event == events->first->index;
}

static void add_line_arrow(ArrowList *list, const PictureBox *from, const Handler *handler,
                           const Line *line, const Because *around)
{
    const Flow *flow = list->picture->flow;
    const Effect *move = effects_move(line->effects);
    const PictureBox *to = move ? target_of(list->part, from, move) : NULL;
    if (!to)
        return;
    PictureArrow *arrow = arrow_for(list, ARROW_EVENT, from, to, &handler->events);
    Text when = {0}, effects = {0}, event = {0};
    events_words(flow, &handler->events, &event);
    arrow->event = picture_keep(list->picture, &event);
    arrow->obvious = is_only_work(flow, from, &handler->events);
    line_when_words(flow, line->when, line->condition, &when);
    effects_words(flow, line->effects, false, &effects);
    if (line->approval.text) {
        text_add(&effects, effects.length > 0 ? ", once approved by " : "once approved by ");
        safe_add(&effects, label_role(flow, (uint32_t)line->approval.index));
    }
    way_add(list->picture, arrow, line->span, &when, &effects,
            picture_line_reasons(list->picture, line,
                                 handler->because ? handler->because : around));
}

static void add_handler_arrows(ArrowList *list, const PictureBox *from, const Handler *handlers,
                               const Because *around)
{
    for (const Handler *handler = handlers; handler; handler = handler->next)
        for (const Line *line = handler->lines; line; line = line->next)
            add_line_arrow(list, from, handler, line, around);
}

static void add_as_soon_arrows(ArrowList *list, const PictureBox *from, const AsSoonAs *clause)
{
    for (; clause; clause = clause->next) {
        const Effect *move = effects_move(clause->effects);
        const PictureBox *to = move ? target_of(list->part, from, move) : NULL;
        if (!to)
            continue;
        PictureArrow *arrow = arrow_for(list, ARROW_AS_SOON, from, to, NULL);
        Text when = {0}, effects = {0};
        arrow->event = "as soon as";
        condition_words(list->picture->flow, clause->condition, &when);
        effects_words(list->picture->flow, clause->effects, false, &effects);
        way_add(list->picture, arrow, clause->span, &when, &effects,
                picture_reasons(list->picture, clause->because));
    }
}

static void add_missed_arrow(ArrowList *list, const PictureBox *from, const Work *work)
{
    const Effect *move = effects_move(work->if_missed.effects);
    const PictureBox *to = move ? target_of(list->part, from, move) : NULL;
    if (!to)
        return;
    PictureArrow *arrow = arrow_for(list, ARROW_MISSED, from, to, NULL);
    Text event = {0}, none = {0}, effects = {0};
    text_add(&event, "missed: \"");
    safe_add(&event, label_work(list->picture->flow, (uint32_t)work->index));
    text_add_char(&event, '"');
    arrow->event = picture_keep(list->picture, &event);
    arrow->work = work->index;
    effects_words(list->picture->flow, work->if_missed.effects, false, &effects);
    way_add(list->picture, arrow,
            work->if_missed.span.length ? work->if_missed.span : work->span, &none, &effects,
            picture_reasons(list->picture, work->because));
}

static void add_state_arrows(ArrowList *list, const PictureBox *box)
{
    const StateAst *state = list->picture->flow->state_at[box->state];
    add_handler_arrows(list, box, state->handlers, NULL);
    add_as_soon_arrows(list, box, state->as_soon);
    for (const Work *work = state->works; work; work = work->next)
        add_missed_arrow(list, box, work);
}

/* The interrupts of the main line, in the order of their boxes. */
static void add_interrupt_arrows(ArrowList *list)
{
    const PictureBox *box = list->part->boxes;
    while (box && box->kind != BOX_ANY_POINT)
        box = box->next;
    for (const AnyPoint *any = list->picture->flow->any_points; any;
         any = any->next, box = box->next)
        add_handler_arrows(list, box, any->handlers, any->because);
}

static void add_track_arrows(ArrowList *list)
{
    const TrackAst *track = list->picture->flow->track_at[list->part->track];
    for (const PictureBox *box = list->part->boxes; box; box = box->next)
        if (box->kind == BOX_ANY_POINT)
            add_handler_arrows(list, box, track->handlers, track->because);
}

void picture_add_arrows(Picture *picture, PicturePart *part)
{
    ArrowList list = {picture, part, &part->arrows};
    for (const PictureBox *box = part->boxes; box; box = box->next)
        if (box->kind == BOX_STATE)
            add_state_arrows(&list, box);
    if (part->track == 0)
        add_interrupt_arrows(&list);
    else
        add_track_arrows(&list);
}
