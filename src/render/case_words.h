/* What a case holds, in words: people, facts, moments, and who may do what. */
#pragma once

#include "base/text.h"
#include "render/flow_words.h"
#include "render/view.h"

/* "yes", "high", "Thursday 8 April 2021", "not known" */
void fact_words(const CaseView *view, uint32_t fact, int64_t value, Text *out);
/* Thursday 8 April 2021, with the time where one is known; nothing for NONE and NEVER. */
void moment_words(const CaseView *view, Moment moment, Text *out);
/* The same for machines: 2021-04-08, or 2021-04-08T11:00+01:00; NULL for NONE and NEVER. */
const char *moment_short(Zone zone, Moment moment, char buffer[TIME_TEXT_MAX]);

/* "Team manager or CPM VC": who the flow names for it; "anyone". */
void permits_words(const CaseView *view, Slice permits, Text *out);
void event_who_words(const CaseView *view, uint32_t event, Text *out);
/* The same for work, with the person it belongs to: "Social worker (Ann Lee)". A
 * deadline names who may record its event. */
void work_who_words(const CaseView *view, uint32_t work, Text *out);
/* As it was when `then`, one of view->happened, happened. */
void work_who_then_words(const CaseView *view, uint32_t work, const Happened *then, Text *out);

/* "high" for an outcome that is said to people: "missed", "met late". */
const char *outcome_words(Outcome outcome);
const char *outcome_code(Outcome outcome); /* "met-late", as in flows and --json */
const char *work_status_code(WorkStatus status);

/* Is it open and past its due moment? */
bool work_is_overdue(const CaseView *view, uint32_t work);
bool work_is_immediate(const CaseView *view, uint32_t work);
