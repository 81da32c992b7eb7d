package hoopoe.api.send;

import hoopoe.access.Scope;
import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.Problem;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.api.http.ProblemException;
import hoopoe.batch.Batch;
import hoopoe.batch.view.BatchReader;
import hoopoe.dispatch.decision.DecisionOutcome;
import hoopoe.dispatch.decision.DispatchConfirmation;
import hoopoe.dispatch.decision.DispatchResend;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code POST /v1/batches/{id}/dispatches/{n}/confirm} and {@code …/resend}. */
@ApplicationScoped
class OperatorDecisionRoutes {

    private final DispatchConfirmation dispatchConfirmation;
    private final DispatchResend dispatchResend;
    private final BatchReader reader;

    OperatorDecisionRoutes(
            DispatchConfirmation dispatchConfirmation, DispatchResend dispatchResend, BatchReader reader) {
        this.dispatchConfirmation = dispatchConfirmation;
        this.dispatchResend = dispatchResend;
        this.reader = reader;
    }

    ApiResponse confirm(ApiRequest apiRequest) {
        boolean inside = inside(apiRequest);
        var batch = batch(apiRequest);
        var operatorDecision = OperatorDecisionRequest.confirm(apiRequest);
        return reply(
                dispatchConfirmation.confirm(batch, number(apiRequest), operatorDecision, apiRequest.idempotency()),
                200,
                inside);
    }

    ApiResponse resend(ApiRequest apiRequest) {
        boolean inside = inside(apiRequest);
        var batch = batch(apiRequest);
        var operatorDecision = OperatorDecisionRequest.resend(apiRequest);
        return reply(
                dispatchResend.resend(
                        batch, number(apiRequest), operatorDecision, apiRequest.idempotency(), apiRequest.deadline()),
                202,
                inside);
    }

    /** Operators decide on batches of all callers. */
    private Batch batch(ApiRequest apiRequest) {
        return reader.find(apiRequest.grant(), apiRequest.pathParameter("id")).orElseThrow(ProblemCatalogue::noBatch);
    }

    private static boolean inside(ApiRequest apiRequest) {
        apiRequest.require(Scope.ACCOUNTS_ADMIN);
        return apiRequest.query("include").includes("dispatches");
    }

    private static int number(ApiRequest apiRequest) {
        var n = apiRequest.pathParameter("n");
        if (!n.matches("0|[1-9]\\d{0,5}")) {
            throw ProblemCatalogue.DISPATCH_NOT_FOUND.because("A dispatch's number is 0 or higher.");
        }
        return Integer.parseInt(n);
    }

    private ApiResponse reply(DecisionOutcome outcome, int status, boolean inside) {
        if (outcome instanceof DecisionOutcome.DecisionMade decisionMade) {
            return standing(decisionMade.batch(), status, inside);
        } else if (outcome instanceof DecisionOutcome.DecisionReplayed decisionReplayed) {
            return standing(decisionReplayed.batch(), status, inside).replayed();
        }
        var decisionRefused = (DecisionOutcome.DecisionRefused) outcome;
        var problem = Problem.of(ProblemCatalogue.of(decisionRefused.code()).orElseThrow(), decisionRefused.detail());
        throw new ProblemException(decisionRefused.pause() == null ? problem : problem.after(decisionRefused.pause()));
    }

    private ApiResponse standing(Batch before, int status, boolean inside) {
        var batch = reader.find(before.caller(), before.id()).orElse(before);
        var view = reader.whole(batch);
        return ApiResponse.json(status, inside ? view : view.outline());
    }
}
