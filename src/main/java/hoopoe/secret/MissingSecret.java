package hoopoe.secret;

import hoopoe.Loggable;

/** An account has no credentials, or none that can be read: a mistake of who set it up. */
public class MissingSecret extends RuntimeException implements Loggable {

    private static final long serialVersionUID = 1;

    MissingSecret(String account) {
        super("no credentials for account " + account);
    }
}
