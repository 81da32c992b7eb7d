package hoopoe.testing;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bodies of calls to the API. */
public final class Bodies {

    private Bodies() {}

    /** One text to so many different numbers, which are all delivered. */
    public static String to(Tenant tenant, int recipients) {
        return to(tenant, "hello", recipients);
    }

    /** @param text without characters that JSON escapes */
    public static String to(Tenant tenant, String text, int recipients) {
        return "{\"account\": \"%s\", \"text\": \"%s\", \"recipients\": [%s]}"
                .formatted(
                        tenant.name(),
                        text,
                        IntStream.range(0, recipients)
                                .mapToObj(n -> "{\"to\": \"" + number(n) + "\"}")
                                .collect(Collectors.joining(", ")));
    }

    /** The number of the nth recipient, from 0: none of those that end in 9 and have a fate of their own. */
    public static String number(int n) {
        return "+8869%05d%d%02d".formatted(n / 800, n / 100 % 8, n % 100);
    }
}
