"""Checks what SAM makes of template.yaml, by AWS' own translator, and what infra/samconfig.toml hands to sam deploy.

    python sam_check.py target/sam.json

Needs aws-sam-cli, neither an account nor the network. Writes the CloudFormation template that SAM makes, for other tools to look at.
Exits with 1 and says why when something is not so.
"""

import functools
import json
import logging
import os
import re
import sys
import tempfile
from pathlib import Path
from unittest import mock

import cfnlint
import samcli.commands.deploy.command as deploy
from samcli.cli.main import cli
from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

HOME = Path(__file__).resolve().parents[3]
RELEASE = "0123456789abcdef0123456789abcdef01234567"
GIVEN = {"Release": RELEASE}

# These know their callers otherwise (a token in the path), or tell everybody the same.
PUBLIC = re.compile(r"/callbacks/.*|/v1/(openapi\.json|errors)|/console(/.*)?")

# The alias, in words that sam local understands; they name it, and do not wait for it.
AUTHORIZER = {"Fn::Sub": "${AuthorizeFunction.Arn}:live"}
ALIAS = "AuthorizeFunctionAliaslive"

SCHEMAS = Path(cfnlint.__file__).parent / "data" / "schemas"

# SAM adds these by itself, and they hold the only wildcards. Logs: an action on them has no narrower resource before the group's stream
# exists. CodeDeploy: of its service role, no function's.
MANAGED = {
    "service-role/AWSLambdaBasicExecutionRole",
    "service-role/AWSCodeDeployRoleForLambda",
}


def expect(condition, what):
    if not condition:
        raise SystemExit("sam: " + what)


class Policies:
    """What the translator asks AWS for otherwise: the account's names of managed policies."""

    def load(self):
        return {}


def source():
    return yaml_parse((HOME / "template.yaml").read_text())


def made(settings=None, **parameters):
    """SAM's resources; settings are what else is in Globals."""
    template = source()
    template["Globals"]["Function"].update({"CodeUri": "s3://bucket/key", **(settings or {})})
    return transform(template, {**GIVEN, **parameters}, Policies())["Resources"]


def of(resources, kind):
    return {name: resource["Properties"] for name, resource in resources.items() if resource["Type"] == kind}


def names(value):
    """Of all resources that are named in a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "Ref":
                yield inner
            elif key == "Fn::GetAtt":
                yield (inner if isinstance(inner, str) else inner[0]).split(".")[0]
            elif key == "Fn::Sub":
                text = inner if isinstance(inner, str) else inner[0]
                yield from (name.split(".")[0] for name in re.findall(r"\$\{([^!}]+)\}", text))
                yield from names(inner)
            else:
                yield from names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner)


@functools.cache
def schema(kind):
    """CloudFormation's own description of a type of resources."""
    known = SCHEMAS / "providers" / "eu-central-1.json"
    return json.loads((SCHEMAS / "resources" / (json.loads(known.read_text())[kind] + ".json")).read_text())


def names_given(kind, properties):
    """What a resource is told to be known by in its account, where CloudFormation could make that up."""
    told = schema(kind)
    fixed = [one for one in told.get("createOnlyProperties", []) if one.endswith("Name")]
    names_of = {one.split("/")[2] for one in told["primaryIdentifier"] + fixed} & properties.keys()
    return {name: properties[name] for name in names_of}


def nested(resources):
    """All templates that are deployed, with what is a stage's own: SAM's, and the files of its nested stacks, which are handed names."""
    yield "template.yaml", resources, resources.keys()
    for file in sorted([*(HOME / "infra").glob("*.yaml"), HOME / "infra" / "dashboard.json"]):
        template = yaml_parse(file.read_text())
        yield file.name, template["Resources"], template["Resources"].keys() | template["Parameters"].keys()


def whole(resources):
    """With the resources of the nested stacks, in the words of the stack above."""
    everything = dict(resources)
    for stack, properties in of(resources, "AWS::CloudFormation::Stack").items():
        inner = yaml_parse((HOME / properties["TemplateURL"]).read_text())["Resources"]
        handed = properties.get("Parameters", {})
        everything |= {f"{stack}.{name}": said_above(resource, handed) for name, resource in inner.items()}
    return everything


def said_above(value, handed):
    if isinstance(value, dict):
        if value.keys() == {"Ref"}:
            return handed.get(value["Ref"], value)
        return {key: in_a_text(inner, handed) if key == "Fn::Sub" else said_above(inner, handed) for key, inner in value.items()}
    return [said_above(inner, handed) for inner in value] if isinstance(value, list) else value


def in_a_text(text, handed):
    for name, value in handed.items():
        if isinstance(value, dict) and "Fn::GetAtt" in value:
            text = text.replace("${" + name + "}", "${" + ".".join(value["Fn::GetAtt"]) + "}")
    return text


