package hoopoe.store;

/** Others write the same item all the time, and patience has ended. Nothing was written; trying later is safe. */
public class Contended extends RuntimeException {

    private static final long serialVersionUID = 1;

    Contended(String what) {
        super("contended: " + what);
    }
}
