/* A sheet for each role: what I must do and by when, what I may record, what I am
 * told, for whom I stand in. A role that belongs to a group has the work of the group
 * too. Made from the picture of the flow, so that both say the same. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "render/draw_picture.h"

typedef enum SheetPart {
    SHEET_JOINS, /* takes part in */
    SHEET_MAY,   /* may record, approve, pause, extend */
    SHEET_TOLD,
    SHEET_OVERSEES,
    SHEET_STANDS_IN, /* deputies, and with whom it cannot be combined */
    SHEET_PARTS
} SheetPart;

/* A piece of work, and where it comes up. */
typedef struct SheetDuty {
    const PictureWork *work;
    const char *where; /* "The child is to be seen", "What holds throughout" */
    const char *as;    /* the group by which it falls to the role, or "" */
    struct SheetDuty *next;
} SheetDuty;

typedef struct RoleSheet {
    Arena arena;            /* owned */
    const Picture *picture; /* borrowed */
    int32_t role;
    const char *title;
    SheetDuty *duties;
    PictureNote *notes[SHEET_PARTS];
} RoleSheet;

void role_sheet_build(const Picture *picture, int32_t role, RoleSheet *sheet);
void role_sheet_clear(RoleSheet *sheet);
/* Is there anything on it? */
bool role_sheet_is_empty(const RoleSheet *sheet);
extern const char *const sheet_titles[SHEET_PARTS];

/* Sheets for every role that has something to do, groups apart; `only`: that role's,
 * whatever is on it; -1: all. */
void roles_text(const Picture *picture, int32_t only, Text *out);
void roles_html(const Picture *picture, int32_t only, Text *out);
