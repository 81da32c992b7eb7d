package hoopoe.secret;

/** Where secrets are kept: AWS Secrets Manager. */
interface Vault {

    /** The secret of that name, as it is now. Answers within seconds, whatever happens. */
    Answer get(String name);

    /** How it ended. */
    sealed interface Answer {

        record Found(AccountSecret secret) implements Answer {}

        /**
         * There is none, or none that can be used, and asking again will not change that.
         *
         * @param code AWS' error code, or ours; nothing private
         */
        record Missing(String code) implements Answer {}

        /**
         * Nobody knows at this moment.
         *
         * @param code AWS' error code, or ours; nothing private
         */
        record Unavailable(String code) implements Answer {}
    }
}
