package hoopoe.account.session;

import hoopoe.provider.ProviderException;
import java.util.function.UnaryOperator;

/** The sessions of all accounts, shared by all workers (decision 5). Implemented once, in {@code store.account}. */
public interface SessionStore {

    /** A strong read; {@link Session#NONE} where nothing is stored yet. */
    Session read(String account);

    /**
     * Stores {@code next} where {@code seen} is still stored.
     *
     * @return false where another worker was faster; our own write whose answer was lost does not count as another
     */
    boolean replace(String account, Session seen, Session next);

    /**
     * Applies one of the rules of {@link Session}, again where another worker wrote meanwhile.
     *
     * @return the session as it is stored then
     * @throws ProviderException.ProviderBusy after {@code 50} lost races
     */
    default Session change(String account, UnaryOperator<Session> rule) {
        for (int race = 0; race < 50; race++) {
            var seen = read(account);
            var next = rule.apply(seen);
            if (next.equals(seen)) {
                return seen;
            }
            if (replace(account, seen, next)) {
                return next.withRevision(seen.revision() + 1);
            }
        }
        throw new ProviderException.ProviderBusy("session of " + account, "contended");
    }
}
