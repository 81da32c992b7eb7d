package hoopoe.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T01:02:03.004Z");

    private final Events events =
            new Events(Template.read(Path.of("template.yaml")).functions());

    @Test
    void aRequestWithABodyIsWhatTheGatewayMakesOfIt() throws IOException {
        var event = new ObjectMapper().readTree(events.of("POST", "/v1/batches", "{\"text\":\"你好\"}", NOW));

        assertThat(event.path("routeKey").asText()).isEqualTo("POST /v1/batches");
        assertThat(event.at("/headers/content-type").asText()).isEqualTo("application/json");
        assertThat(event.path("body").asText()).isEqualTo("{\"text\":\"你好\"}");
        assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    }

    @Test
    void aTargetIsAPathAndAQuery() throws IOException {
        var event = new ObjectMapper().readTree(events.of("GET", "/callbacks/every8d/secret?MR=@@@@&RM=%2b886", NOW));

        assertThat(event.at("/pathParameters/token").asText()).isEqualTo("secret");
        assertThat(event.path("rawQueryString").asText()).isEqualTo("MR=@@@@&RM=%2b886");
        assertThat(event.at("/queryStringParameters/RM").asText()).isEqualTo("+886");
    }

    @Test
    void whatNobodyAnswersIsNoEvent() {
        assertThatThrownBy(() -> events.of("GET", "/nowhere", NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/nowhere");
    }
}
