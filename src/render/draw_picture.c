#include "render/draw_picture.h"

#include <string.h>

#include "render/flow_words.h"
#include "render/safe.h"
#include "render/work_words.h"

/* Takes what a writer of words has put together into the picture's arena. */
static const char *keep(Picture *picture, Text *words)
{
    const char *kept = arena_strndup(&picture->arena, text_get(words), words->length);
    text_clear(words);
    return kept;
}

static const char *fit(Picture *picture, const char *words)
{
    Text text = {0};
    safe_add(&text, words);
    return keep(picture, &text);
}

static const char *reasons(Picture *picture, const Because *because)
{
    Text text = {0};
    because_words(because, &text);
    return keep(picture, &text);
}

/* A line's own reasons, else those of the clause that it stands in. */
static const char *reasons_of_line(Picture *picture, const Line *line, const Because *around)
{
    return reasons(picture, line->because ? line->because : around);
}

static PictureNote **note_add(Picture *picture, PictureNote **at, Text *words,
                              const char *clauses, bool is_quiet)
{
    *at = ARENA_NEW(&picture->arena, PictureNote);
    (*at)->words = keep(picture, words);
    (*at)->clauses = clauses;
    (*at)->is_quiet = is_quiet;
    return &(*at)->next;
}

/* ---- work --------------------------------------------------------------------- */

typedef struct NoteList {
    Picture *picture;
    PictureNote **at;
} NoteList;

static void add_work_note(void *context, const char *words)
{
    NoteList *list = context;
    Text text = {0};
    text_add(&text, words);
    list->at = note_add(list->picture, list->at, &text, "", false);
}

typedef void (*WorkWords)(const Flow *flow, const Work *work, Text *out);

static const char *words_of(Picture *picture, WorkWords words, const Work *work)
{
    Text text = {0};
    words(picture->flow, work, &text);
    return keep(picture, &text);
}

static void who_words(const Flow *flow, const Work *work, Text *out)
{
    roles_words(flow, &work->by, " or ", out);
}

static PictureWork *work_new(Picture *picture, const Work *work)
{
    static const char *const kinds[] = {[WORK_TASK] = "Task",
                                        [WORK_REVIEW] = "Review",
                                        [WORK_DEADLINE] = "Must have happened",
                                        [WORK_MUST] = "Duty"};
    PictureWork *made = ARENA_NEW(&picture->arena, PictureWork);
    made->index = work->index;
    made->kind = kinds[work->kind];
    made->label = fit(picture, label_work(picture->flow, (uint32_t)work->index));
    made->who = words_of(picture, who_words, work);
    made->with = words_of(picture, work_with_words, work);
    made->limit = words_of(picture, work_limit_words, work);
    made->missed = words_of(picture, work_missed_words, work);
    made->is_usual = !work->if_missed.effects;
    made->clauses = reasons(picture, work->because);
    made->mark = "";
    NoteList list = {picture, &made->notes};
    work_notes(picture->flow, work, add_work_note, &list);
    return made;
}

static PictureWork *works_new(Picture *picture, const Work *works)
{
    PictureWork *first = NULL, **at = &first;
    for (const Work *work = works; work; work = work->next) {
        *at = work_new(picture, work);
        at = &(*at)->next;
    }
    return first;
}

/* ---- what happens without a move ------------------------------------------------ */

static const Effect *move_of(const Effect *effects)
{
    for (const Effect *effect = effects; effect; effect = effect->next)
        if (effect->kind == EFFECT_GO_TO || effect->kind == EFFECT_AGAIN)
            return effect;
    return NULL;
}

static bool does_something(const Line *line)
{
    for (const Effect *effect = line->effects; effect; effect = effect->next)
        if (effect->kind != EFFECT_STAY)
            return true;
    return line->approval.text != NULL;
}

static void line_words(const Flow *flow, const Handler *handler, const Line *line, Text *out)
{
    Text effects = {0}, when = {0};
    effects_words(flow, line->effects, false, &effects);
    line_when_words(flow, line->when, line->condition, &when);
    events_words(flow, &handler->events, out);
    if (when.length > 0)
        text_addf(out, line->when == LINE_WHEN ? ", when %s" : ", %s", text_get(&when));
    text_addf(out, ": %s", effects.length > 0 ? text_get(&effects) : "stays as it is");
    if (line->approval.text) {
        text_add(out, ", once approved by ");
        safe_add(out, label_role(flow, (uint32_t)line->approval.index));
    }
    text_clear(&effects);
    text_clear(&when);
}

