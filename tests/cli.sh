#!/bin/sh
# cli.sh PROGRAM — the program as a person runs it: output, exit codes, and inputs that are no report.
set -u
T=$1
D=$(mktemp -d)
trap 'rm -rf "$D"' EXIT
passed=0 failed=0

# expect NAME CODE PATTERN COMMAND…: exit code, and a basic regular expression in what it prints on either stream.
expect() {
    name=$1 code=$2 pattern=$3
    shift 3
    timeout "${PATIENCE:-120}" "$@" >"$D/out" 2>&1 </dev/null
    got=$?
    if [ "$got" = "$code" ] && grep -q -- "$pattern" "$D/out"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$name: exit $got, expected $code; expected /$pattern/ in:"
        head -c 600 "$D/out"
    fi
}

cat >"$D/report.txt" <<'END'
Gunmen killed at least 12 soldiers near Tarsova on Monday, the army said.

The attack was condemned by President Mira Halloran.
END
printf '\377\376' >"$D/utf16.txt"
iconv -f UTF-8 -t UTF-16LE "$D/report.txt" >>"$D/utf16.txt"
printf 'The mayor of C\363rdova said two people died in the caf\351.\n' >"$D/latin1.txt"
printf 'Police said two people died \377\376\300 in the fire \342\202 on Monday.\n' >"$D/broken.txt"
: >"$D/empty.txt"
head -c 20000 /dev/urandom >"$D/binary.bin"
printf '\177ELF\002\001\001\000\000\000' >"$D/elf.txt"
cat "$D/binary.bin" >>"$D/elf.txt"
head -c 104857600 /dev/zero | tr '\0' 'a' >"$D/word100.txt"
head -c 2000000 /dev/zero | tr '\0' 'a' >"$D/word2.txt"
{ awk 'BEGIN { for (i = 0; i < 100000; i++) printf "<div>" }'; echo '<p>Police said two people died in the fire.</p>'; } >"$D/deep.html"
awk 'BEGIN { print "<html><body><article>"; for (i = 0; i < 10000; i++) printf "<p>Police said %d people died in the fire near Tarsova on Monday.</p>\n", i + 2; print "</article></body></html>" }' >"$D/long.html"

