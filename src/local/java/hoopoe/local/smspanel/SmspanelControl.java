package hoopoe.local.smspanel;

import static hoopoe.local.stage.Control.found;
import static hoopoe.local.stage.Control.number;
import static hoopoe.local.stage.Control.text;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.stage.Control;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What people can ask and change of a simulated panel. */
record SmspanelControl(SmspanelSimulator simulator) implements Control.Own {

    @Override
    public List<String> operations() {
        return Stream.of(Operation.values()).map(Operation::wireName).toList();
    }

    @Override
    public List<String> index() {
        return List.of(
                "GET /_sim/messages, GET /_sim/inbox",
                "GET, PUT /_sim/accounts {\"user\": \"demo\", \"password\": \"demo\", \"credit\": \"10\","
                        + " \"number\": \"3000123\"}",
                "POST /_sim/inbox {\"user\": \"demo\", \"from\": \"+989121234567\", \"to\": \"3000123\","
                        + " \"text\": \"سلام\"}",
                "POST /_sim/statuses {\"id\": 536221499, \"status\": 5}");
    }

    @Override
    public Object answer(String what, JsonNode body) {
        return switch (what) {
            case "GET /_sim/messages" ->
                simulator.messages().stream().map(SmspanelControl::sent).toList();
            case "GET /_sim/inbox" ->
                simulator.inbox().stream().map(SmspanelControl::received).toList();
            case "GET /_sim/accounts" ->
                simulator.customers().all().stream()
                        .map(SmspanelControl::account)
                        .toList();
            case "PUT /_sim/accounts" -> open(body);
            case "POST /_sim/inbox" -> receive(body);
            case "POST /_sim/statuses" -> found(simulator.report(number(body, "id"), number(body, "status")));
            default -> throw Control.nothing();
        };
    }

    private Object receive(JsonNode body) {
        Account account = simulator
                .customers()
                .find(text(body, "user"))
                .orElseThrow(() -> new IllegalArgumentException("no such user"));
        simulator.receive(account, text(body, "from"), text(body, "to"), text(body, "text"));
        return Map.of();
    }

    /** Opens an account or changes one; members that are left out stay as they are. */
    private Object open(JsonNode body) {
        String user = text(body, "user");
        Account account =
                simulator.customers().find(user).orElseGet(() -> simulator.account(user, text(body, "password")));
        body.properties()
                .forEach(one -> change(account, one.getKey(), one.getValue().asText()));
        return account(account);
    }

    private static void change(Account account, String setting, String value) {
        switch (setting) {
            case "user" -> {}
            case "password" -> account.password(value);
            case "credit" -> account.credit(value);
            case "number" -> account.number(value);
            default -> throw new IllegalArgumentException("no setting " + setting);
        }
    }

    private static Map<String, Object> account(Account account) {
        return Map.of("user", account.user(), "credit", account.credit(), "numbers", account.numbers());
    }

    private static Map<String, Object> sent(SentMessage message) {
        return Map.of(
                "id",
                message.id(),
                "operation",
                message.operation(),
                "user",
                message.user(),
                "from",
                message.from(),
                "to",
                message.to(),
                "text",
                message.text(),
                "status",
                message.status());
    }

    private static Map<String, Object> received(ReceivedMessage message) {
        return Map.of(
                "user",
                message.user(),
                "from",
                message.from(),
                "to",
                message.to(),
                "text",
                message.text(),
                "at",
                message.at().toString(),
                "read",
                message.isRead());
    }
}
