/* Every condition of a flow, with what it is for. */
#pragma once

#include "analysis/internal.h"

typedef enum ConditionRole {
    CONDITION_LINE,
    CONDITION_AS_SOON,
    CONDITION_STARTS,
    CONDITION_ONLY_WHEN,
    CONDITION_UNTIL,
    CONDITION_MUST,
    CONDITION_PAUSED,
    CONDITION_INTERVAL,
    CONDITION_RECORDS,
    CONDITION_REQUIRES,
    CONDITION_TERM,
    CONDITION_NEVER,
    CONDITION_ALWAYS
} ConditionRole;

/* `here` is the state in which it is judged, -1 where there are several. */
typedef void (*ConditionVisit)(Analysis *analysis, const Expr *expr, ConditionRole role,
                               int32_t here);
void conditions_each(Analysis *analysis, ConditionVisit visit);

/* Every list of handlers: of states, tracks and `at any point`. */
typedef void (*HandlersVisit)(Analysis *analysis, const Handler *first, int32_t here);
void handlers_each(Analysis *analysis, HandlersVisit visit);

/* The words of a place, one blank between two: the same words are the same text.
 * In the analysis' arena. */
const char *words_of(Analysis *analysis, Span span);
