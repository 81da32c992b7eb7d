package hoopoe.store.table;

/** Conflicts with other writers outlasted the retries. Nothing was written; trying later is safe. */
public class ContentionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ContentionException(String what) {
        super("contended: " + what);
    }
}
