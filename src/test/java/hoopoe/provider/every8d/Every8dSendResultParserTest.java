package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.provider.every8d.Every8dSendResultParser.Every8dSendResult;
import hoopoe.provider.every8d.Every8dSendResultParser.Every8dSendResult.Contradiction;
import hoopoe.provider.every8d.Every8dSendResultParser.Every8dSendResult.ErrorLine;
import hoopoe.provider.every8d.Every8dSendResultParser.Every8dSendResult.MalformedResult;
import hoopoe.provider.every8d.Every8dSendResultParser.Every8dSendResult.TakenByProvider;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Every8dSendResultParserTest {

    private static final String GUID = "65408eb7-1df2-449c-9cb9-4a9162c70cda";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1230.00,4,4,0,G                         | 1230.00 | 4 | 4    | 0",
                "4.0,1,1.0,0,G                           | 4.0     | 1 | 1.0  | 0",
                "0.00,1,1.0,2,G                          | 0.00    | 1 | 1.0  | 2",
                "56.00,2,2,0,G,0900000001/0900000002     | 56.00   | 2 | 2    | 0",
                "56.00,2,2,0,G,0900000001,another        | 56.00   | 2 | 2    | 0",
                "80.00,3,1,2,G                           | 80.00   | 3 | 1    | 2",
                "4,4.0,4,0.0,G                           | 4       | 4 | 4    | 0",
                "' 4.0 , 1 ,1.0, 0 , G \r\n'             | 4.0     | 1 | 1.0  | 0",
                "'\uFEFF4.0,0,0.0,3,G'                   | 4.0     | 0 | 0.0  | 3"
            })
    void fiveFieldsAndMore(String text, BigDecimal credit, int sent, BigDecimal cost, int unsent) {
        assertThat(read(text)).isEqualTo(new TakenByProvider(credit, sent, cost, unsent, GUID, false));
    }

    @ParameterizedTest
    @CsvSource({"'1230.00,4,4.0,G',4.0,false", "'1230.00,4,4.00,G',4.00,false", "'1230.00,4,4.2,G',4.2,true"})
    void fourFields(String text, BigDecimal cost, boolean ambiguous) {
        assertThat(read(text)).isEqualTo(new TakenByProvider(new BigDecimal("1230.00"), 4, cost, 0, GUID, ambiguous));
    }

    @Test
    void aBatchIdMayBeAnyToken() {
        assertThat(read("1,1,1,0,AB-12"))
                .isEqualTo(new TakenByProvider(BigDecimal.ONE, 1, BigDecimal.ONE, 0, "AB-12", false));
        assertThat(read("1,1,1,0," + "x".repeat(64))).isInstanceOf(TakenByProvider.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-301                                              | -301 | ''",
                "-301.00                                           | -301 | ''",
                "-301,Session 資料不存在，請重新登入。             | -301 | Session 資料不存在，請重新登入。",
                "-99, 主機端發生不明錯誤，請與廠商窗口聯繫。       | -99  | 主機端發生不明錯誤，請與廠商窗口聯繫。",
                "-306,手機格式不符:0912,0922,0933,0944,0955        | -306 | 手機格式不符:0912,0922,0933,0944,0955",
                "-1,1,1                                            | -1   | 1,1",
                "-1,1,1,1                                          | -1   | 1,1,1",
                "-306,no batch,1,65408eb7-1df2-449c-9cb9-4a9162c70cda | -306 | no batch,1,65408eb7-1df2-449c-9cb9-4a9162c70cda",
                "-1,1,1,1,1,1                                      | -1   | 1,1,1,1,1",
                "-1,1,1,1,two words                                | -1   | 1,1,1,two words",
                "-1,1,1.5,x,1                                      | -1   | 1,1.5,x,1",
                "-27,電話號碼不得為空                              | -27  | 電話號碼不得為空",
                "-999.0,x                                          | -999 | x"
            })
    void anErrorIsToldBeforeFieldsAreCounted(String text, String code, String words) {
        assertThat(read(text)).isEqualTo(new ErrorLine(new Every8dError(code, words)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-12.50,3,3,0,G", "-12,3,3.0,0,G", "-12.50,3,3.0,G", "-301,1,1,0,G", "-12.50,3,3,0,G,1"})
    void aNegativeCreditWithABatchIsNeitherYesNorNo(String text) {
        assertThat(read(text)).isEqualTo(new Contradiction(GUID));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1.0,1,1.0,0,B22f0c692_cbd075cd326b   | B22f0c692_cbd075cd326b",
                "-12.00,1,1,0,TOKEN123                 | TOKEN123",
                "-12.50,1.0,1.00,0.0,TOKEN123          | TOKEN123",
                "' -12 , 1 , 1 , 0 , AB-12 \r\n'       | AB-12",
                "-1,1,1,1,1                            | 1"
            })
    void aNegativeCreditWithAnyTokenIsNeitherYesNorNo(String text, String batch) {
        assertThat(read(text)).isEqualTo(new Contradiction(batch));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \r\n",
                "\uFEFF",
                "OK",
                "1",
                "4.0,1,1.0,0",
                "4.0,1,1.0,0,",
                "4.0,1,1.0,0, ",
                "4.0,1,4,G",
                "4.0,1,4.0,not-a-guid",
                "four,1,1.0,0,G",
                "4.0,x,1.0,0,G",
                "4.0,1.5,1.0,0,G",
                "4.0,1,-1.0,0,G",
                "4.0,1,1.0,-1,G",
                "4.0,1,1.0,0,two words",
                "1e3,1,1.0,0,G",
                "４,1,1.0,0,G",
                ",,,,",
                "-",
                "-x,1",
                "-12.50",
                "--1",
                "- 301",
                "<html>",
                "<?xml version=\"1.0\"?><SMS/>",
                "99999999999999999999,1,1.0,0,G",
                "4.0,99999999999,1.0,0,G"
            })
    void anythingElseIsMalformed(String text) {
        assertThat(read(text)).isEqualTo(new MalformedResult());
    }

    @Test
    void aBatchIdHasAnEnd() {
        assertThat(read("1,1,1,0," + "x".repeat(65))).isEqualTo(new MalformedResult());
    }

    @Test
    void jsonHoldsALine() {
        assertThat(read("{\"Result\":false,\"Status\":\"-301\",\"Msg\":\"-301,gone\"}"))
                .isEqualTo(new ErrorLine(new Every8dError("-301", "gone")));
        assertThat(read("{\"Result\":true,\"Status\":\"0\",\"Msg\":\"1,1,1,0,G\"}"))
                .isEqualTo(new TakenByProvider(BigDecimal.ONE, 1, BigDecimal.ONE, 0, GUID, false));
    }

    @Test
    void jsonThatContradictsItselfIsNoAnswer() {
        assertThat(read("{\"Result\":false,\"Msg\":\"1,1,1,0,G\"}")).isEqualTo(new Contradiction(GUID));
        assertThat(read("{\"Result\":true,\"Msg\":\"-301,gone\"}")).isEqualTo(new MalformedResult());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "{]",
                "{\"Msg\":null}",
                "{\"Msg\":{}}",
                "{\"Result\":false,\"Status\":\"-300\",\"Msg\":\"words\"}",
                "{\"Msg\":\"{\\\"Msg\\\":\\\"-301\\\"}\"}"
            })
    void jsonWithoutALineIsMalformed(String text) {
        assertThat(read(text)).isEqualTo(new MalformedResult());
    }

    @Test
    void deepJsonCostsNoStack() {
        assertThat(read("{\"a\":".repeat(100_000))).isEqualTo(new MalformedResult());
    }

    private static Every8dSendResult read(String text) {
        return Every8dSendResultParser.read(text.replaceAll("\\bG\\b", GUID));
    }
}
