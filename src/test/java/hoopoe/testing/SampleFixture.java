package hoopoe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.access.ApiKey;
import hoopoe.access.IssuedKey;
import hoopoe.access.Scope;
import hoopoe.batch.Batch;
import hoopoe.batch.Batch.Content;
import hoopoe.batch.Batch.Progress;
import hoopoe.batch.Batch.SendWindow;
import hoopoe.batch.Lifetime;
import hoopoe.batch.MessageRange;
import hoopoe.batch.Recipient;
import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.Lease;
import hoopoe.dispatch.Reservation;
import hoopoe.dispatch.SendResult;
import hoopoe.event.EndpointHealth;
import hoopoe.event.EndpointSecrets;
import hoopoe.event.EndpointState;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.event.WebhookDelivery;
import hoopoe.event.WebhookDelivery.DeliveryState;
import hoopoe.event.WebhookEndpoint;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.store.Keys;
import hoopoe.store.access.ApiKeyRepository;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.batch.IdempotencyStore;
import hoopoe.store.batch.NewBatch;
import hoopoe.store.delivery.CallbackEventRepository;
import hoopoe.store.dispatch.DispatchRepository;
import hoopoe.store.dispatch.SendResultRepository;
import hoopoe.store.event.EndpointChange.EndpointWritten;
import hoopoe.store.event.WebhookDeliveryRepository;
import hoopoe.store.event.WebhookEndpointRepository;
import hoopoe.store.table.Table;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the events of {@code infra/events} are about: one batch of one message of {@code shop}, by the account {@code every8d}, in
 * the state that each needs. Never stored as one that waits: the stream would have it sent before the sample comes.
 */
public final class SampleFixture {

    private static final String BATCH = "bat_01M81WY9BWAJ2YZM27T6AAYQQ3";
    private static final String REFERENCE = "5485ff18-27c6-4bd4-bbf1-4c86498151e1";
    private static final String WEBHOOK = "wh_01M81WY9BWAJ2YZM27T6AAYQQ3";
    private static final String CALLER = "shop";
    private static final String KEY = "hpk_live_k3v9r2m7qd0123456789abcdefghjkmnpqrs";
    private static final String PROVIDER = "every8d";
    private static final String TO = "+886912345678";
    private static final Reservation NO_RESERVATION = new Reservation(PROVIDER, SharedStack.DEFAULT, null, List.of());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Clock clock = Clock.systemUTC();
    private final DynamoDbClient client;
    private final String name;
    private final Table table;
    private final Tenant tenant;
    private final int sent;

    /** @param tenant the account {@value SharedStack#DEFAULT} */
    public SampleFixture(DynamoDbClient client, String table, Tenant tenant) {
        this.client = client;
        this.name = table;
        this.table = new Table(client, table);
        this.tenant = tenant;
        this.sent = tenant.every8d().batches().size();
    }

    /** Takes it all away again. */
    public void clear() {
        List.of(
                        "BATCH#" + BATCH,
                        "BATCH#" + BATCH + "#0",
                        "WEBHOOK#" + WEBHOOK,
                        "REF#" + PROVIDER + '#' + SharedStack.DEFAULT + '#' + REFERENCE)
                .forEach(this::clear);
        erasures().forEach(this::clear);
        webhooks().list(CALLER).forEach(endpoint -> webhooks().delete(CALLER, endpoint.id()));
        new ApiKeyRepository(table, clock).revoke(ApiKey.of(KEY).orElseThrow().id());
    }

