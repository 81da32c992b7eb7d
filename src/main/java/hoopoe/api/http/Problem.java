package hoopoe.api.http;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure, as the caller reads it.
 *
 * @param detail for people; never shows internals
 * @param retryAfter when to repeat the request; null where that does not help or is not known
 */
public record Problem(
        ProblemCatalogue kind,
        String detail,
        List<InvalidField> errors,
        @Nullable Duration retryAfter) {

    /**
     * One error in the body.
     *
     * @param pointer JSON pointer into the request; empty for the whole of it
     * @param code of the problem catalogue
     */
    @RegisterForReflection
    public record InvalidField(String pointer, String code, String detail) {

        public static InvalidField of(String pointer, ProblemCatalogue kind, String detail) {
            return new InvalidField(pointer, kind.code(), detail);
        }
    }

    public static Problem of(ProblemCatalogue kind, String detail) {
        return new Problem(kind, detail, List.of(), kind.pause().orElse(null));
    }

    public Problem with(List<InvalidField> errors) {
        return new Problem(kind, detail, errors, retryAfter);
    }

    public Problem after(Duration wait) {
        return new Problem(kind, detail, errors, wait);
    }

    /** One error at one place, named at the top and in {@code errors}. */
    public static Problem at(String pointer, ProblemCatalogue kind, String detail) {
        return of(kind, detail).with(List.of(InvalidField.of(pointer, kind, detail)));
    }

    /** @param base base path of the request */
    ApiResponse reply(String requestId, String base) {
        var apiResponse = new ApiResponse(
                kind.status(),
                "application/problem+json",
                new ProblemBody(
                        base + kind.type(),
                        kind.title(),
                        kind.status(),
                        detail,
                        kind.code(),
                        requestId,
                        kind.retryable(),
                        errors.isEmpty() ? null : errors));
        return retryAfter == null ? apiResponse : apiResponse.header("Retry-After", Long.toString(seconds(retryAfter)));
    }

    /** Rounded up, so that no caller comes back too early. */
    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    /** RFC 9457. */
    @RegisterForReflection
    record ProblemBody(
            String type,
            String title,
            int status,
            String detail,
            String code,
            String requestId,
            boolean retryable,
            @Nullable List<InvalidField> errors) {}
}
