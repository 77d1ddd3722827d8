/* The public face: every function here passes on to the engine and turns its
 * Error into a CwError. */
#include "api/casewright.h"

#include <string.h>

#include "api/write.h"
#include "render/refusal.h"

static bool pass_on(bool ok, const Error *err, CwError *error)
{
    if (!error)
        return ok;
    *error = (CwError){0};
    if (!ok) {
        error->code = err->kind == ERROR_NONE ? ERROR_INTERNAL : (int)err->kind;
        snprintf(error->text, sizeof error->text, "%s", err->text);
    }
    return ok;
}

const char *cw_version(void)
{
    return CASEWRIGHT_VERSION;
}

bool cw_create(const char *path, bool rehearsal, int64_t now, CwError *error)
{
    Error err = {0};
    return pass_on(engine_create(path, rehearsal, now, &err), &err, error);
}

bool cw_open(const char *path, const CwOptions *options, CwDatabase **database, CwError *error)
{
    Error err = {0};
    return pass_on(engine_open(path, options, database, &err), &err, error);
}

void cw_close(CwDatabase *database)
{
    engine_close(database);
}

bool cw_set_now(CwDatabase *database, int64_t now, bool given, CwError *error)
{
    Error err = {0};
    return pass_on(engine_set_now(database, now, given, &err), &err, error);
}

/* The first mistake of the flow instead of their number. */
static void name_first_mistake(Bundle *bundle, Error *err)
{
    diags_sort(&bundle->diags);
    for (size_t i = 0; i < bundle->diags.count; i++) {
        const Diag *diag = bundle->diags.items[i];
        if (diag->severity != SEVERITY_ERROR)
            continue;
        const Source *source = &bundle->sources[diag->span.file];
        Place place = source_place(source, diag->span.offset);
        error_kind(err, ERROR_REFUSED, "%s:%u:%u: %s [%s]", source->path, place.line,
                   place.column, diag->text, diag->code);
        return;
    }
}

bool cw_deploy(CwDatabase *database, const char *file, const char *by, char hash[65],
               CwError *error)
{
    Error err = {0};
    Bundle bundle = {0};
    Deployed deployed;
    bool ok = engine_deploy(database, file, by, &bundle, &deployed, &err);
    if (ok && hash)
        memcpy(hash, deployed.hash, sizeof deployed.hash);
    if (!ok && err.kind == ERROR_REFUSED)
        name_first_mistake(&bundle, &err);
    bundle_clear(&bundle);
    return pass_on(ok, &err, error);
}

bool cw_person_add(CwDatabase *database, const char *login, const char *label, CwError *error)
{
    Error err = {0};
    return pass_on(engine_person_add(database, login, label, &err), &err, error);
}

bool cw_person_hold(CwDatabase *database, const char *login, const char *role, const char *from,
                    const char *until, CwError *error)
{
    Error err = {0};
    return pass_on(engine_person_hold(database, login, role, from, until, &err), &err, error);
}

bool cw_person_absent(CwDatabase *database, const char *login, const char *from,
                      const char *until, const char *reason, CwError *error)
{
    Error err = {0};
    return pass_on(engine_person_absent(database, login, from, until, reason, &err), &err,
                   error);
}

/* The case is not loaded for the answer: that would take as long as its history is. */
bool cw_write(CwDatabase *database, const CwRequest *request, CwAnswer *answer, CwError *error)
{
    Error err = {0};
    Answer full = {0};
    *answer = (CwAnswer){0};
    bool ok = write_perform(database, request, true, &full, &err);
    answer->accepted = ok && full.accepted;
    answer->repeated = full.repeated;
    answer->clock_was_behind = full.clock_was_behind;
    answer->case_number = full.case_number;
    answer->entry = full.entry;
    if (ok && !full.accepted) {
        snprintf(answer->refusal, sizeof answer->refusal, "%s",
                 refusal_code_text(full.refusal.code));
        snprintf(answer->text, sizeof answer->text, "%s",
                 full.words ? full.words : answer->refusal);
    }
    answer_clear(&full);
    return pass_on(ok, &err, error);
}

bool cw_tick(CwDatabase *database, int64_t *cases, CwError *error)
{
    Error err = {0};
    TickResult result = {0};
    bool ok = engine_tick(database, &result, &err);
    *cases = result.cases;
    return pass_on(ok, &err, error);
}

typedef struct PublicDelivery {
    CwDeliver deliver;
    void *context;
} PublicDelivery;

static bool deliver_line(void *context, const char *line, size_t length, Error *err)
{
    PublicDelivery *delivery = context;
    return delivery->deliver(delivery->context, line, length) ||
           error_kind(err, ERROR_IO, "a notification was not taken; it stays in the outbox");
}

bool cw_deliver(CwDatabase *database, CwDeliver deliver, void *context, int64_t *delivered,
                CwError *error)
{
    Error err = {0};
    PublicDelivery delivery = {deliver, context};
    return pass_on(engine_deliver(database, deliver_line, &delivery, delivered, &err), &err,
                   error);
}

bool cw_verify(CwDatabase *database, CwError *error)
{
    Error err = {0};
    Verified verified = {0};
    bool ok = engine_verify(database, &verified, &err);
    if (ok && verified.damaged)
        ok = error_kind(&err, ERROR_INTEGRITY, "%s", verified.first);
    return pass_on(ok, &err, error);
}

bool cw_backup(CwDatabase *database, const char *path, bool replace, CwError *error)
{
    Error err = {0};
    return pass_on(engine_backup(database, path, replace, &err), &err, error);
}
