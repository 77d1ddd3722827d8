#include <string.h>

#include "base/mem.h"
#include "lang/names_internal.h"
#include "lang/suggest.h"

static const char *const kind_words[REF_KINDS] = {
    [REF_UNRESOLVED] = "thing",  [REF_FACT] = "fact",     [REF_TERM] = "term",
    [REF_PERIOD] = "period",     [REF_EVENT] = "event",   [REF_WORK] = "task or review",
    [REF_ROLE] = "role",         [REF_STATE] = "state",   [REF_TRACK] = "track",
    [REF_CALENDAR] = "calendar", [REF_POLICY] = "policy", [REF_VALUE] = "value",
};

const char *names_kind_word(RefKind kind)
{
    return kind_words[kind];
}

const char *names_article(RefKind kind)
{
    return kind == REF_EVENT ? "an" : "a";
}

const Declared *names_declared(const Names *names, RefKind kind, int32_t index)
{
    return &names->declared[kind].items[index];
}

const char *names_line(const Names *names, Span span, Span near)
{
    const Source *source = &names->bundle->sources[span.file];
    uint32_t line = source_place(source, span.offset).line;
    if (span.file == near.file)
        return arena_format(names->arena, "line %u", line);
    return arena_format(names->arena, "line %u of %s", line, source->path);
}

const char *names_track(const Names *names, int32_t track)
{
    return track == 0 ? "the main line"
                      : arena_format(names->arena, "the track \"%s\"",
                                     names->flow->track_at[track]->name);
}

void names_say_main_line(Names *names, const Ref *ref, const char *sentence)
{
    Diag *diag = diag_add(names->diags, ref->span, "CF118", "%s", sentence);
    diag_help(names->diags, diag,
              "The main line runs from the opening of the case until it reaches an end state.");
}

const char *names_words(const Names *names, Span span)
{
    const size_t longest = 60;
    const char *text = names->bundle->sources[span.file].text + span.offset;
    if (span.length <= longest)
        return arena_strndup(names->arena, text, span.length);
    size_t length = longest;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return arena_format(names->arena, "%.*s...", (int)length, text);
}

bool names_ref_quietly(Names *names, Ref *ref, RefKind kind)
{
    if (!ref->text)
        return false;
    int64_t index = map_index(&names->declared[kind].by_name, ref->text);
    ref->kind = index < 0 ? REF_UNRESOLVED : kind;
    ref->index = (int32_t)index;
    return index >= 0;
}

/* ---- what to say about an unknown name ---------------------------------- */

/* "task" and "review" rather than "event" for an event that work makes. */
static const char *word_of(const Names *names, RefKind kind, int32_t index)
{
    if (kind == REF_EVENT && names->flow->event_at) {
        const EventAst *event = names->flow->event_at[index];
        if (event->is_work)
            return event->work->kind == WORK_REVIEW ? "review" : "task";
    }
    return kind_words[kind];
}

static bool say_other_kind(const Names *names, Diag *diag, const Ref *ref, RefKind kind)
{
    for (RefKind other = REF_FACT; other < REF_VALUE; other++) {
        int64_t index = map_index(&names->declared[other].by_name, ref->text);
        bool is_main_line = other == REF_TRACK && index == 0; /* nobody declared it */
        if (other == kind || index < 0 || is_main_line)
            continue;
        const Declared *declared = names_declared(names, other, (int32_t)index);
        const char *word = word_of(names, other, (int32_t)index);
        if (kind == REF_TERM && other == REF_FACT)
            diag_help(
                names->diags, diag,
                "\"%s\" is a fact (%s): say what it has to be, for example \"%s is known\".",
                ref->text, names_line(names, declared->span, ref->span), ref->text);
        else
            diag_help(names->diags, diag, "\"%s\" is the name of %s %s (%s), not of %s %s.",
                      ref->text, word[0] == 'e' ? "an" : "a", word,
                      names_line(names, declared->span, ref->span), names_article(kind),
                      kind_words[kind]);
        return true;
    }
    return false;
}

/* The nearest name of a kind; tasks and reviews stand among the events. */
static const Declared *nearest_name(Names *names, const char *wanted, RefKind kind,
                                    uint32_t *distance)
{
    const DeclaredList *list = &names->declared[kind == REF_WORK ? REF_EVENT : kind];
    Suggestion nearest = suggest_begin(wanted);
    if (names->searches_left == 0)
        return NULL;
    names->searches_left--;
    for (size_t i = 0; i < list->count; i++) {
        bool fits = kind != REF_WORK || names->flow->event_at[i]->is_work;
        suggest_try(&nearest, fits ? list->items[i].name : "");
    }
    *distance = nearest.distance;
    return nearest.best == SUGGEST_NONE ? NULL : &list->items[nearest.best];
}

/* How a thing of each kind is declared, after its own word and its name. */
static const char *const declarations[REF_KINDS] = {
    [REF_FACT] = "\"...\" yes or no",
    [REF_TERM] = "\"...\" when ...",
    [REF_PERIOD] = "\"...\" is 3 working days",
    [REF_EVENT] = "\"...\" by anyone",
    [REF_ROLE] = "\"...\"",
    [REF_STATE] = "\"...\"",
    [REF_TRACK] = "\"...\"",
    [REF_POLICY] = "\"...\" clauses 1 to 9",
};

