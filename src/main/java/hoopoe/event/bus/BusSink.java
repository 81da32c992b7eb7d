package hoopoe.event.bus;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.aws.AwsApi;
import hoopoe.aws.AwsJsonClient;
import hoopoe.aws.BatchCalls;
import hoopoe.aws.BatchOperation;
import hoopoe.config.Setting;
import hoopoe.event.Event;
import hoopoe.event.EventSink;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The bus of {@link Setting#EVENTS_BUS}. An event's type is the detail type of its entry, its payload the detail; the source is always
 * {@code hoopoe}.
 */
@ApplicationScoped
public class BusSink implements EventSink {

    private static final String SOURCE = "hoopoe";

    /** What an entry counts for its time (EventBridge User Guide, "Calculating PutEvents event entry size"). */
    private static final int TIME_BYTES = 14;

    private final Optional<BatchCalls<BusEntry>> calls;

    @Inject
    BusSink(Config config) {
        this(Setting.EVENTS_BUS.text(config), () -> client(config));
    }

    /** @param client is made where there is a bus */
    BusSink(Optional<String> bus, Supplier<AwsJsonClient> client) {
        calls = bus.map(name -> new BatchCalls<>(client.get(), new PutEvents(name)));
    }

    private static AwsJsonClient client(Config config) {
        var endpoint = Setting.EVENTS_ENDPOINT.text(config).map(URI::create).orElse(null);
        return AwsJsonClient.of(AwsApi.EVENT_BRIDGE, endpoint, config);
    }

    @Override
    public String name() {
        return "bus";
    }

    /** Where there is a bus, to all. */
    @Override
    public boolean listens(@Nullable String caller) {
        return calls.isPresent();
    }

    /** Where there is no bus (any more), nobody takes events there, and none is owed. */
    @Override
    public SinkResult give(List<Event> events, boolean withContent, Duration limit) {
        if (calls.isEmpty()) {
            return SinkResult.all(events);
        }
        var entries = events.stream()
                .map(event -> new BusEntry(event, event.body(withContent)))
                .toList();
        var result = calls.get().give(entries, limit);
        return new SinkResult(events(result.taken()), events(result.owed()), result.code());
    }

    private static List<Event> events(List<BusEntry> entries) {
        return entries.stream().map(BusEntry::event).toList();
    }

    private record BusEntry(Event event, String detail) {}

    private record PutEvents(String bus) implements BatchOperation<BusEntry> {

        @Override
        public String name() {
            return "PutEvents";
        }

        @Override
        public int size(BusEntry entry) {
            return TIME_BYTES
                    + SOURCE.length()
                    + entry.event().type().label().length()
                    + entry.detail().getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public Map<String, ?> request(List<BusEntry> entries) {
            return Map.of("Entries", entries.stream().map(this::entry).toList());
        }

        /** The time is in seconds, as times are in AWS' JSON; EventBridge keeps whole ones. */
        private Map<String, ?> entry(BusEntry entry) {
            return Map.of(
                    "EventBusName",
                    bus,
                    "Source",
                    SOURCE,
                    "DetailType",
                    entry.event().type().label(),
                    "Detail",
                    entry.detail(),
                    "Time",
                    entry.event().timestamp().getEpochSecond());
        }

        @Override
        public boolean isTaken(JsonNode answer, int n) {
            return answer.path("Entries").path(n).path("EventId").isTextual();
        }

        @Override
        public String code(JsonNode answer, int n) {
            return answer.path("Entries").path(n).path("ErrorCode").asText();
        }
    }
}
