/* What was lived through, in words and as a scenario. */
#include "analysis/explore.h"

static uint32_t path_to(const Explorer *explorer, uint32_t step, uint32_t *path, uint32_t most)
{
    uint32_t count = 0;
    for (int32_t at = (int32_t)step; at >= 0 && count < most; at = explorer->steps[at].parent)
        path[count++] = (uint32_t)at;
    return count;
}

#define PATH_MAX_STEPS 64

static const char *entry_name(const Explorer *explorer, const Entry *entry)
{
    if (entry->kind == ENTRY_APPROVE)
        return explorer->analysis->program
            ->events[explorer->steps[entry->refers_to - 1].entry.name]
            .name;
    return explorer->analysis->program->events[entry->name].name;
}

static void write_facts(const Explorer *explorer, const Entry *entry, Text *out)
{
    const Analysis *analysis = explorer->analysis;
    for (uint32_t i = 0; i < entry->fact_count; i++) {
        uint32_t fact = entry->facts[i].fact;
        Piece piece = {entry->facts[i].value, entry->facts[i].value};
        text_addf(out, "%s%s is ", i ? ", " : " with ", analysis->flow->fact_at[fact]->name);
        domain_write(analysis->flow->fact_at[fact], &piece, out);
    }
}

void explore_write_story(const Explorer *explorer, uint32_t step, Text *out)
{
    uint32_t path[PATH_MAX_STEPS];
    uint32_t count = path_to(explorer, step, path, PATH_MAX_STEPS);
    Zone zone = explorer->analysis->program->zone;
    while (count--) {
        const ExploreStep *each = &explorer->steps[path[count]];
        char when[TIME_TEXT_MAX];
        instant_format_long(zone, moment_instant(each->entry.at), when);
        text_addf(out, "%s: ", when);
        if (each->passes)
            text_add(out, "nothing more has happened");
        else
            text_add(out, entry_name(explorer, &each->entry));
        if (each->entry.kind == ENTRY_APPROVE)
            text_add(out, " is approved");
        if (each->entry.kind == ENTRY_NOT_NEEDED)
            text_add(out, " is marked not needed");
        write_facts(explorer, &each->entry, out);
        text_add(out, count ? "\n" : "");
    }
}

static bool asks_reason(const Explorer *explorer, const Entry *entry)
{
    if (entry->kind == ENTRY_NOT_NEEDED)
        return true;
    if (entry->kind == ENTRY_APPROVE)
        return false;
    const Program *program = explorer->analysis->program;
    const EventInfo *event = &program->events[entry->name];
    for (uint32_t i = 0; i < event->works.count; i++)
        if (program->works[program->indices[event->works.first + i]].reasons.count)
            return true;
    return event->reasons.count > 0;
}

void explore_write_time(const Explorer *explorer, Moment at, Text *out)
{
    Zone zone = explorer->analysis->program->zone;
    Day day = day_of_instant(zone, moment_instant(at));
    Civil civil = day_to_civil(day);
    int minutes = (int)((moment_instant(at) - day_start(zone, day)) / MINUTE_MS);
    text_addf(out, "%d %s %d at %02d:%02d", civil.day, month_name(civil.month), civil.year,
              minutes / 60, minutes % 60);
}

void explore_write_scenario(const Explorer *explorer, uint32_t step, const char *title,
                            const char *then, Text *out)
{
    uint32_t path[PATH_MAX_STEPS];
    uint32_t count = path_to(explorer, step, path, PATH_MAX_STEPS);
    text_addf(out, "scenario \"%s\"\n  given a new case\n", title);
    while (count--) {
        const ExploreStep *each = &explorer->steps[path[count]];
        text_add(out, "  when ");
        if (each->passes) {
            text_add(out, "nothing happens until ");
        } else {
            text_add(out, entry_name(explorer, &each->entry));
            if (each->entry.kind == ENTRY_APPROVE)
                text_add(out, " is approved");
            if (each->entry.kind == ENTRY_NOT_NEEDED)
                text_add(out, " is not needed");
            write_facts(explorer, &each->entry, out);
            if (asks_reason(explorer, &each->entry))
                text_addf(out, "%s reason \"An invented reason\"",
                          each->entry.fact_count ? "," : " with");
            text_add(out, " on ");
        }
        explore_write_time(explorer, each->entry.at, out);
        text_add_char(out, '\n');
    }
    text_addf(out, "  then %s\n", then);
}

void explore_tell(const Explorer *explorer, uint32_t step, Diag *diag, const char *title,
                  const char *then)
{
    Diags *diags = explorer->analysis->diags;
    Text story = {0}, scenario = {0};
    explore_write_story(explorer, step, &story);
    explore_write_scenario(explorer, step, title, then, &scenario);
    diag_example(diags, diag, "%s", text_get(&story));
    diag_scenario(diags, diag, text_get(&scenario));
    text_clear(&story);
    text_clear(&scenario);
}

void explore_write_place(const Explorer *explorer, const int64_t *record, Text *out)
{
    const Program *program = explorer->analysis->program;
    const int64_t *track = record_track(program, record, 0);
    int64_t state = track[TRACK_RUNNING] ? track[TRACK_STATE] : track[TRACK_LAST_STATE];
    text_addf(out, "case is at %s", state ? program->states[state - 1].name : "nowhere");
}

void explore_say_bound(const Explorer *explorer, Diag *diag)
{
    diag_help(explorer->analysis->diags, diag,
              "Every story of up to %u steps was tried, %u entries in all, missed limits\n"
              "among them. Longer ones were not.",
              explorer->depth - 1, explorer->tries);
}
