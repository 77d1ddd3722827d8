/* Where one case stands in the picture of its flow, and the way it came: every move
 * is a numbered step, said at the arrow it took and at the box it led to. */
#include <stdlib.h>

#include "base/mem.h"
#include "render/case_words.h"
#include "render/draw_picture.h"
#include "render/safe.h"

enum { STEPS_SHOWN = 4 }; /* of a place come to again and again: the last ones */

/* The steps that led along an arrow or into a box. */
typedef struct Steps {
    uint32_t numbers[STEPS_SHOWN];
    Moment at[STEPS_SHOWN];
    uint32_t count;
} Steps;

typedef struct Marking {
    Picture *picture;
    const CaseView *view;
    Steps *of_state;          /* owned; by state */
    Steps *of_arrow;          /* owned; in the order of the picture */
    const Happened **of_work; /* owned; by work: what settled it last */
} Marking;

static void step_add(Steps *steps, uint32_t number, Moment at)
{
    uint32_t place = steps->count++ % STEPS_SHOWN;
    steps->numbers[place] = number;
    steps->at[place] = at;
}

/* ---- which arrow a move took ---------------------------------------------------------- */

static bool names_event(const RefList *events, uint32_t event)
{
    for (const Ref *ref = events ? events->first : NULL; ref; ref = ref->next)
        if ((uint32_t)ref->index == event)
            return true;
    return false;
}

/* What brought a move about: the event or the missed limit last told before it. */
static const Happened *cause_of(const CaseView *view, uint32_t at)
{
    const Happened *move = &view->happened[at];
    while (at-- > 0) {
        const Happened *before = &view->happened[at];
        if (before->at != move->at || before->entry != move->entry)
            return NULL;
        if (before->kind == HAPPENED_EVENT || before->kind == HAPPENED_MISSED)
            return before;
    }
    return NULL;
}

/* How well an arrow fits a move: 0 not at all. A state's own line goes before one that
 * holds at any point. */
static int fits(const PictureArrow *arrow, const Happened *move, const Happened *cause)
{
    bool own = arrow->from->state >= 0 && (uint32_t)arrow->from->state == move->state;
    bool any = arrow->from->kind == BOX_ANY_POINT;
    bool again = any && arrow->to == arrow->from && move->state == move->to;
    bool leads = arrow->to->state >= 0 && (uint32_t)arrow->to->state == move->to;
    if ((!own && !any) || (!leads && !again))
        return 0;
    int better = own ? 1 : 0;
    if (arrow->kind == ARROW_AS_SOON)
        return 1 + better;
    if (!cause)
        return 0;
    if (arrow->kind == ARROW_EVENT && cause->kind == HAPPENED_EVENT)
        return names_event(arrow->events, cause->event) ? 3 + better : 0;
    bool missed = arrow->kind == ARROW_MISSED && cause->kind == HAPPENED_MISSED;
    return missed && (uint32_t)arrow->work == cause->work ? 5 : 0;
}

static void mark_move(Marking *marking, uint32_t at, uint32_t number)
{
    const Happened *move = &marking->view->happened[at];
    const Happened *cause = cause_of(marking->view, at);
    uint32_t place = 0, best = 0;
    int most = 0;
    step_add(&marking->of_state[move->to], number, move->at);
    for (PicturePart *part = marking->picture->parts; part; part = part->next) {
        for (PictureArrow *arrow = part->arrows; arrow; arrow = arrow->next, place++) {
            int fit = (uint32_t)part->track == move->track ? fits(arrow, move, cause) : 0;
            if (fit > most) {
                most = fit;
                best = place;
            }
        }
    }
    if (most > 0)
        step_add(&marking->of_arrow[best], number, move->at);
}

static bool settles_work(HappenedKind kind)
{
    return kind == HAPPENED_DONE || kind == HAPPENED_NOT_NEEDED ||
           kind == HAPPENED_UNFINISHED || kind == HAPPENED_MISSED;
}

static void walk(Marking *marking)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < marking->view->happened_count; i++) {
        const Happened *h = &marking->view->happened[i];
        if (h->kind == HAPPENED_MOVED)
            mark_move(marking, i, ++number);
        else if (settles_work(h->kind) && h->work != NO_INDEX)
            marking->of_work[h->work] = h;
    }
}

/* ---- words ----------------------------------------------------------------------------- */

static const char *keep(Marking *marking, Text *words)
{
    const char *kept = arena_strndup(&marking->picture->arena, text_get(words), words->length);
    text_clear(words);
    return kept;
}

/* "step 2, 5", or with dates "step 2 on Thursday 1 April 2021" */
static void steps_words(const Marking *marking, const Steps *steps, bool dates, Text *out)
{
    uint32_t first = steps->count > STEPS_SHOWN ? steps->count - STEPS_SHOWN : 0;
    text_add(out, first > 0 ? "step …, " : "step ");
    for (uint32_t i = first; i < steps->count; i++) {
        text_addf(out, "%u", (unsigned)steps->numbers[i % STEPS_SHOWN]);
        if (dates) {
            text_add(out, " on ");
            moment_words(marking->view, steps->at[i % STEPS_SHOWN], out);
        }
        text_add(out, i + 1 < steps->count ? ", " : "");
    }
}

