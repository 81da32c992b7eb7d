#!/usr/bin/env bash
# Takes the replies that are new since the last run. Needs jq. HOOPOE_URL=… HOOPOE_KEY=… ./take-replies.sh
set -euo pipefail
page="$(mktemp)"
trap 'rm "$page"' EXIT

seen=seen-replies.txt # in your service: a table whose primary key is the reply's id
touch "$seen"

# Your own work. It may see a reply twice if the program ends before the id is written.
handle() {
  jq -r '"\(.from): \(.text)"' <<< "$1"
}

from="$(date -u -d '-10 days' +%FT%TZ)" # on macOS: date -u -v-10d +%FT%TZ
cursor=
while :; do
  curl -sS --max-time 40 --retry 8 --retry-all-errors -o "$page" -H "Authorization: Bearer $HOOPOE_KEY" --get "$HOOPOE_URL/v1/replies" \
    -d limit=1000 --data-urlencode "from=$from" ${cursor:+--data-urlencode "cursor=$cursor"}
  jq -e .replies "$page" > /dev/null || { cat "$page" >&2; exit 1; } # a problem: its code says what is wrong
  while IFS= read -r reply; do
    id="$(jq -r .id <<< "$reply")"
    grep -qxF -- "$id" "$seen" && continue
    handle "$reply"
    echo "$id" >> "$seen"
  done < <(jq -c '.replies[]' "$page")
  cursor="$(jq -r '.next_cursor // empty' "$page")"
  [ -n "$cursor" ] || break
done
