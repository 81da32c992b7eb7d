package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.provider.Deadline;
import hoopoe.provider.Readiness;

/** One key per account, shared by all who run (design.md section 5). */
interface Every8dLogin {

    /** @return where it is {@code Ready}, its session is a {@link SessionKey} */
    Readiness ready(Account account, Deadline deadline);

    /** The provider answered -301 to this key. A key of another generation stays. */
    void dead(Account account, SessionKey key);

    /** The provider refused the account itself to this key: latches as a refused login does. A key of another generation stays. */
    void refused(Account account, SessionKey key, String code, String text);

    /** On an operator's word only: closes the key for everybody and opens a latch for one try. @return whether the provider said so */
    boolean close(Account account, Deadline deadline);
}
