/* "What must I do today?": open work, the most urgent first; and the list of
 * cases. */
#pragma once

#include <stdbool.h>

#include "base/text.h"
#include "render/view.h"

void worklist_text(const Worklist *list, Instant now, bool colour, Text *out);
void worklist_json(const Worklist *list, Instant now, Text *out);
void case_list_text(const CaseList *list, Text *out);
void case_list_json(const CaseList *list, Text *out);
