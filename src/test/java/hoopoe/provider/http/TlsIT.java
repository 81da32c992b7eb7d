package hoopoe.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.Stack;
import hoopoe.local.every8d.Every8dSimulator;
import hoopoe.testing.Api;
import hoopoe.testing.SelfSigned;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged artifact before servers whose certificates no public authority has signed. */
class TlsIT {

    @TempDir
    Path directory;

    @Test
    void onlyAServerThatSomebodyVouchesForIsSentTo() throws Exception {
        var ours = new SelfSigned(Files.createDirectory(directory.resolve("ours")));
        var theirs = new SelfSigned(Files.createDirectory(directory.resolve("theirs")));
        var trusted = Every8dSimulator.start(0, ours.context());
        var strange = Every8dSimulator.start(0, theirs.context());
        try (var stack = Stack.builder()
                .timeout(Duration.ofMinutes(3))
                .settings(SharedStack.UNHURRIED)
                .settings(Map.of(
                        "hoopoe.provider.trusted-certificates", ours.pem().toString()))
                .simulator((url, given) -> new Tenant("trusted", url, Map.of(), trusted))
                .simulator((url, given) -> new Tenant("strange", url, Map.of(), strange))
                .start()) {
            var api = new Api(stack.url());

            var sent = send(api, "trusted");
            api.awaitMessages(sent.path("id"), "submitted");
            assertThat(trusted.messages()).hasSize(1);

            var held = send(api, "strange");
            assertThat(api.batch(held.path("id"))
                            .path("counts")
                            .path("accepted")
                            .intValue())
                    .isOne();
            assertThat(strange.wire().exchanges()).isEmpty();
        }
    }

    private static Response send(Api api, String account) throws Exception {
        var answer = api.send("""
                {"account": "%s", "text": "over TLS", "recipients": [{"to": "0912345909"}]}""".formatted(account));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(202);
        return answer;
    }
}
