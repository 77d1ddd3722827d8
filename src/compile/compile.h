/* Resolved tree -> Program: straight-line code for every condition and effect,
 * a short row of handlers per state, and the layout of the case record. */
#pragma once

#include "bytecode/program.h"
#include "lang/bundle.h"

/* The program of a bundle without errors, verified; NULL, with findings added to
 * bundle->diags and a sentence in *err (program too large, calendar out of range),
 * otherwise. The caller ends it with program_free, which frees its calendar too. */
Program *compile_bundle(Bundle *bundle, Error *err);

/* Builds one declared calendar (and those it adds or takes away). The caller frees. */
Calendar *compile_calendar(const Bundle *bundle, const CalendarAst *calendar, Error *err);
