/* What parts of a flow mean, spelt in one way: two parts say the same when their
 * spelling is equal. Names as the flow has them; what has no order is sorted. */
#pragma once

#include "base/text.h"
#include "lang/ast.h"

void key_condition(const Expr *condition, Text *out); /* nothing for NULL */
void key_refs(const RefList *refs, Text *out);
void key_duration(const DurationAst *duration, Text *out);
void key_effects(const Effect *effects, Text *out);
/* Where it goes, its effects, approval and condition. */
void key_line(const Line *line, Text *out);
/* Limit, first limit, cadence, in step with, until: all that decides when it is due. */
void key_work_limit(const Work *work, Text *out);
void key_calendar_rule(const CalendarRule *rule, Text *out);
/* Where the effects move to: "go to S", "stay", "again"; nothing when they do not. */
void key_target(const Effect *effects, Text *out);

/* Adds the words, sorted, with a bar between two; empties the list. For spellings of
 * parts whose order means nothing. */
typedef struct KeyList {
    char **items; /* owned, as what they point to */
    size_t count, capacity;
} KeyList;
void key_list_take(KeyList *list, Text *item); /* takes the text out of `item` */
void key_list_join(KeyList *list, Text *out);
