#include "log/columns.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "lang/suggest.h"

enum { HEADINGS_SHOWN = 24 };

const char *const column_names[LOG_COLUMNS] = {
    [COLUMN_CASE] = "case", [COLUMN_ACTIVITY] = "activity",
    [COLUMN_TIME] = "time", [COLUMN_PERSON] = "person",
    [COLUMN_ROLE] = "role", [COLUMN_LIFECYCLE] = "lifecycle",
};

/* Headings met in the wild, in any case of letters (replay.md, section 5). Those of
 * the XES standard, marked, come before all others: exports that have both repeat
 * the same column. org:group is a team or a ward, not a role, and is never taken for
 * one. */
static const struct {
    LogColumn column;
    bool is_standard;
    const char *heading;
} known[] = {
    {COLUMN_CASE, true, "case:concept:name"},
    {COLUMN_CASE, false, "case_id"},
    {COLUMN_CASE, false, "case id"},
    {COLUMN_CASE, false, "caseid"},
    {COLUMN_CASE, false, "case"},
    {COLUMN_CASE, false, "case reference"},
    {COLUMN_CASE, false, "patient"},
    {COLUMN_CASE, false, "child"},
    {COLUMN_CASE, false, "child id"},
    {COLUMN_CASE, false, "child unique id"},
    {COLUMN_ACTIVITY, true, "concept:name"},
    {COLUMN_ACTIVITY, false, "activity"},
    {COLUMN_ACTIVITY, false, "handling"},
    {COLUMN_ACTIVITY, false, "event"},
    {COLUMN_ACTIVITY, false, "type"},
    {COLUMN_TIME, true, "time:timestamp"},
    {COLUMN_TIME, false, "timestamp"},
    {COLUMN_TIME, false, "complete timestamp"},
    {COLUMN_TIME, false, "time"},
    {COLUMN_TIME, false, "date"},
    {COLUMN_TIME, false, "end_time"},
    {COLUMN_PERSON, true, "org:resource"},
    {COLUMN_PERSON, false, "resource"},
    {COLUMN_PERSON, false, "employee"},
    {COLUMN_PERSON, false, "person"},
    {COLUMN_PERSON, false, "worker"},
    {COLUMN_PERSON, false, "allocated worker"},
    {COLUMN_ROLE, true, "org:role"},
    {COLUMN_ROLE, false, "role"},
    {COLUMN_ROLE, false, "allocated team"},
    {COLUMN_LIFECYCLE, true, "lifecycle:transition"},
};

/* ---- messages ------------------------------------------------------------------ */

static void list_headings(const LogText *headings, uint32_t count, Text *out)
{
    for (uint32_t i = 0; i < count && i < HEADINGS_SHOWN; i++) {
        int shown = headings[i].length > 40 ? 40 : (int)headings[i].length;
        text_addf(out, "%s'%.*s'", i ? ", " : "", shown, headings[i].text);
    }
    if (count > HEADINGS_SHOWN)
        text_addf(out, " and %u more", count - HEADINGS_SHOWN);
}

typedef struct Search {
    const LogText *headings;
    uint32_t count;
    const char *path;
    Error *err;
} Search;

/* `what` ends before the list of headings. */
static bool complain(const Search *search, const char *what)
{
    Text list = {0};
    list_headings(search->headings, search->count, &list);
    error_set(search->err, "%s: %s; the headings are %s", search->path, what, text_get(&list));
    text_clear(&list);
    return false;
}

static bool says(LogText heading, const char *name, bool exactly)
{
    return strlen(name) == heading.length &&
           (exactly ? memcmp(heading.text, name, heading.length)
                    : strncasecmp(heading.text, name, heading.length)) == 0;
}

/* ---- columns that somebody named -------------------------------------------------- */

static bool not_there(const Search *search, const char *heading)
{
    Suggestion meant = suggest_begin(heading);
    Text what = {0};
    char *best = NULL;
    for (uint32_t i = 0; i < search->count; i++) {
        char *name = mem_strndup(search->headings[i].text, search->headings[i].length);
        suggest_try(&meant, name);
        if (meant.best == i) {
            free(best);
            best = name;
        } else {
            free(name);
        }
    }
    text_addf(&what, "no column is headed '%s'", heading);
    if (best)
        text_addf(&what, " (did you mean '%s'?)", best);
    complain(search, text_get(&what));
    text_clear(&what);
    free(best);
    return false;
}

