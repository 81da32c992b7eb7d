package hoopoe.secret;

/** A callback token that could be guessed, so no callback is accepted with it. A mistake in the account's setup. */
public class WeakCallbackToken extends RuntimeException {

    /** Characters: 128 bits take 22 of base64, or 32 hexadecimal digits. */
    public static final int SHORTEST = 22;

    private static final long serialVersionUID = 1;

    public WeakCallbackToken(String account) {
        super("a callback token of account " + account + " has less than " + SHORTEST
                + " characters: set a longer one");
    }
}
