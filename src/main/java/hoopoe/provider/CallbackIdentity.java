package hoopoe.provider;

import hoopoe.platform.Sha256;

/** Distinguishes a callback from all others of its account; the provider's repeats are equal. */
public final class CallbackIdentity {

    private CallbackIdentity() {}

    /** Hashes the parts, because they contain numbers and texts and the result becomes a key. */
    public static String of(String... parts) {
        return Sha256.hex(String.join("\n", parts));
    }
}
