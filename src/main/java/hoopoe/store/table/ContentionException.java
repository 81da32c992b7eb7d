package hoopoe.store.table;

/** Others write the same item all the time, and patience has ended. Nothing was written; trying later is safe. */
public class ContentionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ContentionException(String what) {
        super("contended: " + what);
    }
}
