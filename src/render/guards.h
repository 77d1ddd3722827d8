/* The ways on that an event has, each with its condition, and the values that it
 * looks at: for explaining why none, or more than one, applies. */
#pragma once

#include "base/text.h"
#include "render/view.h"

/* The ways on of the event that was refused, and which of them blocked it; then, for
 * each fact they look at, its value and who can change it by what. */
void guards_explain(const CaseView *view, const Refusal *refusal, Text *out);

/* Where it leads when it happens now: "CRE strategy meeting, when … is yes". One
 * line for each choice, ending in a line feed and indented by `indent`. */
void guards_list(const CaseView *view, uint32_t event, size_t indent, Text *out);

/* The handler of `event` that is in force now on `track`, or NULL. */
const HandlerInfo *handler_now(const CaseView *view, uint32_t track, uint32_t event);

/* The value of each fact that a condition looks at, and who can change it by what. */
void fact_values(const CaseView *view, const Expr *condition, Text *out);

/* Which events and pieces of work record that fact, and who may do them. */
void fact_sources(const CaseView *view, uint32_t fact, size_t indent, Text *out);
