package hoopoe.provider.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class RpcMessageTest {

    @Test
    void itIsTheDocumentedCallByteForByte() throws IOException {
        var message = RpcMessage.of("urn:smsserver", "SendSMS")
                .with("user", "demo")
                .with("pass", "secret")
                .with("fromNum", "3000123")
                .with("toNum", List.of("09121234567", "09121234568"))
                .with("messageContent", "سلام & <b>");
        try (var in = getClass().getResourceAsStream("/hoopoe/provider/smspanel/send.request.xml")) {
            assertThat(text(message)).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void anArrayOfOneAndOfNoneHasItsType() {
        assertThat(text(RpcMessage.of("urn:a", "b").with("c", List.of("1")).with("d", List.of())))
                .contains("<c xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"xsd:string[1]\"><item")
                .contains("SOAP-ENC:arrayType=\"xsd:string[0]\"></d>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<>&\"']]>", "a\rb\nc\td", "\r", "سلام 😀", "&amp;", "\uFFFD\u200C"})
    void everyTextArrives(String text) throws Exception {
        var arrived = parsed(RpcMessage.of("urn:a&\"b", "c").with("d", text).with("e", List.of(text, "x")));
        assertThat(arrived.getElementsByTagName("d").item(0).getTextContent()).isEqualTo(text);
        assertThat(arrived.getElementsByTagName("item").item(0).getTextContent())
                .isEqualTo(text);
        assertThat(arrived.getElementsByTagNameNS("urn:a&\"b", "c").getLength()).isOne();
    }

    @Test
    void theActionIsQuotedAndNothingTellsWhatIsInside() {
        var message = RpcMessage.of("urn:a", "b").with("pass", "canary");
        assertThat(message.headers("urn:a#b"))
                .isEqualTo(Map.of("Content-Type", "text/xml; charset=utf-8", "SOAPAction", "\"urn:a#b\""));
        assertThat(message.toString()).isEqualTo("b");
    }

    private static String text(RpcMessage message) {
        return new String(message.envelope(), StandardCharsets.UTF_8);
    }

    private static Document parsed(RpcMessage message) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new java.io.ByteArrayInputStream(message.envelope()));
    }
}
