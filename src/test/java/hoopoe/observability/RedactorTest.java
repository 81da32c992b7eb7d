package hoopoe.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "手機格式不符:0912345678             | 手機格式不符:*******678",
                "+1-202-895-1800                     | +*-***-***-*800",
                "(02) 2345 6789                      | (**) **** *789",
                "0900000001/0900000002,0900000003    | *******001/*******002,*******003",
                "０９１２３４５６７８                | *******６７８",
                "123456                              | 123456",
                "0912,0922,0933                      | 0912,0922,0933",
                "key edc603f14336483ea71e4998f555b504| key ********",
                "two  lines                          | two  lines"
            })
    void ofANumberOnlyTheEndIsLeft(String words, String masked) {
        assertThat(Redactor.text(words)).isEqualTo(masked);
    }

    @Test
    void itIsOneLineAndHasAnEnd() {
        assertThat(Redactor.text(" a\r\nb\u0000c ")).isEqualTo("a b c");
        assertThat(Redactor.text("字".repeat(1000))).hasSize(200);
    }

    /** A greedy group recurses once a repetition: some hundred numbers in a row were more than the stack. */
    @ParameterizedTest
    @ValueSource(ints = {5_000, 1_000_000})
    void manyNumbersInARowAreMaskedAsOne(int length) {
        var words = "0912345678 ".repeat(length / 11);

        assertThat(Redactor.text(words)).isEqualTo("********** ".repeat(19).substring(0, 200));
        assertThat(Redactor.text("x ".repeat(length / 2))).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0912345678", "+886 (912) 345-678", "０９１２３４５６７８", "edc603f14336483ea71e4998f555b504"})
    void noCutLeavesTheBeginningOfANumberOrOfAKey(String secret) {
        for (int before = 0; before <= 1000; before++) {
            var masked =
                    Redactor.text("字".repeat(before) + ' ' + secret + " edc603f14336483ea71e4998f555b504".repeat(40));

            assertThat(masked).doesNotContain(secret.substring(0, 3)).doesNotContain("edc");
        }
    }

    @Test
    void halfACharacterIsReplaced() {
        assertThat(Redactor.text("a\uD83Db\uD83D\uDE00")).isEqualTo("a?b\uD83D\uDE00");
    }

    @Test
    void itsEndIsAWholeCharacter() {
        assertThat(Redactor.text("a" + "😀".repeat(100))).isEqualTo("a" + "😀".repeat(99));
    }
}
