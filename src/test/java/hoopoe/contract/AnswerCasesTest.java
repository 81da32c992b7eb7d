package hoopoe.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No answer is told of that is not tried, and of a problem no code. */
class AnswerCasesTest {

    private final OpenApi document = OpenApi.read();

    @Test
    void everyPromiseIsTried() {
        var tried = AnswerCases.of(document).stream().map(AnswerCase::promise).collect(Collectors.toSet());

        assertThat(document.responses().stream().flatMap(OpenApi.Response::promises))
                .containsExactlyInAnyOrderElementsOf(tried);
    }
}
