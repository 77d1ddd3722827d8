/* Results added up in any grouping, written and read back: always the same bytes. */
#include "replay/past.h"
#include "replay/result_internal.h"

static const char flow[] =
    "workflow small \"Small\" version \"1\" in force from 1 January 2020\n"
    "  uses calendar plain\n"
    "calendar plain \"Plain\"\n"
    "  working Monday to Friday\n"
    "  covers 2020 to 2030\n"
    "role worker \"Worker\"\n"
    "role manager \"Manager\"\n"
    "event begun \"Begun\" by anyone opens a case\n"
    "state first \"First\" starts here\n"
    "  on begun go to visiting\n"
    "state visiting \"Visiting\"\n"
    "  task visit \"Visit\" by worker within 3 working days of entering\n"
    "  on visit go to weighing\n"
    "state weighing \"Weighing up\"\n"
    "  task weigh \"Weigh\" by manager within 2 working days of entering\n"
    "  on weigh go to closed\n"
    "state closed \"Closed\" ends here\n";

enum { CASES = 12, SHARDS = 4 };

static int set_up(void **state)
{
    Past *past = calloc(1, sizeof *past);
    past_begin(past, flow);
    past->keep_cases = true;
    past_as_of(past, "2021-03-31");
    *state = past;
    return 0;
}

static int tear_down(void **state)
{
    past_end(*state);
    free(*state);
    return 0;
}

/* Made up by a rule, so that cases differ in all that a result counts. */
static void add_case(Text *rows, int number)
{
    int day = 1 + number % 5;
    text_addf(rows, "c%02d,begun,2021-03-%02dT09:00,p%d,worker\n", number, day, number % 3);
    if (number % 4 == 3)
        text_addf(rows, "c%02d,vist,2021-03-%02dT10:00,p1,worker\n", number, day + 1);
    if (number % 3 == 2)
        text_addf(rows, "c%02d,weigh,2021-03-%02dT10:00,p2,manager\n", number, day + 1);
    text_addf(rows, "c%02d,visit,2021-03-%02dT10:00,p%d,%s\n", number, day + number, number % 5,
              number % 6 == 5 ? "clerk" : "worker");
    if (number % 2)
        text_addf(rows, "c%02d,weigh,2021-03-%02dT10:00,p2,manager\n", number,
                  day + number + 2);
}

static void give_rows(Past *past, unsigned members, uint32_t shard, uint32_t shards,
                      Result *result)
{
    Text rows = {0};
    text_add(&rows, "case,activity,time,person,role\n");
    for (int i = 0; i < CASES; i++)
        if (members >> i & 1)
            add_case(&rows, i);
    past_replay(past, text_get(&rows));
    memset(past->result.files[0].digest, '0', 64); /* one and the same file */
    past->result.files[0].path = "rows.csv";
    past->result.parts[0] = (PartSum){"one and the same", shard, shards, 1};
    past->result.files[0].rows = past->result.files[0].bytes = 1000;
    past->result.head.has_roles = past->result.head.has_people = true;
    for (uint32_t i = 0; i < past->result.case_sum_count; i++) {
        past->result.case_sums[i].file = "rows.csv";
        past->result.case_sums[i].line = 1;
    }
    *result = past->result;
    past->result = (Result){0};
    text_clear(&rows);
}

static char *json_of(const Result *result)
{
    Text out = {0};
    Json json = {.out = &out, .pretty = true};
    result_json(result, &json);
    return text_take(&out);
}

/* cmocka would cut texts as long as these before they differ. */
static void assert_same(const char *got, const char *expected)
{
    size_t same = 0;
    while (got[same] && got[same] == expected[same])
        same++;
    if (got[same] || expected[same])
        fail_msg("from byte %zu on: '%.80s' is not '%.80s'", same, got + same, expected + same);
}

static void add(Result *to, const Result *from)
{
    Error err = {0};
    if (!result_merge(to, from, &err))
        fail_msg("%s", err.text);
}

