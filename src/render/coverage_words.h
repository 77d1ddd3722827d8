/* What scenarios have and have not tried, in words. */
#pragma once

#include "base/json.h"
#include "base/text.h"
#include "render/scenario_report.h"

/* "coverage: states 31 of 31, transitions 40 of 52 …", ending in a line feed. */
void coverage_line(const TestReport *report, Text *out);
/* Everything that is not covered, by kind, with a scenario that would cover it. */
void coverage_details(const TestReport *report, Text *out);
/* An object "coverage". */
void coverage_json(const TestReport *report, Json *json);
