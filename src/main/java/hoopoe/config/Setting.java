package hoopoe.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * All settings, each an environment variable ({@code HOOPOE_POLL_FIRST_CHECK}) or a property; the options of an account are
 * {@link AccountOption}s. README and the operations page list both. A duration is written {@code 20s}, {@code 500ms} or {@code 2m}.
 */
public enum Setting {
    ACCOUNT_PROVIDER("hoopoe.accounts.<name>.provider", "", "`every8d`, `text421` or `smspanel`"),
    ACCOUNT_URL(
            "hoopoe.accounts.<name>.url",
            "",
            "the provider's endpoint, for text421 up to `/rest`; required for smspanel; default for the others: the provider's own (text421's is plain `http`)"),
    ACCOUNT_USER("hoopoe.accounts.<name>.user", "", "the user at the provider"),
    ACCOUNT_PASSWORD("hoopoe.accounts.<name>.password", "", "the password at the provider"),
    ACCOUNT_BILLING_KEY(
            "hoopoe.accounts.<name>.billing-key", "", "text421: the billing key; a secret like the password"),
    ACCOUNT_CALLBACK_TOKENS(
            "hoopoe.accounts.<name>.callback-tokens",
            "",
            "the secret part of the callback path: random, at least 22 characters; two, with a comma between them, while one is replaced; without it callbacks are refused"),
    ACCOUNTS_JSON(
            "hoopoe.accounts-json", "{}", "all accounts as one JSON object `{\"<name>\": {\"<key>\": \"<value>\"}}`"),
    SECRETS_PREFIX(
            "hoopoe.secrets.prefix",
            "",
            "if set: `user`, `password`, `billing_key` and `callback_tokens` of account `x` are read from the AWS Secrets Manager secret with the name of this prefix and `x`; else from the settings above"),
    SEARCH_KEYRING(
            "hoopoe.search.keyring",
            "",
            "name or ARN of the secret whose `number_keys` tag phone numbers, so that a search finds them by an index; the template makes it; without it a search reads more"),
    SECRETS_CACHE(
            "hoopoe.secrets.cache",
            "5m",
            "how long a secret is used before it is read again, at most 5 minutes; a login always reads it"),
    SECRETS_ENDPOINT("hoopoe.secrets.endpoint", "", "the address of Secrets Manager; default: the region's own"),
    EVENTS_BUS("hoopoe.events.bus", "", "name or ARN of the EventBridge bus that takes events; without it none does"),
    EVENTS_CONTENT(
            "hoopoe.events.content",
            "false",
            "`true`: events on the bus have the numbers and texts of messages and replies"),
    CREDIT_LOW(
            "hoopoe.events.credit-low",
            "100",
            "points of an account below which `account.credit_low` is told; the template sets its `CreditLow`"),
    EVENTS_ENDPOINT("hoopoe.events.endpoint", "", "the address of EventBridge; default: the region's own"),
    DEFAULT_ACCOUNT("hoopoe.default-account", "", "the account of a batch that names none; default: the only account"),
    TABLE("hoopoe.store.table", "hoopoe", "the DynamoDB table"),
    STORE_CALL_TIMEOUT(
            "hoopoe.store.call-timeout",
            "8s",
            "time limit of a DynamoDB call with all its retries; the template sets `3s` for the authorizer, for which API Gateway waits 10 s"),
    FUNCTION("hoopoe.timing.function", "28s", "time limit of an invocation: the template's `Timeout` of the function"),
    SESSION("hoopoe.timing.session", "4s", "how long a send waits for a login session"),
    LISTENERS(
            "hoopoe.timing.listeners",
            "1m",
            "how long a function remembers which callers have webhooks: so late it may see the first one of a caller"),
    LEASE("hoopoe.timing.lease", "60s", "how long a lease lasts after the end of the invocation that holds it"),
    LONGEST_FUNCTION(
            "hoopoe.timing.longest-function",
            "300s",
            "the longest `Timeout` of the template; an operator's `resend` is refused for this time and a lease"),
    UNTOUCHED(
            "hoopoe.timing.untouched",
            "120s",
            "age at which the tick takes over work that the table's stream has not delivered"),
    CALL_TIMEOUT(
            "hoopoe.provider.call-timeout",
            "20s",
            "time limit of a provider call, from the name look-up to the last byte"),
    CONNECT_TIMEOUT(
            "hoopoe.provider.connect-timeout", "3s", "the part of it for name look-up, connection and TLS together"),
    CALL_MARGIN(
            "hoopoe.provider.call-margin",
            "2s",
            "time that an invocation reserves after a provider call to store its result"),
    TRUSTED_CERTIFICATES(
            "hoopoe.provider.trusted-certificates",
            "",
            "a PEM file of certificate authorities to trust in addition to Java's, for example of a company's proxy"),
    FIRST_CHECK("hoopoe.poll.first-check", "60s", "age of a dispatch at the first poll for its delivery report"),
    RESERVE("hoopoe.poll.reserve", "10s", "a tick starts no work if it has less time left than this"),
    INBOXES("hoopoe.poll.inboxes", "20s", "time limit for the inboxes of all accounts in a tick"),
    METRICS_NAMESPACE(
            "hoopoe.metrics.namespace",
            "Hoopoe",
            "the CloudWatch namespace of the metrics; the template sets `Hoopoe/<stack's name>`, one for each stage"),
    WEBHOOKS_QUEUE(
            "hoopoe.webhooks.queue",
            "",
            "URL of the SQS queue between events and webhooks; without it there are no webhooks"),
    WEBHOOKS_CALLS(
            "hoopoe.webhooks.calls",
            "20",
            "functions that call webhooks at once, of which one endpoint has at most a fifth; the template sets its `WebhookCalls`"),
    WEBHOOKS_LOOPBACK(
            "hoopoe.webhooks.loopback",
            "false",
            "`true` lets webhooks at `http://127.0.0.1` be called, for the local stack only"),
    NOT_BEFORE(
            "hoopoe.not-before",
            "",
            "an instant; dispatches created before it are never sent (set it after the table was restored)");

