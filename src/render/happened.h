/* One thing that happened in a case, as a sentence without a full stop. It stands in
 * view->happened, since what came before it may have to be said with it. */
#pragma once

#include "base/json.h"
#include "base/text.h"
#include "render/view.h"

/* False, adding nothing, for what nobody needs to be told. */
bool happened_words(const CaseView *view, const Happened *happened, Text *out);
/* A reminder, or a window that ends, belongs to the day that begins; a limit to the day
 * that ends. */
bool happened_begins_a_day(const Happened *happened);
/* One object: kind, names, moments. */
void happened_json(const CaseView *view, const Happened *happened, Json *json);
