#include "api/write.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/refusal.h"

LogKind log_kind_of(CwKind kind)
{
    static const LogKind table[] = {
        [CW_OPEN] = LOG_OPEN,       [CW_RECORD] = LOG_EVENT,
        [CW_TICK] = LOG_TICK,       [CW_NOT_NEEDED] = LOG_NOT_NEEDED,
        [CW_APPROVE] = LOG_APPROVE, [CW_DECLINE] = LOG_DECLINE,
        [CW_PAUSE] = LOG_PAUSE,     [CW_RESUME] = LOG_RESUME,
        [CW_EXTEND] = LOG_EXTEND,   [CW_REOPEN] = LOG_REOPEN,
        [CW_ASSIGN] = LOG_ASSIGN,   [CW_NOTE] = LOG_NOTE,
        [CW_VOID] = LOG_VOID,       [CW_AMEND] = LOG_AMEND,
    };
    return table[kind];
}

/* ---- the clock ---------------------------------------------------------------------- */

/* Recorded time never goes back: a clock that is behind gives the last one again. */
static bool set_clock(Write *write, Error *err)
{
    Instant last;
    if (!write->engine->now_known)
        return error_kind(err, ERROR_INTERNAL, "nobody said what time it is");
    if (!store_last_recorded(write->engine->store, &last, err))
        return false;
    write->now = write->engine->now;
    if (last != MOMENT_NONE && last > write->now) {
        write->now = last;
        write->answer->clock_was_behind = true;
    }
    return true;
}

/* ---- repeats ------------------------------------------------------------------------ */

static bool same_request(const char *before, const char *now)
{
    json_t *first = json_loads(before ? before : "{}", 0, NULL);
    json_t *second = json_loads(now, 0, NULL);
    const json_t *asked = json_object_get(first, "asked");
    bool same = asked && json_equal(asked, json_object_get(second, "asked"));
    json_decref(first);
    json_decref(second);
    return same;
}

/* The same key: the first answer again, or an objection. */
static bool check_key(Write *write, bool *repeated, Error *err)
{
    *repeated = false;
    if (!write->request->key)
        return true;
    EntryRow row;
    bool found;
    int64_t case_id = write->is_new ? 0 : write->loaded.row.id;
    if (!store_entry_find_key(write->engine->store, case_id, write->request->key, &row, &found,
                              err))
        return false;
    if (!found)
        return true;
    *repeated = row.kind == write->row.kind && same_request(row.facts, write->content);
    if (!*repeated) {
        Refusal *refusal = objection_add(&write->objection, REFUSED_KEY_REUSED,
                                         "the key '%s' was used before, for something else",
                                         write->request->key);
        if (refusal)
            refusal->entry = row.number;
        return true;
    }
    write->answer->repeated = true;
    write->answer->accepted = true;
    write->answer->entry = row.number;
    write->answer->case_number = row.case_id;
    return true;
}

/* ---- preparing ---------------------------------------------------------------------- */

static bool find_case(Write *write, Error *err)
{
    write->is_new = write->request->kind == CW_OPEN;
    if (write->is_new)
        return ask_flow(write, err);
    if (!case_find(write->engine, write->request->which, &write->loaded, err) ||
        !case_load(write->engine, &write->loaded, err))
        return false;
    write->answer->case_number = write->loaded.row.id;
    return true;
}

static bool prepare(Write *write, Error *err)
{
    if (!set_clock(write, err) || !find_case(write, err))
        return false;
    const Definition *definition = write->loaded.definition;
    write->past.definition = definition;
    write->past.case_id = write->loaded.row.id;
    objection_clear(&write->objection);
    memcpy(write->row.definition, definition->hash, STORE_HASH_BYTES);
    write->row.has_calendar = definition->has_calendar;
    memcpy(write->row.calendar, definition->calendar, STORE_HASH_BYTES);
    return ask_time(write, definition->program->zone, err) && ask_what(write, err) &&
           ask_who(write, err) && ask_content(write, err);
}

/* ---- storing the row ---------------------------------------------------------------- */

static bool make_case(Write *write, Error *err)
{
    const Definition *definition = write->loaded.definition;
    LoadedCase *loaded = &write->loaded;
    loaded->row = (CaseRow){
        .reference = write->request->reference,
        .flow = definition->program->name,
        .has_calendar = definition->has_calendar,
        .status = STORE_NOT_OPEN,
        .as_of = MOMENT_NONE,
        .next_due = MOMENT_NEVER,
        .opened = write->row.effective,
        .closed = MOMENT_NONE,
    };
    memcpy(loaded->row.definition, definition->hash, STORE_HASH_BYTES);
    memcpy(loaded->row.calendar, definition->calendar, STORE_HASH_BYTES);
    loaded->record = mem_alloc(case_record_bytes(loaded));
    vm_reset(definition->program, loaded->record);
    return case_count_namesakes(write->engine, write->request->reference,
                                &write->answer->namesakes, err) &&
           (!write->keep || store_case_add(write->engine->store, &loaded->row, err));
}

