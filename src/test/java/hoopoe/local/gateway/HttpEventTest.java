package hoopoe.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.template.RouteDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEventTest {

    private static final Instant NOW = Instant.parse("2026-11-22T01:02:03.004Z");

    @Test
    void saysWhatWasAskedAndWhere() throws IOException {
        var event = event(call("/callbacks/every8d/a%20b", "", List.of(), ""));

        assertThat(event.path("version").asText()).isEqualTo("2.0");
        assertThat(event.path("routeKey").asText()).isEqualTo("POST /callbacks/{account}/{token}");
        assertThat(event.path("rawPath").asText()).isEqualTo("/callbacks/every8d/a b");
        assertThat(event.at("/pathParameters/token").asText()).isEqualTo("a b");
        assertThat(event.at("/requestContext/http/method").asText()).isEqualTo("POST");
        assertThat(event.at("/requestContext/http/path").asText()).isEqualTo("/callbacks/every8d/a b");
        assertThat(event.at("/requestContext/http/sourceIp").asText()).isEqualTo("127.0.0.1");
        assertThat(event.at("/requestContext/http/protocol").asText()).isEqualTo("HTTP/1.1");
        assertThat(event.at("/requestContext/requestId").asText()).isEqualTo("request-1");
        assertThat(event.at("/requestContext/stage").asText()).isEqualTo("$default");
        assertThat(event.at("/requestContext/time").asText()).isEqualTo("22/Nov/2026:01:02:03 +0000");
        assertThat(event.at("/requestContext/timeEpoch").asLong()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void leavesOutWhatIsNotThere() throws IOException {
        var event = event(call("/callbacks/every8d/t", "", List.of(), ""));

        assertThat(event.path("rawQueryString").asText("none")).isEmpty();
        assertThat(event.has("queryStringParameters")).isFalse();
        assertThat(event.has("cookies")).isFalse();
        assertThat(event.has("body")).isFalse();
        assertThat(event.path("isBase64Encoded").asBoolean(true)).isFalse();
    }

    @Test
    void joinsRepeatedParametersAndKeepsTheQueryAsItCame() throws IOException {
        var event = event(call("/callbacks/every8d/t", "a=1&b=%E4%BD%A0+x&a=2&c&d=%zz", List.of(), ""));

        assertThat(event.path("rawQueryString").asText()).isEqualTo("a=1&b=%E4%BD%A0+x&a=2&c&d=%zz");
        assertThat(event.path("queryStringParameters"))
                .isEqualTo(json("{\"a\":\"1,2\",\"b\":\"你 x\",\"c\":\"\",\"d\":\"%zz\"}"));
    }

    @Test
    void headersAreLowerCaseAndJoinedAndCookiesAreApart() throws IOException {
        var headers = List.of(
                Map.entry("X-One", "a"),
                Map.entry("x-one", "b"),
                Map.entry("Cookie", "c=1; d=2"),
                Map.entry("Connection", "keep-alive"));

        var event = event(call("/callbacks/every8d/t", "", headers, ""));

        assertThat(event.at("/headers/x-one").asText()).isEqualTo("a,b");
        assertThat(event.path("headers").has("cookie")).isFalse();
        assertThat(event.path("headers").has("connection")).isFalse();
        assertThat(event.path("cookies")).isEqualTo(json("[\"c=1\",\"d=2\"]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON; charset=utf-8",
                "text/plain",
                "text/xml",
                "application/xml"
            })
    void textIsHandedOnAsText(String type) throws IOException {
        var event = event(call("/callbacks/every8d/t", "", List.of(Map.entry("Content-Type", type)), "{\"你\":1}"));

        assertThat(event.path("body").asText()).isEqualTo("{\"你\":1}");
        assertThat(event.path("isBase64Encoded").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/x-www-form-urlencoded", "application/octet-stream", "application/problem+json", ""})
    void allElseIsBase64(String type) throws IOException {
        var event = event(call("/callbacks/every8d/t", "", List.of(Map.entry("Content-Type", type)), "a=你"));

        assertThat(Base64.getDecoder().decode(event.path("body").asText()))
                .isEqualTo("a=你".getBytes(StandardCharsets.UTF_8));
        assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "text/xml; charset=iso-8859-1"})
    void textOfAnotherCharsetIsBase64Too(String type) throws IOException {
        var latin = "{\"text\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        var event = event(call("/callbacks/every8d/t", "", List.of(Map.entry("Content-Type", type)), latin));

        assertThat(Base64.getDecoder().decode(event.path("body").asText())).isEqualTo(latin);
        assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
    }

    private static Call call(String path, String query, List<Map.Entry<String, String>> headers, String body) {
        return call(path, query, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Call call(String path, String query, List<Map.Entry<String, String>> headers, byte[] body) {
        return new Call("POST", path, query, "HTTP/1.1", "127.0.0.1", headers, body);
    }

    private static JsonNode event(Call call) throws IOException {
        var route = new Route(new RouteDefinition("POST", "/callbacks/{account}/{token}", true), "callback");
        var variables = route.match("POST", call.decodedPath()).orElseThrow();
        return new ObjectMapper()
                .readTree(HttpEvent.of(call, new Routes.Match(route, variables), "request-1", NOW, null));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
