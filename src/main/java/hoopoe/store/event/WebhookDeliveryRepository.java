package hoopoe.store.event;

import com.fasterxml.jackson.core.type.TypeReference;
import hoopoe.event.EventType;
import hoopoe.event.WebhookDelivery;
import hoopoe.event.WebhookDelivery.DeliveryState;
import hoopoe.event.WebhookDelivery.PostAttempt;
import hoopoe.platform.Json;
import hoopoe.store.Attributes;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.ConflictRetry.ContentionException;
import hoopoe.store.table.Item;
import hoopoe.store.table.Key;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Stores what became of each event at each endpoint, by endpoint and in the order of time, for 30 days. Those of an endpoint
 * that is failing are in a list of their own, so that they are found when it answers again.
 */
@ApplicationScoped
public class WebhookDeliveryRepository {

    /** How long a delivery can be read after its last change. */
    public static final Duration KEPT = Duration.ofDays(30);

    private static final String CALLER = "caller";
    private static final String ENDPOINT = "endpoint";
    private static final String TYPE = "type";
    private static final String STATE = "state";
    private static final String ATTEMPTS = "attempts";
    private static final String BODY = "body";
    private static final String REVISION = "revision";
    private static final String SINCE = "since";
    private static final String WHAT = "webhook delivery";

    private final Table table;
    private final Clock clock;

    public WebhookDeliveryRepository(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Strongly consistent. */
    public Optional<WebhookDelivery> find(String endpoint, String event) {
        return table.get(Keys.webhookDelivery(endpoint, event)).map(WebhookDeliveryRepository::read);
    }

    /**
     * Writes a delivery unless somebody else did since it was read.
     *
     * @param next with the revision that was read
     * @return as it is stored now; empty where somebody else wrote it
     * @throws ContentionException where conflicts with other writers outlast the retries
     */
    public Optional<WebhookDelivery> put(WebhookDelivery next) {
        var put = Write.put(item(next)).attempt();
        var condition = next.revision() == 0
                ? put.when("attribute_not_exists({pk})")
                : put.when("{" + REVISION + "} = ?", next.revision());
        return ConflictRetry.apply(table, condition, WHAT) ? Optional.of(revised(next)) : Optional.empty();
    }

    /** Some deliveries of an endpoint, the newest event first. @param before events before this one; null for the newest */
    public List<WebhookDelivery> newest(String endpoint, @Nullable String before, int limit) {
        return page(endpoint, "evt_", before == null ? "evt_~" : before, false, limit).stream()
                .filter(delivery -> !delivery.event().equals(before))
                .toList();
    }

    /** Some deliveries of an endpoint, the oldest event first. @param from events from this one on, itself included */
    public List<WebhookDelivery> oldest(String endpoint, String from, int limit) {
        return page(endpoint, from, "evt_~", true, limit);
    }

    private List<WebhookDelivery> page(String endpoint, String from, String to, boolean ascending, int limit) {
        return table
                .query(query -> query.consistentRead(true)
                        .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :to")
                        .expressionAttributeValues(Map.of(
                                ":pk", AttributeValue.fromS(Keys.webhookDeliveries(endpoint)),
                                ":from", AttributeValue.fromS(from),
                                ":to", AttributeValue.fromS(to)))
                        .scanIndexForward(ascending)
                        .limit(limit))
                .items()
                .stream()
                .map(WebhookDeliveryRepository::read)
                .toList();
    }

    /** Some events that wait for an endpoint to answer again, the oldest first. From an index: each is a hint. */
    public List<String> parked(String endpoint, int limit) {
        return table
                .query(query -> query.indexName("list")
                        .keyConditionExpression("#list = :list")
                        .expressionAttributeNames(Map.of("#list", Attributes.LIST))
                        .expressionAttributeValues(Map.of(":list", AttributeValue.fromS(Keys.parked(endpoint))))
                        .limit(limit))
                .items()
                .stream()
                .map(item -> item.text(Key.SK))
                .toList();
    }

    /**
     * An endpoint answers again: the events that wait for it are to be posted.
     *
     * @param since when it answered, or was enabled
     */
    public record ParkedRelease(String caller, String endpoint, Instant since) {}

    /** From now on the tick frees what is parked, until {@link #releaseEnds}. */
    public void release(String caller, String endpoint) {
        table.apply(Write.put(release(caller, endpoint, clock.instant(), clock.instant())));
    }

    public Optional<ParkedRelease> findRelease(String endpoint) {
        return table.get(Keys.webhookRelease(endpoint))
                .map(item -> new ParkedRelease(item.text(CALLER), item.text(ENDPOINT), item.requiredInstant(SINCE)));
    }

    /** The same is looked at again later. */
    public void postpone(ParkedRelease seen, Instant due) {
        table.apply(Write.put(release(seen.caller(), seen.endpoint(), seen.since(), due))
                .when("{" + SINCE + "} = ?", seen.since()));
    }

    /** Nothing is parked any more. Nothing happens where it was begun anew meanwhile. */
    public void releaseEnds(ParkedRelease seen) {
        table.apply(Write.delete(Keys.webhookRelease(seen.endpoint())).when("{" + SINCE + "} = ?", seen.since()));
    }

    private static Item release(String caller, String endpoint, Instant since, Instant due) {
        var item = Item.of(Keys.webhookRelease(endpoint))
                .with(Attributes.KIND, "WEBHOOK_RELEASE")
                .with(CALLER, caller)
                .with(ENDPOINT, endpoint)
                .with(SINCE, since)
                .with(Attributes.EXPIRES_AT, since.plus(KEPT).getEpochSecond());
        return DueIndex.with(item, due);
    }

    private Item item(WebhookDelivery delivery) {
        var item = Item.of(Keys.webhookDelivery(delivery.endpoint(), delivery.event()))
                .with(Attributes.KIND, "WEBHOOK_DELIVERY")
                .with(CALLER, delivery.caller())
                .with(ENDPOINT, delivery.endpoint())
                .with(TYPE, delivery.type().label())
                .with(STATE, delivery.state().text())
                .with(ATTEMPTS, delivery.attempts().isEmpty() ? null : Json.text(delivery.attempts()))
                .with(BODY, delivery.body())
                .with(REVISION, delivery.revision() + 1)
                .with(Attributes.EXPIRES_AT, clock.instant().plus(KEPT).getEpochSecond());
        if (delivery.state() == DeliveryState.PARKED) {
            item.with(Attributes.LIST, Keys.parked(delivery.endpoint())).with(Attributes.LIST_AT, delivery.event());
        }
        return DueIndex.with(item, delivery.due());
    }

    private static WebhookDelivery revised(WebhookDelivery delivery) {
        return new WebhookDelivery(
                delivery.caller(),
                delivery.endpoint(),
                delivery.event(),
                delivery.type(),
                delivery.state(),
                delivery.attempts(),
                delivery.body(),
                delivery.due(),
                delivery.revision() + 1);
    }

    private static WebhookDelivery read(Item item) {
        return new WebhookDelivery(
                item.text(CALLER),
                item.text(ENDPOINT),
                item.key().sk(),
                EventType.of(item.text(TYPE)).orElseThrow(),
                DeliveryState.of(item.text(STATE)).orElseThrow(),
                item.find(ATTEMPTS).map(WebhookDeliveryRepository::attempts).orElse(List.of()),
                item.textOrNull(BODY),
                DueIndex.of(item),
                item.longNumber(REVISION));
    }

    private static List<PostAttempt> attempts(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), new TypeReference<List<PostAttempt>>() {});
    }
}
