#!/usr/bin/env bash
# Sends a batch and waits for its result. Needs jq. HOOPOE_URL=… HOOPOE_KEY=… ./wait-for-a-result.sh ORDER
set -euo pipefail
answer="$(mktemp)"
trap 'rm "$answer"' EXIT

# call PATH [OPTION...]: curl repeats a call that got no response, 429 or 5xx: after Retry-After, else after 1, 2, 4, … seconds.
call() {
  curl -sS --max-time 40 --retry 8 --retry-all-errors -o "$answer" -H "Authorization: Bearer $HOOPOE_KEY" "${@:2}" "$HOOPOE_URL$1"
}

# The key is the order's, not a new one for each try: a repeated call is answered with the batch that is there.
call /v1/batches -H 'Content-Type: application/json' -H "Idempotency-Key: $1" \
  -d '{"text": "Your parcel is here.", "recipients": [{"to": "0912345678"}, {"to": "0912345907"}]}'
id="$(jq -r '.id // empty' "$answer")"
[ -n "$id" ] || { cat "$answer" >&2; exit 1; } # a problem: its code says what is wrong

pause=2
deadline=$((SECONDS + 600))
while :; do
  call "/v1/batches/$id"
  case "$(jq -r .state "$answer")" in
    completed | completed_with_failures | cancelled | rejected | expired) break ;;
  esac
  [ "$SECONDS" -lt "$deadline" ] || break # not finished: store the id and ask again later
  sleep "$pause"
  pause=$((pause < 30 ? pause * 2 : 60))
done
jq -r '"\(.state) \(.counts | tojson)"' "$answer"
