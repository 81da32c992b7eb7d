package hoopoe.api.send;

import hoopoe.access.Scope;
import hoopoe.batch.view.BatchReader;
import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.Problem;
import hoopoe.api.http.ProblemException;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.api.http.ApiResponse;
import hoopoe.settle.Settlement;
import hoopoe.settle.SettlementOutcome;
import hoopoe.store.Batch;
import hoopoe.store.Claim;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** {@code POST /v1/batches/{id}/dispatches/{n}/confirm} and {@code …/resend}. */
@ApplicationScoped
class OperatorDecisionRoutes {

    private final Settlement settlement;
    private final BatchReader reader;

    OperatorDecisionRoutes(Settlement settlement, BatchReader reader) {
        this.settlement = settlement;
        this.reader = reader;
    }

    ApiResponse confirm(ApiRequest apiRequest) {
        boolean inside = inside(apiRequest);
        var batch = batch(apiRequest);
        var word = OperatorDecisionRequest.confirm(apiRequest);
        return reply(settlement.confirm(batch, number(apiRequest), word, claim(apiRequest)), 200, inside);
    }

    ApiResponse resend(ApiRequest apiRequest) {
        boolean inside = inside(apiRequest);
        var batch = batch(apiRequest);
        var word = OperatorDecisionRequest.resend(apiRequest);
        return reply(settlement.resend(batch, number(apiRequest), word, claim(apiRequest), apiRequest.deadline()), 202, inside);
    }

    /** Whoever looks after the accounts does so for all who send by them. */
    private Batch batch(ApiRequest apiRequest) {
        return reader.find(apiRequest.grant(), apiRequest.pathParameter("id"))
                .orElseThrow(() -> ProblemCatalogue.BATCH_NOT_FOUND.because("There is no such batch."));
    }

    private static boolean inside(ApiRequest apiRequest) {
        apiRequest.require(Scope.ACCOUNTS_ADMIN);
        return apiRequest.query("include").includes("dispatches");
    }

    private static int number(ApiRequest apiRequest) {
        var n = apiRequest.pathParameter("n");
        if (!n.matches("0|[1-9]\\d{0,5}")) {
            throw ProblemCatalogue.DISPATCH_NOT_FOUND.because("Dispatches have numbers from 0.");
        }
        return Integer.parseInt(n);
    }

    private static Optional<Claim> claim(ApiRequest apiRequest) {
        return apiRequest.idempotencyKey()
                .map(key -> new Claim(apiRequest.caller(), apiRequest.method(), apiRequest.path(), key, apiRequest.fingerprint()));
    }

    private ApiResponse reply(SettlementOutcome outcome, int status, boolean inside) {
        if (outcome instanceof SettlementOutcome.Settled settled) {
            return standing(settled.batch(), status, inside);
        } else if (outcome instanceof SettlementOutcome.Replayed replayed) {
            return standing(replayed.batch(), status, inside).replayed();
        }
        var refused = (SettlementOutcome.Refused) outcome;
        var problem = Problem.of(ProblemCatalogue.of(refused.code()).orElseThrow(), refused.detail());
        throw new ProblemException(refused.pause() == null ? problem : problem.after(refused.pause()));
    }

    private ApiResponse standing(Batch before, int status, boolean inside) {
        var batch = reader.find(before.caller(), before.id()).orElse(before);
        var view = reader.whole(batch);
        return ApiResponse.json(status, inside ? view : view.outline());
    }
}
