package hoopoe.send;

import hoopoe.access.Scope;
import hoopoe.batch.view.BatchReader;
import hoopoe.http.Call;
import hoopoe.http.Problem;
import hoopoe.http.ProblemException;
import hoopoe.http.Problems;
import hoopoe.http.Reply;
import hoopoe.settle.Settlement;
import hoopoe.settle.SettlementOutcome;
import hoopoe.store.Batch;
import hoopoe.store.Claim;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** {@code POST /v1/batches/{id}/dispatches/{n}/confirm} and {@code …/resend}. */
@ApplicationScoped
class SettleCalls {

    private final Settlement settlement;
    private final BatchReader reader;

    SettleCalls(Settlement settlement, BatchReader reader) {
        this.settlement = settlement;
        this.reader = reader;
    }

    Reply confirm(Call call) {
        boolean inside = inside(call);
        var batch = batch(call);
        var word = SettleRequest.confirm(call);
        return reply(settlement.confirm(batch, number(call), word, claim(call)), 200, inside);
    }

    Reply resend(Call call) {
        boolean inside = inside(call);
        var batch = batch(call);
        var word = SettleRequest.resend(call);
        return reply(settlement.resend(batch, number(call), word, claim(call), call.deadline()), 202, inside);
    }

    /** Whoever looks after the accounts does so for all who send by them. */
    private Batch batch(Call call) {
        return reader.find(call.grant(), call.pathParameter("id"))
                .orElseThrow(() -> Problems.BATCH_NOT_FOUND.because("There is no such batch."));
    }

    private static boolean inside(Call call) {
        call.require(Scope.ACCOUNTS_ADMIN);
        return call.query("include").includes("dispatches");
    }

    private static int number(Call call) {
        var n = call.pathParameter("n");
        if (!n.matches("0|[1-9]\\d{0,5}")) {
            throw Problems.DISPATCH_NOT_FOUND.because("Dispatches have numbers from 0.");
        }
        return Integer.parseInt(n);
    }

    private static Optional<Claim> claim(Call call) {
        return call.idempotencyKey()
                .map(key -> new Claim(call.caller(), call.method(), call.path(), key, call.fingerprint()));
    }

    private Reply reply(SettlementOutcome outcome, int status, boolean inside) {
        if (outcome instanceof SettlementOutcome.Settled settled) {
            return standing(settled.batch(), status, inside);
        } else if (outcome instanceof SettlementOutcome.Replayed replayed) {
            return standing(replayed.batch(), status, inside).replayed();
        }
        var refused = (SettlementOutcome.Refused) outcome;
        var problem = Problem.of(Problems.of(refused.code()).orElseThrow(), refused.detail());
        throw new ProblemException(refused.pause() == null ? problem : problem.after(refused.pause()));
    }

    private Reply standing(Batch before, int status, boolean inside) {
        var batch = reader.find(before.caller(), before.id()).orElse(before);
        var view = reader.whole(batch);
        return Reply.json(status, inside ? view : view.outline());
    }
}
