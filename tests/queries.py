#!/usr/bin/env python3
"""queries.py LEDGER PAGE.md: runs every SQL block of the page as it stands; each must give rows."""
import re
import sqlite3
import sys

ledger = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
page = open(sys.argv[2], encoding="utf-8").read()
blocks = re.findall(r"```sql\n(.*?)```", page, re.S)
bad = 0
for sql in blocks:
    try:
        rows = ledger.execute(sql).fetchall()
    except sqlite3.Error as e:
        print(f"{sys.argv[2]}: {e}: {sql.splitlines()[0]}")
        bad += 1
        continue
    if not rows:
        print(f"{sys.argv[2]}: no rows: {sql.splitlines()[0]}")
        bad += 1
print(f"{len(blocks) - bad} queries run, {bad} failed")
sys.exit(bad != 0 or not blocks)
