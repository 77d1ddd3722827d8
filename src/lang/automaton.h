/* The lemon parser with its tables open: besides feeding it a token one can ask
 * whether a token is possible without disturbing anything, and unwind it. The
 * code stands in grammar/flow.y, next to the tables. */
#pragma once

#include <stdbool.h>

#include "lang/token.h"

typedef struct Automaton Automaton; /* lemon's own parser */
typedef struct Parser Parser;

Automaton *automaton_new(Parser *parser);
void automaton_free(Automaton *automaton);

/* `code` must be possible. */
void automaton_feed(Automaton *automaton, int code, Token token);

/* May `code` come next? With `exact` a soft word is not tried as a name. The
 * stack is copied, so that pending reductions are tried out in full. */
bool automaton_accepts(const Automaton *automaton, int code, bool exact);

/* The state that says no to `code`: what a message is written for. Where the
 * state on top can only end something (a name, a date), whatever comes, it is
 * the state after that: it knows what the name was wanted for. */
int automaton_rejecting_state(const Automaton *automaton, int code);

/* May these come next, one after the other, each as itself? */
bool automaton_accepts_all(const Automaton *automaton, const int *codes, int count);

/* Drops what was begun until `code` may come; false (and nothing dropped) when
 * it may come nowhere. */
bool automaton_unwind(Automaton *automaton, int code);

int automaton_state_count(void);

/* Called by the automaton. Refusing what was found possible is a mistake of
 * ours and ends the process. */
void parser_automaton_disagrees(const Parser *parser);
void parser_out_of_memory(void);
