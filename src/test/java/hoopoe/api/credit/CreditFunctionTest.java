package hoopoe.api.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.account.credit.CreditReader;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Credit;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Providers;
import hoopoe.provider.SmsProvider;
import hoopoe.store.account.CreditRepository;
import hoopoe.store.account.DynamoSessionStore;
import hoopoe.store.inbox.InboxRepository;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.Beans;
import hoopoe.testing.MetricLog;
import hoopoe.testing.StoreFixture;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CreditFunctionTest {

    private final StoreFixture storeFixture = new StoreFixture();
    private final Deque<Supplier<BigDecimal>> credits = new ArrayDeque<>();
    private final DynamoSessionStore sessions = new DynamoSessionStore(storeFixture.table);
    private Set<Feature> features = EnumSet.allOf(Feature.class);
    private String misconfigured = "";
    private int closes;

    private final Accounts accounts = new Accounts(new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(
                    Map.of(
                            "hoopoe.accounts.main.provider",
                            "fake",
                            "hoopoe.accounts.other.provider",
                            "fake",
                            "hoopoe.default-account",
                            "main"),
                    "test",
                    100))
            .build());
    private final Beans beans = storeFixture.beans(
            accounts,
            sessions,
            new Providers(Stream.of(provider()), MetricLog.ignored()),
            new SmallRyeConfigBuilder().build());
    private final CreditReader credit = beans.get(CreditReader.class);
    private final InboxRepository inboxRepository = beans.get(InboxRepository.class);
    private final CreditFunction function = beans.get(CreditFunction.class);

    /** A provider with credit and sessions only; these tests need no more. */
    private SmsProvider provider() {
        return (SmsProvider) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SmsProvider.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "type":
                            return "fake";
                        case "objection":
                            return ((Account) arguments[0]).name().equals(misconfigured)
                                    ? Optional.of("from is missing")
                                    : Optional.empty();
                        case "capabilities":
                            return new Capabilities(features, 10_000, 500, 1530, Duration.ofHours(24));
                        case "credit":
                            return new Credit(credits.remove().get(), storeFixture.clock.instant());
                        case "closeSession":
                            return ++closes == 1;
                        default:
                            throw new AssertionError(method);
                    }
                });
    }

    private APIGatewayV2HTTPResponse call(String route, String account) {
        return function.credit(event(route, account));
    }

    private static APIGatewayV2HTTPEvent event(String route, String account) {
        var event = ApiEvents.of(route, "", "");
        event.setRawPath(event.getRawPath().replace("{account}", account));
        event.setPathParameters(Map.of("account", account));
        return event;
    }

    private APIGatewayV2HTTPResponse credit(String account) {
        return call("GET /v1/accounts/{account}/credit", account);
    }

    private APIGatewayV2HTTPResponse close(String key) {
        return function.credit(
                ApiEvents.with(event("DELETE /v1/accounts/{account}/session", "main"), "Idempotency-Key", key));
    }

    private static JsonNode json(APIGatewayV2HTTPResponse response) {
        try {
            return new ObjectMapper().readTree(response.getBody());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private void says(String points) {
        credits.add(() -> new BigDecimal(points));
    }

    @Test
    void creditIsAskedOnceAMinute() {
        says("2310.00");
        var first = credit("main");
        storeFixture.clock.move(Duration.ofSeconds(60));
        var second = credit("main");

        assertThat(first.getStatusCode()).isEqualTo(200);
        assertThat(json(first))
                .isEqualTo(json(second))
                .hasToString(
                        "{\"account\":\"main\",\"points\":{\"unit\":\"points\",\"amount\":\"2310.0\"},\"as_of\":\"2026-03-01T04:00:00Z\"}");

        says("2309.00");
        storeFixture.clock.move(Duration.ofMillis(1));
        assertThat(json(credit("main")).at("/points/amount").textValue()).isEqualTo("2309.0");
    }

    @Test
    void eachAccountHasItsOwnCredit() {
        says("1");
        says("2");

        assertThat(json(credit("main")).at("/points/amount").textValue()).isEqualTo("1.0");
        assertThat(json(credit("other")).at("/points/amount").textValue()).isEqualTo("2.0");
    }

    @Test
    void anOlderAnswerDoesNotReplaceANewerOne() {
        var creditRepository = new CreditRepository(storeFixture.table);
        creditRepository.put("main", BigDecimal.TEN, storeFixture.clock.instant());
        creditRepository.put(
                "main", BigDecimal.ONE, storeFixture.clock.instant().minusSeconds(5));

        assertThat(creditRepository.find("main").orElseThrow().points()).isEqualByComparingTo(BigDecimal.TEN);
    }

    @Test
    void aProviderThatIsAwayIsAProblemAndNoOldCredit() {
        says("1");
        credit("main");
        storeFixture.clock.move(Duration.ofMinutes(2));
        credits.add(() -> {
            throw new ProviderException.ProviderUnavailable("getCredit", "timeout");
        });

        var answer = credit("main");

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(json(answer).get("code").textValue()).isEqualTo("provider_unavailable");
    }

    @Test
    void whatAProviderLacksIsSaid() {
        features = EnumSet.noneOf(Feature.class);

        assertThat(json(credit("main")).get("code").textValue()).isEqualTo("not_supported_by_provider");
        assertThat(json(credit("main")).get("detail").textValue()).endsWith(": credit.");
        assertThat(json(close("k")).get("code").textValue()).isEqualTo("not_supported_by_provider");
        assertThat(json(close("k")).get("detail").textValue()).endsWith(": session.");
        assertThat(closes).isZero();
    }

    @Test
    void anInboxShowsWhatItMayHaveLost() {
        var until = storeFixture.clock.instant().plusSeconds(60);
        var inboxLease = inboxRepository.begin("main", until).orElseThrow();
        inboxRepository.lose(inboxRepository.ask(inboxLease), "timeout");
        inboxRepository.end(inboxLease, "timeout");

        var accounts = json(call("GET /v1/accounts", "")).get("accounts");

        assertThat(accounts.get(0).get("inbox"))
                .hasToString("{\"failure\":\"timeout\",\"possible_losses\":1,"
                        + "\"last_possible_loss_at\":\"2026-03-01T04:00:00Z\",\"aside\":0}");
        features = EnumSet.noneOf(Feature.class);
        assertThat(json(call("GET /v1/accounts", "")).get("accounts").get(0).has("inbox"))
                .isFalse();
    }

    @Test
    void anUnknownAccountIsNotFound() {
        var answer = credit("nobody");

        assertThat(answer.getStatusCode()).isEqualTo(404);
        assertThat(json(answer).get("code").textValue()).isEqualTo("account_not_found");
    }

    /** It is shown, and so are the others; nothing is asked of anybody for it. */
    @Test
    void anAccountWithWrongSettingsIsMisconfigured() {
        misconfigured = "main";

        var accounts = json(call("GET /v1/accounts", "")).get("accounts");

        assertThat(accounts.get(0))
                .hasToString("{\"name\":\"main\",\"provider\":\"fake\",\"default\":true,"
                        + "\"health\":{\"state\":\"misconfigured\",\"provider_text\":\"from is missing\"}}");
        assertThat(accounts.get(1).get("health")).hasToString("{\"state\":\"ok\"}");
        assertThat(credit("main").getStatusCode()).isEqualTo(503);
        assertThat(json(close("key")).get("code").textValue()).isEqualTo("account_misconfigured");
        assertThat(closes).isZero();
        misconfigured = "";
        assertThat(close("key").getHeaders()).doesNotContainKey("Idempotent-Replayed");
    }

    /** Each question may cost a login. */
    @Test
    void aFailureIsToldAgainForAMinuteWithoutAsking() {
        credits.add(() -> {
            throw new ProviderException.MalformedAnswer("getCredit", "answer");
        });
        for (int i = 0; i < 50; i++) {
            assertThat(json(credit("main")).get("code").textValue()).isEqualTo("provider_malformed");
        }
        storeFixture.clock.move(Duration.ofSeconds(61));
        says("5");

        assertThat(credit("main").getStatusCode()).isEqualTo(200);
        assertThat(credits).isEmpty();
    }

    @Test
    void theTickAsksOnceAnHour() {
        assertThat(due()).hasSize(2);
        says("1");
        credits.add(() -> {
            throw new ProviderException.ProviderBusy("getCredit", "-97");
        });
        due().forEach(account -> credit.refresh(account, Deadline.in(Duration.ofSeconds(30), storeFixture.clock)));

        assertThat(due()).isEmpty();
        storeFixture.clock.move(Duration.ofMinutes(61));
        assertThat(due()).hasSize(2);
    }

    @Test
    void accountsAreListedWithWhatTheyCanAndHowTheyAre() {
        says("5.5");
        credit("other");
        var now = storeFixture.clock.instant();
        sessions.change("main", session -> session.leased("me", LocalDate.EPOCH, now));
        sessions.change("main", session -> session.trying("me", "v1", LocalDate.EPOCH, now));
        sessions.change("main", session -> session.refused("me", "v1", "-101", "wrong password", now));
        features = EnumSet.of(Feature.CREDIT, Feature.SESSION);

        var accounts = json(call("GET /v1/accounts", "")).get("accounts");

        assertThat(accounts.get(0))
                .hasToString("{\"name\":\"main\",\"provider\":\"fake\",\"default\":true,"
                        + "\"capabilities\":{\"features\":[\"credit\",\"session\"],\"max_recipients\":10000,"
                        + "\"dispatch_size\":500,\"max_text\":1530,\"default_validity_seconds\":86400},"
                        + "\"health\":{\"state\":\"blocked\",\"provider_code\":\"-101\","
                        + "\"provider_text\":\"wrong password\",\"since\":\"2026-03-01T04:00:00Z\"}}");
        assertThat(accounts.get(1).get("default").booleanValue()).isFalse();
        assertThat(accounts.get(1).get("health")).hasToString("{\"state\":\"ok\"}");
        assertThat(accounts.get(1).get("credit"))
                .hasToString(
                        "{\"points\":{\"unit\":\"points\",\"amount\":\"5.5\"},\"as_of\":\"2026-03-01T04:00:00Z\"}");
    }

    @Test
    void whoDoesNotLookAfterAccountsSeesThatTheyAreThereAndWork() {
        says("5.5");
        credit("main");
        var now = storeFixture.clock.instant();
        sessions.change("main", session -> session.leased("me", LocalDate.EPOCH, now));
        sessions.change("main", session -> session.trying("me", "v1", LocalDate.EPOCH, now));
        sessions.change("main", session -> session.refused("me", "v1", "-101", "wrong password", now));
        var shop = new Grant("shop", "key", KeyKind.LIVE, EnumSet.of(Scope.BATCHES_READ, Scope.BATCHES_WRITE));

        var main = json(function.credit(ApiEvents.as(shop, event("GET /v1/accounts", ""))))
                .at("/accounts/0");
        var credit = function.credit(ApiEvents.as(shop, event("GET /v1/accounts/{account}/credit", "main")));

        assertThat(main.fieldNames())
                .toIterable()
                .containsExactly("name", "provider", "default", "capabilities", "health");
        assertThat(main.get("health")).hasToString("{\"state\":\"blocked\"}");
        assertThat(credit.getStatusCode()).isEqualTo(403);
        assertThat(json(credit).path("code").asText()).isEqualTo("forbidden_scope");
    }

    @Test
    void aTestKeyReachesNoRealAccount() {
        var test = new Grant("shop", "key", KeyKind.TEST, EnumSet.allOf(Scope.class));

        for (var route : List.of("GET /v1/accounts/{account}/credit", "DELETE /v1/accounts/{account}/session")) {
            var answer = function.credit(ApiEvents.as(test, event(route, "main")));
            assertThat(answer.getStatusCode()).isEqualTo(403);
            assertThat(json(answer).path("code").asText()).isEqualTo("account_live_only");
        }
        assertThat(json(function.credit(ApiEvents.as(test, event("GET /v1/accounts", "")))))
                .hasToString("{\"accounts\":[]}");
        assertThat(closes).isZero();
    }

    @Test
    void twoCallersWithOneIdempotencyKeyAreTwo() {
        close("key");
        var other = new Grant("shop", "key", KeyKind.LIVE, EnumSet.of(Scope.ACCOUNTS_ADMIN));
        var event = event("DELETE /v1/accounts/{account}/session", "main");

        var answer = function.credit(ApiEvents.as(other, ApiEvents.with(event, "Idempotency-Key", "key")));

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getHeaders()).doesNotContainKey("Idempotent-Replayed");
        assertThat(closes).isEqualTo(2);
    }

    @Test
    void anAccountWhoseAddressMovedIsMisconfigured() {
        var now = storeFixture.clock.instant();
        sessions.change("main", session -> session.leased("me", LocalDate.EPOCH, now));
        sessions.change("main", session -> session.trying("me", "v1", LocalDate.EPOCH, now));
        sessions.change("main", session -> session.refused("me", "v1", "misconfigured", "the address moved", now));

        assertThat(health())
                .isEqualTo("{\"state\":\"misconfigured\",\"provider_text\":\"the address moved\","
                        + "\"since\":\"2026-03-01T04:00:00Z\"}");
    }

    @Test
    void theLongestValidityIsToldWhereOneCanBeGiven() {
        features = EnumSet.of(Feature.VALIDITY);

        assertThat(json(call("GET /v1/accounts", "")).at("/accounts/0/capabilities/max_validity_seconds"))
                .hasToString("259200");
    }

    private String health() {
        return json(call("GET /v1/accounts", "")).at("/accounts/0/health").toString();
    }

    private void missed(ProviderException e) {
        credits.add(() -> {
            throw e;
        });
        credit.refresh(accounts.find("main").orElseThrow(), Deadline.in(Duration.ofSeconds(30), storeFixture.clock));
    }

    @Test
    void aProviderThatDoesNotAnswerIsUnreachableUntilItDoes() {
        says("5");
        credit("main");
        missed(new ProviderException.ProviderUnavailable("getCredit", "timeout"));
        storeFixture.clock.move(Duration.ofMinutes(10));
        missed(new ProviderException.ProviderUnavailable("getCredit", "http_500"));
        assertThat(health()).isEqualTo("{\"state\":\"unreachable\",\"since\":\"2026-03-01T04:00:00Z\"}");

        says("4");
        assertThat(credit("main").getStatusCode()).isEqualTo(200);
        assertThat(health()).isEqualTo("{\"state\":\"ok\"}");
    }

    @Test
    void whatIsAnsweredOrOurOwnFaultIsNotUnreachable() {
        missed(new ProviderException.ProviderUnavailable("getCredit", "timeout"));
        missed(new ProviderException.ProviderBusy("getCredit", "-97"));
        assertThat(health()).isEqualTo("{\"state\":\"ok\"}");
        missed(new ProviderException.ProviderUnavailable("getCredit", "secret_unavailable"));
        assertThat(health()).isEqualTo("{\"state\":\"ok\"}");
    }

    @Test
    void aLoginThatWasNotAnsweredIsUnreachableToo() {
        var now = storeFixture.clock.instant();
        sessions.change("main", session -> session.leased("me", LocalDate.EPOCH, now));
        sessions.change("main", session -> session.trying("me", "v1", LocalDate.EPOCH, now));
        sessions.change("main", session -> session.unanswered("me", now));
        assertThat(health()).isEqualTo("{\"state\":\"unreachable\"}");

        sessions.change("main", session -> session.leased("me", LocalDate.EPOCH, now));
        sessions.change("main", session -> session.trying("me", "v1", LocalDate.EPOCH, now));
        sessions.change("main", session -> session.refused("me", "v1", "-101", "wrong password", now));
        assertThat(health()).contains("blocked");
    }

    @Test
    void aSessionIsEndedOnceForOneKey() {
        var first = close("k1");
        var again = close("k1");
        var other = close("k2");

        assertThat(json(first)).hasToString("{\"account\":\"main\",\"closed\":true}");
        assertThat(json(again)).hasToString("{\"account\":\"main\",\"closed\":true}");
        assertThat(again.getStatusCode()).isEqualTo(200);
        assertThat(first.getHeaders()).doesNotContainKey("Idempotent-Replayed");
        assertThat(again.getHeaders()).containsEntry("Idempotent-Replayed", "true");
        assertThat(json(other)).hasToString("{\"account\":\"main\",\"closed\":false}");
        assertThat(closes).isEqualTo(2);
    }

    @Test
    void aKeyOfAnotherRequestIsRefused() {
        close("k1");
        var event = ApiEvents.with(event("DELETE /v1/accounts/{account}/session", "main"), "Idempotency-Key", "k1");
        event.setBody("{}");

        var answer = function.credit(event);

        assertThat(answer.getStatusCode()).isEqualTo(422);
        assertThat(json(answer).get("code").textValue()).isEqualTo("idempotency_key_reused");
        assertThat(closes).isEqualTo(1);
    }

    @Test
    void withoutAKeyEachCallCounts() {
        call("DELETE /v1/accounts/{account}/session", "main");
        call("DELETE /v1/accounts/{account}/session", "main");

        assertThat(closes).isEqualTo(2);
    }

    @Test
    void queryParametersAreRefused() {
        var event = event("GET /v1/accounts", "");
        event.setRawQueryString("x=1");

        assertThat(function.credit(event).getStatusCode()).isEqualTo(400);
    }

    @Test
    void whoDoesNotTellIsLeftAloneByTheTickForTenMinutes() {
        credits.add(() -> {
            throw new ProviderException.ProviderUnavailable("credit", "unreachable");
        });
        credit.refresh(accounts.find("main").orElseThrow(), Deadline.in(Duration.ofSeconds(28), storeFixture.clock));

        assertThat(due()).extracting(Account::name).containsExactly("other");

        storeFixture.clock.move(Duration.ofMinutes(10));
        says("7");
        assertThat(due()).extracting(Account::name).containsExactly("main", "other");
        assertThat(json(credit("main")).at("/points/amount").textValue()).isEqualTo("7.0");
        assertThat(due()).extracting(Account::name).containsExactly("other");
    }

    private List<Account> due() {
        return credit.all().stream().filter(credit::isDue).toList();
    }
}
