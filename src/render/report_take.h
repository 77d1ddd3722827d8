/* A page of the report made from a case that has just been replayed: what is asked of
 * the replayer, before its next case, is put into words and kept. */
#pragma once

#include "lang/bundle.h"
#include "render/report_pages.h"

typedef struct PageSource {
    const Bundle *bundle; /* borrowed, as all */
    const Program *program;
    const ResultWords *words;
    const LogPart *part;
    const CaseResult *one;
    const int64_t *record; /* of the case as it stands, slot_count slots */
} PageSource;

/* Fills an empty page; what it says it owns. Lines beyond LIMIT_REPORT_STEPS are
 * counted and not kept. */
void case_page_take(const PageSource *source, CasePage *page);
