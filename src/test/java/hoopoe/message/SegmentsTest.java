package hoopoe.message;

import static hoopoe.message.Segments.Encoding.GSM_7;
import static hoopoe.message.Segments.Encoding.UCS_2;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SegmentsTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "140, 1", "141, 2", "268, 2", "269, 3"})
    void binaryMessagesHavePartsToo(int bytes, int parts) {
        assertThat(Segments.ofBytes(bytes)).isEqualTo(parts);
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", new Segments(GSM_7, 0, 0)),
                Arguments.of("@", new Segments(GSM_7, 1, 1)),
                Arguments.of("\f", new Segments(GSM_7, 2, 1)),
                Arguments.of("a".repeat(160), new Segments(GSM_7, 160, 1)),
                Arguments.of("a".repeat(161), new Segments(GSM_7, 161, 2)),
                Arguments.of("a".repeat(306), new Segments(GSM_7, 306, 2)),
                Arguments.of("a".repeat(307), new Segments(GSM_7, 307, 3)),
                Arguments.of("€".repeat(80), new Segments(GSM_7, 160, 1)),
                Arguments.of("€".repeat(81), new Segments(GSM_7, 162, 2)),
                Arguments.of("a".repeat(152) + "€" + "a".repeat(152), new Segments(GSM_7, 306, 3)),
                Arguments.of("{".repeat(69) + "∞", new Segments(UCS_2, 70, 1)),
                Arguments.of("你".repeat(70), new Segments(UCS_2, 70, 1)),
                Arguments.of("你".repeat(71), new Segments(UCS_2, 71, 2)),
                Arguments.of("你".repeat(134), new Segments(UCS_2, 134, 2)),
                Arguments.of("你".repeat(135), new Segments(UCS_2, 135, 3)),
                Arguments.of("你".repeat(66) + "😘" + "你".repeat(66), new Segments(UCS_2, 134, 3)),
                Arguments.of("😘".repeat(35), new Segments(UCS_2, 70, 1)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void countsUnitsAndParts(String text, Segments expected) {
        assertThat(Segments.of(text)).isEqualTo(expected);
    }

    @Test
    void oneCharacterOutsideTheAlphabetTurnsTheWholeText() {
        assertThat(Segments.of("plain").encoding()).isEqualTo(GSM_7);
        assertThat(Segments.of("pláin").encoding()).isEqualTo(UCS_2);
        assertThat(Segments.of("`").encoding()).isEqualTo(UCS_2);
        assertThat(Segments.of("ç").encoding()).isEqualTo(UCS_2);
        assertThat(Segments.of("\u001b").encoding()).isEqualTo(UCS_2);
    }

    @Test
    void theApiSaysWhichAlphabetItIs() {
        assertThat(GSM_7.label()).isEqualTo("GSM-7");
        assertThat(UCS_2.label()).isEqualTo("UCS-2");
    }

    @Test
    void halfASurrogatePairIsOneUnit() {
        assertThat(Segments.of("你\ud83d")).isEqualTo(new Segments(UCS_2, 2, 1));
    }
}
