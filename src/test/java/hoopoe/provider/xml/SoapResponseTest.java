package hoopoe.provider.xml;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.provider.xml.SoapResponse.SoapFault;
import hoopoe.provider.xml.SoapResponse.SoapResult;
import hoopoe.provider.xml.SoapResponse.UnreadableSoap;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoapResponseTest {

    private static final String V11 = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String V12 = "http://www.w3.org/2003/05/soap-envelope";
    private static final String RESPONSE =
            "<getCreditResponse xmlns=\"http://tempuri.org/\"><getCreditResult>%s</getCreditResult></getCreditResponse>";

    @ParameterizedTest
    @ValueSource(strings = {V11, V12})
    void aResultIsReadFromEitherVersion(String namespace) {
        assertThat(read(envelope(namespace, RESPONSE.formatted("2310.00")))).isEqualTo(new SoapResult("2310.00"));
    }

    @Test
    void xmlInsideIsUnescapedOnce() {
        assertThat(read(envelope(V11, RESPONSE.formatted("&lt;a&gt;&amp;amp; 測試&lt;/a&gt;"))))
                .isEqualTo(new SoapResult("<a>&amp; 測試</a>"));
        assertThat(read(envelope(V11, RESPONSE.formatted("x<![CDATA[<a>&amp;</a>]]>y<!-- no -->"))))
                .isEqualTo(new SoapResult("x<a>&amp;</a>y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<getCreditResponse xmlns=\"http://tempuri.org/\"><getCreditResult /></getCreditResponse>",
                "<getCreditResponse xmlns=\"http://tempuri.org/\"><getCreditResult></getCreditResult></getCreditResponse>",
                "<getCreditResponse xmlns=\"http://tempuri.org/\"><getCreditResult xsi:nil=\"true\""
                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" /></getCreditResponse>",
                "<getCreditResponse xmlns=\"http://tempuri.org/\" />"
            })
    void fourFormsAreEmpty(String body) {
        assertThat(read(envelope(V11, body))).isEqualTo(new SoapResult(""));
    }

    @Test
    void headersAndStrangersAreSteppedOver() {
        assertThat(read("\uFEFF \r\n<?xml version=\"1.0\" encoding=\"big5\"?><s:Envelope xmlns:s=\"" + V11
                        + "\"><s:Header><a><b/>text</a></s:Header><s:Body>" + RESPONSE.formatted("中")
                        + "</s:Body><c/></s:Envelope> <!-- end -->"))
                .isEqualTo(new SoapResult("中"));
    }

    @Test
    void faultsOfBothVersions() {
        assertThat(read(envelope(
                        V11,
                        "<soap:Fault><faultcode>soap:Client</faultcode><faultstring>Server did not recognize &lt;"
                                + "</faultstring><detail><x/></detail></soap:Fault>")))
                .isEqualTo(new SoapFault("Client", "Server did not recognize <"));
        assertThat(read(envelope(
                        V12,
                        "<soap:Fault><soap:Code><soap:Value>soap:Receiver</soap:Value></soap:Code><soap:Reason>"
                                + "<soap:Text xml:lang=\"en\">Server was unable</soap:Text></soap:Reason><soap:Detail />"
                                + "</soap:Fault>")))
                .isEqualTo(new SoapFault("Receiver", "Server was unable"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "OK",
                "<html><body>502</body></html>",
                "<!DOCTYPE html><html><br></html>",
                "{\"a\":1}",
                "<Envelope/>",
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"/>",
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body/></s:Envelope>",
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>text</s:Body></s:Envelope>",
                "<s:Envelope xmlns:s=\"urn:else\"><s:Body><getCreditResponse/></s:Body></s:Envelope>",
                "\u0000\u0001"
            })
    void anythingElseIsUnreadable(String body) {
        assertThat(read(body)).isEqualTo(new UnreadableSoap());
    }

    @Test
    void anotherOperationsAnswerIsUnreadable() {
        assertThat(SoapResponse.read(bytes(envelope(V11, RESPONSE.formatted("1"))), "sendSMS"))
                .isEqualTo(new UnreadableSoap());
    }

    @Test
    void aResultWithElementsInItIsUnreadable() {
        assertThat(read(envelope(V11, RESPONSE.formatted("<a>1</a>")))).isEqualTo(new UnreadableSoap());
    }

    @Test
    void twoAnswersAreNone() {
        assertThat(read(envelope(V11, RESPONSE.formatted("1") + RESPONSE.formatted("2"))))
                .isEqualTo(new UnreadableSoap());
        assertThat(read(envelope(V11, RESPONSE.formatted("1") + "<soap:Fault/>")))
                .isEqualTo(new UnreadableSoap());
        assertThat(read(envelope(V11, RESPONSE.formatted("1") + "</soap:Body><soap:Body>" + RESPONSE.formatted("2"))))
                .isEqualTo(new UnreadableSoap());
        assertThat(read(envelope(V11, RESPONSE.formatted("1</getCreditResult><getCreditResult>2"))))
                .isEqualTo(new UnreadableSoap());
    }

    @Test
    void cutAtAnyByteItIsUnreadable() {
        var whole = bytes(envelope(V11, RESPONSE.formatted("測試&lt;a&gt;")));
        for (int cut = 0; cut < whole.length; cut++) {
            assertThat(SoapResponse.read(java.util.Arrays.copyOf(whole, cut), "getCredit"))
                    .as("cut at %d", cut)
                    .isEqualTo(new UnreadableSoap());
        }
        assertThat(SoapResponse.read(whole, "getCredit")).isEqualTo(new SoapResult("測試<a>"));
    }

    @Test
    void bytesThatAreNoUtf8CostOnlyThemselves() {
        var body = envelope(V11, RESPONSE.formatted("4.0,@")).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < body.length; i++) {
            body[i] = body[i] == '@' ? (byte) 0xA4 : body[i];
        }
        assertThat(SoapResponse.read(body, "getCredit")).isEqualTo(new SoapResult("4.0,\uFFFD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a>",
                "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/p\"> %p;]>",
                "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;\"><!ENTITY z \"&y;&y;&y;&y;\">]>"
            })
    void aDocumentTypeIsRefused(String doctype) {
        for (var content : new String[] {"1", "&x;", "&z;"}) {
            assertThat(read(doctype + envelope(V11, RESPONSE.formatted(content))))
                    .isEqualTo(new UnreadableSoap());
        }
    }

    @Test
    void anEntityThatNobodyDeclaredIsRefused() {
        assertThat(read(envelope(V11, RESPONSE.formatted("&x;")))).isEqualTo(new UnreadableSoap());
    }

    @Test
    void depthCostsNoStack() {
        var deep = 200_000;
        assertThat(read(envelope(V11, "<a>".repeat(deep) + "</a>".repeat(deep))))
                .isEqualTo(new UnreadableSoap());
    }

    @Test
    void nothingTellsWhatIsInside() {
        assertThat(new SoapResult("canary").toString() + new SoapFault("Server", "canary"))
                .doesNotContain("canary");
    }

    private static SoapResponse read(String body) {
        return SoapResponse.read(bytes(body), "getCredit");
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static String envelope(String namespace, String body) {
        return "<soap:Envelope xmlns:soap=\"" + namespace + "\"><soap:Body>" + body + "</soap:Body></soap:Envelope>";
    }
}
