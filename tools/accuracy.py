#!/usr/bin/env python3
"""accuracy.py PROGRAM CORPORA GOLD — every accuracy bar in one table (make accuracy CORPORA=… GOLD=…).

CORPORA is a folder of scored corpora (times/, attribution/, incidents/, muc/, plover/, places/, pages/), each with its
scorer; GOLD one of annotated reports with score.py. What is missing is passed over. Standard library only.
"""
import gzip
import json
import os
import subprocess
import sys
import tempfile

# scorer's folder, script, corpus file, which rows (a prefix of the id), [(row of its table, bar)]
BARS = [
    ('times', 'score_times.py', 'timebank-aquaint.jsonl.gz', 'timebank', [('value F1', 82.5), ('strict F1', 86)]),
    ('times', 'score_times.py', 'timebank-aquaint.jsonl.gz', 'aquaint', [('value F1', 77), ('strict F1', 83)]),
    ('times', 'score_times.py', 'gum-news-dates.jsonl.gz', '', [('days F1', 92)]),
    ('attribution', 'score_attribution.py', 'polnear-dev.jsonl.gz', '',
     [('source exact F1', 77), ('cue exact F1', 73), ('content exact F1', 62), ('source half F1', 79), ('cue half F1', 77),
      ('content half F1', 74), ('linked F1', 70)]),
    ('incidents', 'score_incidents.py', 'gva-dev.jsonl.gz', '',
     [('killed, stated F1', 85), ('injured, stated F1', 80), ('day, stated F1', 88), ('city, stated F1', 80)]),
    ('muc', 'score_muc.py', 'muc-tst1.jsonl.gz', '', [('total F1', None)]),
    ('muc', 'score_muc.py', 'muc-tst2.jsonl.gz', '', [('total F1', None)]),
    ('plover', 'score_plover.py', 'plover-gsr-odd.jsonl.gz', '', [('type found', 68), ('actor F1', 60), ('recipient F1', 60)]),
    ('places', 'score_places.py', 'trnews.jsonl.gz', '', [('within 161 km, of all gold', None), ('placed F1', 66)]),
    ('places', 'score_places.py', 'geovirus.jsonl.gz', '', [('within 161 km, of all gold', None), ('placed F1', 72)]),
    ('pages', 'score_pages.py', 'wcxb-dev-articles.jsonl.gz', '', [('body words F1', 94)]),
    ('pages', 'score_pages.py', 'fundus-en.jsonl.gz', '', [('body words F1', 95.5)]),
]
GOLD_BARS = {'times': 95, 'statements': 86, 'anonymous': 76, 'figures': 93, 'figures full': 80, 'events': 70, 'events status': 58,
             'events who-whom': 44, 'events source': 62, 'aliases': 72}


def show(where, name, value, bar):
    word = '' if bar is None else 'reached' if value >= bar else 'short'
    print(f'{where:<34}{name:<28}{value:>7.1f}{"" if bar is None else f"{bar:>8.1f}"}  {word}'.rstrip(), flush=True)


def rows_of(path, prefix, folder):
    """The corpus itself, or a copy of the rows whose id begins so."""
    if not prefix:
        return path
    part = os.path.join(folder, f'{prefix}.jsonl.gz')
    with gzip.open(path, 'rt', encoding='utf-8') as whole, gzip.open(part, 'wt', encoding='utf-8') as out:
        out.writelines(line for line in whole if json.loads(line)['id'].startswith(prefix))
    return part


def corpora_bars(program, corpora):
    for folder, script, corpus, prefix, bars in BARS:
        scorer, path = os.path.join(corpora, folder, script), os.path.join(corpora, folder, corpus)
        if not os.path.exists(scorer) or not os.path.exists(path):
            continue
        options = ['--published {published}'] if folder not in ('plover', 'pages') else []
        options += ['--url {url}'] if folder in ('places', 'pages') else []
        with tempfile.TemporaryDirectory() as tmp:
            table = os.path.join(tmp, 'table.json')
            subprocess.run([sys.executable, scorer, rows_of(path, prefix, tmp), '--jobs', '2', '--json', table, '--cmd',
                            ' '.join([program, 'read', '--format', 'json', *options, '{file}'])],
                           stdout=subprocess.DEVNULL, check=True)
            values = json.load(open(table, encoding='utf-8'))
        for name, bar in bars:
            show(prefix or corpus.split('.')[0], name, values[name], bar)


def gold_bars(program, gold):
    dirs = [os.path.join(gold, d) for d in ('dev', 'dev-single') if os.path.isdir(os.path.join(gold, d))]
    with tempfile.TemporaryDirectory() as tmp:
        for d in dirs:
            for f in sorted(os.listdir(d)):
                if not f.endswith('.json'):
                    continue
                day = json.load(open(os.path.join(d, f), encoding='utf-8'))['published']
                with open(os.path.join(tmp, f), 'wb') as out:
                    subprocess.run([program, 'read', '--format', 'json', '--published', day, os.path.join(d, f[:-5] + '.txt')],
                                   stdout=out, check=True)
        table = subprocess.run([sys.executable, os.path.join(gold, 'score.py'), *dirs, tmp], check=True, capture_output=True, text=True)
    for line in table.stdout.splitlines():
        words = line.split()
        name = ' '.join(words[:-5])
        if name in GOLD_BARS:
            show('annotated reports', name, float(words[-3]), GOLD_BARS[name])


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    program, corpora, gold = os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3]
    print(f'{"on":<34}{"measure":<28}{"value":>7}{"bar":>8}')
    if gold:
        gold_bars(program, gold)
    if corpora:
        corpora_bars(program, corpora)


if __name__ == '__main__':
    main()
