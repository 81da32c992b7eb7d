package hoopoe.send;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.access.Scope;
import hoopoe.batch.admission.Admission;
import hoopoe.batch.admission.AdmissionOutcome;
import hoopoe.batch.admission.AdmissionOutcome.Admitted;
import hoopoe.batch.admission.AdmissionOutcome.DryRun;
import hoopoe.batch.admission.AdmissionOutcome.Refused;
import hoopoe.batch.admission.AdmissionOutcome.Replayed;
import hoopoe.batch.view.BatchReader;
import hoopoe.batch.view.BatchView;
import hoopoe.http.Call;
import hoopoe.http.Http;
import hoopoe.http.Problem;
import hoopoe.http.ProblemException;
import hoopoe.http.Problems;
import hoopoe.http.Reply;
import hoopoe.store.Claim;
import hoopoe.store.Recipients;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code POST /v1/batches}, and the two ways to settle {@code POST /v1/batches/{id}/dispatches/{n}/…}. */
@ApplicationScoped
public class SendFunction {

    private final Http http;
    private final Admission admission;
    private final SettleCalls settling;
    private final BatchReader reader;

    public SendFunction(Http http, Admission admission, SettleCalls settling, BatchReader reader) {
        this.http = http;
        this.admission = admission;
        this.settling = settling;
        this.reader = reader;
    }

    @Funq("send")
    public APIGatewayV2HTTPResponse send(APIGatewayV2HTTPEvent event) {
        return http.answer(event, this::reply);
    }

    private Reply reply(Call call) {
        return switch (call.route()) {
            case "POST /v1/batches" -> admit(call);
            case "POST /v1/batches/{id}/dispatches/{n}/confirm" -> settling.confirm(call);
            case "POST /v1/batches/{id}/dispatches/{n}/resend" -> settling.resend(call);
            default -> throw Problems.NOT_FOUND.because("There is no such route.");
        };
    }

    private Reply admit(Call call) {
        var by = call.require(Scope.BATCHES_WRITE);
        boolean inside = call.query("include").includes("dispatches");
        var claim = call.idempotencyKey()
                .map(key -> new Claim(call.caller(), call.method(), call.path(), key, call.fingerprint()));
        var request = call.body(SendRequest.class).batch();
        return reply(call, admission.admit(request, by, claim, call.deadline()), claim.isPresent(), inside);
    }

    private Reply reply(Call call, AdmissionOutcome outcome, boolean hasKey, boolean inside) {
        if (outcome instanceof Admitted admitted) {
            return accepted(call, reader.whole(admitted.batch(), admitted.rejected()), inside);
        } else if (outcome instanceof Replayed replayed) {
            return accepted(call, reader.whole(replayed.batch()), inside).replayed();
        } else if (outcome instanceof DryRun dryRun) {
            return Reply.ok(Preview.of(dryRun.batch(), dryRun.rejected()));
        } else if (outcome instanceof Refused refused) {
            throw new ProblemException(problem(refused));
        }
        throw hasKey
                ? Problems.IDEMPOTENCY_IN_PROGRESS.because("The same call is being worked on.")
                : Problems.CONTENDED.because("Others write at this moment.");
    }

    private static Reply accepted(Call call, BatchView view, boolean inside) {
        return Reply.json(202, inside ? view : view.outline())
                .header("Location", call.link("/v1/batches/" + view.id()));
    }

    /** What an adapter objects to under a name of its own is still the caller's to mend. */
    private static Problem problem(Refused refused) {
        return Problem.of(Problems.of(refused.code()).orElse(Problems.INVALID_REQUEST), refused.detail())
                .with(refused.errors().stream()
                        .limit(Recipients.REJECTED_SHOWN)
                        .map(error -> new Problem.Error(error.pointer(), error.code(), error.detail()))
                        .toList());
    }
}
