#include "log/written_time.h"

enum { LATEST_OFFSET = 14 * 60, MS_DIGITS = 3, FRACTION_DIGITS = 9 };

typedef struct Reading {
    const char *at, *end;
} Reading;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A number of `least` to `most` digits, all that stand there. */
static bool read_number(Reading *r, int least, int most, int *number)
{
    int digits = 0;
    *number = 0;
    for (; r->at < r->end && is_digit(*r->at) && digits <= most; r->at++, digits++)
        *number = *number * 10 + (*r->at - '0');
    return digits >= least && digits <= most;
}

static bool skip(Reading *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static bool read_date(Reading *r, WrittenTime *time)
{
    int first, second, third;
    const char *start = r->at;
    if (!read_number(r, 1, 4, &first))
        return false;
    time->year_first = r->at - start == 4;
    if (r->at == r->end || (*r->at != '-' && *r->at != '/' && *r->at != '.') ||
        (!time->year_first && r->at - start > 2))
        return false;
    time->separator = *r->at++;
    if (!read_number(r, 1, 2, &second) || !skip(r, time->separator))
        return false;
    if (!read_number(r, time->year_first ? 1 : 4, time->year_first ? 2 : 4, &third))
        return false;
    time->year = (int16_t)(time->year_first ? first : third);
    time->first = (int8_t)(time->year_first ? second : first);
    time->second = (int8_t)(time->year_first ? third : second);
    return true;
}

/* A point and what follows, if they are there. Each digit counts a tenth of the one
 * before; what is shorter than a millisecond is cut off. */
static bool read_fraction(Reading *r, int32_t *ms)
{
    int32_t worth = 100;
    int digits = 0;
    if (!skip(r, '.') && !skip(r, ','))
        return true;
    for (; r->at < r->end && is_digit(*r->at); r->at++, digits++, worth /= 10)
        if (digits < MS_DIGITS)
            *ms += (*r->at - '0') * worth;
    return digits <= FRACTION_DIGITS;
}

static bool read_clock(Reading *r, WrittenTime *time)
{
    int hour, minute, second = 0;
    if (!read_number(r, 1, 2, &hour) || !skip(r, ':') || !read_number(r, 2, 2, &minute))
        return false;
    if (skip(r, ':') && !read_number(r, 2, 2, &second))
        return false;
    if (hour > 23 || minute > 59 || second > 59)
        return false;
    time->ms = ((hour * 60 + minute) * 60 + second) * 1000;
    return true;
}

static bool read_offset(Reading *r, WrittenTime *time)
{
    time->has_offset = true;
    if (skip(r, 'Z') || skip(r, 'z'))
        return true;
    bool west = skip(r, '-');
    int hours, minutes = 0;
    if ((!west && !skip(r, '+')) || r->end - r->at < 2)
        return false;
    Reading pair = {r->at, r->at + 2};
    r->at += 2;
    if (!read_number(&pair, 2, 2, &hours))
        return false;
    skip(r, ':');
    if (r->at < r->end && !read_number(r, 2, 2, &minutes))
        return false;
    int east = hours * 60 + minutes;
    time->offset_minutes = (int16_t)(west ? -east : east);
    return minutes < 60 && east <= LATEST_OFFSET && r->at[-1] != ':';
}

/* Two figures as a number; more than 99 where they are none. */
static unsigned two_figures(const char *at)
{
    unsigned tens = (unsigned)(unsigned char)at[0] - '0';
    unsigned ones = (unsigned)(unsigned char)at[1] - '0';
    return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

/* 2011-12-06T13:41:31 with every figure in its place, as nearly all logs have it: the
 * same as read_date and read_clock make of it, in a fifth of the steps. False, with
 * nothing read, for whatever looks different. */
static bool read_whole(Reading *r, WrittenTime *time)
{
    const char *at = r->at;
    if (r->end - at < 19 || at[4] != '-' || at[7] != '-' || (at[10] != 'T' && at[10] != ' ') ||
        at[13] != ':' || at[16] != ':')
        return false;
    unsigned century = two_figures(at), year = two_figures(at + 2);
    unsigned month = two_figures(at + 5), day = two_figures(at + 8);
    unsigned hour = two_figures(at + 11), minute = two_figures(at + 14);
    unsigned second = two_figures(at + 17);
    if (century > 99 || year > 99 || month > 99 || day > 99 || hour > 23 || minute > 59 ||
        second > 59)
        return false;
    *time = (WrittenTime){.year = (int16_t)(century * 100 + year),
                          .first = (int8_t)month,
                          .second = (int8_t)day,
                          .year_first = true,
                          .has_time = true,
                          .separator = '-',
                          .ms = (int32_t)((hour * 60 + minute) * 60 + second) * 1000};
    r->at += 19;
    return true;
}

static Reading trimmed(const char *text, size_t length)
{
    Reading r = {text, text + length};
    while (r.at < r.end && (*r.at == ' ' || *r.at == '\t'))
        r.at++;
    while (r.end > r.at && (r.end[-1] == ' ' || r.end[-1] == '\t'))
        r.end--;
    return r;
}

bool written_time_parse(const char *text, size_t length, WrittenTime *time)
{
    Reading r = trimmed(text, length);
    *time = (WrittenTime){0};
    if (!read_whole(&r, time)) {
        if (!read_date(&r, time))
            return false;
        if (r.at == r.end)
            return true;
        time->has_time = true;
        if ((!skip(&r, 'T') && !skip(&r, ' ') && !skip(&r, 't')) || !read_clock(&r, time))
            return false;
    }
    if (!read_fraction(&r, &time->ms))
        return false;
    if (r.at == r.end)
        return true;
    skip(&r, ' ');
    return read_offset(&r, time) && r.at == r.end;
}

bool is_spreadsheet_day(const char *text, size_t length)
{
    Reading r = trimmed(text, length);
    int day;
    if (!read_number(&r, 5, 5, &day) || day < 10000)
        return false;
    if (skip(&r, '.') || skip(&r, ','))
        while (r.at < r.end && is_digit(*r.at))
            r.at++;
    return r.at == r.end;
}
