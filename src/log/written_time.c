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

/* After the point. Each digit counts a tenth of the one before; what is shorter than
 * a millisecond is cut off. */
static bool read_fraction(Reading *r, int32_t *ms)
{
    int32_t worth = 100;
    int digits = 0;
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
    return (!skip(r, '.') && !skip(r, ',')) || read_fraction(r, &time->ms);
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
    if (!read_date(&r, time))
        return false;
    if (r.at == r.end)
        return true;
    time->has_time = true;
    if ((!skip(&r, 'T') && !skip(&r, ' ') && !skip(&r, 't')) || !read_clock(&r, time))
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
