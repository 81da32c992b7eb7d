package hoopoe.local.wire;

import java.time.Duration;

/** The parts of one call that a {@link Fault} can change. */
public interface Work {

    /** Does the work and gives its true answer. At most once. */
    Answer carryOut();

    /** A well-formed answer whose result is this text; the work is not done. */
    Answer saying(String result);

    /** The service's own refusal with this code, in the form of the operation; the work is not done. */
    Answer refusing(int code);

    /** The service's own failure form (for SOAP a fault) with this message; the work is not done. */
    Answer failing(String message);

    void pause(Duration time);
}
