#!/bin/sh
# import.sh TIDINGS WHEEL MODEL — a package imports the same from wheel and folder; what this program lacks is named.
set -eu
tidings=$1 wheel=$2 model=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
${PYTHON:-python3} -m zipfile -e "$wheel" "$work"
folder=$(dirname "$(find "$work" -name config.cfg)")
failed=0

refuses() { # what the line must hold
    if "$tidings" model import "$folder" -o "$work/out.tdm" 2>"$work/said" || ! grep -qF -- "$1" "$work/said" || [ "$(wc -l <"$work/said")" != 1 ]; then
        echo "import.sh: not refused with \"$1\": $(cat "$work/said")"
        failed=1
    fi
}

changed() { # sed script for config.cfg, what the line must hold
    cp "$folder/config.cfg" "$work/config"
    sed -i "$1" "$folder/config.cfg"
    refuses "$2"
    mv "$work/config" "$folder/config.cfg"
}

"$tidings" model import "$folder" -o "$work/folder.tdm"
cmp "$work/folder.tdm" "$model"
changed 's/"attribute_ruler","lemmatizer"/"attribute_ruler","morphologizer","lemmatizer"/' 'morphologizer'
changed 's/^disabled = .*/disabled = []/' 'senter'
changed 's/"tagger","parser"/"tagger"/' 'lacks the component parser'
changed 's/spacy.MaxoutWindowEncoder.v2/spacy.MishWindowEncoder.v2/' '[components.tok2vec.model.encode] @architectures = spacy.MishWindowEncoder.v2 is not implemented'
changed 's/^extra_state_tokens = false/extra_state_tokens = true/' 'extra_state_tokens = true is not implemented'
changed 's/^mode = "rule"/mode = "lookup"/' 'mode = lookup is not implemented'
changed 's/spacy.Tokenizer.v1/spacy.ja.JapaneseTokenizer/' 'spacy.ja.JapaneseTokenizer'
head -c 100000 "$folder/ner/model" >"$work/cut" && mv "$work/cut" "$folder/ner/model"
refuses 'ner/model is no thinc model'
rm "$folder/parser/moves"
refuses 'parser/moves'
rm "$folder/config.cfg"
refuses 'no spaCy pipeline'
head -c 100000 "$wheel" >"$work/cut.whl"
"$tidings" model import "$work/cut.whl" -o "$work/out.tdm" 2>"$work/said" && failed=1
grep -qF 'neither a wheel' "$work/said" || failed=1
[ ! -e "$work/out.tdm" ] || failed=1
exit $failed
