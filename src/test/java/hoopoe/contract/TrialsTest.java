package hoopoe.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                        .flatMap(TrialsTest::promises))
                .containsExactlyInAnyOrderElementsOf(tried);
    }

    @Test
    void noReasonIsLeftOver() {
        assertThat(document.responses().stream().map(OpenApi.Response::status)).containsAll(UNTRIED.keySet());
        assertThat(Trials.of(document)).extracting(Trial::status).doesNotContainAnyElementsOf(UNTRIED.keySet());
    }

    private static Stream<String> promises(OpenApi.Response response) {
        var mediaTypes = response.contents().map(Map.Entry::getKey).toList();
        return (mediaTypes.isEmpty() ? Stream.of(Trial.NONE) : mediaTypes.stream())
                .map(mediaType -> new Trial(response.route(), response.status(), mediaType, scene -> {
                    throw new AssertionError("only compared");
                }))
                .map(Trial::promise);
    }
}
