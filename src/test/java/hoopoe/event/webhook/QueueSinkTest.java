package hoopoe.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.account.Accounts;
import hoopoe.aws.BatchCalls.BatchResult;
import hoopoe.aws.SqsQueue.QueueMessage;
import hoopoe.config.Timeouts;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.event.WebhookEndpoint;
import hoopoe.platform.Json;
import hoopoe.testing.WebhookEndpoints;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSinkTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Accounts ACCOUNTS = new Accounts(new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(
                    Map.of(
                            "hoopoe.accounts.main.provider",
                            "every8d",
                            "hoopoe.accounts.main.url",
                            "https://a.example/"),
                    "test",
                    100))
            .build());

    private static final Timeouts TIMEOUTS = new Timeouts(new SmallRyeConfigBuilder().build());

    private final WebhookStage stage = new WebhookStage();
    private final List<QueuedEvent> sent = new ArrayList<>();
    private int refusals;
    private final QueueSink sink = new QueueSink(
            new WebhookQueue(Optional.of(this::send), WebhookStage.CALLS),
            stage.endpoints,
            ACCOUNTS,
            TIMEOUTS,
            stage.clock);

    @AfterEach
    void close() {
        stage.close();
    }

    private BatchResult<QueueMessage> send(List<QueueMessage> messages, Duration limit) {
        var owed = messages.subList(0, Math.min(refusals, messages.size()));
        var taken = messages.subList(owed.size(), messages.size());
        taken.forEach(message -> sent.add(Json.read(message.body(), QueuedEvent.class)));
        return new BatchResult<>(taken, owed, Optional.of("code").filter(code -> !owed.isEmpty()));
    }

    private WebhookEndpoint register(String caller, Set<String> types, boolean content) {
        var made = WebhookEndpoints.of(caller, "https://example.com/" + types + content);
        var endpoint = new WebhookEndpoint(
                made.caller(),
                made.id(),
                URI.create("https://example.com/" + made.id()).toString(),
                types,
                Set.of(),
                content,
                null,
                made.secrets(),
                made.health(),
                made.createdAt(),
                0);
        stage.endpoints.add(endpoint);
        return endpoint;
    }

    private Event event(@Nullable String caller, EventType type) {
        var now = stage.clock.instant();
        return new Event(
                Event.id(now, caller + type),
                type,
                now,
                caller,
                "main",
                Map.of("a", 1),
                Map.of("number", "+886912345678"));
    }

    @Test
    void eachEndpointThatTakesAnEventHasAMessage() {
        var all = register("shop", Set.of(), false);
        var some = register("shop", Set.of("message.failed"), true);
        register("other", Set.of(), false);
        var delivered = event("shop", EventType.MESSAGE_DELIVERED);
        var failed = event("shop", EventType.MESSAGE_FAILED);
        var result = sink.give(List.of(delivered, failed), true, LIMIT);
        assertThat(result.taken()).containsExactly(delivered, failed);
        assertThat(sent)
                .extracting(message -> message.event().id() + message.endpoint())
                .containsExactlyInAnyOrder(delivered.id() + all.id(), failed.id() + all.id(), failed.id() + some.id());
        assertThat(sent).allSatisfy(message -> assertThat(message.body().contains("+886912345678"))
                .isEqualTo(message.endpoint().equals(some.id())));
    }

    @Test
    void anEventIsOwedWhileOneOfItsMessagesIsNotTaken() {
        register("shop", Set.of(), false);
        register("shop", Set.of("message.failed"), false);
        var failed = event("shop", EventType.MESSAGE_FAILED);
        var delivered = event("shop", EventType.MESSAGE_DELIVERED);
        refusals = 1;
        var result = sink.give(List.of(failed, delivered), false, LIMIT);
        assertThat(result.owed()).containsExactly(failed);
        assertThat(result.taken()).containsExactly(delivered);
        assertThat(result.code()).hasValue("code");
    }

    /** So five that never answer are needed to hold all functions. */
    @ParameterizedTest
    @CsvSource({"2, 1", "5, 1", "20, 4", "200, 40", "1000, 200"})
    void anEndpointHasAFifthOfTheFunctions(int functions, int groups) {
        var endpoint = register("shop", Set.of(), false);
        var seen = new HashSet<String>();
        var queue = new WebhookQueue(
                Optional.of((messages, limit) -> {
                    messages.forEach(message -> seen.add(message.group()));
                    return new BatchResult<>(messages, List.of(), Optional.empty());
                }),
                functions);
        var events = IntStream.range(0, groups * 12)
                .mapToObj(n -> QueuedEvent.first(stage.event("n" + n), endpoint))
                .toList();
        assertThat(queue.send(events, LIMIT).taken()).isEqualTo(events);
        assertThat(seen).hasSize(groups).allMatch(group -> group.startsWith(endpoint.id()));
    }

    /** Of an account that is no simulator, to callers with live keys only. */
    @Test
    void anEventOfAnAccountIsForAllWhoReachIt() {
        var live = register("shop", Set.of(), false);
        register("test:shop", Set.of(), false);
        sink.give(List.of(event(null, EventType.ACCOUNT_BLOCKED)), false, LIMIT);
        assertThat(sent).extracting(QueuedEvent::endpoint).containsExactly(live.id());
    }

    @Test
    void aFirstRegistrationIsSeenWithinAMinute() {
        assertThat(sink.listens("shop")).isFalse();
        assertThat(sink.listens(null)).isFalse();
        register("shop", Set.of(), false);
        assertThat(sink.listens("shop")).isFalse();
        stage.clock.move(Duration.ofMinutes(1));
        assertThat(sink.listens("shop")).isTrue();
        assertThat(sink.listens(null)).isTrue();
        assertThat(sink.listens("other")).isFalse();
    }

    @Test
    void withoutAQueueNobodyListensAndNothingIsOwed() {
        register("shop", Set.of(), false);
        var off = new QueueSink(
                new WebhookQueue(Optional.empty(), WebhookStage.CALLS),
                stage.endpoints,
                ACCOUNTS,
                TIMEOUTS,
                stage.clock);
        var event = event("shop", EventType.MESSAGE_FAILED);
        assertThat(off.listens("shop")).isFalse();
        assertThat(off.give(List.of(event), false, LIMIT).taken()).containsExactly(event);
        assertThat(sent).isEmpty();
    }
}
