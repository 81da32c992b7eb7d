package hoopoe.provider.text421;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.BinaryMessage;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.ValidationError;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class Text421ValidatorTest {

    private static final String ONE = "+421901727051";

    private static SendOrder order(String text, @Nullable BinaryMessage binaryMessage, OrderRecipient... recipients) {
        return new SendOrder("T1", null, "", text, null, null, binaryMessage, List.of(recipients));
    }

    private static OrderRecipient recipient(String to, @Nullable String text, @Nullable String receivedId) {
        return new OrderRecipient(new PhoneNumber(to), text, null, null, null, receivedId);
    }

    private static List<String> codes(SendOrder order, boolean transliterates) {
        return Text421Validator.of(order, transliterates).stream()
                .map(validationError ->
                        validationError.recipient() + " " + validationError.field() + " " + validationError.code())
                .toList();
    }

    private static List<String> text(String text) {
        return codes(order(text, null, recipient(ONE, null, "1")), false);
    }

    static Stream<String> good() {
        return Stream.of("a", "a".repeat(160), "€".repeat(80), "é äöü ßÑ{}", "a\r\n".repeat(80), "line\nline");
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatFitsIsTaken(String text) {
        assertThat(text(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"č", "你好", "😀", "a\u0000", "a\f", "\t", "x\u00A0y", "\uFFFE"})
    void whatGsmOrXmlCannotCarryIsToldClearly(String text) {
        assertThat(text("x" + text)).containsExactly("-1 text text_not_encodable");
    }

    @ParameterizedTest
    @CsvSource({"Ďakujem, U+010E", "x\u200By, U+200B", "a😀, U+1F600", "x\u00A0y, U+00A0", "a\uD83D, U+D83D"})
    void whatCannotBeEncodedIsNamed(String text, String name) {
        assertThat(Text421Validator.of(order(text, null, recipient(ONE, null, "1")), false))
                .singleElement()
                .satisfies(validationError -> assertThat(validationError.detail())
                        .contains(name)
                        .matches(detail -> !detail.contains("\u200B")));
    }

    @Test
    void aLetterWithItsMarkBesideItIsOneLetter() {
        assertThat(text("e\u0301 u\u0308 A\u030A")).isEmpty();
        assertThat(text("c\u030C")).containsExactly("-1 text text_not_encodable");
        assertThat(text("e\u0301".repeat(160))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200B", "\u00A0\u2060", "\u3164", "\u2800"})
    void aTextThatNobodySeesIsEmpty(String text) {
        assertThat(text(text)).containsExactly("-1 text text_empty");
    }

    @Test
    void aTextHasALimit() {
        assertThat(text("a".repeat(161))).containsExactly("-1 text text_too_long");
        assertThat(text("€".repeat(80) + "a")).containsExactly("-1 text text_too_long");
        assertThat(text(" ")).containsExactly("-1 text text_empty");
    }

    @Test
    void transliterationComesBeforeTheRule() {
        var order = order("čo… €", null, recipient(ONE, null, "1"));
        assertThat(codes(order, true)).isEmpty();
        assertThat(codes(order, false)).containsExactly("-1 text text_not_encodable");
        var longer = order("…".repeat(54), null, recipient(ONE, null, "1"));
        assertThat(codes(longer, true)).containsExactly("-1 text text_too_long");
        assertThat(codes(order("你", null, recipient(ONE, null, "1")), true))
                .containsExactly("-1 text text_not_encodable");
    }

    @Test
    void ownTextsAreCheckedEachAndTheCommonOneOnlyWhereItIsUsed() {
        var order = order("你", null, recipient(ONE, "a", "1"), recipient(ONE, "č", "2"), recipient(ONE, "", "3"));
        assertThat(codes(order, false)).containsExactly("1 text text_not_encodable", "2 text text_empty");
    }

    @ParameterizedTest
    @CsvSource({"0A0b0C, ''", "0A0, text_not_encodable", "0G, text_not_encodable", "0A 0B, text_not_encodable"})
    void aBinaryMessageIsPairsOfDigits(String text, String code) {
        var codes = codes(order(text, new BinaryMessage(null, null), recipient(ONE, null, "1")), true);
        assertThat(codes).isEqualTo(code.isEmpty() ? List.of() : List.of("-1 text " + code));
    }

    @Test
    void aBinaryMessageHasALimit() {
        var binaryMessage = new BinaryMessage(245, 64);
        assertThat(codes(order("0A".repeat(140), binaryMessage, recipient(ONE, null, "1")), false))
                .isEmpty();
        assertThat(codes(order("0A".repeat(141), binaryMessage, recipient(ONE, null, "1")), false))
                .containsExactly("-1 text text_too_long");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"x", "-1", "1.0", " 1", "9223372036854775808", "10000000000000000000", "99999999999999999999"})
    void aReceivedIdIsNeeded(@Nullable String receivedId) {
        assertThat(codes(order("a", null, recipient(ONE, null, receivedId)), false))
                .containsExactly("0 received_id invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "25481978", "9223372036854775807", "007"})
    void aReceivedIdHasSixtyFourBits(String receivedId) {
        assertThat(codes(order("a", null, recipient(ONE, null, receivedId)), false))
                .isEmpty();
    }

    @Test
    void onlySlovakMobiles() {
        assertThat(codes(order("a", null, recipient("+420601234567", null, "1")), false))
                .containsExactly("0 to number_not_supported");
    }

    @Test
    void noObjectionRepeatsANumberOrAText() {
        var objections = Text421Validator.of(order("tajné č", null, recipient("+420601234567", "tajné č", "x")), false);
        assertThat(objections)
                .extracting(ValidationError::detail)
                .noneMatch(detail -> detail.contains("tajné") || detail.contains("601234567"));
    }
}
