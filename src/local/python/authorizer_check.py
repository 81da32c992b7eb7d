"""What SAM makes of template.yaml, with the authorizer that is in it and with the two that decision 0013 offers in its place.

Run by the Python of aws-sam-cli, whose translator AWS runs at a deployment: python authorizer_check.py
"""

import os
import pathlib
import re
import sys

import boto3
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

HOME = pathlib.Path(__file__).resolve().parents[3]
OPEN = re.compile(r"/callbacks/\{account}/\{token}|/v1/errors|/v1/openapi\.json|/console(/\{version\}/\{file\})?")


def transformed(auth=None):
    template = yaml_parse((HOME / "template.yaml").read_text())
    # Nothing is uploaded, so code and nested templates are anywhere.
    template["Globals"]["Function"]["CodeUri"] = "s3://bucket/function.zip"
    if auth:
        template["Resources"]["Api"]["Properties"]["Auth"] = auth
    region = boto3.Session(region_name="eu-central-1")
    return Translator({}, Parser(), None, region).translate(template, {"Release": "0" * 40})["Resources"]


def variants():
    page = (HOME / "src/site/decisions/0013-who-may-call.md").read_text()
    blocks = re.findall(r"```yaml\n(.*?)```", page, re.S)
    return [yaml_parse("Resources:\n" + block)["Resources"]["Auth"] for block in blocks]


def check(resources, scheme):
    body = resources["Api"]["Properties"]["Body"]
    routes = [(path, call) for path, calls in body["paths"].items() for call in calls.values()]
    assert len(routes) > 10
    for path, call in routes:
        wanted = "NONE" if OPEN.fullmatch(path) else scheme
        assert call.get("security") == [{wanted: []}], (path, call.get("security"))
    return body["components"]["securitySchemes"][scheme]


def keys(resources):
    authorizer = check(resources, "Keys")["x-amazon-apigateway-authorizer"]
    function = authorizer["authorizerUri"]["Fn::Sub"][1]["__FunctionArn__"]
    assert function == {"Fn::Sub": "${AuthorizeFunction.Arn}:live"}, function
    assert authorizer["identitySource"] == ["$request.header.Authorization", "$context.routeKey"], authorizer
    assert authorizer["authorizerPayloadFormatVersion"] == "2.0" and authorizer["enableSimpleResponses"] is True
    assert 0 < authorizer["authorizerResultTtlInSeconds"] <= 30, authorizer
    assert resources["AuthorizeFunctionAliaslive"]["Properties"]["Name"] == "live"
    permission = resources["MayAuthorize"]["Properties"]
    assert permission["FunctionName"] == {"Ref": "AuthorizeFunctionAliaslive"}, permission
    assert permission["Principal"] == "apigateway.amazonaws.com", permission


def tokens(resources):
    authorizer = check(resources, "Tokens")["x-amazon-apigateway-authorizer"]
    assert authorizer["type"] == "jwt" and authorizer["identitySource"] == "$request.header.Authorization", authorizer


def signatures(resources):
    assert check(resources, "AWS_IAM")["x-amazon-apigateway-authtype"] == "awsSigv4"


if __name__ == "__main__":
    os.environ["AWS_DEFAULT_REGION"] = "eu-central-1"
    jwt, iam = variants()
    keys(transformed())
    tokens(transformed(jwt))
    signatures(transformed(iam))
    print("authorizers: keys, tokens and signatures come out as they should", file=sys.stderr)
