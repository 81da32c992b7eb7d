package hoopoe.account.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import hoopoe.provider.Points;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account as the API shows it to an operator; other callers see less.
 *
 * @param isDefault whether a batch that names no account gets this one
 * @param capabilities null where its settings are wrong
 * @param inbox null where its provider has none
 * @param credit the last that the provider reported; null where it never did
 */
@RegisterForReflection
public record AccountView(
        String name,
        String provider,
        @JsonProperty("default") boolean isDefault,
        @Nullable Abilities capabilities,
        Health health,
        @Nullable LastCredit credit,
        @Nullable Inbox inbox) {

    /** For a caller that is no operator: without the provider's words. */
    AccountView outline() {
        return new AccountView(
                name, provider, isDefault, capabilities, new Health(health.state(), null, null, null), null, null);
    }

    /**
     * What its provider can do.
     *
     * @param features what it has; the API answers others with {@code not_supported_by_provider}
     * @param maxRecipients in one batch
     * @param dispatchSize in one provider call
     * @param maxText in UTF-16 units
     * @param maxValiditySeconds null where no validity can be given
     */
    @RegisterForReflection
    public record Abilities(
            List<String> features,
            int maxRecipients,
            int dispatchSize,
            int maxText,
            long defaultValiditySeconds,
            @Nullable Long maxValiditySeconds) {}

    /**
     * @param state {@code misconfigured}: its settings are wrong, and its dispatches wait until they are right;
     *     {@code blocked}: nothing is sent until the secret changes or an operator ends the session; {@code unreachable}: the
     *     provider did not answer the last credit request, or the last login; else {@code ok}
     * @param providerCode why it is blocked: the provider's code, or one of ours
     * @param providerText the provider's words; ours where the settings are wrong
     */
    @RegisterForReflection
    public record Health(
            String state,
            @Nullable String providerCode,
            @Nullable String providerText,
            @Nullable Instant since) {}

    @RegisterForReflection
    public record LastCredit(Points points, Instant asOf) {}

    /**
     * Messages that the provider keeps until they are fetched.
     *
     * @param emptiedAt when it was last found empty, or emptied
     * @param failure why it was not emptied the last time
     * @param aside answers that could not be imported, and wait for an operator
     * @param possibleLosses answers that were lost after messages may have been taken out: as many as one answer holds, each
     *     time
     */
    @RegisterForReflection
    public record Inbox(
            @Nullable Instant emptiedAt,
            @Nullable String failure,
            int possibleLosses,
            @Nullable Instant lastPossibleLossAt,
            int aside) {}
}
