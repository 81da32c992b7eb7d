package hoopoe.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hoopoe.testing.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Figures that need no measurement, on both pages that have them. {@code mvn -Pcosts} writes {@code costs.md} anew. */
class StandingTest {

    private static final int MONTH = 4;

    private final Map<String, List<Double>> page = page();

    @Test
    void anAlarmIsChargedForEachOfItsMetrics() {
        assertThat(Standing.charged("""
                  One: { Type: AWS::CloudWatch::Alarm, Properties: { MetricName: Errors } }
                  Two:
                    Type: AWS::CloudWatch::Alarm
                    Properties:
                      Metrics:
                        - { Id: sum, Expression: SUM(METRICS()) }
                        - { Id: a, MetricStat: { Metric: { MetricName: Errors } } }
                        - { Id: b, MetricStat: { Metric: { MetricName: Errors } } }
                """)).isEqualTo(3);
        assertThat(Standing.charged("Type: AWS::CloudWatch::Dashboard")).isZero();
    }

    @Test
    void theAlarmThatTakesBackLooksAtEveryFunction() throws Exception {
        assertThat(Standing.charged(Files.readString(Path.of("infra", "rollback.yaml"))))
                .isGreaterThanOrEqualTo(9);
    }

    @Test
    void thePageHasWhatTheTemplatesHave() throws Exception {
        var standing = Standing.usage();
        for (var price : Price.all()) {
            if (standing.amounts().containsKey(price.key())) {
                assertThat(page.get(price.key()).get(MONTH))
                        .as(price.key())
                        .isCloseTo(price.of(standing), within(0.005 + 1e-9));
            }
        }
    }

    @Test
    void itsSumsAreSums() throws Exception {
        var keys = Price.all().stream()
                .map(price -> price.key().equals("log GB") ? "log GB (below: bytes)" : price.key())
                .toList();
        for (int column = 0; column <= MONTH; column++) {
            int at = column;
            assertThat(page.get("**together**").get(column))
                    .isCloseTo(
                            keys.stream()
                                    .mapToDouble(key -> page.get(key).get(at))
                                    .sum(),
                            within(0.005 * (keys.size() + 1)));
        }
    }

    @Test
    void operationsSayTheSame() {
        var together = page.get("**together**");
        var watching = Stream.of("metric-months", "alarm-months", "dashboard-months")
                .mapToDouble(key -> page.get(key).get(MONTH))
                .sum();

        Document.of(Path.of("src", "site", "operations.md"))
                .holds(
                        "costs",
                        ("a million messages one a call, with a callback each, some %.0f USD; 1,000 a call some %.0f; a month without any some %.0f,"
                                        + " of which metrics, alarms and dashboard are %.1f.")
                                .formatted(together.get(0), together.get(2), together.get(MONTH), watching));
    }

    /** The first table's rows by their names. */
    private static Map<String, List<Double>> page() {
        var rows = new LinkedHashMap<String, List<Double>>();
        for (var line : lines()) {
            var cells = line.split(" *\\| *");
            if (cells.length == MONTH + 3 && cells[2].matches("\\W*\\d+\\.\\d\\d\\W*")) {
                rows.putIfAbsent(
                        cells[1],
                        Stream.of(cells)
                                .skip(2)
                                .map(cell -> cell.replace("*", ""))
                                .map(Double::valueOf)
                                .toList());
            }
        }
        return rows;
    }

    private static List<String> lines() {
        try {
            return Files.readString(Path.of("src", "site", "costs.md"))
                    .lines()
                    .takeWhile(line -> !line.startsWith("What was counted"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
