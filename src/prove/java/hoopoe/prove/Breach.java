package hoopoe.prove;

/** An invariant does not hold. */
final class Breach extends AssertionError {

    private static final long serialVersionUID = 1;

    Breach(String invariant, String what, Throwable cause) {
        super(invariant + ": " + what, cause);
    }

    Breach(String invariant, String what) {
        super(invariant + ": " + what);
    }
}
