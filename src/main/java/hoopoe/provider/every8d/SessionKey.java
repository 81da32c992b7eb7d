package hoopoe.provider.every8d;

/**
 * The right to use an account until the end of a Taipei day. Whoever holds it can send: it masks itself.
 *
 * @param value as the provider gave it
 * @param generation tells one key of the account from the next
 */
record SessionKey(String value, long generation) {

    @Override
    public String toString() {
        return "SessionKey[********, " + generation + ']';
    }
}
