/* pseudonymise: a log with other names and dates, for people who are to learn from it
 * and not to know whom it is about. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/flow_read.h"
#include "cli/log_options.h"
#include "cli/process.h"
#include "cli/session.h"
#include "cli/target.h"
#include "log/pseudonymise.h"

static const Option options[] = {
    {"key-file", 0, false, "FILE", "the secret from which the new ids are made"},
    {"make-key", 0, false, NULL, "make the key file; refused where it is there already"},
    {"keep", 0, true, "COLUMN", "write this column too (a fact of the map file, or a heading)"},
    {"shift", 0, false, "WHAT",
     "how dates move: by the same weeks in the whole 'log' (default), by others in each "
     "'case', or 'none'"},
    {"raw", 0, false, NULL, "write cells as they are, also where a spreadsheet would run them"},
    {"format", 0, false, "FORMAT", "csv (the default) or xes"},
    TARGET_OPTIONS,
    LOG_OPTIONS,
    {0},
};

enum { KEY_HEX = 2 * PSEUDONYM_KEY_BYTES };

/* ---- the key ------------------------------------------------------------------------- */

static bool cannot(const char *verb, const char *path, Error *err)
{
    ErrorKind kind = errno == ENOENT || errno == ENOTDIR                   ? ERROR_NOT_FOUND
                     : errno == EACCES || errno == EPERM || errno == EROFS ? ERROR_PERMISSION
                                                                           : ERROR_IO;
    return error_kind(err, kind, "cannot %s '%s': %s", verb, path, strerror(errno));
}

static bool make_key(const char *path, Error *err)
{
    uint8_t key[PSEUDONYM_KEY_BYTES];
    char hex[KEY_HEX + 2];
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 && errno == EEXIST)
        return error_kind(err, ERROR_USAGE,
                          "'%s' is there already: leave out --make-key to use it", path);
    if (file < 0)
        return cannot("make", path, err);
    randombytes_buf(key, sizeof key);
    sodium_bin2hex(hex, sizeof hex, key, sizeof key);
    hex[KEY_HEX] = '\n';
    bool done = write(file, hex, KEY_HEX + 1) == KEY_HEX + 1 && fsync(file) == 0;
    int failure = errno;
    sodium_memzero(key, sizeof key);
    sodium_memzero(hex, sizeof hex);
    close(file);
    if (done)
        return true;
    unlink(path);
    errno = failure;
    return cannot("write", path, err);
}

static bool read_hex(int file, uint8_t *key)
{
    char hex[KEY_HEX + 2];
    size_t length = 0;
    ssize_t got = read(file, hex, sizeof hex);
    bool shaped =
        (got == KEY_HEX || (got == KEY_HEX + 1 && hex[KEY_HEX] == '\n')) &&
        sodium_hex2bin(key, PSEUDONYM_KEY_BYTES, hex, KEY_HEX, NULL, &length, NULL) == 0 &&
        length == PSEUDONYM_KEY_BYTES;
    sodium_memzero(hex, sizeof hex);
    return shaped;
}

/* A key that others can read is no secret. */
static bool read_key(const char *path, uint8_t *key, Error *err)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0 && errno == ENOENT)
        return error_kind(err, ERROR_NOT_FOUND,
                          "there is no key file '%s': --make-key makes it", path);
    if (file < 0)
        return cannot("open", path, err);
    bool done = fstat(file, &about) == 0 || cannot("open", path, err);
    if (done && about.st_mode & 077)
        done = error_kind(
            err, ERROR_PERMISSION,
            "others than you can read the key file '%s': chmod 600 makes it yours", path);
    if (done && !read_hex(file, key))
        done = error_set(err, "'%s' is no key file: one is made by --make-key", path);
    close(file);
    return done;
}

static bool take_key(const Invocation *call, uint8_t *key, Error *err)
{
    const char *path = option_text(call, "key-file");
    if (!path)
        return error_kind(err, ERROR_USAGE,
                          "no key: --key-file FILE, with --make-key the first time");
    if (sodium_init() < 0)
        return error_kind(err, ERROR_INTERNAL, "libsodium cannot start");
    if (option_given(call, "make-key") && !make_key(path, err))
        return false;
    return read_key(path, key, err);
}

/* ---- what is kept ---------------------------------------------------------------------- */

typedef struct Kept {
    const char **headings; /* owned; texts borrowed from the options */
    uint32_t *facts;       /* owned; of the mapping */
    uint32_t count;
} Kept;

/* A fact of the map file by its name, or any column by its heading. */
static void keep(Mapping *mapping, const char *name, Kept *kept)
{
    uint32_t fact = 0;
    while (fact < mapping->fact_count && strcmp(mapping->facts[fact].fact, name) != 0)
        fact++;
    if (fact == mapping->fact_count)
        mapping_add_fact(mapping, name, name, 0);
    for (uint32_t i = 0; i < kept->count; i++)
        if (kept->facts[i] == fact)
            return; /* named twice */
    kept->headings[kept->count] = name;
    kept->facts[kept->count++] = fact;
}

