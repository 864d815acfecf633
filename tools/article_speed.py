"""article_speed.py BENCH FILE… — bytes to article beside trafilatura and readability-lxml, in one run, one thread each.

BENCH is build/bench-article; FILE rows of JSON with `html` (and `url`), gzipped or not, or pages of HTML. Each reads the same
bytes in memory; seconds of the processor count, so that others on the machine disturb less. Run by `make peers`.
"""
import gzip
import json
import re
import subprocess
import sys
import time


def load(paths):
    pages = []
    for path in paths:
        with (gzip.open(path) if path.endswith('.gz') else open(path, 'rb')) as f:
            if '.jsonl' not in path:
                pages.append((f.read(), None))
                continue
            for line in f:
                row = json.loads(line)
                if row.get('html'):
                    pages.append((row['html'].encode(), row.get('url')))
    return pages


def trafilatura_reader():
    import trafilatura
    return 'trafilatura ' + trafilatura.__version__, lambda html, url: trafilatura.bare_extraction(html, url=url, with_metadata=True)


def trafilatura_fast_reader():
    import trafilatura
    return 'trafilatura, fast', lambda html, url: trafilatura.bare_extraction(html, url=url, fast=True, include_comments=False)


def readability_reader():
    import readability
    return 'readability-lxml', lambda html, url: readability.Document(html).summary(html_partial=True)


def main():
    import logging
    logging.disable(logging.CRITICAL)
    bench, paths = sys.argv[1], sys.argv[2:]
    pages = load(paths)
    size = sum(len(html) for html, _ in pages) / 1e6

    def run_bench():
        out = subprocess.run([bench, *paths], check=True, capture_output=True, text=True).stdout
        return float(re.search(r'([\d.]+) pages/s', out).group(1))

    ours = [run_bench()]
    rows = []
    for make in trafilatura_reader, trafilatura_fast_reader, readability_reader:
        name, read = make()
        failed, begin = 0, time.process_time()
        for html, url in pages:
            try:
                read(html, url)
            except Exception:
                failed += 1
        rows.append((name, len(pages) / (time.process_time() - begin), failed))
        ours.append(run_bench())
    best = max(ours)
    print(f'{len(pages)} pages, {size:.1f} MB')
    print(f'{"":<24}{"pages/s":>9}{"MB/s":>8}{"tidings is":>13}')
    print(f'{"tidings":<24}{best:>9.0f}{best * size / len(pages):>8.1f}   (runs: {", ".join(f"{v:.0f}" for v in ours)})')
    for name, rate, failed in rows:
        print(f'{name:<24}{rate:>9.1f}{rate * size / len(pages):>8.1f}{best / rate:>11.0f} ×' + (f'   {failed} failed' if failed else ''))


if __name__ == '__main__':
    main()
