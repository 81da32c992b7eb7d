package hoopoe.provider.text421;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackContent.DeliveryCallback;
import hoopoe.provider.CallbackContent.ReplyCallback;
import hoopoe.provider.CallbackContent.UnreadableCallback;
import hoopoe.provider.CallbackRequest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Text421CallbacksTest {

    private static final String RECEIVED = "id=23&rcv_msg_id=25481979&time=2014-07-18%2000:35:00&msisdn=421905123456"
            + "&text=Test%20Message&source=7401&type=sms&operator=M";

    private static CallbackContent get(String query) {
        return Text421Callbacks.read(new CallbackRequest("GET", query, "", new byte[0]));
    }

    private static ReplyCallback reply(String query) {
        return (ReplyCallback) get(query);
    }

    private static DeliveryCallback delivery(String query) {
        return (DeliveryCallback) get(query);
    }

    @Test
    void aReceivedSmsAsTheHelpPageShowsIt() {
        var replyCallback = reply(RECEIVED);
        assertThat(replyCallback.reference()).isEmpty();
        assertThat(replyCallback.from()).isEqualTo(new PhoneNumber("+421905123456"));
        assertThat(replyCallback.at()).isEqualTo(Instant.parse("2014-07-17T22:35:00Z"));
        assertThat(replyCallback.text()).isEqualTo("Test Message");
        assertThat(replyCallback.receivedId()).contains("25481979");
        assertThat(replyCallback.to()).contains("7401");
    }

    @Test
    void aDeliveryAsTheHelpPageShowsIt() {
        var deliveryCallback = delivery("id=122231&time=2012-10-18%2022:10:11&status=2");
        assertThat(deliveryCallback.reference()).isEqualTo("122231");
        assertThat(deliveryCallback.to()).isNull();
        assertThat(deliveryCallback.fact())
                .isEqualTo(new StatusFact(
                        MessageState.DELIVERED,
                        Instant.parse("2012-10-18T20:10:11Z"),
                        "2",
                        "delivered",
                        null,
                        StatusFact.Source.CALLBACK));
    }

    @ParameterizedTest
    @CsvSource({
        "2, DELIVERED",
        "3, EXPIRED",
        "5, FAILED",
        "8, REJECTED",
        "127, FAILED",
        "4, SUBMITTED",
        "delivered, DELIVERED",
        "-1, SUBMITTED"
    })
    void everyStatusAndSomeThatAreNone(String status, MessageState state) {
        var statusFact = delivery("id=1&status=" + status).fact();
        assertThat(statusFact.state()).isEqualTo(state);
        assertThat(statusFact.code()).isEqualTo(status);
        assertThat(statusFact.at()).isNull();
    }

    @Test
    void aDeliveryMayNameTheReceivedSms() {
        assertThat(delivery("id=1&rcv_msg_id=25481979&status=5&time=x").reference())
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2014-07-18%2000:35:00",
                "2014-07-18+00:35:00",
                "2014-07-18%2000%3A35%3A00",
                "2014-07-18 00:35:00"
            })
    void timesInEveryEncoding(String time) {
        assertThat(reply("id=1&rcv_msg_id=2&msisdn=421905123456&text=a&time=" + time)
                        .at())
                .isEqualTo(Instant.parse("2014-07-17T22:35:00Z"));
    }

    @Test
    void aTextInUtf8OrAsOldSystemsWriteIt() {
        assertThat(reply("id=1&msisdn=421905123456&text=%C4%8Do%20%26+%E2%82%AC")
                        .text())
                .isEqualTo("čo & €");
        assertThat(reply("id=1&msisdn=421905123456&text=%E8o").text()).isEqualTo("čo");
        assertThat(reply("id=1&msisdn=421905123456&text=").text()).isEmpty();
        assertThat(reply("id=1&msisdn=421905123456").text()).isEmpty();
    }

    @Test
    void withoutReceivedIdItCannotBeCharged() {
        var replyCallback = reply("id=23&msisdn=421905123456&text=a&source=7401");
        assertThat(replyCallback.receivedId()).isEmpty();
        assertThat(reply("id=23&rcv_msg_id=&source=7401&text=a").receivedId()).isEmpty();
    }

    @Test
    void sixtyFourBitsAndNoMore() {
        assertThat(reply("id=1&source=1&rcv_msg_id=" + Long.MAX_VALUE).receivedId())
                .contains("" + Long.MAX_VALUE);
        assertThat(get("id=1&source=1&rcv_msg_id=9223372036854775808")).isInstanceOf(UnreadableCallback.class);
        assertThat(get("id=1&source=1&rcv_msg_id=12x")).isInstanceOf(UnreadableCallback.class);
        assertThat(get("id=1&source=1&rcv_msg_id=-1")).isInstanceOf(UnreadableCallback.class);
    }

    @Test
    void repeatsAreTheSameAndOthersAreNot() {
        var first = reply(RECEIVED);
        var again = reply(RECEIVED.replace("00:35:00", "01:35:00").replace("id=23&", "id=24&"));
        assertThat(again.identity()).isEqualTo(first.identity());
        assertThat(again.id()).isEqualTo(first.id());
        var other = reply(RECEIVED.replace("25481979", "25481980"));
        assertThat(other.identity()).isNotEqualTo(first.identity());
        assertThat(other.id()).isNotEqualTo(first.id());
    }

    @Test
    void theTwoKindsOfIdAreNotMixedUp() {
        var byReceivedId = reply("id=1&rcv_msg_id=7&source=1");
        var byId = reply("id=7&source=1");
        assertThat(byId.id()).isNotEqualTo(byReceivedId.id());
        assertThat(byId.identity()).isNotEqualTo(byReceivedId.identity());
        assertThat(reply("source=1&text=a").identity())
                .isNotEqualTo(reply("source=1&text=b").identity());
    }

    @Test
    void aDeliveryIsTheSameByIdAndStatus() {
        var first = delivery("id=1&time=2012-10-18%2022:10:11&status=2").identity();
        assertThat(delivery("id=1&time=2012-10-18%2023:10:11&status=2").identity())
                .isEqualTo(first);
        assertThat(delivery("id=1&status=5").identity()).isNotEqualTo(first);
        assertThat(delivery("id=2&status=2").identity()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&&&=",
                "id=1",
                "id=1&time=2012-10-18%2022:10:11",
                "status=2",
                "id=&status=2",
                "id=1&status=a%20b",
                "rcv_msg_id=25481979",
                "%"
            })
    void whatCannotBeUnderstoodIsKept(String query) {
        assertThat(get(query)).isInstanceOf(UnreadableCallback.class);
    }

    @Test
    void whatIsTooLongIsKept() {
        assertThat(get("id=" + "1".repeat(65) + "&status=2")).isInstanceOf(UnreadableCallback.class);
        assertThat(reply("id=1&source=1&text=" + "a".repeat(4097)).text()).hasSize(4097);
    }

    @Test
    void atEveryTruncationItIsSomething() {
        for (int end = 0; end <= RECEIVED.length(); end++) {
            assertThat(get(RECEIVED.substring(0, end))).isNotNull();
        }
    }

    @Test
    void neitherNumberNorTextIsShown() {
        assertThat(reply(RECEIVED).toString()).doesNotContain("421905123456", "Test Message");
    }
}
