package hoopoe.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.Map;

/** Events as API Gateway sends them. */
final class Events {

    private Events() {}

    static APIGatewayV2HTTPEvent post(String body) {
        var event = of("POST", "/v1/batches", "");
        event.setBody(body);
        return event;
    }

    static APIGatewayV2HTTPEvent get(String query) {
        return of("GET", "/v1/batches", query);
    }

    static APIGatewayV2HTTPEvent with(APIGatewayV2HTTPEvent event, String header, String value) {
        event.setHeaders(Map.of(header, value));
        return event;
    }

    private static APIGatewayV2HTTPEvent of(String method, String path, String query) {
        return APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRouteKey(method + ' ' + path)
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
