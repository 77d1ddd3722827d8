/* The tables, views, triggers and indexes of a database, as one list of
 * statements. The text of what a file holds is compared with it on every open:
 * a file whose schema says anything else is not trusted. */
#pragma once

#include <stddef.h>

#define SCHEMA_APPLICATION_ID 0x43575249 /* "CWRI", in the file's header */
#define SCHEMA_VERSION        1          /* user_version; raised with every change below */

extern const char *const schema_statements[];
extern const size_t schema_statement_count;

/* Every table; the first column of each is the number that names a row. */
extern const char *const schema_tables[];
extern const size_t schema_table_count;
