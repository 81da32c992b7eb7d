package hoopoe.observability;

import java.util.List;

/**
 * What is counted and measured. Alarms and dashboard (infra/) use these names, and a test compares them. When each is counted is in
 * src/site/decisions/0016-metrics-by-own-lines.md.
 */
public enum Metric {
    /** Messages of batches that were let in. */
    MESSAGES_ACCEPTED("MessagesAccepted", Unit.COUNT),
    /** Messages that a provider took. */
    MESSAGES_SUBMITTED("MessagesSubmitted", Unit.COUNT),
    /** Messages whose first final state is {@code delivered}. */
    MESSAGES_DELIVERED("MessagesDelivered", Unit.COUNT),
    /** Messages whose first final state is any other but {@code cancelled}; with the provider's code, or ours. */
    MESSAGES_FAILED("MessagesFailed", Unit.COUNT),
    /** Messages that became {@code unconfirmed}. */
    MESSAGES_UNCONFIRMED("MessagesUnconfirmed", Unit.COUNT),
    /** From when the provider took a message, or was to send it, to when it says it was delivered. */
    REPORT_LATENCY("ReportLatency", Unit.SECONDS),
    /** Calls of a provider that failed, and those that a blocked account kept from being made. */
    PROVIDER_ERRORS("ProviderErrors", Unit.COUNT),
    /**
     * Calls that a provider refuses for who makes them, and those that are not made because it did, or because its
     * settings are wrong: nothing goes out by the account.
     */
    ACCOUNT_REFUSALS("AccountRefusals", Unit.COUNT),
    /** Points left. */
    CREDIT("Credit", Unit.NONE),
    /** Callbacks that name a reference nobody knows. */
    ORPHAN_EVENTS("OrphanEvents", Unit.COUNT),
    /** Answers of inboxes that could not be dealt with, and wait for people. */
    INBOX_ASIDE("InboxAside", Unit.COUNT),
    /** Failures of ours that were caught, and after which the function went on or answered: Lambda does not count those. */
    INTERNAL_ERRORS("InternalErrors", Unit.COUNT),
    /** For how long the oldest of what needs looking after has waited; of all accounts. */
    DUE_LAG("DueLag", Unit.SECONDS);

    /** Dimension: the account's name. */
    public static final String ACCOUNT = "Account";

    /** Dimension: the provider's code, or ours. */
    public static final String CODE = "Code";

    /** As CloudWatch names them (MetricDatum, CloudWatch API Reference). */
    enum Unit {
        COUNT("Count"),
        SECONDS("Seconds"),
        NONE("None");

        private final String label;

        Unit(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private final String label;
    private final Unit unit;

    Metric(String label, Unit unit) {
        this.label = label;
        this.unit = unit;
    }

    /** As CloudWatch knows it. */
    public String label() {
        return label;
    }

    /** {@code Count}, {@code Seconds} or {@code None}. */
    public String unit() {
        return unit.label();
    }

    /** The sets of dimensions under which CloudWatch keeps it; the empty set is the sum over all. */
    public List<List<String>> dimensions() {
        return switch (this) {
            case DUE_LAG, INTERNAL_ERRORS -> List.of(List.of());
            case MESSAGES_FAILED -> List.of(List.of(), List.of(ACCOUNT), List.of(ACCOUNT, CODE));
            default -> List.of(List.of(), List.of(ACCOUNT));
        };
    }

    /** Whether one number says it all; of others every value counts. */
    boolean isCounted() {
        return unit == Unit.COUNT;
    }
}
