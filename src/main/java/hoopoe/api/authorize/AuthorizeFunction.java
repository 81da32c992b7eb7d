package hoopoe.api.authorize;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.access.ApiKey;
import hoopoe.access.Grant;
import hoopoe.access.IssuedKey;
import hoopoe.access.Scope;
import hoopoe.store.access.ApiKeyRepository;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * API Gateway's Lambda authorizer, payload 2.0. It reads only the header, because API Gateway caches its response by header and
 * route.
 */
@ApplicationScoped
public class AuthorizeFunction {

    /** RFC 6750 section 2.1; the scheme in any case (RFC 9110 section 11.1). */
    private static final Pattern BEARER = Pattern.compile("bearer +(\\S+)", Pattern.CASE_INSENSITIVE);

    private final ApiKeyRepository keys;
    private final Clock clock;

    public AuthorizeFunction(ApiKeyRepository keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Says no to all that is no valid key. Throws only where the store fails: API Gateway then answers 500 and caches nothing.
     * It would cache a no, which would tell a good caller that their key is bad.
     */
    @Funq("authorize")
    public AuthorizeResponse authorize(@Nullable JsonNode event) {
        return shown(event)
                .flatMap(key -> IssuedKey.grant(keys.find(key.id()), key, clock.instant()))
                .map(AuthorizeResponse::yes)
                .orElse(AuthorizeResponse.NO);
    }

    /** {@code {"identitySource":["Bearer hpk_…","GET /v1/batches"],…}}, in the order of the template's identity sources. */
    private static Optional<ApiKey> shown(@Nullable JsonNode event) {
        if (event == null) {
            return Optional.empty();
        }
        var header = BEARER.matcher(event.path("identitySource").path(0).asText());
        return header.matches() ? ApiKey.of(header.group(1)) : Optional.empty();
    }

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
}
