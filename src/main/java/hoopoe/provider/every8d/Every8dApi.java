package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.provider.Deadline;

/** The two operations that a session needs. The other operations take a key and belong to the adapter. */
interface Every8dApi {

    /** Never throws because of the provider. Takes at most its own limit, and the deadline less 2 s. */
    Every8dLoginResult getConnection(Account account, String user, String password, Deadline deadline);

    /** Ends the key for everything that uses the account. @return whether the provider confirmed it; drop the key either way */
    boolean closeConnection(Account account, SessionKey key, Deadline deadline);
}
