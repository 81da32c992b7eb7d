package hoopoe.provider;

/**
 * What can be set for an account as {@code hoopoe.accounts.<name>.<key>}, beside {@code provider}, {@code url} and its
 * secrets ({@code user}, {@code password}, {@code callback-tokens}, which only {@code hoopoe.secret} reads).
 */
public enum AccountOption {
    /** Most recipients in one provider call. */
    DISPATCH_SIZE("dispatch-size", ""),
    /** EVERY8D: {@code 1.1} or {@code 1.2}. */
    SOAP_VERSION("soap-version", "1.1"),
    /** EVERY8D: whether XML that is broken as in the provider's own printed samples is mended before parsing. */
    LENIENT_XML("lenient-xml", "true");

    private final String key;
    private final String otherwise;

    AccountOption(String key, String otherwise) {
        this.key = key;
        this.otherwise = otherwise;
    }

    public String key() {
        return key;
    }

    /** The default; empty where the provider's own limit holds. */
    public String otherwise() {
        return otherwise;
    }
}
