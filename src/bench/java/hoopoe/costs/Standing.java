package hoopoe.costs;

import hoopoe.observability.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a month costs because things are there, without a message and without what a tick does: read off the templates. */
final class Standing {

    static final double MINUTES = 730 * 60;

    /** A secret is asked for again after five minutes, by each function that has to do with providers. */
    private static final double SECRET_CALLS = 5 * MINUTES / 5;

    /** Lambda asks an empty queue with five calls at a time, of 20 s each: assumed. */
    private static final double QUEUE_CALLS = 5 * 3 * MINUTES;

    private static final Pattern ALARM = Pattern.compile("Type: AWS::CloudWatch::Alarm\\b");
    private static final Pattern FILTER = Pattern.compile("Type: AWS::Logs::MetricFilter\\b");
    private static final Pattern METRIC = Pattern.compile("\\bMetricStat:");

    private Standing() {}

    static Usage usage() throws IOException {
        return Usage.of("ticks", MINUTES)
                .plus(Usage.of("secret-months", 2))
                .plus(Usage.of("secret calls", SECRET_CALLS))
                .plus(Usage.of("queue calls", QUEUE_CALLS))
                .plus(Usage.of("metric-months", metrics()))
                .plus(Usage.of("alarm-months", alarms()))
                .plus(Usage.of("dashboard-months", 1));
    }

    /** Those that functions tell, and those that are counted off logs. */
    private static long metrics() throws IOException {
        var told = Arrays.stream(Metric.values())
                .mapToInt(metric -> metric.dimensions().size())
                .sum();
        return told + FILTER.matcher(read("alarms.yaml")).results().count();
    }

    private static long alarms() throws IOException {
        return charged(read("alarms.yaml")) + charged(read("rollback.yaml"));
    }

    private static String read(String template) throws IOException {
        return Files.readString(Path.of("infra", template));
    }

    /** "Amazon CloudWatch Pricing": an alarm on a metric is one, one on an expression as many as the expression has metrics. */
    static long charged(String template) {
        return Stream.of(ALARM.split(template))
                .skip(1)
                .mapToLong(alarm -> Math.max(1, METRIC.matcher(alarm).results().count()))
                .sum();
    }
}
