package hoopoe.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.lambda.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReplyTest {

    @Test
    void isWhatTheFunctionSays() {
        var reply = reply("""
                {"statusCode":202,"headers":{"Location":"/v1/batches/1","Content-Length":"7"},
                 "multiValueHeaders":null,"cookies":["a=1","b=2"],"body":"你","isBase64Encoded":false}
                """);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.headers())
                .containsExactly(
                        Map.entry("location", "/v1/batches/1"),
                        Map.entry("set-cookie", "a=1"),
                        Map.entry("set-cookie", "b=2"),
                        Map.entry("content-type", "text/plain; charset=utf-8"));
        assertThat(text(reply)).isEqualTo("你");
    }

    @Test
    void base64IsDecoded() {
        assertThat(reply("{\"statusCode\":200,\"body\":\"AAH/\",\"isBase64Encoded\":true}")
                        .body())
                .containsExactly(0, 1, -1);
    }

    @Test
    void anAnswerWithoutAStatusIsTheBody() {
        var reply = reply("{\"ok\":true}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsExactly(Map.entry("content-type", "application/json"));
        assertThat(text(reply)).isEqualTo("{\"ok\":true}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not JSON",
                "{\"statusCode\":\"OK\"}",
                "{\"statusCode\":1000}",
                "{\"statusCode\":200,\"body\":\"?\",\"isBase64Encoded\":true}"
            })
    void whatCannotBeReadIsOurFault(String answer) {
        assertThat(reply(answer).status()).isEqualTo(500);
    }

    @Test
    void aFunctionErrorShowsNothingOfTheInside() {
        var reply = HttpReply.of(new Outcome.Failed("java.lang.IllegalStateException", "secret"), why -> {});

        assertThat(reply.status()).isEqualTo(500);
        assertThat(text(reply)).isEqualTo("{\"message\":\"Internal Server Error\"}");
    }

    private static HttpReply reply(String answer) {
        return HttpReply.of(new Outcome.Returned(answer.getBytes(StandardCharsets.UTF_8)), why -> {});
    }

    private static String text(HttpReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
