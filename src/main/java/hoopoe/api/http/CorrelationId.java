package hoopoe.api.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The correlation id of a request, in every log line about it and what follows from it: the caller's {@code X-Correlation-Id}
 * or the trace id of their {@code traceparent} (W3C Trace Context section 3.2), else API Gateway's request id. A header that
 * does not look like an id is ignored. A bare number is no id, because it could be a person's number; nor are 9 to 15 digits
 * (ITU-T E.164) before or behind only one or two letters or a word for telephone numbers: {@code tel:0912345678},
 * {@code 886-912-345-678.sms}. Digits that begin with a day ({@code sms-20261122-17}) are no such number.
 */
final class CorrelationId {

    static final String HEADER = "X-Correlation-Id";

    private static final Set<String> TELEPHONE_WORDS = Set.of(
            "call",
            "callto",
            "cell",
            "from",
            "gsm",
            "mobile",
            "msisdn",
            "phone",
            "phonenumber",
            "receiver",
            "recipient",
            "sender",
            "sms",
            "smsto",
            "tel",
            "telephone",
            "whatsapp");

    private static final int FEW_LETTERS = 2;
    private static final int FEWEST_DIGITS = 9;
    private static final int MOST_DIGITS = 15;

    private static final int SHORTEST = 8;
    private static final int LONGEST = 64;

    /** {@code 00-<trace>-<parent>-<flags>}; later versions may append more. */
    private static final int TRACE_BEGIN = 3;

    private static final int TRACE_END = 35;
    private static final int TRACE_PARENT = 55;

    private CorrelationId() {}

    /** Null only where API Gateway gave no request id. */
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
                && written.chars().anyMatch(CorrelationId::isLetter)
                && !isTelephone(written);
    }

    private static boolean isTelephone(String written) {
        var digits = only(written, CorrelationId::isDigit);
        var letters = only(written, CorrelationId::isLetter).toLowerCase(Locale.ROOT);
        return digits.length() >= FEWEST_DIGITS
                && digits.length() <= MOST_DIGITS
                && (letters.length() <= FEW_LETTERS || TELEPHONE_WORDS.contains(letters))
                && areApart(written)
                && !isDay(digits);
    }

    private static String only(String written, IntPredicate kind) {
        return written.chars()
                .filter(kind)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether no letter stands between digits. */
    private static boolean areApart(String written) {
        int first = 0;
        while (!isDigit(written.charAt(first))) {
            first++;
        }
        int last = written.length() - 1;
        while (!isDigit(written.charAt(last))) {
            last--;
        }
        return written.substring(first, last).chars().noneMatch(CorrelationId::isLetter);
    }

    /** {@code 20261122…}. */
    private static boolean isDay(String digits) {
        int month = Integer.parseInt(digits.substring(4, 6));
        int day = Integer.parseInt(digits.substring(6, 8));
        return digits.startsWith("20") && month >= 1 && month <= 12 && day >= 1 && day <= 31;
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
