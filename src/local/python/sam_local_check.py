"""Checks what `sam local start-api` makes of template.yaml: SAM CLI's own routes and gateway, with something else for the containers.

Run by the Python of aws-sam-cli: python sam_local_check.py. Needs neither Docker, an account nor the network.
Exits with 1 and says why when something is not so.
"""

import json
import logging
import os
import re
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]
OPEN = re.compile(r"/callbacks/\{account\}/\{token}|/v1/errors|/v1/openapi\.json|/console(/\{version\}/\{file\})?")
GRANT = {"caller": "acme", "key": "k1", "kind": "live", "scopes": "batches:read"}
GOOD, BAD = "Bearer good", "Bearer bad"

os.environ.update(AWS_DEFAULT_REGION="eu-central-1", SAM_CLI_TELEMETRY="0")

from samcli.lib.providers.api_provider import ApiProvider  # noqa: E402 - it reads the environment
from samcli.lib.providers.sam_stack_provider import SamLocalStackProvider  # noqa: E402
from samcli.local.apigw.local_apigw_service import LocalApigwService  # noqa: E402


def expect(condition, what):
    if not condition:
        raise SystemExit("sam local: " + what)


def api():
    stacks, _ = SamLocalStackProvider.get_stacks(str(HOME / "template.yaml"), parameter_overrides={"Release": "0" * 40})
    return ApiProvider(stacks, cwd=str(HOME)).api


class Functions:
    """In place of containers: the authorizer knows one key, and every other function says how it was called."""

    def __init__(self):
        self.called = []

    def is_debugging(self):
        return False

    def invoke(self, name, event, stdout, **_):
        self.called.append((name, json.loads(event)))
        stdout.write_str(json.dumps(self.authorize(json.loads(event)) if name == "AuthorizeFunction" else {"statusCode": 204}))

    def authorize(self, event):
        key, route = event["identitySource"]
        expect(event["version"] == "2.0" and route == event["routeKey"], f"the authorizer is asked {event}")
        return {"isAuthorized": key == GOOD, "context": GRANT}


def is_guarded(route):
    authorizer = route.authorizer_object
    expect(authorizer, f"{route.path} has no authorizer")
    expect(authorizer.lambda_name == "AuthorizeFunction", f"{route.path} asks {authorizer.lambda_name}")
    sources = [(type(source).__name__, source.identity_source) for source in authorizer.identity_sources]
    expect(sources == [("HeaderIdentitySource", "Authorization"), ("ContextIdentitySource", "routeKey")], f"{route.path}: {sources}")
    expect(authorizer.payload_version == "2.0" and authorizer.use_simple_response, f"{route.path}: {vars(authorizer)}")


def answers(functions, client, route, method, key):
    """The status, and the calls of functions that it took."""
    functions.called.clear()
    headers = {"Authorization": key} if key else {}
    return client.open(re.sub(r"[{}]", "", route.path), method=method, headers=headers).status_code, functions.called


def guards(functions, client, route, method):
    what = f"{method} {route.path}"
    status, calls = answers(functions, client, route, method, None)
    expect(status == 401 and not calls, f"{what} without a key: {status}")
    status, calls = answers(functions, client, route, method, BAD)
    expect(status == 403 and [name for name, _ in calls] == ["AuthorizeFunction"], f"{what} with a bad key: {status}")
    status, calls = answers(functions, client, route, method, GOOD)
    expect(status == 204 and [name for name, _ in calls] == ["AuthorizeFunction", route.function_name], f"{what} with a key: {status}")
    expect(calls[1][1]["requestContext"]["authorizer"]["lambda"] == GRANT, f"{what} is not told who calls")


def is_open(functions, client, route, method):
    status, calls = answers(functions, client, route, method, None)
    expect(not route.authorizer_object and status == 204, f"{method} {route.path} is not open: {status}")
    expect([name for name, _ in calls] == [route.function_name], f"{method} {route.path} calls {calls}")


def main():
    logging.disable(logging.ERROR)
    found, functions = api(), Functions()
    service = LocalApigwService(found, functions)
    service.create()
    client = service._app.test_client()
    closed = 0
    for route in found.routes:
        for method in route.methods:
            if OPEN.fullmatch(route.path):
                is_open(functions, client, route, method)
            else:
                is_guarded(route)
                guards(functions, client, route, method)
                closed += 1
    expect(closed > 8, f"only {closed} routes are guarded")
    print(f"sam local: {closed} routes ask the authorizer", file=sys.stderr)


if __name__ == "__main__":
    main()
