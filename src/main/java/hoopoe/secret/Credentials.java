package hoopoe.secret;

/**
 * A user and password at a provider.
 *
 * @param version tells one password from the next without showing it: the vault's version id, else a salted hash
 */
public record Credentials(String user, String password, String version) {

    @Override
    public String toString() {
        return "Credentials[********]";
    }
}
