/* A flow as a picture, before anyone draws it: boxes, what stands in them, and
 * the arrows between them, one part for the main line and one for each track.
 * draw_dot, draw_mermaid, draw_text and draw_svg each write the same picture.
 * All words are fit for a terminal and not yet escaped for any format. The order
 * is that of the flow, so that a state added moves nothing else about. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "lang/ast.h"
#include "render/view.h"
#include "sim/coverage.h"

/* A sentence with its reasons. Strings that are missing are empty, never NULL. */
typedef struct PictureNote {
    const char *words, *clauses;
    bool is_quiet; /* says that nothing changes: in the text only, a picture has no room */
    struct PictureNote *next;
} PictureNote;

typedef struct PictureWork {
    int32_t index;    /* into Flow.works */
    const char *kind; /* "Task", "Review", "Must happen", "Duty" */
    const char *label, *who, *with, *limit, *missed, *clauses;
    PictureNote *notes; /* what else is asked */
    const char *mark;   /* where this case stands with it, or "" */
    bool is_usual;      /* `missed` is the workflow's own: a picture says it once */
    struct PictureWork *next;
} PictureWork;

typedef enum BoxKind { BOX_STATE, BOX_WORK, BOX_ANY_POINT } BoxKind;

typedef struct PictureBox {
    BoxKind kind;
    int32_t state;    /* BOX_STATE: into Flow.states; else -1 */
    const char *id;   /* unique in the picture; letters, digits and hyphens */
    const char *name; /* in the flow */
    const char *title, *caption, *clauses;
    bool starts, ends;
    PictureWork *works;
    PictureNote *notes; /* what happens here without a move */
    const char *mark;   /* where this case stands, or "" */
    bool here, visited;
    bool is_untried; /* no scenario comes here */
    struct PictureBox *next;
} PictureBox;

typedef enum ArrowKind { ARROW_EVENT, ARROW_AS_SOON, ARROW_MISSED } ArrowKind;

/* One way along an arrow: a line of the flow. */
typedef struct PictureWay {
    Span span;
    const char *when, *effects, *clauses;
    bool is_untried; /* no scenario takes it */
    struct PictureWay *next;
} PictureWay;

typedef struct PictureArrow {
    ArrowKind kind;
    const PictureBox *from, *to;
    const char *event;     /* what has to happen, in words */
    const RefList *events; /* borrowed; NULL for the other kinds */
    int32_t work;          /* ARROW_MISSED */
    bool obvious;          /* it is the only work of its box: no need to say it */
    PictureWay *ways;
    const char *mark;
    bool taken, is_untried;
    struct PictureArrow *next;
} PictureArrow;

typedef struct PicturePart {
    int32_t track; /* 0: the main line */
    const char *id, *title, *clauses;
    PictureNote *notes; /* when it starts, and what happens in it wherever it is */
    PictureBox *boxes;
    PictureArrow *arrows;
    const char *mark;
    bool running;
    struct PicturePart *next;
} PicturePart;

typedef struct Picture {
    Arena arena;                            /* owned */
    const Flow *flow;                       /* borrowed; must outlive the picture */
    bool clauses;                           /* show the numbers of the clauses */
    const char *title, *subtitle, *caption; /* caption: which case is marked, or "" */
    bool shows_coverage;
    const char *about_marks; /* "In this case", or "Scenarios" */
    const char *usual;       /* what follows a missed limit that says nothing */
    PicturePart *parts;      /* the main line first */
    PictureNote *rules;
    PictureWork *duties; /* musts */
} Picture;

/* The flow must be free of errors. picture_clear ends it. */
void picture_build(const Flow *flow, bool clauses, Picture *picture);
/* Marks where a case of this flow stands and how it got there. */
void picture_mark(Picture *picture, const CaseView *view);
/* Marks what the scenarios have tried and what not. */
void picture_cover(Picture *picture, const CoverageItems *items);
void picture_clear(Picture *picture);

/* For the writers: " (CRE-3)", or nothing when no clauses are wanted or there are none. */
void picture_clauses(const Picture *picture, const char *clauses, Text *out);
/* Calls `line` for each line of `words` wrapped to `width` characters. A word that is
 * longer is cut. */
void picture_wrap(const char *words, size_t width,
                  void (*line)(void *context, const char *words, size_t length), void *context);

void draw_dot(const Picture *picture, Text *out);
/* One graph for each part, and one for the standing rules, for draw_svg: Graphviz
 * writes a picture for each. */
void draw_dot_parts(const Picture *picture, Text *out);
void draw_mermaid(const Picture *picture, Text *out);
void draw_text(const Picture *picture, Text *out);
/* Arranges what Graphviz made of draw_dot_parts on one sheet. */
bool draw_svg(const Picture *picture, const char *drawn, size_t length, Text *out, Error *err);
