package hoopoe.local.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.template.StreamDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class StreamPumpTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalDynamo dynamo = LocalDynamo.shared();
    private final String table = dynamo.createTable();
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private @Nullable StreamPump pump;

    @AfterEach
    void close() {
        if (pump != null) {
            pump.close();
        }
    }

    @Test
    void deliversWhatTheFilterLetsThroughAsLambdaWritesIt() throws Exception {
        var filter =
                JSON.readTree("{\"eventName\":[\"INSERT\"],\"dynamodb\":{\"NewImage\":{\"kind\":{\"S\":[\"A\"]}}}}");
        var mapping =
                new StreamDefinition(List.of(filter), 10, Duration.ZERO, 2, 0, Duration.ofMinutes(1), true, false);
        put("before", "A");

        pump = StreamPump.start(dynamo, table, mapping, this::take, record -> {}, Clock.systemUTC());

        assertThat(next()).isEqualTo("before");
        put("other", "B");
        put("after", "A");
        put("after", "A"); // a change, no insert
        assertThat(next()).isEqualTo("after");
        put("last", "A");
        var record = events.poll(20, TimeUnit.SECONDS).at("/Records/0");

        assertThat(record.path("eventSource").asText()).isEqualTo("aws:dynamodb");
        assertThat(record.at("/dynamodb/Keys"))
                .isEqualTo(JSON.readTree("{\"pk\":{\"S\":\"last\"},\"sk\":{\"S\":\"s\"}}"));
        assertThat(record.at("/dynamodb/NewImage")).isEqualTo(JSON.readTree("""
                        {"pk":{"S":"last"},"sk":{"S":"s"},"kind":{"S":"A"},"n":{"N":"1"},"b":{"B":"AQ=="},
                         "bool":{"BOOL":true},"nul":{"NULL":true},"l":{"L":[{"S":"x"}]},"m":{"M":{"y":{"N":"2"}}},
                         "ns":{"NS":["3"]}}
                        """));
        assertThat(record.at("/dynamodb/SequenceNumber").asText()).isNotEmpty();
    }

    /** An hour, which the third of three does not wait for. */
    @Test
    void aBatchIsFilledForAWhile() throws Exception {
        var mapping = new StreamDefinition(List.of(), 3, Duration.ofHours(1), 1, 0, Duration.ofMinutes(1), true, false);
        pump = StreamPump.start(dynamo, table, mapping, this::take, record -> {}, Clock.systemUTC());
        for (var key : List.of("one", "two", "three")) {
            assertThat(events).isEmpty();
            put(key, "A");
        }
        assertThat(events.poll(20, TimeUnit.SECONDS).path("Records")).hasSize(3);
    }

    /** One that never comes does not hold up what is there. */
    @Test
    void aBatchThatIsNotFullIsDeliveredAfterItsWindow() throws Exception {
        var mapping =
                new StreamDefinition(List.of(), 3, Duration.ofMillis(300), 1, 0, Duration.ofMinutes(1), true, false);
        put("one", "A");
        pump = StreamPump.start(dynamo, table, mapping, this::take, record -> {}, Clock.systemUTC());
        assertThat(next()).isEqualTo("one");
    }

    private Optional<byte[]> take(byte[] event) {
        try {
            events.add(JSON.readTree(event));
            return Optional.of(new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String next() throws InterruptedException {
        return events.poll(20, TimeUnit.SECONDS)
                .at("/Records/0/dynamodb/Keys/pk/S")
                .asText();
    }

    private void put(String key, String kind) {
        var item = Map.ofEntries(
                Map.entry("pk", AttributeValue.fromS(key)),
                Map.entry("sk", AttributeValue.fromS("s")),
                Map.entry("kind", AttributeValue.fromS(kind)),
                Map.entry("n", AttributeValue.fromN("1")),
                Map.entry("b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1}))),
                Map.entry("bool", AttributeValue.fromBool(true)),
                Map.entry("nul", AttributeValue.fromNul(true)),
                Map.entry("l", AttributeValue.fromL(List.of(AttributeValue.fromS("x")))),
                Map.entry("m", AttributeValue.fromM(Map.of("y", AttributeValue.fromN("2")))),
                Map.entry("ns", AttributeValue.fromNs(List.of("3"))));
        dynamo.client().putItem(put -> put.tableName(table).item(item));
    }
}
