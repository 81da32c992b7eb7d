package hoopoe.api.webhooks;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.access.Scope;
import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.ProblemCatalogue;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code /v1/webhooks}, {@code /v1/webhooks/{id}} and what can be done with an endpoint. A caller reaches only their own. */
@ApplicationScoped
public class WebhooksFunction {

    private final ApiGatewayAdapter apiGatewayAdapter;
    private final EndpointRoutes endpointRoutes;
    private final DeliveryRoutes deliveryRoutes;

    WebhooksFunction(
            ApiGatewayAdapter apiGatewayAdapter, EndpointRoutes endpointRoutes, DeliveryRoutes deliveryRoutes) {
        this.apiGatewayAdapter = apiGatewayAdapter;
        this.endpointRoutes = endpointRoutes;
        this.deliveryRoutes = deliveryRoutes;
    }

    @Funq("webhooks")
    public APIGatewayV2HTTPResponse webhooks(APIGatewayV2HTTPEvent event) {
        return apiGatewayAdapter.answer(event, this::reply);
    }

    private ApiResponse reply(ApiRequest apiRequest) {
        apiRequest.require(Scope.WEBHOOKS);
        if (apiRequest.route().equals("GET /v1/webhooks/{id}/deliveries")) {
            return deliveryRoutes.list(apiRequest);
        }
        apiRequest.query();
        return switch (apiRequest.route()) {
            case "POST /v1/webhooks" -> endpointRoutes.create(apiRequest);
            case "GET /v1/webhooks" -> endpointRoutes.list(apiRequest);
            case "GET /v1/webhooks/{id}" -> endpointRoutes.show(apiRequest);
            case "PATCH /v1/webhooks/{id}" -> endpointRoutes.patch(apiRequest);
            case "DELETE /v1/webhooks/{id}" -> endpointRoutes.delete(apiRequest);
            case "POST /v1/webhooks/{id}/rotate" -> endpointRoutes.rotate(apiRequest);
            case "POST /v1/webhooks/{id}/test" -> deliveryRoutes.test(apiRequest);
            case "POST /v1/webhooks/{id}/recover" -> deliveryRoutes.recover(apiRequest);
            default -> throw ProblemCatalogue.NOT_FOUND.because("There is no such route.");
        };
    }
}
