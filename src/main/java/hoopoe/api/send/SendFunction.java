package hoopoe.api.send;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.access.Scope;
import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.Problem;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.api.http.ProblemException;
import hoopoe.batch.create.BatchCreator;
import hoopoe.batch.create.BatchRequest;
import hoopoe.batch.create.CreateBatchResult;
import hoopoe.batch.create.CreateBatchResult.BatchCreated;
import hoopoe.batch.create.CreateBatchResult.CreateRefused;
import hoopoe.batch.create.CreateBatchResult.CreateReplayed;
import hoopoe.batch.create.CreateBatchResult.DryRun;
import hoopoe.batch.view.BatchReader;
import hoopoe.batch.view.BatchView;
import hoopoe.store.batch.RecipientRepository;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code POST /v1/batches}, and the two operator decisions {@code POST /v1/batches/{id}/dispatches/{n}/…}. */
@ApplicationScoped
public class SendFunction {

    private final ApiGatewayAdapter apiGatewayAdapter;
    private final BatchCreator batchCreator;
    private final OperatorDecisionRoutes settling;
    private final BatchReader reader;

    public SendFunction(
            ApiGatewayAdapter apiGatewayAdapter,
            BatchCreator batchCreator,
            OperatorDecisionRoutes settling,
            BatchReader reader) {
        this.apiGatewayAdapter = apiGatewayAdapter;
        this.batchCreator = batchCreator;
        this.settling = settling;
        this.reader = reader;
    }

    @Funq("send")
    public APIGatewayV2HTTPResponse send(APIGatewayV2HTTPEvent event) {
        return apiGatewayAdapter.answer(event, this::reply);
    }

    private ApiResponse reply(ApiRequest apiRequest) {
        return switch (apiRequest.route()) {
            case "POST /v1/batches" -> admit(apiRequest);
            case "POST /v1/batches/{id}/dispatches/{n}/confirm" -> settling.confirm(apiRequest);
            case "POST /v1/batches/{id}/dispatches/{n}/resend" -> settling.resend(apiRequest);
            default -> throw ProblemCatalogue.NOT_FOUND.because("There is no such route.");
        };
    }

    private ApiResponse admit(ApiRequest apiRequest) {
        var by = apiRequest.require(Scope.BATCHES_WRITE);
        boolean inside = apiRequest.query("include").includes("dispatches");
        var claim = apiRequest.idempotency();
        var request = apiRequest.body(BatchRequest.class);
        return reply(
                apiRequest, batchCreator.admit(request, by, claim, apiRequest.deadline()), claim.isPresent(), inside);
    }

    private ApiResponse reply(ApiRequest apiRequest, CreateBatchResult outcome, boolean hasKey, boolean inside) {
        if (outcome instanceof BatchCreated batchCreated) {
            return accepted(apiRequest, reader.whole(batchCreated.batch(), batchCreated.rejected()), inside);
        } else if (outcome instanceof CreateReplayed createReplayed) {
            return accepted(apiRequest, reader.whole(createReplayed.batch()), inside)
                    .replayed();
        } else if (outcome instanceof DryRun dryRun) {
            return ApiResponse.ok(DryRunResponse.of(dryRun.batch(), dryRun.rejected()));
        } else if (outcome instanceof CreateRefused createRefused) {
            throw new ProblemException(problem(createRefused));
        }
        throw hasKey
                ? ProblemCatalogue.IDEMPOTENCY_IN_PROGRESS.because("The same call is still in progress.")
                : ProblemCatalogue.CONTENDED.because("Other calls write at the same time.");
    }

    private static ApiResponse accepted(ApiRequest apiRequest, BatchView view, boolean inside) {
        return ApiResponse.json(202, inside ? view : view.outline())
                .header("Location", apiRequest.link("/v1/batches/" + view.id()));
    }

    /** An adapter's code that the catalogue lacks is still the caller's to correct. */
    private static Problem problem(CreateRefused createRefused) {
        return Problem.of(
                        ProblemCatalogue.of(createRefused.code()).orElse(ProblemCatalogue.INVALID_REQUEST),
                        createRefused.detail())
                .with(createRefused.errors().stream()
                        .limit(RecipientRepository.REJECTED_SHOWN)
                        .map(error -> new Problem.InvalidField(error.pointer(), error.code(), error.detail()))
                        .toList());
    }
}
