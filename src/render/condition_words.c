#include "render/flow_words.h"

#include "render/safe.h"

void value_words(const Flow *flow, const Ref *fact, const Value *value, Text *out)
{
    char day[DAY_TEXT_MAX];
    switch (value->kind) {
    case VALUE_NAME:
        safe_add(out, label_value(flow, (uint32_t)fact->index, value->name.index));
        break;
    case VALUE_NUMBER:
        text_addf(out, "%lld", (long long)value->number);
        break;
    case VALUE_YES:
        text_add(out, "yes");
        break;
    case VALUE_NO:
        text_add(out, "no");
        break;
    case VALUE_DATE:
        day_format_long(value->day, day);
        text_add(out, day);
        break;
    case VALUE_TEXT:
        text_add_char(out, '"');
        safe_add(out, value->text);
        text_add_char(out, '"');
        break;
    }
}

static void compare_words(const Flow *flow, const Expr *e, Text *out)
{
    static const char *const words[] = {[COMPARE_IS] = "is",
                                        [COMPARE_IS_NOT] = "is not",
                                        [COMPARE_ONE_OF] = "is one of",
                                        [COMPARE_NOT_ONE_OF] = "is not one of",
                                        [COMPARE_UNDER] = "is under",
                                        [COMPARE_OVER] = "is over",
                                        [COMPARE_AT_LEAST] = "is at least",
                                        [COMPARE_AT_MOST] = "is at most"};
    text_add_char(out, '"');
    safe_add(out, label_fact(flow, (uint32_t)e->ref.index));
    text_addf(out, "\" %s ", words[e->op]);
    for (const Value *value = e->values; value; value = value->next) {
        value_words(flow, &e->ref, value, out);
        if (value->next)
            text_add(out, ", ");
    }
}

static void track_words(const Flow *flow, const Expr *e, const char *says, Text *out)
{
    const char *quote = e->ref.index == 0 ? "" : "\""; /* "the case" is not a label */
    text_add(out, quote);
    safe_add(out, label_track(flow, (uint32_t)e->ref.index));
    text_addf(out, "%s %s", quote, says);
    if (e->kind == EXPR_TRACK_AT || e->kind == EXPR_TRACK_NOT_AT) {
        text_add(out, " \"");
        safe_add(out, label_state(flow, (uint32_t)e->state.index));
        text_add_char(out, '"');
    }
}

static void window_words(const Flow *flow, const Expr *e, Text *out)
{
    text_add_char(out, '"');
    safe_add(out, label_event(flow, (uint32_t)e->ref.index));
    text_addf(out, "\" has happened %lld times within ", (long long)e->amount);
    if (e->window_index >= 0)
        duration_format(flow->window_at[e->window_index].within, out);
    else
        duration_format(e->window.literal, out);
}

static void parts_words(const Flow *flow, const Expr *e, const char *between, Text *out)
{
    for (const Expr *part = e->parts; part; part = part->next) {
        bool brackets = part->kind == EXPR_AND || part->kind == EXPR_OR;
        text_add(out, brackets ? "(" : "");
        condition_words(flow, part, out);
        text_add(out, brackets ? ")" : "");
        if (part->next)
            text_add(out, between);
    }
}

static void term_words(const Flow *flow, const Expr *e, Text *out)
{
    const TermAst *term = flow->term_at[e->ref.index];
    text_add_char(out, '"');
    safe_add(out, term->label ? term->label : term->name);
    text_add_char(out, '"');
}

static void fact_is(const Flow *flow, const Expr *e, const char *says, Text *out)
{
    text_add_char(out, '"');
    safe_add(out, label_fact(flow, (uint32_t)e->ref.index));
    text_addf(out, "\" %s", says);
}

/* What is said of the track or the fact that the condition names; NULL for the rest. */
static const char *says_of(ExprKind kind)
{
    static const char *const words[EXPR_ALL_TASKS_DONE + 1] = {
        [EXPR_KNOWN] = "is known",           [EXPR_NOT_KNOWN] = "is not known",
        [EXPR_TRACK_RUNNING] = "is running", [EXPR_TRACK_NOT_RUNNING] = "is not running",
        [EXPR_TRACK_ENDED] = "has ended",    [EXPR_TRACK_NOT_ENDED] = "has not ended",
        [EXPR_TRACK_AT] = "is at",           [EXPR_TRACK_NOT_AT] = "is not at",
    };
    return words[kind];
}

void condition_words(const Flow *flow, const Expr *e, Text *out)
{
    switch (e->kind) {
    case EXPR_AND:
        parts_words(flow, e, " and ", out);
        break;
    case EXPR_OR:
        parts_words(flow, e, " or ", out);
        break;
    case EXPR_NOT:
        text_add(out, "not ");
        parts_words(flow, e, "", out);
        break;
    case EXPR_TERM:
        term_words(flow, e, out);
        break;
    case EXPR_COMPARE:
        compare_words(flow, e, out);
        break;
    case EXPR_WINDOW:
        window_words(flow, e, out);
        break;
    case EXPR_ALL_TASKS_DONE:
        text_add(out, "all tasks are done");
        break;
    case EXPR_KNOWN:
    case EXPR_NOT_KNOWN:
        fact_is(flow, e, says_of(e->kind), out);
        break;
    default:
        track_words(flow, e, says_of(e->kind), out);
    }
}
