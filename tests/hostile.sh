#!/bin/sh
# hostile.sh PROGRAM — pages made to exhaust whoever reads them: each is read, or refused in one line, in bounded time and memory.
set -u
T=$1
D=$(mktemp -d)
trap 'rm -rf "$D"' EXIT
passed=0 failed=0
END='<p>Police said two people died in the fire near the town, and that nine more were taken to hospital.'

# flood NAME CODE PATTERN FILE: exit code and what is printed; no more than a gigabyte, no longer than PATIENCE.
flood() {
    ( [ -n "${SANITIZED:-}" ] || ulimit -v 1048576; exec timeout "${PATIENCE:-20}" "$T" article --format json "$4" ) >"$D/out" 2>&1
    got=$?
    if [ "$got" = "$2" ] && grep -q -- "$3" "$D/out" && [ "$(grep -c '^tidings:' "$D/out")" -le 1 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$1: exit $got, expected $2; expected /$3/ in:"
        head -c 400 "$D/out"
        echo
    fi
}

# repeat TIMES TEXT
repeat() { awk -v n="$1" -v s="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", s }'; }

many='more than 500000 paragraphs or 2000000 elements'
read='two people died'
{ repeat 2100000 '<b>'; echo "$END"; } >"$D/f"; flood "unclosed tags by the million" 1 "$many" "$D/f"
{ repeat 400000 '<div><p>x'; echo "$END"; } >"$D/f"; flood "elements nested without end" 0 "$read" "$D/f"
{ repeat 300000 '<table><tr><td>'; echo "$END"; } >"$D/f"; flood "tables in tables" 0 "$read" "$D/f"
{ repeat 300000 '</p></div>'; echo "$END"; } >"$D/f"; flood "end tags of nothing" 0 "$read" "$D/f"
{ repeat 200000 '<a href=x><i><b>word </p></i></a>'; echo "$END"; } >"$D/f"; flood "misnested formatting" 0 "$read" "$D/f"
{ printf '<div '; repeat 300000 'data-a=1 class=b '; echo ">$END"; } >"$D/f"; flood "attributes by the hundred thousand" 0 "$read" "$D/f"
{ printf '<p class="'; repeat 300000 ' related'; echo "\">$END"; } >"$D/f"; flood "one attribute of megabytes" 0 "" "$D/f"
{ printf '<p>'; repeat 500000 '&amp;&lt&#x26;&nosuch;'; echo "$END"; } >"$D/f"; flood "character references by the million" 0 "$read" "$D/f"
{ repeat 500000 '<!--'; echo "$END"; } >"$D/f"; flood "comments that do not end" 0 "" "$D/f"
{ printf '<script>'; repeat 300000 '<!--<script>'; echo "$END"; } >"$D/f"; flood "scripts that do not end" 0 "" "$D/f"
{ printf '<script type=application/ld+json>'; repeat 200000 '{"@type":"NewsArticle","a":['; echo "</script>$END"; } >"$D/f"
flood "JSON-LD nested without end" 0 "$read" "$D/f"
{ printf '<script type=application/ld+json>{"a":"'; repeat 500000 '\"'; echo "</script>$END"; } >"$D/f"
flood "a string of JSON-LD that does not end" 0 "$read" "$D/f"
{ printf '<title>'; repeat 300000 ' | a'; echo "</title><h1>Fire</h1>$END"; } >"$D/f"; flood "a title of many parts" 0 "$read" "$D/f"
{ repeat 60000 '<p>Published 03/04/2021</p>'; echo "$END"; } >"$D/f"; flood "dates that could be read two ways" 0 '"published":{"date":"2021-0' "$D/f"
{ repeat 60000 '<time datetime=2024-05-01>x</time><h1>a title</h1>'; echo "$END"; } >"$D/f"; flood "times and headings" 0 "$read" "$D/f"
{ printf '<!DOCTYPE r [<!ENTITY a0 "aaaaaaaaaa">'
  awk 'BEGIN { for (i = 0; i < 40; i++) printf "<!ENTITY a%d \"&a%d;&a%d;&a%d;\">", i + 1, i, i, i }'
  printf ']><rss><item><title>&a40;</title><description>Police said &a40; two people died in the fire.</description></item></rss>'
} >"$D/f"; flood "entities that grow" 0 "$read" "$D/f"
{ printf '<rss><channel>'; repeat 100000 '<item><title>a<link>'; } >"$D/f"; flood "items that do not end" 1 "no text in it" "$D/f"
{ printf '<feed><entry><content>'; repeat 300000 '<![CDATA['; } >"$D/f"; flood "CDATA in CDATA" 0 "" "$D/f"
{ printf '{"title":"a","text":'; repeat 1000000 '['; } >"$D/f"; flood "JSON nested without end" 1 "does not end" "$D/f"
head -c 67108864 /dev/zero | gzip -1 >"$D/64.gz"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do cat "$D/64.gz"; done >"$D/zeros.html.gz"
flood "a gigabyte of zeros packed" 1 "larger than 64 MiB unpacked" "$D/zeros.html.gz"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
