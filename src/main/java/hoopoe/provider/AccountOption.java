package hoopoe.provider;

/**
 * What can be set for an account as {@code hoopoe.accounts.<name>.<key>}, beside {@code provider}, {@code url} and its
 * secrets ({@code user}, {@code password}, {@code billing-key}, {@code callback-tokens}, which only {@code hoopoe.secret} reads).
 */
public enum AccountOption {
    /** Most recipients in one provider call. */
    DISPATCH_SIZE("dispatch-size", ""),
    /** EVERY8D: {@code 1.1} or {@code 1.2}. */
    SOAP_VERSION("soap-version", "1.1"),
    /** EVERY8D: whether XML that is broken as in the provider's own printed samples is mended before parsing. */
    LENIENT_XML("lenient-xml", "true"),
    /** text421: the short number that sends ({@code billing/from}); smspanel: the sender's number ({@code fromNum}). */
    FROM("from", ""),
    /** text421: whether characters outside GSM 03.38 are written with those inside, instead of being refused. */
    TRANSLITERATE("transliterate", "false"),
    /** smspanel: of the operation element. */
    NAMESPACE("namespace", "urn:smsserver"),
    /** smspanel: with {@code %s} for the operation's name. */
    SOAP_ACTION("soap-action", "%s"),
    /** smspanel: {@code <operation>=<parameter>,<parameter>…;…}; empty for the documented order. Its servers go by place. */
    PARAMETER_ORDER("parameter-order", ""),
    /** smspanel: how numbers are written, {@code 09} or {@code +98}. */
    NUMBER_FORM("number-form", "09");

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
