package hoopoe.testing;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.Map;

/** Events as API Gateway sends them. */
public final class ApiEvents {

    private ApiEvents() {}

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
                        .build())
                .build();
    }
}
