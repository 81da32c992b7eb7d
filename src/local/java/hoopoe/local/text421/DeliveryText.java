package hoopoe.local.text421;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hoopoe.local.stage.Switches;
import hoopoe.local.wire.Answer;
import java.util.Optional;

/** {@code deliveryJSON}: the question and its answer. */
final class DeliveryText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Orders orders;
    private final Switches switches;

    DeliveryText(Orders orders, Switches switches) {
        this.orders = orders;
        this.switches = switches;
    }

    Answer answer(String question) {
        try {
            return answer(JSON.readTree(question));
        } catch (JsonProcessingException e) {
            return error(400, "no JSON");
        }
    }

    static Answer error(int status, String description) {
        return Answer.of(
                status, "application/json", "{\"status\":" + status + ",\"description\":\"" + description + "\"}");
    }

    private Answer answer(JsonNode question) {
        if (orders.account(
                        question.path("username").asText(),
                        question.path("password").asText())
                .isEmpty()) {
            return error(401, "unknown username/password");
        }
        ObjectNode answer = JSON.createObjectNode();
        boolean apart = switches.is(Switch.DeliveryList.BILLDELIVERY);
        ArrayNode rows = answer.putArray(apart ? "billdelivery" : "delivery");
        question.path("deliveries").forEach(asked -> add(rows, asked.path("id").asText()));
        return Answer.of(200, "application/json", answer.toString());
    }

    private void add(ArrayNode rows, String id) {
        Optional<SentMessage> message = orders.ledger().message(id);
        if (message.isEmpty() && switches.is(Switch.UnknownId.LEFT_OUT)) {
            return;
        }
        ObjectNode row = rows.addObject().put("id", id);
        message.ifPresent(found -> row.put("rcv_msg_id", found.recipient().receivedId()));
        message.map(SentMessage::settledAt).ifPresent(at -> row.put("received", BratislavaTime.write(at)));
        row.put("status", status(message.map(SentMessage::status).orElse(0)));
    }

    private static String status(int pushed) {
        if (pushed == 0) {
            return "waiting";
        }
        return pushed == SentMessage.DELIVERED ? "delivered" : "undeliverable";
    }
}
