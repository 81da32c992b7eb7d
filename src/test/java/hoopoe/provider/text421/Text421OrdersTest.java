package hoopoe.provider.text421;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.message.BinaryMessage;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.secret.Credentials;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The document's sample with one of its recipients, written without line ends, byte for byte. */
class Text421OrdersTest {

    private static final Instant NOW = Instant.parse("2012-11-05T15:00:00Z");
    private static final Instant LATER = Instant.parse("2012-11-05T15:01:22Z");
    private static final Credentials LOGIN = new Credentials("test", "test", "1234", "v1");
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sms><username>test</username>"
            + "<password>test</password><billing><billkey>1234</billkey><from>7401</from></billing><message>";
    private static final String TAIL =
            "</message><recipients><recipient><id>123456</id><rcv_msg_id>25481978</rcv_msg_id>"
                    + "<msisdn>421901727051</msisdn></recipient></recipients></sms>";

    private static SendOrder order(
            @Nullable Instant sendAt, @Nullable BinaryMessage binaryMessage, @Nullable Instant own) {
        return new SendOrder(
                "T1",
                "123456",
                "",
                "ignored",
                sendAt,
                null,
                binaryMessage,
                List.of(new OrderRecipient(new PhoneNumber("+421901727051"), null, null, null, own, "25481978")));
    }

    private static String xml(SendOrder order, String text) {
        return new String(Text421Orders.of(LOGIN, "7401", order, text, NOW), StandardCharsets.UTF_8);
    }

    @Test
    void aText() {
        assertThat(xml(order(null, null, null), "Test SMS")).isEqualTo(HEAD + "<text>Test SMS</text>" + TAIL);
    }

    @Test
    void aTextForLater() {
        var written = HEAD + "<text>Test SMS</text><delivery>2012-11-05 16:01:22</delivery>" + TAIL;
        assertThat(xml(order(LATER, null, null), "Test SMS")).isEqualTo(written);
        assertThat(xml(order(null, null, LATER), "Test SMS")).isEqualTo(written);
    }

    @Test
    void aTimeThatIsPastIsLeftOut() {
        assertThat(xml(order(NOW, null, null), "a")).isEqualTo(HEAD + "<text>a</text>" + TAIL);
    }

    @Test
    void aTimeLessThanAMinuteAheadIsNow() {
        var soon = NOW.plusSeconds(59);
        assertThat(xml(order(soon, null, null), "a")).isEqualTo(HEAD + "<text>a</text>" + TAIL);
        assertThat(xml(order(LATER, null, soon), "a")).isEqualTo(HEAD + "<text>a</text>" + TAIL);

        var planned = HEAD + "<text>a</text><delivery>2012-11-05 16:01:00</delivery>" + TAIL;
        assertThat(xml(order(NOW.plusSeconds(60), null, null), "a")).isEqualTo(planned);
        assertThat(xml(order(soon, null, NOW.plusSeconds(60)), "a")).isEqualTo(planned);
    }

    @Test
    void aBinaryMessageWithAllThereIs() {
        assertThat(xml(order(LATER, new BinaryMessage(245, 64), null), "0A0B0C"))
                .isEqualTo(HEAD
                        + "<text>0A0B0C</text><type>binary</type><dcs>245</dcs><esm>64</esm>"
                        + "<delivery>2012-11-05 16:01:22</delivery>" + TAIL);
    }

    @Test
    void aBinaryMessageLeavesTheProvidersDefaultsToIt() {
        assertThat(xml(order(null, new BinaryMessage(null, null), null), "0A0B0C"))
                .isEqualTo(HEAD + "<text>0A0B0C</text><type>binary</type>" + TAIL);
    }

    @Test
    void whatXmlWouldReadIsEscaped() {
        assertThat(xml(order(null, null, null), "<a> & ]]> \"x\"\né€"))
                .isEqualTo(HEAD + "<text>&lt;a&gt; &amp; ]]&gt; \"x\"\né€</text>" + TAIL);
    }

    @Test
    void twoRecipientsAreAMistake() {
        var one = order(null, null, null);
        var two = new SendOrder(
                "T1",
                "1",
                "",
                "a",
                null,
                null,
                null,
                List.of(one.recipients().get(0), one.recipients().get(0)));
        assertThatThrownBy(() -> xml(two, "a")).isInstanceOf(IllegalArgumentException.class);
    }
}
