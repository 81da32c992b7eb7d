package hoopoe.local.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hoopoe.local.iam.Arn;
import hoopoe.local.iam.Guard;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Request;
import java.io.IOException;

/** {@code POST /} with {@code X-Amz-Target: secretsmanager.<operation>} (AWS Secrets Manager API Reference). */
final class Endpoint {

    static final String TYPE = "application/x-amz-json-1.1";
    private static final String TARGET = "secretsmanager.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StoredSecrets box;
    private final Signature signature;
    private final Guard guard;

    Endpoint(StoredSecrets box, Signature signature, Guard guard) {
        this.box = box;
        this.signature = signature;
        this.guard = guard;
    }

    static String operation(Request request) {
        var target = request.header("X-Amz-Target").orElse("");
        return target.startsWith(TARGET) ? target.substring(TARGET.length()) : "other";
    }

    Answer answer(Request request) {
        try {
            return Answer.of(200, TYPE, work(request).toString());
        } catch (AwsRefusal refusal) {
            return refusal.answer();
        }
    }

    private JsonNode work(Request request) {
        if (!request.method().equals("POST") || !request.target().equals("/")) {
            throw new AwsRefusal("UnknownOperationException", "");
        }
        if (!request.header("Content-Type").orElse("").equals(TYPE)) {
            throw new AwsRefusal("SerializationException", "the content type is " + TYPE);
        }
        var principal = signature.check(request);
        var body = body(request);
        return switch (operation(request)) {
            case "GetSecretValue" -> get(principal, name(body, "SecretId"));
            case "PutSecretValue" -> put(principal, name(body, "SecretId"), text(body, "SecretString"));
            case "CreateSecret" -> create(principal, name(body, "Name"), text(body, "SecretString"));
            default -> throw new AwsRefusal("UnknownOperationException", "");
        };
    }

    private JsonNode get(String principal, String name) {
        demand(principal, "GetSecretValue", name);
        var version = box.find(name).orElseThrow(AwsRefusal::notFound);
        var answer = described(name, version.id()).put("SecretString", version.text());
        answer.putArray("VersionStages").add("AWSCURRENT");
        return answer;
    }

    private JsonNode put(String principal, String name, String text) {
        demand(principal, "PutSecretValue", name);
        if (box.find(name).isEmpty()) {
            throw AwsRefusal.notFound();
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
        return JSON.createObjectNode()
                .put("ARN", Arn.secret(name))
                .put("Name", name)
                .put("VersionId", version);
    }

    private void demand(String principal, String operation, String name) {
        var action = "secretsmanager:" + operation;
        if (!guard.allows(principal, action, Arn.secret(name))) {
            throw new AwsRefusal("AccessDeniedException", Arn.denial(principal, action, name));
        }
    }

    private static JsonNode body(Request request) {
        try {
            return JSON.readTree(request.body());
        } catch (JsonProcessingException e) {
            throw new AwsRefusal("SerializationException", "");
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory", e);
        }
    }

    /** A name, or an ARN that carries it. */
    private static String name(JsonNode body, String member) {
        var given = text(body, member);
        return given.startsWith("arn:")
                ? given.substring(given.indexOf(":secret:") + ":secret:".length(), given.lastIndexOf('-'))
                : given;
    }

    private static String text(JsonNode body, String member) {
        if (!body.path(member).isTextual() || body.path(member).asText().isEmpty()) {
            throw new AwsRefusal("InvalidParameterException", member + " is missing");
        }
        return body.path(member).asText();
    }
}
