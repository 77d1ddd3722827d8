#include "render/roles.h"

#include "render/flow_words.h"
#include "render/safe.h"
#include "render/work_words.h"

const char *const sheet_titles[SHEET_PARTS] = {[SHEET_JOINS] = "You take part in",
                                               [SHEET_MAY] = "You may",
                                               [SHEET_TOLD] = "You are told",
                                               [SHEET_OVERSEES] = "You oversee",
                                               [SHEET_STANDS_IN] = "Standing in"};

typedef struct Filling {
    RoleSheet *sheet;
    const Flow *flow;
    const char *where; /* the state in whose lines we are, or NULL */
    SheetDuty **duty_at;
    PictureNote **note_at[SHEET_PARTS];
} Filling;

static void quote(Text *out, const char *words)
{
    text_add_char(out, '"');
    safe_add(out, words);
    text_add_char(out, '"');
}

static const char *keep(RoleSheet *sheet, Text *words)
{
    const char *kept = arena_strndup(&sheet->arena, text_get(words), words->length);
    text_clear(words);
    return kept;
}

/* Takes the words. */
static PictureNote *note(Filling *filling, SheetPart part, Text *words, const Because *because)
{
    PictureNote *made = ARENA_NEW(&filling->sheet->arena, PictureNote);
    Text clauses = {0};
    because_words(because, &clauses);
    made->words = keep(filling->sheet, words);
    made->clauses = keep(filling->sheet, &clauses);
    *filling->note_at[part] = made;
    filling->note_at[part] = &made->next;
    return made;
}

/* ---- who is meant --------------------------------------------------------------------- */

/* Is it that role, or a group that the role belongs to? Groups are not circular. */
static bool is_in(const Flow *flow, int32_t role, int32_t group)
{
    if (role == group)
        return true;
    for (const Ref *member = flow->role_at[group]->members.first; member; member = member->next)
        if (is_in(flow, role, member->index))
            return true;
    return false;
}

/* The first role of the list that the sheet's role acts as; NULL: none. */
static const Ref *meant(const Filling *filling, const RefList *roles)
{
    for (const Ref *ref = roles->first; ref; ref = ref->next)
        if (is_in(filling->flow, filling->sheet->role, ref->index))
            return ref;
    return NULL;
}

static bool is_meant(const Filling *filling, int32_t role)
{
    return is_in(filling->flow, filling->sheet->role, role);
}

/* ---- work ------------------------------------------------------------------------------ */

static void add_duty(Filling *filling, const PictureWork *work, const Ref *as,
                     const char *where)
{
    SheetDuty *duty = ARENA_NEW(&filling->sheet->arena, SheetDuty);
    Text words = {0};
    if (as->index != filling->sheet->role)
        safe_add(&words, label_role(filling->flow, (uint32_t)as->index));
    *duty = (SheetDuty){.work = work, .where = where, .as = keep(filling->sheet, &words)};
    *filling->duty_at = duty;
    filling->duty_at = &duty->next;
}

static void add_clock_rights(Filling *filling, const Work *work, const char *label)
{
    const struct {
        const RefList *roles;
        const char *words;
    } rights[] = {{&work->limit.paused_by, "stop and start the clock of "},
                  {&work->limit.extended_by, "give more time for "}};
    for (size_t i = 0; i < sizeof rights / sizeof *rights; i++) {
        if (!meant(filling, rights[i].roles))
            continue;
        Text words = {0};
        text_add(&words, rights[i].words);
        quote(&words, label);
        note(filling, SHEET_MAY, &words, work->because);
    }
}

static void add_joining(Filling *filling, const Work *work, const PictureWork *drawn)
{
    bool expected = meant(filling, &work->with) != NULL;
    if (!expected && !meant(filling, &work->with_where_possible))
        return;
    Text words = {0};
    quote(&words, drawn->label);
    if (work->by.count > 0) {
        text_add(&words, ", held by ");
        roles_words(filling->flow, &work->by, " or ", &words);
    }
    text_addf(&words, "%s%s%s", *drawn->limit ? ", " : "", drawn->limit,
              expected ? "" : ", where possible");
    note(filling, SHEET_JOINS, &words, work->because);
}

