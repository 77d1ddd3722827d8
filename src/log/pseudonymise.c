#include "log/pseudonymise.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* ---- ids ----------------------------------------------------------------------------- */

/* What `text` is to this key, as a `kind` of thing: a case and a person of one name have
 * nothing in common. */
static void keyed_hash(const uint8_t *key, const char *kind, const char *text, uint8_t *hash,
                       size_t length)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, key, PSEUDONYM_KEY_BYTES, length);
    crypto_generichash_update(&state, (const unsigned char *)kind, strlen(kind) + 1);
    crypto_generichash_update(&state, (const unsigned char *)text, strlen(text));
    crypto_generichash_final(&state, hash, length);
}

/* Letters and digits that are not taken for one another (Crockford's base 32). 15 of
 * them are 75 bits: among a million cases two share an id once in 10^11 keys. */
void pseudonym(const uint8_t key[PSEUDONYM_KEY_BYTES], const char *kind, const char *text,
               char out[PSEUDONYM_TEXT_MAX])
{
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    enum { LETTERS = 15 };
    uint8_t hash[crypto_generichash_BYTES_MIN];
    keyed_hash(key, kind, text, hash, sizeof hash);
    size_t at = strlen(kind);
    memcpy(out, kind, at);
    out[at++] = '-';
    for (int i = 0; i < LETTERS; i++)
        out[at++] = digits[hash[i] & 31];
    out[at] = '\0';
}

int32_t pseudonym_weeks(const uint8_t key[PSEUDONYM_KEY_BYTES], const char *case_id)
{
    uint8_t hash[crypto_generichash_BYTES_MIN];
    keyed_hash(key, case_id ? "weeks of a case" : "weeks", case_id ? case_id : "", hash,
               sizeof hash);
    return (hash[0] << 8 | hash[1]) % PSEUDONYM_WEEKS + 1;
}

/* ---- dates ---------------------------------------------------------------------------- */

bool pseudonym_moment(Zone zone, Moment at, int32_t weeks, Moment *moved, Error *err)
{
    bool date_only = moment_rank(at) == RANK_DATE_ONLY;
    LocalTime local = {.day = moment_day(zone, at)};
    if (!date_only)
        local = local_from_instant(zone, moment_instant(at));
    local.day -= 7 * weeks;
    if (!day_is_valid(local.day))
        return error_kind(err, ERROR_LIMIT, "a date of the log, moved back, lies before 1900");
    *moved = moment_of_date(zone, local.day);
    if (date_only)
        return true;
    Instant instant;
    if (instant_from_local(zone, local, &instant) == LOCAL_NEVER) {
        local.ms += (int32_t)HOUR_MS;
        instant_from_local(zone, local, &instant);
    }
    *moved = moment_at(instant, moment_rank(at));
    return true;
}

/* 01/02/2021, 1.2.2021 or 1-2-2021; *used: its bytes. */
static bool read_numbers(const char *value, int parts[3], size_t *used)
{
    const char *at = value;
    for (int i = 0; i < 3; i++) {
        size_t digits = strspn(at, "0123456789");
        if (digits < 1 || digits > 4 || (i == 2 && digits != 4) || (i < 2 && digits > 2))
            return false;
        parts[i] = 0;
        for (size_t k = 0; k < digits; k++)
            parts[i] = parts[i] * 10 + (at[k] - '0');
        at += digits;
        if (i < 2 && !(*at && strchr("/.-", *at++)))
            return false;
    }
    *used = (size_t)(at - value);
    return true;
}

/* A time of day that follows goes: its offset would be that of another season. */
static bool is_time(const char *rest)
{
    return (*rest == 'T' || *rest == ' ') && !rest[strspn(rest, "T 0123456789:.+-Z")];
}

static bool add_moved(Day day, int32_t weeks, const char *rest, Text *out, Error *err)
{
    char text[DAY_TEXT_MAX];
    if (!day_is_valid(day - 7 * weeks))
        return error_kind(err, ERROR_LIMIT, "a date of the log, moved back, lies before 1900");
    day_format(day - 7 * weeks, text);
    text_add(out, text);
    text_add(out, is_time(rest) ? "" : rest);
    return true;
}

bool pseudonym_value(const char *value, DateOrder order, int32_t weeks, Text *out, Error *err)
{
    Day day;
    int parts[3];
    size_t used;
    if (strlen(value) >= 10 && day_parse_bytes(value, 10, &day))
        return add_moved(day, weeks, value + 10, out, err);
    if (!read_numbers(value, parts, &used)) {
        text_add(out, value);
        return true;
    }
    if (order != DATES_DAY_FIRST && order != DATES_MONTH_FIRST)
        return error_set(err,
                         "'%.40s' in a column that is to be kept may be a date: say in which "
                         "order, for example --dates 'day month year'",
                         value);
    bool day_first = order == DATES_DAY_FIRST;
    Civil civil = {parts[2], parts[day_first ? 1 : 0], parts[day_first ? 0 : 1]};
    if (!civil_is_valid(civil) || !day_is_valid(day_from_civil(civil)))
        return error_set(err, "'%.40s' in a column that is to be kept is no date that exists",
                         value);
    return add_moved(day_from_civil(civil), weeks, value + used, out, err);
}

