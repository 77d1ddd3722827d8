#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "render/compare_words.h"
#include "render/replay_text.h"
#include "render/replay_words.h"
#include "render/safe.h"
#include "render/share.h"
#include "render/table.h"

/* A number as a cell of a table. */
typedef struct Cell {
    char text[32];
} Cell;

static Cell cell(uint64_t number)
{
    Cell made;
    Text words = {0};
    count_words(number, &words);
    snprintf(made.text, sizeof made.text, "%s", text_get(&words));
    text_clear(&words);
    return made;
}

static void add_count(uint64_t count, const char *one, const char *many, Text *out)
{
    count_words(count, out);
    text_addf(out, " %s", count == 1 ? one : many);
}

static void heading(const char *words, Text *out)
{
    text_addf(out, "\n%s\n", words);
}

/* ---- what was compared ------------------------------------------------------------- */

static void add_flow(const char *which, const ResultHead *head, Text *out)
{
    text_addf(out, "%s ", which);
    safe_add(out, head->label);
    if (*head->version) {
        text_add(out, ", version ");
        safe_add(out, head->version);
    }
    text_addf(out, " (%.12s)\n", head->hash);
}

static void add_change(const Comparison *c, uint32_t i, Text *out)
{
    const ChangeSum *change = &c->changes[i];
    text_addf(out, "%3u. ", (unsigned)i + 1);
    safe_add(out, change->sentence);
    text_add(out, ".\n     ");
    safe_add(out, *change->place_a ? change->place_a : "not in the first");
    text_add(out, " | ");
    safe_add(out, *change->place_b ? change->place_b : "not in the second");
    text_add_char(out, '\n');
}

static void add_changes(const Comparison *c, Text *out)
{
    heading("What the second flow says differently", out);
    if (c->change_count == 0)
        text_add(out, "  Nothing: the two flows say the same.\n");
    for (uint32_t i = 0; i < c->change_count; i++)
        add_change(c, i, out);
}

/* ---- what the cases come to -------------------------------------------------------- */

static void add_summary(const Comparison *c, Text *out)
{
    heading("What the cases come to", out);
    text_add(out, "  ");
    add_count(c->total, "case was", "cases were", out);
    text_add(out, " judged by both. ");
    if (c->flipped == 0)
        text_add(out, "None comes to another answer.");
    else {
        add_count(c->flipped, "comes", "come", out);
        text_add(out, " to another answer by the second flow.");
    }
    if (c->newly_late + c->newly_in_time > 0) {
        text_add(out, " Of the duties that both ask for, ");
        count_words(c->newly_late, out);
        text_addf(out, " would be late that %s not, and ", c->newly_late == 1 ? "was" : "were");
        count_words(c->newly_in_time, out);
        text_add(out, " would be late no more.");
    }
    text_add(out, "\n  " COMPARE_CAUTION "\n\n");
}

static void add_matrix(const Comparison *c, Text *out)
{
    Table table = {.indent = 2};
    table_add(&table, "by the first", "second: follows", "late only", "breaks a rule",
              "cannot be judged", "together", NULL);
    for (int a = 0; a < CASE_OUTCOMES; a++) {
        const uint64_t *row = c->outcomes[a];
        table_add(&table, outcome_title((CaseOutcome)a, 2), cell(row[0]).text,
                  cell(row[1]).text, cell(row[2]).text, cell(row[3]).text,
                  cell(row[0] + row[1] + row[2] + row[3]).text, NULL);
    }
    table_print(&table, false, out);
    table_clear(&table);
}

/* ---- which change did it ----------------------------------------------------------- */

static void add_block(const BlockSum *block, Table *table)
{
    static const char *const standings[] = {[TRIAL_ALONE] = "alone",
                                            [TRIAL_TOGETHER] = "with what it needs",
                                            [TRIAL_NONE] = "not tried"};
    bool tried = block->standing != TRIAL_NONE;
    table_add(table, block->name, standings[block->standing],
              tried ? cell(block->flips).text : "-", tried ? cell(block->newly_late).text : "-",
              tried ? cell(block->newly_in_time).text : "-", NULL);
}

/* What flips most first; then as the difference has them. */
static int compare_blocks(const void *a, const void *b)
{
    const BlockSum *left = *(const BlockSum *const *)a, *right = *(const BlockSum *const *)b;
    if (left->flips != right->flips)
        return left->flips > right->flips ? -1 : 1;
    return (left > right) - (left < right);
}

static void add_block_table(const Comparison *c, Text *out)
{
    const BlockSum **sorted = mem_alloc_array(c->block_count + 1, sizeof *sorted);
    Table table = {.indent = 2};
    for (uint32_t i = 0; i < c->block_count; i++)
        sorted[i] = &c->blocks[i];
    if (c->block_count > 1)
        qsort(sorted, c->block_count, sizeof *sorted, compare_blocks);
    table_add(&table, "changed", "tried", "cases flipped", "newly late", "late no more", NULL);
    for (uint32_t i = 0; i < c->block_count; i++)
        add_block(sorted[i], &table);
    table_print(&table, false, out);
    table_clear(&table);
    free(sorted);
}