static void read_kept(const Invocation *call, Mapping *mapping, Kept *kept)
{
    const char *name;
    size_t count = 0;
    while (option_nth(call, "keep", count))
        count++;
    kept->headings = mem_alloc_array(count + 1, sizeof *kept->headings);
    kept->facts = mem_alloc_array(count + 1, sizeof *kept->facts);
    for (size_t i = 0; (name = option_nth(call, "keep", i)); i++)
        keep(mapping, name, kept);
}

/* ---- where to -----------------------------------------------------------------------------
 */

/* --force is for older extracts, not for what the extract is made from. */
static bool spares_inputs(const Invocation *call, Error *err)
{
    const char *path = option_text(call, "output");
    if (!path)
        return true;
    size_t count = (size_t)call->argument_count;
    const char **inputs = mem_alloc_array(count + 1, sizeof *inputs);
    for (size_t i = 0; i < count; i++)
        inputs[i] = call->arguments[i];
    inputs[count] = option_text(call, "key-file");
    bool spared = target_check(path, option_given(call, "force"), NULL, inputs, count + 1, err);
    free(inputs);
    return spared;
}

static bool read_shift(const Invocation *call, PseudonymShift *shift, Error *err)
{
    static const char *const words[] = {
        [SHIFT_LOG] = "log", [SHIFT_CASE] = "case", [SHIFT_NONE] = "none"};
    const char *what = option_text(call, "shift");
    *shift = SHIFT_LOG;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!what || strcmp(what, words[i]) == 0) {
            *shift = (PseudonymShift)i;
            return true;
        }
    }
    return error_kind(err, ERROR_USAGE, "unknown --shift '%s': log, case or none", what);
}

typedef struct Extract {
    TargetStream stream;
    Text rows; /* owned */
} Extract;

static bool flush(void *context, Error *err)
{
    Extract *extract = context;
    output_add_text(extract->stream.out, &extract->rows);
    text_reset(&extract->rows);
    if (process_interrupted())
        return error_kind(err, ERROR_INTERRUPTED, "interrupted");
    return target_takes_more(&extract->stream, err);
}

static void tell(const PseudonymiseTotals *totals)
{
    Text text = {0};
    if (totals->zone_assumed)
        text_add(&text,
                 "note: nobody said whose local time it is, so UTC is taken: with --zone "
                 "times of day stay as they are\n");
    if (totals->set_aside || totals->left_out)
        text_addf(&text,
                  "note: rows that could not be read ('casewright log' says why): %llu\n"
                  "note: cases left out whole because of that, since part of a case would look "
                  "like all of it: %llu\n",
                  (unsigned long long)totals->set_aside, (unsigned long long)totals->left_out);
    say_aside(&text);
    text_clear(&text);
}

static bool write_extract(const Invocation *call, LogInput *input, LogFormat format,
                          Pseudonymise *wish, Error *err)
{
    Extract extract = {0};
    Kept kept = {0};
    PseudonymiseTotals totals = {0};
    read_kept(call, &input->mapping, &kept);
    LogWriter writer = {.format = format,
                        .out = &extract.rows,
                        .facts = kept.headings,
                        .fact_count = kept.count,
                        .raw = option_given(call, "raw"),
                        .remark = "Pseudonymised by casewright: ids and dates are not the "
                                  "real ones."};
    wish->kept = kept.facts;
    wish->writer = &writer;
    wish->flush = flush;
    wish->context = &extract;
    bool done = target_open(call, NULL, true, &extract.stream, err);
    done = done && pseudonymise(wish, &input->request, &totals, err);
    if (done) {
        log_write_end(&writer);
        output_add_text(extract.stream.out, &extract.rows);
    }
    bool failed = extract.stream.file.failed != 0;
    done = target_close(&extract.stream, done || failed, err) && done;
    if (done)
        tell(&totals);
    log_write_clear(&writer);
    text_clear(&extract.rows);
    free(kept.headings);
    free(kept.facts);
    return done;
}

static bool run(const Invocation *call, Error *err)
{
    static const char *const names[] = {"csv", "xes", NULL};
    size_t format;
    LogInput input = {0};
    Pseudonymise wish = {0};
    bool done = format_read(call, names, &format, err) && read_shift(call, &wish.shift, err) &&
                take_key(call, wish.key, err) && spares_inputs(call, err) &&
                log_input_read(call, 0, &input, err) &&
                write_extract(call, &input, (LogFormat)format, &wish, err);
    sodium_memzero(wish.key, sizeof wish.key);
    log_input_clear(&input);
    return done;
}

const CommandSpec command_pseudonymise = {
    .usage = "LOG…",
    .about = "Writes the log with other ids for cases and people, and all dates moved back by "
             "whole weeks. Who has the key file can join extracts; who has it not cannot go "
             "back. Only case, activity, time, person, role and the columns named with --keep "
             "are written. docs/pseudonymise.md says what this does not protect against.",
    .examples = "casewright pseudonymise cases.csv --key-file team.key --make-key "
                "--output extract.csv\n"
                "casewright pseudonymise cases.csv --key-file team.key --keep risk "
                "--format xes --output extract.xes",
    .options = options,
    .least = 1,
    .most = -1,
    .run = run,
};
