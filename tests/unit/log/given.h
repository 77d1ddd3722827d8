/* A log that a test writes into a folder of its own, and what is read from it. Names
 * and cases are invented. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "log/log.h"

typedef struct Given {
    char folder[64], path[96];
    Mapping mapping;
    LogRequest request; /* of the one file, unless the test says others */
    const char *paths[4];
    Log log;
    Error err;
    /* what log_visit gave out, copied */
    LogRow *rows;
    LogCase *cases;
    uint32_t case_count;
} Given;

int given_set_up(void **state);
int given_tear_down(void **state);

/* Writes the file, over whatever the test wrote before; `name` tells its kind. */
void given_bytes(Given *given, const char *name, const void *bytes, size_t length);
void given_text(Given *given, const char *name, const char *text);
void given_packed(Given *given, const char *name, const void *bytes, size_t length);

/* Reads it anew, row by row or by case; false: the error is in given->err. */
bool given_read(Given *given);
bool given_visit(Given *given);
/* The same where it must succeed: the reason it did not is printed. */
void given_log(Given *given);
void given_cases(Given *given);

/* "2021-04-03T09:30:00.000Z" of a row's moment; "2021-04-03" of a date alone. */
const char *when(const Given *given, const LogRow *row);
const char *activity(const Given *given, const LogRow *row);

#define assert_when(given, row, text)                                                          \
    assert_string_equal(when(given, &(given)->log.rows[row]), text)
#define assert_told(given, words) assert_non_null(strstr((given)->err.text, words))
#define CASEWRIGHT_TEST(name)                                                                  \
    cmocka_unit_test_setup_teardown(name, given_set_up, given_tear_down)
