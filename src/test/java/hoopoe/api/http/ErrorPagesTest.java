package hoopoe.api.http;

import hoopoe.testing.Document;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code src/site/errors.md} is the catalogue, written out. */
class ErrorPagesTest {

    @Test
    void thePageIsTheCatalogue() {
        Document.of(Path.of("src", "site", "errors.md"))
                .holds(
                        "errors",
                        Arrays.stream(ProblemCatalogue.values())
                                .map(ErrorPagesTest::section)
                                .collect(Collectors.joining("\n\n")));
    }

    private static String section(ProblemCatalogue problem) {
        return """
                ## %s

                %d · %s%s

                %s %s""".formatted(
                        problem.code(),
                        problem.status(),
                        problem.title(),
                        problem.retryable() ? " · retryable" : "",
                        problem.meaning(),
                        problem.remedy());
    }
}
