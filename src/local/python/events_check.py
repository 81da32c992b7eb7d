"""Runs the receivers of src/local/samples, and posts them what Hoopoe signs.

    python3 events_check.py CLASSPATH CLASSES SCRIPTS PYTHON

CLASSPATH has Jackson and standardwebhooks, CLASSES Hoopoe with its tests, SCRIPTS is the folder of the compiled TypeScript, PYTHON one
that has standardwebhooks; NODE_PATH leads to node's. Exits with 1 and says why when a receiver takes what it should not, or takes it twice.
"""

import base64
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def check(holds, what):
    if not holds:
        sys.exit(f"events_check: {what}")


def secret():
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def listening(port, receiver, name):
    deadline = time.monotonic() + 120
    while True:
        check(receiver.poll() is None, f"{name} ended")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            check(time.monotonic() < deadline, f"{name} does not listen")
            time.sleep(0.1)


def post(port, event, change=""):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/", (event["body"] + change).encode(), {**event["headers"], "Content-Type": "application/json"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


def receives(name, command, signer):
    own, other = secret(), secret()
    port = free_port()
    environment = {**os.environ, "HOOPOE_SECRET": own, "PORT": str(port)}
    receiver = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        listening(port, receiver, name)
        signed = subprocess.run([*signer, own, other], capture_output=True, text=True, check=True).stdout.splitlines()
        events = [json.loads(line) for line in signed]
        check(post(port, events[0], " ") == 401, f"{name} takes a body that was changed")
        for event in events:
            check(post(port, event) == event["status"], f"{name} does not answer {event['status']} to {event['body']}")
    finally:
        receiver.terminate()
    said = receiver.communicate(timeout=60)[0].splitlines()
    check(said == [event["says"] for event in events if event["says"]], f"{name} said {said}")
    print(f"{name}: took what is signed, each once, and no older version")


def main(classpath, classes, scripts, python):
    signer = ["java", "-cp", f"{classes}:{classpath}", "hoopoe.event.webhook.SignedEvents"]
    for name, command in (
        ("java", ["java", "-cp", classpath, SAMPLES / "ReceiveEvents.java"]),
        ("typescript", ["node", f"{scripts}/receive-events.js"]),
        ("python", [python, SAMPLES / "receive_events.py"]),
    ):
        receives(name, command, signer)


main(*sys.argv[1:])
