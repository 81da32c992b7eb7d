package hoopoe.testing;

import static io.restassured.RestAssured.given;

import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.local.every8d.Switch;
import hoopoe.local.gateway.Events;
import hoopoe.local.template.Template;
import hoopoe.store.table.Table;
import io.quarkus.funqy.lambda.FunqyLambdaBindingRecorder;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Hoopoe needs around it under {@code @QuarkusTest}: a table, and an account {@code main} of an EVERY8D that calls nobody
 * back. It is given to fields of its type.
 *
 * <p>One start of Quarkus serves the tests of all functions, because a start for each would take a minute in all.
 */
public final class LambdaResource implements QuarkusTestResourceLifecycleManager {

    private final Events events =
            new Events(Template.read(Path.of("template.yaml")).functions());
    private final Tenant tenant =
            new Tenant("main", URI.create("http://127.0.0.1"), Map.of("dispatch-size", "2", "simulated", "true"));
    private final String table = LocalDynamo.shared().createLastingTable();

    @Override
    public Map<String, String> start() {
        tenant.every8d().switches().set(Switch.Callbacks.OFF);
        var settings = new TreeMap<>(tenant.settings());
        settings.putAll(SharedStack.UNHURRIED); // else a send on a busy machine may leave its dispatch to the next tick
        settings.put("quarkus.funqy.export", "status");
        settings.put(
                "quarkus.dynamodb.endpoint-override",
                LocalDynamo.shared().endpoint().toString());
        settings.put("aws.region", LocalDynamo.REGION);
        settings.put("hoopoe.store.table", table);
        settings.put("hoopoe.poll.first-check", "1s");
        settings.put("hoopoe.webhooks.queue", "http://127.0.0.1:9/queue"); // nothing is put into it
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(LambdaResource.class));
    }

    @Override
    public void stop() {
        tenant.close();
    }

    /** The account at its provider. */
    public Tenant tenant() {
        return tenant;
    }

    /** The table that the functions use. */
    public Table table() {
        return new Table(LocalDynamo.shared().client(), table);
    }

    /** Gives a function an event, as Lambda does. */
    public ValidatableResponse invoke(String function, String event) {
        export(function);
        return given().contentType(ContentType.JSON)
                .accept(ContentType.JSON)
                .body(event)
                .when()
                .post()
                .then();
    }

    /** Gives a function the event that API Gateway makes of a call without a body. */
    public ApiAnswer call(String function, String method, String target) {
        return answer(function, events.of(method, target, Instant.now()));
    }

    /** Gives a function the event that API Gateway makes of a call with a JSON body. */
    public ApiAnswer call(String function, String method, String target, String json) {
        return answer(function, events.of(method, target, json, Instant.now()));
    }

    private ApiAnswer answer(String function, byte[] event) {
        var answer = invoke(function, new String(event, StandardCharsets.UTF_8))
                .statusCode(200)
                .extract();
        return new ApiAnswer(answer.path("statusCode"), answer.path("headers"), answer.path("body"));
    }

    /** What API Gateway is told to answer. */
    public record ApiAnswer(int status, Map<String, String> headers, String body) {

        public JsonPath json() {
            return JsonPath.from(body);
        }
    }

    /** What {@code quarkus.funqy.export} does at a start. */
    private static void export(String function) {
        new FunqyLambdaBindingRecorder(
                        new RuntimeValue<>(() -> Optional.of(function)), () -> () -> false, new RuntimeValue<>())
                .chooseInvoker();
    }
}
