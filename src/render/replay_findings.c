/* What the policy would not allow, what follows from that, and what is accepted: the part
 * of the text of a replay that is about rules. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/replay_parts.h"
#include "render/replay_text.h"
#include "render/safe.h"
#include "render/share.h"

void replay_count(uint64_t count, const char *one, const char *many, Text *out)
{
    count_words(count, out);
    text_addf(out, " %s", count == 1 ? one : many);
}

void replay_title(const char *words, Text *out)
{
    text_addf(out, "\n%s\n", words);
}

/* ---- order ------------------------------------------------------------------------ */

typedef struct Order {
    const Result *result;
    uint32_t place;
} Order;

static int by_weight(const void *left, const void *right)
{
    const Order *a = left, *b = right;
    const FindingSum *x = &a->result->findings[a->place], *y = &b->result->findings[b->place];
    if ((x->roots > 0) != (y->roots > 0))
        return x->roots > 0 ? -1 : 1;
    if (x->cases != y->cases)
        return x->cases > y->cases ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

void replay_finding_order(const Result *result, uint32_t *order)
{
    Order *places = mem_alloc_array(result->finding_count, sizeof *places);
    for (uint32_t i = 0; i < result->finding_count; i++)
        places[i] = (Order){result, i};
    if (result->finding_count > 1)
        qsort(places, result->finding_count, sizeof *places, by_weight);
    for (uint32_t i = 0; i < result->finding_count; i++)
        order[i] = places[i].place;
    free(places);
}

/* ---- findings -------------------------------------------------------------------------------
 */

static void examples_text(const Examples *examples, Text *out)
{
    text_add(out, examples->count == 1 ? ": " : ", first ");
    for (uint32_t i = 0; i < examples->count; i++) {
        text_add(out, i ? ", " : "");
        safe_add(out, examples->ids[i]);
    }
}

static void finding_text(const FindingSum *sum, Text *out)
{
    text_add(out, "  - ");
    text_add(out, sum->sentence);
    if (*sum->place)
        text_addf(out, "  [%s]", sum->place);
    text_add(out, "\n    ");
    replay_count(sum->cases, "case", "cases", out);
    text_add(out, ", ");
    replay_count(sum->events, "event", "events", out);
    if (sum->follow_ons) {
        text_add(out, ", ");
        count_words(sum->follow_ons, out);
        text_add(out, " of them because of an earlier one");
    }
    if (sum->accepted) {
        text_add(out, ", ");
        count_words(sum->accepted, out);
        text_add(out, " accepted");
    }
    examples_text(&sum->examples, out);
    text_add_char(out, '\n');
}

/* One pass for each heading, in the order in which the weightiest of each comes. */
static void findings_part(const Result *result, const uint32_t *order, bool leaves_open,
                          bool roots, Text *out)
{
    bool *done = mem_alloc_array(result->finding_count, sizeof *done);
    for (uint32_t i = 0; i < result->finding_count; i++) {
        const FindingSum *first = &result->findings[order[i]];
        if (done[i] || first->is_cannot_judge != leaves_open || (first->roots > 0) != roots)
            continue;
        if (roots && !leaves_open)
            text_addf(out, "  %s\n", first->group);
        for (uint32_t k = i; k < result->finding_count; k++) {
            const FindingSum *sum = &result->findings[order[k]];
            if (strcmp(sum->group, first->group) != 0 || (sum->roots > 0) != roots ||
                sum->is_cannot_judge != leaves_open)
                continue;
            finding_text(sum, out);
            done[k] = true;
        }
    }
    free(done);
}

static bool has_part(const Result *result, bool leaves_open, bool roots)
{
    for (uint32_t i = 0; i < result->finding_count; i++)
        if (result->findings[i].is_cannot_judge == leaves_open &&
            (result->findings[i].roots > 0) == roots)
            return true;
    return false;
}

void replay_findings_text(const Result *result, Text *out)
{
    static const struct {
        const char *title;
        bool leaves_open, roots;
    } parts[] = {
        {"What the policy would not allow", false, true},
        {"What only followed from that", false, false},
        {"What could not be judged, and why", true, true},
        {"What could not be judged because a case was out of step already", true, false},
    };
    uint32_t *order = mem_alloc_array(result->finding_count, sizeof *order);
    replay_finding_order(result, order);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bool any = has_part(result, parts[i].leaves_open, parts[i].roots);
        if (!any && i > 0)
            continue;
        replay_title(parts[i].title, out);
        if (any)
            findings_part(result, order, parts[i].leaves_open, parts[i].roots, out);
        else
            text_add(out, "  Nothing.\n");
    }
    free(order);
}

void replay_accepted_text(const Result *result, Text *out)
{
    if (!result->accepted_count)
        return;
    replay_title("Deviations that are accepted", out);
    for (uint32_t i = 0; i < result->accepted_count; i++) {
        const AcceptedSum *sum = &result->accepted[i];
        char until[DAY_TEXT_MAX];
        day_format_long(sum->until, until);
        text_add(out, "  - ");
        safe_add(out, sum->what);
        text_addf(out, ", until %s: ", until);
        safe_add(out, sum->reason);
        text_add(out, " (");
        safe_add(out, sum->by);
        text_add(out, ")\n    ");
        if (sum->expired) {
            text_add(out, "has expired and covers nothing\n");
            continue;
        }
        replay_count(sum->events, "deviation", "deviations", out);
        text_add(out, " in ");
        replay_count(sum->cases, "case", "cases", out);
        text_add_char(out, '\n');
    }
}
