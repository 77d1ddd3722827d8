#include <string.h>

#include "base/limits.h"
#include "lang/names_internal.h"
#include "lang/suggest.h"

/* "one of low, medium or high", "a number of months": completes "risk is …". */
static void describe_type(const FactAst *fact, Text *out)
{
    static const char *const plain[] = {
        [FACT_YES_NO] = "answered with yes or no",
        [FACT_NUMBER] = "a number",
        [FACT_DATE] = "a date",
        [FACT_TEXT] = "a free text",
        [FACT_PERSON] = "a person",
    };
    const uint32_t most = 12;
    if (fact->type != FACT_ONE_OF) {
        text_add(out, plain[fact->type]);
        if (fact->of)
            text_addf(out, " of %s", fact->of);
        return;
    }
    text_add(out, "one of ");
    uint32_t i = 0;
    for (const FactValue *value = fact->values; value && i < most; value = value->next, i++)
        text_addf(out, "%s%s", i == 0 ? "" : value->next ? ", " : " or ", value->name);
    if (fact->value_count > most)
        text_addf(out, " and %u more", fact->value_count - most);
}

static void say_unlike(Names *names, const FactAst *fact, Span span)
{
    Text type = {0};
    describe_type(fact, &type);
    Diag *diag = diag_add(names->diags, span, "CF206", "\"%s\" is %s; it cannot be \"%s\"",
                          fact->name, text_get(&type), names_words(names, span));
    if (fact->type == FACT_TEXT || fact->type == FACT_PERSON)
        diag_help(names->diags, diag,
                  "What was written is never looked into. You can ask \"%s is known\".",
                  fact->name);
    else if (fact->type == FACT_NUMBER)
        diag_help(names->diags, diag, "Numbers are written in figures, for example 12.");
    text_clear(&type);
}

static void say_no_value(Names *names, const FactAst *fact, const Value *value)
{
    Suggestion nearest = suggest_begin(value->name.text);
    for (const FactValue *each = fact->values; each; each = each->next)
        suggest_try(&nearest, each->name);
    Text type = {0};
    describe_type(fact, &type);
    Diag *diag =
        diag_add(names->diags, value->span, "CF207",
                 "\"%s\" is not one of the values of \"%s\"", value->name.text, fact->name);
    const FactValue *near = fact->values;
    for (size_t i = 0; nearest.best != SUGGEST_NONE && i < nearest.best; i++)
        near = near->next;
    if (strcmp(value->name.text, "unknown") == 0) {
        diag_help(names->diags, diag, "Write \"%s is not known\".", fact->name);
    } else if (nearest.best != SUGGEST_NONE) {
        diag_help(names->diags, diag, "Did you mean \"%s\"? \"%s\" is %s.", near->name,
                  fact->name, text_get(&type));
        diag_replace(names->diags, diag, near->name);
    } else {
        diag_help(names->diags, diag, "\"%s\" is %s (%s).", fact->name, text_get(&type),
                  names_line(names, fact->name_span, value->span));
    }
    text_clear(&type);
}

static bool find_value(Names *names, const FactAst *fact, Value *value)
{
    int32_t index = 0;
    for (const FactValue *each = fact->values; each; each = each->next, index++) {
        if (strcmp(each->name, value->name.text) != 0)
            continue;
        value->name.kind = REF_VALUE;
        value->name.index = index;
        return true;
    }
    say_no_value(names, fact, value);
    return false;
}

static bool check_range(Names *names, const FactAst *fact, const Value *value)
{
    if (!fact->has_range || (value->number >= fact->least && value->number <= fact->most))
        return true;
    Diag *diag = diag_add(names->diags, value->span, "CF207", "\"%s\" can never be %lld",
                          fact->name, (long long)value->number);
    diag_help(names->diags, diag, "It is a number from %lld to %lld (%s).",
              (long long)fact->least, (long long)fact->most,
              names_line(names, fact->name_span, value->span));
    return false;
}

/* Which way of writing a value each type of fact takes. */
static bool takes(FactType type, ValueKind kind)
{
    switch (type) {
    case FACT_ONE_OF:
        return kind == VALUE_NAME;
    case FACT_YES_NO:
        return kind == VALUE_YES || kind == VALUE_NO;
    case FACT_NUMBER:
        return kind == VALUE_NUMBER;
    case FACT_DATE:
        return kind == VALUE_DATE;
    case FACT_TEXT:
    case FACT_PERSON:
        return false;
    }
    return false;
}

bool names_value(Names *names, const FactAst *fact, Value *value)
{
    if (!takes(fact->type, value->kind)) {
        say_unlike(names, fact, value->span);
        return false;
    }
    if (value->kind == VALUE_NAME)
        return find_value(names, fact, value);
    return value->kind != VALUE_NUMBER || check_range(names, fact, value);
}

static bool is_order(CompareOp op)
{
    return op >= COMPARE_UNDER;
}

void names_compare(Names *names, Expr *expr)
{
    if (!names_ref(names, &expr->ref, REF_FACT))
        return;
    const FactAst *fact = names->flow->fact_at[expr->ref.index];
    if (is_order(expr->op) && fact->type != FACT_NUMBER && fact->type != FACT_DATE) {
        Text type = {0};
        describe_type(fact, &type);
        Diag *diag =
            diag_add(names->diags, expr->span, "CF206",
                     "\"%s\" is %s; it has no higher or lower", fact->name, text_get(&type));
        diag_help(
            names->diags, diag,
            "\"under\", \"over\", \"at least\" and \"at most\" are for numbers and dates.");
        text_clear(&type);
        return;
    }
    for (Value *value = expr->values; value; value = value->next) {
        /* `under 4` of a number from 1 to 3 is odd but not impossible */
        if (is_order(expr->op) && takes(fact->type, value->kind))
            continue;
        names_value(names, fact, value);
    }
}

void names_fact_value(Names *names, Ref *ref, Value *value, bool texts)
{
    if (!names_ref(names, ref, REF_FACT))
        return;
    const FactAst *fact = names->flow->fact_at[ref->index];
    bool is_free = fact->type == FACT_TEXT || fact->type == FACT_PERSON;
    if (texts && is_free && value->kind == VALUE_TEXT)
        return;
    names_value(names, fact, value);
}