expect "help" 0 "tidings read report.txt" "$T" --help
expect "help of a command" 0 "--published" "$T" help read
expect "version" 0 "^tidings [0-9]" "$T" --version
expect "no command" 2 "no command" "$T"
expect "unknown command" 2 "no such command" "$T" raed x
expect "unknown option" 2 "unknown option" "$T" read --fromat json "$D/report.txt"
expect "unknown format" 2 "--format is" "$T" read --format xml "$D/report.txt"
expect "day that is none" 1 "published" "$T" read --published 2024-02-31 "$D/report.txt"
expect "no file" 2 "no file" "$T" read
expect "tables" 0 "12 soldier" "$T" read --published 2024-05-22 "$D/report.txt"
expect "json" 0 '"op":">=","value":12' "$T" read --format json --published 2024-05-22 "$D/report.txt"
expect "day of the week" 0 '"begin":"2024-05-20"' "$T" read --format json --published 2024-05-22 "$D/report.txt"
expect "html" 0 "<article>" "$T" read --format html "$D/report.txt"
expect "conllu" 0 "# sent_id = 2" "$T" read --format conllu "$D/report.txt"
expect "tokens" 0 "^start.end.tag" "$T" parse --format tsv "$D/report.txt"
expect "explain" 0 "^-- events" "$T" explain "$D/report.txt"
cat >"$D/page.html" <<'END'
<html><head><meta charset=utf-8><title>Tram line approved | The Marn Courier</title><meta property=article:section content=Transport></head>
<body><nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><article><h1>Tram line approved</h1><p class=byline>By Ida Holm and Peter Okoro</p>
<time datetime="2023-09-14T07:05:00+02:00">14 September 2023</time>
<p>The city council voted on Wednesday to build a tram line along the harbour, the mayor's office said, after eleven years of plans.</p>
<h2>What comes first</h2><ul><li>A bridge over the old lock, wide enough for two tracks</li><li>A depot beside the fish market, which has stood empty</li></ul>
<p>Traders on Quay Street said they would sue if the work closed the street for more than a month, as they had done before.</p></article></body></html>
END
expect "article" 0 "^By Ida Holm and Peter Okoro | 2023-09-14 07:05 +02:00" "$T" article "$D/page.html"
expect "article as Markdown" 0 "^## What comes first" "$T" article --format markdown "$D/page.html"
expect "article as Markdown: items" 0 "^- A bridge over the old lock" "$T" article --format markdown "$D/page.html"
expect "article as HTML" 0 "<ul><li>A bridge over" "$T" article --format html "$D/page.html"
expect "article as JSON" 0 '"section":"Transport","title":"Tram line approved","byline":\["Ida Holm","Peter Okoro"\],"language":"en","published":{"date":"2023-09-14","time":"07:05","zone":"+02:00"' "$T" article --format json "$D/page.html"
expect "article needs no model" 0 "tram line" "$T" article --model "$D/none.tdm" "$D/page.html"
expect "unknown format of articles" 2 "--format is" "$T" article --format tables "$D/page.html"
expect "a moment given" 0 '"published":{"date":"2024-05-25","time":"10:30","zone":"Z","from":"given"}' "$T" article --format json --published "Sat, 25 May 2024 10:30 GMT" "$D/page.html"
expect "the article read again" 0 '"byline":\["Ida Holm","Peter Okoro"\],"language":"en","published":{"date":"2023-09-14"' sh -c "'$T' article '$D/page.html' | '$T' article --format json -"
expect "model card" 0 "en_core_web_sm" "$T" model
expect "standard input" 0 '"tidings":1' sh -c "cat '$D/report.txt' | '$T' read --format json -"
expect "missing file" 1 "nowhere.txt: No such file" "$T" read "$D/nowhere.txt"
expect "folder" 1 "a folder" "$T" read "$D"
expect "one bad file of three" 1 "nowhere.txt" "$T" read --format jsonl "$D/report.txt" "$D/nowhere.txt" "$D/report.txt"
[ "$(grep -c '^{"tidings":1' "$D/out")" = 2 ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "one bad file of three: the others are read"; }

expect "empty" 1 "empty" "$T" read "$D/empty.txt"
expect "binary" 1 "binary" "$T" read "$D/binary.bin"
expect "program file" 1 "binary" "$T" read "$D/elf.txt"
expect "UTF-16" 0 "12 soldier" "$T" read "$D/utf16.txt"
expect "Latin-1" 0 "café" "$T" read --format json "$D/latin1.txt"
expect "broken UTF-8" 0 '"value":2' "$T" read --format json "$D/broken.txt"
expect "100 MB of one word" 1 "larger than 64 MiB" "$T" read "$D/word100.txt"
expect "2 MB of one word" 0 '"tidings":1' "$T" read --format json "$D/word2.txt"
expect "100,000 elements deep" 0 '"tidings":1' "$T" read --format json "$D/deep.html"
expect "10,000 sentences" 0 '"tidings":1' "$T" read --format json --published 2024-05-22 "$D/long.html"
expect "full disk" 4 "No space left" sh -c "'$T' read '$D/report.txt' >/dev/full"
expect "no such model" 3 "none.tdm: No such file" "$T" read --model "$D/none.tdm" "$D/report.txt"
expect "no model file" 3 "report.txt: " "$T" read --model "$D/report.txt" "$D/report.txt"
expect "empty model file" 3 "empty" "$T" read --model "$D/empty.txt" "$D/report.txt"
expect "no gazetteer file" 3 "report.txt: " "$T" read --gazetteer "$D/report.txt" "$D/report.txt"

mkdir -p "$D/data/times" && printf '# id\twords\nx\ty\n' >"$D/data/times/rules.tsv"
expect "rules that are none" 3 "data/times/rules.tsv" "$T" read --data "$D/data" "$D/report.txt"

"$T" read --format json --published 2024-05-22 "$D/report.txt" "$D/long.html" >"$D/a" 2>/dev/null
"$T" read --format json --published 2024-05-22 "$D/report.txt" "$D/long.html" >"$D/b" 2>/dev/null
if cmp -s "$D/a" "$D/b"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "two runs differ"; fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
