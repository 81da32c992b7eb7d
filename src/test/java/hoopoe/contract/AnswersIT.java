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

/** Every answer that the document tells of, as the packaged artifact gives it. {@link AnswerCasesTest} holds that none is left out. */
@ExtendWith({SharedStack.Extension.class, HastyStack.Extension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersIT {

    /** What a caller may build upon. All other headers are transport. */
    private static final List<String> TOLD = List.of("Location", "Idempotent-Replayed", "Retry-After");

    private final OpenApi document = OpenApi.read();
    private final StackFixture stackFixture;

    AnswersIT(SharedStack shared, HastyStack hasty) {
        stackFixture = new StackFixture(shared, hasty);
    }

    @AfterEach
    void mend() {
        stackFixture.mended();
    }

    @AfterAll
    void close() {
        stackFixture.close();
    }

    static List<AnswerCase> trials() {
        return AnswerCases.of(OpenApi.read());
    }

    @ParameterizedTest
    @MethodSource("trials")
    void anAnswerIsAsTheDocumentSays(AnswerCase answerCase) throws Exception {
        var answer = answerCase.attempt().make(stackFixture);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(answerCase.status());
        if (!answerCase.code().isEmpty()) {
            assertThat(answer.code()).as(answer.toString()).isEqualTo(answerCase.code());
        }
        var promised = document.responses().stream()
                .filter(response ->
                        response.route().equals(answerCase.route()) && response.status() == answerCase.status())
                .findFirst()
                .orElseThrow();
        isWritten(answer, answerCase.mediaType(), promised.node().path("content"));
        hasHeaders(answer, promised.node().path("headers"));
    }

    private void isWritten(Answer answer, String mediaType, JsonNode contents) {
        if (mediaType.isEmpty()) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        assertThat(answer.header("Content-Type").split(";")[0]).isEqualTo(mediaType);
        var body = mediaType.equals(AnswerCase.TEXT) ? TextNode.valueOf(answer.body()) : answer.json();
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
        return answer.header("Content-Type").equals(AnswerCase.PROBLEM)
                && Optional.of(answer.code())
                        .flatMap(ProblemCatalogue::of)
                        .filter(ProblemCatalogue::retryable)
                        .isPresent();
    }
}
