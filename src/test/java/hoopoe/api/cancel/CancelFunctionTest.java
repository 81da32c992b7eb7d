package hoopoe.api.cancel;

import static hoopoe.message.MessageState.CANCELLED;
import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SCHEDULED;
import static hoopoe.testing.FakeProvider.erased;
import static hoopoe.testing.FakeProvider.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.batch.Batch;
import hoopoe.provider.Providers;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.MetricLog;
import hoopoe.testing.StoreFixture;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CancelFunctionTest {

    private final StoreFixture storeFixture = new StoreFixture();
    private final FakeProvider provider = new FakeProvider()
            .erasing((reference, deadline) -> erased(2, "2.00"))
            .sending(order -> {
                throw new AssertionError("not asked");
            });
    private final CancelFunction function = storeFixture
            .beans(new Providers(Stream.of(provider), MetricLog.ignored()))
            .get(CancelFunction.class);

    private APIGatewayV2HTTPResponse delete(String id) {
        return function.cancel(ApiEvents.of("DELETE /v1/batches/{id}", id, ""));
    }

    private APIGatewayV2HTTPResponse delete(Batch batch, String key) {
        return function.cancel(
                ApiEvents.with(ApiEvents.of("DELETE /v1/batches/{id}", batch.id(), ""), "idempotency-key", key));
    }

    private Batch submitted() {
        var batch = storeFixture.batch(2);
        storeFixture.submit(batch, 0);
        return batch;
    }

    private static void assertProblem(APIGatewayV2HTTPResponse answer, int status, String code) {
        assertThat(answer.getStatusCode()).isEqualTo(status);
        assertThat(answer.getBody()).contains("\"code\":\"" + code + '"');
    }

    @Test
    void tellsWhatWasTakenBack() {
        var answer = delete(submitted().id());

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getBody())
                .isEqualTo("{\"cancelled\":2,\"refunded\":{\"unit\":\"points\",\"amount\":\"2.0\"},\"pending\":0}");
    }

    @Test
    void tellsWhatIsPending() {
        var batch = storeFixture.batch(2);
        storeFixture.claim(batch, 0);

        var answer = delete(batch.id());

        assertThat(answer.getStatusCode()).isEqualTo(202);
        assertThat(answer.getBody()).isEqualTo("{\"cancelled\":0,\"refunded\":null,\"pending\":2}");
    }

    @Test
    void saysThatNobodyNamedARefund() {
        provider.erasing((reference, deadline) -> FakeProvider.eraseLost()).reporting(CANCELLED, CANCELLED);

        assertThat(delete(submitted().id()).getBody()).isEqualTo("{\"cancelled\":2,\"refunded\":null,\"pending\":0}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void itIsNotTooLateWhileItIsScheduled(int deleted) {
        provider.erasing((reference, deadline) -> erased(deleted, "0.00")).reporting(SCHEDULED, SCHEDULED);

        var answer = delete(submitted().id());

        assertThat(answer.getStatusCode()).isEqualTo(202);
        assertThat(answer.getBody()).isEqualTo("{\"cancelled\":0,\"refunded\":null,\"pending\":2}");
    }

    @Test
    void whatIsSentCannotBeTakenBack() {
        provider.erasing((reference, deadline) -> nothing("-4")).reporting(DELIVERED, DELIVERED);
        var batch = submitted();

        assertProblem(delete(batch.id()), 409, "too_late_to_cancel");
        assertProblem(delete(batch.id()), 409, "too_late_to_cancel");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bat_01JPZZZZZZZZZZZZZZZZZZZZZZ", "nonsense", "bat_", "bat_01jpzzzzzzzzzzzzzzzzzzzzzz", " "})
    void aBatchThatIsNotThereIsNotFound(String id) {
        assertProblem(delete(id), 404, "batch_not_found");
    }

    @Test
    void theBatchOfSomebodyElseIsNotFound() {
        var batch = storeFixture.batch("other", null, StoreFixture.numbers(1));

        assertProblem(delete(batch.id()), 404, "batch_not_found");
        assertThat(storeFixture.stored(batch).progress().erase()).isNull();
    }

    /** An operator decides on other callers' dispatches, and cannot cancel their batches. */
    @ParameterizedTest
    @CsvSource({
        "local, LIVE, local, 200",
        "local, TEST, local, 404",
        "local, LIVE, test:local, 404",
        "local, TEST, test:local, 200",
        "ops, LIVE, local, 404",
        "ops, TEST, test:local, 404"
    })
    void everybodyCancelsTheirOwn(String caller, KeyKind kind, String owner, int status) {
        var batch = storeFixture.batch(owner, null, StoreFixture.numbers(1));
        var grant = new Grant(caller, "k", kind, EnumSet.allOf(Scope.class));
        var event = ApiEvents.of("DELETE /v1/batches/{id}", batch.id(), "");

        var answer = function.cancel(ApiEvents.as(grant, ApiEvents.with(event, "Idempotency-Key", "k1")));

        assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
        assertThat(storeFixture.stored(batch).progress().erase() != null).isEqualTo(status == 200);
    }

    @Test
    void anIdempotencyKeyIsTheCallersAndTheKindOfTheirKeys() {
        var batch = submitted();
        delete(batch, "k1");
        for (var grant : List.of(
                new Grant("local", "k", KeyKind.TEST, EnumSet.allOf(Scope.class)),
                new Grant("ops", "k", KeyKind.LIVE, EnumSet.allOf(Scope.class)))) {
            var event = ApiEvents.of("DELETE /v1/batches/{id}", batch.id(), "x=1");
            var other = ApiEvents.as(grant, ApiEvents.with(event, "Idempotency-Key", "k1"));

            assertProblem(function.cancel(other), 400, "invalid_request");
        }
    }

    @Test
    void whoMayNotWriteCancelsNothing() {
        var batch = submitted();
        var reader = new Grant("local", "k", KeyKind.LIVE, EnumSet.complementOf(EnumSet.of(Scope.BATCHES_WRITE)));
        var event = ApiEvents.of("DELETE /v1/batches/{id}", batch.id(), "");

        assertProblem(function.cancel(ApiEvents.as(reader, event)), 403, "forbidden_scope");
        assertThat(storeFixture.stored(batch).progress().erase()).isNull();
    }

    @Test
    void theSameKeyGetsTheResultAsItStands() {
        var batch = storeFixture.batch(2);
        storeFixture.claim(batch, 0);
        assertThat(delete(batch, "k1").getHeaders()).doesNotContainKey("Idempotent-Replayed");
        storeFixture.answer(batch, 0, true);

        var replay = delete(batch, "\"k1\"");

        assertThat(replay.getStatusCode()).isEqualTo(202);
        assertThat(replay.getHeaders()).containsEntry("Idempotent-Replayed", "true");
        assertThat(provider.eraseCalls()).isEmpty();
        assertThat(delete(batch, "k2").getStatusCode()).isEqualTo(200);
        assertThat(delete(batch, "k1").getBody())
                .isEqualTo("{\"cancelled\":2,\"refunded\":{\"unit\":\"points\",\"amount\":\"2.0\"},\"pending\":0}");
    }

    @Test
    void aKeyBelongsToOneRequest() {
        var batch = submitted();
        delete(batch, "k1");
        var other = ApiEvents.with(ApiEvents.of("DELETE /v1/batches/{id}", batch.id(), "x=1"), "Idempotency-Key", "k1");

        assertProblem(function.cancel(other), 422, "idempotency_key_reused");
    }

    @Test
    void aRefusalClaimsNothing() {
        provider.erasing((reference, deadline) -> nothing("-4")).reporting(DELIVERED, DELIVERED);
        var batch = submitted();
        assertProblem(delete(batch, "k1"), 409, "too_late_to_cancel");
        assertProblem(delete(batch, "k1"), 409, "too_late_to_cancel");

        var other = ApiEvents.with(ApiEvents.of("DELETE /v1/batches/{id}", batch.id(), "x=1"), "Idempotency-Key", "k1");
        assertProblem(function.cancel(other), 400, "invalid_request");
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        var batch = submitted();

        assertProblem(delete(batch, "a b"), 400, "idempotency_key_invalid");
        assertThat(storeFixture.stored(batch).progress().erase()).isNull();
    }

    @Test
    void manyAtOnceTakeBackOnce() {
        var batch = storeFixture.batch(2, 2, 2);
        List.of(0, 1, 2).forEach(n -> storeFixture.submit(batch, n));
        var taken = ConcurrentHashMap.<String>newKeySet();
        provider.erasing((reference, deadline) -> taken.add(reference) ? FakeProvider.erased(2, "2.00") : nothing(""))
                .reporting(CANCELLED, CANCELLED);

        var answers = Stream.generate(batch::id)
                .limit(8)
                .parallel()
                .map(this::delete)
                .map(APIGatewayV2HTTPResponse::getStatusCode)
                .toList();

        assertThat(answers).containsOnly(200);
        assertThat(delete(batch.id()).getBody())
                .isEqualTo("{\"cancelled\":6,\"refunded\":{\"unit\":\"points\",\"amount\":\"6.0\"},\"pending\":0}");
    }
}
