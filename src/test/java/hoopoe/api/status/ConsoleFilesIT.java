package hoopoe.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.testing.SharedStack;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the packaged artifact has of the console. */
@ExtendWith(SharedStack.Extension.class)
class ConsoleFilesIT {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;

    ConsoleFilesIT(SharedStack shared) {
        url = shared.stack().url();
    }

    @Test
    void everyFileComesOutAsItWentIn() throws Exception {
        var page = get("/console");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-security-policy")).hasValue(ConsoleFiles.POLICY);
        var html = new String(unpacked(page), StandardCharsets.UTF_8);
        var version = Pattern.compile("console/([0-9a-f]{16})/app\\.js").matcher(html);
        assertThat(version.find()).as(html).isTrue();
        assertThat(html.replace(version.group(1), "{version}").getBytes(StandardCharsets.UTF_8))
                .isEqualTo(source("/console/index.html"));

        for (var name : Stream.concat(ConsoleFiles.OWN.stream(), ConsoleFiles.LIBRARIES.keySet().stream())
                .toList()) {
            var answer = get("/console/" + version.group(1) + '/' + name);
            assertThat(answer.statusCode()).as(name).isEqualTo(200);
            assertThat(unpacked(answer))
                    .as(name)
                    .isEqualTo(source(ConsoleFiles.LIBRARIES.getOrDefault(name, "/console/" + name)));
        }
        assertThat(get("/console/" + version.group(1) + "/..%2fopenapi.json").statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + path)).header("Accept-Encoding", "gzip");
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static byte[] unpacked(HttpResponse<byte[]> answer) throws Exception {
        assertThat(answer.headers().firstValue("content-encoding")).hasValue("gzip");
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return gzip.readAllBytes();
        }
    }

    private static byte[] source(String place) throws Exception {
        try (var file = ConsoleFilesIT.class.getResourceAsStream(place)) {
            return file.readAllBytes();
        }
    }
}
