package hoopoe.event.webhook;

import org.jspecify.annotations.Nullable;

/**
 * How one call of an endpoint ended.
 *
 * @param status of the answer; 0 where there was none
 * @param error why there was none: {@code url}, {@code dns}, {@code address}, {@code connect}, {@code tls}, {@code timeout},
 *     {@code lost}, {@code informational}; null where there was one
 */
record PostResult(int status, @Nullable String error) {

    private static final int GONE = 410;

    static PostResult answered(int status) {
        return new PostResult(status, null);
    }

    static PostResult failed(String error) {
        return new PostResult(0, error);
    }

    /** Any 2xx. A redirect is no success: where it leads to is not called. */
    boolean isDelivered() {
        return status / 100 == 2;
    }

    /** The receiver wants no more events. */
    boolean isGone() {
        return status == GONE;
    }
}
