/* Dates and times as logs write them, taken apart but not yet understood: which of
 * two numbers is the day is decided for a whole file, never for one row. Read are
 *
 *     2011-12-06T13:41:31.788+01:00   year first; T or a blank; fraction of 0 to 9 digits,
 *                                     shorter than a millisecond cut off; Z, +01:00,
 *                                     +0100, +01 or nothing
 *     2011-12-06                      the date alone, which is not midnight
 *     06/12/2011 13:41                and 6/12/2011; the same with - or . for /
 *
 * and nothing else: no names of months, years of two digits, 24:00, leap seconds. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct WrittenTime {
    int16_t year;
    int8_t first, second; /* the other numbers as they stand; year first: month and day */
    bool year_first, has_time, has_offset;
    char separator;         /* - or / or . */
    int16_t offset_minutes; /* east of UTC */
    int32_t ms;             /* since midnight by the wall clock */
} WrittenTime;

/* False for what is not of these forms. The numbers may still make no date: that
 * depends on the order. Blanks around are passed over. */
bool written_time_parse(const char *text, size_t length, WrittenTime *time);

/* A spreadsheet's day number, such as 45321 or 45321.5: what is left of a date that
 * was saved without its format. */
bool is_spreadsheet_day(const char *text, size_t length);
