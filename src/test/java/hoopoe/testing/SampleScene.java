package hoopoe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.access.ApiKey;
import hoopoe.access.IssuedKey;
import hoopoe.access.Scope;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.store.Answer;
import hoopoe.store.ApiKeys;
import hoopoe.store.Batch;
import hoopoe.store.Batches;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchState;
import hoopoe.store.Dispatches;
import hoopoe.store.Endings;
import hoopoe.store.Events;
import hoopoe.store.Lease;
import hoopoe.store.NewBatch;
import hoopoe.store.Range;
import hoopoe.store.Recipient;
import hoopoe.store.Reference;
import hoopoe.store.Stake;
import hoopoe.store.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the events of {@code infra/events} are about: one batch of one message of {@code shop}, by the account {@code every8d}, in
 * the state that each needs. Never stored as one that waits: the stream would have it sent before the sample comes.
 */
public final class SampleScene {

    private static final String BATCH = "bat_01M81WY9BWAJ2YZM27T6AAYQQ3";
    private static final String REFERENCE = "5485ff18-27c6-4bd4-bbf1-4c86498151e1";
    private static final String CALLER = "shop";
    private static final String KEY = "hpk_live_k3v9r2m7qd0123456789abcdefghjkmnpqrs";
    private static final String PROVIDER = "every8d";
    private static final String TO = "+886912345678";
    private static final Stake NO_STAKE = new Stake(PROVIDER, SharedStack.DEFAULT, null, List.of());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Clock clock = Clock.systemUTC();
    private final DynamoDbClient client;
    private final String name;
    private final Table table;
    private final Tenant tenant;
    private final int sent;

    /** @param tenant the account {@value SharedStack#DEFAULT} */
    public SampleScene(DynamoDbClient client, String table, Tenant tenant) {
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
                        "REF#" + PROVIDER + '#' + SharedStack.DEFAULT + '#' + REFERENCE)
                .forEach(this::clear);
        new ApiKeys(table, clock).revoke(ApiKey.of(KEY).orElseThrow().id());
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
        assertThat(new ApiKeys(table, clock).add(issued)).isTrue();
    }

    void waiting() {
        ended(endings().release(claimed(), NO_STAKE, soon(), "busy", "", PATIENCE));
    }

    void submitted() {
        var answer = new Answer(PROVIDER, SharedStack.DEFAULT, REFERENCE, true, null, null, null, 0, clock.instant());
        ended(endings().answer(claimed(), answer, soon(), PATIENCE));
    }

    void lost() {
        ended(endings().unconfirm(claimed(), clock.instant(), soon(), "lost", "", PATIENCE));
    }

    private static void ended(Endings.Recorded recorded) {
        assertThat(recorded).isEqualTo(Endings.Recorded.DONE);
    }

    /** Long enough ago that nobody can be at it any more. */
    private Lease claimed() {
        var batch = batch(clock.instant().minus(Duration.ofHours(1)));
        var to = new Recipient(0, TO, null, null, null, null, null, null);
        var dispatch = Dispatch.claimed(batch, 0, 1, soon(), null);
        new Batches(table, clock)
                .add(
                        new NewBatch(batch, dispatch, NO_STAKE, List.of(List.of(to)), List.of()),
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
                created,
                "Your parcel is here.",
                "",
                null,
                null,
                null,
                null,
                created.plus(Duration.ofHours(24)),
                created,
                1,
                0,
                List.of(new Range(0, 0)),
                "{\"segments\":1}",
                true,
                null,
                Set.of(),
                created.plus(Duration.ofDays(90)),
                null);
    }

    private Endings endings() {
        return new Endings(table);
    }

    private Dispatch dispatch() {
        return new Dispatches(table).find(BATCH, 0).orElseThrow();
    }

    void isSent() {
        assertThat(tenant.every8d().batches()).hasSizeGreaterThan(sent);
    }

    void isCancelled() {
        assertThat(dispatch().state()).isEqualTo(DispatchState.CANCELLED);
    }

    void isConfirmed() {
        assertThat(dispatch().state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch().reference()).isEqualTo(REFERENCE);
    }

    /** Each parameter of the callback has come to something. */
    void isReported() {
        var reference = new Reference(PROVIDER, SharedStack.DEFAULT, REFERENCE);
        assertThat(new Events(table, clock).of(reference)).singleElement().satisfies(kept -> {
            var event = kept.event();
            assertThat(event.to()).isEqualTo(new PhoneNumber(TO));
            assertThat(event.sentAt()).isEqualTo(Instant.parse("2026-11-22T09:30:05Z"));
            assertThat(event.fact().state()).isEqualTo(MessageState.DELIVERED);
            assertThat(event.fact().at()).isEqualTo(Instant.parse("2026-11-22T09:30:09Z"));
        });
    }
}
