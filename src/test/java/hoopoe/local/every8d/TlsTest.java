package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.local.wire.Ending;
import hoopoe.testing.SelfSigned;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    Path directory;

    @Test
    void itSpeaksTlsAndCanEndBeforeTheHandshake() throws Exception {
        SSLContext context = new SelfSigned(directory).context();
        HttpClient client = HttpClient.newBuilder().sslContext(context).build();
        try (Every8dSimulator simulator = Every8dSimulator.start(0, context)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.url() + "?WSDL"))
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.body())
                    .contains(
                            "location=\"https://127.0.0.1:" + simulator.server().port());

            simulator.server().dropConnections(1, Ending.CLOSE);
            try (Socket socket = context.getSocketFactory()
                    .createSocket("127.0.0.1", simulator.server().port())) {
                assertThatThrownBy(((SSLSocket) socket)::startHandshake).isInstanceOf(IOException.class);
            }
            assertThat(simulator.wire().exchanges()).hasSize(1);
        }
    }
}
