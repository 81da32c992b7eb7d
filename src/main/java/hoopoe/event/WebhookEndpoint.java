package hoopoe.event;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address to which a caller wants their events posted.
 *
 * @param caller the owner: with test keys another than with live keys
 * @param id {@code wh_} and a ULID
 * @param url may hold a secret of the caller, so it is in no log
 * @param types the labels of the types that it takes; empty for all
 * @param accounts the accounts whose events it takes; empty for all that the caller reaches
 * @param content whether its events hold numbers and texts; never changes, so that one id has one content
 * @param revision changes with each write
 */
public record WebhookEndpoint(
        String caller,
        String id,
        String url,
        Set<String> types,
        Set<String> accounts,
        boolean content,
        @Nullable String description,
        EndpointSecrets secrets,
        EndpointHealth health,
        Instant createdAt,
        long revision) {

    public WebhookEndpoint {
        types = Set.copyOf(types);
        accounts = Set.copyOf(accounts);
    }

    /**
     * Whether it takes an event now. One that is disabled takes none: nothing is put by for it.
     *
     * @param account null for an event of no account
     */
    public boolean takes(EventType type, @Nullable String account) {
        return health.state() != EndpointState.DISABLED
                && (types.isEmpty() || types.contains(type.label()))
                && (accounts.isEmpty() || account == null || accounts.contains(account));
    }

    public WebhookEndpoint withHealth(EndpointHealth health) {
        return new WebhookEndpoint(
                caller, id, url, types, accounts, content, description, secrets, health, createdAt, revision);
    }

    public WebhookEndpoint withSecrets(EndpointSecrets secrets) {
        return new WebhookEndpoint(
                caller, id, url, types, accounts, content, description, secrets, health, createdAt, revision);
    }

    public WebhookEndpoint withRevision(long revision) {
        return new WebhookEndpoint(
                caller, id, url, types, accounts, content, description, secrets, health, createdAt, revision);
    }

    /** Neither the secrets nor the address. */
    @Override
    public String toString() {
        return id + " of " + caller;
    }
}
