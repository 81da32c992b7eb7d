package hoopoe.provider.every8d;

/** How a {@code getConnection} ended (providers.md C1.4). Total: whatever came back, or did not, is one of these. */
sealed interface Every8dLoginResult {

    /** {@code CODE} 0 with a key. */
    record LoggedIn(String value) implements Every8dLoginResult {
        @Override
        public String toString() {
            return "LoggedIn[********]";
        }
    }

    /** -100 no such account, -101 wrong password, -999 blocked: asking again with the same password makes it worse. */
    record LoginRefused(String code, String text) implements Every8dLoginResult {}

    /** -97, or any other code: the provider read the credentials and did not refuse them. Later. */
    record LoginBusy(String code, String text) implements Every8dLoginResult {}

    /**
     * No CODE came.
     *
     * @param bodyMayHaveLeft false with proof that the provider never saw the credentials
     * @param why {@code timeout}, {@code lost}, {@code http_503}…; never a body
     */
    record NoAnswer(boolean bodyMayHaveLeft, String why) implements Every8dLoginResult {}

    /** An answer, but no CODE in it, or a CODE 0 without a key: the credentials may have been counted. */
    record MalformedLogin(String why) implements Every8dLoginResult {}
}
