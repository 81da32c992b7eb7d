package hoopoe.contract;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.testing.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages show the programs of {@code src/local/samples} as they are; {@code .ci/clients} runs these. */
class SamplePagesTest {

    private static final Path SAMPLES = Path.of("src", "local", "samples");

    @ParameterizedTest
    @CsvSource({
        "wait-for-a-result, wait-for-a-result.sh, bash",
        "wait-for-a-result, WaitForAResult.java, java",
        "wait-for-a-result, wait-for-a-result.ts, ts",
        "wait-for-a-result, wait_for_a_result.py, python",
        "take-replies, take-replies.sh, bash",
        "take-replies, TakeReplies.java, java",
        "take-replies, take-replies.ts, ts",
        "take-replies, take_replies.py, python",
        "events, ReceiveEvents.java, java",
        "events, receive-events.ts, ts",
        "events, receive_events.py, python",
        "events, take-events.yaml, yaml"
    })
    void aPageShowsTheProgram(String page, String sample, String language) throws IOException {
        var program = Files.readString(SAMPLES.resolve(sample));

        Document.of(Path.of("src", "site", page + ".md")).holds(sample, "```" + language + "\n" + program + "```");
    }

    @Test
    void noProgramIsLeftOut() throws IOException {
        try (Stream<Path> samples = Files.list(SAMPLES)) {
            assertThat(samples).hasSize(12);
        }
    }
}