static void add_blocks(const Comparison *c, Text *out)
{
    if (c->block_count == 0)
        return;
    heading("What each change leads to by itself", out);
    if (c->block_count > LIMIT_COMPARE_TRIALS)
        text_addf(out,
                  "  The flows differ in more than %u declarations, so none was tried by "
                  "itself.\n",
                  LIMIT_COMPARE_TRIALS);
    add_block_table(c, out);
    if (c->flips_together == 0 || c->block_count > LIMIT_COMPARE_TRIALS)
        return;
    text_add(out, "  ");
    add_count(c->flips_together, "case flips", "cases flip", out);
    text_add(out, " only by several changes together.\n");
}

static void add_causes(const Comparison *c, uint64_t causes, Text *out)
{
    const char *between = "";
    for (uint32_t i = 0; i < c->block_count && i < 64; i++) {
        if (!(causes >> i & 1))
            continue;
        text_add(out, between);
        safe_add(out, c->blocks[i].name);
        between = ", ";
    }
    if (!causes)
        text_add(out, "several together");
}

/* ---- cases and duties -------------------------------------------------------------- */

static void add_side(const char *which, const CaseSide *side, Text *out)
{
    if (!*side->sentence)
        return;
    text_addf(out, "     %s ", which);
    safe_add(out, side->sentence);
    if (*side->place) {
        text_add(out, " (");
        safe_add(out, side->place);
        text_add_char(out, ')');
    }
    text_add_char(out, '\n');
}

/* More than a person reads at a terminal stands in the JSON. */
enum { SHOWN = 50 };

static uint32_t shown(uint32_t listed)
{
    return listed < SHOWN ? listed : SHOWN;
}

static void add_cut(uint64_t all, uint32_t listed, Text *out)
{
    if (all <= shown(listed))
        return;
    text_add(out, "  These are the first ");
    count_words(shown(listed), out);
    text_add(out, " of ");
    count_words(all, out);
    text_add(out, "; --json lists ");
    text_add(out, all > listed ? "the first " : "all.\n");
    if (all > listed) {
        count_words(listed, out);
        text_add(out, ".\n");
    }
}

static void add_cases(const Comparison *c, Text *out)
{
    if (c->case_count == 0)
        return;
    heading("Cases that come to another answer", out);
    for (uint32_t i = 0; i < shown(c->case_count); i++) {
        const FlippedCase *one = &c->cases[i];
        text_add(out, "  ");
        safe_add(out, one->id);
        text_addf(out, ": by the first it %s, by the second it %s; the change: ",
                  outcome_title(one->a.outcome, 1), outcome_title(one->b.outcome, 1));
        add_causes(c, one->causes, out);
        text_add_char(out, '\n');
        add_side("first: ", &one->a, out);
        add_side("second:", &one->b, out);
    }
    add_cut(c->flipped, c->case_count, out);
}

static void add_due(Zone zone, const char *before, Moment moment, Text *out)
{
    char when[TIME_TEXT_MAX] = "no moment";
    if (moment != MOMENT_NEVER && moment != MOMENT_NONE)
        moment_format_long(zone, moment, when);
    text_addf(out, "%s%s", before, when);
}

static void add_duty(const Comparison *c, Zone zone, const FlippedDuty *one, Text *out)
{
    text_add(out, "  ");
    safe_add(out, one->id);
    text_add(out, ": \"");
    safe_add(out, one->work);
    text_addf(out, "\" %s; the change: ",
              one->newly_late ? "would be late" : "would be late no more");
    add_causes(c, one->causes, out);
    add_due(zone, "\n     due by ", one->due_a, out);
    add_due(zone, ", then by ", one->due_b, out);
    text_add(out, one->done != MOMENT_NONE ? "; done on " : "; not done");
    if (one->done != MOMENT_NONE)
        compare_done(zone, one->due_b, one->done, out);
    text_add(out, one->same_start ? "\n" : "; counted from another moment\n");
}

static Zone zone_of(const ResultHead *head)
{
    Zone zone = {0};
    Error err = {0};
    zone_parse(head->zone, &zone, &err);
    return zone;
}

static void add_duties(const Comparison *c, Text *out)
{
    Zone zone = zone_of(&c->b);
    if (c->duty_count == 0)
        return;
    heading("Duties that are late by one flow only", out);
    for (uint32_t i = 0; i < shown(c->duty_count); i++)
        add_duty(c, zone, &c->duties[i], out);
    add_cut(c->newly_late + c->newly_in_time, c->duty_count, out);
}

/* ---- by duty and role -------------------------------------------------------------- */

static uint64_t sum_row(const uint64_t row[DUTY_STANDINGS])
{
    uint64_t sum = 0;
    for (int i = 0; i < DUTY_STANDINGS; i++)
        sum += row[i];
    return sum;
}

