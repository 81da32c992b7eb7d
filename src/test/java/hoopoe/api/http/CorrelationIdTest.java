package hoopoe.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import hoopoe.observability.LogContext;
import hoopoe.testing.MetricLog;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationIdTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order-4711",
                "0b5f7a1c-59a1-4c9e-8a41-8d7b6f7e8d90",
                "01JD0Z8Z6Y3V7C4Q2M9K5R1XWT",
                "svc:checkout.req_9",
                "shop-20261122-17",
                "sms-20261122-17",
                "a-20261122.093000",
                "order-1234567890",
                "tel-4711-17",
                "user:42:order:123456789",
                "123456789012345a1",
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "550e8400-e29b-41d4-a716-446655440000",
                "Root-1-67891233-abcdef012345678912345678"
            })
    void aCallersOwnIsTaken(String given) {
        assertThat(CorrelationId.of(event("x-correlation-id", given))).isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short-7",
                "0912345678",
                "+886912345678",
                "886-912-345-678",
                "tel:0912345678",
                "TEL:886-912-345-678",
                "sms.886_912_345_678",
                "msisdn--421901727051",
                "to:09121234567",
                "p0912345678",
                "0912345678-x",
                "phone_number:0912-345-678",
                "a line\nmore",
                "{\"a\":\"bcdefg\"}",
                "order 4711",
                "a2345678901234567890123456789012345678901234567890123456789012345"
            })
    void whatDoesNotLookLikeAnIdIsNone(String given) {
        assertThat(CorrelationId.of(event("X-Correlation-Id", given))).isEqualTo("api-1");
    }

    @Test
    void aTraceIsOneToo() {
        assertThat(CorrelationId.of(event("traceparent", TRACE))).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(CorrelationId.of(event("traceparent", TRACE, "X-Correlation-Id", "order-4711")))
                .isEqualTo("order-4711");
        assertThat(CorrelationId.of(event("traceparent", TRACE, "X-Correlation-Id", "bad one")))
                .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @ParameterizedTest
    @CsvSource({
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "garbage"
    })
    void aTraceThatIsNoneIsLeftAlone(String parent) {
        assertThat(CorrelationId.of(event("traceparent", parent))).isEqualTo("api-1");
    }

    @Test
    void theAnswerSaysIt() {
        var apiGatewayAdapter = new ApiGatewayAdapter(Clock.systemUTC(), Duration.ofSeconds(28), MetricLog.ignored());

        var answer = apiGatewayAdapter.answer(
                event("X-Correlation-Id", "order-4711"),
                apiRequest -> ApiResponse.text(200, "" + LogContext.correlation()));

        assertThat(answer.getBody()).isEqualTo("order-4711");
        assertThat(answer.getHeaders()).containsEntry("X-Correlation-Id", "order-4711");
        assertThat(LogContext.correlation()).isNull();
    }

    @Test
    void soDoesOneToACallThatFails() {
        var apiGatewayAdapter = new ApiGatewayAdapter(Clock.systemUTC(), Duration.ofSeconds(28), MetricLog.ignored());

        var answer = apiGatewayAdapter.answer(event(), apiRequest -> {
            throw new IllegalStateException("ours");
        });

        assertThat(answer.getStatusCode()).isEqualTo(500);
        assertThat(answer.getHeaders()).containsEntry("X-Correlation-Id", "api-1");
    }

    private static APIGatewayV2HTTPEvent event(@Nullable String... headers) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return APIGatewayV2HTTPEvent.builder()
                .withHeaders(all)
                .withRequestContext(
                        RequestContext.builder().withRequestId("api-1").build())
                .build();
    }
}