/* Is `word`, but for a slip, one of the parts between the hyphens of `name`? */
static bool is_part_of(Names *names, const char *word, const char *name)
{
    for (const char *part = name; *part;) {
        size_t length = strcspn(part, "-");
        const char *copy = arena_strndup(names->arena, part, length);
        Suggestion alike = suggest_begin(word);
        suggest_try(&alike, copy);
        if (alike.best != SUGGEST_NONE)
            return true;
        part += length + (part[length] == '-');
    }
    return false;
}

/* `manager` where there are team-manager and service-manager: adds them to `out`;
 * nothing when there are none or too many to help. */
static void add_longer_names(Names *names, const char *wanted, RefKind kind, Text *out)
{
    enum { MOST = 4 };
    const DeclaredList *list = &names->declared[kind];
    const char *found[MOST + 1];
    size_t count = 0;
    for (size_t i = 0; strlen(wanted) > 3 && i < list->count && count <= MOST; i++)
        if (strchr(list->items[i].name, '-') && is_part_of(names, wanted, list->items[i].name))
            found[count++] = list->items[i].name;
    if (count > MOST)
        return;
    for (size_t i = 0; i < count; i++)
        text_addf(out, "%s\"%s\"",
                  i == 0          ? "Did you mean "
                  : i + 1 < count ? ", "
                                  : " or ",
                  found[i]);
    text_add(out, count > 0 ? "?\n" : "");
}

/* Nothing has a name much like it, so it may be missing altogether. */
static void say_how_to_declare(Names *names, Diag *diag, const Ref *ref, RefKind kind)
{
    Text longer = {0};
    if (names->searches_left > 0)
        add_longer_names(names, ref->text, kind, &longer);
    if (kind == REF_CALENDAR)
        diag_help(names->diags, diag,
                  "%sA calendar of the library comes with a line such as: use "
                  "\"calendars/england-and-wales\"",
                  text_get(&longer));
    else if (kind == REF_ROLE && strncmp(ref->text, "every", strlen("every")) == 0)
        diag_help(names->diags, diag, "For people in every role, write \"anyone\".");
    else if (declarations[kind])
        diag_help(names->diags, diag, "%sIf it is missing, give it a line of its own: %s %s %s",
                  text_get(&longer), kind_words[kind], ref->text, declarations[kind]);
    text_clear(&longer);
}

static void say_nearest(Names *names, Diag *diag, const Ref *ref, RefKind kind)
{
    uint32_t distance;
    const Declared *declared = nearest_name(names, ref->text, kind, &distance);
    if (!declared) {
        say_how_to_declare(names, diag, ref, kind);
        return;
    }
    diag_help(names->diags, diag, "Did you mean \"%s\" (%s)?", declared->name,
              names_line(names, declared->span, ref->span));
    diag_replace(names->diags, diag, declared->name);
}

/* One finding for each name that is missing; its other uses are listed there. */
static void say_unknown(Names *names, const Ref *ref, RefKind kind)
{
    char *key = arena_format(names->arena, "%d %s", (int)kind, ref->text);
    int64_t known = map_index(&names->reported, key);
    if (known >= 0) {
        Diag *diag = names->diags->items[known];
        if (!diag->related)
            diag_related(names->diags, diag, ref->span, "used here too");
        return;
    }
    map_add(&names->reported, key, strlen(key), (int64_t)names->diags->count);
    Diag *diag = diag_add(names->diags, ref->span, "CF101", "There is no %s called \"%s\"",
                          kind_words[kind], ref->text);
    if (!say_other_kind(names, diag, ref, kind))
        say_nearest(names, diag, ref, kind);
}

bool names_ref(Names *names, Ref *ref, RefKind kind)
{
    if (!ref->text)
        return false;
    if (names_ref_quietly(names, ref, kind))
        return true;
    say_unknown(names, ref, kind);
    return false;
}

bool names_ref_either(Names *names, Ref *ref, RefKind kind, RefKind other)
{
    if (names_ref_quietly(names, ref, kind) || names_ref_quietly(names, ref, other))
        return true;
    if (!ref->text)
        return false;
    uint32_t here, there;
    const Declared *first = nearest_name(names, ref->text, kind, &here);
    const Declared *second = nearest_name(names, ref->text, other, &there);
    say_unknown(names, ref, second && (!first || there < here) ? other : kind);
    return false;
}

void names_refs(Names *names, RefList *list, RefKind kind)
{
    for (Ref *ref = list->first; ref; ref = ref->next)
        names_ref(names, ref, kind);
}

bool names_work_ref(Names *names, Ref *ref)
{
    if (!names_ref_quietly(names, ref, REF_EVENT)) {
        if (ref->text)
            say_unknown(names, ref, REF_WORK);
        return false;
    }
    const EventAst *event = names->flow->event_at[ref->index];
    if (event->is_work)
        return true;
    Diag *diag = diag_add(names->diags, ref->span, "CF101",
                          "There is no task or review called \"%s\"", ref->text);
    diag_help(names->diags, diag, "\"%s\" is an event (%s); work is needed here.", ref->text,
              names_line(names, event->name_span, ref->span));
    ref->index = -1;
    ref->kind = REF_UNRESOLVED;
    return false;
}
