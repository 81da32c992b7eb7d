package hoopoe.observability;

import java.util.List;

/**
 * The metrics. Alarms and dashboard (infra/) use these names, and a test compares them. When each is counted is in
 * src/site/decisions/0016-metrics-by-own-lines.md.
 */
public enum Metric {
    /** Messages of accepted batches. */
    MESSAGES_ACCEPTED("MessagesAccepted", Unit.COUNT),
    /** Messages that a provider accepted. */
    MESSAGES_SUBMITTED("MessagesSubmitted", Unit.COUNT),
    /** Messages whose first final state is {@code delivered}. */
    MESSAGES_DELIVERED("MessagesDelivered", Unit.COUNT),
    /** Messages whose first final state is any other but {@code cancelled}; with the provider's code, or ours. */
    MESSAGES_FAILED("MessagesFailed", Unit.COUNT),
    /** Messages that became {@code unconfirmed}. */
    MESSAGES_UNCONFIRMED("MessagesUnconfirmed", Unit.COUNT),
    /** The time from a message's acceptance by the provider, or its scheduled time, to its reported delivery. */
    REPORT_LATENCY("ReportLatency", Unit.SECONDS),
    /** Failed provider calls, and those not made because the account is blocked. */
    PROVIDER_ERRORS("ProviderErrors", Unit.COUNT),
    /**
     * Calls that a provider refuses because of the account, and those not made because the account is blocked or its settings
     * are wrong: nothing is sent from the account.
     */
    ACCOUNT_REFUSALS("AccountRefusals", Unit.COUNT),
    /** Points left. */
    CREDIT("Credit", Unit.NONE),
    /** Callbacks with an unknown reference. */
    ORPHAN_EVENTS("OrphanEvents", Unit.COUNT),
    /** Answers of inboxes that could not be processed and wait for the operator. */
    INBOX_ASIDE("InboxAside", Unit.COUNT),
    /** Our failures that were caught, so that the function continued or answered: Lambda does not count those. */
    INTERNAL_ERRORS("InternalErrors", Unit.COUNT),
    /** How long the oldest due item of all accounts has waited. */
    DUE_LAG("DueLag", Unit.SECONDS),
    /** Events that a receiver took. */
    WEBHOOKS_DELIVERED("WebhooksDelivered", Unit.COUNT),
    /** Events that are not posted any more, though no receiver took them. */
    WEBHOOKS_FAILED("WebhooksFailed", Unit.COUNT),
    /** Attempts after the first. */
    WEBHOOKS_RETRIED("WebhooksRetried", Unit.COUNT),
    /** Endpoints that are not called any more, because they said so or failed for too long. */
    WEBHOOKS_DISABLED("WebhooksDisabled", Unit.COUNT),
    /** From the oldest change that an invocation of {@code publish} saw, for example a callback, to the end of telling. */
    PUBLISH_LAG("PublishLag", Unit.SECONDS);

    /** Dimension: the account's name. */
    public static final String ACCOUNT = "Account";

    /** Dimension: the provider's code, or ours. */
    public static final String CODE = "Code";

    /** Dimension: the id of a webhook endpoint. */
    public static final String ENDPOINT = "Endpoint";

    /** CloudWatch's names of units (MetricDatum, CloudWatch API Reference). */
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

    /** The name in CloudWatch. */
    public String label() {
        return label;
    }

    /** {@code Count}, {@code Seconds} or {@code None}. */
    public String unit() {
        return unit.label();
    }

    /** The sets of dimensions under which CloudWatch keeps it; the empty set is the sum of all. */
    public List<List<String>> dimensions() {
        return switch (this) {
            case DUE_LAG, INTERNAL_ERRORS, PUBLISH_LAG -> List.of(List.of());
            case WEBHOOKS_DELIVERED, WEBHOOKS_FAILED, WEBHOOKS_RETRIED, WEBHOOKS_DISABLED ->
                List.of(List.of(), List.of(ENDPOINT));
            case MESSAGES_FAILED -> List.of(List.of(), List.of(ACCOUNT), List.of(ACCOUNT, CODE));
            default -> List.of(List.of(), List.of(ACCOUNT));
        };
    }

    /** Whether the values are summed; otherwise each value is kept. */
    boolean isCounted() {
        return unit == Unit.COUNT;
    }
}
