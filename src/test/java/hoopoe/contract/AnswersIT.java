package hoopoe.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.testing.Api;
import hoopoe.testing.HastyStack;
import hoopoe.testing.SharedStack;
import io.restassured.response.Response;
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

        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(answerCase.status());
        if (!answerCase.code().isEmpty()) {
            assertThat(answer.jsonPath().getString("code")).as(Api.text(answer)).isEqualTo(answerCase.code());
        }
        var promised = document.responses().stream()
                .filter(response ->
                        response.route().equals(answerCase.route()) && response.status() == answerCase.status())
                .findFirst()
                .orElseThrow();
        isWritten(answer, answerCase.mediaType(), promised.node().path("content"));
        hasHeaders(answer, promised.node().path("headers"));
    }

    private void isWritten(Response answer, String mediaType, JsonNode contents) {
        if (mediaType.isEmpty()) {
            assertThat(answer.asString()).isEmpty();
            return;
        }
        assertThat(answer.header("Content-Type").split(";")[0]).isEqualTo(mediaType);
        var body = mediaType.startsWith("text/") ? TextNode.valueOf(answer.asString()) : answer.as(JsonNode.class);
        assertThat(document.strictFaults(contents.path(mediaType).path("schema"), body))
                .as(Api.text(answer))
                .isEmpty();
    }

    private void hasHeaders(Response answer, JsonNode promised) {
        for (var name : TOLD) {
            assertThat(promised.has(name) || !answer.headers().hasHeaderWithName(name))
                    .as(name + " of " + Api.text(answer))
                    .isTrue();
        }
        promised.properties()
                .forEach(header -> hasHeader(answer, header.getKey(), document.resolved(header.getValue())));
        assertThat(answer.headers().hasHeaderWithName("Retry-After")).isEqualTo(isRetryable(answer));
    }

    private void hasHeader(Response answer, String name, JsonNode promised) {
        assertThat(!promised.path("required").asBoolean() || answer.headers().hasHeaderWithName(name))
                .as(name + " of " + Api.text(answer))
                .isTrue();
        if (answer.headers().hasHeaderWithName(name)) {
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

    private static boolean isRetryable(Response answer) {
        return AnswerCase.PROBLEM.equals(answer.header("Content-Type"))
                && !answer.asString().isEmpty() // of a HEAD
                && Optional.<String>ofNullable(answer.path("code"))
                        .flatMap(ProblemCatalogue::of)
                        .filter(ProblemCatalogue::retryable)
                        .isPresent();
    }
}
