package hoopoe.api.cancel;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.access.Scope;
import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.batch.Batch;
import hoopoe.batch.view.BatchReader;
import hoopoe.dispatch.cancel.BatchCancellation;
import hoopoe.dispatch.cancel.CancelResult;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.batch.IdempotencyStore;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** {@code DELETE /v1/batches/{id}}: cancels a batch. {@code POST /v1/erasures}, {@code GET /v1/erasures/{id}}: forgets a person. */
@ApplicationScoped
public class CancelFunction {

    private final ApiGatewayAdapter apiGatewayAdapter;
    private final BatchReader reader;
    private final BatchCancellation batchCancellation;
    private final IdempotencyStore idempotencyStore;
    private final ErasureRoutes erasureRoutes;

    public CancelFunction(
            ApiGatewayAdapter apiGatewayAdapter,
            BatchReader reader,
            BatchCancellation batchCancellation,
            IdempotencyStore idempotencyStore,
            ErasureRoutes erasureRoutes) {
        this.apiGatewayAdapter = apiGatewayAdapter;
        this.reader = reader;
        this.batchCancellation = batchCancellation;
        this.idempotencyStore = idempotencyStore;
        this.erasureRoutes = erasureRoutes;
    }

    @Funq("erase")
    public APIGatewayV2HTTPResponse cancel(APIGatewayV2HTTPEvent event) {
        return apiGatewayAdapter.answer(event, apiRequest -> {
            if (apiRequest.route().equals("DELETE /v1/batches/{id}")) {
                return cancelled(apiRequest);
            }
            apiRequest.require(Scope.PEOPLE_ERASE);
            return apiRequest.method().equals("POST")
                    ? erasureRoutes.create(apiRequest)
                    : erasureRoutes.show(apiRequest);
        });
    }

    private ApiResponse cancelled(ApiRequest apiRequest) {
        apiRequest.require(Scope.BATCHES_WRITE);
        var claim = apiRequest.idempotency();
        return claim.flatMap(idempotencyStore::find)
                .map(idempotencyRecord -> replay(apiRequest, idempotencyRecord.isSame(claim.get())))
                .orElseGet(() -> erase(apiRequest, claim));
    }

    private ApiResponse replay(ApiRequest apiRequest, boolean same) {
        if (!same) {
            throw ProblemCatalogue.IDEMPOTENCY_KEY_REUSED.because("The key was used for another request.");
        }
        return reply(batchCancellation.standing(batch(apiRequest))).replayed();
    }

    private ApiResponse erase(ApiRequest apiRequest, Optional<IdempotencyKey> claim) {
        apiRequest.query();
        var batch = batch(apiRequest);
        var result = batchCancellation
                .erase(batch, apiRequest.deadline())
                .orElseThrow(
                        () -> ProblemCatalogue.CONTENDED.because("Other calls change the batch at the same time."));
        var apiResponse = reply(result);
        // Only now: a refused request claims no key, and to cancel twice is to cancel once.
        claim.ifPresent(key -> idempotencyStore.claim(key, batch.id()));
        return apiResponse;
    }

    private Batch batch(ApiRequest apiRequest) {
        return reader.find(apiRequest.caller(), apiRequest.pathParameter("id")).orElseThrow(ProblemCatalogue::noBatch);
    }

    private static ApiResponse reply(CancelResult result) {
        if (result.pending() > 0) {
            return ApiResponse.json(202, result);
        } else if (result.cancelled() == 0) {
            throw ProblemCatalogue.TOO_LATE_TO_CANCEL.because("None of its messages can be cancelled.");
        }
        return ApiResponse.ok(result);
    }
}
