package hoopoe.api.status;

import hoopoe.api.http.ProblemCatalogue;
import hoopoe.message.SortableTime;
import hoopoe.platform.Sha256;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * The cursors of a follower of the feed of replies: the place behind which it goes on. Operators see a reply whose batch is not
 * known at another place of the feed than its caller does, so a follower that changed from one to the other would miss replies,
 * or see them twice. That is refused, as another caller's cursor is.
 */
final class ReplyCursor {

    private static final Pattern FORM =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)#([0-9a-f]{16})");

    private final String follower;

    ReplyCursor(String caller, boolean operator) {
        this.follower = Sha256.hex((operator ? "operator " : "caller ") + caller, 8);
    }

    String of(Instant place) {
        return ListCursor.REPLIES.of(SortableTime.of(place) + '#' + follower);
    }

    /** @throws hoopoe.api.http.ProblemException {@code cursor_invalid} where it is no cursor of this follower */
    Instant read(String cursor) {
        var form = FORM.matcher(ListCursor.REPLIES.read(cursor));
        if (!form.matches()) {
            throw ListCursor.invalid();
        } else if (!form.group(2).equals(follower)) {
            throw ProblemCatalogue.CURSOR_INVALID.because(
                    "The cursor is another caller's, or of a key with other rights on replies. Begin with `from`.");
        }
        try {
            return Instant.parse(form.group(1));
        } catch (DateTimeParseException e) {
            throw ListCursor.invalid(); // for example a thirteenth month, because callers may invent cursors
        }
    }
}
