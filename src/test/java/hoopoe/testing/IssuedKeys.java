package hoopoe.testing;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.access.Scope;
import hoopoe.local.Stack;
import hoopoe.local.lambda.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The function {@code keys} of a stack, as an operator invokes it. */
public final class IssuedKeys {

    private final Stack stack;

    public IssuedKeys(Stack stack) {
        this.stack = stack;
    }

    /** @return the key, whole */
    public String create(String caller, String kind, Scope... scopes) throws InterruptedException {
        var answer = ask("{\"create\": {\"caller\": \"%s\", \"kind\": \"%s\", \"scopes\": [%s]}}"
                .formatted(
                        caller,
                        kind,
                        Arrays.stream(scopes)
                                .map(scope -> '"' + scope.text() + '"')
                                .collect(Collectors.joining(","))));
        if (!answer.has("key")) {
            throw new AssertionError(answer.toString());
        }
        return answer.path("key").asText();
    }

    public void revoke(String key) throws InterruptedException {
        var answer = ask("{\"revoke\": {\"key\": \"" + key + "\"}}");
        if (!answer.at("/revoked/state").asText().equals("revoked")) {
            throw new AssertionError(answer.toString());
        }
    }

    private JsonNode ask(String event) throws InterruptedException {
        var outcome = stack.invoke("keys", event.getBytes(StandardCharsets.UTF_8));
        if (outcome instanceof Outcome.Returned returned) {
            return Api.json(new String(returned.body(), StandardCharsets.UTF_8));
        }
        throw new AssertionError(outcome.toString());
    }
}
