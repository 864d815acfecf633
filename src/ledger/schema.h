// schema.h — the ledger's tables and views: what makes the file is what describes it.
//
// Tables whose names begin with _ hold numbers; the views of the same names (event for _event) have the words and days
// behind them and are what people and programs ask. Each column carries its description.

#ifndef LEDGER_SCHEMA_H
#define LEDGER_SCHEMA_H

enum {
    LEDGER_APPLICATION = 0x54494447, // "TIDG", SQLite's application_id
    LEDGER_VERSION = 1               // SQLite's user_version
};

// One statement each; ends with NULL.
extern const char *const ledger_schema_sql[];

// Words that every ledger has under the same small numbers: the closed lists of the record. Word n is [n - 1].
extern const char *const ledger_schema_words[];

#endif
