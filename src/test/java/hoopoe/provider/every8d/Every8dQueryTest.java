package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.provider.CancelOutcome.CancelledMessages;
import hoopoe.provider.CancelOutcome.NoResult;
import hoopoe.provider.ProviderException;
import hoopoe.provider.every8d.Every8dError.Every8dRefusal;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Every8dQueryTest {

    private final Every8dCredit credit = new Every8dCredit();
    private final Every8dCancel erase = new Every8dCancel("batch");

    @ParameterizedTest
    @ValueSource(strings = {"2310.00", "0", "0.5", "12345678.25", "-230.00", "-0.5", "-12", "-3.00"})
    void creditIsOneDecimal(String text) throws Exception {
        assertThat(credit.read(' ' + text + "\r\n")).isEqualTo(new BigDecimal(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OK", "1,1", "1e3", "NaN", "{", "{\"Msg\":\"1.0\"}", "--1", "-", "<a/>", "１"})
    void anyOtherCreditIsMalformed(String text) {
        assertThatThrownBy(() -> credit.read(text)).isInstanceOf(ProviderException.MalformedAnswer.class);
    }

    @ParameterizedTest
    @CsvSource({"-301", "-99", "-101", "'-301,gone'", "-301.00", "-3", "'-230,x'", "-999"})
    void aCodeInsteadOfACreditIsAnError(String text) {
        assertThatThrownBy(() -> credit.read(text)).isInstanceOf(Every8dRefusal.class);
        assertThatThrownBy(() -> erase.read("-301")).isInstanceOf(Every8dRefusal.class);
        assertThatThrownBy(() -> erase.read("{\"Result\":false,\"Msg\":\"-301,x\"}"))
                .isInstanceOf(Every8dRefusal.class);
    }

    @Test
    void erasedIsCountedAndRefunded() throws Exception {
        assertThat(erase.read("2,2.00")).isEqualTo(new CancelledMessages(2, new BigDecimal("2.00")));
        assertThat(erase.read(" 1 , 1 ")).isEqualTo(new CancelledMessages(1, BigDecimal.ONE));
    }

    @Test
    void emptyIsNothingFound() throws Exception {
        assertThat(erase.read(" \n")).isEqualTo(new NoResult("", ""));
    }

    @ParameterizedTest
    @CsvSource({"-3,無法取得指定發送資料", "-4,發送資料為刪除狀態或已經送出", "-8,取消作業暫時無法進行", "-77,x"})
    void anErrorOfTheSameShapeIsNoResult(String code, String text) throws Exception {
        assertThat(erase.read(code + ',' + text)).isEqualTo(new NoResult(code, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1,2,3", "a,b", "1,-1", "-", "-1.5,1", "<a/>"})
    void anyOtherEraseIsMalformed(String text) {
        assertThatThrownBy(() -> erase.read(text)).isInstanceOf(ProviderException.MalformedAnswer.class);
    }

    @ParameterizedTest
    @CsvSource({
        "-97, Busy",
        "-99, Unavailable",
        "-100, Refused",
        "-101, Refused",
        "-999, Refused",
        "-306, Refused",
        "-12345, Refused"
    })
    void errorsHaveTheirExceptions(String code, String name) {
        var exception = new Every8dRefusal(new Every8dError(code, "canary")).toException("every8d getCredit");
        assertThat(exception.kind()).isEqualTo(name);
        assertThat(exception).hasMessage("every8d getCredit: " + code);
        assertThat(exception.code()).isEqualTo(code);
    }
}
