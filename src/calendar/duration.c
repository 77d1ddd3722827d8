#include <string.h>

#include "base/limits.h"
#include "calendar/limit.h"

#define LONGEST_WORD 32

/* `most` is LIMIT_DURATION_DAYS in each unit. */
static const struct {
    Unit unit;
    const char *kind; /* the word before the unit, or NULL */
    const char *one, *many;
    int32_t most;
} units[] = {
    {UNIT_WORKING_DAYS, "working", "day", "days", LIMIT_DURATION_DAYS},
    {UNIT_CALENDAR_DAYS, "calendar", "day", "days", LIMIT_DURATION_DAYS},
    {UNIT_WORKING_HOURS, "working", "hour", "hours", LIMIT_DURATION_DAYS * 24},
    {UNIT_HOURS, NULL, "hour", "hours", LIMIT_DURATION_DAYS * 24},
    {UNIT_WEEKS, NULL, "week", "weeks", LIMIT_DURATION_DAYS / 7},
    {UNIT_MONTHS, NULL, "month", "months", LIMIT_DURATION_DAYS / 31},
    {UNIT_YEARS, NULL, "year", "years", LIMIT_DURATION_DAYS / 366},
};
#define UNIT_COUNT (sizeof units / sizeof units[0])

static size_t place_of(Unit unit)
{
    size_t at = 0;
    while (at < UNIT_COUNT && units[at].unit != unit)
        at++;
    return at;
}

int32_t duration_most(Unit unit)
{
    size_t at = place_of(unit);
    return at < UNIT_COUNT ? units[at].most : 0;
}

bool duration_check(Duration duration, Error *err)
{
    size_t at = place_of(duration.unit);
    if (duration.amount < 0)
        return error_kind(err, ERROR_LIMIT, "a duration cannot be less than nought");
    if (at < UNIT_COUNT && duration.amount > units[at].most)
        return error_kind(err, ERROR_LIMIT, "%d %s%s%s is too long: the most is %d",
                          duration.amount, units[at].kind ? units[at].kind : "",
                          units[at].kind ? " " : "", units[at].many, units[at].most);
    return true;
}

void duration_format(Duration duration, Text *out)
{
    size_t at = place_of(duration.unit);
    if (at == UNIT_COUNT) {
        text_add(out, duration.unit == UNIT_SAME_DAY ? "same day" : "immediately");
        return;
    }
    text_addf(out, "%d ", duration.amount);
    if (units[at].kind)
        text_addf(out, "%s ", units[at].kind);
    text_add(out, duration.amount == 1 ? units[at].one : units[at].many);
}

/* ---- reading ----------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The next word, empty at the end; false when it is longer than any we know. */
static bool read_word(const char **text, char word[LONGEST_WORD])
{
    const char *at = *text;
    while (is_blank(*at))
        at++;
    size_t length = 0;
    while (at[length] != '\0' && !is_blank(at[length]) && length < LONGEST_WORD)
        length++;
    if (length == LONGEST_WORD)
        return false;
    memcpy(word, at, length);
    word[length] = '\0';
    *text = at + length;
    return true;
}

/* False when it is not a whole number; what is too large becomes INT32_MAX,
 * which no unit allows. */
static bool read_amount(const char *word, int32_t *amount)
{
    int64_t number = 0;
    if (*word == '\0')
        return false;
    for (; *word != '\0'; word++) {
        if (*word < '0' || *word > '9')
            return false;
        if (number < INT32_MAX)
            number = number * 10 + (*word - '0');
    }
    *amount = number < INT32_MAX ? (int32_t)number : INT32_MAX;
    return true;
}

static bool not_a_duration(const char *text, Error *err)
{
    return error_set(
        err,
        "'%s' is not a duration; write for example 3 working days, 5 calendar days, "
        "24 hours, 4 working hours, 6 weeks, 3 months, 2 years or same day",
        text);
}

static bool is_unit(size_t at, const char *kind, const char *word)
{
    bool same_kind = units[at].kind ? strcmp(units[at].kind, kind) == 0 : *kind == '\0';
    return same_kind && (strcmp(units[at].one, word) == 0 || strcmp(units[at].many, word) == 0);
}

/* `words` are all of them; the unit's begin at the second. */
static bool read_unit(const char *text, int32_t amount, char words[5][LONGEST_WORD],
                      Duration *out, Error *err)
{
    bool has_kind = words[2][0] != '\0';
    const char *kind = has_kind ? words[1] : "", *word = has_kind ? words[2] : words[1];
    if (!has_kind && (strcmp(word, "day") == 0 || strcmp(word, "days") == 0))
        return error_set(err,
                         "'%s' does not say which days; write %d working %s or %d calendar %s",
                         text, amount, word, amount, word);
    for (size_t at = 0; at < UNIT_COUNT; at++) {
        if (!is_unit(at, kind, word))
            continue;
        if (amount > units[at].most)
            return error_kind(err, ERROR_LIMIT, "'%s' is too long: the most is %d", text,
                              units[at].most);
        *out = (Duration){amount, units[at].unit};
        return true;
    }
    return not_a_duration(text, err);
}

/* The two that have no number. */
static bool read_without_number(char words[5][LONGEST_WORD], Duration *out)
{
    if (strcmp(words[0], "same") == 0 && strcmp(words[1], "day") == 0 && words[2][0] == '\0') {
        *out = (Duration){0, UNIT_SAME_DAY};
        return true;
    }
    if (strcmp(words[0], "immediately") == 0 && words[1][0] == '\0') {
        *out = (Duration){0, UNIT_IMMEDIATELY};
        return true;
    }
    return false;
}

static bool is_range(char words[5][LONGEST_WORD])
{
    int32_t amount;
    return strcmp(words[1], "to") == 0 && read_amount(words[2], &amount);
}

bool duration_parse(const char *text, Duration *out, Error *err)
{
    char words[5][LONGEST_WORD];
    const char *rest = text;
    int32_t amount;
    for (size_t i = 0; i < 5; i++)
        if (!read_word(&rest, words[i]))
            return not_a_duration(text, err);
    if (read_without_number(words, out))
        return true;
    if (!read_amount(words[0], &amount))
        return not_a_duration(text, err);
    if (is_range(words))
        return error_set(err,
                         "'%s' is a range; write target %s %s%s%s limit %s %s%s%s if both are "
                         "meant",
                         text, words[0], words[3], *words[4] ? " " : "", words[4], words[2],
                         words[3], *words[4] ? " " : "", words[4]);
    if (words[3][0] != '\0')
        return not_a_duration(text, err);
    return read_unit(text, amount, words, out, err);
}
