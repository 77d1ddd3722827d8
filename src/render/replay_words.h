/* Words for what a replay finds: each finding a sentence in the flow's own words that is
 * the same for every case, with the line of the flow that says so. */
#pragma once

#include "lang/bundle.h"
#include "replay/result.h"

typedef struct ReplayWords {
    const Bundle *bundle; /* borrowed, as the next */
    const Program *program;
} ReplayWords;

/* For tally_new; `words` must outlive it. */
ResultWords replay_words(ReplayWords *words);

/* The sentence of one finding, without a full stop, into `out`. */
void replay_finding_words(const ReplayWords *words, const Log *log, const Finding *finding,
                          Text *out);
/* The heading that it stands under: "Not allowed at that point". */
const char *replay_finding_group(const Finding *finding);
/* "cre.flow:87"; nothing where no line of the flow says it. */
void replay_place(const ReplayWords *words, uint32_t file, uint32_t offset, Text *out);
/* What was done about it, in a few words: "was counted as done all the same". */
const char *applied_words(Applied applied);

/* "follow the policy", of several cases; of one "follows the policy". */
const char *outcome_title(CaseOutcome outcome, uint64_t cases);
extern const char *const outcome_names[CASE_OUTCOMES]; /* "follows", for machines */
