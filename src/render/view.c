#include "render/view.h"

#include <stdlib.h>
#include <string.h>

void view_clear(CaseView *view)
{
    arena_clear(&view->arena);
    *view = (CaseView){0};
}

void answer_clear(Answer *answer)
{
    view_clear(&answer->view);
    *answer = (Answer){0};
}

void worklist_clear(Worklist *list)
{
    arena_clear(&list->arena);
    free(list->rows);
    *list = (Worklist){0};
}

void case_list_clear(CaseList *list)
{
    arena_clear(&list->arena);
    free(list->rows);
    *list = (CaseList){0};
}

const char *view_person(const CaseView *view, Person person)
{
    for (uint32_t i = 0; i < view->person_count; i++)
        if (view->people[i].number == person)
            return view->people[i].label ? view->people[i].label : view->people[i].login;
    return "somebody";
}

const char *view_fact_text(const CaseView *view, uint32_t fact, int64_t value)
{
    for (uint32_t i = 0; i < view->text_count; i++)
        if (view->texts[i].entry == value && view->texts[i].fact == fact)
            return view->texts[i].text;
    return NULL;
}

const char *view_login_label(const CaseView *view, const char *login)
{
    for (uint32_t i = 0; i < view->person_count; i++)
        if (strcmp(view->people[i].login, login) == 0)
            return view->people[i].label ? view->people[i].label : login;
    return login;
}

/* Entries stand in ascending order of their numbers. */
const EntryView *view_entry(const CaseView *view, int64_t number)
{
    uint32_t low = 0, high = view->entry_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (view->entries[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < view->entry_count && view->entries[low].number == number;
    return found ? &view->entries[low] : NULL;
}
