"""speed.py PARITY MODEL PIPELINE TEXTS… — tokens a second of our parse and of spaCy's nlp.pipe, in turns.

Arguments as in parity.py. --rounds N (5): each round parses all texts once with each, one thread, in processor time; what
counts is the median of the rounds' ratios, since a machine's speed changes from minute to minute. --size N: characters of text
taken from the beginning (300,000). --kernels NAME as there.

    round 1: tidings 64,102 tokens/s, spaCy 5,216, ratio 12.29
"""
import argparse, statistics, subprocess, sys, time

from parity import read_texts


def own_speed(command, data):
    done = subprocess.run(command, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode:
        sys.exit(done.stderr.decode())
    last = done.stderr.decode().strip().split("\n")[-1].split()
    return int(last[0]) / float(last[2])


def spacy_speed(nlp, texts):
    begin = time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    return tokens / (time.process_time() - begin)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("program"), a.add_argument("model"), a.add_argument("pipeline"), a.add_argument("texts", nargs="+")
    a.add_argument("--rounds", type=int, default=5), a.add_argument("--size", type=int, default=300000), a.add_argument("--kernels")
    o = a.parse_args()
    import spacy
    nlp, texts, size = spacy.load(o.pipeline), [], 0
    for t in read_texts(o.texts):
        texts.append(t)
        size += len(t)
        if size > o.size:
            break
    data = b"".join(b"%d\n%s" % (len(b), b) for b in (t.encode() for t in texts))
    command = [o.program, o.model, "--quiet"] + (["--kernels", o.kernels] if o.kernels else [])
    list(nlp.pipe(texts[:5]))
    own, other = [], []
    for i in range(o.rounds):
        own.append(own_speed(command, data))
        other.append(spacy_speed(nlp, texts))
        print("round %d: tidings %s tokens/s, spaCy %s, ratio %.2f" % (i + 1, f"{own[-1]:,.0f}", f"{other[-1]:,.0f}", own[-1] / other[-1]), flush=True)
    ratios = sorted(x / y for x, y in zip(own, other))
    print("%d texts, %d characters; median of %d: tidings %s, spaCy %s, ratio %.2f (%.2f to %.2f)" % (
        len(texts), size, o.rounds, f"{statistics.median(own):,.0f}", f"{statistics.median(other):,.0f}", statistics.median(ratios),
        ratios[0], ratios[-1]))


if __name__ == "__main__":
    main()
