#include "store/store.h"

#include <stdio.h>

#include "store/store_internal.h"

static void read_person(Query *query, PersonRow *row)
{
    *row = (PersonRow){.id = column_number(query)};
    row->login = column_text(query);
    row->name = column_text(query);
    row->added = column_number(query);
}

bool store_person_add(Store *store, PersonRow *row, Error *err)
{
    Query query = query_start(store, STATEMENT_PERSON_ADD, err);
    bind_text(&query, row->login, err);
    bind_text(&query, row->name, err);
    bind_number(&query, row->added);
    if (!query_run(&query, err))
        return false;
    if (sqlite3_changes(store->db) == 0)
        return error_kind(err, ERROR_REFUSED, "there is a person '%s' already", row->login);
    row->id = sqlite3_last_insert_rowid(store->db);
    return true;
}

static bool found_person(Query *query, PersonRow *row, bool *found, Error *err)
{
    *found = query_row_kept(query, KEPT_PERSON, err);
    if (*found)
        read_person(query, row);
    return query_end(query, err);
}

bool store_person_find(Store *store, const char *login, PersonRow *row, bool *found, Error *err)
{
    Query query = query_start(store, STATEMENT_PERSON_FIND, err);
    bind_text(&query, login, err);
    return found_person(&query, row, found, err);
}

bool store_person_get(Store *store, int64_t id, PersonRow *row, bool *found, Error *err)
{
    Query query = query_start(store, STATEMENT_PERSON_GET, err);
    bind_number(&query, id);
    return found_person(&query, row, found, err);
}

bool store_people(Store *store, PersonVisit visit, void *context, Error *err)
{
    PersonRow row;
    err->kind = ERROR_NONE;
    Query query = query_start(store, STATEMENT_PEOPLE, err);
    while (query_row(&query, err)) {
        read_person(&query, &row);
        if (!visit(context, &row, err))
            break;
    }
    return query_end(&query, err) && err->kind == ERROR_NONE;
}

bool person_login(Store *store, int64_t person, Login *login, const char **text, Error *err)
{
    *text = NULL;
    if (person == 0)
        return true;
    Query query = query_start(store, STATEMENT_PERSON_LOGIN, err);
    bind_number(&query, person);
    if (query_row(&query, err)) {
        const char *found = column_text(&query);
        snprintf(login->text, sizeof login->text, "%s", found ? found : "");
        *text = login->text;
    }
    if (!query_end(&query, err))
        return false;
    return *text || error_kind(err, ERROR_NOT_FOUND, "there is no person with the number %lld",
                               (long long)person);
}

/* ---- roles held ------------------------------------------------------------------- */

bool store_holds_add(Store *store, const HoldsRow *row, Error *err)
{
    Query query = query_start(store, STATEMENT_HOLDS_ADD, err);
    bind_number(&query, row->person);
    bind_text(&query, row->role, err);
    bind_number(&query, row->from);
    bind_number_or_null(&query, row->to, DAY_NONE);
    return query_run(&query, err);
}

bool store_holds_end(Store *store, int64_t person, const char *role, Day day, bool *ended,
                     Error *err)
{
    *ended = false;
    Query query = query_start(store, STATEMENT_HOLDS_END, err);
    bind_number(&query, person);
    bind_text(&query, role, err);
    bind_number(&query, day);
    if (!query_run(&query, err))
        return false;
    *ended = sqlite3_changes(store->db) > 0;
    return true;
}

bool store_holds(Store *store, int64_t person, const char *role, Day day, bool *holds,
                 Error *err)
{
    Query query = query_start(store, STATEMENT_HOLDS_ASK, err);
    bind_number(&query, person);
    bind_text(&query, role, err);
    bind_number(&query, day);
    *holds = query_row(&query, err);
    return query_end(&query, err);
}

bool store_holds_list(Store *store, int64_t person, Day day, HoldsVisit visit, void *context,
                      Error *err)
{
    err->kind = ERROR_NONE;
    Query query = query_start(store, STATEMENT_HOLDS_LIST, err);
    bind_number(&query, person);
    bind_number_or_null(&query, day, DAY_NONE);
    while (query_row(&query, err)) {
        HoldsRow row = {.person = column_number(&query)};
        row.login = column_text(&query);
        row.role = column_text(&query);
        row.from = (Day)column_number(&query);
        row.to = (Day)column_number_or(&query, DAY_NONE);
        if (!visit(context, &row, err))
            break;
    }
    return query_end(&query, err) && err->kind == ERROR_NONE;
}

/* ---- absences ----------------------------------------------------------------------- */

bool store_absence_add(Store *store, const AbsenceRow *row, Error *err)
{
    Query query = query_start(store, STATEMENT_ABSENCE_ADD, err);
    bind_number(&query, row->person);
    bind_number(&query, row->from);
    bind_number_or_null(&query, row->to, DAY_NONE);
    bind_text(&query, row->note, err);
    return query_run(&query, err);
}

bool store_absent(Store *store, int64_t person, Day day, bool *absent, Error *err)
{
    Query query = query_start(store, STATEMENT_ABSENCE_ASK, err);
    bind_number(&query, person);
    bind_number(&query, day);
    *absent = query_row(&query, err);
    return query_end(&query, err);
}

bool store_absences(Store *store, int64_t person, AbsenceVisit visit, void *context, Error *err)
{
    err->kind = ERROR_NONE;
    Query query = query_start(store, STATEMENT_ABSENCES, err);
    bind_number(&query, person);
    while (query_row(&query, err)) {
        AbsenceRow row = {.person = column_number(&query)};
        row.login = column_text(&query);
        row.from = (Day)column_number(&query);
        row.to = (Day)column_number_or(&query, DAY_NONE);
        row.note = column_text(&query);
        if (!visit(context, &row, err))
            break;
    }
    return query_end(&query, err) && err->kind == ERROR_NONE;
}
