package hoopoe.batch.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    @Test
    void valuesArePutInAsTheyAre() {
        var text = new Placeholders("Dear {{name}}, {{ code }} is yours, {{name}}.");

        assertThat(text.filled(Map.of("name", "$1 {{code}} \\", "code", "<&>"), 1000))
                .isEqualTo("Dear $1 {{code}} \\, <&> is yours, $1 {{code}} \\.");
    }

    @Test
    void whatDoesNotLookLikeAPlaceholderIsText() {
        var text = new Placeholders("{{}} {{1a}} {x} {{a b}} {{a-b}}");

        assertThat(text.isPlain()).isTrue();
        assertThat(text.filled(Map.of(), 1000)).isEqualTo(text.text());
    }

    @Test
    void theFirstNameWithoutAValueIsMissing() {
        var text = new Placeholders("{{a}} {{b}} {{c}}");

        assertThat(text.missing(Map.of("a", "1"))).contains("b");
        assertThat(text.missing(Map.of("a", "1", "b", "", "c", "3"))).isEmpty();
    }

    @Test
    void whatGetsTooLongIsNotFilledToItsEnd() {
        var text = new Placeholders("{{a}}".repeat(1000));

        assertThat(text.filled(Map.of("a", "x".repeat(1_000_000)), 1530)).hasSize(1_000_000);
        assertThat(text.filled(Map.of("a", "x"), 1000)).hasSize(1000);
        assertThat(text.filled(Map.of("a", ""), 1000)).isEmpty();
    }
}
