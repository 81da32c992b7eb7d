package hoopoe.dispatch;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tries of a dispatch. The first is number 0; each resend by an operator begins the next. The provider knows each try by
 * its own token and, where we give one, its own reference. So a late answer or callback is never taken for one about another
 * try.
 *
 * @param resends how often an operator had it sent again: the number of the current try
 * @param claimed when it was last claimed; null where it never was
 * @param unconfirmed when it last became unconfirmed; null where it never did
 * @param resent when the last resend was
 * @param references of earlier tries, as far as they are known
 * @param words number of operator decisions on it
 * @param said whether an operator gave its reference: a reference from the provider replaces it
 */
public record ResendHistory(
        int resends,
        @Nullable Instant claimed,
        @Nullable Instant unconfirmed,
        @Nullable Instant resent,
        Set<String> references,
        int words,
        boolean said) {

    public static final ResendHistory NONE = new ResendHistory(0, null, null, null, Set.of(), 0, false);

    public ResendHistory {
        references = Set.copyOf(references);
    }

    static ResendHistory claimed(Instant at) {
        return new ResendHistory(0, at, null, null, Set.of(), 0, false);
    }
}
