"""Takes the replies that are new since the last run. HOOPOE_URL=… HOOPOE_KEY=… python3 take_replies.py"""

import json
import os
import time
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

PLACE = Path("replies-cursor.txt")  # in your service: a row of your database


def get(path, query):
    """Repeats a call that got no response, 429 or 5xx."""
    request = Request(f"{os.environ['HOOPOE_URL']}{path}?{urlencode(query)}")
    request.add_header("Authorization", "Bearer " + os.environ["HOOPOE_KEY"])
    for pause in (1, 2, 4, 8, 16, 32, 60, None):
        try:
            with urlopen(request, timeout=40) as response:
                return json.load(response)
        except (OSError, HTTPException) as error:
            refused = isinstance(error, HTTPError) and error.code < 500 and error.code != 429
            if refused or pause is None:
                raise
        time.sleep(pause)


def handle(reply):
    """Your own work. It may see the replies of one page twice if the program ends before the cursor is written."""
    print(f"{reply.get('from')}: {reply['text']}")


query = {"limit": 1000}
if PLACE.exists():
    query["cursor"] = PLACE.read_text()  # without one: from the oldest reply that is kept
while True:
    page = get("/v1/replies", query)
    for reply in page["replies"]:
        handle(reply)
    PLACE.write_text(page["next_cursor"])
    if not page["replies"]:
        break
    query["cursor"] = page["next_cursor"]
