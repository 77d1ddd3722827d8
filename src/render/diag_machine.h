/* Findings in the formats that other programs read: SARIF 2.1.0, the workflow
 * commands of GitHub, JUnit XML. `sorted` is in the order of the text. */
#pragma once

#include "lang/bundle.h"

void diag_sarif(const Bundle *bundle, const Diags *sorted, Text *out);
/* GitHub shows ten errors and ten warnings of a step: errors come first, and a last
 * plain line says how many more there are. */
void diag_github(const Bundle *bundle, const Diags *sorted, Text *out);
/* One suite for the flow; each error is a test that failed, each warning one that
 * passed with words; a flow without findings is one test that passed. */
void diag_junit(const Bundle *bundle, const Diags *sorted, Text *out);
