/* What the families of checks share: the flow, where each event is handled, and
 * what can be known where. */
#pragma once

#include "analysis/analysis.h"
#include "analysis/situation.h"
#include "base/map.h"

typedef struct Analysis {
    Bundle *bundle;
    const Flow *flow;
    const Program *program;
    Diags *diags;
    const AnalysisOptions *options;
    uint32_t traces;      /* times that the flow was followed again */
    uint32_t doubt_tries; /* entries tried to confirm findings */
    size_t first_finding; /* in diags: those before it are not ours */
    Arena arena;
    Domain *domains;
    Situation situation;     /* for one walk at a time */
    struct Knowledge *known; /* knowledge.h; in the arena */
    Map conditions;          /* the words of long ones -> their Expr */
    Map scenarios;           /* names -> ScenarioAst */
    Day story_day;           /* a working day in force, for examples */
} Analysis;

/* A handler as it bears on one state, or on a track without states. */
typedef struct Spot {
    int32_t state, track;   /* state -1: the track itself */
    const Handler *handler; /* NULL: none for this event */
    int32_t event;
} Spot;

/* What the entry of an event brings: of the works that it may do here, or of the
 * event itself. */
typedef struct Brings {
    const Work *works[64]; /* those that may be open here */
    uint32_t work_count;   /* 0 for a declared event */
    const EventAst *event;
} Brings;

/* ---- analysis.c */

/* Fills everything but the findings. analysis_end frees it. */
void analysis_begin(Analysis *analysis, Bundle *bundle, const Program *program,
                    const AnalysisOptions *options);
void analysis_end(Analysis *analysis);

/* A finding, unless the same code was said of the same place; then NULL. */
Diag *finding(Analysis *analysis, Span span, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Makes it one that is only worth knowing here. */
void finding_to_note(Analysis *analysis, Diag *diag);

/* ---- story.c: what happens, as a scenario to paste into the flow */

typedef struct Story {
    const char *title;
    int32_t state,
        track; /* the place: a state of its track, or -1 and a track without states */
    int32_t event;
    const Brings *brings;
    const Situation *situation;
    const char *refused; /* the reason it is refused for */
} Story;

/* Nothing is written where the place cannot be put into a scenario. */
void story_write(Analysis *analysis, const Story *story, Text *out);

/* Following a flow again takes time: it is done for the first few findings of a flow, which
 * has to be put right anyway. Asks whether it may be done once more. */
bool may_trace(Analysis *analysis);

/* ---- the families, one file each */
void check_choices(Analysis *analysis);
void check_conditions(Analysis *analysis);
void check_repeats(Analysis *analysis);
void check_paths(Analysis *analysis);
void check_names_used(Analysis *analysis);
void check_upkeep(Analysis *analysis);
void check_limits(Analysis *analysis);
void check_anchors(Analysis *analysis);
void check_roles(Analysis *analysis);
void check_standing(Analysis *analysis);
void check_order_of_duties(Analysis *analysis);
void check_scenarios(Analysis *analysis);
void check_rules_known(Analysis *analysis);

/* ---- asking the tree */
bool line_is_choice(const Line *line);
