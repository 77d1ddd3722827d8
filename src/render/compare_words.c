#include "render/compare_words.h"

#include "render/flow_difference_words.h"
#include "render/flow_words.h"
#include "render/safe.h"

static const char *take(Arena *arena, Text *text)
{
    const char *kept = arena_strndup(arena, text_get(text), text->length);
    text_clear(text);
    return kept;
}

static const char *place_of(const Bundle *bundle, Span span, Arena *arena)
{
    Text place = {0};
    change_place(bundle, span, &place);
    return take(arena, &place);
}

static void say_change(void *context, const FlowChange *change, Arena *arena, ChangeSum *sum)
{
    const FlowDifference *difference = ((CompareTelling *)context)->difference;
    Text sentence = {0};
    change_sentence(difference, change, &sentence);
    sum->sentence = take(arena, &sentence);
    sum->place_a = place_of(difference->old_parts.bundle, change->old_span, arena);
    sum->place_b = place_of(difference->new_parts.bundle, change->new_span, arena);
}

static const char *name_piece(void *context, const ChangedBlock *block,
                              const FlowChange *change, Arena *arena)
{
    (void)context;
    Text words = {0};
    block_words(block, &words);
    if (change)
        piece_words(change, &words);
    return take(arena, &words);
}

static void add_moment(Zone zone, const char *before, Moment moment, Text *out)
{
    char when[TIME_TEXT_MAX];
    moment_format_long(zone, moment, when);
    text_addf(out, "%s%s", before, when);
}

void compare_done(Zone zone, Moment due, Moment done, Text *out)
{
    char day[DAY_TEXT_MAX];
    bool whole_day = due != MOMENT_NEVER && moment_rank(due) == RANK_DAY_LIMIT &&
                     local_from_instant(zone, moment_instant(due)).ms == 0; /* no cut-off */
    if (!whole_day) {
        add_moment(zone, "", done, out);
        return;
    }
    day_format_long(moment_day(zone, done), day);
    text_add(out, day);
}

/* ""Visit" was due by Thursday 8 April 2021, was done on Friday 9 April 2021 at 09:00" */
static void say_lateness(void *context, bool is_b, const Duty *duty, Arena *arena,
                         CaseSide *side)
{
    const CompareTelling *telling = context;
    const FlowDifference *difference = telling->difference;
    const Bundle *bundle = is_b ? difference->new_parts.bundle : difference->old_parts.bundle;
    const Work *work = bundle->flow.work_at[duty->work];
    Zone zone = {0};
    Error err = {0};
    const char *name = bundle->flow.workflow->zone_name;
    zone_parse(name ? name : "Europe/London", &zone, &err);
    Text words = {0};
    text_add_char(&words, '"');
    safe_add(&words, label_work(&bundle->flow, duty->work));
    text_add(&words, "\" was due");
    add_moment(zone, " by ", duty->due, &words);
    if (duty->done != MOMENT_NONE) {
        text_add(&words, " and was done on ");
        compare_done(zone, duty->due, duty->done, &words);
    } else if (duty->is_open) {
        text_add(&words, " and was not done by ");
        compare_done(zone, duty->due, telling->as_of, &words);
    } else {
        text_add(&words, " and was not done before it ended");
    }
    side->sentence = take(arena, &words);
    side->place = place_of(bundle, work->span, arena);
}

CompareWords compare_words(CompareTelling *telling)
{
    return (CompareWords){.context = telling,
                          .change = say_change,
                          .piece = name_piece,
                          .lateness = say_lateness};
}
