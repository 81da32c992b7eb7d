package hoopoe.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.testing.ApiEvents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the console, as the function {@code status} gives them to whoever asks. */
class ConsoleFilesTest extends StatusFixture {

    private static final Path SOURCES = Path.of("src", "main", "resources", "console");
    private static final int FIRST_VIEW = 200_000;

    static Stream<String> names() {
        return Stream.concat(ConsoleFiles.OWN.stream(), ConsoleFiles.LIBRARIES.keySet().stream());
    }

    @Test
    void everyFileIsServed() throws IOException {
        try (var sources = Files.list(SOURCES)) {
            assertThat(sources.map(file -> file.getFileName().toString()).filter(name -> !name.equals("index.html")))
                    .containsExactlyInAnyOrderElementsOf(ConsoleFiles.OWN);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aFileComesAsItIsAndIsKept(String name) throws IOException {
        var answer = file(version(), name, Map.of());

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(bytes(answer)).isEqualTo(source(name));
        assertThat(answer.getHeaders())
                .containsEntry("Content-Type", type(name))
                .containsEntry("Cache-Control", "public, max-age=31536000, immutable")
                .containsEntry("Vary", "Accept-Encoding")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Referrer-Policy", "no-referrer")
                .doesNotContainKey("Content-Encoding");
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            default -> "image/svg+xml";
        };
    }

    @Test
    void thePageLoadsNothingFromElsewhereAndIsAskedForEachTime() {
        var answer = page(Map.of());

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getHeaders())
                .containsEntry("Content-Type", "text/html; charset=utf-8")
                .containsEntry("Cache-Control", "no-cache")
                .containsEntry(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        var named = Pattern.compile("(?:href|src)=\"([^\"]*)\"")
                .matcher(text(answer))
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(named).hasSizeGreaterThan(10).allMatch(link -> link.startsWith("console/" + version() + '/'));
        assertThat(names().toList())
                .containsAll(named.stream()
                        .map(link -> link.substring(link.lastIndexOf('/') + 1))
                        .toList());
    }

    @Test
    void whoeverHasItGetsNothing() {
        var tag = page(Map.of()).getHeaders().get("ETag");

        for (var answer : List.of(
                page(Map.of("If-None-Match", tag)),
                file(version(), "app.js", Map.of("if-none-match", "\"x\", " + tag)))) {
            assertThat(answer.getStatusCode()).isEqualTo(304);
            assertThat(answer.getBody()).isEmpty();
            assertThat(answer.getHeaders()).containsEntry("ETag", tag).doesNotContainKey("Content-Type");
        }
        assertThat(page(Map.of("If-None-Match", "W/\"other\"")).getStatusCode()).isEqualTo(200);
    }

    /** Of what the page loads before somebody chooses another language. */
    @Test
    void theFirstViewIsSmall() throws IOException {
        var zipped = Map.of("Accept-Encoding", "gzip, deflate, br");
        var sizes = new HashMap<String, Integer>();
        sizes.put("index.html", bytes(page(zipped)).length);
        for (var name :
                names().filter(name -> !name.matches("texts\\.(?!en).+\\.js")).toList()) {
            var answer = file(version(), name, zipped);
            assertThat(answer.getHeaders()).containsEntry("Content-Encoding", "gzip");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes(answer))).readAllBytes())
                    .isEqualTo(source(name));
            sizes.put(name, bytes(answer).length);
        }
        assertThat(sizes.values().stream().mapToInt(Integer::intValue).sum())
                .as(sizes.toString())
                .isLessThan(FIRST_VIEW);
    }

    /** As while a deployment moves calls from one version to another. */
    @Test
    void aPageOfAnotherVersionGetsFilesThatNobodyKeeps() throws IOException {
        var answer = file("0123456789abcdef", "app.js", Map.of());

        assertThat(bytes(answer)).isEqualTo(source("app.js"));
        assertThat(answer.getHeaders()).containsEntry("Cache-Control", "no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing.js",
                "",
                ".",
                "..",
                "../openapi.json",
                "..%2fopenapi.json",
                "/openapi.json",
                "index.html",
                "app.js/",
                "APP.JS",
                "../application.properties",
                "app.js\u0000"
            })
    void whatIsNotOfItIsNotThere(String name) throws IOException {
        var answer = file(version(), name, Map.of());

        assertThat(answer.getStatusCode()).isEqualTo(404);
        assertThat(JSON.readTree(answer.getBody()).path("code").asText()).isEqualTo("not_found");
    }

    /** Keys of the texts stand before a colon, at the start of a line or after a comma. */
    @ParameterizedTest
    @ValueSource(strings = {"fa", "sk", "zh-TW"})
    void aLanguageSaysAllThatEnglishSays(String language) throws IOException {
        assertThat(keys(language)).containsExactlyInAnyOrderElementsOf(keys("en"));
        assertThat(holes(language)).containsExactlyInAnyOrderElementsOf(holes("en"));
    }

    private static List<String> keys(String language) throws IOException {
        return found("(?m)(?:^ +|', )(\\w+): '", language);
    }

    private static List<String> holes(String language) throws IOException {
        return found("(\\{\\w+})", language);
    }

    private static List<String> found(String pattern, String language) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(SOURCES.resolve("texts." + language + ".js")))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private String version() {
        var link = Pattern.compile("console/([0-9a-f]{16})/app\\.js").matcher(text(page(Map.of())));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private APIGatewayV2HTTPResponse page(Map<String, String> headers) {
        var event = ApiEvents.of("GET /console", "", "");
        event.getRequestContext().setAuthorizer(null);
        event.setHeaders(headers);
        return function.status(event);
    }

    private APIGatewayV2HTTPResponse file(String version, String name, Map<String, String> headers) {
        var event = ApiEvents.of("GET /console/{version}/{file}", "", "");
        event.getRequestContext().setAuthorizer(null);
        event.setPathParameters(Map.of("version", version, "file", name));
        event.setHeaders(headers);
        return function.status(event);
    }

    private static String text(APIGatewayV2HTTPResponse answer) {
        return new String(bytes(answer), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(APIGatewayV2HTTPResponse answer) {
        assertThat(answer.getIsBase64Encoded()).isTrue();
        return Base64.getDecoder().decode(answer.getBody());
    }

    private static byte[] source(String name) throws IOException {
        if (ConsoleFiles.OWN.contains(name)) {
            return Files.readAllBytes(SOURCES.resolve(name));
        }
        try (var file = ConsoleFilesTest.class.getResourceAsStream(ConsoleFiles.LIBRARIES.get(name))) {
            return file.readAllBytes();
        }
    }
}
