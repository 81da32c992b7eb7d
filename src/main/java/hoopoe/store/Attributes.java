package hoopoe.store;

/** Names of attributes that items of many kinds have. */
public final class Attributes {

    /** The kind of an item, for whoever reads the table with other means. */
    public static final String KIND = "kind";

    /** When TTL deletes the item, in seconds since 1970. */
    public static final String EXPIRES_AT = "expires_at";

    /** The partition of the {@code list} index that the item is in. */
    public static final String LIST = "list";

    /** The place in that partition. */
    public static final String LIST_AT = "list_at";

    /** The id of the request that made the item. */
    public static final String CORRELATION = "correlation";

    private Attributes() {}
}