static PictureNote **add_line_notes(Picture *picture, const Handler *handler,
                                    const Because *around, PictureNote **at)
{
    for (const Line *line = handler->lines; line; line = line->next) {
        if (move_of(line->effects))
            continue;
        Text words = {0};
        line_words(picture->flow, handler, line, &words);
        const Because *outer = handler->because ? handler->because : around;
        at = note_add(picture, at, &words, reasons_of_line(picture, line, outer),
                      !does_something(line));
    }
    return at;
}

static PictureNote **add_kept_note(Picture *picture, const Handler *handler, PictureNote **at)
{
    Text words = {0};
    events_words(picture->flow, &handler->events, &words);
    if (handler->kind == HANDLER_HOLD) {
        text_add(&words, ": kept until \"");
        safe_add(&words, label_state(picture->flow, (uint32_t)handler->until.index));
        text_add_char(&words, '"');
    } else {
        text_add(&words, ": changes nothing here");
    }
    return note_add(picture, at, &words, reasons(picture, handler->because),
                    handler->kind == HANDLER_IGNORE);
}

static PictureNote **add_handler_notes(Picture *picture, const Handler *handlers,
                                       const Because *around, PictureNote **at)
{
    for (const Handler *handler = handlers; handler; handler = handler->next)
        at = handler->kind == HANDLER_ON ? add_line_notes(picture, handler, around, at)
                                         : add_kept_note(picture, handler, at);
    return at;
}

/* ---- boxes ---------------------------------------------------------------------- */

static PictureBox *box_new(Picture *picture, BoxKind kind, const char *id, const char *name)
{
    PictureBox *box = ARENA_NEW(&picture->arena, PictureBox);
    *box = (PictureBox){.kind = kind,
                        .state = -1,
                        .id = id,
                        .name = name,
                        .title = "",
                        .caption = "",
                        .clauses = "",
                        .mark = ""};
    return box;
}

static PictureBox *state_box(Picture *picture, const StateAst *state)
{
    PictureBox *box =
        box_new(picture, BOX_STATE, arena_format(&picture->arena, "state-%s", state->name),
                state->name);
    Text caption = {0};
    if (state->overseen_by.count > 0) {
        text_add(&caption, "overseen by ");
        roles_words(picture->flow, &state->overseen_by, ", ", &caption);
    }
    box->state = state->index;
    box->title = fit(picture, label_state(picture->flow, (uint32_t)state->index));
    box->caption = keep(picture, &caption);
    box->clauses = reasons(picture, state->because);
    box->starts = state->starts_here;
    box->ends = state->ends_here;
    box->works = works_new(picture, state->works);
    add_handler_notes(picture, state->handlers, NULL, &box->notes);
    return box;
}

static PictureBox *any_point_box(Picture *picture, const AnyPoint *any, int number)
{
    PictureBox *box = box_new(picture, BOX_ANY_POINT,
                              arena_format(&picture->arena, "any-point-%d", number), "");
    Text title = {0};
    text_add(&title, "At any point");
    for (const Ref *state = any->states.first; state; state = state->next) {
        text_add(&title, state == any->states.first ? " in " : ", ");
        safe_add(&title, label_state(picture->flow, (uint32_t)state->index));
    }
    box->title = keep(picture, &title);
    box->clauses = reasons(picture, any->because);
    add_handler_notes(picture, any->handlers, any->because, &box->notes);
    return box;
}

/* ---- arrows --------------------------------------------------------------------- */

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

static void way_add(Picture *picture, PictureArrow *arrow, Text *when, Text *effects,
                    const char *clauses)
{
    PictureWay **at = &arrow->ways;
    while (*at)
        at = &(*at)->next;
    *at = ARENA_NEW(&picture->arena, PictureWay);
    (*at)->when = keep(picture, when);
    (*at)->effects = keep(picture, effects);
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
    const Effect *move = move_of(line->effects);
    const PictureBox *to = move ? target_of(list->part, from, move) : NULL;
    if (!to)
        return;
    PictureArrow *arrow = arrow_for(list, ARROW_EVENT, from, to, &handler->events);
    Text when = {0}, effects = {0}, event = {0};
    events_words(flow, &handler->events, &event);
    arrow->event = keep(list->picture, &event);
    arrow->obvious = is_only_work(flow, from, &handler->events);
    line_when_words(flow, line->when, line->condition, &when);
    effects_words(flow, line->effects, false, &effects);
    if (line->approval.text) {
        text_add(&effects, effects.length > 0 ? ", once approved by " : "once approved by ");
        safe_add(&effects, label_role(flow, (uint32_t)line->approval.index));
    }
    way_add(list->picture, arrow, &when, &effects,
            reasons_of_line(list->picture, line, handler->because ? handler->because : around));
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
        const Effect *move = move_of(clause->effects);
        const PictureBox *to = move ? target_of(list->part, from, move) : NULL;
        if (!to)
            continue;
        PictureArrow *arrow = arrow_for(list, ARROW_AS_SOON, from, to, NULL);
        Text when = {0}, effects = {0};
        arrow->event = "as soon as";
        condition_words(list->picture->flow, clause->condition, &when);
        effects_words(list->picture->flow, clause->effects, false, &effects);
        way_add(list->picture, arrow, &when, &effects, reasons(list->picture, clause->because));
    }
}