/* Four shards at random: added from the left, from the right, and in pairs. */
static void the_grouping_makes_no_difference(void **state)
{
    Past *past = *state;
    Result whole;
    give_rows(past, (1u << CASES) - 1, 1, 1, &whole);
    char *expected = json_of(&whole);
    uint32_t random = 12345;
    for (int round = 0; round < 40; round++) {
        unsigned members[SHARDS] = {0};
        Result shards[SHARDS];
        for (int i = 0; i < CASES; i++) {
            random = random * 1664525 + 1013904223;
            members[(random >> 16) % SHARDS] |= 1u << i;
        }
        for (int i = 0; i < SHARDS; i++)
            give_rows(past, members[i], (uint32_t)i + 1, SHARDS, &shards[i]);
        if (round % 3 == 0) {
            for (int i = 1; i < SHARDS; i++)
                add(&shards[0], &shards[i]);
        } else if (round % 3 == 1) {
            for (int i = SHARDS - 1; i > 0; i--)
                add(&shards[i - 1], &shards[i]);
        } else {
            add(&shards[1], &shards[0]);
            add(&shards[2], &shards[3]);
            add(&shards[2], &shards[1]);
        }
        char *got = json_of(&shards[round % 3 == 2 ? 2 : 0]);
        assert_same(got, expected);
        free(got);
        for (int i = 0; i < SHARDS; i++)
            result_clear(&shards[i]);
    }
    free(expected);
    result_clear(&whole);
}

static void what_was_written_is_read_back(void **state)
{
    Past *past = *state;
    Result whole, again;
    Error err = {0};
    give_rows(past, (1u << CASES) - 1, 1, 1, &whole);
    char *written = json_of(&whole);
    if (!result_parse(&again, written, strlen(written), &err))
        fail_msg("%s", err.text);
    char *read = json_of(&again);
    assert_same(read, written);
    free(written);
    free(read);
    result_clear(&whole);
    result_clear(&again);
}

/* Every prefix is refused, and so is every change of one letter or accepted as another
 * result; never anything else. */
