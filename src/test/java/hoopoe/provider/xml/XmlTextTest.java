package hoopoe.provider.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTextTest {

    private static final long SEED = 20_261_122;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 0x0B, 0x0C, 0x0E, 0x1F, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFFFE, 0xFFFF})
    void xmlCannotCarry(int unit) {
        assertThat(XmlText.carries("a" + (char) unit + "b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\t\n\r", " ~", "\u0085\u00A0", "測試", "😀", "\uE000\uFFFD", "]]>"})
    void xmlCanCarry(String text) {
        assertThat(XmlText.carries(text)).isTrue();
    }

    @Test
    void anyCarriedTextComesBackFromContentAndAttribute() throws Exception {
        var random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            var text = random(random);
            var cursor = XmlCursor.at("<a b=\"" + XmlText.attribute(text) + "\">" + XmlText.content(text) + "</a>");
            assertThat(cursor.attribute("b")).isEqualTo(text);
            assertThat(cursor.text()).isEqualTo(text);
        }
    }

    private static String random(Random random) {
        var alphabet = "ab <>&\"'\r\n\t]測試\u0085\u2028;#";
        var text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(
                    random.nextInt(10) == 0
                            ? "😀"
                            : String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\u0001b     | Character 2 (U+0001) cannot be sent.",
                "\uD83D        | Character 1 (U+D83D) cannot be sent.",
                "\uD83D\uDE00\uFFFF | Character 2 (U+FFFF) cannot be sent.",
                "ab\u0000\u0001c | Character 3 (U+0000) cannot be sent."
            })
    void whatCannotBeCarriedIsNamedWithItsPlace(String text, String words) {
        assertThat(XmlText.objection(text)).contains(words);
    }
}
