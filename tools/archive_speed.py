#!/usr/bin/env python3
"""Our reading of web archives beside FastWARC's: tools/archive_speed.py BENCH-ARCHIVE FILE... (run it with a Python that has fastwarc)

Both read every record with its payload, in turn, in one run and in processor time; only the ratio counts. `make archive-peer ARCHIVES=...`
"""
import statistics
import subprocess
import sys
import time

from fastwarc.warc import ArchiveIterator

TURNS = 9


def ours(bench, path):
    seconds, records, payload = subprocess.run([bench, '--once', '1', path], capture_output=True, text=True, check=True).stdout.split()
    return float(seconds), int(records), int(payload)


def theirs(path):
    begin, records, payload = time.process_time(), 0, 0
    with open(path, 'rb') as f:
        for record in ArchiveIterator(f):
            records += 1
            payload += len(record.reader.read())
    return time.process_time() - begin, records, payload


def main():
    bench, *paths = sys.argv[1:]
    for path in paths:
        turns = [(ours(bench, path), theirs(path)) for _ in range(TURNS)]
        a, b = (sorted(t[i][0] for t in turns) for i in (0, 1))
        (_, n, payload), (_, m, other) = turns[0]
        print(f'{path}: {n} records, {payload} bytes of payloads (FastWARC: {m}, {other})')
        print(f'  tidings  {n / statistics.median(a):10.0f} records/s (best {n / a[0]:.0f})')
        print(f'  FastWARC {m / statistics.median(b):10.0f} records/s (best {m / b[0]:.0f})')
        print(f'  ratio {statistics.median(y[0] / x[0] for x, y in turns):.2f} (median of {TURNS} turns)')


main()
