package hoopoe.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.testing.Api;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many callers with one idempotency key, before all environments of the packaged artifact at once. */
@ExtendWith(SharedStack.Extension.class)
class HerdIT {

    private static final int CALLERS = 50;
    private static final String KEY = "herd-1";

    private final Api api;
    private final Tenant tenant;

    HerdIT(SharedStack shared) {
        api = shared.api();
        tenant = shared.tenant();
    }

    @Test
    void fiftyParallelCallsMakeOneBatchAndOneSend() throws Exception {
        var answers = together(() -> send(KEY));

        assertThat(answers)
                .extracting(Response::statusCode)
                .isSubsetOf(202, 409)
                .contains(202);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).allSatisfy(HerdIT::isToComeBack);
        var made = answers.stream().filter(answer -> answer.statusCode() == 202).toList();
        assertThat(made)
                .extracting(one -> one.<String>path("id"))
                .containsOnly(made.get(0).<String>path("id"));
        assertThat(made)
                .filteredOn(answer -> !answer.headers().hasHeaderWithName("Idempotent-Replayed"))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(tenant.asked("sendSMS")).isEqualTo(1);
        assertThat(tenant.asked("getConnection")).isEqualTo(1);
        assertThat(tenant.every8d().messages()).hasSize(1);
        isOnlyBatch(made.get(0).<String>path("id"));

        var later = send(KEY);
        assertThat(later.statusCode()).isEqualTo(202);
        assertThat(later.<String>path("id")).isEqualTo(made.get(0).<String>path("id"));
        assertThat(later.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(later.header("Location")).isEqualTo("/v1/batches/" + later.path("id"));
        assertThat(tenant.asked("sendSMS")).isEqualTo(1);
    }

    private Response send(String key) throws Exception {
        return api.send("""
                {"account": "%s", "text": "once", "recipients": [{"to": "0912345678"}]}""".formatted(tenant.name()), "Idempotency-Key", key);
    }

    private static void isToComeBack(Response answer) {
        assertThat(answer.jsonPath().getString("code")).isEqualTo("idempotency_in_progress");
        assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
    }

    private void isOnlyBatch(String id) throws Exception {
        var batches = api.get("/v1/batches?account=" + tenant.name());
        assertThat(batches.statusCode()).as(Api.text(batches)).isEqualTo(200);
        assertThat(batches.as(JsonNode.class).path("batches")).hasSize(1);
        assertThat(batches.as(JsonNode.class).at("/batches/0/id").asText()).isEqualTo(id);
    }

    private static List<Response> together(Callable<Response> call) throws Exception {
        var pool = Executors.newFixedThreadPool(CALLERS);
        try {
            var start = new CyclicBarrier(CALLERS);
            Callable<Response> together = () -> {
                start.await();
                return call.call();
            };
            var answers = new ArrayList<Response>();
            for (var answer : pool.invokeAll(Collections.nCopies(CALLERS, together))) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }
}
