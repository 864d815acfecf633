"""parity.py PARITY MODEL PIPELINE TEXTS… — our parse against spaCy's own, token by token.

PARITY is build/parity, MODEL our model file, PIPELINE the folder spaCy loads. TEXTS: .txt files, or .jsonl(.gz) whose lines have
a field `text`. Options: --first N texts, --limit N (most characters of a text, default 1,000,000), --cache DIR (keeps spaCy's
results by text), --show N differences, --time (spaCy's speed on some 500,000 characters), --kernels NAME (plain, avx2,
avx512, neon: other arithmetic of ours than the fastest).

--bless writes spaCy's result of each TEXT.txt to TEXT.tsv beside it (the stored parses of tests/golden/parse).

Prints each difference with the margins at its sentence, and how many tokens are equal in all columns.
"""
import argparse, gzip, hashlib, json, os, subprocess, sys, time

COLUMNS = "start end tag pos morph lemma head dep ent sent_start".split()


def read_texts(paths):
    for p in paths:
        if ".jsonl" in p:
            with (gzip.open if p.endswith(".gz") else open)(p, "rt", encoding="utf-8") as f:
                for line in f:
                    text = json.loads(line).get("text")
                    if isinstance(text, str):
                        yield text
        else:
            with open(p, encoding="utf-8", newline="") as f:
                yield f.read()


def escaped(s):
    return s.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def spacy_rows(doc):
    rows = []
    for t in doc:
        ent = "O" if t.ent_iob_ in ("O", "") else t.ent_iob_ + "-" + t.ent_type_
        row = [t.idx, t.idx + len(t.text), t.tag_, t.pos_, t.morph, t.lemma_, t.head.i, t.dep_, ent, int(bool(t.is_sent_start))]
        rows.append([escaped(str(x)) for x in row])
    return rows


class Oracle:
    """spaCy, loaded only if some text is not in the cache."""

    def __init__(self, pipeline, cache):
        self.pipeline, self.cache, self.nlp = pipeline, cache, None
        if cache:
            os.makedirs(cache, exist_ok=True)

    def load(self):
        if not self.nlp:
            import spacy
            self.nlp = spacy.load(self.pipeline)
            self.nlp.max_length = 10**8
        return self.nlp

    def place(self, text):
        return os.path.join(self.cache, hashlib.sha256(text.encode()).hexdigest()[:32] + ".tsv") if self.cache else None

    def rows(self, texts):
        missing = [t for t in texts if not self.cache or not os.path.exists(self.place(t))]
        fresh = {}
        if missing:
            for text, doc in zip(missing, self.load().pipe(missing, batch_size=64)):
                rows = spacy_rows(doc)
                if self.cache:
                    with open(self.place(text), "w", encoding="utf-8", newline="") as f:
                        f.write("".join("\t".join(r) + "\n" for r in rows))
                else:
                    fresh[text] = rows
        for text in texts:
            if text in fresh:
                yield fresh[text]
            else:
                with open(self.place(text), encoding="utf-8", newline="") as f:
                    yield [line.split("\t") for line in f.read().split("\n")[:-1]]

    def speed(self, texts):
        nlp, sample, size = self.load(), [], 0
        for t in texts:
            sample.append(t)
            size += len(t)
            if size > 500000:
                break
        list(nlp.pipe(sample[:5]))
        begin = time.process_time()
        tokens = sum(len(doc) for doc in nlp.pipe(sample))
        return tokens / (time.process_time() - begin)


def own_rows(program, model, texts, kernels):
    data = b"".join(b"%d\n%s" % (len(b), b) for b in (t.encode() for t in texts))
    done = subprocess.run([program, model] + (["--kernels", kernels] if kernels else []), input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    message = done.stderr.decode()
    if done.returncode:
        sys.exit(message)
    last = message.strip().split("\n")[-1].split()
    blocks, rows = [], []
    for line in done.stdout.decode().split("\n")[:-1]:
        if not line:
            blocks.append(rows[1:])
            rows = []
        else:
            rows.append(line.split("\t"))
    return blocks, int(last[0]), float(last[2])


def least_margin(rows, i):
    """The least margins over the token's sentence, in which an earlier step may have decided."""
    first, end = i, i + 1
    while first > 0 and rows[first][9] == "0":
        first -= 1
    while end < len(rows) and rows[end][9] == "0":
        end += 1
    return [min(float(r[10 + k]) for r in rows[first:end]) for k in range(3)]


def bless(oracle, paths):
    for p, text in zip(paths, read_texts(paths)):
        with open(p[:-4] + ".tsv", "w", encoding="utf-8", newline="") as f:
            f.write("\t".join(COLUMNS) + "\n" + "".join("\t".join(r) + "\n" for r in next(oracle.rows([text]))))
    return 0


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("program"), a.add_argument("model"), a.add_argument("pipeline"), a.add_argument("texts", nargs="+")
    a.add_argument("--first", type=int), a.add_argument("--limit", type=int, default=1000000), a.add_argument("--cache")
    a.add_argument("--show", type=int, default=50), a.add_argument("--time", action="store_true"), a.add_argument("--kernels")
    a.add_argument("--bless", action="store_true")
    o = a.parse_args()
    if o.bless:
        return bless(Oracle(o.pipeline, None), o.texts)
    texts = [t for t in read_texts(o.texts) if t and len(t) <= o.limit][: o.first]
    oracle = Oracle(o.pipeline, o.cache)
    equal = total = shown = 0
    seconds = 0.0
    by_column = {}
    for at in range(0, len(texts), 500):
        some = texts[at : at + 500]
        own, _, took = own_rows(o.program, o.model, some, o.kernels)
        seconds += took
        for text, mine, theirs in zip(some, own, oracle.rows(some)):
            total += len(theirs)
            if [r[:2] for r in mine] != [r[:2] for r in theirs]:
                by_column["tokens"] = by_column.get("tokens", 0) + 1
                k = next((i for i, (x, y) in enumerate(zip(mine, theirs)) if x[:2] != y[:2]), min(len(mine), len(theirs)))
                print("tokens differ from number %d on: ours %s, spaCy's %s" % (k, [text[int(r[0]):int(r[1])] for r in mine[k:k + 4]],
                                                                                 [text[int(r[0]):int(r[1])] for r in theirs[k:k + 4]]))
                continue
            for i, (x, y) in enumerate(zip(mine, theirs)):
                if x[:10] == y:
                    equal += 1
                    continue
                for k in range(10):
                    if x[k] != y[k]:
                        by_column[COLUMNS[k]] = by_column.get(COLUMNS[k], 0) + 1
                shown += 1
                if shown <= o.show:
                    what = ", ".join("%s %r not %r" % (COLUMNS[k], x[k], y[k]) for k in range(10) if x[k] != y[k])
                    print("%r in %r: %s; margins of tag, arc, name in its sentence: %s" % (
                        text[int(x[0]):int(x[1])], text[max(0, int(x[0]) - 30):int(x[1]) + 30], what,
                        " ".join("%.1e" % m for m in least_margin(mine, i))))
    print("%d texts, %d tokens, %d equal in all columns (%.4f %%)%s" % (
        len(texts), total, equal, 100.0 * equal / max(1, total), "".join("; %s %d" % kv for kv in by_column.items())))
    print("tidings: %.0f tokens/s of processor time" % (total / max(seconds, 1e-9)))
    if o.time:
        print("spaCy nlp.pipe: %.0f tokens/s of processor time" % oracle.speed(texts))
    return 0 if equal >= 0.99999 * total else 1


if __name__ == "__main__":
    sys.exit(main())
