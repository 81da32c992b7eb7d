package hoopoe.provider;

import hoopoe.message.Sha256;

/** Tells one callback from every other of its account: equal for the provider's repeats. */
public final class CallbackIdentity {

    private CallbackIdentity() {}

    /** Hashed, because numbers and texts are among the parts and it becomes a key. */
    public static String of(String... parts) {
        return Sha256.hex(String.join("\n", parts));
    }
}
