#!/bin/sh
# inputs.sh PROGRAM — feeds, ninjs, rows of JSON, packed files, and addresses of a site on this machine; no network.
set -u
T=$1
PYTHON=${PYTHON:-python3}
D=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$D"' EXIT
passed=0 failed=0

# expect NAME CODE PATTERN COMMAND…: exit code, and a basic regular expression in what it prints on either stream.
expect() {
    name=$1 code=$2 pattern=$3
    shift 3
    timeout "${PATIENCE:-60}" "$@" >"$D/out" 2>&1 </dev/null
    got=$?
    if [ "$got" = "$code" ] && grep -q -- "$pattern" "$D/out"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$name: exit $got, expected $code; expected /$pattern/ in:"
        head -c 600 "$D/out"
        echo
    fi
}
A="$T article --format json"

cat >"$D/rss.xml" <<'END'
<?xml version="1.0" encoding="utf-8"?>
<!-- a feed --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Marn Courier</title><link>https://courier.example/</link><language>en-gb</language>
<image><title>Logo</title><url>https://courier.example/logo.png</url></image>
<item><title>Bridge closed &amp;amp; tram stopped</title><link>https://courier.example/1</link><guid isPermaLink="false">a1</guid>
<pubDate>Sat, 25 May 2024 10:30:00 +0200</pubDate><dc:creator><![CDATA[Ida Holm]]></dc:creator><category>Transport</category>
<description>A bridge was closed.</description>
<content:encoded><![CDATA[<p>The old bridge was closed on Saturday, police said.</p><h2>Why</h2><ul><li>A crack <b>a metre</b> long</li></ul>]]></content:encoded></item>
<item><title>Only a summary</title><link>https://courier.example/2</link><description>Two people died in the fire &lt;b&gt;near&lt;/b&gt; Tarsova, police said.</description></item>
<item><title>Only a link</title><link>https://courier.example/3</link></item>
</channel></rss>
END
cat >"$D/atom.xml" <<'END'
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="html">Harbour &lt;i&gt;Gazette&lt;/i&gt;</title><updated>2024-05-26T00:00:00Z</updated>
<entry><title>Ferry aground</title><link rel="edit" href="https://x.example/edit"/><link rel="alternate" href="https://x.example/ferry?a=1&amp;b=2"/>
<published>2024-05-25T08:00:00Z</published><updated>2024-05-26T00:00:00Z</updated><author><name>Peter Okoro</name><email>p@x.example</email></author><author><name>Ida Holm</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A ferry ran aground off Marn, the coastguard said.</p><title>no title</title></div></content></entry></feed>
END
printf '%s\n' '{"url": "https://a.example/1", "title": "Fire near Tarsova", "date_publish": "2024-05-25 10:30:00", "authors": ["Ida Holm", "Peter Okoro"], "maintext": "Two people died in the fire, police said.\nNine were hurt."}' '' \
    'no JSON' '{"id": 3}' '{"html": "<html><head><title>Tram line approved</title></head><body><h1>Tram line approved</h1><p>The council voted to build a tram line along the harbour, its office said.</p></body></html>", "url": "https://a.example/4"}' >"$D/rows.jsonl"
printf '[\n  {"title": "One", "text": "Police said one man was hurt."},\n  {"title": "Two", "body_html": "<p>Police said two men were hurt.</p>"}\n]\n' >"$D/list.json"
printf '{\n "uri": "urn:x:1", "type": "text", "versioncreated": "2024-05-25T09:00:00Z", "language": "en", "headlines": [{"role": "short", "value": "Dam"}, {"role": "main", "value": "Dam cracks"}],\n "by": "Nadia Farouk", "bodies": [{"role": "main", "contenttype": "text/html", "value": "<p>Engineers lowered the lake behind the dam, officials said.</p>"}]\n}\n' >"$D/ninjs.json"

