/* Who must do a piece of work, by when, and what follows if they do not, as the
 * flow says it: for pictures, role sheets and traces, where there is no case.
 * Everything added is safe for a terminal. */
#pragma once

#include "base/text.h"
#include "render/flow_words.h"

/* "Team manager or Social worker"; nothing for an empty list. */
void roles_words(const Flow *flow, const RefList *roles, const char *between, Text *out);
/* "3 working days"; of a dated period each value with its date. */
void duration_words(const Flow *flow, const DurationAst *duration, Text *out);
/* "within 3 working days of "Review in the overview workflow""; of a review its
 * rhythm. Nothing when there is no limit. */
void work_limit_words(const Flow *flow, const Work *work, Text *out);
/* "if missed: ask Service manager to take over, flag "Overdue"", the workflow's own
 * consequence where the work names none; nothing without a limit. */
void work_missed_words(const Flow *flow, const Work *work, Text *out);
/* "with Police, Health; where possible with CSE lead" */
void work_with_words(const Flow *flow, const Work *work, Text *out);
/* What else is asked: order, what must be recorded and ticked, conditions; each
 * handed over as a sentence of its own without a full stop. */
typedef void (*SayNote)(void *context, const char *words);
void work_notes(const Flow *flow, const Work *work, SayNote say, void *context);
/* Does anything follow when it is not done in time? */
bool work_has_limit(const Work *work);

/* "tell Team manager, start "Urgent meeting""; moves (go to, stay, again) are left out
 * unless `moves`. */
void effects_words(const Flow *flow, const Effect *effects, bool moves, Text *out);
/* "Outcome is High", "otherwise", or nothing. */
void line_when_words(const Flow *flow, LineWhen when, const Expr *condition, Text *out);
/* ""A new risk has emerged" or "High risk of harm"" */
void events_words(const Flow *flow, const RefList *events, Text *out);