static bool find_named(const Search *search, const char *heading, uint32_t *at)
{
    *at = NO_COLUMN;
    for (uint32_t i = 0; i < search->count; i++) {
        if (!says(search->headings[i], heading, true))
            continue;
        if (*at != NO_COLUMN)
            return error_set(search->err,
                             "%s: columns %u and %u are both headed '%s': rename one of them",
                             search->path, *at + 1, i + 1, heading);
        *at = i;
    }
    return *at != NO_COLUMN || not_there(search, heading);
}

/* ---- columns that are detected ------------------------------------------------------- */

/* How many headings are known for `column`; *at is the first of them. */
static uint32_t candidates(const Search *search, LogColumn column, bool standard, uint32_t *at)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < search->count; i++) {
        for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
            if (known[k].column == column && known[k].is_standard == standard &&
                says(search->headings[i], known[k].heading, false) && found++ == 0)
                *at = i;
        }
    }
    return found;
}

static bool detect(const Search *search, LogColumn column, uint32_t *at)
{
    *at = NO_COLUMN;
    uint32_t found = candidates(search, column, true, at);
    if (found == 0)
        found = candidates(search, column, false, at);
    bool needed = column <= COLUMN_TIME;
    if (found == 1 || (found == 0 && !needed))
        return true;
    Text what = {0};
    const char *name = column_names[column];
    if (found == 0)
        text_addf(&what, "which column is the %s does not show", name);
    else
        text_addf(&what, "several columns could be the %s", name);
    text_addf(&what, ": say which with --%s HEADING", name);
    if (!needed)
        text_addf(&what, " (or --%s '' for none)", name);
    complain(search, text_get(&what));
    text_clear(&what);
    return false;
}

static bool find_column(const Search *search, const Mapping *mapping, LogColumn column,
                        uint32_t *at)
{
    const char *named = mapping->columns[column];
    if (!named)
        return detect(search, column, at);
    *at = NO_COLUMN;
    bool unwanted = *named == '\0' && column > COLUMN_TIME;
    return unwanted || find_named(search, named, at);
}

static bool find_fact(const Search *search, const MappedFact *fact, uint32_t *at)
{
    *at = NO_COLUMN;
    for (uint32_t i = 0; fact->may_lack && *at == NO_COLUMN && i < search->count; i++)
        if (says(search->headings[i], fact->column, true))
            *at = i;
    return fact->may_lack || find_named(search, fact->column, at);
}

bool columns_find(Columns *columns, const Mapping *mapping, const LogText *headings,
                  uint32_t count, const char *path, Error *err)
{
    Search search = {headings, count, path, err};
    *columns = (Columns){.heading_count = count};
    columns->facts = mem_alloc_array(mapping->fact_count, sizeof *columns->facts);
    for (LogColumn column = 0; column < LOG_COLUMNS; column++)
        if (!find_column(&search, mapping, column, &columns->at[column]))
            return false;
    for (uint32_t i = 0; i < mapping->fact_count; i++)
        if (!find_fact(&search, &mapping->facts[i], &columns->facts[i]))
            return false;
    return true;
}

static void describe_one(const char *name, LogText heading, Text *out)
{
    if (out->length)
        text_add(out, ", ");
    text_addf(out, "%s \"%.*s\"", name, (int)heading.length, heading.text);
}

void columns_describe(const Columns *columns, const Mapping *mapping, const LogText *headings,
                      Text *out)
{
    for (LogColumn column = 0; column < LOG_COLUMNS; column++)
        if (columns->at[column] != NO_COLUMN)
            describe_one(column_names[column], headings[columns->at[column]], out);
    for (uint32_t i = 0; i < mapping->fact_count; i++)
        if (columns->facts[i] != NO_COLUMN)
            describe_one(mapping->facts[i].fact, headings[columns->facts[i]], out);
}

void columns_clear(Columns *columns)
{
    free(columns->facts);
    *columns = (Columns){0};
}
