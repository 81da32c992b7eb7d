package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SoapTest {
    private static final String LOGIN =
            "<getConnection xmlns=\"http://tempuri.org/\"><userID>demo</userID><password>p&amp;&lt;w</password></getConnection>";

    private final Every8dSimulator simulator = Every8dSimulator.start();
    private final Caller caller = Caller.of(simulator);

    @BeforeEach
    void open() {
        simulator.account("demo", "p&<w");
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private HttpResponse<String> post(String contentType, String soapAction, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(simulator.url())).POST(BodyPublishers.ofString(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        if (!soapAction.isEmpty()) {
            request.header("SOAPAction", soapAction);
        }
        return Caller.send(request);
    }

    @ParameterizedTest
    @EnumSource(Soap.class)
    void bothVersionsAnswerInTheirOwnEnvelope(Soap soap) {
        HttpResponse<String> answer = Caller.of(simulator, soap).postBody("getConnection", LOGIN);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(soap.contentType());
        assertThat(answer.body())
                .startsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"" + soap.envelope()
                        + "\"")
                .contains(
                        "<getConnectionResponse xmlns=\"http://tempuri.org/\"><getConnectionResult>&lt;?xml version=\"1.0\"");
    }

    @Test
    void version12IsRoutedByItsBodyWhenNoActionIsGiven() {
        String envelope = Caller.of(simulator, Soap.V1_2).envelope(LOGIN);
        assertThat(post("application/soap+xml; charset=utf-8", "", envelope).body())
                .contains("getConnectionResponse");
        assertThat(post(
                                "application/soap+xml",
                                "",
                                Caller.of(simulator, Soap.V1_2).envelope("<x/>"))
                        .body())
                .contains("<soap:Value>soap:Sender</soap:Value>", "was not recognized");
    }

    @Test
    void anActionWithoutQuotesWillDo() {
        assertThat(post("text/xml", "http://tempuri.org/getConnection", caller.envelope(LOGIN))
                        .body())
                .contains("getConnectionResponse");
    }

    @Test
    void anUnknownActionIsAFaultInBothVersions() {
        HttpResponse<String> one = caller.postBody("nope", "<nope xmlns=\"http://tempuri.org/\"/>");
        assertThat(one.statusCode()).isEqualTo(500);
        assertThat(one.body())
                .contains(
                        "<soap:Fault><faultcode>soap:Client</faultcode><faultstring>Server did not recognize the value"
                                + " of HTTP Header SOAPAction: http://tempuri.org/nope.</faultstring><detail /></soap:Fault>");
        HttpResponse<String> two = Caller.of(simulator, Soap.V1_2).postBody("nope", "<x/>");
        assertThat(two.statusCode()).isEqualTo(500);
        assertThat(two.body())
                .contains(
                        "<soap:Code><soap:Value>soap:Sender</soap:Value></soap:Code><soap:Reason>",
                        "Unable to handle request. The action 'http://tempuri.org/nope' was not recognized.");
        assertThat(simulator.wire().count("nope")).isEqualTo(2);
    }

    @Test
    void version11WithoutActionIsAFault() {
        assertThat(post("text/xml", "", caller.envelope(LOGIN)).body()).contains("soap:Client", "SOAPAction: .");
    }

    @Test
    void theWrongEnvelopeIsAVersionMismatch() {
        String envelope = Caller.of(simulator, Soap.V1_2).envelope(LOGIN);
        assertThat(post("text/xml", "http://tempuri.org/getConnection", envelope)
                        .body())
                .contains("soap:VersionMismatch");
    }

    @Test
    void whatIsNoSoapIsRefused() {
        assertThat(post("application/json", "", "{}").statusCode()).isEqualTo(415);
        assertThat(post("", "", "x").statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<e/>",
                "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>",
                "<!DOCTYPE e [<!ENTITY x \"y\">]><e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"/>"
            })
    void whatIsNoEnvelopeIsTheCallersFault(String body) {
        HttpResponse<String> answer = post("text/xml", "http://tempuri.org/getConnection", body);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("soap:Client", "Server was unable to read request.");
    }

    @Test
    void unqualifiedChildrenArriveAsNothing() {
        String body = "<p:getConnection xmlns:p=\"http://tempuri.org/\"><userID>demo</userID>"
                + "<password>p&amp;&lt;w</password></p:getConnection>";
        assertThat(caller.postBody("getConnection", body).body()).contains("&lt;CODE&gt;-100&lt;/CODE&gt;");
    }

    @Test
    void prefixesCommentsAndCdataMakeNoDifference() {
        String body = "<p:getConnection xmlns:p=\"http://tempuri.org/\"><p:userID><!-- c -->demo</p:userID>"
                + "<p:password><![CDATA[p&<w]]></p:password></p:getConnection>";
        assertThat(caller.postBody("getConnection", body).body()).contains("&lt;CODE&gt;0&lt;/CODE&gt;");
    }

    @Test
    void aHeaderThatMustBeUnderstoodIsNot() {
        String envelope = caller.envelope(LOGIN)
                .replace("<e:Body>", "<e:Header><s:sec xmlns:s=\"urn:s\" e:mustUnderstand=\"1\"/></e:Header><e:Body>");
        assertThat(post("text/xml", "http://tempuri.org/getConnection", envelope)
                        .body())
                .contains("soap:MustUnderstand");
        assertThat(post(
                                "text/xml",
                                "http://tempuri.org/getConnection",
                                envelope.replace("mustUnderstand=\"1\"", "mustUnderstand=\"0\""))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void thePathIsFoundInAnyCaseBehindAnyPrefix() {
        String url = simulator.url().replace("/API21/SOAP/SMS.asmx", "/prepaid/api21/soap/sms.ASMX");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "text/xml")
                .header("SOAPAction", "http://tempuri.org/getConnection")
                .POST(BodyPublishers.ofString(caller.envelope(LOGIN)));
        assertThat(Caller.send(request).statusCode()).isEqualTo(200);
        assertThat(Caller.send(HttpRequest.newBuilder(URI.create(simulator.url() + "/x")))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void anotherCharsetIsRead() {
        simulator.account("demó", "x");
        String body = caller.envelope(LOGIN)
                .replace("demo", "demó")
                .replace("p&amp;&lt;w", "x")
                .replace("utf-8", "iso-8859-1");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.url()))
                .header("Content-Type", "text/xml; charset=\"iso-8859-1\"")
                .header("SOAPAction", "http://tempuri.org/getConnection")
                .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(Caller.send(request).body()).contains("&lt;CODE&gt;0&lt;/CODE&gt;");
    }

    @Test
    void theDescriptionNamesNineOperationsAndTwoPorts() {
        Document wsdl = wsdl();
        assertThat(names(wsdl, "wsdl:port")).containsExactly("SMSSoap", "SMSSoap12");
        assertThat(names((Element) wsdl.getElementsByTagName("wsdl:portType").item(0), "wsdl:operation"))
                .containsExactly(
                        "getConnection",
                        "closeConnection",
                        "sendSMS",
                        "sendMessage",
                        "sendParamSMS",
                        "getDeliveryStatus",
                        "getCredit",
                        "eraseBooking",
                        "getFreePhoneCallinLog");
        assertThat(((Element) wsdl.getElementsByTagName("soap12:address").item(0)).getAttribute("location"))
                .isEqualTo(simulator.url());
        simulator.switches().set(Switch.SendMessage.MISSING);
        assertThat(names(wsdl(), "wsdl:operation")).doesNotContain("sendMessage");
    }

    @Test
    void freePhoneCallsAreEmpty() {
        String key = caller.login("demo", "p&<w");
        assertThat(caller.result("getFreePhoneCallinLog", "sessionKey", key)).isEmpty();
    }

    private Document wsdl() {
        return Caller.dom(Caller.send(HttpRequest.newBuilder(URI.create(simulator.url() + "?wsdl")))
                .body());
    }

    private static List<String> names(Document in, String element) {
        return names(in.getDocumentElement(), element);
    }

    private static List<String> names(Element in, String element) {
        NodeList found = in.getElementsByTagName(element);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> ((Element) found.item(i)).getAttribute("name"))
                .toList();
    }
}
