"""Takes events and handles each once. Needs the package standardwebhooks. HOOPOE_SECRET=whsec_… PORT=8080 python3 receive_events.py"""

import json
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

WEBHOOK = Webhook(os.environ["HOOPOE_SECRET"])
seen = set()  # in your service: a table whose primary key is the event's id
versions = {}  # in your service: a column beside what you know of the message


def handle(event):
    """Your own work. It may see an event twice if the program ends before the id is written."""
    print(event["type"], event["data"].get("message_id", ""), flush=True)


def take(event):
    if event["id"] in seen:
        return
    message, version = event["data"].get("message_id"), event["data"].get("version")
    if message is None:
        handle(event)
    elif version > versions.get(message, 0):  # else something newer is known already
        handle(event)
        versions[message] = version
    seen.add(event["id"])


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            WEBHOOK.verify(body, dict(self.headers))  # the bytes as they came, before anything parses them
        except WebhookVerificationError:
            return self.answer(401)
        take(json.loads(body))
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, format, *arguments):
        pass


HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Receiver).serve_forever()
