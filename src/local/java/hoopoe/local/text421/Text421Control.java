package hoopoe.local.text421;

import static hoopoe.local.stage.Control.found;
import static hoopoe.local.stage.Control.number;
import static hoopoe.local.stage.Control.text;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.stage.CallbackAttempt;
import hoopoe.local.stage.Control;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people can ask and change of a simulated text421. */
record Text421Control(Text421Simulator simulator) implements Control.Own {

    @Override
    public List<String> operations() {
        return Endpoint.OPERATIONS;
    }

    @Override
    public List<String> index() {
        return List.of(
                "POST /_sim/received {\"msisdn\": \"421901727051\", \"text\": \"hello\", \"user\": \"…\", \"source\": \"7401\"}"
                        + " (somebody writes in; user and source may be left out)",
                "GET /_sim/received, GET /_sim/messages, GET /_sim/pushes",
                "GET, PUT /_sim/accounts {\"user\": \"demo\", \"password\": \"demo\", \"callback\": \"http://…\"}",
                "POST /_sim/reports {\"id\": \"…\", \"status\": 2}");
    }

    @Override
    public Object answer(String what, JsonNode body) {
        return switch (what) {
            case "POST /_sim/received" -> receive(body);
            case "GET /_sim/received" ->
                simulator.received().stream().map(Text421Control::received).toList();
            case "GET /_sim/messages" ->
                simulator.messages().stream().map(Text421Control::message).toList();
            case "GET /_sim/pushes" ->
                simulator.pushes().stream().map(Text421Control::push).toList();
            case "GET /_sim/accounts" ->
                simulator.accounts().stream().map(Text421Control::account).toList();
            case "PUT /_sim/accounts" -> open(body);
            case "POST /_sim/reports" -> found(simulator.report(text(body, "id"), number(body, "status")));
            default -> throw Control.nothing();
        };
    }

    private Object receive(JsonNode body) {
        String user = body.path("user").asText();
        Account account = simulator.accounts().stream()
                .filter(one -> user.isEmpty() || one.user().equals(user))
                .findFirst()
                .orElseThrow(Control::nothing);
        return received(simulator.receive(
                account,
                text(body, "msisdn"),
                text(body, "text"),
                body.path("source").asText("7401")));
    }

    private Object open(JsonNode body) {
        Account account = simulator.account(text(body, "user"), text(body, "password"));
        Optional.ofNullable(body.get("callback")).ifPresent(url -> account.callback(URI.create(url.asText())));
        return account(account);
    }

    private static Object account(Account account) {
        return Map.of(
                "user",
                account.user(),
                "callback",
                account.callback().map(URI::toString).orElse(""));
    }

    private static Object received(ReceivedMessage sms) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", sms.id());
        out.put("rcv_msg_id", sms.receivedId());
        out.put("msisdn", sms.msisdn());
        out.put("text", sms.text());
        out.put("source", sms.source());
        out.put("at", sms.at().toString());
        return out;
    }

    private static Object message(SentMessage sentMessage) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("user", sentMessage.user());
        out.put("id", sentMessage.id());
        out.put("rcv_msg_id", sentMessage.recipient().receivedId());
        out.put("msisdn", sentMessage.recipient().msisdn());
        out.put("text", sentMessage.order().text());
        out.put("takenAt", sentMessage.takenAt().toString());
        out.put("status", sentMessage.status());
        return out;
    }

    private static Object push(CallbackAttempt attempt) {
        return Map.of("url", attempt.url().toString(), "number", attempt.number(), "taken", attempt.taken());
    }
}
