package hoopoe.provider;

/**
 * What can be set for an account as {@code hoopoe.accounts.<name>.<key>}, beside {@code provider}, {@code url} and its
 * secrets ({@code user}, {@code password}, {@code billing-key}, {@code callback-tokens}, which only {@code hoopoe.secret} reads).
 */
public enum AccountOption {
    /** Said by whoever knows what answers at the account's {@code url}. */
    SIMULATED("simulated", "false", "whether its provider is a simulator: test keys reach no other account"),
    DISPATCH_SIZE(
            "dispatch-size",
            "",
            "most recipients in one provider call, 500 where nothing is set; text421: always one; smspanel: at most 60, which is its default"),
    SOAP_VERSION("soap-version", "1.1", "every8d: `1.1` or `1.2`"),
    LENIENT_XML("lenient-xml", "true", "every8d: mend XML that is broken as in the provider's printed samples"),
    /** text421's {@code billing/from}, smspanel's {@code fromNum}. */
    FROM("from", "", "text421: the short number that sends; smspanel: your number at the panel"),
    TRANSLITERATE(
            "transliterate",
            "false",
            "text421: write `č` as `c` and the like, instead of refusing what GSM 03.38 lacks"),
    NAMESPACE("namespace", "urn:smsserver", "smspanel: of the operation"),
    SOAP_ACTION("soap-action", "%s", "smspanel: `SOAPAction`, with `%s` for the operation's name"),
    /** {@code <operation>=<parameter>,<parameter>…;…}: the panel's servers go by place. */
    PARAMETER_ORDER(
            "parameter-order",
            "",
            "smspanel: where a panel wants another than documented, `SendSMS=fromNum,toNum,messageContent,user,pass;…`"),
    NUMBER_FORM("number-form", "09", "smspanel: `09` or `+98`, how numbers are written for the panel");

    private final String key;
    private final String otherwise;
    private final String meaning;

    AccountOption(String key, String otherwise, String meaning) {
        this.key = key;
        this.otherwise = otherwise;
        this.meaning = meaning;
    }

    public String key() {
        return key;
    }

    /** The default; empty where the provider's own limit holds. */
    public String otherwise() {
        return otherwise;
    }

    /** One line of Markdown, for README's table. */
    public String meaning() {
        return meaning;
    }
}
