package hoopoe.provider;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * What an account's provider can do, and its limits.
 *
 * @param features the supported ones; all others are answered with {@code not_supported_by_provider}
 * @param maxRecipients in one batch
 * @param dispatchSize most recipients in one provider call
 * @param maxText in UTF-16 units; the limit of a binary message is known to the adapter only
 * @param defaultValidity how long the provider tries where the caller sets no validity
 * @param ownReference most characters of the reference that we give each call ourselves (text421: 14); 0 where the provider
 *     gives it with its answer
 * @param reportsAtOnce about how many messages one report call can ask, across dispatches; above 1 see
 *     {@link SmsProvider#reports}
 */
public record Capabilities(
        Set<Feature> features,
        int maxRecipients,
        int dispatchSize,
        int maxText,
        Duration defaultValidity,
        int ownReference,
        int reportsAtOnce) {

    /** In multiples of the provider's default validity. */
    private static final int LONGEST_VALIDITY = 3;

    public enum Feature {
        BINARY,
        CALLBACKS,
        CREDIT,
        DELIVERY_REPORTS,
        EMAIL,
        CANCEL,
        /** Received messages stay at the provider until {@link SmsProvider#drain} takes them. */
        INBOX,
        NAME,
        /** Own text per recipient. */
        PERSONALISED,
        /** A message to a recipient answers one received from them; each is answered once. */
        RECEIVED_ID,
        REPLIES,
        SCHEDULE,
        SESSION,
        SUBJECT,
        VALIDITY;

        /** The name in the API. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Capabilities {
        features = Set.copyOf(features);
    }

    /** For a provider that gives references itself and reports on one dispatch a call. */
    public Capabilities(
            Set<Feature> features, int maxRecipients, int dispatchSize, int maxText, Duration defaultValidity) {
        this(features, maxRecipients, dispatchSize, maxText, defaultValidity, 0, 1);
    }

    /** The longest validity that a caller may request. */
    public Duration maxValidity() {
        return defaultValidity.multipliedBy(LONGEST_VALIDITY);
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** @throws ProviderException.NotSupported with the feature's name, if it is not supported */
    public void demand(Feature feature) {
        if (!has(feature)) {
            throw new ProviderException.NotSupported(feature.label());
        }
    }

    /** Whether the provider gives a reference for each message and none for the call, so that it is polled by message. */
    public boolean isAskedByMessage() {
        return reportsAtOnce > 1 && ownReference == 0;
    }

    public boolean givesOwnReference() {
        return ownReference > 0;
    }
}
