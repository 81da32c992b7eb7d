package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.PhoneNumber;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.provider.xml.SoapVersion;
import hoopoe.provider.xml.XmlCursor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Every8dOrdersTest {

    private static final long SEED = 20_261_122;
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));
    private static final PhoneNumber ONE = new PhoneNumber("+886912345678");
    private static final PhoneNumber TWO = new PhoneNumber("+12028951800");

    @Test
    void aPlainOrderIsASendSms() throws Exception {
        assertThat(sent(order("a\r\nb\nc", null, null, plain(ONE), plain(TWO)))).isEqualTo("""
                        sendSMS
                        sessionKey=key
                        subject=note #T1
                        content=a
                        b
                        c
                        mobile=+886912345678,+12028951800
                        sendTime=
                        """);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "59,1", "60,1", "61,2", "86400,1440", "86401,1441"})
    void aValidityIsASendMessageInWholeMinutesRoundedUp(int seconds, String minutes) throws Exception {
        assertThat(sent(order("a", LATER, Duration.ofSeconds(seconds), plain(ONE))))
                .startsWith("sendMessage\n")
                .endsWith("sendTime=20261122090000\nretryTime=" + minutes + "\n");
    }

    @ParameterizedTest
    @CsvSource({"-1, ''", "0, ''", "59, ''", "60, 20261122080100"})
    void aTimeThatIsNearIsNow(int seconds, String sendTime) throws Exception {
        assertThat(sent(order("a", NOW.plusSeconds(seconds), null, plain(ONE))))
                .endsWith("sendTime=" + sendTime + "\n");
    }

    @Test
    void anOwnTextIsASendParamSms() throws Exception {
        var own = new OrderRecipient(TWO, "own <>&\"]]> 中文 😀", "O'Neil & \"Co\"", "a@example.com", null, null);
        assertThat(sent(order("all", LATER, null, plain(ONE), own))).isEqualTo("""
                        sendParamSMS
                        sessionKey=key
                        subject=note #T1
                        contentXML=<REPS><USER NAME="" MOBILE="+886912345678" EMAIL="" SENDTIME=""><![CDATA[all]]></USER>\
                        <USER NAME="O'Neil &amp; &quot;Co&quot;" MOBILE="+12028951800" EMAIL="a@example.com" SENDTIME="">\
                        <![CDATA[own <>&"]]]]><![CDATA[> 中文 😀]]></USER></REPS>
                        sendTime=20261122090000
                        """);
    }

    @Test
    void aTimeThatIsPastGoesOutEmpty() throws Exception {
        assertThat(sent(order("a", NOW, null, plain(ONE)))).endsWith("sendTime=\n");
        assertThat(sent(order("a", NOW.minusSeconds(1), null, plain(ONE)))).endsWith("sendTime=\n");
    }

    @Test
    void whereOneHasAnOwnTimeAllHaveTheirsWritten() throws Exception {
        var past = new OrderRecipient(ONE, null, null, null, NOW.minusSeconds(1), null);
        var later = new OrderRecipient(TWO, null, null, null, LATER.plusSeconds(60), null);
        assertThat(sent(order("a", LATER, null, past, later, plain(ONE))))
                .contains("MOBILE=\"+886912345678\" EMAIL=\"\" SENDTIME=\"\"")
                .contains("MOBILE=\"+12028951800\" EMAIL=\"\" SENDTIME=\"20261122090100\"")
                .contains("MOBILE=\"+886912345678\" EMAIL=\"\" SENDTIME=\"20261122090000\"")
                .endsWith("sendTime=\n");
    }

    @Test
    void anyTextArrivesCharacterForCharacter() throws Exception {
        var random = new Random(SEED);
        var alphabet = "]]>]>&<\"' \n\r\t中a";
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append(random.nextInt(8) == 0 ? "😀" : alphabet.charAt(random.nextInt(alphabet.length())));
            }
            var written = new Every8dContentXml.UserElement();
            written.name = text.toString();
            written.text = text.toString();
            var content = new Every8dContentXml();
            content.users.add(written);
            var user = XmlCursor.at(content.document());
            user.toChild();
            assertThat(user.attribute("NAME")).isEqualTo(text.toString());
            assertThat(user.text()).isEqualTo(text.toString());
            user.toChild();
            user.end();
        }
    }

    @Test
    void theSubjectEndsWithTheToken() {
        assertThat(Every8dSubject.with("", "T1")).isEqualTo("#T1");
        assertThat(Every8dSubject.with("  two\r\nlines\t ", "T1")).isEqualTo("two lines #T1");
        assertThat(Every8dSubject.with("😀".repeat(60), "T1")).isEqualTo("😀".repeat(30) + " #T1");
        assertThat(Every8dSubject.with("a" + "😀".repeat(60), "T1")).isEqualTo("a" + "😀".repeat(29) + " #T1");
    }

    @ParameterizedTest
    @CsvSource({
        "'note #T1',T1",
        "'#T1',T1",
        "'a #x b #bat_01K-3 ',bat_01K-3",
        "' #T1\r\n',T1",
        "'note#T1',''",
        "'note #',''",
        "'#T1 note',''",
        "'',''",
        "'note # T1',''"
    })
    void theTokenIsReadBackFromTheEnd(String subject, String token) {
        assertThat(Every8dSubject.token(subject).orElse("")).isEqualTo(token);
    }

    private static OrderRecipient plain(PhoneNumber to) {
        return new OrderRecipient(to, null, null, null, null, null);
    }

    private static SendOrder order(
            String text, @Nullable Instant sendAt, @Nullable Duration validity, OrderRecipient... recipients) {
        return new SendOrder("T1", "note", text, sendAt, validity, List.of(recipients));
    }

    /** The operation and its parameters as the other side reads them. */
    private static String sent(SendOrder order) throws XMLStreamException {
        var message = new Every8dOrders(order, NOW).message(new SessionKey("key", 1));
        var cursor = XmlCursor.at(new String(message.envelope(SoapVersion.V1_1), StandardCharsets.UTF_8));
        cursor.toChild();
        cursor.toChild();
        var sent = new StringBuilder(cursor.name()).append('\n');
        while (cursor.toChild()) {
            sent.append(cursor.name()).append('=').append(cursor.text()).append('\n');
        }
        return sent.toString();
    }
}
