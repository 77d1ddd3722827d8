#include "base/mem.h"
#include "lang/names_internal.h"

/* ---- effects ------------------------------------------------------------ */

static void check_moves_own_track(Names *names, const Effect *effect, const Site *site)
{
    const StateAst *state = names->flow->state_at[effect->ref.index];
    if (state->track == site->track || state->track < 0 || site->track < 0)
        return;
    Diag *diag = diag_add(names->diags, effect->ref.span, "CF117",
                          "\"%s\" is a state of %s, and this stands in %s", state->name,
                          names_track(names, state->track), names_track(names, site->track));
    diag_related(names->diags, diag, state->name_span, "declared here");
    diag_help(names->diags, diag, "A clause moves its own line only. %s",
              state->track == 0
                  ? "Put it in a state of the main line, or under \"at any point\"."
                  : "To begin that line of work, write \"start\" and its name.");
}

static void resolve_effect(Names *names, Effect *effect, const Site *site)
{
    switch (effect->kind) {
    case EFFECT_GO_TO:
        if (names_ref(names, &effect->ref, REF_STATE))
            check_moves_own_track(names, effect, site);
        break;
    case EFFECT_AGAIN:
        if (site->kind != SITE_STATE || site->in_as_soon)
            diag_add(names->diags, effect->span, "CF118",
                     "\"again\" enters a state anew, so it can only stand in that state's own "
                     "\"on\"");
        break;
    case EFFECT_RECORD:
        names_fact_value(names, &effect->ref, effect->value, false);
        break;
    case EFFECT_START:
    case EFFECT_END:
        if (names_ref(names, &effect->ref, REF_TRACK) && effect->ref.index == 0)
            names_say_main_line(names, &effect->ref,
                                "The case itself is not started or ended like a track");
        break;
    case EFFECT_NOTIFY:
    case EFFECT_ESCALATE:
        names_ref(names, &effect->ref, REF_ROLE);
        break;
    case EFFECT_STAY:
    case EFFECT_FLAG:
        break;
    }
}

static bool is_move(EffectKind kind)
{
    return kind == EFFECT_GO_TO || kind == EFFECT_STAY || kind == EFFECT_AGAIN;
}

/* Returns whether the effects say where the case goes on (`stay` included). */
static bool resolve_effects(Names *names, Effect *effects, const Site *site)
{
    const Effect *move = NULL;
    for (Effect *effect = effects; effect; effect = effect->next) {
        resolve_effect(names, effect, site);
        if (!is_move(effect->kind))
            continue;
        if (move) {
            Diag *diag = diag_add(names->diags, effect->span, "CF213",
                                  "One line can only go to one place");
            diag_related(names->diags, diag, move->span, "this already says where");
        }
        move = effect;
    }
    return move != NULL;
}

void names_if_missed(Names *names, IfMissed *if_missed, const Site *site)
{
    for (Effect *effect = if_missed->effects; effect; effect = effect->next) {
        resolve_effect(names, effect, site);
        if (effect->kind == EFFECT_GO_TO && site->kind == SITE_FLOW)
            diag_add(
                names->diags, effect->span, "CF118",
                "What holds for every limit of the flow cannot move a case: notify, escalate "
                "to or flag");
    }
}

/* ---- on, ignore, hold --------------------------------------------------- */

static void say_two_defaults(Names *names, Span again, Span first)
{
    Diag *diag = diag_add(names->diags, again, "CF205", "There is \"otherwise\" twice here");
    diag_related(names->diags, diag, first, "the first one");
    diag_help(names->diags, diag, "Only one line can be for everything else.");
}

static void resolve_lines(Names *names, Handler *handler, const Site *site)
{
    const Line *otherwise = NULL;
    for (Line *line = handler->lines; line; line = line->next) {
        bool moves = resolve_effects(names, line->effects, site);
        names_ref(names, &line->approval, REF_ROLE);
        names_expr(names, line->condition, site);
        names_because(names, line->because);
        names->line_count++;
        if (line->when != LINE_OTHERWISE)
            continue;
        if (!moves) {
            Diag *diag =
                diag_add(names->diags, line->span, "CF212",
                         "\"otherwise\" is only for lines that say where the case goes on");
            diag_help(names->diags, diag,
                      "Begin the line with \"stay and\", or write out when it applies.");
        } else if (otherwise) {
            say_two_defaults(names, line->span, otherwise->span);
        } else {
            otherwise = line;
        }
    }
}

static Span *find_handled(Names *names, int32_t place, int32_t event)
{
    int32_t key[2] = {place, event};
    int64_t position = 0;
    bool found = map_find(&names->handled, (const char *)key, sizeof key, &position);
    return found ? &names->handled_at[position] : NULL;
}

static void keep_handled(Names *names, int32_t place, const Ref *event)
{
    int32_t *key = ARENA_ARRAY(names->arena, 2, int32_t);
    key[0] = place;
    key[1] = event->index;
    map_add(&names->handled, (const char *)key, 2 * sizeof *key, (int64_t)names->handled_count);
    names->handled_at = mem_grow(names->handled_at, &names->handled_capacity,
                                 names->handled_count + 1, sizeof *names->handled_at);
    names->handled_at[names->handled_count++] = event->span;
}

void names_handled_once(Names *names, const Ref *event, int32_t place, int32_t also)
{
    const Span *before = find_handled(names, place, event->index);
    if (!before)
        before = find_handled(names, also, event->index);
    if (!before) {
        keep_handled(names, place, event);
        return;
    }
    Diag *diag = diag_add(names->diags, event->span, "CF214",
                          "What happens on \"%s\" is said here already (%s)", event->text,
                          names_line(names, *before, event->span));
    diag_related(names->diags, diag, *before, "the first time");
    diag_help(names->diags, diag, "Put all its lines under one \"on\".");
}

static void check_hold(Names *names, Handler *handler, const Site *site)
{
    if (!names_ref(names, &handler->until, REF_STATE))
        return;
    const StateAst *state = names->flow->state_at[handler->until.index];
    if (state->track <= 0 || state->track == site->track)
        return;
    Diag *diag = diag_add(names->diags, handler->until.span, "CF122",
                          "\"hold\" can wait for a state of the main line or of its own track");
    diag_help(names->diags, diag, "\"%s\" is a state of %s (%s).", state->name,
              names_track(names, state->track),
              names_line(names, state->name_span, handler->until.span));
}

void names_handlers(Names *names, Handler *handlers, const Site *site)
{
    for (Handler *handler = handlers; handler; handler = handler->next) {
        names_because(names, handler->because);
        for (Ref *event = handler->events.first; event; event = event->next)
            if (names_ref(names, event, REF_EVENT) && site->kind != SITE_ANY_POINT)
                names_handled_once(names, event, site->place, site->place);
        if (handler->kind == HANDLER_HOLD)
            check_hold(names, handler, site);
        resolve_lines(names, handler, site);
    }
}

static bool goes_somewhere(const Effect *effects)
{
    for (; effects; effects = effects->next)
        if (effects->kind == EFFECT_GO_TO)
            return true;
    return false;
}

void names_as_soon(Names *names, AsSoonAs *clauses, const Site *site)
{
    Site inside = *site;
    inside.in_as_soon = true;
    for (AsSoonAs *clause = clauses; clause; clause = clause->next) {
        names_expr(names, clause->condition, &inside);
        resolve_effects(names, clause->effects, &inside);
        names_because(names, clause->because);
        names->line_count++;
        if (!goes_somewhere(clause->effects))
            diag_add(
                names->diags, clause->span, "CF118",
                "\"as soon as\" that goes nowhere would happen again for ever: say \"go to\"");
    }
}
