#include "store/schema.h"

/* Columns that hold an instant count milliseconds since 1970 (UTC), days count
 * from 1970-01-01, moments are eighths of a millisecond with a rank; the views
 * show all of them as dates and times. */

#define TIME_OF_INSTANT(column) "strftime('%Y-%m-%dT%H:%MZ', " column " / 1000, 'unixepoch')"
#define TIME_OF_MOMENT(column)  "strftime('%Y-%m-%dT%H:%MZ', " column " / 8000, 'unixepoch')"
#define DATE_OF_DAY(column)     "date(" column " * 86400, 'unixepoch')"

#define HASH(column)      column " BLOB NOT NULL CHECK (length(" column ") = 32)"
#define HASH_OR_NO(column) column " BLOB CHECK (length(" column ") = 32)"
#define NAME(column)      column " TEXT NOT NULL CHECK (length(" column ") BETWEEN 1 AND 128)"
#define NAME_OR_NO(column) column " TEXT CHECK (length(" column ") BETWEEN 1 AND 128)"
#define LABEL(column)     column " TEXT NOT NULL CHECK (length(" column ") <= 65534)"
#define LABEL_OR_NO(column) column " TEXT CHECK (length(" column ") <= 65534)"

#define KINDS                                                                                  \
    "('open', 'event', 'tick', 'not-needed', 'approve', 'decline', 'void', 'amend', 'migrate'," \
    " 'calendar', 'pause', 'resume', 'extend', 'reopen', 'assign', 'absence', 'link', 'note')"

