package hoopoe.api.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern ID = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9._:-]{8,64}");

    /** Without signs between: no letter stands between the digits, and these do not begin with a day, {@code 20261122…}. */
    private static final Pattern TELEPHONE =
            Pattern.compile("([a-z]*)(?!20\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))\\d{9,15}([a-z]*)");

    private static final int FEW_LETTERS = 2;

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

    /** {@code 00-<trace>-<parent>-<flags>}; later versions may append more. */
    private static final Pattern TRACE = Pattern.compile("..-(?!0{32})([0-9a-f]{32})-.{19,}", Pattern.DOTALL);

    /** What may stand in a header of ours. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    private CorrelationId() {}

    /** Null only where API Gateway gave no request id, or one of other than printable characters. */
    static @Nullable String of(APIGatewayV2HTTPEvent event) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        if (event.getHeaders() != null) {
            headers.putAll(event.getHeaders());
        }
        return given(headers).or(() -> trace(headers)).orElseGet(() -> requestId(event));
    }

    private static Optional<String> given(Map<String, String> headers) {
        return Optional.ofNullable(headers.get(HEADER))
                .map(String::strip)
                .filter(written -> ID.matcher(written).matches() && !isTelephone(written));
    }

    private static boolean isTelephone(String written) {
        var bare = TELEPHONE.matcher(written.replaceAll("[._:-]", "").toLowerCase(Locale.ROOT));
        if (!bare.matches()) {
            return false;
        }
        var letters = bare.group(1) + bare.group(2);
        return letters.length() <= FEW_LETTERS || TELEPHONE_WORDS.contains(letters);
    }

    private static Optional<String> trace(Map<String, String> headers) {
        return Optional.ofNullable(headers.get("traceparent"))
                .map(TRACE::matcher)
                .filter(Matcher::matches)
                .map(trace -> trace.group(1));
    }

    private static @Nullable String requestId(APIGatewayV2HTTPEvent event) {
        var context = event.getRequestContext();
        var id = context == null ? null : context.getRequestId();
        return id != null && PRINTABLE.matcher(id).matches() ? id : null;
    }
}
