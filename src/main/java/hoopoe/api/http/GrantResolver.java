package hoopoe.api.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.IAM;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the grant of a caller that API Gateway authorized: by a key ({@code requestContext.authorizer.lambda}), a token
 * ({@code .jwt}) or a signature ({@code .iam}). Any other request has no grant.
 */
final class GrantResolver {

    /** The subject or client of a token: one word, which can be part of a table key. Callers of API keys have no colon. */
    private static final Pattern SUBJECT = Pattern.compile("[!-~]{1,200}");

    /** {@code arn:aws:sts::123456789012:assumed-role/<role>/<session>}: sessions come and go, so the role is the caller. */
    private static final Pattern SESSION = Pattern.compile("(arn:[^:]*:sts::\\d+:assumed-role/[^/]+)/.+");

    /** The resource server that a Cognito user pool writes before its scopes. */
    private static final String RESOURCE_SERVER = "hoopoe/";

    private GrantResolver() {}

    static Optional<Grant> grant(APIGatewayV2HTTPEvent event) {
        var authorizer = event.getRequestContext().getAuthorizer();
        if (authorizer == null) {
            return Optional.empty();
        } else if (authorizer.getLambda() != null) {
            return key(authorizer.getLambda());
        } else if (authorizer.getJwt() != null) {
            return token(authorizer.getJwt());
        }
        return signature(authorizer);
    }

    private static Optional<Grant> key(Map<String, Object> context) {
        var caller = text(context, "caller");
        var kind = KeyKind.of(text(context, "kind"));
        return caller.isBlank() || kind.isEmpty()
                ? Optional.empty()
                : Optional.of(new Grant(caller, text(context, "key"), kind.get(), Scope.all(text(context, "scopes"))));
    }

    private static String text(Map<String, Object> context, String name) {
        return context.get(name) instanceof String text ? text : "";
    }

    /**
     * RFC 9068 sections 2.2 and 2.2.3: {@code sub}, else {@code client_id}; {@code scope}, or {@code scp} of other issuers. A
     * subject that cannot be a name gets no grant: as the client it would be mixed with the client's other users.
     */
    private static Optional<Grant> token(JWT token) {
        Map<String, String> claims = token.getClaims() == null ? Map.of() : token.getClaims();
        return Stream.of("sub", "client_id")
                .map(claims::get)
                .filter(Objects::nonNull)
                .findFirst()
                .filter(subject -> SUBJECT.matcher(subject).matches())
                .map("jwt:"::concat)
                .map(caller -> new Grant(caller, caller, KeyKind.LIVE, Scope.all(scopes(claims))));
    }

    /** API Gateway writes a list as {@code [a b]}. */
    private static String scopes(Map<String, String> claims) {
        return claims.getOrDefault("scope", claims.getOrDefault("scp", ""))
                .replaceAll("[\\[\\],]", " ")
                .replace(RESOURCE_SERVER, "");
    }

    /** All scopes: {@code execute-api:Invoke} has already decided which routes the caller may call. */
    private static Optional<Grant> signature(Authorizer authorizer) {
        return Optional.ofNullable(authorizer.getIam())
                .map(IAM::getUserArn)
                .filter(arn -> SUBJECT.matcher(arn).matches())
                .map(arn -> SESSION.matcher(arn).replaceFirst("$1"))
                .map(caller -> new Grant(caller, caller, KeyKind.LIVE, EnumSet.allOf(Scope.class)));
    }
}