static void what_was_cut_or_changed_is_refused_or_read(void **state)
{
    Past *past = *state;
    Result whole, again;
    Error err = {0};
    give_rows(past, 7, 1, 1, &whole);
    char *written = json_of(&whole);
    size_t length = strlen(written);
    for (size_t cut = 0; cut + 2 < length; cut += 97) {
        assert_false(result_parse(&again, written, cut, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        result_clear(&again);
    }
    for (size_t at = 0; at < length; at += 41) {
        char was = written[at];
        written[at] = 'x';
        result_parse(&again, written, length, &err);
        result_clear(&again);
        written[at] = was;
    }
    free(written);
    result_clear(&whole);
}

static void a_fault_is_named_with_its_place(void **state)
{
    Past *past = *state;
    Result whole, again;
    Error err = {0};
    give_rows(past, 7, 1, 1, &whole);
    char *written = json_of(&whole);
    memcpy(strstr(strstr(written, "\"duties\""), "false"), "12345", 5);
    assert_false(result_parse(&again, written, strlen(written), &err));
    assert_non_null(strstr(err.text, "duties[0].review is not true or false"));
    result_clear(&again);
    free(written);
    result_clear(&whole);
}

static void a_newer_form_is_another_version(void **state)
{
    (void)state;
    Result again;
    Error err = {0};
    static const char newer[] = "{\"schema\":\"casewright/replay/2\"}";
    assert_false(result_parse(&again, newer, strlen(newer), &err));
    assert_int_equal(err.kind, ERROR_VERSION);
    result_clear(&again);
}

static void results_of_other_runs_are_not_added(void **state)
{
    Past *past = *state;
    Result one, other;
    Error err = {0};
    give_rows(past, 7, 1, 2, &one);
    past_as_of(past, "2021-04-30");
    give_rows(past, 7, 2, 2, &other);
    assert_false(result_merge(&one, &other, &err));
    assert_non_null(strstr(err.text, "--as-of DATE"));
    result_clear(&other);
    past_as_of(past, "2021-03-31");
    past->options.mode = REPLAY_ENFORCE;
    give_rows(past, 7, 2, 2, &other);
    assert_false(result_merge(&one, &other, &err));
    assert_non_null(strstr(err.text, "the mode is 'judge' in one and 'enforce' in the other"));
    result_clear(&one);
    result_clear(&other);
}

static void days_within_which_a_share_was_done(void **state)
{
    (void)state;
    DayCount items[] = {{1, 4}, {3, 5}, {10, 1}};
    const DayCounts counts = {items, 3, 3}, none = {0};
    assert_int_equal(day_counts_total(&counts), 10);
    assert_int_equal(day_counts_within(&counts, 2, 5), 1);
    assert_int_equal(day_counts_within(&counts, 1, 2), 3);
    assert_int_equal(day_counts_within(&counts, 9, 10), 3);
    assert_int_equal(day_counts_within(&counts, 1, 1), 10);
    assert_int_equal(day_counts_within(&none, 1, 2), -1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* Whatever is missing in between, below or above. */
static void numbers_are_counted_in_any_order(void **state)
{
    (void)state;
    DayCounts days = {0};
    PeriodCounts periods = {0};
    uint64_t seed = 11, day_sums[61] = {0}, period_sums[60] = {0};
    for (unsigned i = 0; i < 4000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint32_t one = (uint32_t)(seed >> 40) % 60;
        if ((i < 1000 && one % 3) || (i < 2000 && one > 40) || one == 17)
            continue;
        day_counts_add(&days, (int32_t)one - (i % 2 ? 0 : 1), 1);
        day_sums[one + i % 2]++;
        period_counts_at(&periods, (int32_t)one * 7 - 100)->first++;
        period_sums[one]++;
    }
    for (uint32_t i = 0; i < days.count; i++) {
        assert_true(i == 0 || days.items[i - 1].days < days.items[i].days);
        assert_int_equal(days.items[i].count, day_sums[days.items[i].days + 1]);
    }
    for (uint32_t i = 0; i < periods.count; i++) {
        assert_true(i == 0 || periods.items[i - 1].period < periods.items[i].period);
        assert_int_equal(periods.items[i].first,
                         period_sums[(periods.items[i].period + 100) / 7]);
    }
    assert_int_equal(periods.count, 59);
    free(days.items);
    free(periods.items);
}

static void check_not_added(Result *to, const Result *from, const char *words)
{
    Error err = {0};
    assert_false(result_merge(to, from, &err));
    assert_non_null(strstr(err.text, words));
}

static void nothing_is_added_up_twice(void **state)
{
    Past *past = *state;
    Result results[4];
    give_rows(past, 7, 1, 2, &results[0]);
    give_rows(past, 7, 1, 2, &results[1]);
    check_not_added(&results[0], &results[1], "shard 1/2 is among these results twice");
    give_rows(past, 7, 1, 3, &results[2]);
    check_not_added(&results[1], &results[2], "shard 1/2 and shard 1/3");
    give_rows(past, 7, 1, 1, &results[3]);
    check_not_added(&results[2], &results[3], "have cases in common");
    for (int i = 0; i < 4; i++)
        result_clear(&results[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_grouping_makes_no_difference),
        TEST(nothing_is_added_up_twice),
        TEST(what_was_written_is_read_back),
        TEST(what_was_cut_or_changed_is_refused_or_read),
        TEST(a_fault_is_named_with_its_place),
        TEST(a_newer_form_is_another_version),
        TEST(results_of_other_runs_are_not_added),
        TEST(numbers_are_counted_in_any_order),
        TEST(days_within_which_a_share_was_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
