package hoopoe.provider.text421;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hoopoe.message.StatusFact;
import hoopoe.message.Surrogates;
import hoopoe.platform.Json;
import hoopoe.secret.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code deliveryJSON} (its help page): {@code {"username":…,"password":…,"deliveries":[{"id":"122231"}]}} is
 * answered with {@code {"delivery":[{"id":"122231","received":"2012-10-18 22:10:11","status":"delivered"}]}}; charged messages
 * may be in a list of another name.
 */
final class Text421DeliveryJson {

    private final Map<String, List<StatusFact>> facts = new HashMap<>();

    private Text421DeliveryJson() {}

    /** @param ids at most 100 */
    static byte[] question(Credentials login, List<String> ids) {
        var question = JsonNodeFactory.instance.objectNode();
        question.put("username", login.user()).put("password", login.password());
        var deliveries = question.putArray("deliveries");
        ids.forEach(id -> deliveries.addObject().put("id", id));
        return question.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @return the facts by id in lower case; empty where the body is no such answer */
    static Optional<Map<String, List<StatusFact>>> read(byte[] body) {
        return Json.document(Text421Response.text(body).strip())
                .filter(answer -> answer.isContainerNode() && !isError(answer))
                .map(answer -> {
                    var deliveries = new Text421DeliveryJson();
                    deliveries.add(answer);
                    return deliveries.facts;
                });
    }

    /** Whether it is {@code {"status":401,"description":…}}; status 200 is no error. */
    private static boolean isError(JsonNode answer) {
        return !text(answer, "status").isEmpty()
                && !text(answer, "status").equals(Integer.toString(Text421Response.ACCEPTED))
                && !answer.has("id");
    }

    private void add(JsonNode node) {
        var id = text(node, "id");
        var status = text(node, "status");
        if (!id.isEmpty() && !status.isEmpty()) {
            var at = Text421Client.TIMES.read(node.path("received").asText());
            facts.computeIfAbsent(id.toLowerCase(Locale.ROOT), unknown -> new ArrayList<>())
                    .add(Text421Status.fact(status, at, StatusFact.Source.REPORT));
        }
        node.forEach(this::add);
    }

    /** Empty also for null, which the provider may answer for an id that it does not know. */
    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        return value.isNull() ? "" : Surrogates.whole(value.asText()).strip();
    }
}