def nothing_has_a_name(resources):
    """Two stages are two stacks in one account: what is named there names its own stack or a resource of it, or is made up for it."""
    for file, these, own in nested(resources):
        for name, resource in these.items():
            given = names_given(resource["Type"], resource.get("Properties", {}))
            expect(not given or set(names(given)) & {*own, "AWS::StackName"}, f"{file}: every stage's {name} is named {given}")


def nothing_waits_for_itself(resources):
    needs = {
        name: {need for need in names(resource) if need in resources} | set(listed(resource.get("DependsOn", [])))
        for name, resource in resources.items()
    }
    while ready := {name for name, needed in needs.items() if not needed}:
        needs = {name: needed - ready for name, needed in needs.items() if name not in ready}
    expect(not needs, f"these wait for one another: {sorted(needs)}")


def listed(value):
    return value if isinstance(value, list) else [value]


def allowed(resources, role):
    """Statements in a role, also under a condition, and beside it."""
    beside = [policy for policy in of(resources, "AWS::IAM::RolePolicy").values() if policy["RoleName"] == {"Ref": role}]
    beside += [policy for policy in of(resources, "AWS::IAM::Policy").values() if {"Ref": role} in policy["Roles"]]
    own = [policy["Fn::If"][1] if "Fn::If" in policy else policy for policy in resources[role]["Properties"].get("Policies", [])]
    for policy in own + beside:
        yield from listed(policy["PolicyDocument"]["Statement"])


def roles_are_narrow(resources, managed=MANAGED):
    functions = of(resources, "AWS::Lambda::Function")
    roles = of(resources, "AWS::IAM::Role")
    of_functions = {function["Role"]["Fn::GetAtt"][0] for function in functions.values()}
    expect(len(of_functions) == len(functions), "two functions share a role")
    for name, role in roles.items():
        policies = {re.sub(r"^.*:policy/", "", str(arn)) for arn in role.get("ManagedPolicyArns", [])}
        expect(policies <= managed, f"{name} has {sorted(policies - managed)}")
        for statement in allowed(resources, name):
            for part in listed(statement["Action"]) + listed(statement["Resource"]):
                expect(not str(part).endswith("*") or scoped(part), f"{name} may {statement}")


def scoped(part):
    """A prefix below a name of ours: an account's secrets, the table's streams."""
    return isinstance(part, dict) and bool(re.search(r"\$\{(\w+\}|Data.Outputs.TableArn\}/stream/)\*'?}?$", str(part)))


def failures_are_kept(resources):
    for name in ["DispatchFunctionRole", "PublishFunctionRole", "PollFunctionRole"]:
        sends = [s["Resource"] for s in allowed(resources, name) if s["Action"] == "sqs:SendMessage"]
        expect({"Fn::GetAtt": ["Failures", "Arn"]} in sends, f"{name} cannot reach the queue of failures")


def callers_meet_the_alias(resources):
    for name, api in of(resources, "AWS::ApiGatewayV2::Api").items():
        for path, method, operation in operations(api):
            called = str(operation["x-amazon-apigateway-integration"]["uri"])
            expect("Aliaslive}" in called, f"{name}: {method} {path} calls {called}")
    targets = [schedule["Target"]["Arn"] for schedule in of(resources, "AWS::Scheduler::Schedule").values()]
    targets += [mapping["FunctionName"] for mapping in of(resources, "AWS::Lambda::EventSourceMapping").values()]
    expect(len({target["Ref"] for target in targets}) > 2, f"schedules and streams: {targets}")
    for target in targets:
        expect(target["Ref"].endswith("Aliaslive"), f"{target} is not the alias")


def the_clock_calls_the_function_and_nothing_else():
    resources = yaml_parse((HOME / "infra" / "clock.yaml").read_text())["Resources"]
    for name, schedule in of(resources, "AWS::Scheduler::Schedule").items():
        target = schedule["Target"]
        expect(target["Arn"] == {"Ref": "Poll"}, f"{name} calls {target['Arn']}")
        expect(target["DeadLetterConfig"] == {"Arn": {"Ref": "Failures"}}, f"{name} keeps no failures")
        expect(target["RoleArn"] == {"Fn::GetAtt": ["Caller", "Arn"]}, f"{name} calls as {target['RoleArn']}")
    may = sorted((statement["Action"], statement["Resource"]["Ref"]) for statement in allowed(resources, "Caller"))
    expect(may == [("lambda:InvokeFunction", "Poll"), ("sqs:SendMessage", "Failures")], f"the clock may {may}")


def callers_are_known(resources):
    for name, api in of(resources, "AWS::ApiGatewayV2::Api").items():
        schemes = api["Body"]["components"]["securitySchemes"]
        for path, method, operation in operations(api):
            asked = [scheme for one in operation["security"] for scheme in one if scheme in schemes]
            expect(bool(asked) != bool(PUBLIC.fullmatch(path)), f"{method} {path} asks for {asked}")
        for scheme in schemes.values():
            called = scheme["x-amazon-apigateway-authorizer"]["authorizerUri"]["Fn::Sub"][1]["__FunctionArn__"]
            expect(called == AUTHORIZER, f"{name} is guarded by {called}")
        expect(ALIAS in listed(resources[name].get("DependsOn")), f"{name} does not wait for the alias of its authorizer")
    permissions = of(resources, "AWS::Lambda::Permission").values()
    guards = [one for one in permissions if "/authorizers/*" in str(one.get("SourceArn")) and "${Api}" in str(one["SourceArn"])]
    invoked = [one["FunctionName"] for one in guards if one["Action"] == "lambda:InvokeFunction"]
    expect(invoked == [{"Ref": ALIAS}], f"the API may call as its authorizer {invoked}")


