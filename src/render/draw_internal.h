/* What the two halves of building a picture share: boxes and parts (draw_picture.c),
 * and the arrows between them (draw_arrows.c). */
#pragma once

#include "base/text.h"
#include "render/draw_picture.h"

/* Takes what a writer of words has put together into the picture's arena. */
const char *picture_keep(Picture *picture, Text *words);
const char *picture_reasons(Picture *picture, const Because *because);
/* A line's own reasons, else those of the clause that it stands in. */
const char *picture_line_reasons(Picture *picture, const Line *line, const Because *around);
/* The go to, or again, among them; NULL. */
const Effect *effects_move(const Effect *effects);

/* All arrows of a part whose boxes are there. */
void picture_add_arrows(Picture *picture, PicturePart *part);
