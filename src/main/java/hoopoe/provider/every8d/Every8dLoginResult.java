package hoopoe.provider.every8d;

/** The result of {@code getConnection} (document §1.1). Every answer, and a missing one, is one of these. */
sealed interface Every8dLoginResult {

    /** {@code CODE} 0 with a key. */
    record LoggedIn(String value) implements Every8dLoginResult {
        @Override
        public String toString() {
            return "LoggedIn[********]";
        }
    }

    /** -100 no such account, -101 wrong password, -999 blocked: another try with the same password makes it worse. */
    record LoginRefused(String code, String text) implements Every8dLoginResult {}

    /** -97, or any other code: the provider read the credentials and did not refuse them. Try later. */
    record LoginBusy(String code, String text) implements Every8dLoginResult {}

    /**
     * No CODE came.
     *
     * @param bodyMayHaveLeft false where it is proven that the provider never saw the credentials
     * @param why {@code timeout}, {@code lost}, {@code http_503}…; never a body
     */
    record NoAnswer(boolean bodyMayHaveLeft, String why) implements Every8dLoginResult {}

    /** An answer without a CODE, or with CODE 0 but no key: the provider may have counted the credentials. */
    record MalformedLogin(String why) implements Every8dLoginResult {}
}
