package hoopoe.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** The output of the environments, for people: log lines without their JSON, without metrics and without Lambda's own lines. */
final class ReadableLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SEPARATOR = " | ";

    /** Of {@code 2026-11-22T15:10:36.924Z}. */
    private static final int TIME = "2026-11-22T".length();

    private ReadableLog() {}

    /** @param line after the name of its environment; empty where it is not for people */
    static Optional<String> of(String line) {
        var begin = line.indexOf(SEPARATOR);
        var said = begin < 0 ? line : line.substring(begin + SEPARATOR.length());
        if (!said.startsWith("{")) {
            return Optional.of(line);
        }
        try {
            var json = JSON.readTree(said);
            return json.has("_aws") || json.has("type")
                    ? Optional.empty()
                    : Optional.of(line.substring(0, line.length() - said.length()) + text(json));
        } catch (JsonProcessingException e) {
            return Optional.of(line);
        }
    }

    private static String text(JsonNode line) {
        var time = line.path("time").asText();
        var logger = line.path("logger").asText();
        return "%s %-5s %s: %s%s%s%s"
                .formatted(
                        time.substring(Math.min(TIME, time.length())),
                        line.path("level").asText(),
                        logger.substring(logger.lastIndexOf('.') + 1),
                        line.path("message").asText(),
                        mark(line, "batch"),
                        mark(line, "correlation_id"),
                        line.has("exception")
                                ? "\n    " + line.path("exception").asText()
                                : "");
    }

    private static String mark(JsonNode line, String name) {
        return line.has(name) ? " (" + name + ' ' + line.path(name).asText() + ')' : "";
    }
}
