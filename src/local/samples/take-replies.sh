#!/usr/bin/env bash
# Takes the replies that are new since the last run. Needs jq. HOOPOE_URL=… HOOPOE_KEY=… ./take-replies.sh
set -euo pipefail
page="$(mktemp)"
trap 'rm "$page"' EXIT

place=replies-cursor.txt # in your service: a row of your database

# Your own work. It may see the replies of one page twice if the program ends before the cursor is written.
handle() {
  jq -r '"\(.from): \(.text)"' <<< "$1"
}

cursor="$(cat "$place" 2> /dev/null || true)" # without one: from the oldest reply that is kept
while :; do
  curl -sS --max-time 40 --retry 8 --retry-all-errors -o "$page" -H "Authorization: Bearer $HOOPOE_KEY" --get "$HOOPOE_URL/v1/replies" \
    -d limit=1000 ${cursor:+--data-urlencode "cursor=$cursor"}
  jq -e .next_cursor "$page" > /dev/null || { cat "$page" >&2; exit 1; } # a problem: its code says what is wrong
  while IFS= read -r reply; do
    handle "$reply"
  done < <(jq -c '.replies[]' "$page")
  cursor="$(jq -r .next_cursor "$page")"
  echo "$cursor" > "$place"
  jq -e '.replies != []' "$page" > /dev/null || break
done
