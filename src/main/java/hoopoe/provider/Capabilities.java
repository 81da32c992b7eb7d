package hoopoe.provider;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * What an account's provider can do.
 *
 * @param features what is there; what is not is answered with {@code not_supported_by_provider}
 * @param maxRecipients in one batch
 * @param dispatchSize most recipients in one provider call
 * @param maxText in UTF-16 units; of a binary message only the adapter knows
 * @param defaultValidity how long the provider tries where the caller says nothing
 * @param ownReference most characters of the reference that we give each call ourselves (text421: 14); 0 where the provider
 *     gives it with its answer
 * @param reportsAtOnce about how many messages the provider can be asked in one call, whichever dispatches they are of: 1, or
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

    /** In the provider's own default. */
    private static final int LONGEST_VALIDITY = 3;

    public enum Feature {
        BINARY,
        CALLBACKS,
        CREDIT,
        DELIVERY_REPORTS,
        EMAIL,
        CANCEL,
        /** Messages to us lie at the provider until {@link SmsProvider#drain} takes them. */
        INBOX,
        NAME,
        /** Own text per recipient. */
        PERSONALISED,
        /** A recipient is sent to in answer to a message of theirs, which is answered once. */
        RECEIVED_ID,
        REPLIES,
        SCHEDULE,
        SESSION,
        SUBJECT,
        VALIDITY;

        /** As the API writes it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Capabilities {
        features = Set.copyOf(features);
    }

    /** Of a provider that gives references itself, and is asked one by one. */
    public Capabilities(
            Set<Feature> features, int maxRecipients, int dispatchSize, int maxText, Duration defaultValidity) {
        this(features, maxRecipients, dispatchSize, maxText, defaultValidity, 0, 1);
    }

    /** How long a caller may have the provider try. */
    public Duration maxValidity() {
        return defaultValidity.multipliedBy(LONGEST_VALIDITY);
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** @throws ProviderException.NotSupported by the feature's name, where it is not there */
    public void demand(Feature feature) {
        if (!has(feature)) {
            throw new ProviderException.NotSupported(feature.label());
        }
    }

    /** Whether it has a reference for each message and none for the call, so that it is asked about messages. */
    public boolean isAskedByMessage() {
        return reportsAtOnce > 1 && ownReference == 0;
    }

    public boolean givesOwnReference() {
        return ownReference > 0;
    }
}
