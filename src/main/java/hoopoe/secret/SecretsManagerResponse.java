package hoopoe.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import hoopoe.platform.Json;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses the answer of Secrets Manager (AWS Secrets Manager API Reference, GetSecretValue; AWS JSON 1.1 protocol):
 * {@code {"SecretString": "…", "VersionId": "…", …}}, or on failure {@code {"__type": "ResourceNotFoundException", …}}.
 */
final class SecretsManagerResponse {

    /** The temporary errors among AWS' common ones and those of Secrets Manager; a 5xx is temporary too. */
    private static final Set<String> PASSING = Set.of(
            "ExpiredTokenException",
            "InternalServiceError",
            "LimitExceededException",
            "RequestLimitExceeded",
            "ServiceUnavailable",
            "Throttling",
            "ThrottlingException",
            "TooManyRequestsException");

    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int FAILURE = 500;
    private static final Pattern CODE = Pattern.compile("[A-Za-z]{1,80}");

    private SecretsManagerResponse() {}

    static SecretStore.SecretResponse read(int status, byte[] body) {
        var json = Json.tree(body).orElse(MissingNode.getInstance());
        if (status == OK) {
            return found(json);
        }
        var code = code(status, json);
        return status >= FAILURE || status == TOO_MANY || PASSING.contains(code)
                ? new SecretStore.SecretResponse.StoreUnavailable(code)
                : new SecretStore.SecretResponse.Missing(code);
    }

    private static SecretStore.SecretResponse found(JsonNode json) {
        var version = json.path("VersionId").asText();
        if (version.isEmpty()) {
            return new SecretStore.SecretResponse.StoreUnavailable("malformed");
        }
        // A binary secret has no string.
        return AccountSecret.read(json.path("SecretString").asText(), version)
                .<SecretStore.SecretResponse>map(SecretStore.SecretResponse.Found::new)
                .orElseGet(() -> new SecretStore.SecretResponse.Missing(SecretStore.SecretResponse.Missing.NO_OBJECT));
    }

    /** {@code com.amazon.coral.service#AccessDeniedException}, or without the part before the {@code #}. */
    private static String code(int status, JsonNode json) {
        var type = json.path("__type").asText();
        var code = type.substring(type.indexOf('#') + 1);
        return CODE.matcher(code).matches() ? code : "http_" + status;
    }
}
