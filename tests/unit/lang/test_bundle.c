#include "lang/bundle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/limits.h"
#include "files.h"
#include "lang/scenario_ast.h"

static bool load(Bundle *bundle, const MemoryFile *files, const char *name, Error *err)
{
    *err = (Error){0};
    return bundle_load(bundle, name, read_memory, (void *)(uintptr_t)files, err);
}

static void a_file_used_by_two_others_is_read_once(void **state)
{
    (void)state;
    const MemoryFile files[] = {{"a.flow", "use \"b\"\nuse \"c\"\n"},
                                {"b.flow", "use \"d\"\n"},
                                {"c.flow", "use \"d\"\n"},
                                {"d.flow", "role worker \"Worker\"\n"},
                                {0}};
    Bundle bundle;
    Error err;
    assert_true(load(&bundle, files, "a", &err));
    assert_int_equal(bundle.diags.count, 0);
    assert_int_equal(bundle.source_count, 4);
    assert_string_equal(bundle.sources[0].path, "a.flow");
    assert_string_equal(bundle.sources[2].path, "d.flow"); /* depth first */
    assert_string_equal(bundle.flow.roles->name, "worker");
    assert_null(bundle.flow.roles->next);
    bundle_clear(&bundle);
}

static void files_that_use_each_other_are_shown_as_a_path(void **state)
{
    (void)state;
    const MemoryFile files[] = {
        {"a.flow", "use \"b\"\n"}, {"b.flow", "# round\nuse \"a\"\n"}, {0}};
    Bundle bundle;
    Error err;
    assert_true(load(&bundle, files, "a", &err));
    assert_int_equal(bundle.diags.count, 1);
    const Diag *diag = bundle.diags.items[0];
    assert_string_equal(diag->code, "CF113");
    assert_int_equal(diag->span.file, 1);
    assert_non_null(strstr(diag->help, "a.flow uses b.flow uses a.flow"));
    bundle_clear(&bundle);
}

static void a_file_that_uses_itself_is_a_circle_too(void **state)
{
    (void)state;
    const MemoryFile files[] = {{"a.flow", "use \"a\"\n"}, {0}};
    Bundle bundle;
    Error err;
    assert_true(load(&bundle, files, "a", &err));
    assert_int_equal(bundle.diags.count, 1);
    assert_non_null(strstr(bundle.diags.items[0]->help, "a.flow uses a.flow"));
    bundle_clear(&bundle);
}