    private final String key;
    private final String otherwise;
    private final String meaning;

    Setting(String key, String otherwise, String meaning) {
        this.key = key;
        this.otherwise = otherwise;
        this.meaning = meaning;
    }

    /** {@code hoopoe.…}; for an account, {@code <name>} stands for its name. */
    public String key() {
        return key;
    }

    /** The part after the last dot: an account's key in {@code hoopoe.accounts-json}. */
    public String lastWord() {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** The default; empty where there is none. */
    public String otherwise() {
        return otherwise;
    }

    /** One line of Markdown. */
    public String meaning() {
        return meaning;
    }

    /** The configured value, else the default, else nothing. */
    public Optional<String> text(Config config) {
        return config.getOptionalValue(key, String.class)
                .or(() -> otherwise.isEmpty() ? Optional.empty() : Optional.of(otherwise));
    }

    /** The value configured for an account. */
    public Optional<String> text(Config config, String account) {
        return config.getOptionalValue(key.replace("<name>", account), String.class);
    }

    /** @throws Misconfiguration where the value is not a duration */
    public Duration duration(Config config) {
        try {
            return config.getOptionalValue(key, Duration.class).orElseGet(this::usual);
        } catch (IllegalArgumentException e) { // its message repeats the value
            throw new Misconfiguration(key + " is no duration, as 20s, 500ms or 2m are");
        }
    }

    /** Whether the value is {@code true}. */
    public boolean flag(Config config) {
        return text(config).filter("true"::equals).isPresent();
    }

    /** @throws Misconfiguration where the value is not a number */
    public BigDecimal decimal(Config config) {
        try {
            return new BigDecimal(text(config).orElseThrow());
        } catch (NumberFormatException e) { // as below
            throw new Misconfiguration(key + " is no number, as 100 and 0.5 are");
        }
    }

    /** @throws Misconfiguration where the value is not an instant */
    public Optional<Instant> instant(Config config) {
        try {
            return text(config).map(Instant::parse);
        } catch (DateTimeParseException e) { // as above
            throw new Misconfiguration(key + " is no instant, as 2026-03-01T04:00:00Z is");
        }
    }

    /** The default of a duration. */
    public Duration usual() {
        return Duration.parse("PT" + otherwise.toUpperCase(Locale.ROOT));
    }
}
