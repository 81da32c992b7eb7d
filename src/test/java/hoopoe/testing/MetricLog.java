package hoopoe.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.observability.Metric;
import hoopoe.observability.Metrics;
import hoopoe.provider.Providers;
import hoopoe.provider.SmsProvider;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What metrics would tell CloudWatch. */
public final class MetricLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final Metrics metrics;

    public MetricLog(Clock clock) {
        metrics = new Metrics(clock, "Hoopoe/test", "test", lines::add);
    }

    /** For what is not about them. */
    public static Metrics ignored() {
        return new MetricLog(Clock.systemUTC()).metrics;
    }

    /** An adapter as the application calls it. */
    public static Providers watching(SmsProvider adapter) {
        return new Providers(Stream.of(adapter), ignored());
    }

    public Metrics metrics() {
        return metrics;
    }

    /** All lines so far, those of what was collected last included. */
    public List<JsonNode> lines() {
        metrics.flush();
        return lines.stream().map(MetricLog::read).toList();
    }

    /** Every value told of a metric, of all accounts. */
    public List<Double> values(Metric metric) {
        return values(lines().stream(), metric);
    }

    public double sum(Metric metric) {
        return values(metric).stream().mapToDouble(Double::doubleValue).sum();
    }

    public double failed(String code) {
        var lines =
                lines().stream().filter(line -> line.path(Metric.CODE).asText().equals(code));
        return values(lines, Metric.MESSAGES_FAILED).stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private static List<Double> values(Stream<JsonNode> lines, Metric metric) {
        return lines.map(line -> line.get(metric.label()))
                .filter(Objects::nonNull)
                .flatMap(value -> value.isArray() ? StreamSupport.stream(value.spliterator(), false) : Stream.of(value))
                .map(JsonNode::asDouble)
                .toList();
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
