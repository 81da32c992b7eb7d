package hoopoe.secret;

import java.util.Set;

/** The store of secrets: AWS Secrets Manager. */
interface SecretStore {

    /** The current secret of that name. Returns within seconds, whatever happens. */
    SecretResponse get(String name);

    /** The result of a fetch. */
    sealed interface SecretResponse {

        record Found(AccountSecret secret) implements SecretResponse {}

        /**
         * There is no usable secret, and another fetch will not change that.
         *
         * @param code AWS' error code, or ours; nothing private
         */
        record Missing(String code) implements SecretResponse {

            /** The {@link #code()} of a secret that cannot be read. */
            static final String NO_OBJECT = "not an object of texts";

            /** Absent, or being deleted (AWS Secrets Manager API Reference, GetSecretValue). */
            private static final Set<String> GONE =
                    Set.of("ResourceNotFoundException", "InvalidRequestException", NO_OBJECT);

            /** Whether the secret was removed. Others may be a temporary lack of permission, which says nothing of it. */
            boolean isGone() {
                return GONE.contains(code);
            }
        }

        /**
         * The secret cannot be read at this moment.
         *
         * @param code AWS' error code, or ours; nothing private
         */
        record StoreUnavailable(String code) implements SecretResponse {}
    }
}
