package hoopoe.local.secrets;

import static hoopoe.local.aws.AwsEndpoint.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hoopoe.local.aws.AwsEndpoint;
import hoopoe.local.aws.AwsRefusal;
import hoopoe.local.iam.Arn;
import hoopoe.local.iam.Guard;

/** The operations that Hoopoe and its operators need (AWS Secrets Manager API Reference). */
record SecretsOperations(StoredSecrets box, Guard guard) implements AwsEndpoint.Operations {

    @Override
    public JsonNode answer(String principal, String operation, JsonNode body) {
        return switch (operation) {
            case "GetSecretValue" -> get(principal, name(body, "SecretId"));
            case "PutSecretValue" -> put(principal, name(body, "SecretId"), text(body, "SecretString"));
            case "CreateSecret" -> create(principal, name(body, "Name"), text(body, "SecretString"));
            default -> throw new AwsRefusal("UnknownOperationException", "");
        };
    }

    private JsonNode get(String principal, String name) {
        demand(principal, "GetSecretValue", name);
        var version = box.find(name).orElseThrow(SecretsOperations::notFound);
        var answer = described(name, version.id()).put("SecretString", version.text());
        answer.putArray("VersionStages").add("AWSCURRENT");
        return answer;
    }

    private JsonNode put(String principal, String name, String text) {
        demand(principal, "PutSecretValue", name);
        if (box.find(name).isEmpty()) {
            throw notFound();
        }
        return described(name, box.put(name, text));
    }

    private JsonNode create(String principal, String name, String text) {
        demand(principal, "CreateSecret", name);
        var version = box.create(name, text)
                .orElseThrow(() -> new AwsRefusal(
                        "ResourceExistsException",
                        "The operation failed because the secret " + name + " already exists."));
        return described(name, version);
    }

    private static ObjectNode described(String name, String version) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ARN", Arn.secret(name))
                .put("Name", name)
                .put("VersionId", version);
    }

    private static AwsRefusal notFound() {
        return new AwsRefusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }

    private void demand(String principal, String operation, String name) {
        var action = "secretsmanager:" + operation;
        if (!guard.allows(principal, action, Arn.secret(name))) {
            throw new AwsRefusal("AccessDeniedException", Arn.denial(principal, action, name));
        }
    }

    /** A name, or an ARN that carries it. */
    private static String name(JsonNode body, String member) {
        var given = text(body, member);
        return given.startsWith("arn:")
                ? given.substring(given.indexOf(":secret:") + ":secret:".length(), given.lastIndexOf('-'))
                : given;
    }
}