static void missed_note(Filling *filling, const Work *work, const char *label)
{
    const Effect *effects = work->if_missed.effects;
    if (!effects && work_has_limit(work))
        effects = filling->flow->workflow->if_missed.effects;
    for (const Effect *effect = effects; effect; effect = effect->next) {
        bool tells = effect->kind == EFFECT_NOTIFY || effect->kind == EFFECT_ESCALATE;
        if (!tells || !is_meant(filling, effect->ref.index))
            continue;
        Text words = {0};
        text_add(&words, "when ");
        quote(&words, label);
        text_add(&words, effect->kind == EFFECT_ESCALATE
                             ? " was missed, and are asked to take it over"
                             : " was missed");
        note(filling, SHEET_TOLD, &words, work->because);
    }
}

static void reminder_notes(Filling *filling, const Work *work, const char *label)
{
    for (const Remind *remind = work->reminds; remind; remind = remind->next) {
        if (!meant(filling, &remind->roles))
            continue;
        Text words = {0};
        duration_words(filling->flow, &remind->before, &words);
        text_add(&words, " before ");
        quote(&words, label);
        text_add(&words, " is due");
        note(filling, SHEET_TOLD, &words, work->because);
    }
}

static void add_work(Filling *filling, const PictureWork *drawn, const char *where)
{
    const Work *work = filling->flow->work_at[drawn->index];
    const Ref *as = meant(filling, &work->by);
    if (as)
        add_duty(filling, drawn, as, where);
    add_joining(filling, work, drawn);
    add_clock_rights(filling, work, drawn->label);
    missed_note(filling, work, drawn->label);
    reminder_notes(filling, work, drawn->label);
}

static void add_works(Filling *filling)
{
    const Picture *picture = filling->sheet->picture;
    for (const PicturePart *part = picture->parts; part; part = part->next)
        for (const PictureBox *box = part->boxes; box; box = box->next)
            for (const PictureWork *work = box->works; work; work = work->next)
                add_work(filling, work, *box->title ? box->title : part->title);
    for (const PictureWork *duty = picture->duties; duty; duty = duty->next)
        add_work(filling, duty, "throughout");
}

/* ---- what is told and approved ------------------------------------------------------------
 */

static void occasion_words(const Filling *filling, const Handler *handler, const Line *line,
                           Text *out)
{
    events_words(filling->flow, &handler->events, out);
    if (line->when == LINE_WHEN && line->condition) {
        text_add(out, ", when ");
        condition_words(filling->flow, line->condition, out);
    } else if (line->when == LINE_OTHERWISE) {
        text_add(out, ", otherwise");
    }
    if (filling->where) {
        text_add(out, ", at ");
        quote(out, filling->where);
    }
}

static void add_line(Filling *filling, const Handler *handler, const Line *line,
                     const Because *around)
{
    const Because *because = line->because      ? line->because
                             : handler->because ? handler->because
                                                : around;
    for (const Effect *effect = line->effects; effect; effect = effect->next) {
        if (effect->kind != EFFECT_NOTIFY || !is_meant(filling, effect->ref.index))
            continue;
        Text words = {0};
        text_add(&words, "on ");
        occasion_words(filling, handler, line, &words);
        note(filling, SHEET_TOLD, &words, because);
    }
    if (line->approval.text && is_meant(filling, line->approval.index)) {
        Text words = {0};
        text_add(&words, "approve ");
        occasion_words(filling, handler, line, &words);
        text_add(&words, ": ");
        effects_words(filling->flow, line->effects, true, &words);
        note(filling, SHEET_MAY, &words, because);
    }
}

static void add_handlers(Filling *filling, const Handler *handler, const Because *around)
{
    for (; handler; handler = handler->next)
        for (const Line *line = handler->lines; line; line = line->next)
            add_line(filling, handler, line, around);
}

static void add_as_soon(Filling *filling, const AsSoonAs *clause)
{
    for (; clause; clause = clause->next)
        for (const Effect *effect = clause->effects; effect; effect = effect->next) {
            if (effect->kind != EFFECT_NOTIFY || !is_meant(filling, effect->ref.index))
                continue;
            Text words = {0};
            text_add(&words, "as soon as ");
            condition_words(filling->flow, clause->condition, &words);
            note(filling, SHEET_TOLD, &words, clause->because);
        }
}