static void mark_box(Marking *marking, const PicturePart *part, PictureBox *box)
{
    if (box->state < 0)
        return;
    const Steps *steps = &marking->of_state[box->state];
    const int64_t *track =
        record_track(marking->view->program, marking->view->record, (uint32_t)part->track);
    bool closed_here =
        part->track == 0 && !track[TRACK_STATE] && track[TRACK_LAST_STATE] == box->state + 1;
    box->here = track[TRACK_STATE] == box->state + 1 || closed_here;
    box->visited = steps->count > 0;
    Text words = {0};
    text_add(&words, box->here ? (closed_here ? "CLOSED HERE" : "HERE") : "");
    if (steps->count > 0) {
        text_add(&words, box->here ? ": " : "was here: ");
        steps_words(marking, steps, true, &words);
    }
    box->mark = keep(marking, &words);
}

static void open_words(const CaseView *view, uint32_t index, Text *out)
{
    const int64_t *work = record_work(view->program, view->record, index);
    Moment due = work[WORK_DUE];
    bool overdue = work_is_overdue(view, index);
    text_add(out, overdue ? "OVERDUE" : work_is_immediate(view, index) ? "OPEN, now" : "OPEN");
    if (due == MOMENT_NEVER || due == MOMENT_NONE)
        return;
    text_add(out, overdue ? ", was due by " : ", due by ");
    moment_words(view, due, out);
}

static void settled_words(const CaseView *view, const Happened *h, Text *out)
{
    if (h->kind == HAPPENED_DONE) {
        text_add(out, "done ");
        moment_words(view, h->at, out);
        if (h->outcome != OUTCOME_NONE)
            text_addf(out, ", %s", outcome_words(h->outcome));
    } else if (h->kind == HAPPENED_NOT_NEEDED) {
        text_add(out, "not needed");
    } else if (h->kind == HAPPENED_UNFINISHED) {
        text_add(out, "closed unfinished");
    } else {
        text_add(out, "missed");
    }
}

static void mark_work(Marking *marking, PictureWork *work)
{
    const CaseView *view = marking->view;
    uint32_t index = (uint32_t)work->index;
    Text words = {0};
    if (record_work(view->program, view->record, index)[WORK_STATUS] == WORK_OPEN) {
        open_words(view, index, &words);
    } else if (marking->of_work[index]) {
        settled_words(view, marking->of_work[index], &words);
    }
    work->mark = keep(marking, &words);
}

static void mark_part(Marking *marking, PicturePart *part, uint32_t *place)
{
    const int64_t *track =
        record_track(marking->view->program, marking->view->record, (uint32_t)part->track);
    part->running = track[TRACK_RUNNING];
    Text words = {0};
    if (part->track > 0 && part->running) {
        text_add(&words, "RUNNING since ");
        moment_words(marking->view, track[TRACK_STARTED], &words);
    } else if (part->track > 0 && track[TRACK_RUNS] > 0) {
        text_addf(&words, "has ended%s",
                  track[TRACK_RUNS] > 1 ? ", the last of several runs" : "");
    }
    part->mark = keep(marking, &words);
    for (PictureBox *box = part->boxes; box; box = box->next) {
        mark_box(marking, part, box);
        for (PictureWork *work = box->works; work; work = work->next)
            mark_work(marking, work);
    }
    for (PictureArrow *arrow = part->arrows; arrow; arrow = arrow->next) {
        const Steps *steps = &marking->of_arrow[(*place)++];
        arrow->taken = steps->count > 0;
        if (arrow->taken)
            steps_words(marking, steps, false, &words);
        arrow->mark = keep(marking, &words);
    }
}

static uint32_t count_arrows(const Picture *picture)
{
    uint32_t count = 0;
    for (const PicturePart *part = picture->parts; part; part = part->next)
        for (const PictureArrow *arrow = part->arrows; arrow; arrow = arrow->next)
            count++;
    return count;
}

static const char *caption_of(Marking *marking)
{
    const CaseView *view = marking->view;
    char now[TIME_TEXT_MAX];
    Text words = {0};
    instant_format_long(view->program->zone, view->now - view->now % MINUTE_MS, now);
    text_add(&words, "Case ");
    safe_add(&words, view->reference);
    text_addf(&words, ", as at %s", now);
    return keep(marking, &words);
}

void picture_mark(Picture *picture, const CaseView *view)
{
    const Flow *flow = view->flow;
    Marking marking = {.picture = picture,
                       .view = view,
                       .of_state = mem_alloc_array(flow->state_count, sizeof(Steps)),
                       .of_arrow = mem_alloc_array(count_arrows(picture), sizeof(Steps)),
                       .of_work = mem_alloc_array(flow->work_count, sizeof(Happened *))};
    uint32_t place = 0;
    walk(&marking);
    picture->caption = caption_of(&marking);
    picture->about_marks = "In this case";
    for (PicturePart *part = picture->parts; part; part = part->next)
        mark_part(&marking, part, &place);
    for (PictureWork *duty = picture->duties; duty; duty = duty->next)
        mark_work(&marking, duty);
    free(marking.of_state);
    free(marking.of_arrow);
    free(marking.of_work);
}
