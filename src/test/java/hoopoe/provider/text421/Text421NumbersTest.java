package hoopoe.provider.text421;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.PhoneNumber;
import hoopoe.testing.WrittenNumbers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Text421NumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0901727051",
                "421901727051",
                "00421901727051",
                "+421901727051",
                "+421 901 727 051",
                "0901/727.051",
                "+421 (0)901 727 051",
                "０９０１７２７０５１"
            })
    void aSlovakMobileInAnyForm(String written) {
        var number = Text421Numbers.read(written.replace("/", " "));
        assertThat(number).contains(new PhoneNumber("+421901727051"));
        assertThat(Text421Numbers.msisdn(number.orElseThrow())).isEqualTo("421901727051");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "901727051",
                "09017270511",
                "090172705",
                "0212345678",
                "+421212345678",
                "+420901727051",
                "++421901727051",
                "421901727051,421901727053",
                "9223372036854775808",
                "٠٩٠١٧٢٧٠٥١"
            })
    void everythingElseIsRefused(String written) {
        assertThat(Text421Numbers.read(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"421905123456, +421905123456", "0905123456, +421905123456", "420601234567, +420601234567"})
    void whoWroteMayBeFromElsewhere(String msisdn, String number) {
        assertThat(Text421Numbers.ofMsisdn(msisdn)).contains(new PhoneNumber(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7401", "Orange", "000"})
    void whoWroteMayHaveNoNumber(String msisdn) {
        assertThat(Text421Numbers.ofMsisdn(msisdn)).isEmpty();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/hoopoe/provider/text421-numbers.csv", delimiter = '|')
    void aFormIsThisNumberOrNone(String written, String number, String why) {
        assertThat(Text421Numbers.read(WrittenNumbers.decoded(written)))
                .as(why)
                .isEqualTo(number.equals("-") ? Optional.empty() : Optional.of(new PhoneNumber(number)));
    }

    @Test
    void nothingIsRepaired() {
        WrittenNumbers.assertNothingIsRepaired(
                Text421Numbers::read,
                "+421",
                List.of("0", "421", "+421", "00421", "4210", "+4210", "004210"),
                List.of(
                        "0901727051",
                        "901727051",
                        "421901727051",
                        "+421901727051",
                        "00421901727051",
                        "0901-727-051",
                        "+421 901 727 051",
                        "+421 (0)901 727 051",
                        "(0901) 727.051",
                        "090172705",
                        "90172705",
                        "+421.901727051"));
    }
}
