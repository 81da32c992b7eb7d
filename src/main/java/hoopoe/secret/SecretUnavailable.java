package hoopoe.secret;

import hoopoe.Loggable;

/** The secret of an account cannot be read at this moment, because Secrets Manager is unavailable or busy. It passes. */
public class SecretUnavailable extends RuntimeException implements Loggable {

    private static final long serialVersionUID = 1;

    SecretUnavailable(String account) {
        super("the secret of account " + account + " cannot be read now");
    }
}
