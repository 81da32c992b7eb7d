"""Runs the samples of src/local/samples against the local stack, on a line that loses answers.

    python3 samples_check.py URL KEY CLASSPATH SCRIPTS

URL and KEY are those of the local stack, CLASSPATH has Jackson, SCRIPTS is the folder of the compiled TypeScript. Needs java, node
and jq. Exits with 1 and says why when a sample does not send once, wait, and take each reply once.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
SENT = 'completed {"delivered":2}'
REPLY = "+886912345907: "


class LossyLine(BaseHTTPRequestHandler):
    """Passes calls on. Of each call it loses the first answer, refuses the second try, and lets a page have one row only."""

    stack = ""
    tries = {}
    replayed = 0

    def do_GET(self):
        self.pass_on()

    def do_POST(self):
        self.pass_on()

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        call = (self.command, self.path, self.headers.get("Idempotency-Key"), self.headers["User-Agent"])
        LossyLine.tries[call] = LossyLine.tries.get(call, 0) + 1
        if LossyLine.tries[call] == 2:
            self.answer(429, {}, b'{"message":"Too Many Requests"}')
            return
        connection = HTTPConnection(urlsplit(LossyLine.stack).netloc, timeout=60)
        names = ("Authorization", "Content-Type", "Idempotency-Key")
        headers = {name: self.headers[name] for name in names if name in self.headers}
        connection.request(self.command, self.path.replace("limit=1000", "limit=1"), body, headers)
        response = connection.getresponse()
        passed = response.read()
        connection.close()
        if LossyLine.tries[call] == 1:
            self.close_connection = True  # the work is done, and nobody is told
            return
        LossyLine.replayed += response.headers["Idempotent-Replayed"] == "true"
        self.answer(response.status, response.headers, passed)

    def answer(self, status, headers, body):
        self.send_response(status)
        for name in ("Content-Type", "Retry-After", "Idempotent-Replayed"):
            if name in headers:
                self.send_header(name, headers[name])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *arguments):
        pass


def check(holds, what):
    if not holds:
        sys.exit(f"samples_check: {what}")


def run(command, environment, folder):
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=600)
    check(done.returncode == 0, f"{command}: {done.stdout}{done.stderr}")
    return done.stdout.splitlines()


def batches(stack, key):
    """Ids of all batches, and of those that have a reply."""
    def get(path):
        connection = HTTPConnection(urlsplit(stack).netloc, timeout=60)
        connection.request("GET", path, headers={"Authorization": "Bearer " + key})
        return json.load(connection.getresponse())

    return {batch["id"] for batch in get("/v1/batches?limit=50")["batches"]}, [
        reply["batch_id"] for reply in get("/v1/replies?limit=1000")["replies"] if "batch_id" in reply]


def sample(name, wait, take, stack, line, key):
    environment = {**os.environ, "HOOPOE_URL": line, "HOOPOE_KEY": key}
    before, _ = batches(stack, key)
    replayed = LossyLine.replayed
    with tempfile.TemporaryDirectory() as folder:
        sent = run([*wait, f"{name}-{time.time_ns()}"], environment, folder)
        check([line.replace(": ", ":") for line in sent] == [SENT], f"{name} waited for {sent}")
        check(LossyLine.replayed == replayed + 1, f"{name} did not repeat its call with the same key")
        after, _ = batches(stack, key)
        check(len(after - before) == 1, f"{name} sent {after - before}")
        deadline = time.monotonic() + 60
        while not after - before <= set(batches(stack, key)[1]):
            check(time.monotonic() < deadline, f"nobody replied to {name}")
            time.sleep(0.2)
        replies = batches(stack, key)[1]
        taken = run(take, environment, folder)
        check(len(taken) == len(replies) and all(row.startswith(REPLY) for row in taken), f"{name} took {taken} of {replies}")
        again = run(take, environment, folder)
        check(again == [], f"{name} took {again} once more")
    print(f"{name}: sent once, waited, and took {len(taken)} replies, each once")


def main(stack, key, classpath, scripts):
    LossyLine.stack = stack
    server = ThreadingHTTPServer(("127.0.0.1", 0), LossyLine)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    line = f"http://127.0.0.1:{server.server_port}"
    java = ["java", "-cp", classpath]
    for name, wait, take in (
        ("curl", [SAMPLES / "wait-for-a-result.sh"], [SAMPLES / "take-replies.sh"]),
        ("java", [*java, SAMPLES / "WaitForAResult.java"], [*java, SAMPLES / "TakeReplies.java"]),
        ("typescript", ["node", f"{scripts}/wait-for-a-result.js"], ["node", f"{scripts}/take-replies.js"]),
        ("python", [sys.executable, SAMPLES / "wait_for_a_result.py"], [sys.executable, SAMPLES / "take_replies.py"]),
    ):
        sample(name, wait, take, stack, line, key)


main(*sys.argv[1:])
