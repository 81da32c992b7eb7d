package hoopoe.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a request is called in every log line about it, and about what follows from it: the caller's {@code X-Correlation-Id} or the
 * trace id of his {@code traceparent} (W3C Trace Context section 3.2), else API Gateway's request id. One that does not look like an
 * id is left alone, and a bare number is none: it could be somebody's.
 */
final class CorrelationId {

    static final String HEADER = "X-Correlation-Id";

    private static final int SHORTEST = 8;
    private static final int LONGEST = 64;

    /** {@code 00-<trace>-<parent>-<flags>}; later versions may have more behind it. */
    private static final int TRACE_BEGIN = 3;

    private static final int TRACE_END = 35;
    private static final int TRACE_PARENT = 55;

    private CorrelationId() {}

    /** Null only where API Gateway named no request. */
    static @Nullable String of(APIGatewayV2HTTPEvent event) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        if (event.getHeaders() != null) {
            headers.putAll(event.getHeaders());
        }
        return given(headers).or(() -> trace(headers)).orElseGet(() -> requestId(event));
    }

    private static Optional<String> given(Map<String, String> headers) {
        return Optional.ofNullable(headers.get(HEADER)).map(String::strip).filter(CorrelationId::isId);
    }

    private static boolean isId(String written) {
        return written.length() >= SHORTEST
                && written.length() <= LONGEST
                && written.chars().allMatch(CorrelationId::mayOccur)
                && written.chars().anyMatch(c -> isLetter(c));
    }

    private static boolean mayOccur(int c) {
        return isLetter(c) || isDigit(c) || c == '-' || c == '_' || c == '.' || c == ':';
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static Optional<String> trace(Map<String, String> headers) {
        return Optional.ofNullable(headers.get("traceparent"))
                .filter(parent -> parent.length() >= TRACE_PARENT
                        && parent.charAt(TRACE_BEGIN - 1) == '-'
                        && parent.charAt(TRACE_END) == '-')
                .map(parent -> parent.substring(TRACE_BEGIN, TRACE_END))
                .filter(CorrelationId::isTrace);
    }

    private static boolean isTrace(String id) {
        return id.chars().allMatch(c -> isDigit(c) || c >= 'a' && c <= 'f')
                && id.chars().anyMatch(c -> c != '0');
    }

    private static @Nullable String requestId(APIGatewayV2HTTPEvent event) {
        var context = event.getRequestContext();
        return context == null ? null : context.getRequestId();
    }
}
