package hoopoe.dispatch;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tries of a dispatch. The first is number 0; each operator's resend begins the next, which the provider knows by another
 * token and, where we give it, another reference. So nothing that comes late is taken for the word on another try.
 *
 * @param resends how often an operator had it sent again: the number of the current try
 * @param claimed when it was last claimed; null where it never was
 * @param unconfirmed when it last became so; null where it never did
 * @param resent when the last of the resends was
 * @param references those that earlier tries go by, as far as anybody ever said
 * @param words how often an operator has spoken of it
 * @param said whether an operator typed the reference that it goes by: the provider's own word replaces it
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
