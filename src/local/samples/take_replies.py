"""Takes the replies that are new since the last run. HOOPOE_URL=… HOOPOE_KEY=… python3 take_replies.py"""

import json
import os
import time
from datetime import datetime, timedelta, timezone
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

SEEN = Path("seen-replies.txt")  # in your service: a table whose primary key is the reply's id


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


def replies(days=10):
    """All replies of the last days, page by page."""
    query = {"from": (datetime.now(timezone.utc) - timedelta(days)).strftime("%Y-%m-%dT%H:%M:%SZ"), "limit": 1000}
    while True:
        page = get("/v1/replies", query)
        yield from page["replies"]
        if "next_cursor" not in page:
            return
        query["cursor"] = page["next_cursor"]


def handle(reply):
    """Your own work. It may see a reply twice if the program ends before the id is written."""
    print(f"{reply.get('from')}: {reply['text']}")


seen = set(SEEN.read_text().splitlines()) if SEEN.exists() else set()
for reply in replies():
    if reply["id"] not in seen:
        handle(reply)
        seen.add(reply["id"])
        with SEEN.open("a") as file:
            file.write(reply["id"] + "\n")
