package hoopoe.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether an account can send now. */
public sealed interface Readiness {

    /** @param session what the adapter needs for the send; opaque to all other classes, masks itself */
    record Ready(Object session) implements Readiness {}

    /**
     * Not now: another invocation is logging in, or the provider is busy or unavailable.
     *
     * @param retryAt when to try again; null for the usual backoff
     */
    record NotYet(String code, String text, @Nullable Instant retryAt) implements Readiness {

        /** The {@link #code()} when the account's credentials cannot be read at this moment. */
        public static final String SECRET_UNAVAILABLE = "secret_unavailable";

        public static NotYet secretUnavailable() {
            return new NotYet(SECRET_UNAVAILABLE, "the account's secret cannot be read now", null);
        }
    }

    /** Blocked: credentials refused, or blocked by the provider. Nothing is sent until they change or an operator decides. */
    record Blocked(String code, String text) implements Readiness {

        /** The code of an account with invalid settings, which a new password does not correct. */
        public static final String MISCONFIGURED = "misconfigured";

        public boolean isMisconfigured() {
            return code.equals(MISCONFIGURED);
        }
    }
}