static void add_missed_arrow(ArrowList *list, const PictureBox *from, const Work *work)
{
    const Effect *move = move_of(work->if_missed.effects);
    const PictureBox *to = move ? target_of(list->part, from, move) : NULL;
    if (!to)
        return;
    PictureArrow *arrow = arrow_for(list, ARROW_MISSED, from, to, NULL);
    Text event = {0}, none = {0}, effects = {0};
    text_add(&event, "missed: \"");
    safe_add(&event, label_work(list->picture->flow, (uint32_t)work->index));
    text_add_char(&event, '"');
    arrow->event = keep(list->picture, &event);
    arrow->work = work->index;
    effects_words(list->picture->flow, work->if_missed.effects, false, &effects);
    way_add(list->picture, arrow, &none, &effects, reasons(list->picture, work->because));
}

static void add_state_arrows(ArrowList *list, const PictureBox *box)
{
    const StateAst *state = list->picture->flow->state_at[box->state];
    add_handler_arrows(list, box, state->handlers, NULL);
    add_as_soon_arrows(list, box, state->as_soon);
    for (const Work *work = state->works; work; work = work->next)
        add_missed_arrow(list, box, work);
}

/* ---- parts ---------------------------------------------------------------------- */

static PictureBox **add_states(Picture *picture, int32_t track, PictureBox **at)
{
    for (const StateAst *state = picture->flow->states; state; state = state->next) {
        if (state->track != track)
            continue;
        *at = state_box(picture, state);
        at = &(*at)->next;
    }
    return at;
}

static PicturePart *part_new(Picture *picture, int32_t track, const char *id, const char *title)
{
    PicturePart *part = ARENA_NEW(&picture->arena, PicturePart);
    *part = (PicturePart){.track = track, .id = id, .title = title, .clauses = "", .mark = ""};
    return part;
}

/* The interrupts come last: each is drawn once, however many states it holds for. */
static PicturePart *main_part(Picture *picture)
{
    PicturePart *part = part_new(picture, 0, "main-line", "The case");
    PictureBox **at = add_states(picture, 0, &part->boxes);
    int number = 0;
    for (const AnyPoint *any = picture->flow->any_points; any; any = any->next) {
        *at = any_point_box(picture, any, ++number);
        at = &(*at)->next;
    }
    ArrowList list = {picture, part, &part->arrows};
    for (const PictureBox *box = part->boxes; box; box = box->next)
        if (box->kind == BOX_STATE)
            add_state_arrows(&list, box);
    const PictureBox *box = part->boxes;
    while (box && box->kind != BOX_ANY_POINT)
        box = box->next;
    for (const AnyPoint *any = picture->flow->any_points; any; any = any->next, box = box->next)
        add_handler_arrows(&list, box, any->handlers, any->because);
    return part;
}

static PictureNote **add_starts(Picture *picture, const TrackAst *track, PictureNote **at)
{
    for (const StartsLine *line = track->starts; line; line = line->next) {
        Text words = {0};
        text_add(&words, line->once ? "Starts once" : "Starts");
        if (line->events.count > 0) {
            text_add(&words, " on ");
            events_words(picture->flow, &line->events, &words);
        }
        if (line->condition) {
            text_add(&words, line->events.count > 0 ? ", when " : " when ");
            condition_words(picture->flow, line->condition, &words);
        }
        at = note_add(picture, at, &words,
                      reasons(picture, line->because ? line->because : track->because), false);
    }
    return at;
}

static bool has_moves(const Handler *handlers)
{
    for (const Handler *handler = handlers; handler; handler = handler->next)
        for (const Line *line = handler->lines; line; line = line->next)
            if (move_of(line->effects))
                return true;
    return false;
}

