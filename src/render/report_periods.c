#include "render/report_periods.h"

#include <stddef.h>

/* Divides towards the past, so that a period before the year 0 begins at its first. */
static int32_t begin_of(int32_t month, int32_t months)
{
    return month - ((month % months) + months) % months;
}

Periods periods_between(int32_t first, int32_t last, uint32_t most)
{
    static const uint32_t lengths[] = {1, 3, 12, 60, 120, 600, 1200, 12000};
    Periods periods = {0};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        periods.months = lengths[i];
        periods.first = begin_of(first, (int32_t)lengths[i]);
        periods.count = (uint32_t)(last - periods.first) / lengths[i] + 1;
        if (periods.count <= most)
            break;
    }
    return periods;
}

Periods periods_of(const PeriodCounts *months)
{
    if (months->count == 0)
        return (Periods){.months = 1};
    return periods_between(months->items[0].period, months->items[months->count - 1].period,
                           PERIODS_MOST);
}

uint32_t period_of(const Periods *periods, int32_t month)
{
    return (uint32_t)(month - periods->first) / periods->months;
}

int32_t month_of_day(Day day)
{
    Civil civil = day_to_civil(day);
    return civil.year * 12 + civil.month - 1;
}

static int32_t begin_month(const Periods *periods, uint32_t period)
{
    return periods->first + (int32_t)(period * periods->months);
}

void period_words(const Periods *periods, uint32_t period, Text *out)
{
    int32_t begin = begin_month(periods, period);
    int32_t end = begin + (int32_t)periods->months - 1;
    if (periods->months > 12)
        text_addf(out, "%d to %d", begin / 12, end / 12);
    else if (periods->months == 12)
        text_addf(out, "%d", begin / 12);
    else if (periods->months > 1)
        text_addf(out, "%s to %s %d", month_name(begin % 12 + 1), month_name(end % 12 + 1),
                  begin / 12);
    else
        text_addf(out, "%s %d", month_name(begin % 12 + 1), begin / 12);
}

void period_short(const Periods *periods, uint32_t period, Text *out)
{
    int32_t begin = begin_month(periods, period);
    int32_t end = begin + (int32_t)periods->months - 1;
    if (periods->months > 12)
        text_addf(out, "%d-%02d", begin / 12, end / 12 % 100);
    else if (periods->months == 12)
        text_addf(out, "%d", begin / 12);
    else if (periods->months > 1)
        text_addf(out, "%.3s-%.3s %02d", month_name(begin % 12 + 1), month_name(end % 12 + 1),
                  begin / 12 % 100);
    else
        text_addf(out, "%.3s %02d", month_name(begin % 12 + 1), begin / 12 % 100);
}

const char *periods_name(const Periods *periods)
{
    return periods->months == 1    ? "month"
           : periods->months == 3  ? "quarter"
           : periods->months == 12 ? "year"
                                   : "period";
}