/* ---- the log ------------------------------------------------------------------------------
 */

/* What visiting has in hand. */
typedef struct Visit {
    const Pseudonymise *wish;
    const Mapping *mapping;
    PseudonymiseTotals *totals;
    char (*people)[PSEUDONYM_TEXT_MAX]; /* owned; by person */
    const char **values;                /* owned; by column */
    Text *cells;                        /* owned; by column */
} Visit;

/* A case and its new id. */
typedef struct NewCase {
    char id[PSEUDONYM_TEXT_MAX];
    const LogCase *one;
} NewCase;

/* Everything has been read. */
static bool begin_extract(void *context, const Log *log, Error *err)
{
    (void)err;
    Visit *visit = context;
    visit->people = mem_alloc_array(log->people.count + 1u, sizeof *visit->people);
    for (uint32_t i = 1; i < log->people.count; i++)
        pseudonym(visit->wish->key, "person", log->people.texts[i], visit->people[i]);
    visit->wish->writer->zone = log->zone;
    log_write_begin(visit->wish->writer);
    return true;
}

static bool keep_values(Visit *visit, const LogPart *part, const LogRow *row, int32_t weeks,
                        Error *err)
{
    for (uint32_t column = 0; column < visit->wish->writer->fact_count; column++) {
        visit->values[column] = NULL;
        for (uint32_t i = 0; i < row->value_count; i++) {
            LogValue value = part->log->row_values[row->first_value + i];
            if (value.fact != visit->wish->kept[column])
                continue;
            text_reset(&visit->cells[column]);
            if (!pseudonym_value(part->log->values.texts[value.text], visit->mapping->dates,
                                 weeks, &visit->cells[column], err))
                return false;
            visit->values[column] = text_get(&visit->cells[column]);
        }
    }
    return true;
}

static int32_t weeks_of(const Pseudonymise *wish, const char *case_id)
{
    if (wish->shift == SHIFT_NONE)
        return 0;
    return pseudonym_weeks(wish->key, wish->shift == SHIFT_CASE ? case_id : NULL);
}

static bool write_case(Visit *visit, const LogPart *part, const NewCase *made, Error *err)
{
    const Pseudonymise *wish = visit->wish;
    const Log *log = part->log;
    int32_t weeks = weeks_of(wish, log->cases.texts[made->one->name]);
    for (uint32_t i = 0; i < made->one->row_count; i++) {
        const LogRow *row = &part->rows[made->one->first_row + i];
        LogWriteRow out = {.case_id = made->id,
                           .activity = log->activities.texts[row->activity],
                           .person = visit->people[row->person],
                           .role = row->role ? log->roles.texts[row->role] : "",
                           .values = visit->values};
        if (!pseudonym_moment(log->zone, row->at, weeks, &out.at, err) ||
            !keep_values(visit, part, row, weeks, err))
            return false;
        log_write_row(wish->writer, &out);
    }
    visit->totals->cases++;
    visit->totals->rows += made->one->row_count;
    return wish->flush(wish->context, err);
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const NewCase *)a)->id, ((const NewCase *)b)->id);
}

static bool write_part(void *context, unsigned worker, uint32_t number, const LogPart *part,
                       Error *err)
{
    (void)worker, (void)number;
    Visit *visit = context;
    NewCase *made = mem_alloc_array(part->case_count + 1u, sizeof *made);
    uint32_t count = 0;
    for (uint32_t i = 0; i < part->case_count; i++) {
        const LogCase *one = &part->cases[i];
        if (one->has_set_aside) {
            visit->totals->left_out++;
            continue;
        }
        made[count].one = one;
        pseudonym(visit->wish->key, "case", part->log->cases.texts[one->name], made[count].id);
        count++;
    }
    qsort(made, count, sizeof *made, by_id);
    bool done = true;
    for (uint32_t i = 0; done && i < count; i++)
        done = write_case(visit, part, &made[i], err);
    free(made);
    return done;
}

bool pseudonymise(const Pseudonymise *wish, const LogRequest *request,
                  PseudonymiseTotals *totals, Error *err)
{
    *totals = (PseudonymiseTotals){0};
    if (sodium_init() < 0)
        return error_kind(err, ERROR_INTERNAL, "libsodium cannot start");
    uint32_t columns = wish->writer->fact_count;
    Visit visit = {.wish = wish, .mapping = request->mapping, .totals = totals};
    visit.values = mem_alloc_array(columns + 1u, sizeof *visit.values);
    visit.cells = mem_alloc_array(columns + 1u, sizeof *visit.cells);
    Log log = {0};
    bool done = log_visit(request, begin_extract, write_part, &visit, &log, err);
    for (int i = 0; i < SET_ASIDE_COUNT; i++)
        totals->set_aside += log.set_aside_by[i];
    totals->zone_assumed = log.zone_assumed;
    log_clear(&log);
    for (uint32_t i = 0; i < columns; i++)
        text_clear(&visit.cells[i]);
    free(visit.people);
    free(visit.values);
    free(visit.cells);
    return done;
}
