package hoopoe.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wish to empty an inbox that is not dealt with: written before the provider is asked, gone when all that it answered is
 * kept. One without an answer, whose asker is no more, may have lost messages.
 *
 * @param tries how often its answer could not be dealt with
 * @param raw null while there is none
 */
public record OpenQuestion(
        String account,
        String id,
        Instant asked,
        int tries,
        @Nullable RawInbox raw) {

    OpenQuestion answered(RawInbox answer) {
        return new OpenQuestion(account, id, asked, tries, answer);
    }

    Key key() {
        return Keys.inboxQuestion(account, id);
    }
}
