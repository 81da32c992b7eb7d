package hoopoe.secret;

/**
 * A user and password at a provider.
 *
 * @param billingKey text421's {@code billkey}; empty where there is none
 * @param version distinguishes one password from the next without showing it: the secret store's version id, else a salted hash
 */
public record Credentials(String user, String password, String billingKey, String version) {

    public Credentials(String user, String password, String version) {
        this(user, password, "", version);
    }

    @Override
    public String toString() {
        return "Credentials[********]";
    }
}
