package hoopoe.local.webhook;

import hoopoe.local.wire.Header;
import hoopoe.local.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One POST.
 *
 * @param answered the status that was meant for it; 0 for none
 */
public record ReceivedWebhook(Request request, SignatureVerdict signature, int answered) {

    /** When its last byte was there. */
    public Instant at() {
        return request.arrived();
    }

    /** The text as it came. */
    public String body() {
        return request.text();
    }

    /** Empty where it is missing. */
    public String header(String name) {
        return request.header(name).orElse("");
    }

    /** All, by names in any spelling. */
    public Map<String, List<String>> headers() {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : request.headers()) {
            headers.put(header.name(), List.of(header.value()));
        }
        return headers;
    }
}
