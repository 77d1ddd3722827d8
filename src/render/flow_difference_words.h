/* What differs between two flows, in sentences and as JSON. Each change is one sentence
 * in the words of the flow that says it, with the place of both sides beside it. */
#pragma once

#include "analysis/flow_difference.h"
#include "base/json.h"
#include "base/text.h"

/* "Task "CRE strategy meeting" in "Strategy": the limit was: within 3 working days of
 * …; now: within 2 working days of …": without places and full stop, fit for a terminal. */
void change_sentence(const FlowDifference *difference, const FlowChange *change, Text *out);
/* "cre.flow:87"; nothing for a span of length 0. */
void change_place(const Bundle *bundle, Span span, Text *out);
/* "state strategy": a declaration as its flow writes it. */
void block_words(const ChangedBlock *block, Text *out);
/* ", task visit: the limit", ", on new-risk": which of its clauses. */
void piece_words(const FlowChange *change, Text *out);

/* What a clause says, for one side of a change. */
void clause_words(const Bundle *bundle, const Thing *thing, const Clause *clause, Text *out);
/* The same as the file has it, on one line and without its reason. */
void clause_source(const Bundle *bundle, const Clause *clause, Text *out);

/* Everything, one change under the other; that there is none is said. */
void flow_difference_text(const FlowDifference *difference, Text *out);
/* The array "changes" under `key`. */
void flow_difference_json(const FlowDifference *difference, Json *json, const char *key);
