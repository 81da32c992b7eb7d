package hoopoe.prove.fuzz;

import hoopoe.provider.CallbackRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A callback as an input writes it: the query in a line, then the form, which only a POST has. */
public final class WrittenCallback {

    private WrittenCallback() {}

    public static CallbackRequest of(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        var query = new String(input, 0, end, StandardCharsets.UTF_8);
        return end == input.length
                ? new CallbackRequest("GET", query, "", new byte[0])
                : new CallbackRequest(
                        "POST",
                        query,
                        "application/x-www-form-urlencoded",
                        Arrays.copyOfRange(input, end + 1, input.length));
    }
}
