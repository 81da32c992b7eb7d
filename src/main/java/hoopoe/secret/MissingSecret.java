package hoopoe.secret;

/** An account has no credentials, or none that can be read: a mistake of who set it up. */
public class MissingSecret extends RuntimeException {

    private static final long serialVersionUID = 1;

    MissingSecret(String account) {
        super("no credentials for account " + account);
    }
}