/* The number is the store's to give, and text facts need it, so the row is written
 * first; a refusal rolls it back. A trial takes the next number there could be. */
static bool take_number(Write *write, Error *err)
{
    if (write->is_new && !make_case(write, err))
        return false;
    write->row.case_id = write->past.case_id = write->loaded.row.id;
    if (!write->keep) {
        write->row.number = write->loaded.row.last_entry + 1;
        return true;
    }
    if (!store_entry_add(write->engine->store, &write->row, err))
        return false;
    write->loaded.row.last_entry = write->row.number;
    return true;
}

/* Later entries that are made void in the same act. */
static bool add_voids(Write *write, Error *err)
{
    for (size_t i = 0; write->keep && i < write->request->also_void_count; i++) {
        EntryRow row = write->row;
        const EntryRow *target = case_log_row(&write->past.log, write->request->also_void[i]);
        row.kind = LOG_VOID;
        row.name = target->name;
        row.refers_to = target->number;
        row.key = NULL;
        row.facts = NULL;
        if (!store_entry_add(write->engine->store, &row, err))
            return false;
        write->loaded.row.last_entry = row.number;
    }
    return true;
}

/* ---- applying ----------------------------------------------------------------------- */

/* Held and approved entries are looked for in the log, but for the new one. */
static const Entry *find_entry(void *context, int64_t number)
{
    Write *write = context;
    return number == write->entry.number ? &write->entry : lazy_log_find(&write->past, number);
}

static bool store_notifications(Write *write, Error *err)
{
    const Vm *vm = &write->loaded.definition->vm;
    OutboxRows rows = {0};
    Moment import = write->row.imported ? now_moment(write->now) : MOMENT_NONE;
    outbox_from_happened(write->loaded.definition, write->loaded.row.id, write->loaded.record,
                         vm->happened, vm->happened_count, import, &rows);
    bool ok = outbox_add(write->engine, &rows, err);
    outbox_rows_clear(&rows);
    return ok;
}

/* The entry stands at the end of what has been worked out: the machine goes on from
 * the record as it is. */
static bool apply_newest(Write *write, bool *refused, Error *err)
{
    Vm *vm = &write->loaded.definition->vm;
    int64_t *record = write->loaded.record;
    vm->find = find_entry;
    vm->find_context = write;
    vm_begin(vm);
    *refused = !vm_apply(vm, record, &write->entry, &write->answer->refusal);
    bool spent = !*refused && now_moment(write->now) > record[SLOT_CLOCK] &&
                 !vm_advance(vm, record, now_moment(write->now));
    vm->find = NULL;
    if (spent) {
        *refused = true;
        write->answer->refusal.code = REFUSED_STEP_BUDGET;
    }
    return lazy_log_is_fine(&write->past, err) &&
           (*refused || !write->keep || store_notifications(write, err));
}

/* Today's date without a time stands at the end of today. That is only possible while
 * nothing falls due between now and then: it would be worked out before it is due. */
static void check_today(Write *write)
{
    Vm *vm = &write->loaded.definition->vm;
    Moment now = now_moment(write->now);
    Moment at =
        moment_of_date(write->loaded.definition->program->zone, write->row.effective_day);
    if (!write->row.date_only || at <= now)
        return;
    size_t bytes = case_record_bytes(&write->loaded);
    int64_t *scratch = mem_alloc(bytes);
    memcpy(scratch, write->loaded.record, bytes);
    vm->find = find_entry;
    vm->find_context = write;
    vm->quiet = true;
    if (now > scratch[SLOT_CLOCK] && scratch[SLOT_STATUS] != CASE_NOT_OPEN)
        vm_advance(vm, scratch, now);
    vm->quiet = false;
    vm->find = NULL;
    if (scratch[SLOT_NEXT_DUE] < at)
        objection_add(&write->objection, REFUSED_IN_THE_FUTURE,
                      "today is not over and something falls due before it is: give the time");
    free(scratch);
}

static bool is_late(const Write *write)
{
    return write->request->also_void_count || kind_is_correction(write->row.kind) ||
           write->entry.at < write->loaded.record[SLOT_CLOCK];
}

/* A correction is no entry for the machine; anything else is bound first. */
static bool bind_new(Write *write, Error *err)
{
    if (kind_is_correction(write->row.kind))
        return true;
    return bind_entry(write->engine, write->loaded.definition, &write->row, write->arena,
                      &write->entry, err);
}

/* Of the machine's reason and ours, the one that is tried first. A fact that could not
 * be read is not missing. */
