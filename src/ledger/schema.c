#include "ledger/schema.h"

#include <stddef.h>

// Never changed, only added to: the numbers are in the files.
const char *const ledger_schema_words[] = {
    // types of events
    "ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "SANCTION", "THREATEN", "ACCUSE", "REJECT", "REQUEST", "CONSULT", "AGREE",
    "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "INCIDENT",
    // their statuses, and those of figures
    "happened", "ongoing", "planned", "demanded", "threatened", "alleged", "denied", "hypothetical", "asserted", "superseded",
    "feared",
    // effects, units, kinds, modes
    "killed", "injured", "infected", "missing", "abducted", "arrested", "displaced", "rescued", "present", "deployed", "other",
    "person", "family", "household", "couple", "organisation", "armed_group", "state", "people", "place", "facility", "official",
    "witness", "medic", "document", "media", "unnamed", "direct", "mixed", "indirect", "declined", "=", ">=", ">", "<=", "<", "~",
    "range", "vague", "point", "city", "district", "province", "country", "actor", "recipient", "of", "by", NULL};

const char *const ledger_schema_sql[] = {
    "CREATE TABLE _word ( -- every text that returns: names, wordings, kinds\n"
    "  word INTEGER PRIMARY KEY, -- its number in this file\n"
    "  hash INTEGER NOT NULL, -- of the text, by which it is found\n"
    "  text TEXT NOT NULL -- the text itself\n"
    ") STRICT",
    "CREATE INDEX _word_hash ON _word (hash)",

    "CREATE TABLE _report ( -- one version of one report\n"
    "  report INTEGER PRIMARY KEY, -- its number in this file\n"
    "  key TEXT NOT NULL UNIQUE, -- report.id of its record: SHA-256 of address and text, 32 hex digits\n"
    "  url TEXT, -- where it is from\n"
    "  address INTEGER, -- hash of url, by which versions are found\n"
    "  site INTEGER, -- a _word\n"
    "  title TEXT, -- its headline\n"
    "  published INTEGER, -- day, counted from 1970-01-01\n"
    "  stamp INTEGER NOT NULL, -- minutes from 1970-01-01 to when it was last modified, else published; 0: not known\n"
    "  words INTEGER NOT NULL, -- words of its text\n"
    "  reader INTEGER NOT NULL, -- a _word: version, model and lexicon that read it\n"
    "  version INTEGER NOT NULL, -- 1 for the first text of its address\n"
    "  current INTEGER NOT NULL, -- 0: a later version of the same address is here\n"
    "  voice INTEGER NOT NULL, -- the report whose text this is: itself, or the one it is a copy of\n"
    "  added INTEGER NOT NULL -- when it came in, seconds from 1970-01-01 UTC\n"
    ") STRICT",
    "CREATE INDEX _report_address ON _report (address) WHERE address IS NOT NULL",
    "CREATE INDEX _report_voice ON _report (voice) WHERE voice <> report",

    "CREATE TABLE _record ( -- reports' records, whole: packed, in pieces that fill pages well; `tidings ledger records` prints "
    "them\n"
    "  report INTEGER NOT NULL REFERENCES _report ON DELETE CASCADE, -- whose\n"
    "  part INTEGER NOT NULL, -- from 1\n"
    "  bytes BLOB NOT NULL, -- a piece of it\n"
    "  PRIMARY KEY (report, part)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE _dictionary ( -- what records are packed with\n"
    "  dictionary INTEGER PRIMARY KEY, -- its number, which a packed record names\n"
    "  bytes BLOB NOT NULL -- for zstd\n"
    ") STRICT",

    "CREATE TABLE _place ( -- a place on the map\n"
    "  place INTEGER PRIMARY KEY, -- its number in this file\n"
    "  hash INTEGER NOT NULL, -- of all that follows, by which it is found\n"
    "  geonames INTEGER, -- its number there\n"
    "  lat REAL NOT NULL, -- degrees north\n"
    "  lon REAL NOT NULL, -- degrees east\n"
    "  precision INTEGER, -- a _word: point, city, district, province, country\n"
    "  admin1 INTEGER, -- a _word: its province\n"
    "  country INTEGER -- a _word: ISO 3166-1 alpha-3\n"
    ") STRICT",
    "CREATE INDEX _place_hash ON _place (hash)",
    "CREATE VIRTUAL TABLE place_box USING rtree ( -- places by where they are\n"
    "  place, -- of place\n"
    "  south, -- degrees\n"
    "  north, -- degrees\n"
    "  west, -- degrees\n"
    "  east -- degrees\n"
    ")",

    "CREATE TABLE _entity ( -- a person, body, group or place, as reports have it: those that agree in all of this share a row\n"
    "  entity INTEGER PRIMARY KEY, -- its number in this file\n"
    "  hash INTEGER NOT NULL, -- of name, other names, kind, country, sector and place, by which it is found\n"
    "  name INTEGER, -- a _word: its fullest name, else its description; NULL: it only has pronouns\n"
    "  kind INTEGER, -- a _word\n"
    "  country INTEGER, -- a _word: ISO 3166-1 alpha-3\n"
    "  sector INTEGER, -- a _word: PLOVER's\n"
    "  place INTEGER REFERENCES _place, -- where it is, if it is a place\n"
    "  who INTEGER NOT NULL -- the entity that stands for all that are the same across reports; itself if it is alone\n"
    ") STRICT",
    "CREATE INDEX _entity_hash ON _entity (hash)",
    "CREATE INDEX _entity_name ON _entity (name)",
    "CREATE INDEX _entity_who ON _entity (who) WHERE who <> entity",
    "CREATE TABLE _alias ( -- an entity's other names\n"
    "  entity INTEGER NOT NULL REFERENCES _entity, -- whose\n"
    "  name INTEGER NOT NULL, -- a _word\n"
    "  PRIMARY KEY (entity, name)\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE INDEX _alias_name ON _alias (name)",

    "CREATE TABLE _mention ( -- an entity of one report: those that take part in something, speak, are counted or have a name\n"
    "  report INTEGER NOT NULL REFERENCES _report ON DELETE CASCADE, -- which\n"
    "  n INTEGER NOT NULL, -- its number there: 1 is e1\n"
    "  entity INTEGER NOT NULL REFERENCES _entity, -- what it is in this file\n"
    "  PRIMARY KEY (report, n)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE _source ( -- who says something in a report\n"
    "  report INTEGER NOT NULL REFERENCES _report ON DELETE CASCADE, -- which\n"
    "  n INTEGER NOT NULL, -- 1 is s1\n"
    "  name INTEGER NOT NULL, -- a _word: its fullest wording\n"
    "  kind INTEGER, -- a _word\n"
    "  anonymous INTEGER NOT NULL, -- 1: the report names neither person nor body\n"
    "  entity INTEGER, -- n of the _mention it is\n"
    "  party INTEGER, -- n of the _mention it speaks for\n"
    "  PRIMARY KEY (report, n)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE _statement ( -- one attribution\n"
    "  report INTEGER NOT NULL REFERENCES _report ON DELETE CASCADE, -- which\n"
    "  n INTEGER NOT NULL, -- 1 is q1\n"
    "  source INTEGER, -- n of the _source; NULL: nobody is named\n"
    "  mode INTEGER, -- a _word\n"
    "  start INTEGER NOT NULL, -- of its content in the report's text, code points\n"
    "  stop INTEGER NOT NULL, -- behind its content\n"
    "  inside INTEGER, -- n of the _statement that holds it\n"
    "  PRIMARY KEY (report, n)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE _telling ( -- one report's account of one happening: its events that are the same, and their figures\n"
    "  telling INTEGER PRIMARY KEY, -- report * 8, and 0 for what the report is about, 1 to 5 for what it tells besides\n"
    "  n INTEGER NOT NULL, -- its first event, in the report; 0: the report has none\n"
    "  at INTEGER NOT NULL, -- where that event's word begins in the report's text, code points\n"
    "  happening INTEGER NOT NULL, -- the _telling of least id among those that tell of the same\n"
    "  profile BLOB NOT NULL -- what joining compares\n"
    ") STRICT",
    "CREATE INDEX _telling_joined ON _telling (happening) WHERE happening <> telling",
    "CREATE TABLE _block ( -- tellings that may be of the same happening share a key\n"
    "  key INTEGER NOT NULL, -- made by joining\n"
    "  telling INTEGER NOT NULL, -- which\n"
    "  PRIMARY KEY (key, telling)\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE _link ( -- two tellings that were compared\n"
    "  a INTEGER NOT NULL REFERENCES _telling, -- one\n"
    "  b INTEGER NOT NULL, -- the other; each pair stands both ways round\n"
    "  score INTEGER NOT NULL, -- log odds that they are one happening, in hundredths; above 0: more likely one than two\n"
    "  PRIMARY KEY (a, b)\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE _where ( -- tellings by place and day\n"
    "  place INTEGER NOT NULL REFERENCES _place, -- where\n"
    "  day INTEGER NOT NULL, -- its first day, counted from 1970-01-01; the day of publication where it has none\n"
    "  telling INTEGER NOT NULL, -- what\n"
    "  PRIMARY KEY (place, day, telling)\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE _shingle ( -- reports that may be copies of one another share a key\n"
    "  key INTEGER NOT NULL, -- of a band of its signature\n"
    "  report INTEGER NOT NULL, -- which\n"
    "  PRIMARY KEY (key, report)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE _event ( -- an act that a report tells of\n"
    "  report INTEGER NOT NULL REFERENCES _report ON DELETE CASCADE, -- which\n"
    "  n INTEGER NOT NULL, -- 1 is v1\n"
    "  type INTEGER NOT NULL, -- a _word\n"
    "  mode INTEGER, -- a _word: PLOVER's modes, parted by blanks\n"
    "  words INTEGER NOT NULL, -- a _word: what carries it\n"
    "  at INTEGER NOT NULL, -- where that begins in the report's text, code points\n"
    "  status INTEGER NOT NULL, -- a _word\n"
    "  begin INTEGER, -- first day, counted from 1970-01-01\n"
    "  stop INTEGER, -- last day\n"
    "  source INTEGER, -- n of the _source; NULL: the report itself\n"
    "  statement INTEGER, -- n of the _statement\n"
    "  telling INTEGER, -- which it belongs to; NULL: none, or its report is no longer current\n"
    "  PRIMARY KEY (report, n)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE _party ( -- who has which part in an event\n"
    "  report INTEGER NOT NULL, -- which\n"
    "  event INTEGER NOT NULL, -- n of the _event\n"
    "  role INTEGER NOT NULL, -- a _word: actor, recipient, place\n"
    "  entity INTEGER NOT NULL, -- n of the _mention\n"
    "  PRIMARY KEY (report, event, role, entity),\n"
    "  FOREIGN KEY (report, event) REFERENCES _event ON DELETE CASCADE\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE _figure ( -- how many, according to whom\n"
    "  report INTEGER NOT NULL REFERENCES _report ON DELETE CASCADE, -- which\n"
    "  n INTEGER NOT NULL, -- 1 is f1\n"
    "  words INTEGER NOT NULL, -- a _word: as the report has it\n"
    "  at INTEGER NOT NULL, -- where that begins in the report's text, code points\n"
    "  op INTEGER NOT NULL, -- a _word\n"
    "  value REAL, -- the reading; NULL for a vague one\n"
    "  value2 REAL, -- the upper end of a range\n"
    "  low REAL, -- lower bound that follows from the wording\n"
    "  high REAL, -- upper bound\n"
    "  unit INTEGER, -- a _word\n"
    "  noun INTEGER, -- a _word\n"
    "  effect INTEGER NOT NULL, -- a _word\n"
    "  status INTEGER NOT NULL, -- a _word\n"
    "  total INTEGER NOT NULL, -- 1: a running toll\n"
    "  additional INTEGER NOT NULL, -- 1: comes on top of an earlier one\n"
    "  begin INTEGER, -- first day, counted from 1970-01-01\n"
    "  stop INTEGER, -- last day\n"
    "  event INTEGER, -- n of the _event\n"
    "  source INTEGER, -- n of the _source; NULL: the report itself\n"
    "  statement INTEGER, -- n of the _statement\n"
    "  telling INTEGER, -- which it belongs to\n"
    "  PRIMARY KEY (report, n)\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE _victim ( -- whom a figure counts, by whose hand, where\n"
    "  report INTEGER NOT NULL, -- which\n"
    "  figure INTEGER NOT NULL, -- n of the _figure\n"
    "  role INTEGER NOT NULL, -- a _word: of, by, place\n"
    "  entity INTEGER NOT NULL, -- n of the _mention\n"
    "  PRIMARY KEY (report, figure, role, entity),\n"
    "  FOREIGN KEY (report, figure) REFERENCES _figure ON DELETE CASCADE\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE decision ( -- what people decided; only ever added to\n"
    "  decision INTEGER PRIMARY KEY, -- in the order they were taken\n"
    "  time TEXT NOT NULL, -- when, UTC\n"
    "  who TEXT NOT NULL, -- by whom\n"
    "  what TEXT NOT NULL, -- join or split\n"
    "  a TEXT NOT NULL, -- an event: its report's key, a point, where its word begins in the report's text\n"
    "  b TEXT NOT NULL, -- another, of the same happening (join) or of another (split)\n"
    "  why TEXT NOT NULL -- in their words\n"
    ") STRICT",
    "CREATE TRIGGER decision_kept BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are only added to'); END",
    "CREATE TRIGGER decision_stays BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are only added to'); END",

    "CREATE VIRTUAL TABLE words USING fts5 ( -- reports by their words; rowid is the report\n"
    "  title, -- headline\n"
    "  text, -- the report\n"
    "  entity, -- its entities: e17 for entity 17\n"
    "  content='', tokenize='unicode61 remove_diacritics 2'\n"
    ")",

    "CREATE VIEW report AS SELECT -- one version of one report\n"
    "  r.report, -- its number in this file\n"
    "  r.key, -- SHA-256 of address and text, 32 hex digits\n"
    "  r.url, -- where it is from\n"
    "  (SELECT text FROM _word WHERE word = r.site) AS site, -- who brought it out\n"
    "  r.title, -- its headline\n"
    "  date(r.published * 86400, 'unixepoch') AS published, -- day it came out\n"
    "  r.words, -- words of its text\n"
    "  (SELECT text FROM _word WHERE word = r.reader) AS reader, -- what read it: version, model, lexicon\n"
    "  r.version, -- 1 for the first text of its address\n"
    "  r.current, -- 0: a later version of the same address is here\n"
    "  r.voice, -- the report whose text this is: itself, or the one it is a copy of\n"
    "  datetime(r.added, 'unixepoch') AS added -- when it came in, UTC\n"
    "FROM _report r",

    "CREATE VIEW place AS SELECT -- a place on the map\n"
    "  p.place, -- its number in this file\n"
    "  p.geonames, -- its number there\n"
    "  p.lat, -- degrees north\n"
    "  p.lon, -- degrees east\n"
    "  (SELECT text FROM _word WHERE word = p.precision) AS precision, -- point, city, district, province, country\n"
    "  (SELECT text FROM _word WHERE word = p.admin1) AS admin1, -- its province\n"
    "  (SELECT text FROM _word WHERE word = p.country) AS country -- ISO 3166-1 alpha-3\n"
    "FROM _place p",

    "CREATE VIEW entity AS SELECT -- a person, body, group or place, as reports have it\n"
    "  e.entity, -- its number in this file\n"
    "  (SELECT text FROM _word WHERE word = e.name) AS name, -- its fullest name, else its description; NULL: it only has "
    "pronouns\n"
    "  (SELECT text FROM _word WHERE word = e.kind) AS kind, -- person, organisation, armed_group, state, people, place, "
    "facility, other\n"
    "  (SELECT text FROM _word WHERE word = e.country) AS country, -- ISO 3166-1 alpha-3\n"
    "  (SELECT text FROM _word WHERE word = e.sector) AS sector, -- PLOVER's\n"
    "  e.place, -- of place, if it is one\n"
    "  e.who -- the entity that stands for all that are the same across reports\n"
    "FROM _entity e",

    "CREATE VIEW alias AS SELECT -- an entity's other names\n"
    "  a.entity, -- whose\n"
    "  w.text AS name -- a name\n"
    "FROM _alias a JOIN _word w ON w.word = a.name",

    "CREATE VIEW mention AS SELECT -- an entity of one report: those that take part in something, speak, are counted or have a "
    "name\n"
    "  m.report, -- which\n"
    "  m.n, -- its number there: 1 is e1\n"
    "  m.entity, -- what it is in this file\n"
    "  (SELECT w.text FROM _entity e JOIN _word w ON w.word = e.name WHERE e.entity = m.entity) AS name -- its name there\n"
    "FROM _mention m",

    "CREATE VIEW source AS SELECT -- who says something in a report\n"
    "  s.report, -- which\n"
    "  s.n, -- 1 is s1\n"
    "  (SELECT text FROM _word WHERE word = s.name) AS name, -- its fullest wording\n"
    "  (SELECT text FROM _word WHERE word = s.kind) AS kind, -- person, organisation, official, witness, medic, document, media, "
    "unnamed\n"
    "  s.anonymous, -- 1: the report names neither person nor body\n"
    "  (SELECT m.entity FROM _mention m WHERE m.report = s.report AND m.n = s.entity) AS entity, -- of entity: who it is\n"
    "  (SELECT m.entity FROM _mention m WHERE m.report = s.report AND m.n = s.party) AS party -- of entity: whom it speaks for\n"
    "FROM _source s",

    "CREATE VIEW statement AS SELECT -- one attribution\n"
    "  q.report, -- which\n"
    "  q.n, -- 1 is q1\n"
    "  q.source, -- n of the source; NULL: nobody is named\n"
    "  (SELECT text FROM _word WHERE word = q.mode) AS mode, -- direct, mixed, indirect, declined\n"
    "  q.start, -- of its content in the report's text, code points\n"
    "  q.stop, -- behind its content\n"
    "  q.inside -- n of the statement that holds it\n"
    "FROM _statement q",

    "CREATE VIEW event AS SELECT -- an act that a report tells of\n"
    "  v.report, -- which\n"
    "  v.n, -- 1 is v1\n"
    "  (SELECT text FROM _word WHERE word = v.type) AS type, -- PLOVER's, or INCIDENT\n"
    "  (SELECT text FROM _word WHERE word = v.mode) AS mode, -- PLOVER's modes\n"
    "  (SELECT text FROM _word WHERE word = v.words) AS words, -- what carries it\n"
    "  v.at, -- where that begins in the report's text, code points\n"
    "  (SELECT text FROM _word WHERE word = v.status) AS status, -- happened, ongoing, planned, demanded, threatened, alleged, "
    "denied, "
    "hypothetical\n"
    "  date(v.begin * 86400, 'unixepoch') AS begin, -- first day\n"
    "  date(v.stop * 86400, 'unixepoch') AS stop, -- last day\n"
    "  v.source, -- n of the source; NULL: the report itself\n"
    "  v.statement, -- n of the statement\n"
    "  v.telling -- which it belongs to; NULL: none, or its report is no longer current\n"
    "FROM _event v",

    "CREATE VIEW party AS SELECT -- who has which part in an event\n"
    "  p.report, -- which\n"
    "  p.event, -- n of the event\n"
    "  (SELECT text FROM _word WHERE word = p.role) AS role, -- actor, recipient, place\n"
    "  m.entity -- of entity\n"
    "FROM _party p JOIN _mention m ON m.report = p.report AND m.n = p.entity",

    "CREATE VIEW victim AS SELECT -- whom a figure counts, by whose hand, where\n"
    "  p.report, -- which\n"
    "  p.figure, -- n of the figure\n"
    "  (SELECT text FROM _word WHERE word = p.role) AS role, -- of, by, place\n"
    "  m.entity -- of entity\n"
    "FROM _victim p JOIN _mention m ON m.report = p.report AND m.n = p.entity",

    "CREATE VIEW figure AS SELECT -- how many, according to whom\n"
    "  f.report, -- which\n"
    "  f.n, -- 1 is f1\n"
    "  (SELECT text FROM _word WHERE word = f.words) AS words, -- as the report has it\n"
    "  f.at, -- where that begins in the report's text, code points\n"
    "  (SELECT text FROM _word WHERE word = f.op) AS op, -- = >= > <= < ~ range vague\n"
    "  f.value, -- the reading; NULL for a vague one\n"
    "  f.value2, -- the upper end of a range\n"
    "  f.low, -- lower bound that follows from the wording\n"
    "  f.high, -- upper bound\n"
    "  (SELECT text FROM _word WHERE word = f.unit) AS unit, -- person, family, household, couple\n"
    "  (SELECT text FROM _word WHERE word = f.noun) AS noun, -- what is counted, as the report has it\n"
    "  (SELECT text FROM _word WHERE word = f.effect) AS effect, -- killed, injured, infected, missing, abducted, arrested, "
    "displaced, "
    "rescued, present, deployed, other\n"
    "  (SELECT text FROM _word WHERE word = f.status) AS status, -- asserted, denied, superseded, feared, planned\n"
    "  f.total, -- 1: a running toll\n"
    "  f.additional, -- 1: comes on top of an earlier one\n"
    "  date(f.begin * 86400, 'unixepoch') AS begin, -- first day\n"
    "  date(f.stop * 86400, 'unixepoch') AS stop, -- last day\n"
    "  f.event, -- n of the event\n"
    "  f.source, -- n of the source; NULL: the report itself\n"
    "  f.statement, -- n of the statement\n"
    "  f.telling -- which it belongs to\n"
    "FROM _figure f",

    "CREATE VIEW telling AS SELECT -- one report's account of one happening\n"
    "  t.telling, -- its number in this file: report * 8, and 0 for what the report is about\n"
    "  r.report, -- which\n"
    "  t.telling % 8 = 0 AS main, -- 1: what the report is about\n"
    "  t.n, -- its first event, in the report; 0: the report has none\n"
    "  t.happening, -- of happening\n"
    "  'h' || substr(r.key, 1, 12) || '.' || t.at AS id -- lasting: the report's key, and where its first event's word begins\n"
    "FROM _telling t JOIN _report r ON r.report = t.telling / 8",

    "CREATE VIEW happening AS SELECT -- what one or more reports tell of\n"
    "  t.telling AS happening, -- its number in this file\n"
    "  'h' || substr(r.key, 1, 12) || '.' || t.at AS id, -- lasting: the least among its tellings' ids\n"
    "  (SELECT text FROM _word WHERE word = v.type) AS type, -- PLOVER's, or INCIDENT; NULL: nothing happens\n"
    "  (SELECT text FROM _word WHERE word = v.words) AS words, -- what carries its first event\n"
    "  1 + (SELECT count(*) FROM _telling o WHERE o.happening = t.telling AND o.happening <> o.telling) AS tellings -- how many "
    "reports "
    "tell of it\n"
    "FROM _telling t JOIN _report r ON r.report = t.telling / 8 LEFT JOIN _event v ON v.report = r.report AND v.n = t.n "
    "WHERE t.happening = t.telling",

    "CREATE VIEW claims AS SELECT -- who says how many: the figures of current reports, with claimant and happening\n"
    "  'r' || f.report || '.f' || f.n AS claim, -- as tidings show takes it\n"
    "  h.id AS happening, -- of happening: id; NULL: of none\n"
    "  f.effect, -- killed, injured, …\n"
    "  f.words, -- as the report has it\n"
    "  f.low, -- lower bound that follows from the wording\n"
    "  f.high, -- upper bound\n"
    "  f.noun, -- what is counted\n"
    "  f.status, -- asserted, denied, superseded, feared, planned\n"
    "  s.name AS claimant, -- who says so; NULL: the report itself\n"
    "  s.anonymous, -- 1: the report names neither person nor body\n"
    "  r.published AS said, -- day the report came out\n"
    "  r.report, -- which\n"
    "  r.voice -- the report whose text it is: copies have one voice\n"
    "FROM figure f JOIN report r ON r.report = f.report LEFT JOIN source s ON s.report = f.report AND s.n = f.source "
    "LEFT JOIN _telling t ON t.telling = coalesce(f.telling, f.report * 8) LEFT JOIN happening h ON h.happening = t.happening "
    "WHERE r.current",

    "CREATE VIEW tolls AS SELECT -- claims of harm that are asserted, once for each voice\n"
    "  happening, -- of happening: id\n"
    "  effect, -- killed, injured, infected, missing, abducted, arrested, displaced, rescued\n"
    "  claimant, -- who says so; NULL: the report itself\n"
    "  said, -- day\n"
    "  words, -- as the report has it\n"
    "  low, -- lower bound\n"
    "  high, -- upper bound\n"
    "  noun, -- of whom\n"
    "  claim -- as tidings show takes it\n"
    "FROM claims WHERE status = 'asserted' AND report = voice AND effect NOT IN ('other', 'present', 'deployed')",

    "CREATE VIEW timeline AS SELECT -- happenings by their first day\n"
    "  min(coalesce(v.begin, r.published)) AS day, -- of their tellings' first events; the day of publication where none is "
    "told\n"
    "  h.id AS happening, -- of happening: id\n"
    "  h.type, -- PLOVER's, or INCIDENT\n"
    "  h.words, -- what carries its first event\n"
    "  count(DISTINCT r.voice) AS voices -- reports that tell of it, copies counted once\n"
    "FROM happening h JOIN _telling t ON t.happening = h.happening JOIN report r ON r.report = t.telling / 8 LEFT JOIN event v "
    "ON "
    "v.report = r.report AND v.n = t.n WHERE h.type IS NOT NULL AND r.current GROUP BY h.happening ORDER BY day, h.id",
    NULL};
