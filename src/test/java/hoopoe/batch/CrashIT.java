package hoopoe.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.every8d.Switch;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.Bodies;
import hoopoe.testing.Failures;
import hoopoe.testing.HastyStack;
import hoopoe.testing.TableGate.Moment;
import hoopoe.testing.Tenant;
import io.restassured.response.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Environments of the packaged artifact are killed in the middle of a send. Their callers come again with the same key; the
 * provider calls back once for each dispatch that it got.
 */
@ExtendWith(HastyStack.Extension.class)
class CrashIT {

    private static final List<String> WAITING = List.of("accepted", "dispatching");

    private final HastyStack hasty;
    private final Api api;
    private final Tenant tenant;
    private final String key = UUID.randomUUID().toString();
    private final Set<String> calledBack = new HashSet<>();

    CrashIT(HastyStack hasty) {
        this.hasty = hasty;
        this.api = hasty.api();
        this.tenant = hasty.tenant();
    }

    /** There is a session, so the only call is the send. Only the test sends callbacks. */
    @BeforeEach
    void logIn() throws Exception {
        tenant.every8d().switches().set(Switch.Callbacks.OFF);
        assertThat(api.get("/v1/accounts/" + tenant.name() + "/credit").statusCode())
                .isEqualTo(200);
    }

    /** One: the batch with its dispatch, the answer. Many: recipients, the batch, its dispatches. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, BEFORE, 1", "1, 1, AFTER, 0", "1, 2, BEFORE, 1", "1, 2, AFTER, 1", //
        "1200, 1, BEFORE, 3", "1200, 2, BEFORE, 3", "1200, 3, BEFORE, 3", "1200, 3, AFTER, 3"
    })
    void ofACallThatDiesBetweenTwoWrites(int recipients, int write, Moment moment, int posts) throws Exception {
        var hold = hasty.gate().hold("send", write, moment);
        var call = callAside(recipients);
        hold.await();

        hasty.stack().kill("send");
        hold.drop();

        assertThat(call.join().statusCode()).isEqualTo(500);
        assertNothingStuckAndNothingTwice(recipients);
        assertThat(tenant.asked("sendSMS")).isEqualTo(posts);
    }

    @Test
    void ofACallThatDiesWhileTheProviderAnswers() throws Exception {
        var asked = new CountDownLatch(1);
        var dead = new CountDownLatch(1);
        tenant.every8d().faults().next("sendSMS", work -> {
            var answer = work.carryOut();
            asked.countDown();
            await(dead);
            return answer;
        });
        var call = callAside(1);
        await(asked);

        hasty.stack().kill("send");
        dead.countDown();

        assertThat(call.join().statusCode()).isEqualTo(500);
        assertNothingStuckAndNothingTwice(1);
        assertThat(tenant.asked("sendSMS")).isOne();
    }

    /** Each of three dispatches writes its claim and its answer. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void ofThoseWhomTheStreamWakesBetweenTwoWrites(int write) throws Exception {
        var failures = Failures.from(hasty.stack());
        var hold = hasty.gate().hold("dispatch", write, Moment.BEFORE);
        assertThat(callAside(1200).join().statusCode()).isEqualTo(202);
        hold.await();

        hasty.stack().kill("dispatch");
        hold.drop();

        assertNothingStuckAndNothingTwice(1200);
        failures.assertSome();
    }

    @Test
    void ofThoseWhomTheStreamWakesWhileTheProviderAnswers() throws Exception {
        var asked = new CountDownLatch(1);
        tenant.every8d().faults().plan("sendSMS", 1, 1, Fault.meanwhile(() -> {
            asked.countDown();
            hasty.stack().kill("dispatch");
        }));
        assertThat(callAside(1200).join().statusCode()).isEqualTo(202);
        await(asked);

        assertNothingStuckAndNothingTwice(1200);
    }

    private CompletableFuture<Response> callAside(int recipients) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return call(recipients);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                HastyStack.ASIDE);
    }

    private Response call(int recipients) throws Exception {
        return api.send(Bodies.to(tenant, recipients), "Idempotency-Key", key);
    }

    private void assertNothingStuckAndNothingTwice(int recipients) throws Exception {
        var again = call(recipients);
        assertThat(again.statusCode()).as(Api.text(again)).isEqualTo(202);
        String id = again.path("id");
        var batch = Await.until("through", () -> ticked(id), seen -> isThrough(seen, recipients));
        assertThat(listed()).hasSize(1);
        for (var dispatch : batch.path("dispatches")) {
            assertThat(posts(id, dispatch.path("n").asInt())).isEqualTo(isLost(dispatch) ? 0 : 1);
        }
        var reached = tenant.every8d().messages().stream()
                .collect(Collectors.groupingBy(message -> message.mobile(), Collectors.counting()));
        assertThat(reached.values()).allMatch(times -> times == 1);
        assertThat(batch.path("counts").path("delivered").asInt()).isEqualTo(reached.size());
    }

    private JsonNode ticked(String id) throws Exception {
        callBack();
        api.tick();
        return api.batch(id);
    }

    /** Of each dispatch that the provider has, once: by its subject it is known again. */
    private void callBack() {
        for (var sent : tenant.every8d().batches()) {
            if (calledBack.add(sent.id())) {
                tenant.every8d().switches().set(Switch.Callbacks.ON);
                tenant.every8d().report(sent.id(), sent.messages().get(0).mobile(), 100);
                tenant.every8d().switches().set(Switch.Callbacks.OFF);
            }
        }
    }

    /** All was sent and reported, but for dispatches that crashed between claim and send: whether they were sent cannot be known. */
    private boolean isThrough(JsonNode batch, int recipients) {
        var dispatches = StreamSupport.stream(batch.path("dispatches").spliterator(), false)
                .toList();
        return dispatches.size() == (recipients + 499) / 500
                && dispatches.stream()
                        .noneMatch(dispatch ->
                                WAITING.contains(dispatch.path("state").asText()))
                && batch.at("/counts/submitted").asInt() == 0
                && batch.at("/counts/delivered").asInt()
                                + batch.at("/counts/unconfirmed").asInt()
                        == recipients
                && tenant.every8d().messages().size()
                        == batch.at("/counts/delivered").asInt();
    }

    private static boolean isLost(JsonNode dispatch) {
        return dispatch.path("state").asText().equals("unconfirmed");
    }

    /** How often a dispatch was posted, by what arrived on the wire. */
    private long posts(String id, int n) {
        var token = id.substring("bat_".length()) + '-' + n;
        return tenant.every8d().wire().exchanges("sendSMS").stream()
                .filter(exchange -> exchange.request().text().contains('#' + token + "</subject>"))
                .count();
    }

    private Iterable<JsonNode> listed() throws Exception {
        return api.get("/v1/batches?account=" + tenant.name())
                .as(JsonNode.class)
                .path("batches");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