static PicturePart *track_part(Picture *picture, const TrackAst *track)
{
    PicturePart *part =
        part_new(picture, track->index, arena_format(&picture->arena, "track-%s", track->name),
                 fit(picture, label_track(picture->flow, (uint32_t)track->index)));
    part->clauses = reasons(picture, track->because);
    PictureNote **notes = add_starts(picture, track, &part->notes);
    add_handler_notes(picture, track->handlers, track->because, notes);
    PictureBox **at = &part->boxes;
    if (track->works) {
        *at = box_new(picture, BOX_WORK,
                      arena_format(&picture->arena, "work-of-%s", track->name), track->name);
        (*at)->works = works_new(picture, track->works);
        at = &(*at)->next;
    }
    at = add_states(picture, track->index, at);
    if (has_moves(track->handlers)) {
        *at = box_new(picture, BOX_ANY_POINT,
                      arena_format(&picture->arena, "any-point-of-%s", track->name), "");
        (*at)->title = "At any point of this";
    }
    ArrowList list = {picture, part, &part->arrows};
    for (const PictureBox *box = part->boxes; box; box = box->next) {
        if (box->kind == BOX_STATE)
            add_state_arrows(&list, box);
        else if (box->kind == BOX_ANY_POINT)
            add_handler_arrows(&list, box, track->handlers, track->because);
    }
    return part;
}

/* ---- the whole -------------------------------------------------------------------- */

static void add_rules(Picture *picture)
{
    PictureNote **at = &picture->rules;
    for (const RuleAst *rule = picture->flow->rules; rule; rule = rule->next) {
        Text words = {0};
        text_add(&words, rule->is_never ? "Never " : "Always ");
        if (rule->is_never) {
            text_add_char(&words, '"');
            safe_add(&words, label_state(picture->flow, (uint32_t)rule->state.index));
            text_add(&words, rule->condition ? "\" when " : "\"");
        }
        if (rule->condition)
            condition_words(picture->flow, rule->condition, &words);
        at = note_add(picture, at, &words, reasons(picture, rule->because), false);
    }
}

static const char *usual_of(Picture *picture, const WorkflowAst *workflow)
{
    Text words = {0};
    if (workflow->if_missed.effects) {
        text_add(&words, "Where a limit says nothing else, if missed: ");
        effects_words(picture->flow, workflow->if_missed.effects, true, &words);
    }
    return keep(picture, &words);
}

static const char *subtitle_of(Picture *picture, const WorkflowAst *workflow)
{
    Text words = {0};
    char day[DAY_TEXT_MAX];
    if (workflow->version) {
        text_add(&words, "Version ");
        safe_add(&words, workflow->version);
    }
    if (workflow->in_force.day != DAY_NONE) {
        day_format_long(workflow->in_force.day, day);
        text_addf(&words, "%s from %s", words.length > 0 ? ", in force" : "In force", day);
    }
    if (workflow->owner.count > 0) {
        text_add(&words, words.length > 0 ? "; answered for by " : "Answered for by ");
        roles_words(picture->flow, &workflow->owner, ", ", &words);
    }
    return keep(picture, &words);
}

void picture_build(const Flow *flow, bool clauses, Picture *picture)
{
    *picture = (Picture){.flow = flow, .clauses = clauses, .caption = ""};
    picture->title = fit(picture, label_workflow(flow));
    picture->subtitle = subtitle_of(picture, flow->workflow);
    picture->usual = usual_of(picture, flow->workflow);
    picture->parts = main_part(picture);
    PicturePart **at = &picture->parts->next;
    for (const TrackAst *track = flow->tracks; track; track = track->next) {
        *at = track_part(picture, track);
        at = &(*at)->next;
    }
    picture->duties = works_new(picture, flow->musts);
    add_rules(picture);
}

void picture_clear(Picture *picture)
{
    arena_clear(&picture->arena);
    *picture = (Picture){0};
}

void picture_clauses(const Picture *picture, const char *clauses, Text *out)
{
    if (picture->clauses && *clauses)
        text_addf(out, " (%s)", clauses);
}

/* Bytes of the next line: up to `width` characters, ending at a space if there is one. */
static size_t line_length(const char *words, size_t width)
{
    size_t at = 0, space = 0, characters = 0;
    while (words[at] && characters <= width) {
        if (words[at] == ' ')
            space = at;
        if (characters == width)
            return space > 0 ? space : at;
        at++;
        while (((unsigned char)words[at] & 0xC0) == 0x80)
            at++;
        characters++;
    }
    return at;
}

void picture_wrap(const char *words, size_t width,
                  void (*line)(void *context, const char *words, size_t length), void *context)
{
    while (*words) {
        size_t length = line_length(words, width);
        line(context, words, length);
        words += length;
        while (*words == ' ')
            words++;
    }
}
