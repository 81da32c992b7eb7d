"""Compares src/test/resources/hoopoe/handlers.json, the actions that CloudFormation needs for what the templates hold, with its source.

    python handlers_check.py target/sam.json [--write]

Needs cfn-lint, which carries CloudFormation's resource provider schemas, and what SAM makes of template.yaml. With --write the file is
written anew; without, exits with 1 where it differs. DeployRoleTest compares the file with what the deploy role may.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import cfnlint
from cfnlint.decode import decode

HOME = Path(__file__).resolve().parents[3]
FILE = HOME / "src" / "test" / "resources" / "hoopoe" / "handlers.json"
SCHEMAS = Path(cfnlint.__file__).parent / "data" / "schemas"

# What CloudFormation does for a stack; it lists resources for nobody here.
HANDLERS = ["create", "read", "update", "delete"]


def templates(made):
    yield json.loads(Path(made).read_text())
    for file in [*(HOME / "infra").glob("*.yaml"), HOME / "infra" / "dashboard.json"]:
        template, problems = decode(str(file))
        if problems:
            raise SystemExit(f"handlers: {problems}")
        yield template


def types(made):
    return sorted({resource["Type"] for template in templates(made) for resource in template["Resources"].values()})


def handlers(kind):
    known = json.loads((SCHEMAS / "providers" / "eu-central-1.json").read_text())
    schema = json.loads((SCHEMAS / "resources" / (known[kind] + ".json")).read_text())
    return {name: sorted(set(schema["handlers"].get(name, {}).get("permissions", []))) for name in HANDLERS}


def facts(made):
    of = json.loads((SCHEMAS / "version.json").read_text())["schema_date"]
    source = f"CloudFormation's resource provider schemas of {of}, handlers.*.permissions, as cfn-lint {version('cfn-lint')} carries them"
    return {"source": source, "types": {kind: handlers(kind) for kind in types(made)}}


def main(made, *options):
    found = json.dumps(facts(made), indent=1) + "\n"
    if "--write" in options:
        FILE.write_text(found)
    elif found != FILE.read_text():
        raise SystemExit(f"handlers: {FILE.name} is not what cfn-lint carries: handlers_check.py {made} --write")
    print("handlers: CloudFormation's lists are those that the deploy role is held against")


if __name__ == "__main__":
    main(*sys.argv[1:])
