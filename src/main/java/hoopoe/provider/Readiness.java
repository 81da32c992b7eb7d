package hoopoe.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether an account can send now. */
public sealed interface Readiness {

    /**
     * @param session what the adapter needs for the send; opaque to everybody else, masks itself
     */
    record Ready(Object session) implements Readiness {}

    /**
     * Not now: a login under way elsewhere, the provider busy or away.
     *
     * @param retryAt when it makes sense to try again; null for the usual back-off
     */
    record NotYet(String code, String text, @Nullable Instant retryAt) implements Readiness {

        /** {@link #code()} where the account's credentials cannot be read at this moment. */
        public static final String SECRET_UNAVAILABLE = "secret_unavailable";

        public static NotYet secretUnavailable() {
            return new NotYet(SECRET_UNAVAILABLE, "the account's secret cannot be read now", null);
        }
    }

    /** The account is latched: credentials refused or blocked. Nothing is sent until they change or an operator says so. */
    record Blocked(String code, String text) implements Readiness {

        /** The code of an account whose settings are wrong, which no other password mends. */
        public static final String MISCONFIGURED = "misconfigured";

        public boolean isMisconfigured() {
            return code.equals(MISCONFIGURED);
        }
    }
}
