package hoopoe.prove;

/** The process of a worker is dead. Nothing may catch it, and no effect of this worker happens after it. */
final class Crashed extends Error {

    private static final long serialVersionUID = 1;

    Crashed() {
        super("crashed", null, false, false);
    }
}
