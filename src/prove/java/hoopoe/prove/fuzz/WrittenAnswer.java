package hoopoe.prove.fuzz;

import hoopoe.provider.http.ProviderHttpResponse.CompleteResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A provider's answer as an input writes it: {@code 200 text/xml} in a line, then the body. Without such a line it is a 200. */
public final class WrittenAnswer {

    private static final Pattern HEAD = Pattern.compile("([2-5]\\d\\d)(?: ([ -~]{0,80}))?");
    private static final int LONGEST_HEAD = 90;

    private WrittenAnswer() {}

    public static CompleteResponse of(byte[] input) {
        int end = 0;
        while (end < Math.min(input.length, LONGEST_HEAD) && input[end] != '\n') {
            end++;
        }
        var head = HEAD.matcher(new String(input, 0, end, StandardCharsets.ISO_8859_1));
        if (end == input.length || !head.matches()) {
            return new CompleteResponse(200, "", input);
        }
        return new CompleteResponse(
                Integer.parseInt(head.group(1)),
                head.group(2) == null ? "" : head.group(2),
                Arrays.copyOfRange(input, end + 1, input.length));
    }
}
