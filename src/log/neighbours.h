/* Within a case: its rows in order, and what is to be said of rows that stand at one
 * moment. */
#pragma once

#include "log/group.h"

/* Orders the rows of each case of the group and adds to the notes. With the mapping's
 * dedupe, rows said before are moved to group->removed. */
void neighbours_order(const LogGroupWish *wish, LogGroup *group, LogNotes *notes);
