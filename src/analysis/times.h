/* How limits compare, for the checks of time. */
#pragma once

#include "analysis/internal.h"
#include "calendar/limit.h"

/* A period has its value on the day on which examples begin. */
Duration duration_of(const Analysis *analysis, const DurationAst *duration);

/* Counted from 15:00 on a day; `limit` (or NULL) says how it rolls. False where it has
 * no due moment, or leaves the calendar. */
bool due_from(const Analysis *analysis, const DurationAst *duration, const LimitAst *limit,
              Day day, Moment *due);

/* 1: the first is always later, -1: always earlier, 0: it depends, or they agree. */
int duration_order(const Analysis *analysis, const DurationAst *a, const LimitAst *with_a,
                   const DurationAst *b, const LimitAst *with_b);

bool same_anchor(const Anchor *a, const Anchor *b);
