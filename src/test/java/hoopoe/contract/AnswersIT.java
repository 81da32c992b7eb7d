package hoopoe.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.testing.Api;
import hoopoe.testing.Api.Answer;
import hoopoe.testing.HastyStack;
import hoopoe.testing.SharedStack;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer that the document tells of, as the packaged artifact gives it. {@link TrialsTest} holds that none is left out. */
@ExtendWith({SharedStack.Extension.class, HastyStack.Extension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersIT {

    /** What a caller may build upon. All other headers are transport. */
    private static final List<String> TOLD = List.of("Location", "Idempotent-Replayed", "Retry-After");

    private final OpenApi document = OpenApi.read();
    private final Scene scene;

    AnswersIT(SharedStack shared, HastyStack hasty) {
        scene = new Scene(shared, hasty);
    }

    @AfterEach
    void mend() {
        scene.mended();
    }

    @AfterAll
    void close() {
        scene.close();
    }

    static List<Trial> trials() {
        return Trials.of(OpenApi.read());
    }

    @ParameterizedTest
    @MethodSource("trials")
    void anAnswerIsAsTheDocumentSays(Trial trial) throws Exception {
        var answer = trial.attempt().make(scene);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(trial.status());
        if (!trial.code().isEmpty()) {
            assertThat(answer.code()).as(answer.toString()).isEqualTo(trial.code());
        }
        var promised = document.responses().stream()
                .filter(response -> response.route().equals(trial.route()) && response.status() == trial.status())
                .findFirst()
                .orElseThrow();
        isWritten(answer, trial.mediaType(), promised.node().path("content"));
        hasHeaders(answer, promised.node().path("headers"));
    }

    private void isWritten(Answer answer, String mediaType, JsonNode contents) {
        if (mediaType.isEmpty()) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        assertThat(answer.header("Content-Type").split(";")[0]).isEqualTo(mediaType);
        var body = mediaType.equals(Trial.TEXT) ? TextNode.valueOf(answer.body()) : answer.json();
        assertThat(document.strictFaults(contents.path(mediaType).path("schema"), body))
                .as(answer.toString())
                .isEmpty();
    }

    private void hasHeaders(Answer answer, JsonNode promised) {
        for (var name : TOLD) {
            assertThat(promised.has(name) || answer.header(name).isEmpty())
                    .as(name + " of " + answer)
                    .isTrue();
        }
        promised.properties()
                .forEach(header -> hasHeader(answer, header.getKey(), document.resolved(header.getValue())));
        assertThat(answer.header("Retry-After").isEmpty()).isEqualTo(!isRetryable(answer));
    }

    private void hasHeader(Answer answer, String name, JsonNode promised) {
        assertThat(!promised.path("required").asBoolean()
                        || !answer.header(name).isEmpty())
                .as(name + " of " + answer)
                .isTrue();
        if (!answer.header(name).isEmpty()) {
            assertThat(document.faults(promised.path("schema"), value(answer.header(name), promised)))
                    .as(name)
                    .isEmpty();
        }
    }

    private static JsonNode value(String header, JsonNode promised) {
        return promised.path("schema").path("type").asText().equals("integer")
                ? Api.json(header)
                : TextNode.valueOf(header);
    }

    private static boolean isRetryable(Answer answer) {
        return answer.header("Content-Type").equals(Trial.PROBLEM)
                && Optional.of(answer.code())
                        .flatMap(ProblemCatalogue::of)
                        .filter(ProblemCatalogue::retryable)
                        .isPresent();
    }
}
