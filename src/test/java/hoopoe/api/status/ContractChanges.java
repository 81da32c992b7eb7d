package hoopoe.api.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.TableDump;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;

/** What commit 020edb9 answered, in the words of today's API: each change that was made on purpose, and nothing else. */
final class ContractChanges {

    private static final Map<String, String> BATCH = Map.of(
            "accepted", "recipients",
            "rejected_total", "invalid_total",
            "rejected", "invalid",
            "erase", "cancellation");

    private static final String BY_REFERENCE = "batches operator reference=order-1";
    private static final String BINARY = "bat_01KJKSXYS0WJ0XVX2FSYTF4VHS-0";

    private ContractChanges() {}

    /** @param question as {@link TableAnswers#ask} takes it */
    static JsonNode today(String question, JsonNode then) {
        var answer = question.equals(BY_REFERENCE) ? ofReference() : then.<JsonNode>deepCopy();
        switch (question.split(" ")[0]) {
            case "batch" -> batch(answer);
            case "batches" -> answer.path("batches").forEach(ContractChanges::batch);
            case "messages" -> answer.path("messages").forEach(ContractChanges::message);
            case "credit" -> points(answer, "points");
            case "accounts" ->
                answer.path("accounts").forEach(account -> account(account, !question.contains("operator")));
            case "replies" -> replies(answer, question.split(" ")[1]);
            default -> {
                // not of the API
            }
        }
        return answer;
    }

    private static void batch(JsonNode batch) {
        BATCH.forEach((before, now) -> rename(batch, before, now));
        points(batch, "cost");
        taken(batch.path("cancellation"));
        batch.path("dispatches").forEach(ContractChanges::taken);
        batch.path("dispatches").forEach(dispatch -> points(dispatch, "cost"));
        batch.path("timeline").forEach(ContractChanges::entry);
    }

    /** No list was filtered by a reference: it was refused. */
    private static JsonNode ofReference() {
        var page = JsonNodeFactory.instance.objectNode();
        var found = page.putArray("batches");
        TableDump.answersOf020edb9()
                .at("/answers/2026-03-01T06:24:00Z/batches operator limit=50/batches")
                .forEach(batch -> {
                    if (BY_REFERENCE.endsWith("=" + batch.path("reference").asText())) {
                        found.add(batch);
                    }
                });
        return page;
    }

    /** All texts of that time are short ones; one is binary. */
    private static void message(JsonNode message) {
        points(message, "cost");
        var isBinary = message.path("id").asText().equals(BINARY);
        ((ObjectNode) message).put("encoding", isBinary ? "binary" : "GSM-7").put("segments", 1);
    }

    private static void taken(JsonNode result) {
        rename(result, "deleted", "cancelled");
        points(result, "refunded");
    }

    /** An operator's word also says whose key it was. */
    private static void entry(JsonNode entry) {
        if (entry.path("event").asText().equals("erase_requested")) {
            ((ObjectNode) entry).put("event", "cancel_requested");
        }
        if (entry.has("by")) {
            ((ObjectNode) entry).put("caller", "local");
        }
    }

    /** A key without {@code accounts:admin} does not see the provider's texts. */
    private static void account(JsonNode account, boolean isOutline) {
        var features = new TreeSet<String>();
        account.at("/capabilities/features")
                .forEach(feature -> features.add(feature.asText().replaceFirst("^erase$", "cancel")));
        var capabilities = (ObjectNode) account.path("capabilities");
        features.forEach(capabilities.putArray("features")::add);
        capabilities.put("max_validity_seconds", 259_200);
        var health = (ObjectNode) account.path("health");
        if (health.path("state").asText().equals("latched")) {
            health.put("state", "blocked");
        }
        if (isOutline) {
            health.retain("state");
            ((ObjectNode) account).remove("credit");
            ((ObjectNode) account).remove("inbox");
        } else {
            points(account.path("credit"), "points");
            // What lies aside is counted since then.
            ((ObjectNode) account.path("inbox")).put("aside", 0);
        }
    }

    /** The list is a feed since then, and has no replies that came before it. A page always has a cursor. */
    private static void replies(JsonNode page, String who) {
        var replyCursor = who.equals("operator")
                ? new ReplyCursor(ApiEvents.EVERYTHING.caller(), true)
                : new ReplyCursor(who, false);
        var feed = (ObjectNode) page;
        feed.putArray("replies");
        feed.put("next_cursor", replyCursor.of(Instant.EPOCH));
    }

    private static void rename(JsonNode object, String before, String now) {
        if (object.has(before)) {
            ((ObjectNode) object).set(now, ((ObjectNode) object).remove(before));
        }
    }

    /** A number of points has its unit beside it, and at least one place after the point. */
    private static void points(JsonNode object, String name) {
        if (object.path(name).isTextual()) {
            var amount = new BigDecimal(object.path(name).asText()).stripTrailingZeros();
            var written = amount.setScale(Math.max(1, amount.scale())).toPlainString();
            ((ObjectNode) object)
                    .set(
                            name,
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("unit", "points")
                                    .put("amount", written));
        }
    }
}
