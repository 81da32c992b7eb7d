package hoopoe.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wish to empty an inbox that is not dealt with: written before the provider is asked, gone when all that it answered is
 * kept. One without an answer, whose asker is no more, may have lost messages.
 *
 * @param tries how often its answer was read, or begun to be
 * @param raw null while there is none
 */
public record OpenQuestion(
        String account,
        String id,
        Instant asked,
        int tries,
        @Nullable RawInbox raw) {

    /** Whoever writes its answer reads it next. */
    OpenQuestion answered(RawInbox answer) {
        return new OpenQuestion(account, id, asked, tries + 1, answer);
    }

    OpenQuestion tried() {
        return new OpenQuestion(account, id, asked, tries + 1, raw);
    }

    Key key() {
        return Keys.inboxQuestion(account, id);
    }
}