def operations(api):
    for path, methods in api["Body"]["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def deployments_can_be_taken_back(resources, kind):
    groups = of(resources, "AWS::CodeDeploy::DeploymentGroup")
    expect(len(groups) == len(of(resources, "AWS::Lambda::Function")), "a function is deployed otherwise")
    for name, group in groups.items():
        alarms = group["AlarmConfiguration"]
        expect(alarms["Enabled"] and alarms["Alarms"], f"{name} heeds no alarm")
        expect("DEPLOYMENT_STOP_ON_ALARM" in group["AutoRollbackConfiguration"]["Events"], f"{name} does not go back")
        expect(kind in str(group["DeploymentConfigName"]), f"{name} is deployed {group['DeploymentConfigName']}")


def a_release_is_a_version():
    one, same, other = (set(of(made(Release=release), "AWS::Lambda::Version")) for release in [RELEASE, RELEASE, RELEASE[::-1]])
    expect(one == same, "the same release makes other versions")
    expect(not one & other, f"another release leaves versions as they are: {sorted(one & other)}")


def a_vpc_is_a_line():
    """The page's line puts every function there, and SAM's own policy for it is all that is new."""
    page = (HOME / "src" / "site" / "operations.md").read_text()
    line = yaml_parse(re.search(r"<!-- vpc -->\n```yaml\n(.*?)```", page, re.DOTALL).group(1))
    resources = made(line)
    nothing_waits_for_itself(resources)
    roles_are_narrow(resources, MANAGED | {"service-role/AWSLambdaVPCAccessExecutionRole"})
    for name, function in of(resources, "AWS::Lambda::Function").items():
        expect(function.get("VpcConfig") == line["VpcConfig"], f"{name} is in no VPC")


def variants():
    """One parameter after another at each value that it may have."""
    yield {}
    for name, parameter in source()["Parameters"].items():
        for value in parameter.get("AllowedValues", []):
            yield {name: str(value)}


def deployed(environment):
    """What sam deploy understands of samconfig.toml, without the deployment."""
    with mock.patch.object(deploy, "do_cli") as do_cli:
        arguments = ["deploy", "--config-file", "infra/samconfig.toml", "--config-env", environment]
        cli.main(arguments, prog_name="sam", standalone_mode=False)
    return next(argument for argument in do_cli.call_args.args if isinstance(argument, dict) and "Release" in argument)


def parameters_are_known(environment, parameters):
    declared = source()["Parameters"]
    for name, value in parameters.items():
        expect(name in declared, f"{environment} sets {name}, which template.yaml does not declare")
        allowed = [str(value) for value in declared[name].get("AllowedValues", [value])]
        expect(value in allowed, f"{environment} sets {name} to {value}")
        pattern = declared[name].get("AllowedPattern", ".*")
        expect(re.fullmatch(pattern, value, re.DOTALL), f"{environment} sets {name} to {value}")


def settings():
    """Stage by stage, in a folder with a release of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ["template.yaml", "infra"]:
            Path(folder, name).symlink_to(HOME / name)
        Path(folder, "target").mkdir()
        Path(folder, "target", "release.yaml").write_text(f"Architecture: x86_64\nRelease: '{RELEASE}'\n")
        os.chdir(folder)
        found = {environment: deployed(environment) for environment in ["dev", "stage", "prod"]}
        os.chdir(HOME)
    return found


def check(parameters):
    resources = made(**parameters)
    nothing_has_a_name(resources)
    nothing_waits_for_itself(resources)
    everything = whole(resources)
    roles_are_narrow(everything)
    failures_are_kept(everything)
    callers_meet_the_alias(everything)
    callers_are_known(resources)
    deployments_can_be_taken_back(resources, parameters.get("DeploymentType", "AllAtOnce"))


def main(file):
    logging.disable(logging.WARNING)
    os.environ.update(AWS_DEFAULT_REGION="eu-central-1", SAM_CLI_TELEMETRY="0")
    checked = 0
    for environment, parameters in settings().items():
        parameters_are_known(environment, parameters)
        check(parameters)
        checked += 1
    for parameters in variants():
        check(parameters)
        checked += 1
    the_clock_calls_the_function_and_nothing_else()
    a_release_is_a_version()
    a_vpc_is_a_line()
    Path(file).write_text(json.dumps({"Resources": made()}, indent=1, default=str))
    print(f"sam: {checked} sets of parameters make what they should")


if __name__ == "__main__":
    main(sys.argv[1])
