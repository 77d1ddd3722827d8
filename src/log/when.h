/* When a row happened: from the text of its cell to a moment, by the form and the
 * order of day and month that its file has. See reader.h for where the state of it
 * is kept. */
#pragma once

#include "log/reader.h"

void when_begin_file(LogReader *reader);

/* False: the row is to be set aside for *reason, *detail being what stood there or
 * says more. *at is MOMENT_NONE while the order of day and month is not known: the
 * caller must then add the row at once, and it is filled in later. */
bool when_read(LogReader *reader, LogText text, Moment *at, SetAsideReason *reason,
               LogText *detail);

/* The time of a row that is not taken: how the times of the file are written shows by
 * it too. */
void when_look(LogReader *reader, LogText text);
/* True, with ERROR_INPUT, when more rows wait than may. */
bool when_is_undecided(const LogReader *reader, Error *err);

/* ERROR_INPUT when nothing in the file says which number is the day. */
bool when_end_file(LogReader *reader, Error *err);
