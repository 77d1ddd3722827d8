/* Why an event would be refused in a case as it stands: the rule that blocks it,
 * the value it looks at, who may change that, and the nearest way to where it is
 * possible. */
#pragma once

#include "base/text.h"
#include "render/view.h"

/* `tried` is the answer to trying it; `event` its name. */
void why_not_text(const Answer *tried, const char *event, Text *out);
