package hoopoe.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.api.http.ApiResponse;
import hoopoe.batch.create.BatchRequest;
import hoopoe.message.BinaryMessage;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.MetricLog;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An idempotency key that comes again with another value of any member is another request. */
class FingerprintTest {

    static Stream<String> everyMember() {
        return Stream.of(
                        members(BatchRequest.class, "{%s}"),
                        members(BinaryMessage.class, "{\"binary\":{%s}}"),
                        members(BatchRequest.RequestedRecipient.class, "{\"recipients\":[{\"to\":\"1\"},{%s}]}"),
                        Stream.of("{\"recipients\":[{\"variables\":{%s}}]}".formatted(member("v"))))
                .flatMap(bodies -> bodies);
    }

    private static Stream<String> members(Class<?> type, String body) {
        return Arrays.stream(type.getRecordComponents())
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .map(name -> body.formatted(member(name)));
    }

    private static String member(String name) {
        return '"' + name + "\":VALUE";
    }

    @ParameterizedTest
    @MethodSource
    void everyMember(String body) {
        var prints = new HashSet<String>();
        for (var value : new String[] {"1", "\"1\"", "\"2\"", "null", "true", "[]", "{}", "[1]", "{\"a\":1}"}) {
            prints.add(fingerprint(body.replace("VALUE", value)));
        }
        prints.add(fingerprint(body.replaceFirst("\"\\w+\":VALUE", "")));

        assertThat(prints).hasSize(10);
    }

    private static String fingerprint(String body) {
        return new ApiGatewayAdapter(Clock.systemUTC(), Duration.ofSeconds(28), MetricLog.ignored())
                .answer(ApiEvents.post(body), apiRequest -> ApiResponse.ok(apiRequest.fingerprint()))
                .getBody();
    }
}
