package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.provider.Deadline;

/** The two operations that a session needs. The others take a key and are the adapter's own. */
interface Every8dApi {

    /** Never throws for what the provider does. Takes at most its own limit, and the deadline less 2 s. */
    Every8dLoginResult getConnection(Account account, String user, String password, Deadline deadline);

    /** Ends the key for everybody who uses the account. @return whether the provider said so; the key is to be dropped either way */
    boolean closeConnection(Account account, SessionKey key, Deadline deadline);
}
