/* Everything that happened in a case, in the order in which it happened: what
 * people recorded, with who and why, and what followed from it or from time. */
#pragma once

#include "base/text.h"
#include "render/view.h"

void history_text(const CaseView *view, Text *out);
void history_json(const CaseView *view, Text *out);

/* "Review in the overview workflow, by Ann Lee (CPM VC)" */
void entry_words(const CaseView *view, const EntryView *entry, Text *out);
