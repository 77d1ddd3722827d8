/* Names that look alike, for messages only: nothing is ever taken for something else
 * because it looks like it. Small letters and capitals, blanks, hyphens and underlines
 * count as the same, since logs differ from flows in these first of all. A log often
 * leaves a word out ("Strategy meeting" for "CRE strategy meeting"), so a name that
 * agrees but for its first or last words is near too, though less than a whole one. */
#include "replay/near.h"

#include <ctype.h>
#include <string.h>

#include "base/limits.h"
#include "lang/suggest.h"

static void flatten(const char *words, char out[LIMIT_NAME_BYTES + 1])
{
    size_t length = 0;
    for (; *words && length < LIMIT_NAME_BYTES; words++)
        out[length++] = strchr(" _-", *words) ? ' ' : (char)tolower((unsigned char)*words);
    out[length] = '\0';
}

Near near_begin(const char *wanted)
{
    Near near = {0};
    flatten(wanted, near.wanted);
    /* A quarter of the letters, two at least: "Confirm receipt" for "confirmed receipt". */
    size_t slips = strlen(near.wanted) / 4;
    near.distance = (uint32_t)(slips < 2 ? 2 : slips) + 1;
    return near;
}

static void take_if_nearer(Near *near, const char *flat, uint32_t more, const char *shown)
{
    if (near->distance <= more)
        return;
    uint32_t distance = suggest_distance(near->wanted, flat, near->distance - more - 1) + more;
    if (distance >= near->distance)
        return;
    near->distance = distance;
    near->best = shown;
}

/* The end and the beginning of a name without a word, then without two, and so on; two
 * are left at least, for "meeting" alone would be near to every meeting. A word left out
 * counts as one slip, so that of two names the one that agrees as a whole is shown.
 * `flat` is used up. */
static void try_without_words(Near *near, char *flat, const char *shown)
{
    uint32_t blanks = 0;
    for (const char *blank = flat; (blank = strchr(blank, ' ')); blank++)
        if (strchr(blank + 1, ' '))
            take_if_nearer(near, blank + 1, ++blanks, shown);
    for (uint32_t left_out = 1; left_out <= blanks; left_out++) {
        *strrchr(flat, ' ') = '\0';
        take_if_nearer(near, flat, left_out, shown);
    }
}

void near_try(Near *near, const char *name, const char *shown)
{
    char flat[LIMIT_NAME_BYTES + 1];
    if (!name || near->distance == 0)
        return;
    flatten(name, flat);
    take_if_nearer(near, flat, 0, shown);
    try_without_words(near, flat, shown);
}

const char *near_event(const Flow *flow, const char *activity)
{
    Near near = near_begin(activity);
    for (const EventAst *event = flow->events; event; event = event->next) {
        near_try(&near, event->name, event->name);
        near_try(&near, event->label, event->name);
    }
    return near.best;
}

const char *near_role(const Flow *flow, const char *role)
{
    Near near = near_begin(role);
    for (const RoleAst *one = flow->roles; one; one = one->next) {
        near_try(&near, one->name, one->name);
        near_try(&near, one->label, one->name);
    }
    return near.best;
}

const char *near_fact(const Flow *flow, const char *fact)
{
    Near near = near_begin(fact);
    for (const FactAst *one = flow->facts; one; one = one->next) {
        near_try(&near, one->name, one->name);
        near_try(&near, one->label, one->name);
    }
    return near.best;
}

const char *near_value(const Flow *flow, uint32_t fact, const char *value)
{
    Near near = near_begin(value);
    for (const FactValue *one = flow->fact_at[fact]->values; one; one = one->next) {
        near_try(&near, one->name, one->name);
        near_try(&near, one->label, one->name);
    }
    return near.best;
}
