#include "replay/threshold.h"

#include <string.h>

static const struct {
    const char *name, *what, *of;
} kinds[THRESHOLD_KINDS] = {
    [THRESHOLD_LATE] = {"late", "late or overdue", "duties that fell due"},
    [THRESHOLD_BROKEN] = {"broken", "against a rule", "cases"},
    [THRESHOLD_CANNOT_JUDGE] = {"cannot-judge", "not to be judged", "cases"},
};

static bool wrong(const char *text, const char *why, Error *err)
{
    return error_kind(err, ERROR_USAGE,
                      "'--fail-if %s': %s; for example: 'late > 5%%', 'broken > 0', "
                      "'cannot-judge >= 2.5%%'",
                      text, why);
}

static bool read_kind(const char **at, ThresholdKind *kind)
{
    for (int i = 0; i < THRESHOLD_KINDS; i++) {
        size_t length = strlen(kinds[i].name);
        if (strncmp(*at, kinds[i].name, length) != 0 || !strchr(" >", (*at)[length]))
            continue;
        *kind = (ThresholdKind)i;
        *at += length;
        return true;
    }
    return false;
}

static void skip_blanks(const char **at)
{
    *at += strspn(*at, " ");
}

/* Digits, at most nine of them; *count tells how many. */
static uint64_t read_digits(const char **at, int *count)
{
    uint64_t number = 0;
    for (*count = 0; **at >= '0' && **at <= '9' && *count < 10; ++*count, ++*at)
        number = number * 10 + (uint64_t)(**at - '0');
    return number;
}

/* 5, 5% or 2.75%; nothing finer than a hundredth of a per cent. */
static bool read_amount(const char **at, Threshold *threshold)
{
    int whole, parts = 0;
    uint64_t number = read_digits(at, &whole), part = 0;
    if (whole == 0 || whole > 9)
        return false;
    if (**at == '.') {
        ++*at;
        part = read_digits(at, &parts);
        if (parts == 0 || parts > 2)
            return false;
    }
    skip_blanks(at);
    threshold->is_share = **at == '%';
    if (!threshold->is_share && parts)
        return false;
    *at += threshold->is_share;
    threshold->amount =
        threshold->is_share ? number * 100 + part * (parts == 1 ? 10 : 1) : number;
    return !threshold->is_share || threshold->amount <= 10000;
}

bool threshold_parse(const char *text, Threshold *threshold, Error *err)
{
    const char *at = text;
    *threshold = (Threshold){0};
    skip_blanks(&at);
    if (!read_kind(&at, &threshold->kind))
        return wrong(text, "it begins with late, broken or cannot-judge", err);
    skip_blanks(&at);
    if (*at != '>')
        return wrong(text, "'>' or '>=' comes next", err);
    at++;
    threshold->at_least = *at == '=';
    at += threshold->at_least;
    skip_blanks(&at);
    if (!read_amount(&at, threshold))
        return wrong(text, "a number comes last, or a share from 0% to 100%", err);
    skip_blanks(&at);
    return !*at || wrong(text, "nothing may follow the number", err);
}

static void count(ThresholdKind kind, const Result *result, uint64_t *part, uint64_t *of)
{
    *part = kind == THRESHOLD_BROKEN ? result->outcomes[CASE_BREAKS]
                                     : result->outcomes[CASE_CANNOT_BE_JUDGED];
    *of = result->cases;
    if (kind != THRESHOLD_LATE)
        return;
    *part = *of = 0;
    for (uint32_t i = 0; i < result->duty_count; i++) {
        const DutySum *duty = &result->duties[i];
        *part += duty->late + duty->open_overdue - duty->accepted;
        *of += duty->fell_due;
    }
}

bool threshold_is_exceeded(const Threshold *threshold, const Result *result, Text *out)
{
    uint64_t part, of;
    count(threshold->kind, result, &part, &of);
    uint64_t is = threshold->is_share ? part * 10000 : part;
    uint64_t most = threshold->is_share ? threshold->amount * of : threshold->amount;
    bool exceeded = is > most || (threshold->at_least && is == most);
    if (!exceeded || (threshold->is_share && of == 0))
        return false;
    uint64_t hundredths = of ? part * 10000 / of : 0;
    text_addf(out, "%s: %llu of %llu %s (%llu.%02llu%%), and ", kinds[threshold->kind].what,
              (unsigned long long)part, (unsigned long long)of, kinds[threshold->kind].of,
              (unsigned long long)hundredths / 100, (unsigned long long)hundredths % 100);
    if (!threshold->at_least)
        text_add(out, "more than ");
    if (threshold->is_share)
        text_addf(out, "%llu.%02llu%%", (unsigned long long)threshold->amount / 100,
                  (unsigned long long)threshold->amount % 100);
    else
        text_addf(out, "%llu", (unsigned long long)threshold->amount);
    text_add(out, threshold->at_least ? " or more is too much" : " is too much");
    return true;
}
