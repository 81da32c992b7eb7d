package hoopoe.secret;

/** An account has no credentials: a mistake of the configuration. */
public class MissingSecret extends RuntimeException {

    private static final long serialVersionUID = 1;

    MissingSecret(String account) {
        super("no credentials for account " + account);
    }
}
