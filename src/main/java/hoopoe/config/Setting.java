package hoopoe.config;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * All settings, each an environment variable ({@code HOOPOE_POLL_FIRST_CHECK}) or a property; the options of an account are
 * {@link AccountOption}s. README's table is made of both. A duration is written {@code 20s}, {@code 500ms} or {@code 2m}.
 */
public enum Setting {
    ACCOUNT_PROVIDER("hoopoe.accounts.<name>.provider", "", "`every8d`, `text421` or `smspanel`"),
    ACCOUNT_URL(
            "hoopoe.accounts.<name>.url",
            "",
            "the provider's endpoint, for text421 the base up to `/rest`; without it the provider's own (text421's is plain `http`), which smspanel has not"),
    ACCOUNT_USER("hoopoe.accounts.<name>.user", "", "the user at the provider"),
    ACCOUNT_PASSWORD("hoopoe.accounts.<name>.password", "", "the password at the provider"),
    ACCOUNT_BILLING_KEY("hoopoe.accounts.<name>.billing-key", "", "text421: billing key, kept as the password is"),
    ACCOUNT_CALLBACK_TOKENS(
            "hoopoe.accounts.<name>.callback-tokens",
            "",
            "secret part of the callback path, random and of 22 characters at least; two, comma-separated, while one is replaced; without it no callbacks"),
    ACCOUNTS_JSON(
            "hoopoe.accounts-json", "{}", "all accounts as one JSON object `{\"<name>\": {\"<key>\": \"<value>\"}}`"),
    SECRETS_PREFIX(
            "hoopoe.secrets.prefix",
            "",
            "account `x` has `user`, `password`, `billing_key` and `callback_tokens` in the secret of this and `x` in AWS Secrets Manager; without it in the settings above"),
    SECRETS_CACHE(
            "hoopoe.secrets.cache",
            "5m",
            "how long a secret is used without asking again, at most 5 minutes; a login always asks"),
    SECRETS_ENDPOINT("hoopoe.secrets.endpoint", "", "Secrets Manager's address; without it the region's own"),
    DEFAULT_ACCOUNT("hoopoe.default-account", "", "the account of a batch that names none; without it the only one"),
    TABLE("hoopoe.store.table", "hoopoe", "the DynamoDB table"),
    STORE_CALL_TIMEOUT(
            "hoopoe.store.call-timeout",
            "8s",
            "limit of a call of the table, with all its tries; the template says `3s` for the authorizer, for which API Gateway waits 10 s"),
    FUNCTION("hoopoe.timing.function", "28s", "how long an invocation may take: the template's `Timeout`"),
    SESSION("hoopoe.timing.session", "4s", "how long a session is waited for before a send"),
    LEASE("hoopoe.timing.lease", "60s", "a lease ends this much after the invocation that holds it"),
    LONGEST_FUNCTION(
            "hoopoe.timing.longest-function",
            "300s",
            "the longest `Timeout` of the template: how long an operator's resend waits, and a lease more"),
    UNTOUCHED("hoopoe.timing.untouched", "120s", "age at which the clock looks at what the stream has not brought"),
    CALL_TIMEOUT("hoopoe.provider.call-timeout", "20s", "limit of a provider call, from name to last byte"),
    CONNECT_TIMEOUT("hoopoe.provider.connect-timeout", "3s", "of it, name, connect and TLS together"),
    CALL_MARGIN(
            "hoopoe.provider.call-margin", "2s", "what an invocation keeps after a call, to write down how it ended"),
    TRUSTED_CERTIFICATES(
            "hoopoe.provider.trusted-certificates",
            "",
            "a PEM file of authorities to trust besides Java's own, for a company's own proxy or gateway"),
    FIRST_CHECK("hoopoe.poll.first-check", "60s", "age at which a report is first asked for"),
    RESERVE("hoopoe.poll.reserve", "10s", "a tick begins nothing with less time left"),
    INBOXES("hoopoe.poll.inboxes", "20s", "how long the inboxes of all accounts may take of a tick"),
    METRICS_NAMESPACE(
            "hoopoe.metrics.namespace",
            "Hoopoe",
            "where CloudWatch keeps the metrics; the template says `Hoopoe/<stack's name>`, so that no stage is taken for another"),
    NOT_BEFORE(
            "hoopoe.not-before",
            "",
            "an instant; dispatches created earlier are never sent (set after the table was restored)");

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