static void add_pairs(const Comparison *c, Text *out)
{
    Table table = {.indent = 2};
    table_add(&table, "duty", "asked by both", "only by the first", "only by the second",
              "newly late", "late no more", NULL);
    for (uint32_t i = 0; i < c->pair_count; i++) {
        const DutyPair *pair = &c->pairs[i];
        uint64_t both = 0;
        for (int a = 0; a < DUTY_STANDINGS; a++)
            both += sum_row(pair->both[a]);
        if (both + sum_row(pair->only_a) + sum_row(pair->only_b) > 0)
            table_add(&table, pair->label, cell(both).text, cell(sum_row(pair->only_a)).text,
                      cell(sum_row(pair->only_b)).text, cell(pair_newly_late(pair)).text,
                      cell(pair_newly_in_time(pair)).text, NULL);
    }
    if (table.count > 1) {
        heading("Duties, on the same elapsed days", out);
        table_print(&table, false, out);
    }
    table_clear(&table);
}

static void add_roles(const Comparison *c, Text *out)
{
    Table table = {.indent = 2};
    table_add(&table, "role", "pieces by the first", "by the second", "added", "removed",
              "with a limit: added, removed", NULL);
    for (uint32_t i = 0; i < c->role_count; i++) {
        const RolePair *role = &c->roles[i];
        if (role->added + role->removed == 0)
            continue;
        Text limits = {0};
        text_addf(&limits, "%s, ", cell(role->duties_added).text);
        text_add(&limits, cell(role->duties_removed).text);
        table_add(&table, role->label, cell(role->work_a).text, cell(role->work_b).text,
                  cell(role->added).text, cell(role->removed).text, text_get(&limits), NULL);
        text_clear(&limits);
    }
    heading("Work that is added or removed", out);
    if (table.count > 1)
        table_print(&table, false, out);
    else
        text_add(out, "  None: both flows ask the same roles for the same work.\n");
    table_clear(&table);
}

/* ---- no evidence ------------------------------------------------------------------- */

/* How near the cases came to it. */
static void add_could(const Reach *reach, Text *out)
{
    static const struct {
        const char *one, *many, *none;
    } words[] = {
        [REACH_STATE] = {"case could have gone there", "cases could have gone there",
                         "no case came near it"},
        [REACH_EVENT] = {"case stood where it could have happened",
                         "cases stood where it could have happened",
                         "no case came to where it could happen"},
        [REACH_DUTY] = {"case came to where it is asked for",
                        "cases came to where it is asked for",
                        "no case came to where it is asked for"},
    };
    if (reach->could == 0)
        text_add(out, words[reach->kind].none);
    else
        add_count(reach->could, words[reach->kind].one, words[reach->kind].many, out);
}

static void add_reach(const Reach *reach, Text *out)
{
    static const char *const kinds[] = {"state", "event", "duty"};
    text_addf(out, "  %s \"", kinds[reach->kind]);
    safe_add(out, reach->label);
    text_addf(out, "\"%s: ", reach->is_new ? ", new in the second flow" : "");
    add_could(reach, out);
    text_add(out, " (");
    safe_add(out, reach->place);
    text_add(out, ")\n");
}

static void add_unreached(const Comparison *c, Text *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < c->reach_count; i++)
        count += c->reaches[i].reached == 0;
    if (count == 0)
        return;
    heading("No evidence: what of the second flow these cases never came to", out);
    for (int is_new = 1; is_new >= 0; is_new--)
        for (uint32_t i = 0; i < c->reach_count; i++)
            if (c->reaches[i].reached == 0 && c->reaches[i].is_new == (is_new == 1))
                add_reach(&c->reaches[i], out);
}

static void add_log(const Result *first, Text *out)
{
    for (uint32_t i = 0; first && i < first->file_count; i++) {
        text_add(out, "Log:    ");
        safe_add(out, first->files[i].path);
        text_add(out, ": ");
        add_count(first->files[i].rows, "row", "rows", out);
        text_add(out, " read, ");
        count_words(first->files[i].used, out);
        text_add(out, " used\n");
    }
    if (first)
        replay_missing_shards(first, "Shards: ", out);
}

static void add_head(const Comparison *c, const Result *first, Text *out)
{
    add_flow("First: ", &c->a, out);
    add_flow("Second:", &c->b, out);
    add_log(first, out);
    if (*c->a.mapping) {
        text_add(out, "Map:    ");
        safe_add(out, c->a.mapping);
        text_add_char(out, '\n');
    }
    if (c->a.as_of != MOMENT_NONE)
        add_due(zone_of(&c->b), "As of:  ", c->a.as_of, out);
    text_addf(out, "%s; mode: %s\n", c->a.as_of_is_last ? ", the last thing in the log" : "",
              c->a.mode);
}

void compare_text(const Comparison *c, const Result *first, Text *out)
{
    add_head(c, first, out);
    add_changes(c, out);
    add_summary(c, out);
    add_matrix(c, out);
    add_blocks(c, out);
    add_cases(c, out);
    add_duties(c, out);
    add_pairs(c, out);
    add_roles(c, out);
    add_unreached(c, out);
}
