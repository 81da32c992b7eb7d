package hoopoe.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whoever refuses below the API names a code as text, since the catalogue is above it: here both are compared. Looks at the
 * arguments of the calls that refuse, by their names.
 */
class CatalogueTest {

    private static final Pattern REFUSING = Pattern.compile(
            "\\b(?:error|reject|refused|object|new \\w*Refused|new CreateBatchResult\\.CreateRefused|new InvalidRecipient|new ValidationError)\\(");
    private static final Pattern CODE = Pattern.compile("\"([a-z]+(?:_[a-z]+)+)\"");
    private static final Set<String> FIELDS = Set.of("validity_seconds", "received_id", "send_at", "dry_run");

    @Test
    void everyCodeThatIsUsedIsInTheCatalogue() throws IOException {
        var used = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main/java/hoopoe"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                collect(Files.readString(file), used);
            }
        }

        assertThat(used).contains("duplicate_recipient", "number_not_supported", "no_valid_recipient", "send_at_past");
        assertThat(used)
                .allSatisfy(
                        code -> assertThat(ProblemCatalogue.of(code)).as(code).isPresent());
    }

    private static void collect(String source, Set<String> used) {
        var call = REFUSING.matcher(source);
        while (call.find()) {
            var literal = CODE.matcher(arguments(source, call.end()));
            while (literal.find()) {
                if (!FIELDS.contains(literal.group(1))) {
                    used.add(literal.group(1));
                }
            }
        }
    }

    /** Up to the parenthesis that closes the call; a parenthesis inside a text would only make it longer or shorter. */
    private static String arguments(String source, int from) {
        int depth = 1;
        int at = from;
        while (depth > 0 && at < source.length()) {
            char c = source.charAt(at++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return source.substring(from, at);
    }

    @Test
    void aCodeThatIsNotThereIsFound() {
        var used = new TreeSet<String>();

        collect("errors.add(new InvalidRecipient(\"/to\", \"no_such_code\", detail(\"x\")));", used);

        assertThat(used).containsExactly("no_such_code");
        assertThat(ProblemCatalogue.of("no_such_code")).isEmpty();
    }
}
