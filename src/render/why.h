/* How each due moment of a case was reached: what it is counted from, and the
 * working day by day. */
#pragma once

#include <stdbool.h>

#include "base/text.h"
#include "render/view.h"

/* `work`: the name of one piece of work; NULL: all that has a time. False, adding
 * nothing, when there is none of that name. */
bool why_text(const CaseView *view, const char *work, Text *out);
bool why_json(const CaseView *view, const char *work, Text *out);
