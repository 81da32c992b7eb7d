package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackContent.DeliveryCallback;
import hoopoe.provider.CallbackContent.ReplyCallback;
import hoopoe.provider.CallbackContent.UnreadableCallback;
import hoopoe.provider.CallbackRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Every8dCallbacksTest {

    private static final long SEED = 20_261_122;
    private static final String LONG_FORM = "BatchID=65408EB7-1df2-449c-9cb9-4a9162c70cda&RM=%2b886987654321"
            + "&RT=20180101120002&STATUS=100&SM=Hello%2c+%e4%b8%96%e7%95%8c&CustID=CUSTID&UserNo=000000"
            + "&ST=20180101120001&MR=1&SUBJECT=note+%23bat_01&NAME=NAME&USERID=USERNAME&SOURCE=&CHARGE=0";
    private static final String REPLY = "BatchID=b1&RM=%2b886900000002&RT=20150923154009&STATUS=999"
            + "&SM=%e5%9b%9e%e8%a6%86+%26+ok&MR=2&USERID=demo";

    @Test
    void theLongForm() {
        var read = (DeliveryCallback) get(LONG_FORM);
        assertThat(read.reference()).isEqualTo("65408EB7-1df2-449c-9cb9-4a9162c70cda");
        assertThat(read.token()).contains("bat_01");
        assertThat(read.to()).isEqualTo(new PhoneNumber("+886987654321"));
        assertThat(read.fact())
                .isEqualTo(new StatusFact(
                        MessageState.DELIVERED,
                        Instant.parse("2018-01-01T04:00:02Z"),
                        "100",
                        "delivered",
                        null,
                        StatusFact.Source.CALLBACK));
        assertThat(read.sentAt()).isEqualTo("2018-01-01T04:00:01Z");
    }

    @Test
    void theShortForm() {
        var read = (DeliveryCallback)
                get("BatchID=b1&RM=%2b886900000001&RT=20150923153720&STATUS=103&SM=&MR=1&USERID=demo");
        assertThat(read.token()).isEmpty();
        assertThat(read.sentAt()).isNull();
        assertThat(read.fact().state()).isEqualTo(MessageState.UNDELIVERED);
    }

    @Test
    void only999IsAReply() {
        var read = (ReplyCallback) get(REPLY);
        assertThat(read.reference()).contains("b1");
        assertThat(read.from()).isEqualTo(new PhoneNumber("+886900000002"));
        assertThat(read.at()).isEqualTo("2015-09-23T07:40:09Z");
        assertThat(read.text()).isEqualTo("回覆 & ok");
        assertThat(read.id()).isEmpty();
        assertThat(read.receivedId()).isEmpty();
    }

    @Test
    void namesHaveNoCaseAndNoOrder() {
        assertThat(get("status=100&rt=20150923153720&rm=0900000001&batchid=b1&mr=1"))
                .isEqualTo(get("BatchID=b1&MR=1&RM=%2b886900000001&RT=20150923153720&STATUS=100"));
    }

    @Test
    void aPlusThatNobodyEscapedIsAPlus() {
        assertThat(((DeliveryCallback) get("BatchID=b1&RM=+886900000001&STATUS=100")).to())
                .isEqualTo(new PhoneNumber("+886900000001"));
        assertThat(((DeliveryCallback) get("BatchID=b1&RM=%20886900000001%20%20&STATUS=100")).to())
                .isEqualTo(new PhoneNumber("+886900000001"));
        assertThat(((DeliveryCallback) get("BatchID=b1&RM=+12028951800&STATUS=100")).to())
                .isEqualTo(new PhoneNumber("+12028951800"));
    }

    @Test
    void aTextThatIsNoUtf8IsBig5() {
        var big5 = new StringBuilder();
        for (byte b : "回覆".getBytes(Charset.forName("Big5"))) {
            big5.append('%').append(String.format("%02x", b));
        }
        assertThat(((ReplyCallback) get("BatchID=b1&STATUS=999&SM=" + big5)).text())
                .isEqualTo("回覆");
    }

    @Test
    void aFormIsReadToo() {
        var form = new CallbackRequest(
                "POST",
                "BatchID=b1",
                "application/x-www-form-urlencoded; charset=utf-8",
                "BatchID=b2&STATUS=100&RM=0900000001".getBytes(StandardCharsets.UTF_8));
        assertThat(((DeliveryCallback) Every8dCallbacks.read(form)).reference()).isEqualTo("b1");
        var other = new CallbackRequest("POST", "", "text/plain", "STATUS=100".getBytes(StandardCharsets.UTF_8));
        assertThat(Every8dCallbacks.read(other)).isEqualTo(new UnreadableCallback("status"));
    }

    @Test
    void aBadEscapeStaysAsItIs() {
        assertThat(((ReplyCallback) get("BatchID=b1&STATUS=999&SM=100%+%zz%4")).text())
                .isEqualTo("100% %zz%4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&&",
                "=",
                "BatchID=b1",
                "BatchID=b1&STATUS=",
                "BatchID=b1&STATUS=fine",
                "STATUS=1e2&BatchID=b1"
            })
    void withoutAStatusItIsUnreadable(String query) {
        assertThat(get(query)).isEqualTo(new UnreadableCallback("status"));
    }

    @Test
    void aReportWithoutABatchIsUnreadableAndAReplyIsNot() {
        assertThat(get("STATUS=100&RM=0900000001")).isEqualTo(new UnreadableCallback("batch_id"));
        assertThat(((ReplyCallback) get("STATUS=999&RM=0900000001&SM=a")).reference())
                .isEmpty();
    }

    /** The token names it: whose it is, is said, and no lack of a batch makes it everybody's. */
    @Test
    void ourTokenNamesWhatHasNoBatch() {
        var report = (DeliveryCallback) get("STATUS=100&RM=0900000001&SUBJECT=note+%23" + "0".repeat(26) + "-0");
        var replyCallback = (ReplyCallback) get("STATUS=999&RM=0900000001&SM=a&SUBJECT=%23" + "0".repeat(26) + "-0");

        assertThat(report.token()).contains("0".repeat(26) + "-0");
        assertThat(replyCallback.token()).contains("0".repeat(26) + "-0");
        assertThat(replyCallback.shared()).isFalse();
        assertThat(((ReplyCallback) get("STATUS=999&RM=0900000001&SM=a")).shared())
                .isFalse();
    }

    @Test
    void whatIsTooLongIsUnreadable() {
        assertThat(get("STATUS=100&BatchID=" + "b".repeat(65))).isEqualTo(new UnreadableCallback("batch_id"));
    }

    @Test
    void anUnknownStatusIsKept() {
        var statusFact = ((DeliveryCallback) get("BatchID=b1&STATUS=-314&RT=nonsense")).fact();
        assertThat(statusFact.state()).isEqualTo(MessageState.SUBMITTED);
        assertThat(statusFact.code()).isEqualTo("-314");
        assertThat(statusFact.at()).isNull();
    }

    @Test
    void repeatsHaveOneIdentity() {
        var one = "BatchID=b1&MR=1&RM=%2b886900000001&RT=20150923153720&STATUS=100";
        assertThat(identity(one)).isEqualTo(identity(one));
        assertThat(identity(one))
                .isEqualTo(identity("STATUS=100&BatchID=+B1+&RM=0900000001++&MR=1&RT=20150923153720&SM=x&CHARGE=1"));
    }

    @Test
    void everythingElseHasAnother() {
        assertThat(Stream.of(
                                "BatchID=b1&MR=1&RM=0900000001&RT=20150923153720&STATUS=100",
                                "BatchID=b2&MR=1&RM=0900000001&RT=20150923153720&STATUS=100",
                                "BatchID=b1&MR=2&RM=0900000001&RT=20150923153720&STATUS=100",
                                "BatchID=b1&MR=1&RM=0900000002&RT=20150923153720&STATUS=100",
                                "BatchID=b1&MR=1&RM=0900000001&RT=20150923153721&STATUS=100",
                                "BatchID=b1&MR=1&RM=0900000001&RT=20150923153720&STATUS=101",
                                "BatchID=b1&MR=1&RM=0900000001&RT=20150923153720&STATUS=999&SM=a",
                                "BatchID=b1&MR=1&RM=0900000001&RT=20150923153720&STATUS=999&SM=b")
                        .map(Every8dCallbacksTest::identity)
                        .distinct())
                .hasSize(8);
    }

    @Test
    void nothingTellsTheNumberOrTheText() {
        assertThat(get(REPLY).toString() + get(LONG_FORM) + identity(REPLY))
                .doesNotContain("886900000002")
                .doesNotContain("886987654321")
                .doesNotContain("回覆");
    }

    @Test
    void anyBytesAreReadWithoutAnException() {
        var random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            var body = new byte[random.nextInt(60)];
            random.nextBytes(body);
            var query = new String(body, StandardCharsets.ISO_8859_1) + "&STATUS=" + random.nextInt(1000) + "&BatchID=%"
                    + (char) random.nextInt(0xFFFF);
            var form = "application/x-www-form-urlencoded";
            assertThat(Every8dCallbacks.read(new CallbackRequest("POST", query, form, body)))
                    .isNotNull();
        }
    }

    private static String identity(String query) {
        var read = get(query);
        return read instanceof DeliveryCallback deliveryCallback
                ? deliveryCallback.identity()
                : ((ReplyCallback) read).identity();
    }

    private static CallbackContent get(String query) {
        return Every8dCallbacks.read(new CallbackRequest("GET", query, "", new byte[0]));
    }
}
