package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.PhoneNumber;
import hoopoe.testing.WrittenNumbers;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class Every8dNumbersTest {

    private static final long SEED = 20_261_122;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0912345678",
                "912345678",
                "886912345678",
                "8860912345678",
                "+886912345678",
                "+8860912345678",
                "00886912345678",
                "008860912345678",
                " 0912-345-678 ",
                "(0912) 345.678",
                "+886 912-345-678",
                "+886 (0)912 345 678",
                "０９１２３４５６７８",
                "＋８８６912345678",
                "0912\u3000345\u00A0678\t"
            })
    void aTaiwaneseMobileInAnyForm(String written) {
        assertThat(Every8dNumbers.read(written)).contains(new PhoneNumber("+886912345678"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+12028951800", "+1-202-895-1800", "+4412345678", "+861382345678", "+12345678"})
    void aForeignNumberWithItsPlus(String written) {
        assertThat(Every8dNumbers.read(written)).map(PhoneNumber::e164).contains(written.replace("-", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "abc",
                "09123456789",
                "091234567",
                "0812345678",
                "0223456789",
                "+886223456789",
                "+8869123456789",
                "+88691234567",
                "+886",
                "861382345678",
                "1382345678",
                "12028951800",
                "0012028951800",
                "+1234567",
                "+1234567890123456",
                "+0912345678",
                "++886912345678",
                "0912345678+",
                "0912345678,0922333444",
                "0912345678;0922333444",
                "09x2345678",
                "٠٩١٢٣٤٥٦٧٨"
            })
    void everythingElseIsRefused(String written) {
        assertThat(Every8dNumbers.read(written)).isEmpty();
    }

    @Test
    void whatIsReadIsCanonicalAndFits() {
        var random = new Random(SEED);
        var alphabet = "0123456789998860+ -(). ９+";
        for (int i = 0; i < 20_000; i++) {
            var written = new StringBuilder(i % 2 == 0 ? "" : "+");
            for (int n = random.nextInt(16); n > 0; n--) {
                written.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Every8dNumbers.read(written.toString()).ifPresent(number -> {
                assertThat(number.e164()).hasSizeLessThanOrEqualTo(20);
                assertThat(Every8dNumbers.read(number.e164())).contains(number);
                assertThat(Every8dNumbers.isTaiwanese(number))
                        .isEqualTo(number.e164().matches("\\+8869\\d{8}"));
            });
        }
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/hoopoe/provider/every8d-numbers.csv", delimiter = '|')
    void aFormIsThisNumberOrNone(String written, String number, String why) {
        assertThat(Every8dNumbers.read(WrittenNumbers.decoded(written)))
                .as(why)
                .isEqualTo(number.equals("-") ? Optional.empty() : Optional.of(new PhoneNumber(number)));
    }

    @Test
    void nothingIsRepaired() {
        WrittenNumbers.assertNothingIsRepaired(
                Every8dNumbers::read,
                "+886",
                List.of("", "0", "886", "+886", "00886", "8860", "+8860", "008860"),
                List.of(
                        "0912345678",
                        "912345678",
                        "886912345678",
                        "+886912345678",
                        "00886912345678",
                        "0912-345-678",
                        "+886 912 345 678",
                        "+886 (0)912 345 678",
                        "(0912) 345.678",
                        "091234567",
                        "91234567",
                        "+886.912345678",
                        "+12028951800",
                        "+1 (202) 895-1800",
                        "+44 (0)7123 456789",
                        "+33.6.12.34.56.78"));
    }
}
