package hoopoe.observability;

import hoopoe.config.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;

/**
 * Collects the metrics of one invocation and writes them at its end: a line per account, and one more for each code of failed
 * messages and for each {@value EmbeddedMetric#MOST} measured values. A metric is counted after the write that it describes: a
 * process that dies in between, or before the end of its invocation, counts too little, and nothing is counted twice.
 */
@ApplicationScoped
public class Metrics {

    private final Clock clock;
    private final String namespace;
    private final String function;
    private final Consumer<String> out;
    private final Map<MetricDimensions, Map<Metric, List<BigDecimal>>> collected = new TreeMap<>();

    @Inject
    Metrics(Clock clock, Config config) {
        this(
                clock,
                Setting.METRICS_NAMESPACE.text(config).orElseThrow(),
                config.getOptionalValue("quarkus.funqy.export", String.class).orElse(""),
                Metrics::print);
    }

    /** @param out receives the lines */
    public Metrics(Clock clock, String namespace, String function, Consumer<String> out) {
        this.clock = clock;
        this.namespace = namespace;
        this.function = function;
        this.out = out;
    }

    public void count(Metric metric, String account, int more) {
        if (more > 0) {
            add(MetricDimensions.of(account), metric, BigDecimal.valueOf(more));
        }
    }

    /** @param code as the provider wrote it, or ours; a text that does not look like a code is counted as {@code other} */
    public void failed(String account, String code, int more) {
        if (more > 0) {
            add(MetricDimensions.of(account, code), Metric.MESSAGES_FAILED, BigDecimal.valueOf(more));
        }
    }

    /** Counts what became of one attempt, or of an endpoint. @param endpoint its id */
    public void webhook(Metric metric, String endpoint) {
        add(MetricDimensions.ofEndpoint(endpoint), metric, BigDecimal.ONE);
    }

    public void credit(String account, BigDecimal points) {
        add(MetricDimensions.of(account), Metric.CREDIT, points);
    }

    /** @param age in whole seconds; never negative, even where clocks disagree */
    public void latency(String account, Duration age) {
        add(MetricDimensions.of(account), Metric.REPORT_LATENCY, seconds(age));
    }

    public void lag(Duration age) {
        add(MetricDimensions.ALL, Metric.DUE_LAG, seconds(age));
    }

    /** How old the oldest change of an invocation of {@code publish} was when its events were told. */
    public void published(Duration age) {
        add(MetricDimensions.ALL, Metric.PUBLISH_LAG, seconds(age));
    }

    /** Counts our failures that were caught and not rethrown. */
    public void internal(int failures) {
        if (failures > 0) {
            add(MetricDimensions.ALL, Metric.INTERNAL_ERRORS, BigDecimal.valueOf(failures));
        }
    }

    /** Writes the collected metrics; called at the end of every invocation, however it ended. */
    public synchronized void flush() {
        collected.forEach(this::write);
        collected.clear();
    }

    private synchronized void add(MetricDimensions metricDimensions, Metric metric, BigDecimal value) {
        var values = collected
                .computeIfAbsent(metricDimensions, unknown -> new EnumMap<>(Metric.class))
                .computeIfAbsent(metric, unknown -> new ArrayList<>());
        if (metric.isCounted() && !values.isEmpty()) {
            values.set(0, values.get(0).add(value));
        } else {
            values.add(value);
        }
    }

    private void write(MetricDimensions metricDimensions, Map<Metric, List<BigDecimal>> values) {
        var left = values;
        while (!left.isEmpty()) {
            out.accept(new EmbeddedMetric(namespace, metricDimensions, part(left, 0), clock.instant(), marks()).text());
            left = part(left, EmbeddedMetric.MOST);
        }
    }

    /** The values of each metric from {@code begin}, as many as fit on a line. */
    private static Map<Metric, List<BigDecimal>> part(Map<Metric, List<BigDecimal>> values, int begin) {
        var part = new EnumMap<Metric, List<BigDecimal>>(Metric.class);
        values.forEach((metric, all) -> {
            var end = begin == 0 ? Math.min(all.size(), EmbeddedMetric.MOST) : all.size();
            if (begin < end) {
                part.put(metric, all.subList(begin, end));
            }
        });
        return part;
    }

    private Map<String, String> marks() {
        var marks = new LinkedHashMap<String, String>();
        if (!function.isEmpty()) {
            marks.put("function", function);
        }
        var correlation = LogContext.correlation();
        if (correlation != null) {
            marks.put("correlation_id", correlation);
        }
        return marks;
    }

    private static BigDecimal seconds(Duration age) {
        return BigDecimal.valueOf(Math.max(0, age.toSeconds()));
    }

    /** Prints in one call, so that no log line is mixed in. */
    private static void print(String line) {
        System.out.print(line + '\n');
        System.out.flush();
    }
}
