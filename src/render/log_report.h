/* What a log holds and what is wrong with it, in words and for machines. Also the words
 * for a log's zone and set-aside rows, which other reports on logs use. */
#pragma once

#include "base/text.h"
#include "log/facts.h"

void log_report_text(const LogFacts *facts, Text *out);
void log_report_json(const LogFacts *facts, Text *out); /* docs/schemas/log-1.json */

const char *set_aside_key(SetAsideReason reason);
const char *set_aside_sentence(SetAsideReason reason);
/* "UTC", "Europe/London", "+01:00 with summer time": other zones have no names once they are
 * read. */
void zone_words(Zone zone, Text *out);
