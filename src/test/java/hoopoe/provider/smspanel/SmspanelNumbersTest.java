package hoopoe.provider.smspanel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.message.PhoneNumber;
import hoopoe.provider.smspanel.SmspanelNumbers.NumberForm;
import hoopoe.testing.WrittenNumbers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmspanelNumbersTest {

    private static final PhoneNumber NUMBER = new PhoneNumber("+989121234567");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "09121234567",
                "9121234567",
                "989121234567",
                "+989121234567",
                "00989121234567",
                "0989121234567",
                "+98 912 123 4567",
                "+98 (912) 123-4567",
                "۰۹۱۲۱۲۳۴۵۶۷",
                "٠٩١٢١٢٣٤٥٦٧",
                "+۹۸۹۱۲۱۲۳۴۵۶۷",
                " 0912 123 4567 "
            })
    void everyFormIsTheSameNumber(String written) {
        assertThat(SmspanelNumbers.read(written)).hasValue(NUMBER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0912123456",
                "091212345678",
                "08121234567",
                "+98 21 12345678",
                "02112345678",
                "12028951800",
                "++989121234567",
                "3000123",
                "x9121234567"
            })
    void anythingElseIsNone(String written) {
        assertThat(SmspanelNumbers.read(written)).isEmpty();
    }

    @Test
    void abroadIsANumberThatThePanelDoesNotSendTo() {
        var abroad = SmspanelNumbers.read("+1 202 895 1800").orElseThrow();
        assertThat(SmspanelNumbers.isIranian(abroad)).isFalse();
        assertThat(SmspanelNumbers.isIranian(NUMBER)).isTrue();
    }

    @Test
    void itIsWrittenAsConfigured() {
        assertThat(NumberForm.of("09").write(NUMBER)).isEqualTo("09121234567");
        assertThat(NumberForm.of("+98").write(NUMBER)).isEqualTo("+989121234567");
        assertThatThrownBy(() -> NumberForm.of("0098")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/hoopoe/provider/smspanel-numbers.csv", delimiter = '|')
    void aFormIsThisNumberOrNone(String written, String number, String why) {
        assertThat(SmspanelNumbers.read(WrittenNumbers.decoded(written)))
                .as(why)
                .isEqualTo(number.equals("-") ? Optional.empty() : Optional.of(new PhoneNumber(number)));
    }

    @Test
    void nothingIsRepaired() {
        WrittenNumbers.assertNothingIsRepaired(
                SmspanelNumbers::read,
                "+98",
                List.of("", "0", "98", "+98", "0098", "980", "+980", "00980", "098", "0980"),
                List.of(
                        "09121234567",
                        "9121234567",
                        "989121234567",
                        "+989121234567",
                        "00989121234567",
                        "0912-123-4567",
                        "+98 912 123 4567",
                        "+98 (0)912 123 4567",
                        "(0912) 123.4567",
                        "0912123456",
                        "912123456",
                        "+98.9121234567",
                        "+12028951800",
                        "+1 (202) 895-1800",
                        "+44 (0)7123 456789",
                        "+33.6.12.34.56.78"));
    }
}
