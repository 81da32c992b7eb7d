package hoopoe.provider;

import java.time.Duration;
import java.util.Set;

/**
 * What an account's provider can do.
 *
 * @param features what is there; what is not is answered with {@code not_supported_by_provider}
 * @param maxRecipients in one batch
 * @param dispatchSize most recipients in one provider call
 * @param maxText in UTF-16 units
 * @param defaultValidity how long the provider tries where the caller says nothing
 */
public record Capabilities(
        Set<Feature> features, int maxRecipients, int dispatchSize, int maxText, Duration defaultValidity) {

    public enum Feature {
        CALLBACKS,
        CREDIT,
        DELIVERY_REPORTS,
        ERASE,
        INBOX,
        PERSONALISED,
        REPLIES,
        SCHEDULE,
        SESSION,
        SUBJECT,
        VALIDITY
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }
}
