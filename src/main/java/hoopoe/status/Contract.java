package hoopoe.status;

import hoopoe.http.Call;
import hoopoe.http.Problems;
import hoopoe.http.Reply;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What the API promises, for everybody to read: {@code GET /v1/openapi.json} and {@code GET /v1/errors}, where the {@code type} of
 * every problem leads to. Changes with a deployment only.
 */
final class Contract {

    private static final String DOCUMENT = "/openapi.json";
    private static final String SERVER = "\"servers\": [{ \"url\": \"%s\"";

    private Contract() {}

    /** @param errors in the order of their status */
    @RegisterForReflection
    record ErrorsResponse(List<Entry> errors) {}

    /**
     * @param type as problems carry it
     * @param retryable whether the same request can succeed later; one that has an effect is repeated with the Idempotency-Key it had
     */
    @RegisterForReflection
    record Entry(String code, String type, int status, String title, boolean retryable, String meaning, String remedy) {

        static Entry of(Call call, Problems problem) {
            return new Entry(
                    problem.code(),
                    call.link(problem.type()),
                    problem.status(),
                    problem.title(),
                    problem.retryable(),
                    problem.meaning(),
                    problem.remedy());
        }
    }

    static Reply errors(Call call) {
        call.query();
        return kept(new ErrorsResponse(Arrays.stream(Problems.values())
                .map(problem -> Entry.of(call, problem))
                .toList()));
    }

    /** The file as it is, but for the base that was called. It is read when it is asked for: no other call shall pay for it. */
    static Reply document(Call call) {
        call.query();
        var base = call.link("");
        try (var file = Contract.class.getResourceAsStream(DOCUMENT)) {
            if (file == null) {
                throw new IllegalStateException("built without " + DOCUMENT);
            }
            return kept(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(SERVER.formatted("/"), SERVER.formatted(base.isEmpty() ? "/" : base)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reply kept(Object body) {
        return Reply.ok(body).header("Cache-Control", "public, max-age=300");
    }
}
