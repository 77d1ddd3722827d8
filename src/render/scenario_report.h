/* What came of the scenarios of a flow, for people and for tools. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "sim/scenario.h"

typedef enum TestFormat {
    TEST_TEXT,  /* what failed and why, then one line that sums up */
    TEST_TAP,   /* Test Anything Protocol, version 13 */
    TEST_JUNIT, /* one <testsuite> */
    TEST_JSON   /* one object, schema casewright/test/1 */
} TestFormat;

typedef struct TestReport {
    const Bundle *bundle;
    const Program *program;
    const ScenarioResult *results;
    uint32_t count, failed;
    const CoverageItems *coverage;  /* NULL: not asked for and not counted */
    const char *const *suggestions; /* by item: a scenario that would cover it, or NULL */
    bool details;                   /* list what is not covered */
    uint32_t least;                 /* per cent that must be reached; 0: none said */
    bool colour;
} TestReport;

void test_report(const TestReport *report, TestFormat format, Text *out);
/* True when a kind that counts stays under report->least. */
bool test_is_short(const TestReport *report);