static void add_all_handlers(Filling *filling)
{
    const Flow *flow = filling->flow;
    for (const StateAst *state = flow->states; state; state = state->next) {
        filling->where = label_state(flow, (uint32_t)state->index);
        add_handlers(filling, state->handlers, NULL);
        add_as_soon(filling, state->as_soon);
    }
    filling->where = NULL;
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        add_handlers(filling, track->handlers, track->because);
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        add_handlers(filling, any->handlers, any->because);
}

/* ---- the rest
 * -------------------------------------------------------------------------------- */

static void add_overseen(Filling *filling)
{
    for (const StateAst *state = filling->flow->states; state; state = state->next) {
        if (!meant(filling, &state->overseen_by))
            continue;
        Text words = {0};
        quote(&words, label_state(filling->flow, (uint32_t)state->index));
        note(filling, SHEET_OVERSEES, &words, state->because);
    }
}

static void add_events(Filling *filling)
{
    for (const EventAst *event = filling->flow->events; event; event = event->next) {
        if (event->is_work || (!event->by_anyone && !meant(filling, &event->by)))
            continue;
        Text words = {0};
        text_add(&words, event->opens ? "open a case with " : "record ");
        quote(&words, label_event(filling->flow, (uint32_t)event->index));
        text_add(&words, event->by_anyone ? ", as anyone may" : "");
        note(filling, SHEET_MAY, &words, event->because)->is_quiet = event->by_anyone;
    }
}

static void deputy_words(const Flow *flow, const Deputy *deputy, Text *out)
{
    if (deputy->when == DEPUTY_WHEN_UNAVAILABLE)
        text_add(out, " when unavailable");
    if (deputy->when != DEPUTY_AFTER)
        return;
    text_add(out, " after ");
    duration_words(flow, &deputy->after, out);
}

static void add_deputy(Filling *filling, const RoleAst *role, const Deputy *deputy)
{
    bool mine = role->index == filling->sheet->role;
    if (!mine && deputy->role.index != filling->sheet->role)
        return;
    Text words = {0};
    if (!mine)
        safe_add(&words, label_role(filling->flow, (uint32_t)role->index));
    text_add(&words, mine ? "you can act for " : " can act for you");
    if (mine)
        safe_add(&words, label_role(filling->flow, (uint32_t)deputy->role.index));
    deputy_words(filling->flow, deputy, &words);
    note(filling, SHEET_STANDS_IN, &words, deputy->because ? deputy->because : role->because);
}

static void add_exclusion(Filling *filling, const RoleAst *role, const Ref *other)
{
    bool mine = role->index == filling->sheet->role;
    if (!mine && other->index != filling->sheet->role)
        return;
    Text words = {0};
    text_add(&words, "on one case you cannot also be ");
    safe_add(&words, label_role(filling->flow, (uint32_t)(mine ? other->index : role->index)));
    note(filling, SHEET_STANDS_IN, &words, role->because);
}

static void add_standing_in(Filling *filling)
{
    for (const RoleAst *role = filling->flow->roles; role; role = role->next) {
        for (const Deputy *deputy = role->deputies; deputy; deputy = deputy->next)
            add_deputy(filling, role, deputy);
        for (const Ref *other = role->excludes.first; other; other = other->next)
            add_exclusion(filling, role, other);
    }
}

void role_sheet_build(const Picture *picture, int32_t role, RoleSheet *sheet)
{
    *sheet = (RoleSheet){.picture = picture, .role = role};
    Filling filling = {.sheet = sheet, .flow = picture->flow, .duty_at = &sheet->duties};
    for (size_t i = 0; i < SHEET_PARTS; i++)
        filling.note_at[i] = &sheet->notes[i];
    Text title = {0};
    safe_add(&title, label_role(picture->flow, (uint32_t)role));
    sheet->title = keep(sheet, &title);
    add_works(&filling);
    add_all_handlers(&filling);
    add_overseen(&filling);
    add_events(&filling);
    add_standing_in(&filling);
}

void role_sheet_clear(RoleSheet *sheet)
{
    arena_clear(&sheet->arena);
    *sheet = (RoleSheet){0};
}

/* What anyone may do makes nobody's sheet. */
bool role_sheet_is_empty(const RoleSheet *sheet)
{
    for (size_t i = 0; i < SHEET_PARTS; i++)
        for (const PictureNote *note = sheet->notes[i]; note; note = note->next)
            if (!note->is_quiet)
                return false;
    return !sheet->duties;
}