/* clang-format off: the text reads as SQL */
const char *const schema_statements[] = {
    "CREATE TABLE meta (\n"
    "  one INTEGER PRIMARY KEY CHECK (one = 1),\n"
    "  database_id BLOB NOT NULL CHECK (length(database_id) = 16),\n"
    "  schema_version INTEGER NOT NULL,\n"
    "  rehearsal INTEGER NOT NULL CHECK (rehearsal IN (0, 1)),\n"
    "  created INTEGER NOT NULL,\n"
    "  made_by TEXT NOT NULL\n"
    ") STRICT",

    "CREATE TABLE person (\n"
    "  id INTEGER PRIMARY KEY CHECK (id > 0),\n"
    "  " NAME("login") " UNIQUE,\n"
    "  " LABEL("name") ",\n"
    "  added INTEGER NOT NULL\n"
    ") STRICT",

    "CREATE TABLE holds (\n"
    "  number INTEGER PRIMARY KEY,\n"
    "  person INTEGER NOT NULL REFERENCES person (id),\n"
    "  " NAME("role") ",\n"
    "  from_day INTEGER NOT NULL,\n"
    "  to_day INTEGER CHECK (to_day >= from_day)\n"
    ") STRICT",
    "CREATE INDEX holds_person ON holds (person, role)",

    "CREATE TABLE absence (\n"
    "  number INTEGER PRIMARY KEY,\n"
    "  person INTEGER NOT NULL REFERENCES person (id),\n"
    "  from_day INTEGER NOT NULL,\n"
    "  to_day INTEGER CHECK (to_day >= from_day),\n"
    "  " LABEL_OR_NO("note") "\n"
    ") STRICT",
    "CREATE INDEX absence_person ON absence (person)",

    "CREATE TABLE definition (\n"
    "  number INTEGER PRIMARY KEY,\n"
    "  " HASH("hash") " UNIQUE,\n"
    "  language_version INTEGER NOT NULL CHECK (language_version > 0),\n"
    "  " NAME("flow") ",\n"
    "  " LABEL("version_label") ",\n"
    "  in_force_from INTEGER NOT NULL,\n"
    "  deployed INTEGER NOT NULL,\n"
    "  deployed_by INTEGER REFERENCES person (id),\n"
    "  " HASH("source_hash") ",\n"
    "  source TEXT NOT NULL CHECK (length(source) <= 12582912)\n"
    ") STRICT",
    "CREATE INDEX definition_in_force ON definition (flow, in_force_from, number)",

    "CREATE TABLE calendar_version (\n"
    "  number INTEGER PRIMARY KEY,\n"
    "  " HASH("hash") " UNIQUE,\n"
    "  " NAME("name") ",\n"
    "  applied INTEGER NOT NULL,\n"
    "  applied_by INTEGER REFERENCES person (id),\n"
    "  " HASH("source_hash") ",\n"
    "  source TEXT NOT NULL CHECK (length(source) <= 12582912)\n"
    ") STRICT",
    "CREATE INDEX calendar_version_name ON calendar_version (name, number)",

    "CREATE TABLE case_file (\n"
    "  id INTEGER PRIMARY KEY CHECK (id > 0),\n"
    "  reference TEXT CHECK (length(reference) BETWEEN 1 AND 200),\n"
    "  " NAME("flow") ",\n"
    "  definition_hash BLOB NOT NULL REFERENCES definition (hash),\n"
    "  " HASH_OR_NO("calendar_hash") ",\n"
    "  last_entry INTEGER CHECK (last_entry > 0),\n"
    "  as_of INTEGER,\n"
    "  status TEXT NOT NULL CHECK (status IN ('not-open', 'open', 'closed')),\n"
    "  next_due INTEGER,\n"
    "  opened INTEGER,\n"
    "  closed INTEGER,\n"
    "  layout INTEGER NOT NULL,\n"
    "  record BLOB CHECK (length(record) <= 8388608)\n"
    ") STRICT",
    /* What `tick` reads: it holds open cases with something to come, in due order. */
    "CREATE INDEX case_file_due ON case_file (next_due, id)\n"
    "  WHERE status = 'open' AND next_due IS NOT NULL",
    "CREATE INDEX case_file_reference ON case_file (reference) WHERE reference IS NOT NULL",
    "CREATE INDEX case_file_status ON case_file (status)",

    "CREATE TABLE entry (\n"
    "  number INTEGER PRIMARY KEY CHECK (number > 0),\n"
    "  case_id INTEGER REFERENCES case_file (id),\n"
    "  seq INTEGER NOT NULL CHECK (seq >= 0),\n"
    "  kind TEXT NOT NULL CHECK (kind IN " KINDS "),\n"
    "  origin TEXT NOT NULL CHECK (origin IN ('typed', 'import')),\n"
    "  " NAME_OR_NO("name") ",\n"
    "  effective INTEGER NOT NULL,\n"
    "  effective_day INTEGER NOT NULL,\n"
    "  precision TEXT NOT NULL CHECK (precision IN ('date', 'instant')),\n"
    "  recorded INTEGER NOT NULL,\n"
    "  person INTEGER REFERENCES person (id),\n"
    "  " NAME_OR_NO("role") ",\n"
    "  on_behalf_of INTEGER REFERENCES person (id),\n"
    "  " NAME_OR_NO("on_behalf_role") ",\n"
    "  refers_to INTEGER REFERENCES entry (number),\n"
    "  key TEXT CHECK (length(key) BETWEEN 1 AND 200),\n"
    "  definition_hash BLOB REFERENCES definition (hash),\n"
    "  " HASH_OR_NO("calendar_hash") ",\n"
    "  " HASH("commitment") ",\n"
    "  " HASH("previous_hash") ",\n"
    "  " HASH("hash") ",\n"
    "  CHECK ((case_id IS NULL) = (seq = 0)),\n"
    "  CHECK (person IS NOT NULL OR origin = 'import'),\n"
    "  CHECK (refers_to < number)\n"
    ") STRICT",
    "CREATE UNIQUE INDEX entry_case ON entry (case_id, seq) WHERE case_id IS NOT NULL",
    "CREATE UNIQUE INDEX entry_key ON entry (case_id, key)\n"
    "  WHERE case_id IS NOT NULL AND key IS NOT NULL",
    "CREATE UNIQUE INDEX entry_open_key ON entry (key) WHERE kind = 'open' AND key IS NOT NULL",

    "CREATE TABLE entry_content (\n"
    "  entry INTEGER PRIMARY KEY REFERENCES entry (number),\n"
    "  " HASH_OR_NO("salt") ",\n"
    "  facts TEXT,\n"
    "  reason TEXT CHECK (length(reason) <= 65536),\n"
    "  CHECK ((salt IS NULL) = (facts IS NULL)),\n"
    "  CHECK (facts IS NOT NULL OR reason IS NULL)\n"
    ") STRICT",

    "CREATE TABLE task (\n"
    "  case_id INTEGER NOT NULL REFERENCES case_file (id),\n"
    "  position INTEGER NOT NULL CHECK (position >= 0),\n"
    "  " NAME("name") ",\n"
    "  " LABEL("label") ",\n"
    "  kind TEXT NOT NULL CHECK (kind IN ('task', 'review', 'deadline', 'must')),\n"
    "  " NAME_OR_NO("track") ",\n"
    "  status TEXT NOT NULL CHECK (status IN\n"
    "    ('open', 'done', 'not-needed', 'unfinished', 'excluded', 'closed')),\n"
    "  " LABEL_OR_NO("roles") ",\n"
    "  person INTEGER REFERENCES person (id),\n"
    "  opened INTEGER,\n"
    "  target INTEGER,\n"
    "  due INTEGER,\n"
    "  " LABEL_OR_NO("due_text") ",\n"
    "  done INTEGER,\n"
    "  " NAME_OR_NO("outcome") ",\n"
    "  PRIMARY KEY (case_id, position)\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE INDEX task_due ON task (due) WHERE status = 'open'",

    "CREATE TABLE refusal (\n"
    "  number INTEGER PRIMARY KEY,\n"
    "  case_id INTEGER REFERENCES case_file (id),\n"
    "  kind TEXT NOT NULL CHECK (kind IN " KINDS "),\n"
    "  name TEXT,\n" /* as typed, which may be anything */
    "  effective INTEGER,\n"
    "  recorded INTEGER NOT NULL,\n"
    "  person INTEGER REFERENCES person (id),\n"
    "  role TEXT,\n"
    "  " NAME("code") ",\n"
    "  " LABEL("text") "\n"
    ") STRICT",
    "CREATE INDEX refusal_case ON refusal (case_id, number)",

    "CREATE TABLE outbox (\n"
    "  number INTEGER PRIMARY KEY,\n"
    "  key TEXT NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 1000),\n"
    "  case_id INTEGER NOT NULL REFERENCES case_file (id),\n"
    "  kind TEXT NOT NULL CHECK (kind IN ('notify', 'escalate', 'flag', 'remind')),\n"
    "  " NAME_OR_NO("name") ",\n"
    "  " NAME_OR_NO("role") ",\n"
    "  person INTEGER REFERENCES person (id),\n"
    "  " LABEL("text") ",\n"
    "  happened INTEGER NOT NULL,\n"
    "  due INTEGER,\n"
    "  created INTEGER NOT NULL,\n"
    "  delivered INTEGER,\n"
    "  withdrawn INTEGER\n"
    ") STRICT",
    "CREATE INDEX outbox_case ON outbox (case_id, number)",
    "CREATE INDEX outbox_waiting ON outbox (number)\n"
    "  WHERE delivered IS NULL AND withdrawn IS NULL",

    "CREATE TABLE link (\n"
    "  number INTEGER PRIMARY KEY,\n"
    "  case_id INTEGER NOT NULL REFERENCES case_file (id),\n"
    "  other INTEGER NOT NULL REFERENCES case_file (id),\n"
    "  " NAME("kind") ",\n"
    "  entry INTEGER NOT NULL REFERENCES entry (number)\n"
    ") STRICT",

    "CREATE TABLE access (\n"
    "  number INTEGER PRIMARY KEY,\n"
    "  at INTEGER NOT NULL,\n"
    "  person INTEGER NOT NULL REFERENCES person (id),\n"
    "  case_id INTEGER REFERENCES case_file (id),\n"
    "  " NAME("command") "\n"
    ") STRICT",

    "CREATE TABLE checkpoint (\n"
    "  number INTEGER PRIMARY KEY,\n"
    "  entry INTEGER NOT NULL REFERENCES entry (number),\n"
    "  at INTEGER NOT NULL,\n"
    "  note TEXT NOT NULL CHECK (length(note) <= 65536)\n"
    ") STRICT",

    "CREATE TRIGGER meta_stays BEFORE UPDATE ON meta BEGIN\n"
    "  SELECT RAISE(ABORT, 'what a database is cannot be changed');\nEND",
    "CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN\n"
    "  SELECT RAISE(ABORT, 'an entry cannot be changed');\nEND",
    "CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN\n"
    "  SELECT RAISE(ABORT, 'an entry cannot be deleted');\nEND",
    /* Destroying content whole is what a retention rule may ask for. */
    "CREATE TRIGGER entry_content_stays BEFORE UPDATE ON entry_content\n"
    "  WHEN NEW.entry IS NOT OLD.entry OR NEW.salt IS NOT NULL OR NEW.facts IS NOT NULL BEGIN\n"
    "  SELECT RAISE(ABORT, 'the content of an entry cannot be changed');\nEND",
    "CREATE TRIGGER entry_content_is_kept BEFORE DELETE ON entry_content BEGIN\n"
    "  SELECT RAISE(ABORT, 'the content of an entry cannot be deleted');\nEND",
    "CREATE TRIGGER definition_stays BEFORE UPDATE ON definition BEGIN\n"
    "  SELECT RAISE(ABORT, 'a deployed definition cannot be changed');\nEND",
    "CREATE TRIGGER person_login_stays BEFORE UPDATE OF id, login ON person BEGIN\n"
    "  SELECT RAISE(ABORT, 'a login name cannot be changed: entries are sealed with it');\nEND",

    "CREATE VIEW worklist AS\n"
    "  SELECT task.case_id AS \"case\", case_file.reference, case_file.flow, task.name AS task,\n"
    "    task.label, task.kind, task.roles, person.login AS person,\n"
    "    " TIME_OF_MOMENT("task.opened") " AS opened,\n"
    "    " TIME_OF_MOMENT("task.target") " AS target,\n"
    "    task.due_text AS due, task.outcome,\n"
    "    " TIME_OF_MOMENT("case_file.as_of") " AS as_of\n"
    "  FROM task JOIN case_file ON case_file.id = task.case_id\n"
    "    LEFT JOIN person ON person.id = task.person\n"
    "  WHERE task.status = 'open'\n"
    "  ORDER BY task.due IS NULL, task.due, task.case_id, task.position",

    "CREATE VIEW overdue AS\n"
    "  SELECT * FROM worklist WHERE outcome IN ('missed', 'missed-known-late')",

    "CREATE VIEW history AS\n"
    "  SELECT entry.case_id AS \"case\", case_file.reference, entry.seq, entry.number AS entry,\n"
    "    CASE entry.precision WHEN 'date' THEN " DATE_OF_DAY("entry.effective_day") "\n"
    "      ELSE " TIME_OF_INSTANT("entry.effective") " END AS effective,\n"
    "    " TIME_OF_INSTANT("entry.recorded") " AS recorded,\n"
    "    entry.kind, entry.name, who.login AS person, entry.role,\n"
    "    whom.login AS on_behalf_of, entry.on_behalf_role, entry.refers_to,\n"
    "    entry_content.facts, entry_content.reason, entry.origin\n"
    "  FROM entry JOIN entry_content ON entry_content.entry = entry.number\n"
    "    LEFT JOIN case_file ON case_file.id = entry.case_id\n"
    "    LEFT JOIN person AS who ON who.id = entry.person\n"
    "    LEFT JOIN person AS whom ON whom.id = entry.on_behalf_of\n"
    "  ORDER BY entry.case_id, entry.seq",

    "CREATE VIEW workload AS\n"
    "  SELECT roles, person, count(*) AS open_tasks,\n"
    "    sum(outcome IN ('missed', 'missed-known-late')) AS overdue_tasks,\n"
    "    count(DISTINCT \"case\") AS cases\n"
    "  FROM worklist GROUP BY roles, person",
};
/* clang-format on */

const size_t schema_statement_count = sizeof schema_statements / sizeof *schema_statements;

const char *const schema_tables[] = {
    "meta",  "person",        "holds", "absence", "definition", "calendar_version", "case_file",
    "entry", "entry_content", "task",  "refusal", "outbox",     "link",             "access",
    "checkpoint",
};

const size_t schema_table_count = sizeof schema_tables / sizeof *schema_tables;
