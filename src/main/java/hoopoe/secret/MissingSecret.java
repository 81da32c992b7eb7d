package hoopoe.secret;

import hoopoe.Loggable;

/** An account has no credentials, or no readable ones: a mistake in its setup. */
public class MissingSecret extends RuntimeException implements Loggable {

    private static final long serialVersionUID = 1;

    MissingSecret(String account) {
        super("no credentials for account " + account);
    }
}
