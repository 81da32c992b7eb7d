package hoopoe.provider.xml;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.provider.xml.RpcResponse.RpcFault;
import hoopoe.provider.xml.RpcResponse.RpcResult;
import hoopoe.provider.xml.RpcResponse.UnreadableRpc;
import hoopoe.provider.xml.RpcValue.Entries;
import hoopoe.provider.xml.RpcValue.Items;
import hoopoe.provider.xml.RpcValue.Nothing;
import hoopoe.provider.xml.RpcValue.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RpcResponseTest {

    private static final String UTF_8 = "text/xml; charset=UTF-8";

    @Test
    void aStructAListAMapAndAText() {
        assertThat(value("<return><ErrCode xsi:type=\"xsd:string\">0</ErrCode><result>a</result></return>"))
                .isEqualTo(new Entries(Map.of("ErrCode", new Text("0"), "result", new Text("a"))));
        assertThat(value("<return xsi:type=\"ns2:Map\"><item><key>a</key><value>1</value></item></return>"))
                .isEqualTo(new Entries(Map.of("a", new Text("1"))));
        assertThat(value("<return><item><key>a</key><value>1</value></item><item><key>b</key><value/></item></return>"))
                .isEqualTo(new Entries(Map.of("a", new Text("1"), "b", new Text(""))));
        assertThat(value("<return c:arrayType=\"unnamed_struct_use_soapval[1]\"><item><a>1</a></item></return>"))
                .isEqualTo(new Items(List.of(new Entries(Map.of("a", new Text("1"))))));
        assertThat(value("<return><x>1</x><x>2</x></return>"))
                .isEqualTo(new Items(List.of(new Text("1"), new Text("2"))));
        assertThat(value("<return><item>1</item></return>")).isEqualTo(new Items(List.of(new Text("1"))));
        assertThat(value("<return><ErrCode>1</ErrCode></return>"))
                .isEqualTo(new Entries(Map.of("ErrCode", new Text("1"))));
        assertThat(value("<return>&lt;&amp; سلام<![CDATA[<]]></return>")).isEqualTo(new Text("<& سلام<"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<return xsi:nil=\"true\"/>",
                "<return xsi:nil=\"1\"><a/></return>",
                "<return xsi:type=\"x:Array\"/>",
                "<return c:arrayType=\"xsd:anyType[0]\"></return>",
                "<return xsi:type=\"n:Map\"></return>",
                "<return/>",
                "<return> </return>",
                "<return>[]</return>",
                "<return>{}</return>",
                "''"
            })
    void everyFormOfNothingIsEmpty(String part) {
        assertThat(value(part).isEmpty()).isTrue();
    }

    @Test
    void aTextThatIsJsonIsWhatItSays() {
        assertThat(value("<return>{\"ErrCode\":0,\"result\":[536221499012345678,\"a\",null,1.25]}</return>"))
                .isEqualTo(new Entries(Map.of(
                        "ErrCode",
                        new Text("0"),
                        "result",
                        new Items(List.of(
                                new Text("536221499012345678"), new Text("a"), new Nothing(), new Text("1.25"))))));
        assertThat(value("<return>[not json</return>")).isEqualTo(new Text("[not json"));
        assertThat(value("<return>{} and more</return>")).isEqualTo(new Text("{} and more"));
        assertThat(value("<return><a>{\"b\":1}</a></return>"))
                .as("only where it is asked for")
                .isEqualTo(new Entries(Map.of("a", new Text("{\"b\":1}"))));
    }

    @Test
    void deepJsonIsATextAndCostsNoStack() {
        var deep = "[".repeat(100_000);
        assertThat(value("<return>" + deep + "</return>")).isEqualTo(new Text(deep));
    }

    @Test
    void referencesAreFollowed() {
        assertThat(read("<r><return href=\"#a\"/></r><m id=\"a\"><x href=\"#b\"/><y>2</y></m><m id=\"b\">1</m>"))
                .isEqualTo(new RpcResult(new Entries(Map.of("x", new Text("1"), "y", new Text("2")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<r><return href=\"#a\"/></r><m id=\"a\" href=\"#a\"/>",
                "<r><return href=\"#a\"/></r><m id=\"a\"><x href=\"#b\"/></m><m id=\"b\"><x href=\"#a\"/></m>",
                "<r><return href=\"#nowhere\"/></r>",
                "<r><return xsi:type=\"n:Map\"><item><key>a</key></item></return></r>",
                "<r><return href=\"http://127.0.0.1:1/a\"/></r>"
            })
    void aReferenceThatLeadsNowhereOrRoundIsUnreadable(String body) {
        assertThat(read(body)).isEqualTo(new UnreadableRpc());
    }

    /** Each of thirty refers to the next one ten times. */
    @Test
    void referencesThatMultiplyAreBounded() {
        var bomb = IntStream.range(0, 30)
                .mapToObj(n -> "<m id=\"i" + n + "\">" + ("<x href=\"#i" + (n + 1) + "\"/>").repeat(10) + "</m>")
                .collect(Collectors.joining());
        assertThat(read("<r><return href=\"#i0\"/></r>" + bomb + "<m id=\"i30\">lol</m>"))
                .isEqualTo(new UnreadableRpc());
    }

    /** Else whoever joins the values has a gigabyte of them. */
    @Test
    void aLongTextThatIsReferredToManyTimesIsBounded() {
        var text = "<m id=\"a\">" + "x".repeat(100_000) + "</m>";
        assertThat(read("<r><return>" + "<item href=\"#a\"/>".repeat(100) + "</return></r>" + text))
                .isEqualTo(new UnreadableRpc());
        assertThat(read("<r><return>" + "<item href=\"#a\"/>".repeat(80) + "</return></r>" + text))
                .isInstanceOf(RpcResult.class);
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
            assertThat(RpcResponse.read(utf8(doctype + envelope("<r><return>" + content + "</return></r>")), UTF_8))
                    .isEqualTo(new UnreadableRpc());
        }
    }

    @Test
    void depthCostsNoStack() {
        assertThat(read("<r>" + "<a>".repeat(200_000) + "</a>".repeat(200_000) + "</r>"))
                .isEqualTo(new UnreadableRpc());
    }

    @Test
    void faultsOfBothVersions() {
        assertThat(read("<e:Fault><faultcode>e:Client</faultcode><faultstring> no </faultstring></e:Fault>"))
                .isEqualTo(new RpcFault("Client", "no"))
                .satisfies(fault -> assertThat(((RpcFault) fault).isCallers()).isTrue());
        assertThat(read("<e:Fault><faultcode>e:Server</faultcode><faultstring/></e:Fault>"))
                .satisfies(fault -> assertThat(((RpcFault) fault).isCallers()).isFalse());
        assertThat(read("<e:Fault><e:Code><e:Value>e:Receiver</e:Value></e:Code><e:Reason><e:Text>x</e:Text>"
                        + "</e:Reason></e:Fault>"))
                .isEqualTo(new RpcFault("Receiver", "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OK", "<html><body>502</body></html>", "{\"a\":1}", "<Envelope/>", "\u0000"})
    void whatIsNoEnvelopeIsUnreadable(String body) {
        assertThat(RpcResponse.read(utf8(body), UTF_8)).isEqualTo(new UnreadableRpc());
    }

    /** People write what they like, and a server passes it on: the other texts of the answer are not lost over it. */
    @Test
    void whatXmlCannotCarryCostsOneCharacter() {
        assertThat(value("<return><x>a\u0001b</x><x>&#2;&#x41;&amp;</x><x>&#xD83D;&#xDE18;</x></return>"))
                .isEqualTo(new Items(List.of(new Text("a\uFFFDb"), new Text("\uFFFDA&"), new Text("\uD83D\uDE18"))));
        assertThat(value("<return>[\"\\ud83d\"]</return>")).isEqualTo(new Items(List.of(new Text("?"))));
    }

    @Test
    void twoAnswersAreNone() {
        assertThat(read("<r><return>1</return></r><r><return>2</return></r>")).isEqualTo(new UnreadableRpc());
        assertThat(read("")).isEqualTo(new UnreadableRpc());
    }

    @Test
    void cutAtAnyByteItIsUnreadable() {
        var whole = utf8(envelope("<r><return><ErrCode>0</ErrCode><result>سلام</result></return></r>"));
        for (int cut = 0; cut < whole.length; cut++) {
            assertThat(RpcResponse.read(Arrays.copyOf(whole, cut), UTF_8))
                    .as("cut at %d", cut)
                    .isEqualTo(new UnreadableRpc());
        }
        assertThat(RpcResponse.read(whole, UTF_8)).isInstanceOf(RpcResult.class);
    }

    @ParameterizedTest
    @CsvSource({
        "text/xml; charset=ISO-8859-1, ISO-8859-1",
        "'text/xml; charset=\"iso-8859-1\"', UTF-8",
        "text/xml, ISO-8859-1",
        "text/xml, windows-1256",
        "'', nonsense!",
        "text/xml; charset=no such thing, UTF-8",
        "text/xml; charset=UTF-8, UTF-8"
    })
    void bytesThatAreUtf8AreReadSoWhateverIsDeclared(String type, String declared) {
        var body = utf8(
                "<?xml version=\"1.0\" encoding=\"" + declared + "\"?>" + envelope("<r><return>سلام é</return></r>"));
        assertThat(RpcResponse.read(body, type)).isEqualTo(new RpcResult(new Text("سلام é")));
    }

    @ParameterizedTest
    @CsvSource({
        "text/xml; charset=ISO-8859-1, é",
        "text/xml, é",
        "text/xml; charset=UTF-8, \uFFFD",
    })
    void bytesThatAreNotAreReadAsDeclared(String type, String read) {
        var body = ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + envelope("<r><return>é</return></r>"))
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(RpcResponse.read(body, type)).isEqualTo(new RpcResult(new Text(read)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<return><a>1</a><b>2</b><a>0</a></return>",
                "<return><a>1</a><b>2</b><A>0</A></return>",
                "<return><item><key>a</key><value>1</value></item><item><key>b</key><value>2</value></item>"
                        + "<item><key>a</key><value>0</value></item></return>"
            })
    void aKeyThatIsWrittenTwiceHasBothValues(String part) {
        assertThat(((Entries) value(part)).get("a")).hasValue(new Items(List.of(new Text("1"), new Text("0"))));
    }

    @Test
    void aValueThatIsWrittenTwiceIsOne() {
        assertThat(((Entries) value("<return><a>1</a><b>2</b><a>1</a></return>")).get("a"))
                .hasValue(new Text("1"));
    }

    @Test
    void jsonThatNamesAMemberTwiceIsAText() {
        var json = "{\"a\":1,\"a\":0}";
        assertThat(value("<return>" + json + "</return>")).isEqualTo(new Text(json));
    }

    @Test
    void keysAreFoundHoweverTheyAreSpelt() {
        var entries = new Entries(Map.of("err_code", new Text("1")));
        assertThat(entries.get("ErrCode")).hasValue(new Text("1"));
        assertThat(entries.get("result")).isEmpty();
    }

    @Test
    void nothingTellsWhatIsInside() {
        var value = new Entries(Map.of("a", new Items(List.of(new Text("canary")))));
        assertThat(value.toString()
                        + new RpcResult(value)
                        + new Items(List.of(new Text("canary")))
                        + new Text("canary")
                        + new RpcFault("Server", "canary"))
                .doesNotContain("canary");
        assertThat(value.line()).isEqualTo("{\"a\":[\"canary\"]}");
    }

    private static RpcValue value(String part) {
        return ((RpcResult) read("<r>" + part + "</r>")).value();
    }

    private static RpcResponse read(String body) {
        return RpcResponse.read(utf8(envelope(body)), UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String envelope(String body) {
        return "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xmlns:c=\"http://schemas.xmlsoap.org/soap/encoding/\"><e:Body>" + body + "</e:Body></e:Envelope>";
    }
}
