package hoopoe.api.status;

import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.ProblemCatalogue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The public documents of the API: {@code GET /v1/openapi.json}, and {@code GET /v1/errors}, to which the {@code type} of every
 * problem leads. They change only with a deployment.
 */
final class ApiDocuments {

    private static final String DOCUMENT = "/openapi.json";
    private static final String SERVER = "\"servers\": [{ \"url\": \"%s\"";

    private ApiDocuments() {}

    /** @param errors in the order of their status */
    @RegisterForReflection
    record ErrorsResponse(List<ErrorEntry> errors) {}

    /**
     * @param type as problems carry it
     * @param retryable whether the same request can succeed later; a request with an effect is repeated with its
     *     Idempotency-Key
     */
    @RegisterForReflection
    record ErrorEntry(
            String code, String type, int status, String title, boolean retryable, String meaning, String remedy) {

        static ErrorEntry of(ApiRequest apiRequest, ProblemCatalogue problem) {
            return new ErrorEntry(
                    problem.code(),
                    apiRequest.link(problem.type()),
                    problem.status(),
                    problem.title(),
                    problem.retryable(),
                    problem.meaning(),
                    problem.remedy());
        }
    }

    static ApiResponse errors(ApiRequest apiRequest) {
        apiRequest.query();
        return kept(new ErrorsResponse(Arrays.stream(ProblemCatalogue.values())
                .map(problem -> ErrorEntry.of(apiRequest, problem))
                .toList()));
    }

    /** The file with the called base path filled in. It is read on demand, so that no other request pays for it. */
    static ApiResponse document(ApiRequest apiRequest) {
        apiRequest.query();
        var base = apiRequest.link("");
        try (var file = ApiDocuments.class.getResourceAsStream(DOCUMENT)) {
            if (file == null) {
                throw new IllegalStateException("built without " + DOCUMENT);
            }
            return kept(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(SERVER.formatted("/"), SERVER.formatted(base.isEmpty() ? "/" : base)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiResponse kept(Object body) {
        return ApiResponse.ok(body).header("Cache-Control", "public, max-age=300");
    }
}
