package hoopoe;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@link Pattern} recurses once for each repetition of a group that is not always equally long, unless the repetition is possessive:
 * a few thousand of them in a text from elsewhere overflow the stack.
 */
class PatternsTest {

    private static final Pattern LITERAL =
            Pattern.compile("\\.(?:matches|replaceAll|replaceFirst|split)\\(\"((?:[^\"\\\\]|\\\\.)*+)\"");

    @Test
    void noPatternRecursesByWhatItReads() throws Exception {
        assertThat(fields())
                .hasSizeGreaterThan(40)
                .filteredOn(PatternsTest::recurses)
                .isEmpty();
        assertThat(literals())
                .hasSizeGreaterThan(10)
                .filteredOn(PatternsTest::recurses)
                .isEmpty();
    }

    private static List<String> fields() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPath("target/classes").stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getRawType().isEquivalentTo(Pattern.class))
                        .map(JavaField::reflect)
                        .filter(field -> Modifier.isStatic(field.getModifiers()))
                        .map(PatternsTest::pattern)
                        .toList();
    }

    private static String pattern(java.lang.reflect.Field field) {
        try {
            field.setAccessible(true);
            return ((Pattern) field.get(null)).pattern();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> literals() throws IOException {
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            return sources.filter(Files::isRegularFile)
                    .flatMap(PatternsTest::literals)
                    .toList();
        }
    }

    private static Stream<String> literals(Path source) {
        try {
            return LITERAL.matcher(Files.readString(source)).results().map(found -> found.group(1)
                    .translateEscapes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\p{Nd}(?:[\\s().-]{0,2}\\p{Nd}){6,}",
                "(?:a|bc)*",
                "((a?)b)+",
                "(\\d+,){3}",
                "(?:x*)+?",
                "(?:[)*]+ )*",
                "(a{1,2}){2,5}"
            })
    void aGroupThatIsNotAlwaysAsLongIsFound(String pattern) {
        assertThat(recurses(pattern)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\p{Nd}(?:[\\s().-]{0,2}+\\p{Nd}){6,}+",
                "(?:a|bc)*+",
                "(?:-\\p{XDigit}{4}){3}",
                "(?:\\p{XDigit}{2})+",
                "(a+)?",
                "\\(a+\\)*",
                "[(a+)]*",
                "(?:(?:00)?886)?(\\d+)",
                "(?=a+)b*"
            })
    void whatDoesNotRecurseIsLeftAlone(String pattern) {
        assertThat(recurses(pattern)).isFalse();
    }

    /** Whether a group of variable length is repeated, and not possessively. */
    private static boolean recurses(String pattern) {
        var open = new ArrayDeque<boolean[]>(); // of each open group whether it is of variable length
        open.push(new boolean[1]);
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i = afterEscape(pattern, i);
            } else if (c == '[') {
                i = afterClass(pattern, i);
            } else if (c == '(') {
                open.push(new boolean[1]);
                i = afterOpening(pattern, i);
            } else if (c == ')') {
                boolean variable = open.pop()[0];
                var quantifier = quantifier(pattern, i + 1);
                if (variable && repeats(quantifier) && !isPossessive(quantifier)) {
                    return true;
                }
                open.element()[0] |= variable || varies(quantifier);
                i += quantifier.length();
            } else if (c == '|' || "*+?{".indexOf(c) >= 0) {
                var quantifier = c == '|' ? "?" : quantifier(pattern, i);
                open.element()[0] |= varies(quantifier);
                i += c == '|' ? 0 : quantifier.length() - 1;
            }
        }
        return false;
    }

    private static int afterEscape(String pattern, int at) {
        boolean named = at + 2 < pattern.length()
                && "pPN".indexOf(pattern.charAt(at + 1)) >= 0
                && pattern.charAt(at + 2) == '{';
        return named ? pattern.indexOf('}', at) : at + 1;
    }

    private static int afterClass(String pattern, int at) {
        int depth = 0;
        for (int i = at; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '[') {
                depth++;
            } else if (c == ']' && i > at + 1 && --depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException(pattern);
    }

    /** Behind {@code (?:}, {@code (?=}, {@code (?<!}, {@code (?<name>}, {@code (?i)}. */
    private static int afterOpening(String pattern, int at) {
        var kind = Pattern.compile("\\((?:\\?(?:[:=!>]|<[=!]|<\\w++>|[a-z]++(?=[):])))?+")
                .matcher(pattern);
        return kind.find(at) && kind.start() == at ? kind.end() - 1 : at;
    }

    private static String quantifier(String pattern, int at) {
        var quantifier =
                Pattern.compile("\\G(?:[*+?]|\\{\\d++(?:,\\d*+)?+})[+?]?+").matcher(pattern);
        return quantifier.find(at) ? quantifier.group() : "";
    }

    private static boolean isPossessive(String quantifier) {
        return quantifier.length() > 1 && quantifier.endsWith("+");
    }

    private static boolean repeats(String quantifier) {
        return !quantifier.isEmpty() && !quantifier.startsWith("?");
    }

    private static boolean varies(String quantifier) {
        return quantifier.contains(",") || !quantifier.isEmpty() && !quantifier.startsWith("{");
    }
}
