package hoopoe.api.http;

import static hoopoe.prove.fuzz.Probe.must;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hoopoe.access.Scope;
import hoopoe.batch.create.BatchRequest;
import hoopoe.message.Surrogates;
import hoopoe.platform.Json;
import hoopoe.prove.fuzz.Probe;
import hoopoe.prove.fuzz.Quiet;
import hoopoe.prove.fuzz.WrittenJson;
import hoopoe.testing.ApiEvents;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** What callers of the API send. */
class ApiFuzzTest {

    private static final Logger LOG = Quiet.logger(ApiGatewayAdapter.class);
    private static final ApiGatewayAdapter ADAPTER =
            new ApiGatewayAdapter(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), Duration.ofSeconds(28), Quiet.metrics());
    private static final List<Class<?>> BODIES = Stream.of(
                    BatchRequest.class.getName(),
                    "hoopoe.api.send.OperatorDecisionRequest$Confirm",
                    "hoopoe.api.send.OperatorDecisionRequest$Resend",
                    "hoopoe.api.webhooks.EndpointRequest",
                    "hoopoe.api.webhooks.EndpointRequest$EndpointPatch",
                    "hoopoe.api.keys.KeysRequest")
            .<Class<?>>map(ApiFuzzTest::named)
            .toList();

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Any body is read as a request, or answered with a problem that can be written; a fault of ours is none. */
    @FuzzTest
    @DictionaryEntries({
        "\"recipients\":[{\"to\":",
        "\"text\":",
        "\"variables\":{",
        "\"binary\":{\"dcs\":",
        "\"create\":{",
        "\\ud800",
        "\uFFFD"
    })
    void body(byte[] input) {
        for (var type : BODIES) {
            var response = Probe.of(input, bytes -> {
                var event = ApiEvents.post(Base64.getEncoder().encodeToString(bytes));
                event.setIsBase64Encoded(true);
                return ADAPTER.answer(event, request -> {
                    request.fingerprint();
                    return ApiResponse.ok(Map.of("read", request.body(type).hashCode() != 1));
                });
            });
            check(response, true);
        }
    }

    /** The query, and the headers that we read. */
    @FuzzTest
    @DictionaryEntries({"limit=", "&cursor=", "from=2026-01-31T08:00:00Z", "include=", "%", "+00:00", "-999999999"})
    void query(@NotNull String query, @NotNull String header) {
        var response = Probe.of(query.getBytes(StandardCharsets.UTF_8), bytes -> {
            var event = ApiEvents.get(new String(bytes, StandardCharsets.UTF_8));
            event.setHeaders(Map.of(
                    "Idempotency-Key",
                    header,
                    "X-Correlation-Id",
                    header,
                    "traceparent",
                    header,
                    "Content-Type",
                    header,
                    "Accept",
                    header));
            return ADAPTER.answer(event, request -> {
                var read = request.query("limit", "cursor", "from", "until", "include", "state");
                read.instant("from");
                read.instant("until");
                read.limit(10, 1000);
                read.includes("messages");
                request.idempotencyKey();
                var accepted = request.accepted("application/json", "text/csv");
                must(List.of("application/json", "text/csv").contains(accepted), "a type that was not offered");
                return ApiResponse.ok(Map.of("read", true));
            });
        });
        check(response, true);
    }

    /** Whatever API Gateway gives: no exception leaves a function. */
    @FuzzTest
    @DictionaryEntries({
        "\"requestContext\":{",
        "\"http\":{\"method\":",
        "\"authorizer\":{\"lambda\":{",
        "\"jwt\":{\"claims\":{",
        "\"iam\":{\"userArn\":",
        "\"isBase64Encoded\":true",
        "null"
    })
    void event(byte[] input) {
        Function<ApiRequest, ApiResponse> work = request -> {
            request.require(Scope.BATCHES_WRITE);
            request.idempotency();
            return ApiResponse.ok(Map.of("link", request.link(request.path()), "method", request.method()));
        };
        WrittenJson.event(input, APIGatewayV2HTTPEvent.class)
                .ifPresent(event -> check(ADAPTER.answer(event, work), false));
    }

    private static void check(APIGatewayV2HTTPResponse response, boolean isOurs) {
        must(response.getStatusCode() < 500 || !isOurs, "a fault of ours");
        must(response.getBody().isEmpty() || Json.document(response.getBody()).isPresent(), "the response is no JSON");
        must(!isOurs || !Surrogates.areTorn(response.getBody()), "the response has half a character");
        must(
                response.getHeaders().values().stream()
                        .allMatch(value -> value.chars().allMatch(c -> c >= ' ' && c != 127)),
                "a header that divides the response");
    }
}
