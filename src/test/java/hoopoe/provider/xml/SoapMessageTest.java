package hoopoe.provider.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SoapMessageTest {

    private static final String BODY = "<soap:Body><sendSMS xmlns=\"http://tempuri.org/\">"
            + "<sessionKey>edc603f14336483ea71e4998f555b504</sessionKey><subject></subject>"
            + "<content>測試 &lt;1&gt; &amp; 2&#13;\n😀</content></sendSMS></soap:Body></soap:Envelope>";

    private final SoapMessage message = SoapMessage.of("http://tempuri.org/", "sendSMS")
            .with("sessionKey", "edc603f14336483ea71e4998f555b504")
            .with("subject", "")
            .with("content", "測試 <1> & 2\r\n😀");

    @Test
    void version11() {
        assertThat(text(SoapVersion.V1_1))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                        + "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">" + BODY);
        assertThat(message.headers(SoapVersion.V1_1))
                .containsEntry("Content-Type", "text/xml; charset=utf-8")
                .containsEntry("SOAPAction", "\"http://tempuri.org/sendSMS\"")
                .hasSize(2);
    }

    @Test
    void version12() {
        assertThat(text(SoapVersion.V1_2))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                        + "<soap:Envelope xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\">" + BODY);
        assertThat(message.headers(SoapVersion.V1_2))
                .containsEntry(
                        "Content-Type", "application/soap+xml; charset=utf-8; action=\"http://tempuri.org/sendSMS\"")
                .hasSize(1);
    }

    @Test
    void whatWasWrittenIsWhatIsRead() throws Exception {
        var cursor = XmlCursor.at(text(SoapVersion.V1_1));
        cursor.toChild();
        cursor.toChild();
        for (var expected : new String[] {"edc603f14336483ea71e4998f555b504", "", "測試 <1> & 2\r\n😀"}) {
            assertThat(cursor.toChild()).isTrue();
            assertThat(cursor.namespace()).isEqualTo("http://tempuri.org/");
            assertThat(cursor.text()).isEqualTo(expected);
        }
        assertThat(cursor.toChild()).isFalse();
    }

    @Test
    void aMessagePrintsNoParameter() {
        assertThat(message.toString()).isEqualTo("sendSMS");
    }

    @Test
    void thereIsNoThirdVersion() {
        assertThat(SoapVersion.of("1.1")).isEqualTo(SoapVersion.V1_1);
        assertThat(SoapVersion.of("1.2")).isEqualTo(SoapVersion.V1_2);
        assertThatThrownBy(() -> SoapVersion.of("2")).isInstanceOf(IllegalArgumentException.class);
    }

    private String text(SoapVersion version) {
        return new String(message.envelope(version), StandardCharsets.UTF_8);
    }
}
