/* Members that the JSON forms of a case share. */
#pragma once

#include "base/json.h"
#include "render/view.h"

/* 2021-04-08, or 2021-04-08T11:00+01:00, or null. */
void json_moment(Json *json, const char *key, Zone zone, Moment moment);
/* case, reference, flow, version, definition, now, status, opened, closed */
void json_case(const CaseView *view, Json *json);
/* A name, "yes", a number, a date or a text; null when unknown. */
void json_fact_value(const CaseView *view, Json *json, const char *key, uint32_t fact,
                     int64_t value);
