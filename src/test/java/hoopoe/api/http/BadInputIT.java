package hoopoe.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.Stack;
import hoopoe.testing.Api;
import hoopoe.testing.Ledger;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import io.restassured.response.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers do wrong is told to them by code and place, and leaves no trace on the table or at the provider. */
@ExtendWith(SharedStack.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

    private static final String GOOD = "\"recipients\": [{\"to\": \"0912345678\"}]";
    private static final String NO_BATCH = "bat_01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private final Api api;
    private final Tenant tenant;
    private final Ledger ledger;
    private Set<String> before = Set.of();

    BadInputIT(SharedStack shared) {
        api = shared.api();
        tenant = shared.tenant();
        ledger = new Ledger(shared.stack());
    }

    @BeforeEach
    void look() {
        before = ledger.keys();
        tenant.every8d().wire().clear();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(ledger.keys()).isEqualTo(before);
        assertThat(tenant.every8d().wire().counts()).isEmpty();
        assertThat(tenant.every8d().messages()).isEmpty();
    }

    // ---- the body as a whole ----

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "{} {}", "text=hello", "{\"text\": \"a\", \"text\": \"b\"}", "{\"text\": NaN}"})
    void whatIsNotJson(String body) throws Exception {
        isProblem(api.send(body), 400, "invalid_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "application/json", "application/json; charset=iso-8859-1"})
    void whatIsNotUtf8(String type) throws Exception {
        var body = "{\"text\": \"\u00e9\", \"recipients\": [{\"to\": \"0912345678\"}]}"
                .getBytes(StandardCharsets.ISO_8859_1);

        isProblem(api.given("Content-Type", type).body(body).post("/v1/batches"), 400, "invalid_json");
    }

    @Test
    void whatWasNotUtf8BeforeItCame() throws Exception {
        isProblem(api.send("{" + text("caf\uFFFD") + GOOD + "}"), 400, "invalid_json");
        isProblem(api.send("{" + text("caf\\ufffd") + GOOD + "}"), 400, "invalid_json");
    }

    @Test
    void whatIsNestedTooDeeply() throws Exception {
        isProblem(api.send("{\"text\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}"), 413, "payload_too_large");
    }

    /** Lambda would never see it: API Gateway answers by itself, and not with a problem. */
    @Test
    void whatIsTooLongForAnEvent() throws Exception {
        var answer = api.send("{\"text\": \"" + "a".repeat(7 * 1024 * 1024) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.as(JsonNode.class)).isEqualTo(Api.json("{\"message\": \"Request Entity Too Large\"}"));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsOfTheWrongType(String pointer, String body) throws Exception {
        isAt(pointer, isProblem(api.send(body), 400, "invalid_request"), "invalid_request");
    }

    static Stream<Arguments> whatIsOfTheWrongType() {
        return Stream.of(
                arguments("", "[]"),
                arguments("", "null"),
                arguments("", "\"text\""),
                arguments("/text", "{\"text\": 5}"),
                arguments("/text", "{\"text\": [\"a\"]}"),
                arguments("/account", "{\"account\": true}"),
                arguments("/send_at", "{\"send_at\": 1767225600}"),
                arguments("/dry_run", "{\"dry_run\": \"true\"}"),
                arguments("/validity_seconds", "{\"validity_seconds\": \"60\"}"),
                arguments("/validity_seconds", "{\"validity_seconds\": 60.5}"),
                arguments("/validity_seconds", "{\"validity_seconds\": 99999999999999999999}"),
                arguments("/recipients", "{\"recipients\": {\"to\": \"0912345678\"}}"),
                arguments("/recipients/1", "{\"recipients\": [{}, null]}"),
                arguments("/recipients/0", "{\"recipients\": [\"0912345678\"]}"),
                arguments("/recipients/0/to", "{\"recipients\": [{\"to\": 912345678}]}"),
                arguments("/recipients/0/variables", "{\"recipients\": [{\"variables\": [\"a\"]}]}"),
                arguments("/recipients/0/variables/a~1b", "{\"recipients\": [{\"variables\": {\"a/b\": 1}}]}"),
                arguments("/recipients/0/variables/a", "{\"recipients\": [{\"variables\": {\"a\": null}}]}"));
    }

    @Test
    void whatDoesNotExistIsToldAtOnce() throws Exception {
        var answer = api.send("""
                {"txt": "hello", "recipients": [{"to": "0912345678"}, {"to": "0912345679", "number": {"a": []}}]}""");

        var problem = isProblem(answer, 400, "unknown_field");
        assertThat(pointers(problem)).containsExactlyInAnyOrder("/txt", "/recipients/1/number");
        isAt("/txt", problem, "unknown_field");
    }

    // ---- the request as a whole ----

    @ParameterizedTest
    @MethodSource
    void whatCannotBeSent(int status, String code, String pointer, String members) throws Exception {
        isAt(pointer, isProblem(send(members), status, code), code);
    }

    static Stream<Arguments> whatCannotBeSent() {
        var past = Instant.now().minus(Duration.ofMinutes(2)).toString();
        var far = Instant.now().plus(Duration.ofDays(400)).toString();
        return Stream.of(
                arguments(400, "invalid_request", "/recipients", "\"text\": \"a\""),
                arguments(400, "invalid_request", "/recipients", "\"text\": \"a\", \"recipients\": []"),
                arguments(400, "invalid_request", "/subject", text("a") + member("subject", "s".repeat(201)) + GOOD),
                arguments(
                        400, "invalid_request", "/reference", text("a") + member("reference", "r".repeat(201)) + GOOD),
                arguments(422, "too_many_recipients", "/recipients", text("a") + recipients(10_001)),
                arguments(422, "text_empty", "/text", GOOD),
                arguments(422, "text_empty", "/text", text(" \\n\\t") + GOOD),
                arguments(422, "text_too_long", "/text", text("a".repeat(1531)) + GOOD),
                arguments(422, "text_too_long", "/text", text("😀".repeat(766)) + GOOD),
                arguments(422, "text_not_encodable", "/text", text("a\\u0001b") + GOOD),
                arguments(422, "text_not_encodable", "/text", text("a\\u001b") + GOOD),
                arguments(422, "text_not_encodable", "/text", text("\\ud83d") + GOOD),
                arguments(422, "text_not_encodable", "/text", text("\\uffff") + GOOD),
                arguments(422, "text_not_encodable", "/subject", text("a") + member("subject", "\\u0000") + GOOD),
                arguments(422, "send_at_past", "/send_at", text("a") + member("send_at", past) + GOOD),
                arguments(422, "send_at_too_far", "/send_at", text("a") + member("send_at", far) + GOOD),
                arguments(422, "send_at_format", "/send_at", text("a") + member("send_at", "tomorrow") + GOOD),
                arguments(422, "send_at_format", "/send_at", text("a") + member("send_at", "20270101083000") + GOOD),
                arguments(
                        422, "send_at_format", "/send_at", text("a") + member("send_at", "2027-01-01T08:00:00") + GOOD),
                arguments(
                        422,
                        "send_at_format",
                        "/send_at",
                        text("a") + member("send_at", "2027-02-30T08:00:00Z") + GOOD),
                arguments(422, "validity_out_of_range", "/validity_seconds", text("a") + validity(0) + GOOD),
                arguments(422, "validity_out_of_range", "/validity_seconds", text("a") + validity(-60) + GOOD),
                arguments(422, "validity_out_of_range", "/validity_seconds", text("a") + validity(59) + GOOD),
                arguments(
                        422, "validity_out_of_range", "/validity_seconds", text("a") + validity(Long.MAX_VALUE) + GOOD),
                arguments(
                        422,
                        "not_supported_by_provider",
                        "/validity_seconds",
                        validity(60) + "\"recipients\": [{\"to\": \"0912345678\", \"text\": \"mine\"}]"),
                arguments(
                        422,
                        "not_supported_by_provider",
                        "/validity_seconds",
                        text("a") + validity(60) + "\"recipients\": [{\"to\": \"0912345678\", \"name\": \"N\"}]"));
    }

    @Test
    void severalThingsAreToldTogether() throws Exception {
        var problem = isProblem(
                send(text("a".repeat(2000)) + validity(1) + member("send_at", "now") + GOOD), 400, "invalid_request");

        assertThat(pointers(problem)).containsExactlyInAnyOrder("/text", "/validity_seconds", "/send_at");
        isAt("/text", problem, "text_too_long");
        isAt("/send_at", problem, "send_at_format");
    }

    @Test
    void anAccountThatDoesNotExist() throws Exception {
        var answer = api.send("{\"account\": \"nobody\", " + text("a") + GOOD + "}");

        isAt("/account", isProblem(answer, 404, "account_not_found"), "account_not_found");
    }

    @Test
    void anAccountThatTheProviderRefuses() throws Exception {
        var answer = api.send("{\"account\": \"" + SharedStack.REFUSED + "\", " + text("a") + GOOD + "}");

        isProblem(answer, 502, "provider_refused");
        assertThat(answer.as(JsonNode.class).path("retryable").asBoolean()).isTrue();
        assertThat(answer.header("Retry-After")).isEqualTo("300");
    }

    @Test
    void noAccountWhereThereAreSeveral() throws Exception {
        try (var stack = Stack.builder()
                .simulator((url, given) -> new Tenant("one", url, Map.of()))
                .simulator((url, given) -> new Tenant("two", url, Map.of()))
                .start()) {
            var answer = new Api(stack.url()).send("{" + text("a") + GOOD + "}");

            isAt("/account", isProblem(answer, 400, "account_required"), "account_required");
            assertThat(new Ledger(stack).keys()).isEmpty();
        }
    }

    // ---- recipients ----

    @Test
    void noRecipientThatCanBeSentTo() throws Exception {
        var numbers = List.of(
                "09123456789",
                "",
                "hello",
                "+8861",
                "+886223456789",
                "0912345678,0922333444",
                "12028951800",
                "+0912345678",
                "９１２３４５６７",
                "+886912345678'--");
        var problem = isProblem(
                send(text("a") + "\"recipients\": ["
                        + numbers.stream()
                                .map(number -> "{\"to\": \"" + number + "\"}")
                                .collect(Collectors.joining(","))
                        + ", {\"reference\": \"nobody\"}, {\"to\": null}]"),
                422,
                "no_valid_recipient");

        assertThat(pointers(problem))
                .containsExactlyElementsOf(IntStream.range(0, numbers.size() + 2)
                        .mapToObj(n -> "/recipients/" + n + "/to")
                        .toList());
        assertThat(problem.path("errors"))
                .allSatisfy(error -> assertThat(error.path("code").asText()).isEqualTo("invalid_number"));
    }

    @Test
    void aRecipientDoesNotFailTheRest() throws Exception {
        var answer = send("\"dry_run\": true, " + text("Dear {{name}}") + "\"recipients\": ["
                + "{\"to\": \"0912345678\", \"variables\": {\"name\": \"A\"}},"
                + "{\"to\": \"0912345670\"},"
                + "{\"to\": \"0912345671\", \"text\": \"\"},"
                + "{\"to\": \"0912345672\", \"text\": \"" + "a".repeat(1531) + "\"},"
                + "{\"to\": \"0912345673\", \"text\": \"a\\u0008\"},"
                + "{\"to\": \"0912345674\", \"text\": \"a\", \"send_at\": \"2001-01-01T00:00:00Z\"},"
                + "{\"to\": \"0912345675\", \"text\": \"a\", \"send_at\": \"soon\"},"
                + "{\"to\": \"0912345676\", \"text\": \"a\", \"name\": \"" + "n".repeat(51) + "\"},"
                + "{\"to\": \"0912345677\", \"text\": \"a\", \"email\": \"\\u0002@example.org\"},"
                + "{\"to\": \"0912345679\", \"text\": \"a\", \"received_id\": \"1\"},"
                + "{\"to\": \"+886912345678\", \"text\": \"Dear A\"},"
                + "{\"to\": \"0912345680\", \"text\": \"a\", \"reference\": \"" + "r".repeat(201) + "\"},"
                + "{\"to\": \"0912345681\", \"text\": \"Dear {{first name}}\"},"
                + "{\"to\": \"0912345682\", \"text\": \"a\", \"variables\": {\"first/name\": \"B\"}},"
                + "{\"to\": \"+886 (0)912 345 683.0\", \"text\": \"a\"}]");

        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        assertThat(answer.as(JsonNode.class).path("recipients").asInt()).isEqualTo(1);
        assertThat(StreamSupport.stream(
                        answer.as(JsonNode.class).path("invalid").spliterator(), false))
                .extracting(one ->
                        one.path("pointer").asText() + ' ' + one.path("code").asText())
                .containsExactly(
                        "/recipients/1/variables/name variable_missing",
                        "/recipients/2/text text_empty",
                        "/recipients/3/text text_too_long",
                        "/recipients/4/text text_not_encodable",
                        "/recipients/5/send_at send_at_past",
                        "/recipients/6/send_at send_at_format",
                        "/recipients/7/name invalid_request",
                        "/recipients/8/email text_not_encodable",
                        "/recipients/9/received_id not_supported_by_provider",
                        "/recipients/10 duplicate_recipient",
                        "/recipients/11/reference invalid_request",
                        "/recipients/12/text placeholder_invalid",
                        "/recipients/13/variables/first~1name variable_unused",
                        "/recipients/14/to invalid_number");
    }

    // ---- queries and paths ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/batches?limit=0",
                "/v1/batches?limit=51",
                "/v1/batches?limit=ten",
                "/v1/batches?limit=1&limit=2",
                "/v1/batches?state=lost",
                "/v1/batches?from=yesterday",
                "/v1/batches?until=2026-01-01",
                "/v1/batches?colour=blue",
                "/v1/batches/" + NO_BATCH + "?fields=all",
                "/v1/batches/" + NO_BATCH + "/messages?limit=1001",
                "/v1/replies?limit=-1",
                "/v1/replies?state=new",
                "/v1/usage?by=month",
                "/v1/accounts?all"
            })
    void aQueryThatCannotBeRead(String path) throws Exception {
        isProblem(api.get(path), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/batches?cursor=",
                "/v1/batches?cursor=garbage",
                "/v1/batches?cursor=%00%ff",
                "/v1/batches?cursor=cjIwMjY",
                "/v1/batches/" + NO_BATCH + "/messages?cursor=eA",
                "/v1/batches/" + NO_BATCH + "/messages?cursor=bS0x",
                "/v1/replies?cursor=4Z2",
                "/v1/replies?cursor=cg"
            })
    void aCursorThatNoListGave(String path) throws Exception {
        isProblem(api.get(path), 400, "cursor_invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NO_BATCH,
                "bat_",
                "none",
                "bat_01arz3ndektsv4rrffq69g5fav",
                "bat_01ARZ3NDEKTSV4RRFFQ69G5FAV-0",
                "bat_..",
                "%F0%9F%98%80"
            })
    void aBatchThatDoesNotExist(String id) throws Exception {
        isProblem(api.get("/v1/batches/" + id), 404, "batch_not_found");
        isProblem(api.get("/v1/batches/" + id + "/messages"), 404, "batch_not_found");
        isProblem(api.delete("/v1/batches/" + id), 404, "batch_not_found");
    }

    @Test
    void aQueryWhereThereIsNone() throws Exception {
        isProblem(api.post("/v1/batches?dry_run=true", "{" + text("a") + GOOD + "}"), 400, "invalid_request");
        isProblem(api.delete("/v1/batches/" + NO_BATCH + "?force=true"), 400, "invalid_request");
    }

    @Test
    void aCallbackThatKnowsNoToken() throws Exception {
        assertThat(api.get(tenant.callbacks() + "x?STATUS=100").statusCode()).isEqualTo(404);
        assertThat(api.get("/callbacks/nobody/0123456789abcdef0123456789abcdef?STATUS=100")
                        .statusCode())
                .isEqualTo(404);
    }

    // ---- idempotency ----

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "\"open", "\"\"", "key\""})
    void aKeyThatIsNone(String key) throws Exception {
        isProblem(send(text("a") + GOOD, "Idempotency-Key", key), 400, "idempotency_key_invalid");
    }

    @Test
    void aKeyThatIsTooLong() throws Exception {
        isProblem(send(text("a") + GOOD, "Idempotency-Key", "k".repeat(256)), 400, "idempotency_key_invalid");
    }

    private Response send(String members, String... headers) throws Exception {
        return api.send("{\"account\": \"" + tenant.name() + "\", " + members + "}", headers);
    }

    private static String text(String text) {
        return member("text", text);
    }

    private static String member(String name, String value) {
        return "\"" + name + "\": \"" + value + "\", ";
    }

    private static String validity(long seconds) {
        return "\"validity_seconds\": " + seconds + ", ";
    }

    private static String recipients(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "{\"to\": \"09%08d\"}".formatted(n))
                .collect(Collectors.joining(",", "\"recipients\": [", "]"));
    }

    private static JsonNode isProblem(Response answer, int status, String code) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        var problem = answer.as(JsonNode.class);
        assertThat(problem.path("code").asText()).as(Api.text(answer)).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("request_id").asText()).isNotBlank();
        assertThat(URI.create(problem.path("type").asText()).getFragment()).isEqualTo(code);
        return problem;
    }

    private static void isAt(String pointer, JsonNode problem, String code) {
        assertThat(StreamSupport.stream(problem.path("errors").spliterator(), false)
                        .filter(error -> error.path("pointer").asText().equals(pointer)))
                .as(problem.toString())
                .hasSize(1)
                .allSatisfy(error -> {
                    assertThat(error.path("code").asText()).isEqualTo(code);
                    assertThat(error.path("detail").asText()).isNotBlank();
                });
    }

    private static List<String> pointers(JsonNode problem) {
        return StreamSupport.stream(problem.path("errors").spliterator(), false)
                .map(error -> error.path("pointer").asText())
                .toList();
    }
}
