package hoopoe.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import hoopoe.aws.SqsQueue.QueueMessage;
import hoopoe.event.EndpointHealth;
import hoopoe.event.EndpointState;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.event.WebhookDelivery;
import hoopoe.event.WebhookDelivery.DeliveryState;
import hoopoe.event.WebhookEndpoint;
import hoopoe.observability.Metric;
import hoopoe.store.Keys;
import hoopoe.store.table.Write;
import hoopoe.testing.LogLines;
import hoopoe.testing.SocketPeer;
import hoopoe.testing.WebhookEndpoints;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A receiver with faults, and a clock that is moved. */
@Timeout(120)
class WebhookRetryTest {

    private final WebhookStage stage = new WebhookStage();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<String> bodies = new ConcurrentLinkedQueue<>();
    private volatile int otherwise = 200;
    private volatile String refused = "nothing";
    private volatile Runnable meanwhile = () -> {};
    private SocketPeer receiver;
    private WebhookEndpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        receiver = new SocketPeer(line -> {
            var request = line.request();
            bodies.add(request);
            meanwhile.run();
            var next = request.contains(refused) ? Integer.valueOf(500) : answers.poll();
            line.say(SocketPeer.http(next == null ? otherwise : next, "text/plain", "secret-of-the-receiver"));
        });
        endpoint = stage.register(receiver.url());
    }

    @AfterEach
    void close() throws IOException {
        receiver.close();
        stage.close();
    }

    private DeliveryState state(Event event) {
        return stage.delivery(endpoint, event).state();
    }

    private static Duration between(List<Instant> times, int n) {
        return Duration.between(times.get(n - 1), times.get(n));
    }

    @Test
    void aFailureIsPostedAgainAtItsTimes() {
        answers.addAll(List.of(500, 500, 200));
        var event = stage.tell(endpoint, "one");
        stage.pump();
        assertThat(stage.delivery(endpoint, event).due())
                .isEqualTo(stage.clock.instant().plusSeconds(5));

        stage.clock.move(Duration.ofMillis(4999));
        stage.tick();
        assertThat(stage.pump()).isZero();
        stage.clock.move(Duration.ofMillis(1));
        stage.tick();
        assertThat(stage.pump()).isOne();
        stage.clock.move(Duration.ofSeconds(30));
        stage.tick();
        assertThat(stage.pump()).isOne();

        var attempts = stage.attempts(endpoint, event);
        assertThat(attempts).hasSize(3);
        assertThat(between(attempts, 1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(between(attempts, 2)).isEqualTo(Duration.ofSeconds(30));
        assertThat(stage.delivery(endpoint, event).attempts().stream().map(WebhookDelivery.PostAttempt::status))
                .containsExactly(500, 500, 200);
        assertThat(state(event)).isEqualTo(DeliveryState.DELIVERED);
        assertThat(stage.delivery(endpoint, event).body()).isNull();
        assertThat(ids()).containsOnly(event.id());
        assertThat(stage.endpoint(endpoint).health().failures()).isZero();
        stage.pass(Duration.ofMinutes(20));
        assertThat(bodies).hasSize(3);
        assertThat(stage.metrics.sum(Metric.WEBHOOKS_DELIVERED)).isEqualTo(1);
        assertThat(stage.metrics.sum(Metric.WEBHOOKS_RETRIED)).isEqualTo(2);
    }

    /** One event that its receiver never takes, while it takes others. */
    @Test
    void afterTheLastTimeItIsGivenUp() {
        answers.add(500);
        var event = stage.tell(endpoint, "one");
        stage.pump();
        for (var pause : WebhookCourier.PAUSES) {
            stage.tell(endpoint, "other " + pause);
            stage.pump(); // it is well
            answers.add(500);
            stage.clock.move(pause);
            stage.tick();
            assertThat(stage.pump()).isOne();
        }
        var attempts = stage.attempts(endpoint, event);
        assertThat(IntStream.range(1, attempts.size()).mapToObj(n -> between(attempts, n)))
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(14),
                        Duration.ofHours(20),
                        Duration.ofHours(24));
        assertThat(state(event)).isEqualTo(DeliveryState.FAILED);
        assertThat(stage.delivery(endpoint, event).body()).isNotNull();
        assertThat(stage.metrics.sum(Metric.WEBHOOKS_FAILED)).isEqualTo(1);
        stage.pass(Duration.ofMinutes(3));
        assertThat(stage.attempts(endpoint, event)).hasSize(11);
    }

    @Test
    void whoIsGoneIsDisabledAndThatIsTold() {
        answers.add(410);
        var event = stage.tell(endpoint, "one");
        stage.pump();
        assertThat(stage.endpoint(endpoint).health().state()).isEqualTo(EndpointState.DISABLED);
        assertThat(state(event)).isEqualTo(DeliveryState.FAILED);
        assertThat(stage.told).singleElement().satisfies(told -> {
            assertThat(told.type()).isEqualTo(EventType.WEBHOOK_DISABLED);
            assertThat(told.caller()).isEqualTo("shop");
            assertThat(told.data()).containsEntry("webhook_id", endpoint.id()).containsEntry("reason", "gone");
        });
        var later = stage.tell(endpoint, "two");
        stage.pump();
        assertThat(bodies).hasSize(1);
        assertThat(state(later)).isEqualTo(DeliveryState.FAILED);
        assertThat(stage.metrics.sum(Metric.WEBHOOKS_DISABLED)).isEqualTo(1);
    }

    @Test
    void bothSecretsSignForADayAfterARotation() throws Exception {
        var before = endpoint.secrets().current();
        stage.endpoints.change(
                endpoint.caller(),
                endpoint.id(),
                seen -> seen.withSecrets(seen.secrets().rotated(new SecureRandom(), stage.clock.instant())));
        var after = stage.endpoint(endpoint).secrets().current();
        stage.clock.move(Duration.ofHours(24).minusSeconds(1));
        stage.tell(endpoint, "one");
        stage.pump();
        assertThat(signers(bodies.poll(), before, after)).containsExactly(before, after);
        stage.clock.move(Duration.ofSeconds(1));
        stage.tell(endpoint, "two");
        stage.pump();
        assertThat(signers(bodies.poll(), before, after)).containsExactly(after);
    }

    /** The reference library holds the time against its own clock, so the signature is compared with what it signs. */
    private static List<String> signers(String request, String... secrets) throws Exception {
        var body = request.substring(request.indexOf("\r\n\r\n") + 4);
        var id = header(request, "webhook-id");
        var time = Long.parseLong(header(request, "webhook-timestamp"));
        var signatures = List.of(header(request, "webhook-signature").split(" "));
        var found = new ArrayList<String>();
        for (var secret : secrets) {
            if (signatures.contains(new Webhook(secret).sign(id, time, body))) {
                found.add(secret);
            }
        }
        assertThat(signatures).hasSameSizeAs(found);
        return found;
    }

    private static String header(String request, String name) {
        var found = Pattern.compile("\r\n" + name + ": (.*)\r\n").matcher(request);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private List<String> ids() {
        return bodies.stream().map(request -> header(request, "webhook-id")).toList();
    }

    /** Five failures in a row; the rest waits without a call, and all is delivered when the endpoint answers again. */
    @Test
    void whoFailsIsLeftAloneUntilTheyAnswerAgain() {
        otherwise = 500;
        var events = IntStream.range(0, 110) // more than are released at once
                .mapToObj(n -> stage.tell(endpoint, "n" + n))
                .toList();
        stage.pump();
        assertThat(stage.endpoint(endpoint).health().state()).isEqualTo(EndpointState.FAILING);
        assertThat(bodies).hasSize(5);
        stage.pass(Duration.ofMinutes(30));
        assertThat(bodies).hasSizeBetween(7, 9); // a call after 1, 5 and 15 minutes
        assertThat(events).allSatisfy(event -> assertThat(state(event)).isEqualTo(DeliveryState.PARKED));

        otherwise = 200;
        stage.pass(Duration.ofMinutes(31));
        assertThat(events).allSatisfy(event -> assertThat(state(event)).isEqualTo(DeliveryState.DELIVERED));
        assertThat(stage.endpoint(endpoint).health().state()).isEqualTo(EndpointState.ENABLED);
        assertThat(ids().stream().collect(Collectors.groupingBy(id -> id)).keySet())
                .hasSize(110);
        assertThat(stage.deliveries.findRelease(endpoint.id())).isEmpty();
        assertThat(stage.deliveries.parked(endpoint.id(), 10)).isEmpty();
    }

    /** What was found of the last one says nothing of the next. */
    @Test
    void whatIsFreedAnewIsNotEndedForTheLastTime() {
        stage.deliveries.release("shop", endpoint.id());
        var last = stage.deliveries.findRelease(endpoint.id()).orElseThrow();
        stage.clock.move(Duration.ofMinutes(2));
        stage.deliveries.release("shop", endpoint.id());
        var next = stage.deliveries.findRelease(endpoint.id());
        stage.deliveries.postpone(last, stage.clock.instant().plusSeconds(60));
        stage.deliveries.releaseEnds(last);
        assertThat(stage.deliveries.findRelease(endpoint.id())).isEqualTo(next).isPresent();
        stage.deliveries.releaseEnds(next.orElseThrow());
        assertThat(stage.deliveries.findRelease(endpoint.id())).isEmpty();
    }

    /** What tries a failing endpoint is another event each time: one that it never takes does not keep the others. */
    @Test
    void oneEventThatIsRefusedKeepsNoOthers() {
        otherwise = 500;
        var refusedOne = stage.tell(endpoint, "refused");
        IntStream.range(0, 9).forEach(n -> stage.tell(endpoint, "n" + n));
        stage.pump();
        assertThat(stage.endpoint(endpoint).health().state()).isEqualTo(EndpointState.FAILING);

        otherwise = 200;
        refused = refusedOne.id();
        stage.pass(Duration.ofHours(3));
        assertThat(stage.deliveries.newest(endpoint.id(), null, 20))
                .filteredOn(delivery -> delivery.state() == DeliveryState.DELIVERED)
                .hasSize(9);
        assertThat(stage.endpoint(endpoint).health().state()).isEqualTo(EndpointState.ENABLED);
    }

    @Test
    void whoAnswersAgainIsEnabledThoughItsSecretIsRotatedMeanwhile() {
        otherwise = 500;
        var events = IntStream.range(0, 8)
                .mapToObj(n -> stage.tell(endpoint, "n" + n))
                .toList();
        stage.pump();
        otherwise = 200;
        meanwhile = () -> stage.endpoints.change(
                endpoint.caller(),
                endpoint.id(),
                seen -> seen.withSecrets(seen.secrets().rotated(new SecureRandom(), stage.clock.instant())));
        stage.clock.move(Duration.ofMinutes(1));
        stage.tick();
        stage.pump();
        assertThat(stage.endpoint(endpoint).health().state()).isEqualTo(EndpointState.ENABLED);
        meanwhile = () -> {};
        stage.pass(Duration.ofMinutes(2));
        assertThat(events).allSatisfy(event -> assertThat(state(event)).isEqualTo(DeliveryState.DELIVERED));
    }

    @Test
    void whatAnAddressSaysThatWasLeftMeanwhileCountsForNoOther() {
        answers.add(410);
        meanwhile = () -> stage.endpoints.change(
                endpoint.caller(),
                endpoint.id(),
                seen -> WebhookEndpoints.at(seen, receiver.url().resolve("/new").toString()));
        var event = stage.tell(endpoint, "one");
        stage.pump();
        assertThat(stage.endpoint(endpoint).health()).isEqualTo(EndpointHealth.GOOD);
        assertThat(stage.told).isEmpty();
        assertThat(state(event)).isEqualTo(DeliveryState.WAITING);
        meanwhile = () -> {};
        stage.pass(Duration.ofMinutes(1));
        assertThat(state(event)).isEqualTo(DeliveryState.DELIVERED);
        assertThat(bodies).last().asString().startsWith("POST /new ");
    }

    @Test
    void whoFailsForFiveDaysIsDisabled() {
        otherwise = 500;
        IntStream.range(0, 10).forEach(n -> stage.tell(endpoint, "n" + n));
        stage.pump();
        var calls = bodies.size();
        ticks(24, Duration.ofHours(1));
        assertThat(bodies.size() - calls).isBetween(20, 24);
        ticks(15, Duration.ofHours(6));
        ticks(5, Duration.ofHours(1));
        assertThat(stage.endpoint(endpoint).health().state()).isEqualTo(EndpointState.FAILING);
        assertThat(bodies.size() - calls).isBetween(40, 44);
        assertThat(stage.told).isEmpty();
        ticks(3, Duration.ofHours(1));
        assertThat(stage.endpoint(endpoint).health().state()).isEqualTo(EndpointState.DISABLED);
        assertThat(stage.told).singleElement().satisfies(told -> assertThat(told.data())
                .containsEntry("reason", "failing"));
    }

    private void ticks(int count, Duration apart) {
        for (int n = 0; n < count; n++) {
            stage.clock.move(apart);
            stage.tick();
            stage.pump();
        }
    }

    @Test
    void aCrashAfterThePostRepeatsTheSame() {
        var event = stage.event("one");
        var message = QueuedEvent.first(event, endpoint).message(1);
        stage.give(message);
        // the write was lost with the function
        stage.table.apply(Write.delete(Keys.webhookDelivery(endpoint.id(), event.id())));
        stage.give(message);
        assertThat(bodies.stream()
                        .map(request -> request.substring(request.indexOf("\r\n\r\n")))
                        .distinct())
                .hasSize(1);
        assertThat(ids()).containsExactly(event.id(), event.id());
    }

    @Test
    void aRepeatOfAMessagePostsNothing() {
        answers.addAll(List.of(500, 200));
        var event = stage.event("one");
        var message = QueuedEvent.first(event, endpoint).message(1);
        stage.give(message);
        stage.give(message);
        assertThat(bodies).hasSize(1);
        stage.clock.move(Duration.ofSeconds(5));
        stage.tick();
        var again = Objects.requireNonNull(stage.queued.poll());
        stage.give(again);
        stage.give(again);
        stage.give(message);
        assertThat(bodies).hasSize(2);
        assertThat(state(event)).isEqualTo(DeliveryState.DELIVERED);
    }

    /** What two functions post at once is delivered, whichever writes last. */
    @Test
    void aDeliveredEventNeverGoesBack() {
        var event = stage.tell(endpoint, "one");
        stage.pump();
        var stale = WebhookDelivery.first("shop", endpoint.id(), event.id(), event.type(), "{}");
        assertThat(stage.deliveries.put(stale.failed())).isEmpty();
        assertThat(state(event)).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    void anEndpointThatIsNoMoreIsNotCalled() {
        stage.tell(endpoint, "one");
        stage.endpoints.delete("shop", endpoint.id());
        stage.pump();
        assertThat(bodies).isEmpty();
        assertThat(stage.deliveries.newest(endpoint.id(), null, 10)).isEmpty();
    }

    /** Else it would go round for ever between the table and the queue. */
    @Test
    void whatWaitsForAnEndpointThatIsNoMoreIsGivenUp() {
        answers.add(500);
        var event = stage.tell(endpoint, "one");
        stage.pump();
        stage.endpoints.delete("shop", endpoint.id());
        stage.pass(Duration.ofMinutes(1));
        assertThat(state(event)).isEqualTo(DeliveryState.FAILED);
        assertThat(stage.delivery(endpoint, event).due()).isNull();
        assertThat(stage.delivery(endpoint, event).body()).isNull();
        assertThat(bodies).hasSize(1);
    }

    /** A lost message is only late: what is in the queue is due again. */
    @Test
    void aMessageThatIsLostComesAgain() {
        answers.add(500);
        var event = stage.tell(endpoint, "one");
        stage.pump();
        stage.clock.move(Duration.ofSeconds(5));
        stage.tick();
        stage.queued.clear();
        stage.pass(Duration.ofMinutes(16));
        assertThat(state(event)).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    void aQueueThatIsDownKeepsWhatIsDue() {
        answers.add(500);
        var event = stage.tell(endpoint, "one");
        stage.pump();
        stage.queueIsDown = true;
        stage.pass(Duration.ofMinutes(3));
        stage.queueIsDown = false;
        stage.pass(Duration.ofMinutes(1));
        assertThat(state(event)).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    void whatIsNoMessageOfOursStaysInTheQueue() {
        try (var log = LogLines.of("hoopoe")) {
            assertThat(stage.give(new QueueMessage("{\"body\":\"+886912345678", null)))
                    .hasSize(1);
            assertThat(stage.give(new QueueMessage("", null))).hasSize(1);
            assertThat(stage.give(new QueueMessage("{}", null))).hasSize(1);
            assertThat(log.all()).hasSize(3).noneMatch(line -> line.contains("886912345678"));
        }
        assertThat(stage.metrics.sum(Metric.INTERNAL_ERRORS)).isEqualTo(3);
    }

    @Test
    void nothingIsCalledThatTheAddressPolicyRefuses() {
        var inside = stage.register(URI.create("https://10.0.0.1/"));
        var event = stage.tell(inside, "one");
        stage.pump();
        assertThat(stage.delivery(inside, event).attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.error()).isEqualTo("address"));
        assertThat(stage.delivery(inside, event).state()).isEqualTo(DeliveryState.WAITING);
    }

    @Test
    void nothingOfTheReceiverAndNothingSecretIsLogged() {
        otherwise = 500;
        try (var log = LogLines.of("hoopoe")) {
            stage.tell(endpoint, "one");
            stage.pump();
            assertThat(log.all()).isNotEmpty().allSatisfy(line -> assertThat(line)
                    .doesNotContain("secret-of-the-receiver", "whsec_", "127.0.0.1", "message_id"));
        }
    }

    @Test
    void deliveriesAreReadInTheOrderOfTime() {
        var events = new ArrayList<String>();
        for (int n = 0; n < 5; n++) {
            stage.clock.move(Duration.ofMillis(1));
            events.add(stage.tell(endpoint, "n" + n).id());
        }
        stage.pump();
        assertThat(stage.deliveries.oldest(endpoint.id(), events.get(1), 3))
                .extracting(WebhookDelivery::event)
                .containsExactlyElementsOf(events.subList(1, 4));
        assertThat(stage.deliveries.newest(endpoint.id(), null, 2))
                .extracting(WebhookDelivery::event)
                .containsExactly(events.get(4), events.get(3));
        assertThat(stage.deliveries.newest(endpoint.id(), events.get(3), 9))
                .extracting(WebhookDelivery::event)
                .containsExactly(events.get(2), events.get(1), events.get(0));
    }
}