    private void clear(String partition) {
        client.query(query -> query.tableName(name)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(partition))))
                .items()
                .forEach(item -> client.deleteItem(
                        delete -> delete.tableName(name).key(Map.of("pk", item.get("pk"), "sk", item.get("sk")))));
    }

    void issued() {
        var key = ApiKey.of(KEY).orElseThrow();
        var issued = new IssuedKey(
                key.id(), key.hash(), key.kind(), CALLER, EnumSet.allOf(Scope.class), clock.instant(), null, null);
        assertThat(new ApiKeyRepository(table, clock).add(issued)).isTrue();
    }

    void registered() {
        var endpoint = new WebhookEndpoint(
                CALLER,
                WEBHOOK,
                "http://127.0.0.1:9/",
                Set.of(),
                Set.of(),
                false,
                null,
                EndpointSecrets.random(new SecureRandom()),
                EndpointHealth.GOOD,
                clock.instant(),
                0);
        assertThat(webhooks().add(endpoint)).isInstanceOf(EndpointWritten.class);
    }

    void isRegistered() {
        assertThat(webhooks().list(CALLER)).hasSize(1);
    }

    void isToBeForgotten() {
        assertThat(erasures()).isNotEmpty();
    }

    private List<String> erasures() {
        return client.scanPaginator(scan -> scan.tableName(name).consistentRead(true)).items().stream()
                .map(item -> item.get("pk").s())
                .filter(pk -> pk.startsWith(Keys.ERASURE))
                .toList();
    }

    void isDisabled() {
        assertThat(webhooks().find(CALLER, WEBHOOK).orElseThrow().health().state())
                .isEqualTo(EndpointState.DISABLED);
    }

    void isRotated() {
        assertThat(webhooks().find(CALLER, WEBHOOK).orElseThrow().secrets().signing(clock.instant()))
                .hasSize(2);
    }

    void isTested() {
        assertThat(deliveries().newest(WEBHOOK, null, 1))
                .extracting(WebhookDelivery::type)
                .containsExactly(EventType.WEBHOOK_TEST);
    }

    /** Nobody listens there. */
    void isPosted() {
        assertThat(deliveries().newest(WEBHOOK, null, 1))
                .allSatisfy(delivery -> assertThat(delivery.attempts()).isNotEmpty())
                .isNotEmpty();
    }

    void missed() {
        registered();
        var id = Event.id(clock.instant(), "missed");
        var first = WebhookDelivery.first(CALLER, WEBHOOK, id, EventType.MESSAGE_DELIVERED, "{}");
        assertThat(deliveries().put(first.failed())).isPresent();
    }

    void isRecovered() {
        assertThat(deliveries().newest(WEBHOOK, null, 1))
                .extracting(WebhookDelivery::state)
                .doesNotContain(DeliveryState.FAILED);
    }

    private WebhookDeliveryRepository deliveries() {
        return new WebhookDeliveryRepository(table, clock);
    }

    void isUnregistered() {
        assertThat(webhooks().list(CALLER)).isEmpty();
    }

    private WebhookEndpointRepository webhooks() {
        return new WebhookEndpointRepository(table);
    }

    void waiting() {
        write(DispatchState.ACCEPTED, null, "busy");
    }

    void submitted() {
        write(DispatchState.SUBMITTED, REFERENCE, null);
    }

    void lost() {
        write(DispatchState.UNCONFIRMED, null, "lost");
    }

    private void write(DispatchState state, @Nullable String reference, @Nullable String code) {
        var sendResult = new SendResult(state, reference, code, null, clock.instant(), soon());
        assertThat(new SendResultRepository(table).write(claimed(), NO_RESERVATION, sendResult, PATIENCE))
                .isEqualTo(SendResultRepository.Recorded.DONE);
    }

    /** So long ago that no worker can still be sending it. */
    private Lease claimed() {
        var batch = batch(clock.instant().minus(Duration.ofHours(1)));
        var to = new Recipient(0, new PhoneNumber(TO), null, null, null, null, null, null, null);
        var dispatch = Dispatch.claimed(batch, 0, 1, soon(), null);
        new BatchRepository(table, new IdempotencyStore(table, clock), number -> List.of())
                .add(
                        new NewBatch(batch, dispatch, NO_RESERVATION, List.of(List.of(to)), List.of()),
                        Optional.empty(),
                        soon());
        return dispatch().lease();
    }

    /** When the clock, which ticks when asked only, had a reason to look at it. */
    private Instant soon() {
        return clock.instant().plus(Duration.ofMinutes(10));
    }

    private static Batch batch(Instant created) {
        return new Batch(
                BATCH,
                CALLER,
                SharedStack.DEFAULT,
                new Content("Your parcel is here.", "", null, null),
                new SendWindow(null, null, created.plus(Duration.ofHours(24)), created),
                1,
                0,
                List.of(new MessageRange(0, 0)),
                "{\"segments\":1}",
                Progress.accepted(true),
                new Lifetime(created, created.plus(Duration.ofDays(90))),
                null);
    }

    private Dispatch dispatch() {
        return new DispatchRepository(table).find(BATCH, 0).orElseThrow();
    }

    void isSent() {
        assertThat(tenant.every8d().batches()).hasSizeGreaterThan(sent);
    }

    void isCancelled() {
        assertThat(dispatch().state()).isEqualTo(DispatchState.CANCELLED);
    }

    void isConfirmed() {
        assertThat(dispatch().state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch().submission().reference()).isEqualTo(REFERENCE);
    }

    /** Each parameter of the callback has come to something. */
    void isReported() {
        var providerReference = new ProviderReference(PROVIDER, SharedStack.DEFAULT, REFERENCE);
        assertThat(new CallbackEventRepository(table, clock).of(providerReference))
                .singleElement()
                .satisfies(kept -> {
                    var callbackEvent = kept.event();
                    assertThat(callbackEvent.to()).isEqualTo(new PhoneNumber(TO));
                    assertThat(callbackEvent.sentAt()).isEqualTo(Instant.parse("2026-11-22T09:30:05Z"));
                    assertThat(callbackEvent.fact().state()).isEqualTo(MessageState.DELIVERED);
                    assertThat(callbackEvent.fact().at()).isEqualTo(Instant.parse("2026-11-22T09:30:09Z"));
                });
    }
}
