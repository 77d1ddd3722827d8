/* From the clauses of a policy to the lines of the flow that cite them, to the
 * scenarios that try them, and back. Written as text, JSON and HTML from one
 * record. The flow must be resolved; its one permitted kind of error is a citation
 * of a clause that its policy does not have (CF116), which is reported here. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "lang/bundle.h"

/* A scenario that tries a clause. */
typedef struct TraceTried {
    int32_t scenario, policy, clause; /* scenario: by ScenarioAst.index */
} TraceTried;

/* A line of the flow that gives a reason, or should. */
typedef struct TraceLine {
    const char *what;   /* in words: task "See the child" */
    const char *within; /* the block it stands in, or "" */
    Span span;
    const Because *because; /* its own, else those of the block around it; NULL: none */
    bool wants_reason;      /* it makes somebody do or decide something */
} TraceLine;

/* A clause that is cited, or clauses of the policy in a row that nobody cites. */
typedef struct TraceClause {
    int32_t policy, first, last; /* last is first where it is cited */
    bool is_cited, exists;
} TraceClause;

typedef struct Trace {
    Arena arena;          /* owned; the words live in it */
    const Bundle *bundle; /* borrowed */
    TraceLine *lines;     /* owned; in the order of the text */
    size_t count, capacity;
    TraceClause *clauses; /* owned; by policy, then by number */
    size_t clause_count, clause_capacity;
    const ScenarioAst **scenarios; /* in the arena; by index */
    const TraceTried *tried;       /* borrowed; in the order of the scenarios */
    size_t tried_count;
    const bool *failed; /* borrowed; by scenario: it does not hold; NULL: none was run */
} Trace;

/* What the scenarios try, and which of them fail, is set on the trace afterwards. */
void trace_build(const Bundle *bundle, Trace *trace);
void trace_clear(Trace *trace);

void trace_text(const Trace *trace, Text *out);
void trace_json(const Trace *trace, Text *out);
void trace_html(const Trace *trace, Text *out);

/* For the writers. */
bool trace_cites(const TraceLine *line, const TraceClause *clause);
/* Was it run, and does it not hold? */
bool trace_fails(const Trace *trace, const ScenarioAst *scenario);
bool trace_tries(const TraceTried *tried, const TraceClause *clause);
/* "CRE-3", or "CRE-3 to CRE-5" where nobody cites them. */
void trace_clause_words(const Trace *trace, const TraceClause *clause, Text *out);
/* Nothing says why: it wants a reason and has none. Lines of the library are not ours. */
bool trace_lacks_reason(const Trace *trace, const TraceLine *line);
/* "workflows/cre.flow:72" */
void trace_place_words(const Trace *trace, Span span, Text *out);
/* How many clauses are cited that do not exist. */
size_t trace_wrong_citations(const Trace *trace);
