package hoopoe.secret;

import java.util.Set;

/** Where secrets are kept: AWS Secrets Manager. */
interface SecretStore {

    /** The secret of that name, as it is now. Answers within seconds, whatever happens. */
    SecretResponse get(String name);

    /** How it ended. */
    sealed interface SecretResponse {

        record Found(AccountSecret secret) implements SecretResponse {}

        /**
         * There is none, or none that can be used, and asking again will not change that.
         *
         * @param code AWS' error code, or ours; nothing private
         */
        record Missing(String code) implements SecretResponse {

            /** {@link #code()} where there is a secret that says nothing. */
            static final String NO_OBJECT = "not an object of texts";

            /** Not there, or being deleted (AWS Secrets Manager API Reference, GetSecretValue). */
            private static final Set<String> GONE =
                    Set.of("ResourceNotFoundException", "InvalidRequestException", NO_OBJECT);

            /** Whether somebody took it away: all else may be a permission that comes back, which says nothing of the secret. */
            boolean isGone() {
                return GONE.contains(code);
            }
        }

        /**
         * Nobody knows at this moment.
         *
         * @param code AWS' error code, or ours; nothing private
         */
        record StoreUnavailable(String code) implements SecretResponse {}
    }
}
