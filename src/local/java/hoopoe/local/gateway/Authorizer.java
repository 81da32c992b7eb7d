package hoopoe.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hoopoe.local.lambda.Outcome;
import hoopoe.local.template.AuthorizerDefinition;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A Lambda authorizer with simple responses, payload 2.0, as API Gateway asks it: not at all where an identity source is missing,
 * and once for the same sources within its time to live. A failure is not cached.
 */
final class Authorizer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AuthorizerDefinition definition;
    private final BiFunction<String, byte[], CompletableFuture<Outcome>> functions;
    private final Clock clock;
    private final Consumer<String> log;
    private final Map<List<String>, Kept> kept = new ConcurrentHashMap<>();

    Authorizer(
            AuthorizerDefinition definition,
            BiFunction<String, byte[], CompletableFuture<Outcome>> functions,
            Clock clock,
            Consumer<String> log) {
        this.definition = definition;
        this.functions = functions;
        this.clock = clock;
        this.log = log;
    }

    /** The outcome of one authorization. */
    sealed interface Verdict {

        /** @param context an object */
        record Admitted(JsonNode context) implements Verdict {}

        record Refused(HttpReply reply) implements Verdict {}
    }

    private record Kept(Verdict verdict, Instant until) {}

    CompletableFuture<Verdict> ask(Call call, Routes.Match match, String requestId) {
        var identity = new ArrayList<String>();
        definition.headers().forEach(name -> identity.add(call.header(name)));
        if (identity.contains("")) {
            return CompletableFuture.completedFuture(refused(401, "Unauthorized"));
        }
        if (definition.byRoute()) {
            identity.add(match.route().definition().key());
        }
        var now = clock.instant();
        kept.values().removeIf(old -> !now.isBefore(old.until()));
        var known = kept.get(identity);
        if (known != null) {
            return CompletableFuture.completedFuture(known.verdict());
        }
        return functions
                .apply(definition.function(), HttpEvent.question(call, match, requestId, now, identity))
                .thenApply(outcome -> verdict(outcome, identity, now));
    }

    private Verdict verdict(Outcome outcome, List<String> identity, Instant now) {
        var answer = answer(outcome);
        if (!answer.path("isAuthorized").isBoolean()) {
            log.accept("gateway: " + definition.function() + ": 500, "
                    + (outcome instanceof Outcome.Failed ? outcome : "its answer has no isAuthorized"));
            return refused(500, "Internal Server Error");
        }
        var verdict = answer.path("isAuthorized").asBoolean()
                ? new Verdict.Admitted(answer.path("context").deepCopy())
                : refused(403, "Forbidden");
        kept.put(List.copyOf(identity), new Kept(verdict, now.plus(definition.ttl())));
        return verdict;
    }

    private static JsonNode answer(Outcome outcome) {
        if (outcome instanceof Outcome.Returned returned) {
            try {
                return JSON.readTree(returned.body());
            } catch (IOException e) { // not JSON: as good as no answer
                return JsonNodeFactory.instance.missingNode();
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    private static Verdict refused(int status, String message) {
        return new Verdict.Refused(HttpReply.message(status, message));
    }
}
