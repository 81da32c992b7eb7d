package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.PhoneNumber;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.ValidationError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Every8dValidatorTest {

    private static final PhoneNumber TO = new PhoneNumber("+886912345678");

    @Test
    void nothingAgainstAnOrdinaryOrder() {
        assertThat(check(order("text", null, plain(), personal("own 😀 ]]>", "n".repeat(50), "a@b"))))
                .isEmpty();
        assertThat(check(order("x".repeat(1530), Duration.ofSeconds(1), plain())))
                .isEmpty();
        assertThat(check(order("\r\n".repeat(1529) + "x", null, plain()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n"})
    void anEmptyTextIsRefusedOnce(String text) {
        assertThat(check(order(text, null, plain(), plain()))).containsExactly("-1 text text_empty");
    }

    @Test
    void aCommonTextThatNobodyGetsDoesNotMatter() {
        assertThat(check(order("", null, personal("own", null, null)))).isEmpty();
    }

    @Test
    void textsHaveAnEnd() {
        assertThat(check(order("x".repeat(1531), null, plain()))).containsExactly("-1 text text_too_long");
        assertThat(check(order("x", null, plain(), personal("y".repeat(1531), null, null))))
                .containsExactly("1 text text_too_long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "\u0008", "\u000B", "\u001F", "\uFFFE", "\uD83D", "\uDE00\uD83D"})
    void whatXmlCannotCarryIsRefused(String text) {
        assertThat(check(order("x" + text, null, personal(null, text, null))))
                .contains("-1 text text_not_encodable", "0 name text_not_encodable");
        assertThat(Every8dValidator.of(new SendOrder("T", "s" + text, "x", null, null, List.of(plain()))))
                .extracting(ValidationError::field)
                .containsExactly("subject");
    }

    /** A provider that cuts the echo would leave the caller's note at its end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#01KJKRV5G0NV13GG8DQWRN9VGV-0",
                "note #01KJKRV5G0NV13GG8DQWRN9VGV-12",
                "note #01kjkrv5g0nv13gg8dqwrn9vgv-0-1 and more",
                "x#01KJKRV5G0NV13GG8DQWRN9VGV-0"
            })
    void aSubjectThatNamesADispatchIsRefused(String subject) {
        assertThat(Every8dValidator.of(new SendOrder("T", subject, "x", null, null, List.of(plain()))))
                .extracting(ValidationError::field, ValidationError::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("subject", "invalid_request"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "# 1",
                "order #4711",
                "#01KJKRV5G0NV13GG8DQWRN9VGV",
                "01KJKRV5G0NV13GG8DQWRN9VGV-0",
                "#spring-2"
            })
    void anyOtherSubjectIsNot(String subject) {
        assertThat(Every8dValidator.of(new SendOrder("T", subject, "x", null, null, List.of(plain()))))
                .isEmpty();
    }

    @Test
    void namesAndAddressesAreOneLineAndShort() {
        assertThat(check(order("x", null, personal(null, "n".repeat(51), "a\nb"))))
                .containsExactly("0 email invalid_request", "0 name invalid_request");
    }

    @Test
    void validityAndOwnTextDoNotGoTogether() {
        assertThat(check(order("x", Duration.ofMinutes(5), personal("own", null, null))))
                .containsExactly("-1 validity_seconds not_supported_by_provider");
    }

    @Test
    void validityIsPositive() {
        assertThat(check(order("x", Duration.ZERO, plain())))
                .containsExactly("-1 validity_seconds validity_out_of_range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+886223456789", "+1234567"})
    void aNumberThatEvery8dCannotReachIsRefused(String number) {
        var to = new PhoneNumber(number);
        assertThat(check(order("x", null, new OrderRecipient(to, null, null, null, null, null))))
                .containsExactly("0 to number_not_supported");
    }

    @Test
    void aReceivedIdIsSomebodyElses() {
        assertThat(check(order("x", null, new OrderRecipient(TO, null, null, null, null, "25481978"))))
                .containsExactly("0 received_id not_supported_by_provider");
    }

    @Test
    void noObjectionRepeatsWhatItObjectsTo() {
        var order = order("canary\u0000", null, personal("canary\u0000", "canary\u0000".repeat(9), "canary\n\u0000"));
        assertThat(Every8dValidator.of(order).toString())
                .doesNotContain("canary")
                .doesNotContain("912345678");
    }

    private static List<String> check(SendOrder order) {
        return Every8dValidator.of(order).stream()
                .map(validationError ->
                        validationError.recipient() + " " + validationError.field() + " " + validationError.code())
                .toList();
    }

    private static SendOrder order(String text, @Nullable Duration validity, OrderRecipient... recipients) {
        return new SendOrder("T", "", text, null, validity, List.of(recipients));
    }

    private static OrderRecipient plain() {
        return new OrderRecipient(TO, null, null, null, null, null);
    }

    private static OrderRecipient personal(@Nullable String text, @Nullable String name, @Nullable String email) {
        return new OrderRecipient(TO, text, name, email, null, null);
    }
}
