package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.PhoneNumber;
import hoopoe.provider.PriceEstimate;
import hoopoe.provider.SendOrder;
import java.math.BigDecimal;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Every8dPriceTest {

    private static final PhoneNumber HOME = new PhoneNumber("+886912345678");
    private static final PhoneNumber ABROAD = new PhoneNumber("+12028951800");

    @ParameterizedTest
    @CsvSource({
        "1,1,1",
        "70,1,1",
        "71,2,2",
        "134,2,2",
        "135,3,3",
        "201,3,3",
        "202,4,4",
        "268,4,4",
        "269,5,5",
        "333,5,5",
        "334,5,6",
        "335,5,6",
        "336,6,6",
        "403,6,7",
        "404,7,7",
        "666,10,10",
        "667,10,11",
        "1000,15,16"
    })
    void atHome(int length, int low, int high) {
        assertThat(Every8dPrice.of(HOME, "a".repeat(length))).isEqualTo(estimate(low, high, "domestic"));
    }

    @ParameterizedTest
    @CsvSource({"1,3,3", "70,3,3", "71,6,6", "134,6,6", "135,6,9", "140,6,9", "141,9,9", "334,15,18", "333,15,15"})
    void abroad(int length, int low, int high) {
        assertThat(Every8dPrice.of(ABROAD, "a".repeat(length))).isEqualTo(estimate(low, high, "international"));
    }

    @Test
    void theTwoReadingsDifferFor27LengthsUpToAThousand() {
        assertThat(IntStream.rangeClosed(1, 1000)
                        .mapToObj(length -> Every8dPrice.of(HOME, "a".repeat(length)))
                        .filter(priceEstimate -> !priceEstimate.low().equals(priceEstimate.high())))
                .hasSize(27);
    }

    @Test
    void anEmojiCountsTwiceAndALineEndOnce() {
        assertThat(Every8dPrice.of(HOME, "😀".repeat(35))).isEqualTo(estimate(1, 1, "domestic"));
        assertThat(Every8dPrice.of(HOME, "😀".repeat(35) + "a")).isEqualTo(estimate(2, 2, "domestic"));
        assertThat(Every8dPrice.of(HOME, SendOrder.normalized("\r\n".repeat(70))))
                .isEqualTo(estimate(1, 1, "domestic"));
    }

    private static PriceEstimate estimate(int low, int high, String recipientClass) {
        return new PriceEstimate(BigDecimal.valueOf(low), BigDecimal.valueOf(high), recipientClass);
    }
}
