/* Every bound on what comes from outside, in one table (docs/limits.md prints
 * it). Each has a message of its own and a test at one below, at, and above. */
#pragma once

#define LIMIT_FLOW_BYTES       (8u * 1024 * 1024) /* one flow file */
#define LIMIT_BUNDLE_BYTES     (8u * 1024 * 1024) /* all files of a bundle */
#define LIMIT_LINE_BYTES       (64u * 1024)
#define LIMIT_NAME_BYTES       128u
#define LIMIT_STRING_BYTES     (64u * 1024 - 2)
#define LIMIT_NESTING          64u /* brackets and `not` in a condition */
#define LIMIT_USE_DEPTH        16u
#define LIMIT_USE_FILES        256u
#define LIMIT_ERRORS_SHOWN     20u
#define LIMIT_STATES           10000u
#define LIMIT_TRANSITIONS      100000u
#define LIMIT_ROLES            1000u
#define LIMIT_FACTS            1000u
#define LIMIT_VALUES           62u /* values of one fact: a set fits in a word */
#define LIMIT_CHECKLIST        62u /* items of one checklist, likewise */
#define LIMIT_REMINDERS        62u /* of one limit, likewise */
#define LIMIT_CALENDARS        64u /* that one calendar is made of, itself included */
#define LIMIT_WINDOW_COUNT     1000u
#define LIMIT_DURATION_DAYS    40000
#define LIMIT_NUMBER           999999999999 /* a number in a flow or a fact, either sign */
#define LIMIT_YEAR_FIRST       1900
#define LIMIT_YEAR_LAST        2200
#define LIMIT_VM_STACK         256u
#define LIMIT_STEPS            1000u /* automatic moves that one event may cause */
#define LIMIT_HELD             8u    /* events that one case may hold back at once */
#define LIMIT_PROGRAM_WORDS    (4u * 1024 * 1024)
#define LIMIT_TEXT_BYTES       (64u * 1024) /* one text fact or reason */
#define LIMIT_KEY_BYTES        200u
#define LIMIT_BATCH_LINE_BYTES (64u * 1024)
#define LIMIT_GENERATE_CASES   100000000u /* made up in one run */
#define LIMIT_GENERATE_YEARS   100        /* of their period */
#define LIMIT_CSV_FIELD_BYTES  (1024u * 1024)
#define LIMIT_CSV_RECORD_BYTES (4u * 1024 * 1024) /* of XES: one tag, one comment */
#define LIMIT_CSV_COLUMNS      1024u
#define LIMIT_XES_DEPTH        32u
#define LIMIT_XES_VALUE_BYTES  (1024u * 1024)
#define LIMIT_UNPACKED_BYTES   4294967296u         /* of a packed log; --max-bytes */
#define LIMIT_UNPACKED_RATIO   200u                /* times as many bytes as packed ones ... */
#define LIMIT_UNPACKED_FREE    (64u * 1024 * 1024) /* ... beyond this many */
#define LIMIT_LOG_TEXT_BYTES   (1024u * 1024 * 1024) /* different texts of a log */
#define LIMIT_JOBS             64u     /* threads of one command */
#define LIMIT_SHARDS           100000u /* parts of a log */
#define LIMIT_LOG_MEMORY       (256u * 1024 * 1024) /* rows of a log kept at once */
#define LIMIT_LOG_UNDECIDED    1000000u /* rows until the order of day and month shows */
#define LIMIT_SET_ASIDE_KEPT   10000u   /* with their place and text; all are counted */
#define LIMIT_MAP_BYTES        (8u * 1024 * 1024)
#define LIMIT_ACCEPTED         1000u /* deviations of one accept file */
#define LIMIT_RESULT_PEOPLE    1000u /* persons that a result tells apart in one role */
#define LIMIT_RESULT_BYTES     (256u * 1024 * 1024) /* one result that is read back */
#define LIMIT_LOG_COMPARED     2000u /* activities compared for likeness */
#define LIMIT_COMPARE_TRIALS   64u /* changed declarations that are tried one at a time */
#define LIMIT_COMPARE_LISTED   10000u /* flipped cases, and duties; all are counted */
#define LIMIT_REPORT_PAGES     200u  /* cases with a page in a report, named ones apart */
#define LIMIT_REPORT_ROWS      200u  /* of one table of sentences or names in it */
#define LIMIT_REPORT_STEPS     1000u /* lines of such a page */
#define LIMIT_IMPORT_BATCH     1000000u /* entries to a transaction */
