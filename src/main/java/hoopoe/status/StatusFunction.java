package hoopoe.status;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.access.Scope;
import hoopoe.batch.view.BatchReader;
import hoopoe.batch.view.BatchView;
import hoopoe.http.Call;
import hoopoe.http.Http;
import hoopoe.http.Problems;
import hoopoe.http.Reply;
import hoopoe.settle.Candidates;
import hoopoe.store.Batch;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * {@code GET /v1/batches/{id}}, {@code GET /v1/batches/{id}/messages}, {@code GET /v1/batches}, {@code GET /v1/replies}; and for
 * everybody {@code GET /v1/errors} and {@code GET /v1/openapi.json}.
 */
@ApplicationScoped
public class StatusFunction {

    private final Http http;
    private final BatchReader reader;
    private final Candidates candidates;
    private final Lists lists;

    StatusFunction(Http http, BatchReader reader, Candidates candidates, Lists lists) {
        this.http = http;
        this.reader = reader;
        this.candidates = candidates;
        this.lists = lists;
    }

    @Funq("status")
    public APIGatewayV2HTTPResponse status(APIGatewayV2HTTPEvent event) {
        return http.answer(event, this::reply);
    }

    private Reply reply(Call call) {
        return switch (call.route()) {
            case "GET /v1/errors" -> Contract.errors(call);
            case "GET /v1/openapi.json" -> Contract.document(call);
            default -> own(call);
        };
    }

    private Reply own(Call call) {
        call.require(Scope.BATCHES_READ);
        return switch (call.route()) {
            case "GET /v1/batches/{id}" -> batch(call);
            case "GET /v1/batches/{id}/messages" -> lists.messages(call);
            case "GET /v1/batches" -> lists.batches(call);
            case "GET /v1/replies" -> lists.replies(call);
            default -> throw Problems.NOT_FOUND.because("There is no such path.");
        };
    }

    private Reply batch(Call call) {
        boolean inside = call.query("include").includes("dispatches");
        return reader.find(call.grant(), call.pathParameter("id"))
                .map(batch -> Reply.ok(
                        inside ? whole(call, batch) : reader.whole(batch).outline()))
                .orElseThrow(() -> Problems.BATCH_NOT_FOUND.because("There is no such batch."));
    }

    /** An operator also sees what they may want to settle it with. */
    private BatchView whole(Call call, Batch batch) {
        return call.grant().allows(Scope.ACCOUNTS_ADMIN)
                ? reader.whole(batch, candidates.of(batch))
                : reader.whole(batch);
    }
}
