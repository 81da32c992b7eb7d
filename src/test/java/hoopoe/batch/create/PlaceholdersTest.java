package hoopoe.batch.create;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

    @Test
    void valuesArePutInAsTheyAre() {
        var text = Placeholders.of("Dear {{name}}, {{ code }} is yours, {{name}}.");

        assertThat(text.filled(Map.of("name", "$1 {{code}} \\", "code", "<&>"), 1000))
                .isEqualTo("Dear $1 {{code}} \\, <&> is yours, $1 {{code}} \\.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Vorname", "名字", "نام\u200cخانوادگی", "имя", "1", "user.name", "a-b", "_", "é", "e\u0301", "𠮷"})
    void aNameIsOfAnyScript(String name) {
        var text = Placeholders.of("Dear {{" + name + "}}!");

        assertThat(text.broken()).isEmpty();
        assertThat(text.missing(Map.of())).contains(name);
        assertThat(text.filled(Map.of(name, "x"), 1000)).isEqualTo("Dear x!");
    }

    @ParameterizedTest
    @CsvSource({
        "{{first name}}, 1",
        "Dear {{}}, 6",
        "{{name, 1",
        "{{name}, 1",
        "{{na{me}}, 1",
        "{{name|upper}}, 1",
        "{{#if}}, 1",
        "😀{{ }}, 2",
        "{{a}} {{b c}} {{d e}}, 7",
        "{{{a}}}, 1",
        "a{{, 2"
    })
    void whatOpensLikeAPlaceholderAndIsNoneIsBroken(String text, int character) {
        assertThat(Placeholders.of(text).broken()).isEqualTo(OptionalInt.of(character));
    }

    @Test
    void aNameHasAtMost64Characters() {
        assertThat(Placeholders.of("{{" + "名".repeat(64) + "}}").broken()).isEmpty();
        assertThat(Placeholders.of("{{" + "名".repeat(65) + "}}").broken()).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "{{{{name}}, {{name}}",
        "{{{{}}, {{}}",
        "{{{{{{{{, {{{{",
        "{{{{{name}}}, {{{name}}}",
        "a } }} { b, a } }} { b",
        "{x} $1, {x} $1"
    })
    void fourBracesStandForTwo(String written, String sent) {
        var text = Placeholders.of(written);

        assertThat(text.broken()).isEmpty();
        assertThat(text.isPlain()).isTrue();
        assertThat(text.text()).isEqualTo(sent);
        assertThat(text.filled(Map.of(), 1000)).isEqualTo(sent);
    }

    @Test
    void fourBracesStandForTwoBesidePlaceholdersToo() {
        var text = Placeholders.of("{{{{{{a}}}} {{{{");

        assertThat(text.isPlain()).isFalse();
        assertThat(text.filled(Map.of("a", "x"), 1000)).isEqualTo("{{x}} {{");
    }

    @Test
    void theFirstNameWithoutAValueIsMissing() {
        var text = Placeholders.of("{{a}} {{b}} {{c}}");

        assertThat(text.missing(Map.of("a", "1"))).contains("b");
        assertThat(text.missing(Map.of("a", "1", "b", "", "c", "3"))).isEmpty();
    }

    @Test
    void aVariableThatTheTextDoesNotNameIsUnused() {
        assertThat(Placeholders.of("{{a}}").unused(Map.of("a", "1", "A", "2"))).contains("A");
        assertThat(Placeholders.of("{{{{a}}").unused(Map.of("a", "1"))).contains("a");
        assertThat(Placeholders.of("{{a}}").unused(Map.of("a", "1"))).isEmpty();
        assertThat(Placeholders.of("plain").unused(Map.of())).isEmpty();
    }

    @Test
    void whatGetsTooLongIsNotFilledToItsEnd() {
        var text = Placeholders.of("{{a}}".repeat(1000));

        assertThat(text.filled(Map.of("a", "x".repeat(1_000_000)), 1530)).hasSize(1_000_000);
        assertThat(text.filled(Map.of("a", "x"), 1000)).hasSize(1000);
        assertThat(text.filled(Map.of("a", ""), 1000)).isEmpty();
    }
}
