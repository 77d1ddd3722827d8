/* What another flow knows of the names in a mapping. A map file for two flows names
 * things of both; what only the other has is passed over, and what neither has is a
 * mistake. NULL knows nothing. */
#pragma once

#include <stdbool.h>

#include "lang/ast.h"

bool beside_has_event(const Flow *other, const char *name); /* or its label */
bool beside_has_role(const Flow *other, const char *name);  /* likewise */
bool beside_has_fact(const Flow *other, const char *name);
bool beside_has_value(const Flow *other, const char *fact, const char *value);
/* Does the event, or work of that name, record the fact there? */
bool beside_records(const Flow *other, const char *event, const char *fact);
