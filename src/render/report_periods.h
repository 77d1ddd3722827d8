/* Months one after the other, joined to quarters or years where they are many, so
 * that a chart of ten years can still be read. */
#pragma once

#include <stdint.h>

#include "base/text.h"
#include "calendar/day.h"
#include "replay/result.h"

enum { PERIODS_MOST = 24 }; /* in one chart or table */

typedef struct Periods {
    int32_t first;   /* month: year * 12 + month - 1; a multiple of `months` */
    uint32_t count;  /* 0: nothing fell in any */
    uint32_t months; /* in one period: 1, 3, 12, 60, 120 … */
} Periods;

/* From the month `first` to the month `last`, both in it; at most `most` periods. */
Periods periods_between(int32_t first, int32_t last, uint32_t most);
/* Those that hold every month counted, at most PERIODS_MOST. */
Periods periods_of(const PeriodCounts *months);
uint32_t period_of(const Periods *periods, int32_t month);
/* "April 2021", "April to June 2021", "2021", "2020 to 2024" */
void period_words(const Periods *periods, uint32_t period, Text *out);
/* "Apr 21", "Apr-Jun 21", "2021": under a bar. */
void period_short(const Periods *periods, uint32_t period, Text *out);
/* "month", "quarter", "year", "period" */
const char *periods_name(const Periods *periods);
int32_t month_of_day(Day day);
