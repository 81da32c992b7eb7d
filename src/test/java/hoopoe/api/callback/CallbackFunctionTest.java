package hoopoe.api.callback;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.delivery.ProviderReference;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import hoopoe.observability.Metric;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Providers;
import hoopoe.secret.AwaySecrets;
import hoopoe.secret.ConfiguredSecrets;
import hoopoe.secret.Secrets;
import hoopoe.store.delivery.CallbackEventRepository;
import hoopoe.store.table.Table;
import hoopoe.testing.Beans;
import hoopoe.testing.Canary;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.MetricLog;
import hoopoe.testing.MovableClock;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackFunctionTest {

    private static final String TOKEN = "5f2d8a3c9b1e4f60a7c8d9e0f1a2b3c4";
    private static final String NEXT = "00112233445566778899aabbccddeeff";

    private final MovableClock clock = MovableClock.at("2026-03-01T04:00:00Z");
    private final FaultyDynamo faults = new FaultyDynamo(LocalDynamo.shared().client());
    private final Table table = new Table(faults.client(), LocalDynamo.shared().createLastingTable());
    private final FakeProvider provider = new FakeProvider();
    private final CallbackEventRepository callbackEventRepository = new CallbackEventRepository(table, clock);
    private final MetricLog told = new MetricLog(clock);
    private final CallbackFunction function = function(ConfiguredSecrets::new);

    @Test
    void answersOkOnceItIsStored() {
        var answer = call("GET", "main", TOKEN, delivery());

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getBody()).isEqualTo("OK");
        assertThat(answer.getHeaders()).containsEntry("Content-Type", "text/plain; charset=utf-8");
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void bothTokensAreValidWhileTheyAreRotated() {
        assertThat(call("POST", "main", NEXT, delivery()).getStatusCode()).isEqualTo(200);
        assertThat(stored()).isEqualTo(1);
    }

    /** A mistake of ours, after which the provider shall come again; of a known provider it is read all the same. */
    @Test
    void aCallbackOfAnAccountWithWrongSettingsIsNotLost() {
        assertThat(call("GET", "misspelt", TOKEN, delivery()).getStatusCode()).isEqualTo(503);
        assertThat(call("GET", "wrong", TOKEN, delivery()).getStatusCode()).isEqualTo(200);
        assertThat(call("GET", "misspelt", NEXT, delivery()).getStatusCode()).isEqualTo(404);
    }

    /** 503 and not 404: the provider comes again when the token is a good one, and an operator hears of it. */
    @Test
    void aTokenThatCouldBeGuessedTakesNothing() {
        try (var canary = new Canary("21-characters")) {
            assertThat(call("GET", "short", "21-characters-are-few", delivery()).getStatusCode())
                    .isEqualTo(503);
            assertThat(canary.logged()).anyMatch(line -> line.contains("WeakCallbackToken"));
            canary.assertUnheard();
        }
        assertThat(stored()).isZero();
        assertThat(told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
        assertThat(call("GET", "short", "22-characters-are-nigh", delivery()).getStatusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "main,5f2d8a3c9b1e4f60a7c8d9e0f1a2b3c5",
        "main,5f2d8a3c9b1e4f60a7c8d9e0f1a2b3c",
        "main,''",
        "main,'5f2d8a3c9b1e4f60a7c8d9e0f1a2b3c4,00112233445566778899aabbccddeeff'",
        "closed,5f2d8a3c9b1e4f60a7c8d9e0f1a2b3c4",
        "closed,''",
        "nobody,5f2d8a3c9b1e4f60a7c8d9e0f1a2b3c4"
    })
    void aWrongTokenIsNothingLikeAnAccountThatIsNotThere(String account, String token) {
        assertThat(call("GET", account, token, delivery()).getStatusCode()).isEqualTo(404);
        assertThat(call("HEAD", account, token, delivery()).getStatusCode()).isEqualTo(404);
        assertThat(stored()).isZero();
    }

    /** An unknown name takes as long as a known one and gets the same answer, so that account names cannot be found out. */
    @ParameterizedTest
    @ValueSource(strings = {"main", "closed", "nobody"})
    void whileSecretsAreAwayAllNamesAreAnsweredTheSame(String account) {
        var away = function(config -> new AwaySecrets());

        var answer = away.callback(event("GET", account, TOKEN, delivery()));

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getBody()).isEmpty();
        assertThat(told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"main,503", "nobody,404"})
    void aSecretThatIsMissingIsItsOwnAccountsFault(String account, int status) {
        var missing = function(config -> new ConfiguredSecrets(config) {
            @Override
            public List<String> callbackTokens(String name) {
                return List.of(credentials(name).user()); // there is none
            }
        });

        assertThat(missing.callback(event("GET", account, TOKEN, delivery())).getStatusCode())
                .isEqualTo(status);
    }

    @Test
    void aTokenOfTheAccountThatStandsInOpensNothing() {
        provider.without(Feature.CALLBACKS);
        var alone = function(config -> new ConfiguredSecrets(config) {
            @Override
            public List<String> callbackTokens(String account) {
                return List.of(TOKEN);
            }
        });

        assertThat(alone.callback(event("GET", "nobody", TOKEN, delivery())).getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void aProviderThatNeverCallsBackIsSaidToThoseWhoKnowTheToken() {
        provider.without(Feature.CALLBACKS);

        for (var method : List.of("GET", "POST", "HEAD")) {
            assertThat(call(method, "main", TOKEN, delivery()).getStatusCode()).isEqualTo(422);
        }
        assertThat(call("GET", "main", TOKEN, delivery()).getBody())
                .contains("\"not_supported_by_provider\"")
                .contains(": callbacks.");
        assertThat(call("GET", "main", "guess", delivery()).getStatusCode()).isEqualTo(404);
        assertThat(stored()).isZero();
    }

    @Test
    void headStoresNothing() {
        var answer = call("HEAD", "main", TOKEN, delivery());

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getBody()).isEmpty();
        assertThat(stored()).isZero();
    }

    @Test
    void ourOwnFaultIsToBeRepeated() {
        faults.when(write -> true, Fault.UNREACHED);
        try (var canary = new Canary(TOKEN)) {
            assertThat(call("GET", "main", TOKEN, delivery()).getStatusCode()).isEqualTo(503);
            assertThat(canary.logged()).anyMatch(line -> line.contains("could not be stored"));
            canary.assertUnheard();
        }
        assertThat(told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);

        faults.heal();
        assertThat(call("GET", "main", TOKEN, delivery()).getStatusCode()).isEqualTo(200);
        assertThat(stored()).isEqualTo(1);
        assertThat(told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    @Test
    void poisonIsNotToBeRepeated() {
        assertThat(call("GET", "main", TOKEN, "%zz&&=").getStatusCode()).isEqualTo(200);
        assertThat(call("GET", "main", TOKEN, "x".repeat(100_000)).getStatusCode())
                .isEqualTo(200);
    }

    private int stored() {
        return callbackEventRepository
                .of(new ProviderReference(FakeProvider.TYPE, "main", "ref"))
                .size();
    }

    private String delivery() {
        var statusFact =
                new StatusFact(MessageState.DELIVERED, clock.instant(), "100", "", null, StatusFact.Source.CALLBACK);
        return provider.request(
                        new CallbackContent.DeliveryCallback("ref", Optional.empty(), null, statusFact, null, "one"))
                .query();
    }

    private APIGatewayV2HTTPResponse call(String method, String account, String token, String query) {
        return function.callback(event(method, account, token, query));
    }

    private static APIGatewayV2HTTPEvent event(String method, String account, String token, String query) {
        return APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRouteKey(method + " /callbacks/{account}/{token}")
                .withRawPath("/callbacks/" + account + '/' + token)
                .withRawQueryString(query)
                .withPathParameters(Map.of("account", account, "token", token))
                .withHeaders(Map.of())
                .withRequestContext(APIGatewayV2HTTPEvent.RequestContext.builder()
                        .withRequestId("request-1")
                        .withHttp(APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                                .withMethod(method)
                                .build())
                        .build())
                .build();
    }

    private CallbackFunction function(Function<Config, Secrets> secrets) {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "hoopoe.accounts.main.provider",
                                FakeProvider.TYPE,
                                "hoopoe.accounts.main.callback-tokens",
                                TOKEN + "," + NEXT,
                                "hoopoe.accounts.closed.provider",
                                FakeProvider.TYPE,
                                "hoopoe.accounts.misspelt.provider",
                                "fkae",
                                "hoopoe.accounts.misspelt.callback-tokens",
                                TOKEN,
                                "hoopoe.accounts.wrong.provider",
                                FakeProvider.TYPE,
                                "hoopoe.accounts.wrong.dispatch-size",
                                "many",
                                "hoopoe.accounts.wrong.callback-tokens",
                                TOKEN,
                                "hoopoe.accounts.short.provider",
                                FakeProvider.TYPE,
                                "hoopoe.accounts.short.callback-tokens",
                                "21-characters-are-few,22-characters-are-nigh"),
                        "test",
                        100))
                .build();
        return new Beans(
                        table,
                        clock,
                        config,
                        secrets.apply(config),
                        told.metrics(),
                        new Providers(Stream.of(provider), MetricLog.ignored()),
                        new ApiGatewayAdapter(clock, Duration.ofSeconds(28), MetricLog.ignored()))
                .get(CallbackFunction.class);
    }
}
