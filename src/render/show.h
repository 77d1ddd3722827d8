/* A case at a glance: where it is, what must be done, what is known, and what may
 * happen next. */
#pragma once

#include <stdbool.h>

#include "base/text.h"
#include "render/view.h"

void show_text(const CaseView *view, bool colour, Text *out);
void show_json(const CaseView *view, Text *out);

/* "Case 4711: Child at risk of exploitation" and a line about now. */
void show_heading(const CaseView *view, Text *out);
