package hoopoe.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetricsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> lines = new ArrayList<>();
    private final Metrics metrics = new Metrics(Clock.fixed(NOW, ZoneOffset.UTC), "Hoopoe/prod", "send", lines::add);

    @Test
    void whatHappenedToAnAccountIsOneLine() {
        metrics.count(Metric.MESSAGES_ACCEPTED, "every8d", 2);
        metrics.count(Metric.MESSAGES_SUBMITTED, "every8d", 1);
        metrics.count(Metric.MESSAGES_SUBMITTED, "every8d", 1);

        LogContext.of("request-1").follow(metrics::flush);

        assertThat(lines)
                .containsExactly(
                        "{\"_aws\":{\"Timestamp\":1772337600000,\"CloudWatchMetrics\":[{\"Namespace\":\"Hoopoe/prod\","
                                + "\"Dimensions\":[[],[\"Account\"]],\"Metrics\":[{\"Name\":\"MessagesAccepted\",\"Unit\":\"Count\"},"
                                + "{\"Name\":\"MessagesSubmitted\",\"Unit\":\"Count\"}]}]},\"Account\":\"every8d\","
                                + "\"MessagesAccepted\":2,\"MessagesSubmitted\":2,\"function\":\"send\","
                                + "\"correlation_id\":\"request-1\"}");
    }

    @Test
    void whatWasWrittenIsNotWrittenAgain() {
        metrics.count(Metric.MESSAGES_ACCEPTED, "every8d", 2);
        metrics.flush();
        metrics.flush();

        assertThat(lines).hasSize(1);
    }

    @Test
    void nothingHappenedIsNoLine() {
        metrics.count(Metric.MESSAGES_SUBMITTED, "every8d", 0);
        metrics.failed("every8d", "101", 0);
        metrics.flush();

        assertThat(lines).isEmpty();
    }

    @Test
    void everyAccountAndEveryCodeHasALineOfItsOwn() throws Exception {
        metrics.failed("b", "101", 2);
        metrics.failed("a", "101", 1);
        metrics.failed("b", "103", 1);
        metrics.failed("b", "101", 1);
        metrics.credit("b", new BigDecimal("12.50"));
        metrics.flush();

        assertThat(written())
                .extracting(
                        line -> line.path("Account").asText(),
                        line -> line.path("Code").asText(),
                        line -> line.path("MessagesFailed").asInt(),
                        line -> line.path("Credit").asDouble())
                .containsExactly(
                        tuple("a", "101", 1, 0.0),
                        tuple("b", "", 0, 12.5),
                        tuple("b", "101", 3, 0.0),
                        tuple("b", "103", 1, 0.0));
    }

    @Test
    void aLineHasAHundredValuesAtMostAndNoneIsLost() throws Exception {
        IntStream.range(0, 250).forEach(n -> metrics.latency("a", Duration.ofSeconds(n)));
        metrics.count(Metric.MESSAGES_DELIVERED, "a", 250);
        metrics.flush();

        var written = written();
        assertThat(written)
                .extracting(line -> line.path("ReportLatency").size())
                .containsExactly(100, 100, 50);
        assertThat(written.stream()
                        .flatMap(line ->
                                StreamSupport.stream(line.path("ReportLatency").spliterator(), false))
                        .mapToInt(JsonNode::asInt))
                .containsExactly(IntStream.range(0, 250).boxed().toArray(Integer[]::new));
        assertThat(written)
                .extracting(line -> line.path("MessagesDelivered").asInt())
                .containsExactly(250, 0, 0);
    }

    /** An alarm on all of them needs one sum, whosever they are. */
    @Test
    void ourOwnFailuresAreOneSumBesideTheLag() throws Exception {
        metrics.internal(0);
        metrics.internal(1);
        metrics.internal(2);
        metrics.lag(Duration.ZERO);
        metrics.flush();

        assertThat(written()).singleElement().satisfies(line -> {
            assertThat(line.path("InternalErrors").asInt()).isEqualTo(3);
            assertThat(line.path("DueLag").asInt()).isZero();
            assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString())
                    .isEqualTo("[[]]");
        });
    }

    @Test
    void aClockThatIsBehindMakesNoNegativeAge() throws Exception {
        metrics.latency("a", Duration.ofSeconds(-3));
        metrics.lag(Duration.ofSeconds(75));
        metrics.flush();

        var written = written();
        assertThat(written).hasSize(2);
        assertThat(written.get(0).path("DueLag").asInt()).isEqualTo(75);
        assertThat(written.get(0).has("Account")).isFalse();
        assertThat(written.get(1).path("ReportLatency").isInt()).isTrue();
        assertThat(written.get(1).path("ReportLatency").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "101,101",
        "-5,-5",
        "http_500,http_500",
        "'',none",
        "+886912345678,other",
        "0912345678,other",
        "a b,other",
        "abcdefghijklmnopqrstuvwxyz,other",
        "號碼,other"
    })
    void noProviderMakesADimensionOfWhateverItLikes(String code, String expected) throws Exception {
        metrics.failed("a", code, 1);
        metrics.flush();

        assertThat(written()).extracting(line -> line.path("Code").asText()).containsExactly(expected);
    }

    /** "Specification: Embedded metric format": what a directive names stands beside it, and all of it has values. */
    @ParameterizedTest
    @EnumSource(Metric.class)
    void everyLineHasWhatItsDirectiveNames(Metric metric) throws Exception {
        switch (metric) {
            case MESSAGES_FAILED -> metrics.failed("a", "101", 1);
            case REPORT_LATENCY -> metrics.latency("a", Duration.ofSeconds(1));
            case CREDIT -> metrics.credit("a", BigDecimal.ONE);
            case INTERNAL_ERRORS -> metrics.internal(1);
            case DUE_LAG -> metrics.lag(Duration.ofSeconds(1));
            case WEBHOOKS_DELIVERED, WEBHOOKS_FAILED, WEBHOOKS_RETRIED, WEBHOOKS_DISABLED ->
                metrics.webhook(metric, "wh_1");
            default -> metrics.count(metric, "a", 1);
        }
        metrics.flush();

        var line = written().get(0);
        var directive = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(line.at("/_aws/Timestamp").asLong()).isEqualTo(NOW.toEpochMilli());
        assertThat(directive.at("/Namespace").asText()).isEqualTo("Hoopoe/prod");
        assertThat(directive.at("/Metrics/0/Name").asText()).isEqualTo(metric.label());
        assertThat(line.path(metric.label()).isNumber()).isTrue();
        directive
                .path("Dimensions")
                .forEach(set -> set.forEach(dimension ->
                        assertThat(line.path(dimension.asText()).isTextual()).isTrue()));
        assertThat(directive.path("Dimensions")).hasSize(metric.dimensions().size());
    }

    private List<JsonNode> written() throws Exception {
        var written = new ArrayList<JsonNode>();
        for (var line : lines) {
            written.add(JSON.readTree(line));
        }
        return written;
    }
}
