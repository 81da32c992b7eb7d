package hoopoe.secret;

/** A callback token that could be guessed: nothing is taken by it. A mistake of who set it up. */
public class WeakCallbackToken extends RuntimeException {

    /** Characters: 128 bits take 22 of base64, or 32 hexadecimal digits. */
    public static final int SHORTEST = 22;

    private static final long serialVersionUID = 1;

    public WeakCallbackToken(String account) {
        super("a callback token of account " + account + " has less than " + SHORTEST
                + " characters: set a longer one");
    }
}
