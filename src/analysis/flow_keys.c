#include "analysis/flow_keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* ---- parts without an order -------------------------------------------------------- */

void key_list_take(KeyList *list, Text *item)
{
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = mem_strdup(text_get(item));
    text_clear(item);
}

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void key_list_join(KeyList *list, Text *out)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare_words);
    for (size_t i = 0; i < list->count; i++) {
        text_addf(out, "%s%s", i ? "|" : "", list->items[i]);
        free(list->items[i]);
    }
    free(list->items);
    *list = (KeyList){0};
}

void key_refs(const RefList *refs, Text *out)
{
    KeyList list = {0};
    for (const Ref *ref = refs->first; ref; ref = ref->next) {
        Text item = {0};
        text_add(&item, ref->text);
        key_list_take(&list, &item);
    }
    key_list_join(&list, out);
}

/* ---- conditions -------------------------------------------------------------------- */

static void key_value(const Value *value, Text *out)
{
    text_addf(out, "%d:", (int)value->kind);
    if (value->kind == VALUE_NAME)
        text_add(out, value->name.text);
    else if (value->kind == VALUE_TEXT)
        text_addf(out, "\"%s\"", value->text);
    else
        text_addf(out, "%lld",
                  (long long)(value->kind == VALUE_DATE ? value->day : value->number));
}

static void key_compare(const Expr *e, Text *out)
{
    KeyList list = {0};
    for (const Value *value = e->values; value; value = value->next) {
        Text item = {0};
        key_value(value, &item);
        key_list_take(&list, &item);
    }
    text_addf(out, "%s %d ", e->ref.text, (int)e->op);
    key_list_join(&list, out);
}

static void key_parts(const Expr *e, Text *out)
{
    KeyList list = {0};
    for (const Expr *part = e->parts; part; part = part->next) {
        Text item = {0};
        key_condition(part, &item);
        key_list_take(&list, &item);
    }
    key_list_join(&list, out);
}

void key_condition(const Expr *e, Text *out)
{
    if (!e)
        return;
    text_addf(out, "(%d ", (int)e->kind);
    if (e->kind == EXPR_COMPARE) {
        key_compare(e, out);
    } else if (e->parts) {
        key_parts(e, out);
    } else if (e->kind != EXPR_ALL_TASKS_DONE) {
        text_add(out, e->ref.text);
        if (e->state.text)
            text_addf(out, " at %s", e->state.text);
        if (e->kind == EXPR_WINDOW) {
            text_addf(out, " %lld in ", (long long)e->amount);
            key_duration(&e->window, out);
        }
    }
    text_add_char(out, ')');
}

/* ---- limits ------------------------------------------------------------------------ */

void key_duration(const DurationAst *duration, Text *out)
{
    if (duration->period.text)
        text_addf(out, "period %s", duration->period.text);
    else
        text_addf(out, "%d %d", (int)duration->literal.amount, (int)duration->literal.unit);
}

static void key_anchor(const Anchor *anchor, Text *out)
{
    text_addf(out, " of %d ", (int)anchor->kind);
    key_refs(&anchor->refs, out);
}

static void key_limit(const LimitAst *limit, Text *out)
{
    if (!limit || !(limit->has_target || limit->has_limit || limit->immediately))
        return;
    if (limit->immediately)
        text_add(out, "immediately ");
    if (limit->has_target && !limit->immediately) {
        text_add(out, "target ");
        key_duration(&limit->target, out);
    }
    key_anchor(&limit->target_anchor, out);
    if (limit->has_limit) {
        text_add(out, " limit ");
        key_duration(&limit->limit, out);
    }
    key_anchor(&limit->anchor, out);
    text_addf(out, " %d%d%d%d%d ", limit->before, limit->clear, (int)limit->roll,
              limit->count_from_next, limit->fixed);
    key_condition(limit->paused_while, out);
    text_add(out, " paused by ");
    key_refs(&limit->paused_by, out);
    text_add(out, " extended by ");
    key_refs(&limit->extended_by, out);
}

static void key_intervals(const Work *work, Text *out)
{
    KeyList list = {0};
    for (const Interval *interval = work->intervals; interval; interval = interval->next) {
        Text item = {0};
        text_addf(&item, "every %d ", (int)interval->kind);
        key_duration(&interval->every, &item);
        key_anchor(&interval->from, &item);
        text_addf(&item, " %d ", (int)interval->when);
        key_condition(interval->condition, &item);
        key_list_take(&list, &item);
    }
    key_list_join(&list, out);
}

void key_work_limit(const Work *work, Text *out)
{
    key_limit(&work->limit, out);
    if (work->first) {
        text_add(out, " first ");
        key_limit(work->first, out);
    }
    key_intervals(work, out);
    if (work->in_step.text)
        text_addf(out, " in step with %s", work->in_step.text);
    if (work->until) {
        text_add(out, " until ");
        key_condition(work->until, out);
    }
}

/* ---- effects and lines ------------------------------------------------------------- */

static void key_effect(const Effect *effect, Text *out)
{
    text_addf(out, "%d %s", (int)effect->kind, effect->ref.text ? effect->ref.text : "");
    if (effect->value) {
        text_add(out, " is ");
        key_value(effect->value, out);
    }
    if (effect->text)
        text_addf(out, "\"%s\"", effect->text);
}

void key_effects(const Effect *effects, Text *out)
{
    KeyList list = {0};
    for (const Effect *effect = effects; effect; effect = effect->next) {
        Text item = {0};
        key_effect(effect, &item);
        key_list_take(&list, &item);
    }
    key_list_join(&list, out);
}

void key_target(const Effect *effects, Text *out)
{
    for (const Effect *effect = effects; effect; effect = effect->next)
        if (effect->kind == EFFECT_GO_TO || effect->kind == EFFECT_STAY ||
            effect->kind == EFFECT_AGAIN)
            key_effect(effect, out);
}

void key_line(const Line *line, Text *out)
{
    key_effects(line->effects, out);
    if (line->approval.text)
        text_addf(out, " approval %s", line->approval.text);
    text_addf(out, " when %d ", (int)line->when);
    key_condition(line->condition, out);
}

/* ---- calendars --------------------------------------------------------------------- */

void key_calendar_rule(const CalendarRule *rule, Text *out)
{
    text_addf(out, "%d %d.%d %d %d %d %lld %lld %d %d %d %s", (int)rule->kind, rule->day,
              rule->month, rule->weekday, rule->nth, rule->offset, (long long)rule->date,
              (long long)rule->instead, rule->or_next_working, rule->from_year,
              rule->until_year, rule->name ? rule->name : "");
}
