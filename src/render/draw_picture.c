#include "render/draw_internal.h"

#include <string.h>

#include "render/flow_words.h"
#include "render/safe.h"
#include "render/work_words.h"

const char *picture_keep(Picture *picture, Text *words)
{
    const char *kept = arena_strndup(&picture->arena, text_get(words), words->length);
    text_clear(words);
    return kept;
}

static const char *fit(Picture *picture, const char *words)
{
    Text text = {0};
    safe_add(&text, words);
    return picture_keep(picture, &text);
}

const char *picture_reasons(Picture *picture, const Because *because)
{
    Text text = {0};
    because_words(because, &text);
    return picture_keep(picture, &text);
}

const char *picture_line_reasons(Picture *picture, const Line *line, const Because *around)
{
    return picture_reasons(picture, line->because ? line->because : around);
}

static PictureNote **note_add(Picture *picture, PictureNote **at, Text *words,
                              const char *clauses, bool is_quiet)
{
    *at = ARENA_NEW(&picture->arena, PictureNote);
    (*at)->words = picture_keep(picture, words);
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
    return picture_keep(picture, &text);
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
    made->clauses = picture_reasons(picture, work->because);
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

const Effect *effects_move(const Effect *effects)
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
        if (effects_move(line->effects))
            continue;
        Text words = {0};
        line_words(picture->flow, handler, line, &words);
        const Because *outer = handler->because ? handler->because : around;
        at = note_add(picture, at, &words, picture_line_reasons(picture, line, outer),
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
    return note_add(picture, at, &words, picture_reasons(picture, handler->because),
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
    box->caption = picture_keep(picture, &caption);
    box->clauses = picture_reasons(picture, state->because);
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
    box->title = picture_keep(picture, &title);
    box->clauses = picture_reasons(picture, any->because);
    add_handler_notes(picture, any->handlers, any->because, &box->notes);
    return box;
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
    picture_add_arrows(picture, part);
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
                      picture_reasons(picture, line->because ? line->because : track->because),
                      false);
    }
    return at;
}

static bool has_moves(const Handler *handlers)
{
    for (const Handler *handler = handlers; handler; handler = handler->next)
        for (const Line *line = handler->lines; line; line = line->next)
            if (effects_move(line->effects))
                return true;
    return false;
}

static PicturePart *track_part(Picture *picture, const TrackAst *track)
{
    PicturePart *part =
        part_new(picture, track->index, arena_format(&picture->arena, "track-%s", track->name),
                 fit(picture, label_track(picture->flow, (uint32_t)track->index)));
    part->clauses = picture_reasons(picture, track->because);
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
    picture_add_arrows(picture, part);
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
        at = note_add(picture, at, &words, picture_reasons(picture, rule->because), false);
    }
}

static const char *usual_of(Picture *picture, const WorkflowAst *workflow)
{
    Text words = {0};
    if (workflow->if_missed.effects) {
        text_add(&words, "Where a limit says nothing else, if missed: ");
        effects_words(picture->flow, workflow->if_missed.effects, true, &words);
    }
    return picture_keep(picture, &words);
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
    return picture_keep(picture, &words);
}

void picture_build(const Flow *flow, bool clauses, Picture *picture)
{
    *picture = (Picture){.flow = flow, .clauses = clauses, .caption = "", .about_marks = ""};
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
