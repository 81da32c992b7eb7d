package hoopoe.testing;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import java.util.EnumSet;
import java.util.Map;

/** Events as API Gateway sends them. */
public final class ApiEvents {

    /** The caller of tests that name none: with all scopes, for all accounts. */
    public static final Grant EVERYTHING = new Grant("local", "test", KeyKind.LIVE, EnumSet.allOf(Scope.class));

    private ApiEvents() {}

    /** The same, by another caller. */
    public static APIGatewayV2HTTPEvent as(Grant grant, APIGatewayV2HTTPEvent event) {
        event.getRequestContext().setAuthorizer(authorizer(grant));
        return event;
    }

    public static APIGatewayV2HTTPEvent post(String body) {
        var event = of("POST", "POST /v1/batches", "/v1/batches", "");
        event.setBody(body);
        return event;
    }

    public static APIGatewayV2HTTPEvent get(String query) {
        return of("GET", "GET /v1/batches", "/v1/batches", query);
    }

    /** @param id fills {@code {id}} of the route */
    public static APIGatewayV2HTTPEvent of(String route, String id, String query) {
        var path = route.substring(route.indexOf(' ') + 1).replace("{id}", id);
        var event = of(route.substring(0, route.indexOf(' ')), route, path, query);
        event.setPathParameters(Map.of("id", id));
        return event;
    }

    public static APIGatewayV2HTTPEvent with(APIGatewayV2HTTPEvent event, String header, String value) {
        event.setHeaders(Map.of(header, value));
        return event;
    }

    /** The same, called at a custom domain whose API mapping has a key. */
    public static APIGatewayV2HTTPEvent under(String base, APIGatewayV2HTTPEvent event) {
        event.setRawPath(base + event.getRawPath());
        event.getRequestContext().getHttp().setPath(event.getRawPath());
        return event;
    }

    private static APIGatewayV2HTTPEvent of(String method, String route, String path, String query) {
        return APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRouteKey(route)
                .withRawPath(path)
                .withRawQueryString(query)
                .withHeaders(Map.of())
                .withIsBase64Encoded(false)
                .withRequestContext(APIGatewayV2HTTPEvent.RequestContext.builder()
                        .withRequestId("request-1")
                        .withHttp(APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                                .withMethod(method)
                                .withPath(path)
                                .build())
                        .withAuthorizer(authorizer(EVERYTHING))
                        .build())
                .build();
    }

    /** What the function authorize says of a key. */
    private static Authorizer authorizer(Grant grant) {
        return Authorizer.builder()
                .withLambda(Map.of(
                        "caller", grant.caller(),
                        "key", grant.key(),
                        "kind", grant.kind().text(),
                        "scopes", Scope.text(grant.scopes())))
                .build();
    }
}
