package hoopoe.erase;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.access.Scope;
import hoopoe.batch.erasure.EraseResult;
import hoopoe.batch.erasure.Erasure;
import hoopoe.batch.view.BatchReader;
import hoopoe.http.Call;
import hoopoe.http.Http;
import hoopoe.http.Problems;
import hoopoe.http.Reply;
import hoopoe.store.Batch;
import hoopoe.store.Calls;
import hoopoe.store.Claim;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** {@code DELETE /v1/batches/{id}} */
@ApplicationScoped
public class EraseFunction {

    private final Http http;
    private final BatchReader reader;
    private final Erasure erasure;
    private final Calls calls;

    public EraseFunction(Http http, BatchReader reader, Erasure erasure, Calls calls) {
        this.http = http;
        this.reader = reader;
        this.erasure = erasure;
        this.calls = calls;
    }

    @Funq("erase")
    public APIGatewayV2HTTPResponse erase(APIGatewayV2HTTPEvent event) {
        return http.answer(event, call -> {
            call.require(Scope.BATCHES_WRITE);
            var claim = call.idempotencyKey()
                    .map(key -> new Claim(call.caller(), call.method(), call.path(), key, call.fingerprint()));
            return claim.flatMap(calls::find)
                    .map(earlier -> replay(call, earlier.isSame(claim.get())))
                    .orElseGet(() -> erase(call, claim));
        });
    }

    private Reply replay(Call call, boolean same) {
        if (!same) {
            throw Problems.IDEMPOTENCY_KEY_REUSED.because("The key was used for another request.");
        }
        return reply(erasure.standing(batch(call))).replayed();
    }

    private Reply erase(Call call, Optional<Claim> claim) {
        call.query();
        var batch = batch(call);
        var result = erasure.erase(batch, call.deadline())
                .orElseThrow(() -> Problems.CONTENDED.because("Others change the batch at this moment."));
        var reply = reply(result);
        // Only now: a refusal claims nothing, and cancelling twice is cancelling once.
        claim.ifPresent(key -> calls.claim(key, batch.id()));
        return reply;
    }

    private Batch batch(Call call) {
        return reader.find(call.caller(), call.pathParameter("id"))
                .orElseThrow(() -> Problems.BATCH_NOT_FOUND.because("There is no such batch."));
    }

    private static Reply reply(EraseResult result) {
        if (result.pending() > 0) {
            return Reply.json(202, result);
        } else if (result.cancelled() == 0) {
            throw Problems.TOO_LATE_TO_CANCEL.because("None of its messages can be cancelled.");
        }
        return Reply.ok(result);
    }
}
