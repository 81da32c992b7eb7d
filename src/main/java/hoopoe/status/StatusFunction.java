package hoopoe.status;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.access.Scope;
import hoopoe.batch.BatchReader;
import hoopoe.http.Call;
import hoopoe.http.Http;
import hoopoe.http.Problems;
import hoopoe.http.Reply;
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
    private final Lists lists;

    StatusFunction(Http http, BatchReader reader, Lists lists) {
        this.http = http;
        this.reader = reader;
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
        call.query();
        return reader.find(call.caller(), call.pathParameter("id"))
                .map(batch -> Reply.ok(reader.whole(batch)))
                .orElseThrow(() -> Problems.BATCH_NOT_FOUND.because("There is no such batch."));
    }
}
