/* What a flow declares, in its own words: labels where there are labels, and
 * conditions as they would be read aloud. Everything added is safe for a
 * terminal. */
#pragma once

#include <stdint.h>

#include "base/text.h"
#include "lang/ast.h"

/* Labels by index; never NULL. */
const char *label_event(const Flow *flow, uint32_t event);
const char *label_fact(const Flow *flow, uint32_t fact);
const char *label_role(const Flow *flow, uint32_t role);
const char *label_state(const Flow *flow, uint32_t state);
const char *label_track(const Flow *flow, uint32_t track); /* "the case" for the main line */
const char *label_work(const Flow *flow, uint32_t work);
const char *label_value(const Flow *flow, uint32_t fact, int64_t value); /* of a `one of` */
const char *label_item(const Flow *flow, uint32_t work, uint32_t item);  /* of its checklist */
const char *label_workflow(const Flow *flow);

/* "Outcome of the CRE toolkit is high" */
void condition_words(const Flow *flow, const Expr *condition, Text *out);
/* "High", "yes", "Thursday 8 April 2021": what a fact is compared with or set to. */
void value_words(const Flow *flow, const Ref *fact, const Value *value, Text *out);
/* "CRE-15, CRE-16"; nothing when there is none. */
void because_words(const Because *because, Text *out);
/* "one of: low, medium, high", "yes or no", "a date such as 2021-02-01" */
void fact_type_words(const Flow *flow, uint32_t fact, Text *out);

/* The line of an `on` that begins there, or NULL. */
const Line *line_at(const Flow *flow, uint32_t file, uint32_t offset);
/* The facts that a condition looks at, terms opened up; calls `visit` for each
 * mention. */
void condition_facts(const Flow *flow, const Expr *condition,
                     void (*visit)(void *context, uint32_t fact), void *context);
