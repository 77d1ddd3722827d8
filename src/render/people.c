#include "render/people.h"

#include <string.h>

#include "base/json.h"
#include "render/safe.h"

static bool is_over(const Stretch *stretch, Day today)
{
    return stretch->until != DAY_NONE && stretch->until < today;
}

/* from Friday 1 January 2021 until Friday 30 April 2021 (over) */
static void add_days(const Stretch *stretch, Day today, Text *out)
{
    char day[DAY_TEXT_MAX];
    day_format_long(stretch->from, day);
    text_addf(out, " from %s", day);
    if (stretch->until != DAY_NONE) {
        day_format_long(stretch->until, day);
        text_addf(out, " until %s", day);
    }
    text_add(out, is_over(stretch, today) ? " (over)"
                  : stretch->from > today ? " (not yet)"
                                          : "");
}

static void add_person(const PersonLine *person, Day today, Text *out)
{
    safe_add(out, person->name);
    if (strcmp(person->name, person->login) != 0) {
        text_add(out, "  (");
        safe_add(out, person->login);
        text_add_char(out, ')');
    }
    text_add(out, person->roles ? "\n" : "\n  holds no role\n");
    for (const Stretch *role = person->roles; role; role = role->next) {
        text_add(out, "  ");
        safe_add(out, role->words);
        add_days(role, today, out);
        text_add_char(out, '\n');
    }
    for (const Stretch *away = person->absences; away; away = away->next) {
        text_add(out, "  away");
        add_days(away, today, out);
        text_add(out, away->words ? ": " : "");
        safe_add(out, away->words ? away->words : "");
        text_add_char(out, '\n');
    }
}

void people_text(const PeopleList *list, Day today, Text *out)
{
    if (!list->first)
        text_add(out, "There is nobody yet: 'casewright people add' adds somebody.\n");
    for (const PersonLine *person = list->first; person; person = person->next)
        add_person(person, today, out);
}

static void add_stretches(Json *json, const char *key, const char *words,
                          const Stretch *stretch, Day today)
{
    json_array_begin(json, key);
    for (; stretch; stretch = stretch->next) {
        char from[DAY_TEXT_MAX], until[DAY_TEXT_MAX];
        day_format(stretch->from, from);
        day_format(stretch->until, until);
        json_object_begin(json, NULL);
        json_text(json, words, stretch->words);
        json_text(json, "from", from);
        json_text(json, "until", stretch->until == DAY_NONE ? NULL : until);
        json_bool(json, "today", stretch->from <= today && !is_over(stretch, today));
        json_object_end(json);
    }
    json_array_end(json);
}

void people_json(const PeopleList *list, Day today, Text *out)
{
    Json json = {.out = out, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/people/1");
    json_array_begin(&json, "people");
    for (const PersonLine *person = list->first; person; person = person->next) {
        json_object_begin(&json, NULL);
        json_text(&json, "login", person->login);
        json_text(&json, "name", person->name);
        add_stretches(&json, "roles", "role", person->roles, today);
        add_stretches(&json, "absences", "reason", person->absences, today);
        json_object_end(&json);
    }
    json_array_end(&json);
    json_object_end(&json);
    text_add_char(out, '\n');
}

void people_clear(PeopleList *list)
{
    arena_clear(&list->arena);
    *list = (PeopleList){0};
}
