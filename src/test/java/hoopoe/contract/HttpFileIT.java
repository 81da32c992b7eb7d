package hoopoe.contract;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.Erasure;
import hoopoe.testing.Api;
import hoopoe.testing.SharedStack;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The requests of {@code hoopoe.http}, from the first to the last, with each new id pasted. */
@ExtendWith(SharedStack.Extension.class)
class HttpFileIT {

    private final HttpFile file = HttpFile.read();
    private final Map<String, String> variables = new HashMap<>(file.variables());
    private final Api api;

    HttpFileIT(SharedStack shared) {
        api = shared.api().as("");
        var callbacks = shared.tenant(SharedStack.DEFAULT).callbacks();
        variables.put("host", "");
        variables.put("later", StackFixture.later());
        variables.put("token", callbacks.substring(callbacks.lastIndexOf('/') + 1));
    }

    @Test
    void everyRequestIsAnsweredAsItsTitleSays() throws Exception {
        for (var call : file.calls()) {
            var answer = api.given(headers(call)).body(filled(call.body())).request(call.method(), filled(call.url()));

            assertThat(answer.statusCode())
                    .as(call.title() + ": " + Api.text(answer))
                    .isEqualTo(call.status());
            if (answer.statusCode() == 202 && answer.jsonPath().getString("id") != null) {
                var id = answer.jsonPath().getString("id");
                variables.put(id.startsWith(Erasure.PREFIX) ? "erasure" : "batch", id);
            } else if (answer.statusCode() == 201) {
                variables.put("webhook", answer.jsonPath().getString("id"));
            }
        }
    }

    /** Keys of idempotency are a run's own: tests share a stack. */
    private String[] headers(HttpFile.Call call) {
        return call.headers().stream()
                .map(this::filled)
                .map(header -> header.matches("order-4712|cancel-1")
                        ? UUID.randomUUID().toString()
                        : header)
                .toArray(String[]::new);
    }

    private String filled(String text) {
        var filled = text.replace("127.0.0.1:8080", "127.0.0.1:9"); // nobody listens there
        for (var variable : variables.entrySet()) {
            filled = filled.replace("{{" + variable.getKey() + "}}", variable.getValue());
        }
        return filled;
    }
}
