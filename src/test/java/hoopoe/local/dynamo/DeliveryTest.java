package hoopoe.local.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.template.StreamDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<List<String>> calls = new ArrayList<>();
    private final List<String> givenUp = new ArrayList<>();

    @Test
    void aBatchThatSucceedsIsDeliveredOnce() throws Exception {
        deliver(3, true, call -> Optional.of(""));

        assertThat(calls).containsExactly(List.of("0", "1", "2"));
        assertThat(givenUp).isEmpty();
    }

    @Test
    void itIsTriedAgainFromTheFirstThatFailed() throws Exception {
        deliver(4, true, call -> Optional.of(calls.size() == 1 ? failures("3", "2") : "{\"batchItemFailures\":[]}"));

        assertThat(calls).containsExactly(List.of("0", "1", "2", "3"), List.of("2", "3"));
    }

    @Test
    void anUnknownNameFailsTheWholeBatch() throws Exception {
        deliver(2, false, call -> Optional.of(calls.size() == 1 ? failures("1", "other") : "null"));

        assertThat(calls).containsExactly(List.of("0", "1"), List.of("0", "1"));
    }

    @Test
    void aBatchThatFailedIsHalvedUntilOnlyThePoisonIsGivenUp() throws Exception {
        deliver(4, true, call -> call.contains("2") ? Optional.empty() : Optional.of(""));

        assertThat(calls)
                .startsWith(List.of("0", "1", "2", "3"), List.of("0", "1"), List.of("2", "3"), List.of("2"))
                .endsWith(List.of("3"));
        assertThat(calls.stream().filter(List.of("2")::equals)).hasSize(2);
        assertThat(givenUp).containsExactly("2");
    }

    @Test
    void withoutHalvingTheWholeBatchIsGivenUpAfterItsRetries() throws Exception {
        deliver(2, false, call -> Optional.empty());

        assertThat(calls).hasSize(2);
        assertThat(givenUp).containsExactly("0", "1");
    }

    @Test
    void whatIsTooOldIsNotTriedAgain() throws Exception {
        var old = record("old", NOW.minusSeconds(601));

        delivery(false, call -> Optional.empty()).deliver(List.of(old));

        assertThat(calls).hasSize(1);
        assertThat(givenUp).containsExactly("old");
    }

    private void deliver(int records, boolean bisect, Function<List<String>, Optional<String>> function)
            throws InterruptedException {
        delivery(bisect, function)
                .deliver(IntStream.range(0, records)
                        .mapToObj(i -> record(Integer.toString(i), NOW))
                        .toList());
    }

    private Delivery delivery(boolean bisect, Function<List<String>, Optional<String>> function) {
        var mapping = new StreamDefinition(List.of(), 10, Duration.ZERO, 1, 1, Duration.ofSeconds(600), true, bisect);
        return new Delivery(
                mapping,
                event -> {
                    calls.add(sequences(event));
                    return function.apply(calls.get(calls.size() - 1))
                            .map(answer -> answer.getBytes(StandardCharsets.UTF_8));
                },
                record -> givenUp.add(record.sequence()),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static StreamRecord record(String sequence, Instant created) {
        var json = JSON.createObjectNode();
        json.putObject("dynamodb").put("SequenceNumber", sequence);
        return new StreamRecord(sequence, created, "key", json);
    }

    private static String failures(String... sequences) {
        var answer = JSON.createObjectNode();
        var failures = answer.putArray("batchItemFailures");
        for (var sequence : sequences) {
            failures.addObject().put("itemIdentifier", sequence);
        }
        return answer.toString();
    }

    private static List<String> sequences(byte[] event) {
        try {
            return JSON.readTree(event).findValuesAsText("SequenceNumber");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
