package hoopoe.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.observability.Metric;
import hoopoe.observability.SafeStackTrace;
import hoopoe.provider.ProviderException;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.MetricLog;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiGatewayAdapterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ObjectMapper READER = new ObjectMapper();

    private final MetricLog told = new MetricLog(Clock.fixed(NOW, ZoneOffset.UTC));
    private final ApiGatewayAdapter apiGatewayAdapter =
            new ApiGatewayAdapter(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(28), told.metrics());

    record Order(
            @Nullable String text,
            @Nullable Long validitySeconds,
            boolean dryRun,
            @Nullable List<To> recipients) {}

    record To(String to, @Nullable Map<String, String> variables) {}

    record View(
            String batchId,
            BigDecimal cost,
            Instant createdAt,
            @Nullable String reference,
            Map<String, Integer> counts) {}

    private APIGatewayV2HTTPResponse decode(String body) {
        return apiGatewayAdapter.answer(
                ApiEvents.post(body), apiRequest -> ApiResponse.ok(apiRequest.body(Order.class)));
    }

    private static JsonNode json(APIGatewayV2HTTPResponse answer) {
        try {
            return READER.readTree(answer.getBody());
        } catch (java.io.IOException e) {
            throw new AssertionError(answer.getBody(), e);
        }
    }

    private APIGatewayV2HTTPResponse failing(RuntimeException failure) {
        return apiGatewayAdapter.answer(ApiEvents.get(""), apiRequest -> {
            throw failure;
        });
    }

    @Test
    void writesSnakeCaseWithTimesInUtcAndDecimalsAsText() {
        var view = new View("bat_1", new BigDecimal("1E+2"), NOW, null, Map.of("delivered", 2));

        var answer = apiGatewayAdapter.answer(
                ApiEvents.get(""), apiRequest -> ApiResponse.json(202, view).header("Location", "/v1/batches/bat_1"));

        assertThat(answer.getStatusCode()).isEqualTo(202);
        assertThat(answer.getHeaders())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Location", "/v1/batches/bat_1");
        assertThat(answer.getBody()).isEqualTo("""
                        {"batch_id":"bat_1","cost":"100","created_at":"2026-11-22T10:00:00Z","counts":{"delivered":2}}\
                        """);
    }

    @Test
    void readsABody() {
        var answer = decode("""
                {"text":"hi","validity_seconds":60,"dry_run":true,"recipients":[{"to":"+886912345678","variables":{"Name":"Ann"}}]}""");

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(json(answer).at("/recipients/0/variables/Name").textValue()).isEqualTo("Ann");
    }

    @Test
    void readsABodyInBase64() {
        var event = ApiEvents.post(
                Base64.getEncoder().encodeToString("{\"text\":\"中文\"}".getBytes(StandardCharsets.UTF_8)));
        event.setIsBase64Encoded(true);

        assertThat(apiGatewayAdapter
                        .answer(event, apiRequest -> ApiResponse.ok(apiRequest.body(Order.class)))
                        .getBody())
                .contains("中文");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "{\"text\":\"hi\"", "{'text':1}", "{\"text\":NaN}", "{} {}", "{},", "nul"})
    void whatIsNotJsonIsRefused(String body) {
        var answer = decode(body);

        assertThat(answer.getStatusCode()).isEqualTo(400);
        assertThat(json(answer).path("code").textValue()).isEqualTo("invalid_json");
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        var event = ApiEvents.post(
                Base64.getEncoder().encodeToString("{\"text\":\"ö\"}".getBytes(StandardCharsets.ISO_8859_1)));
        event.setIsBase64Encoded(true);

        assertThat(json(apiGatewayAdapter.answer(event, apiRequest -> ApiResponse.ok(apiRequest.body(Order.class))))
                        .path("code")
                        .textValue())
                .isEqualTo("invalid_json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"caf\uFFFD\"}",
                "{\"text\":\"caf\\ufffd\"}",
                "{\"recipients\":[{\"to\":\"+886912345678\",\"variables\":{\"a\":\"\uFFFD\"}}]}",
                "{\"recipients\":[{\"to\":\"+886912345678\",\"variables\":{\"\\uFFFD\":\"a\"}}]}"
            })
    void aBodyThatLostBytesOnTheWayIsRefused(String body) {
        assertThat(json(decode(body)).path("code").textValue()).isEqualTo("invalid_json");
        assertThat(json(decode(body)).path("detail").textValue()).contains("probably not UTF-8");
    }

    @Test
    void aBodyThatLostBytesAndIsInBase64IsRefused() {
        var event = ApiEvents.post(
                Base64.getEncoder().encodeToString("{\"text\":\"\uFFFD\"}".getBytes(StandardCharsets.UTF_8)));
        event.setIsBase64Encoded(true);

        assertThat(json(apiGatewayAdapter.answer(event, apiRequest -> ApiResponse.ok(apiRequest.body(Order.class))))
                        .path("code")
                        .textValue())
                .isEqualTo("invalid_json");
    }

    @Test
    void aMarkOfTheByteOrderIsNoPartOfTheBody() {
        assertThat(decode("\uFEFF{\"text\":\"hi\"}").getStatusCode()).isEqualTo(200);
        assertThat(json(decode("\uFEFF")).path("code").textValue()).isEqualTo("invalid_json");
        assertThat(json(decode("{\uFEFF\"text\":\"hi\"}")).path("code").textValue())
                .isEqualTo("invalid_json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1e23                 | a whole number: digits without quotes, fraction or exponent",
                "1.5                  | a whole number: digits without quotes, fraction or exponent",
                "-1e400               | a whole number: digits without quotes, fraction or exponent",
                "\"60\"                 | a whole number: digits without quotes, fraction or exponent",
                "true                 | a whole number: digits without quotes, fraction or exponent",
                "60.0                 | a whole number: digits without quotes, fraction or exponent",
                "9223372036854775808  | a whole number of at most 64 bits",
                "99999999999999999999 | a whole number of at most 64 bits"
            })
    void aNumberThatDoesNotFitIsToldSo(String value, String words) {
        var error = json(decode("{\"validity_seconds\":" + value + '}')).at("/errors/0");

        assertThat(error.path("pointer").textValue()).isEqualTo("/validity_seconds");
        assertThat(error.path("detail").textValue()).isEqualTo("This must be " + words + '.');
    }

    @Test
    void base64ThatIsNoneIsRefused() {
        var event = ApiEvents.post("{\"text\":\"hi\"}");
        event.setIsBase64Encoded(true);

        assertThat(json(apiGatewayAdapter.answer(event, apiRequest -> ApiResponse.ok(apiRequest.body(Order.class))))
                        .path("code")
                        .textValue())
                .isEqualTo("invalid_json");
    }

    @Test
    void aMemberNamedTwiceIsRefusedWhereverItIs() {
        assertThat(json(decode("{\"text\":\"a\",\"text\":\"b\"}")).path("code").textValue())
                .isEqualTo("invalid_json");
        assertThat(json(decode("{\"recipients\":[{\"to\":\"1\",\"to\":\"2\"}]}"))
                        .path("code")
                        .textValue())
                .isEqualTo("invalid_json");
    }

    @Test
    void allUnknownMembersAreNamed() {
        var answer =
                json(decode("{\"txt\":\"a\",\"recipients\":[{\"to\":\"1\"},{\"to\":\"2\",\"a/b~c\":{\"x\":[1]}}]}"));

        assertThat(answer.path("code").textValue()).isEqualTo("unknown_field");
        assertThat(answer.path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/txt", "/recipients/1/a~1b~0c");
        assertThat(answer.path("errors").findValuesAsText("code")).containsOnly("unknown_field");
    }

    @Test
    void aNameThatNoAnswerCouldCarryIsToldWithoutItsBrokenHalf() {
        var answer = decode("{\"a\\ud83d\":1}").getBody();

        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(answer)).isTrue();
        assertThat(answer).contains("\"/a?\"");
    }

    @Test
    void namesAreTakenExactly() {
        assertThat(json(decode("{\"validitySeconds\":60}")).path("code").textValue())
                .isEqualTo("unknown_field");
        assertThat(json(decode("{\"Text\":\"a\"}")).path("code").textValue()).isEqualTo("unknown_field");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"text\":1}|/text",
                "{\"text\":true}|/text",
                "{\"text\":1.5}|/text",
                "{\"text\":{}}|/text",
                "{\"text\":[\"a\"]}|/text",
                "{\"validity_seconds\":\"60\"}|/validity_seconds",
                "{\"validity_seconds\":60.5}|/validity_seconds",
                "{\"validity_seconds\":60000000000000000000}|/validity_seconds",
                "{\"dry_run\":\"true\"}|/dry_run",
                "{\"dry_run\":1}|/dry_run",
                "{\"recipients\":{}}|/recipients",
                "{\"recipients\":\"\"}|/recipients",
                "{\"recipients\":[\"+886\"]}|/recipients/0",
                "{\"recipients\":[{\"to\":\"1\"},null]}|/recipients",
                "{\"recipients\":[{\"to\":\"1\"},{\"to\":5}]}|/recipients/1/to",
                "{\"recipients\":[{\"to\":\"1\",\"variables\":{\"a\":1}}]}|/recipients/0/variables/a",
                "{\"recipients\":[{\"to\":\"1\",\"variables\":{\"a\":null}}]}|/recipients/0/variables",
                "[]|``",
                "null|``",
                "\"text\"|``",
            })
    void aWrongTypeIsRefusedAtItsPlace(String body, String pointer) {
        var answer = json(decode(body));

        assertThat(answer.path("code").textValue()).isEqualTo("invalid_request");
        assertThat(answer.at("/errors/0/pointer").textValue()).startsWith(pointer);
        assertThat(answer.at("/errors/0/detail").textValue()).isNotBlank();
    }

    @Test
    void aBodyTooDeepOrTooLongIsRefused() {
        assertThat(json(decode("[".repeat(40) + "]".repeat(40))).path("code").textValue())
                .isEqualTo("payload_too_large");
        assertThat(decode("{\"text\":\"" + "a".repeat(ApiRequest.BODY_LIMIT) + "\"}")
                        .getStatusCode())
                .isEqualTo(413);
        assertThat(json(decode("{\"" + "n".repeat(1000) + "\":1}")).path("code").textValue())
                .isEqualTo("payload_too_large");
    }

    @Test
    void aRefusalIsAProblem() {
        var answer = failing(ProblemCatalogue.BATCH_NOT_FOUND.because("No batch bat_1."));

        assertThat(answer.getStatusCode()).isEqualTo(404);
        assertThat(answer.getHeaders())
                .containsEntry("Content-Type", "application/problem+json")
                .doesNotContainKey("Retry-After");
        assertThat(answer.getBody()).isEqualTo("""
                        {"type":"/v1/errors#batch_not_found","title":"There is no such batch","status":404,\
                        "detail":"No batch bat_1.","code":"batch_not_found","request_id":"request-1","retryable":false}\
                        """);
    }

    @Test
    void aRefusalCanSayWhenToComeBack() {
        var problem = Problem.of(ProblemCatalogue.IDEMPOTENCY_IN_PROGRESS, "…").after(Duration.ofMillis(1200));

        assertThat(failing(new ProblemException(problem)).getHeaders()).containsEntry("Retry-After", "2");
    }

    @Test
    void whatAProviderDoesIsTold() {
        assertProblem(
                new ProviderException.ProviderUnavailable("every8d getCredit", "timeout"), 503, "provider_unavailable");
        assertProblem(new ProviderException.ProviderBusy("every8d getCredit", "-97"), 503, "provider_busy");
        assertProblem(
                new ProviderException.MalformedAnswer("every8d getCredit", "malformed"), 502, "provider_malformed");
        assertProblem(new ProviderException.ProviderRefused("every8d getCredit", "-101"), 502, "provider_refused");
        assertProblem(new ProviderException.NotSupported("text421 credit"), 422, "not_supported_by_provider");
        assertThat(failing(new ProviderException.ProviderBusy("x", "-97")).getHeaders())
                .containsEntry("Retry-After", "5");
        assertThat(failing(new ProviderException.ProviderRefused("x", "-101")).getHeaders())
                .containsEntry("Retry-After", "300");
    }

    private void assertProblem(RuntimeException failure, int status, String code) {
        var answer = failing(failure);
        assertThat(answer.getStatusCode()).isEqualTo(status);
        assertThat(json(answer).path("code").textValue()).isEqualTo(code);
        assertThat(json(answer).path("retryable").booleanValue()).isEqualTo(status >= 500);
    }

    @Test
    void nothingOfTheInsideComesOut() {
        var answer = failing(new IllegalStateException("secret +886912345678", new RuntimeException("key 42")));

        assertThat(answer.getStatusCode()).isEqualTo(500);
        assertThat(json(answer).path("code").textValue()).isEqualTo("internal");
        assertThat(answer.getBody()).contains("request-1").doesNotContain("secret", "8869", "42", "IllegalState");
    }

    /** Lambda sees an answer, and no error: what takes a broken release back must be told otherwise. */
    @Test
    void whatIsOurFaultIsCountedAndNothingElse() {
        failing(ProblemCatalogue.BATCH_NOT_FOUND.because("No batch bat_1."));
        failing(new ProviderException.ProviderUnavailable("every8d getCredit", "timeout"));
        decode("{");
        assertThat(told.lines()).isEmpty();

        failing(new IllegalStateException());
        assertThat(told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
        apiGatewayAdapter.answer(ApiEvents.get(""), apiRequest -> {
            throw new StackOverflowError();
        });
        assertThat(told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(2);
    }

    @Test
    void theLogSaysWhereButNotWhat() {
        var trace = SafeStackTrace.of(new IllegalStateException("secret", new RuntimeException("+886912345678")));

        assertThat(trace)
                .contains(
                        "IllegalStateException", "RuntimeException", "ApiGatewayAdapterTest.theLogSaysWhereButNotWhat")
                .doesNotContain("secret", "8869", "\n");
    }

    @Test
    void anEventWithNothingInItIsAnsweredToo() {
        Function<ApiRequest, ApiResponse> work = apiRequest -> ApiResponse.ok(Map.of("method", apiRequest.method()));

        assertThat(apiGatewayAdapter.answer(new APIGatewayV2HTTPEvent(), work).getStatusCode())
                .isEqualTo(500);
    }

    @Test
    void aHeadHasNoBody() {
        var event = ApiEvents.get("");
        event.getRequestContext().getHttp().setMethod("HEAD");

        var answer = apiGatewayAdapter.answer(event, apiRequest -> ApiResponse.text(200, "OK"));

        assertThat(answer.getBody()).isEmpty();
        assertThat(answer.getStatusCode()).isEqualTo(200);
    }
}
