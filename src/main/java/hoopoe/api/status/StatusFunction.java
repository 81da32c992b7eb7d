package hoopoe.api.status;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.access.Scope;
import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.batch.Batch;
import hoopoe.batch.view.BatchReader;
import hoopoe.batch.view.BatchView;
import hoopoe.dispatch.decision.CandidateReferences;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * {@code GET /v1/batches/{id}}, {@code GET /v1/batches/{id}/messages}, {@code GET /v1/messages/{id}}, {@code GET /v1/batches},
 * {@code GET /v1/replies}, {@code POST /v1/messages/search}, {@code GET /v1/usage}; and without a key {@code GET /v1/errors},
 * {@code GET /v1/openapi.json} and the console's files.
 */
@ApplicationScoped
public class StatusFunction {

    private final ApiGatewayAdapter apiGatewayAdapter;
    private final BatchReader reader;
    private final CandidateReferences candidateReferences;
    private final ListRoutes listRoutes;
    private final SearchRoute searchRoute;
    private final UsageRoute usageRoute;

    StatusFunction(
            ApiGatewayAdapter apiGatewayAdapter,
            BatchReader reader,
            CandidateReferences candidateReferences,
            ListRoutes listRoutes,
            SearchRoute searchRoute,
            UsageRoute usageRoute) {
        this.apiGatewayAdapter = apiGatewayAdapter;
        this.reader = reader;
        this.candidateReferences = candidateReferences;
        this.listRoutes = listRoutes;
        this.searchRoute = searchRoute;
        this.usageRoute = usageRoute;
    }

    @Funq("status")
    public APIGatewayV2HTTPResponse status(APIGatewayV2HTTPEvent event) {
        return apiGatewayAdapter.answer(event, this::reply);
    }

    private ApiResponse reply(ApiRequest apiRequest) {
        return switch (apiRequest.route()) {
            case "GET /v1/errors" -> ApiDocuments.errors(apiRequest);
            case "GET /v1/openapi.json" -> ApiDocuments.document(apiRequest);
            case "GET /console" -> ConsoleFiles.page(apiRequest);
            case "GET /console/{version}/{file}" -> ConsoleFiles.file(apiRequest);
            default -> own(apiRequest);
        };
    }

    private ApiResponse own(ApiRequest apiRequest) {
        apiRequest.require(Scope.BATCHES_READ);
        return switch (apiRequest.route()) {
            case "GET /v1/batches/{id}" -> batch(apiRequest);
            case "GET /v1/batches/{id}/messages" -> listRoutes.messages(apiRequest);
            case "POST /v1/messages/search" -> searchRoute.search(apiRequest);
            case "GET /v1/messages/{id}" -> listRoutes.message(apiRequest);
            case "GET /v1/batches" -> listRoutes.batches(apiRequest);
            case "GET /v1/replies" -> listRoutes.replies(apiRequest);
            case "GET /v1/usage" -> usageRoute.usage(apiRequest);
            default -> throw ProblemCatalogue.NOT_FOUND.because("There is no such path.");
        };
    }

    private ApiResponse batch(ApiRequest apiRequest) {
        boolean inside = apiRequest.query("include").includes("dispatches");
        return reader.find(apiRequest.grant(), apiRequest.pathParameter("id"))
                .map(batch -> ApiResponse.ok(
                        inside ? whole(apiRequest, batch) : reader.whole(batch).outline()))
                .orElseThrow(ProblemCatalogue::noBatch);
    }

    /** An operator also sees candidate references. */
    private BatchView whole(ApiRequest apiRequest, Batch batch) {
        return apiRequest.grant().allows(Scope.ACCOUNTS_ADMIN)
                ? reader.whole(batch, candidateReferences.of(batch))
                : reader.whole(batch);
    }
}
