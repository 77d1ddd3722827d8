#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

static char *format_text(Arena *arena, const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, list);
    return text;
}

#define FORMATTED(result, diags)                                                               \
    do {                                                                                       \
        va_list list;                                                                          \
        va_start(list, format);                                                                \
        (result) = format_text(&(diags)->arena, format, list);                                 \
        va_end(list);                                                                          \
    } while (0)

static Diag *add(Diags *diags, Severity severity, Span span, const char *code)
{
    diags->items =
        mem_grow(diags->items, &diags->capacity, diags->count + 1, sizeof *diags->items);
    Diag *diag = ARENA_NEW(&diags->arena, Diag);
    diag->severity = severity;
    diag->code = code;
    diag->span = span;
    diag->order = (uint32_t)diags->count;
    diags->items[diags->count++] = diag;
    diags->errors += severity == SEVERITY_ERROR;
    diags->warnings += severity == SEVERITY_WARNING;
    return diag;
}

Diag *diag_add(Diags *diags, Span span, const char *code, const char *format, ...)
{
    Diag *diag = add(diags, SEVERITY_ERROR, span, code);
    FORMATTED(diag->text, diags);
    return diag;
}

Diag *diag_add_severity(Diags *diags, Severity severity, Span span, const char *code,
                        const char *format, ...)
{
    Diag *diag = add(diags, severity, span, code);
    FORMATTED(diag->text, diags);
    return diag;
}

void diag_help(Diags *diags, Diag *diag, const char *format, ...)
{
    FORMATTED(diag->help, diags);
}

void diag_label(Diags *diags, Diag *diag, const char *format, ...)
{
    FORMATTED(diag->label, diags);
}

void diag_example(Diags *diags, Diag *diag, const char *format, ...)
{
    FORMATTED(diag->example, diags);
}

void diag_scenario(Diags *diags, Diag *diag, const char *text)
{
    diag->scenario = arena_strdup(&diags->arena, text);
}

void diag_replace(Diags *diags, Diag *diag, const char *text)
{
    diag->replace = arena_strdup(&diags->arena, text);
}

void diag_related(Diags *diags, Diag *diag, Span span, const char *format, ...)
{
    DiagRelated *related = ARENA_NEW(&diags->arena, DiagRelated);
    related->span = span;
    FORMATTED(related->text, diags);
    DiagRelated **end = &diag->related;
    while (*end)
        end = &(*end)->next;
    *end = related;
}

void diags_keep(Diags *diags, size_t count)
{
    while (diags->count > count) {
        Severity severity = diags->items[--diags->count]->severity;
        diags->errors -= severity == SEVERITY_ERROR;
        diags->warnings -= severity == SEVERITY_WARNING;
    }
}

static int compare(const void *left, const void *right)
{
    const Diag *a = *(Diag *const *)left, *b = *(Diag *const *)right;
    if (a->span.file != b->span.file)
        return a->span.file < b->span.file ? -1 : 1;
    if (a->span.offset != b->span.offset)
        return a->span.offset < b->span.offset ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

void diags_sort(Diags *diags)
{
    if (diags->count)
        qsort(diags->items, diags->count, sizeof *diags->items, compare);
}

void diags_clear(Diags *diags)
{
    free(diags->items);
    arena_clear(&diags->arena);
    *diags = (Diags){0};
}

Span span_join(Span first, Span last)
{
    if (first.file != last.file || last.offset + last.length < first.offset)
        return first;
    first.length = last.offset + last.length - first.offset;
    return first;
}
