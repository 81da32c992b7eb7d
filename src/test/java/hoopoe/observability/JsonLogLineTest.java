package hoopoe.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.observability.JsonLogging.JsonLogLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLogLineTest {

    private final JsonLogLine format = new JsonLogLine("send");

    @Test
    void aLineIsOneObject() throws Exception {
        var line = line("first \"line\"\nsecond \u0001");
        line.setMdc(Map.of(
                "correlation_id",
                "request-1",
                "AWSRequestId",
                "lambda-1",
                "account",
                "every8d",
                "batch",
                "bat_1",
                "dispatch",
                "3"));

        var text = format.format(line);

        assertThat(text).endsWith("}\n").doesNotContain("\nsecond");
        var json = new ObjectMapper().readTree(text);
        assertThat(json.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(List.of(
                        "time",
                        "level",
                        "logger",
                        "message",
                        "correlation_id",
                        "function",
                        "request_id",
                        "account",
                        "batch",
                        "dispatch"));
        assertThat(json.path("time").asText()).isEqualTo("2026-03-01T04:00:00.250Z");
        assertThat(json.path("level").asText()).isEqualTo("WARN");
        assertThat(json.path("message").asText()).isEqualTo("first \"line\"\nsecond \u0001");
        assertThat(json.path("request_id").asText()).isEqualTo("lambda-1");
    }

    @Test
    void anExceptionIsToldByWhereAndNeverByWhat() throws Exception {
        var line = line("failed");
        line.setThrown(new IllegalStateException("to 0912345678", new IllegalArgumentException("secret")));

        var json = new ObjectMapper().readTree(format.format(line));

        assertThat(json.path("exception").asText())
                .contains(
                        "java.lang.IllegalStateException",
                        "caused by java.lang.IllegalArgumentException",
                        "JsonLogLineTest")
                .doesNotContain("0912345678", "secret");
    }

    @Test
    void aMessageHasItsParameters() throws Exception {
        var line = new ExtLogRecord(
                Level.INFO,
                "%s of %d",
                ExtLogRecord.FormatStyle.PRINTF,
                getClass().getName());
        line.setParameters(new Object[] {"one", 2});

        assertThat(new ObjectMapper()
                        .readTree(format.format(line))
                        .path("message")
                        .asText())
                .isEqualTo("one of 2");
    }

    private static ExtLogRecord line(String message) {
        var line = new ExtLogRecord(Level.WARN, message, ExtLogRecord.FormatStyle.NO_FORMAT, "hoopoe");
        line.setLoggerName("hoopoe.Some");
        line.setInstant(Instant.parse("2026-03-01T04:00:00.250Z"));
        line.setMdc(Map.of());
        return line;
    }
}
