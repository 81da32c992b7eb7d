package hoopoe.store.event;

import hoopoe.event.EndpointHealth;
import hoopoe.event.EndpointSecrets;
import hoopoe.event.EndpointState;
import hoopoe.event.WebhookEndpoint;
import hoopoe.store.Attributes;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.table.Item;

/** Maps a webhook endpoint to its item and back. One that is failing is due when it is tried again. */
final class WebhookEndpointItem {

    static final String REVISION = "revision";

    private static final String CALLER = "caller";
    private static final String ID = "id";
    private static final String URL = "url";
    private static final String TYPES = "types";
    private static final String ACCOUNTS = "accounts";
    private static final String CONTENT = "content";
    private static final String DESCRIPTION = "description";
    private static final String SECRET = "secret";
    private static final String PREVIOUS_SECRET = "previous_secret";
    private static final String PREVIOUS_UNTIL = "previous_until";
    private static final String STATE = "state";
    private static final String FAILURES = "failures";
    private static final String FIRST_FAILED = "first_failed";
    private static final String LAST_FAILED = "last_failed";
    private static final String PROBE_AT = "probe_at";
    private static final String CREATED = "created";

    private WebhookEndpointItem() {}

    /** @param revision the one to store */
    static Item of(WebhookEndpoint endpoint, long revision) {
        var health = endpoint.health();
        var item = Item.of(Keys.webhookEndpoint(endpoint.caller(), endpoint.id()))
                .with(Attributes.KIND, "WEBHOOK")
                .with(CALLER, endpoint.caller())
                .with(ID, endpoint.id())
                .with(URL, endpoint.url())
                .with(TYPES, endpoint.types())
                .with(ACCOUNTS, endpoint.accounts())
                .with(CONTENT, endpoint.content())
                .with(DESCRIPTION, endpoint.description())
                .with(SECRET, endpoint.secrets().current())
                .with(PREVIOUS_SECRET, endpoint.secrets().previous())
                .with(PREVIOUS_UNTIL, endpoint.secrets().previousUntil())
                .with(STATE, health.state().text())
                .with(FAILURES, health.failures())
                .with(FIRST_FAILED, health.firstFailedAt())
                .with(LAST_FAILED, health.lastFailedAt())
                .with(PROBE_AT, health.probeAt())
                .with(CREATED, endpoint.createdAt())
                .with(REVISION, revision);
        return DueIndex.with(item, health.probeAt());
    }

    static WebhookEndpoint read(Item item) {
        return new WebhookEndpoint(
                item.text(CALLER),
                item.text(ID),
                item.text(URL),
                item.texts(TYPES),
                item.texts(ACCOUNTS),
                item.flag(CONTENT),
                item.textOrNull(DESCRIPTION),
                new EndpointSecrets(item.text(SECRET), item.textOrNull(PREVIOUS_SECRET), item.instant(PREVIOUS_UNTIL)),
                health(item),
                item.requiredInstant(CREATED),
                item.longNumber(REVISION));
    }

    private static EndpointHealth health(Item item) {
        return new EndpointHealth(
                EndpointState.of(item.text(STATE)).orElseThrow(),
                item.number(FAILURES),
                item.instant(FIRST_FAILED),
                item.instant(LAST_FAILED),
                item.instant(PROBE_AT));
    }
}
