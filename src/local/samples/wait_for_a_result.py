"""Sends a batch and waits for its result. HOOPOE_URL=… HOOPOE_KEY=… python3 wait_for_a_result.py ORDER"""

import json
import os
import sys
import time
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

FINISHED = {"completed", "completed_with_failures", "cancelled", "rejected", "expired"}


def call(path, body=None, headers={}):
    """Repeats a call that got no response, or whose error passes: 409 (the same call is under way), 429, 5xx."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": "Bearer " + os.environ["HOOPOE_KEY"], "Content-Type": "application/json", **headers}
    for pause in (1, 2, 4, 8, 16, 32, 60, None):
        try:
            with urlopen(Request(os.environ["HOOPOE_URL"] + path, data, headers), timeout=40) as response:
                return json.load(response)
        except HTTPError as error:
            if pause is None or error.code < 500 and error.code not in (409, 429):
                sys.exit(error.read().decode())  # a problem: its code says what is wrong
            pause = max(pause, int(error.headers.get("Retry-After", 0)))
        except (OSError, HTTPException):
            if pause is None:
                raise
        time.sleep(pause)


def send(order):
    """The key is the order's, not a new one for each try: a repeated call is answered with the batch that is there."""
    body = {"text": "Your parcel is here.", "recipients": [{"to": "0912345678"}, {"to": "0912345907"}]}
    return call("/v1/batches", body, {"Idempotency-Key": order})


def wait(batch, seconds=600):
    """The batch when it is finished, or as it is after that time: then store its id and ask again later."""
    deadline = time.monotonic() + seconds
    pause = 2
    while batch["state"] not in FINISHED and time.monotonic() < deadline:
        time.sleep(pause)
        pause = min(2 * pause, 60)
        batch = call("/v1/batches/" + batch["id"])
    return batch


result = wait(send(sys.argv[1]))
print(result["state"], json.dumps(result["counts"]))
