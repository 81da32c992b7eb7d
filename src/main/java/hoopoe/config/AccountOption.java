package hoopoe.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The options of an account, {@code hoopoe.accounts.<name>.<key>}, beside {@code provider}, {@code url} and its secrets
 * ({@code user}, {@code password}, {@code billing-key}, {@code callback-tokens}, which only {@code hoopoe.secret} reads).
 */
public enum AccountOption {
    /** Set by the operator, who knows what answers at the account's {@code url}. */
    SIMULATED(
            "simulated",
            "false",
            OptionForm.YES_OR_NO,
            "`true` if the provider is a simulator; test keys reach only such accounts"),
    DISPATCH_SIZE(
            "dispatch-size",
            "",
            OptionForm.NUMBER,
            "the highest number of recipients in a provider call; default 500; text421: always 1; smspanel: at most 60, which is its default"),
    CALLS_AT_ONCE(
            "calls-at-once",
            "16",
            OptionForm.NUMBER,
            "how many calls the clock makes to the account at once, over all its workers (a worker makes 16 at most); at most 4 of a worker's are sends"),
    SOAP_VERSION("soap-version", "1.1", OptionForm.LINE, "every8d: the SOAP version, `1.1` or `1.2`"),
    LENIENT_XML(
            "lenient-xml",
            "true",
            OptionForm.YES_OR_NO,
            "every8d: also accept XML that is broken in the same way as the samples in the provider's documents"),
    /** text421's {@code billing/from}, smspanel's {@code fromNum}. */
    FROM("from", "", OptionForm.LINE, "text421: the short number that sends; smspanel: your number at the panel"),
    TRANSLITERATE(
            "transliterate",
            "false",
            OptionForm.YES_OR_NO,
            "text421: replace a character that GSM 03.38 lacks by a similar one (`č` by `c`), instead of refusing the text"),
    NAMESPACE("namespace", "urn:smsserver", OptionForm.LINE, "smspanel: the XML namespace of the operations"),
    SOAP_ACTION(
            "soap-action",
            "%s",
            OptionForm.LINE,
            "smspanel: the header `SOAPAction`; `%s` stands for the operation's name"),
    /** {@code <operation>=<parameter>,<parameter>…;…}: the panel's servers read by position. */
    PARAMETER_ORDER(
            "parameter-order",
            "",
            OptionForm.LINE,
            "smspanel: the order of an operation's parameters, if the panel's differs from its documents: `SendSMS=fromNum,toNum,messageContent,user,pass;…`"),
    NUMBER_FORM(
            "number-form", "09", OptionForm.LINE, "smspanel: the form of numbers in calls to the panel, `09` or `+98`");

    /** The syntax of a value, for every provider; the adapter says which values it accepts. */
    private enum OptionForm {
        YES_OR_NO("true|false", "true or false"),
        NUMBER("[1-9][0-9]{0,5}", "a whole number from 1 on"),
        /** Some values become part of an HTTP header. */
        LINE("[ -~]*", "printable characters of ASCII");

        private final Pattern pattern;
        private final String words;

        OptionForm(String pattern, String words) {
            this.pattern = Pattern.compile(pattern);
            this.words = words;
        }
    }

    private final String key;
    private final String otherwise;
    private final OptionForm optionForm;
    private final String meaning;

    AccountOption(String key, String otherwise, OptionForm optionForm, String meaning) {
        this.key = key;
        this.otherwise = otherwise;
        this.optionForm = optionForm;
        this.meaning = meaning;
    }

    public String key() {
        return key;
    }

    /** The default; empty where the provider's own limit applies. */
    public String otherwise() {
        return otherwise;
    }

    /** What is wrong with a configured value, without repeating it; empty where it is valid. */
    public Optional<String> objection(String set) {
        return optionForm.pattern.matcher(set).matches()
                ? Optional.empty()
                : Optional.of(key + " is " + optionForm.words);
    }

    /** One line of Markdown, for README's table. */
    public String meaning() {
        return meaning;
    }
}
