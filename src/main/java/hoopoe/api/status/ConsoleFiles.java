package hoopoe.api.status;

import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.platform.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The web console, a client of the API: {@code GET /console}, and under {@code GET /console/{version}/{file}} the files that its page
 * loads. The version is of all files together, so a browser may keep what it has for ever, and never mixes two versions. Files are read
 * on demand, so that no other request pays for them.
 */
final class ConsoleFiles {

    private static final String PAGE = "index.html";

    /** The console's own, in {@code src/main/resources/console}. */
    static final List<String> OWN = List.of(
            "api.js",
            "app.js",
            "batch.js",
            "batches.js",
            "erasure.js",
            "icon.svg",
            "overview.js",
            "parts.js",
            "plot.js",
            "replies.js",
            "search.js",
            "send.js",
            "style.css",
            "texts.en.js",
            "texts.fa.js",
            "texts.js",
            "texts.sk.js",
            "texts.zh-TW.js",
            "unconfirmed.js",
            "usage.js",
            "webhooks.js");

    /** By the name that the page uses: their places in the jars, which have the version of {@code pom.xml}. */
    static final Map<String, String> LIBRARIES = Map.of(
            "pico.css", "/META-INF/resources/webjars/picocss__pico/2.1.1/css/pico.min.css",
            "preact.js", "/META-INF/resources/_static/htm/3.1.1/preact/standalone.module.js",
            "uplot.css", "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.min.css",
            "uplot.js", "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.iife.min.js");

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** Nothing from elsewhere, and nothing that is written into the page. Pico's icons are {@code data:} of its style sheet. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private ConsoleFiles() {}

    /** Computed when it is first asked for; in the executable, when that is built. */
    private static final class ConsoleVersion {
        private static final String VALUE = HexFormat.of()
                .formatHex(Sha256.bytes(all().map(ConsoleFiles::read).toArray(byte[][]::new)))
                .substring(0, 16);
    }

    private static Stream<String> all() {
        return Stream.of(
                        List.of(PAGE), OWN, LIBRARIES.keySet().stream().sorted().toList())
                .flatMap(List::stream);
    }

    static ApiResponse page(ApiRequest apiRequest) {
        apiRequest.query();
        var page = new String(read(PAGE), StandardCharsets.UTF_8).replace("{version}", ConsoleVersion.VALUE);
        return answer(apiRequest, PAGE, page.getBytes(StandardCharsets.UTF_8), "no-cache");
    }

    /** A page of another version gets the files of this one: that happens while a deployment moves calls from one to the other. */
    static ApiResponse file(ApiRequest apiRequest) {
        apiRequest.query();
        var name = apiRequest.pathParameter("file");
        if (!OWN.contains(name) && !LIBRARIES.containsKey(name)) {
            throw ProblemCatalogue.NOT_FOUND.because("There is no such file.");
        }
        var current = apiRequest.pathParameter("version").equals(ConsoleVersion.VALUE);
        return answer(apiRequest, name, read(name), current ? "public, max-age=31536000, immutable" : "no-cache");
    }

    private static ApiResponse answer(ApiRequest apiRequest, String name, byte[] content, String cache) {
        var tag = "W/\"" + ConsoleVersion.VALUE + '"';
        if (apiRequest
                .header("If-None-Match")
                .filter(known -> known.contains(tag))
                .isPresent()) {
            return headed(new ApiResponse(304, "", null, Map.of()), tag, cache);
        }
        var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        return apiRequest
                        .header("Accept-Encoding")
                        .filter(known -> known.contains("gzip"))
                        .isPresent()
                ? headed(
                        new ApiResponse(200, type, compressed(content), Map.of("Content-Encoding", "gzip")), tag, cache)
                : headed(new ApiResponse(200, type, content, Map.of()), tag, cache);
    }

    private static ApiResponse headed(ApiResponse apiResponse, String tag, String cache) {
        return apiResponse
                .header("ETag", tag)
                .header("Cache-Control", cache)
                .header("Vary", "Accept-Encoding")
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
    }

    private static byte[] compressed(byte[] content) {
        var bytes = new ByteArrayOutputStream(content.length / 2);
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] read(String name) {
        var place = LIBRARIES.getOrDefault(name, "/console/" + name);
        try (var file = ConsoleFiles.class.getResourceAsStream(place)) {
            if (file == null) {
                throw new IllegalStateException("built without " + place);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
