package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.provider.Deadline;
import hoopoe.provider.Readiness;

/** One key per account, shared by all invocations (design.md section 5). */
interface Every8dLogin {

    /** @return if {@code Ready}, its session is a {@link SessionKey} */
    Readiness ready(Account account, Deadline deadline);

    /** Drops a key to which the provider answered -301. A key of another generation stays. */
    void dead(Account account, SessionKey key);

    /** Blocks the account as a refused login does: the provider refused it with this key. A key of another generation stays. */
    void refused(Account account, SessionKey key, String code, String text);

    /** On an operator decision only: closes the key for everything and lifts a block for one try. @return whether confirmed */
    boolean close(Account account, Deadline deadline);
}
