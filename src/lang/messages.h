/* Sentences written by hand for the places where a clause went wrong, keyed by
 * the parser's state. They come from grammar/messages.txt: the build runs the
 * parser on each wrong example there to find its state, so that nobody has to
 * know the numbers, which change with the grammar. */
#pragma once

#include <stddef.h>

#define MESSAGE_ANY_TOKEN (-1)

/* NULL when nothing was written for it. */
const char *message_find(int state, int token);
