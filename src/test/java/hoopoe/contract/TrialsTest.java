package hoopoe.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No answer is told of that is not tried. */
class TrialsTest {

    /** Statuses that nothing here can bring about, and why. */
    private static final Map<Integer, String> UNTRIED =
            Map.of(429, "API Gateway throttles; the local stack lets everybody through");

    private final OpenApi document = OpenApi.read();

    @Test
    void everyPromiseIsTriedOrHasItsReason() {
        var tried = Trials.of(document).stream().map(Trial::promise).collect(Collectors.toSet());

        assertThat(document.responses().stream()
                        .filter(response -> !UNTRIED.containsKey(response.status()))
                        .flatMap(OpenApi.Response::promises))
                .containsExactlyInAnyOrderElementsOf(tried);
    }

    @Test
    void noReasonIsLeftOver() {
        assertThat(document.responses().stream().map(OpenApi.Response::status)).containsAll(UNTRIED.keySet());
        assertThat(Trials.of(document)).extracting(Trial::status).doesNotContainAnyElementsOf(UNTRIED.keySet());
    }
}