expect "feed: an item's fields" 0 '"url":"https://courier.example/1".*"site":"The Marn Courier","section":"Transport","title":"Bridge closed & tram stopped","byline":\["Ida Holm"\],"language":"en-gb","published":{"date":"2024-05-25","time":"10:30","zone":"+02:00"' sh -c "$A '$D/rss.xml' 2>/dev/null | head -1"
expect "feed: its content, not its summary" 0 'police said\.\\n\\nWhy\\n\\nA crack a metre long"' sh -c "$A '$D/rss.xml' 2>/dev/null | head -1"
expect "feed: a summary where there is no more" 0 'in the fire near Tarsova, police said\."' sh -c "$A '$D/rss.xml' 2>/dev/null | sed -n 2p"
expect "feed: an item that is only a link" 1 'rss.xml: item 3: no text in it, only a link' $A "$D/rss.xml"
expect "Atom" 0 '"url":"https://x.example/ferry?a=1&b=2".*"site":"Harbour Gazette".*"title":"Ferry aground","byline":\["Peter Okoro","Ida Holm"\].*"date":"2024-05-25","time":"08:00","zone":"Z".*"text":"A ferry ran aground off Marn' $A "$D/atom.xml"
expect "rows" 1 '"title":"Fire near Tarsova","byline":\["Ida Holm","Peter Okoro"\].*"date":"2024-05-25","time":"10:30".*"text":"Two people died in the fire, police said\.' $A "$D/rows.jsonl"
expect "rows: one that is no JSON" 1 'rows.jsonl:3: no JSON object' $A "$D/rows.jsonl"
expect "rows: one without text" 1 'rows.jsonl:4: a row without a text' $A "$D/rows.jsonl"
expect "rows: one with a page" 1 '"url":"https://a.example/4".*"title":"Tram line approved"' $A "$D/rows.jsonl"
expect "a list of rows" 0 '"title":"Two".*"text":"Police said two men were hurt\."' $A "$D/list.json"
expect "ninjs" 0 '"title":"Dam cracks","byline":\["Nadia Farouk"\],"language":"en","published":{"date":"2024-05-25","time":"09:00","zone":"Z".*"text":"Engineers lowered' $A "$D/ninjs.json"
expect "a record read again" 0 '"title":"Dam cracks","byline":\["Nadia Farouk"\],"language":"en","published":{"date":"2024-05-25","time":"09:00","zone":"Z"' sh -c "$A '$D/ninjs.json' | $A -"
expect "read takes them, too" 1 '"title":"Fire near Tarsova".*"effect":"killed"' "$T" read --format json "$D/rows.jsonl"
expect "parse takes files as they are" 0 'date_publish' "$T" parse "$D/rows.jsonl"
expect "what the caller says wins" 0 '"title":"Mine"' $A --title Mine "$D/ninjs.json"
expect "a text that begins with a bracket" 0 '"text":"\[Updated\] Police said' sh -c "printf '[Updated] Police said two men were hurt.\n' | $A -"
gzip -k "$D/rss.xml" "$D/list.json"
expect "a packed feed" 1 '"title":"Only a summary"' $A "$D/rss.xml.gz"
expect "packed rows" 0 '"title":"Two"' $A "$D/list.json.gz"
head -c 200 "$D/rss.xml.gz" >"$D/cut.xml.gz"
expect "a packed file cut short" 1 'cut.xml.gz: gzip data ends too early' $A "$D/cut.xml.gz"
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "{\"title\": \"Row %d\", \"text\": \"Police said %d people were hurt.\"}\n", i, i }' >"$D/many.jsonl"
expect "20,000 rows" 0 '20000' sh -c "$A '$D/many.jsonl' | wc -l"

"$PYTHON" "$(dirname "$0")/serve.py" "$D/port" &
server=$!
for _ in $(seq 100); do [ -s "$D/port" ] && break; sleep 0.1; done
U=http://127.0.0.1:$(cat "$D/port")
expect "an address" 0 "\"url\":\"$U/page\".*\"title\":\"Fire near Tarsova\"" $A "$U/page"
expect "an address that moved" 0 "\"url\":\"$U/page\"" $A "$U/moved"
expect "redirects in a circle" 1 'more than 10 redirects' timeout 30 $A "$U/loop"
expect "a redirect to a file" 1 'only http and https addresses are read, not: file:///etc/passwd' $A "$U/to-file"
expect "no other protocol" 1 'only http and https addresses are read' $A "ftp://127.0.0.1/x"
expect "robots.txt says no" 1 'robots.txt asks not to read it' $A "$U/private/x"
expect "robots.txt says no behind a redirect" 1 'robots.txt asks not to read it' $A "$U/to-private"
expect "robots.txt says yes to one page of a folder" 0 'Fire near' $A "$U/private/open"
expect "who asks" 0 '"title":"asked by tidings"' $A "$U/agent"
expect "the server's charset" 0 'Fire in the café' $A "$U/latin"
expect "a packed answer" 0 'Packed fire' $A "$U/gzip"
expect "not there" 1 'the server answers 404' $A "$U/nowhere"
expect "no page" 1 'image/png, not a page' $A "$U/image"
expect "a packed flood" 1 'larger than 64 MiB' $A "$U/bomb"
expect "a feed's links followed" 0 '"title":"Fire near Tarsova"' $A --follow "$U/feed"
expect "no such server" 1 'robots.txt cannot be had' $A "http://127.0.0.1:1/x"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
