package hoopoe.api.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response of a function to an API request.
 *
 * @param contentType empty where there is no body
 * @param body a record to be written as JSON, or a string or bytes to be sent as they are; null for none
 */
public record ApiResponse(
        int status, String contentType, @Nullable Object body, Map<String, String> headers) {

    ApiResponse(int status, String contentType, @Nullable Object body) {
        this(status, contentType, body, Map.of());
    }

    public static ApiResponse ok(Object body) {
        return json(200, body);
    }

    public static ApiResponse json(int status, Object body) {
        return new ApiResponse(status, "application/json", body);
    }

    /** For providers' callbacks, which do not speak JSON. */
    public static ApiResponse text(int status, String body) {
        return new ApiResponse(status, "text/plain; charset=utf-8", body);
    }

    /** Of a call whose success says all. */
    public static ApiResponse empty() {
        return new ApiResponse(204, "", null);
    }

    public ApiResponse header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiResponse(status, contentType, body, more);
    }

    /** Says that the request was made before, and that the response shows the current state. */
    public ApiResponse replayed() {
        return header("Idempotent-Replayed", "true");
    }
}