static void combine(Write *write, bool *refused)
{
    Refusal *refusal = &write->answer->refusal;
    const Refusal *ours = &write->objection.refusal;
    if (ours->code == REFUSED_NOT)
        return;
    bool same_fact = refusal->code == REFUSED_MISSING_FACT &&
                     ours->code == REFUSED_WRONG_FACT && refusal->fact == ours->fact;
    bool asked = refusal->code != REFUSED_NOT;
    if (asked && refusal->code < ours->code && !same_fact)
        return;
    *refused = true;
    *refusal = *ours;
    write->answer->detail = arena_strdup(write->arena, write->objection.text);
}

/* The machine knows names by their numbers only: what was typed is said here. */
static void name_unknown(Write *write)
{
    Answer *answer = write->answer;
    if (answer->refusal.code == REFUSED_UNKNOWN_EVENT && !answer->detail && write->row.name)
        answer->detail =
            arena_format(write->arena, "nothing in this flow is called '%s'", write->row.name);
}

static bool decide(Write *write, bool *refused, Error *err)
{
    *refused = write->objection.refusal.code != REFUSED_NOT &&
               write->objection.refusal.code < REFUSED_CASE_CLOSED;
    if (!*refused) {
        if (!take_number(write, err) || !bind_new(write, err) || !add_voids(write, err))
            return false;
        check_today(write);
        write->answer->late = is_late(write);
        bool ok = write->answer->late ? correct_replay(write, refused, err)
                                      : apply_newest(write, refused, err);
        if (!ok)
            return false;
    }
    combine(write, refused);
    name_unknown(write);
    return true;
}

/* ---- refusals ----------------------------------------------------------------------- */

static const char *keep_text(Write *write, Text *text)
{
    const char *kept = text->length ? arena_strdup(write->arena, text_get(text)) : NULL;
    text_clear(text);
    return kept;
}

/* Said here, while the record is at hand that was refused: a refused opening leaves no
 * case that could be asked later. */
static void say_refusal(Write *write)
{
    Answer *answer = write->answer;
    CaseView view = {
        .bundle = &write->loaded.definition->bundle,
        .flow = &write->loaded.definition->bundle.flow,
        .program = write->loaded.definition->program,
        .record = write->loaded.record,
        .flow_name = write->loaded.definition->program->name,
        .now = write->now,
        .reference = "",
    };
    Text words = {0}, help = {0};
    answer->words = answer->detail;
    if (!view.record)
        return;
    refusal_sentence(&view, &answer->refusal, answer->detail, &words);
    answer->words = keep_text(write, &words);
    if (write->is_new)
        refusal_help(&view, &answer->refusal, &help);
    answer->help = keep_text(write, &help);
}

static bool keep_refusal(Write *write, Error *err)
{
    RefusalRow row = {
        .case_id = write->is_new ? 0 : write->loaded.row.id,
        .kind = write->row.kind,
        .name = write->row.name,
        .effective = write->row.effective,
        .recorded = write->now,
        .person = write->row.person,
        .role = write->row.role,
        .code = refusal_code_text(write->answer->refusal.code),
        .text = write->answer->words,
    };
    if (!store_begin(write->engine->store, err))
        return false;
    if (store_refusal_add(write->engine->store, &row, err))
        return store_commit(write->engine->store, err);
    store_rollback(write->engine->store);
    return false;
}

/* ---- the transaction ---------------------------------------------------------------- */

static bool finish(Write *write, bool refused, Error *err)
{
    Store *store = write->engine->store;
    Answer *answer = write->answer;
    if (refused || !write->keep) {
        store_rollback(store);
        answer->accepted = !refused;
        if (refused && write->is_new)
            answer->case_number = 0;
        if (refused)
            say_refusal(write);
        return !write->keep || keep_refusal(write, err);
    }
    if (!case_save(write->engine, &write->loaded, err)) {
        store_rollback(store);
        return false;
    }
    if (!store_commit(store, err))
        return false;
    answer->accepted = true;
    answer->case_number = write->loaded.row.id;
    answer->entry = write->row.number;
    answer->withdrawn = (uint32_t)write->withdrawn;
    return true;
}

static bool perform(Write *write, Error *err)
{
    bool repeated = false, refused = false;
    bool ok = prepare(write, err) && check_key(write, &repeated, err) &&
              (repeated || decide(write, &refused, err));
    if (!ok || repeated) {
        store_rollback(write->engine->store);
        return ok;
    }
    return finish(write, refused, err);
}

bool write_perform(Engine *engine, const CwRequest *request, bool keep, Answer *answer,
                   Error *err)
{
    Write write = {.engine = engine,
                   .request = request,
                   .keep = keep,
                   .answer = answer,
                   .arena = &answer->view.arena,
                   .past = {.engine = engine}};
    objection_clear(&write.objection);
    answer->refusal = write.objection.refusal;
    if (keep && engine->read_only)
        return error_kind(err, ERROR_PERMISSION, "the database was opened for reading only");
    if (!(keep ? store_begin(engine->store, err) : store_begin_read(engine->store, err)))
        return false;
    bool ok = perform(&write, err);
    case_log_clear(&write.past.log);
    case_clear(&write.loaded);
    free(write.content);
    return ok;
}
