package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTest {
    private final Every8dSimulator simulator = Every8dSimulator.start();
    private final Caller caller = Caller.of(simulator);

    @AfterEach
    void close() {
        simulator.close();
    }

    private HttpResponse<String> call(String method, String path, String body) {
        return Caller.send(HttpRequest.newBuilder(URI.create(simulator.server().address() + path))
                .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private JsonNode json(String method, String path, String body) {
        HttpResponse<String> answer = call(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private String open() {
        json("PUT", "/_sim/accounts", "{'user': 'demo', 'password': 'secret', 'credit': '7.5', 'international': true}");
        return caller.login("demo", "secret");
    }

    @Test
    void accountsAreOpenedAndChanged() {
        assertThat(caller.credit(open())).isEqualTo("7.50");
        json("PUT", "/_sim/accounts", "{'user': 'demo', 'credit': 3}");
        JsonNode account = json("GET", "/_sim/accounts", "").get(0);
        assertThat(account.get("credit").asText()).isEqualTo("3");
        assertThat(account.get("international").asBoolean()).isTrue();
        assertThat(caller.loginCode("demo", "secret")).isEqualTo("0");
    }

    @Test
    void theWireLogTellsWhatArrived() {
        caller.credit(open());
        JsonNode log = json("GET", "/_sim/wire?operation=getCredit", "");
        assertThat(log.at("/counts/getCredit").asInt()).isEqualTo(1);
        assertThat(log.at("/counts").has("")).isFalse();
        assertThat(log.get("exchanges")).hasSize(1);
        assertThat(log.at("/exchanges/0/request").asText()).startsWith("POST /API21/SOAP/SMS.asmx HTTP/1.1\r\n");
        assertThat(log.at("/exchanges/0/answer").asText()).contains("<getCreditResult>7.50<");
        json("DELETE", "/_sim/wire", "");
        assertThat(simulator.wire().exchanges()).isEmpty();
    }

    @Test
    void switchesAreShownAndTurned() {
        JsonNode before = json("GET", "/_sim/switches", "");
        assertThat(before.at("/SecondLogin/now").asText()).isEqualTo("SAME_KEY");
        assertThat(before.at("/SecondLogin/choices")).hasSize(2);
        assertThat(before.size()).isEqualTo(Switch.class.getDeclaredClasses().length);
        assertThat(json("PUT", "/_sim/switches", "{'SecondLogin': 'NEW_KEY'}")
                        .get("SecondLogin")
                        .asText())
                .isEqualTo("NEW_KEY");
        assertThat(simulator.switches().get(Switch.SecondLogin.class)).isEqualTo(Switch.SecondLogin.NEW_KEY);
    }

    @Test
    void faultsArePlanned() {
        String key = open();
        json("POST", "/_sim/faults", "{'operation': 'getCredit', 'fault': 'says', 'text': '-99', 'skip': 1}");
        assertThat(caller.credit(key)).isEqualTo("7.50");
        assertThat(caller.credit(key)).isEqualTo("-99");
        assertThat(caller.credit(key)).isEqualTo("7.50");
        json("POST", "/_sim/faults", "{'fault': 'html-500', 'times': 9}");
        assertThat(caller.post("getCredit").statusCode()).isEqualTo(500);
        json("DELETE", "/_sim/faults", "");
        assertThat(caller.credit(key)).isEqualTo("7.50");
        for (JsonNode name : json("GET", "/_sim/faults", "").get("faults")) {
            json("POST", "/_sim/faults", "{'operation': 'getCredit', 'fault': '" + name.asText() + "', 'text': 'x'}");
        }
    }

    @Test
    void theClockIsMoved() {
        Instant before = simulator.clock().instant();
        json("POST", "/_sim/clock", "{'advance': 'PT1H'}");
        assertThat(Duration.between(before, simulator.clock().instant())).isGreaterThanOrEqualTo(Duration.ofHours(1));
        assertThat(json("POST", "/_sim/clock", "{'to': '2030-01-01T00:00:00Z'}")
                        .get("now")
                        .asText())
                .startsWith("2030-01-01T00:0");
    }

    @Test
    void batchesReportsAndReplies() {
        String batch = Caller.batchOf(caller.send(open(), "x", "0912345678"));
        String who = "{'batch': '" + batch + "', 'mobile': '+886912345678', ";
        json("POST", "/_sim/reports", who + "'status': 102}");
        json("POST", "/_sim/replies", who + "'text': 'yes'}");
        JsonNode message = json("GET", "/_sim/batches", "").at("/0/messages/0");
        assertThat(message.get("status").asInt()).isEqualTo(102);
        assertThat(message.at("/replies/0").asText()).isEqualTo("yes");
        assertThat(json("GET", "/_sim/callbacks", "")).isEmpty();
        assertThat(call("POST", "/_sim/replies", "{'batch': 'x', 'mobile': '1', 'text': 'y'}")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /_sim/switches {'SecondLogin': 'MAYBE'}",
                "PUT /_sim/switches {'Nope': 'X'}",
                "POST /_sim/faults {'fault': 'nope'}",
                "POST /_sim/faults {'fault': 'garbage', 'operation': 'sendSms'}",
                "POST /_sim/clock {'advance': 'soon'}",
                "POST /_sim/clock {}",
                "POST /_sim/faults {",
                "GET /_sim/nope"
            })
    void whatMakesNoSenseIsRefused(String call) {
        String[] parts = call.split(" ", 3);
        HttpResponse<String> answer = call(parts[0], parts[1], parts.length > 2 ? parts[2] : "");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"message\"");
    }

    @Test
    void theIndexListsIt() {
        assertThat(json("GET", "/_sim", "")).isNotEmpty();
        assertThat(simulator.wire().counts()).isEmpty();
    }
}
