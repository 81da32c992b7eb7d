package hoopoe.provider.every8d;

/**
 * The session key: permits sends from an account until the end of a Taipei day, and therefore masks itself.
 *
 * @param value as the provider gave it
 * @param generation distinguishes one key of the account from the next
 */
record SessionKey(String value, long generation) {

    @Override
    public String toString() {
        return "SessionKey[********, " + generation + ']';
    }
}