static void a_missing_file_is_reported_with_who_wanted_it(void **state)
{
    (void)state;
    const MemoryFile files[] = {{"a.flow", "use \"b\"\n"}, {"b.flow", "\n\nuse \"c\"\n"}, {0}};
    Bundle bundle;
    Error err;
    assert_false(load(&bundle, files, "a", &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    assert_string_equal(err.text,
                        "cannot open 'c.flow': no such file, used by 'b.flow' line 3, "
                        "used by 'a.flow' line 1");
    bundle_clear(&bundle);
}

/* n0 uses n1 uses … up to `links` uses. */
static bool load_chain(unsigned links, Error *err)
{
    enum { MOST = LIMIT_USE_DEPTH + 3 };
    static char paths[MOST][16], texts[MOST][32];
    MemoryFile files[MOST + 1] = {0};
    for (unsigned i = 0; i <= links; i++) {
        snprintf(paths[i], sizeof paths[i], "n%u.flow", i);
        snprintf(texts[i], sizeof texts[i], i < links ? "use \"n%u\"\n" : "# %u\n", i + 1);
        files[i] = (MemoryFile){paths[i], texts[i]};
    }
    Bundle bundle;
    bool ok = load(&bundle, files, "n0", err);
    bundle_clear(&bundle);
    return ok;
}

static void a_chain_of_files_may_be_sixteen_long(void **state)
{
    (void)state;
    Error err;
    assert_true(load_chain(LIMIT_USE_DEPTH - 1, &err));
    assert_true(load_chain(LIMIT_USE_DEPTH, &err));
    assert_false(load_chain(LIMIT_USE_DEPTH + 1, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
}

static bool read_any(void *context, const char *name, const char *from, char **path,
                     char **text, size_t *length, Error *err)
{
    if (from && strcmp(name, "main.scenarios") == 0)
        return error_kind(err, ERROR_NOT_FOUND, "none");
    *path = mem_strdup(from ? name : "main.flow");
    *text = mem_strdup(from ? "# empty\n" : (const char *)context);
    *length = strlen(*text);
    return true;
}

static bool load_many(unsigned files, Error *err)
{
    Text text = {0};
    for (unsigned i = 1; i < files; i++)
        text_addf(&text, "use \"f%u\"\n", i);
    Bundle bundle;
    *err = (Error){0};
    bool ok = bundle_load(&bundle, "main", read_any, (void *)(uintptr_t)text_get(&text), err);
    if (ok)
        assert_int_equal(bundle.source_count, files);
    bundle_clear(&bundle);
    text_clear(&text);
    return ok;
}

static void a_bundle_may_have_256_files(void **state)
{
    (void)state;
    Error err;
    assert_true(load_many(LIMIT_USE_FILES - 1, &err));
    assert_true(load_many(LIMIT_USE_FILES, &err));
    assert_false(load_many(LIMIT_USE_FILES + 1, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
}

static bool load_bytes(size_t bytes, Error *err)
{
    char *text = malloc(bytes + 1);
    memset(text, '\n', bytes);
    text[bytes] = '\0';
    Bundle bundle;
    *err = (Error){0};
    bool ok = bundle_load(&bundle, "main", read_any, text, err);
    bundle_clear(&bundle);
    free(text);
    return ok;
}

static void a_file_may_have_eight_mebibytes(void **state)
{
    (void)state;
    Error err;
    assert_true(load_bytes(LIMIT_FLOW_BYTES - 1, &err));
    assert_true(load_bytes(LIMIT_FLOW_BYTES, &err));
    assert_false(load_bytes(LIMIT_FLOW_BYTES + 1, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
}

static void the_scenario_file_beside_the_flow_is_read_with_it(void **state)
{
    (void)state;
    const MemoryFile files[] = {{"a.flow", "role worker \"Worker\"\n"},
                                {"a.scenarios.flow", "scenario \"S\"\n  given a new case\n"},
                                {0}};
    Bundle bundle;
    Error err;
    assert_true(load(&bundle, files, "a", &err));
    assert_int_equal(bundle.source_count, 2);
    assert_false(bundle.sources[0].is_scenarios);
    assert_true(bundle.sources[1].is_scenarios);
    assert_string_equal(bundle.flow.scenarios->name, "S");
    bundle_clear(&bundle);
}

static void a_packed_bundle_reads_back_as_the_same_files(void **state)
{
    (void)state;
    const MemoryFile files[] = {{"a.flow", "use \"b\"\n# file 1 2 3\nuse \"c\"\n"},
                                {"b.flow", "use \"c\"\n"},
                                {"c.flow", "role worker \"Worker\""},
                                {"a.scenarios.flow", "scenario \"S\"\n  given a new case\n"},
                                {0}};
    Bundle bundle, again;
    Error err;
    assert_true(load(&bundle, files, "a", &err));
    Text packed = {0}, repacked = {0};
    bundle_pack(&bundle, &packed);
    BundlePack pack = {packed.data, packed.length};
    assert_true(bundle_load(&again, "anything", bundle_unpack, &pack, &err));
    assert_int_equal(again.source_count, 3); /* no scenarios */
    for (size_t i = 0; i < again.source_count; i++) {
        assert_string_equal(again.sources[i].path, bundle.sources[i].path);
        assert_string_equal(again.sources[i].text, bundle.sources[i].text);
    }
    bundle_pack(&again, &repacked);
    assert_string_equal(text_get(&repacked), text_get(&packed));
    bundle_clear(&again);
    bundle_clear(&bundle);
    text_clear(&packed);
    text_clear(&repacked);
}

static void a_pack_cut_anywhere_is_refused_not_misread(void **state)
{
    (void)state;
    const MemoryFile files[] = {
        {"a.flow", "use \"b\"\n"}, {"b.flow", "role worker \"W\"\n"}, {0}};
    Bundle bundle, again;
    Error err;
    assert_true(load(&bundle, files, "a", &err));
    Text packed = {0};
    bundle_pack(&bundle, &packed);
    for (size_t length = 0; length < packed.length; length++) {
        BundlePack pack = {mem_strndup(packed.data, length), length};
        assert_false(bundle_load(&again, "a", bundle_unpack, &pack, &err));
        bundle_clear(&again);
        free((void *)(uintptr_t)pack.text);
    }
    bundle_clear(&bundle);
    text_clear(&packed);
}

static void places_count_characters_and_lines_of_every_kind(void **state)
{
    (void)state;
    Bundle bundle = {0};
    const char *text = "ab\r\n\xC3\xA9x\n\nlast";
    bundle_add_source(&bundle, "a.flow", "a", text, strlen(text));
    const Source *source = &bundle.sources[0];
    Place place = source_place(source, 6); /* the x, after a two-byte letter */
    assert_int_equal(place.line, 2);
    assert_int_equal(place.column, 2);
    place = source_place(source, (uint32_t)strlen(text));
    assert_int_equal(place.line, 4);
    assert_int_equal(place.column, 5);
    size_t length;
    assert_memory_equal(source_line(source, 1, &length), "ab", 2);
    assert_int_equal(length, 2); /* without the carriage return */
    source_line(source, 3, &length);
    assert_int_equal(length, 0);
    source_line(source, 5, &length);
    assert_int_equal(length, 0);
    bundle_clear(&bundle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_used_by_two_others_is_read_once),
        cmocka_unit_test(files_that_use_each_other_are_shown_as_a_path),
        cmocka_unit_test(a_file_that_uses_itself_is_a_circle_too),
        cmocka_unit_test(a_missing_file_is_reported_with_who_wanted_it),
        cmocka_unit_test(a_chain_of_files_may_be_sixteen_long),
        cmocka_unit_test(a_bundle_may_have_256_files),
        cmocka_unit_test(a_file_may_have_eight_mebibytes),
        cmocka_unit_test(the_scenario_file_beside_the_flow_is_read_with_it),
        cmocka_unit_test(a_packed_bundle_reads_back_as_the_same_files),
        cmocka_unit_test(a_pack_cut_anywhere_is_refused_not_misread),
        cmocka_unit_test(places_count_characters_and_lines_of_every_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
