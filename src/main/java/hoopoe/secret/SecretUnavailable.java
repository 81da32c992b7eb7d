package hoopoe.secret;

import hoopoe.Loggable;

/** Nobody can say at this moment what an account's secret is: Secrets Manager is away or busy. It passes. */
public class SecretUnavailable extends RuntimeException implements Loggable {

    private static final long serialVersionUID = 1;

    SecretUnavailable(String account) {
        super("the secret of account " + account + " cannot be read now");
    }
}
