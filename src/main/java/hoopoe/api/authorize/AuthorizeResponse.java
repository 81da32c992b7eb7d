package hoopoe.api.authorize;

import com.fasterxml.jackson.annotation.JsonProperty;
import hoopoe.access.Grant;
import hoopoe.access.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * A simple response ("Lambda authorizers for HTTP APIs", API Gateway Developer Guide).
 *
 * @param context what functions find as {@code requestContext.authorizer.lambda}; empty for a no
 */
@RegisterForReflection
record AuthorizeResponse(
        @JsonProperty("isAuthorized") boolean authorized,
        @JsonProperty("context") Map<String, String> context) {

    static final AuthorizeResponse NO = new AuthorizeResponse(false, Map.of());

    static AuthorizeResponse yes(Grant grant) {
        return new AuthorizeResponse(
                true,
                Map.of(
                        "caller", grant.caller(),
                        "key", grant.key(),
                        "kind", grant.kind().text(),
                        "scopes", Scope.text(grant.scopes())));
    }
}
