package hoopoe.batch.sending;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.batch.admission.AdmissionOutcome;
import hoopoe.batch.admission.AdmissionOutcome.Refused;
import hoopoe.batch.admission.BatchRequest;
import hoopoe.message.MessageState;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.store.Batch;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchState;
import hoopoe.store.Rejected;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sends that a person pays for: our own reference and the received message are taken with the claim, or nothing is sent. */
public class StakeTest {

    private final Watch watch = new Watch();
    private final House house = watch.house;

    StakeTest() {
        house.provider.ownReference(14);
    }

    public static BatchRequest answering(String... receivedIds) {
        return House.request(
                "hello",
                IntStream.range(0, receivedIds.length)
                        .mapToObj(n -> answering(n, receivedIds[n]))
                        .toList());
    }

    private void received(String receivedId, int from) {
        watch.calledBack(new hoopoe.provider.CallbackContent.ReplyCallback(
                Optional.empty(),
                Optional.empty(),
                Watch.number(from),
                null,
                "WEATHER",
                Optional.of("id " + receivedId),
                Optional.of(receivedId),
                Optional.empty(),
                receivedId,
                true));
    }

    /** People pay for the answer to what they wrote, and not for that to somebody else. */
    @Test
    void aReceivedMessageIsAnsweredToWhoWroteIt() {
        received("4711", 7);
        received("4712", 1);

        var mixed = (AdmissionOutcome.Admitted) house.admit(answering("04711", "4712", "4713"));

        assertThat(mixed.rejected())
                .extracting(rejected -> rejected.pointer() + ' ' + rejected.code())
                .containsExactly("/recipients/0/received_id received_id_of_other_number");
        assertThat(house.admit(answering("4711")))
                .isInstanceOfSatisfying(AdmissionOutcome.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo("no_valid_recipient"));
        received("4714", 0);
        assertThat(house.admit(answering("4714"))).isInstanceOf(AdmissionOutcome.Admitted.class);
    }

    private static BatchRequest.Entry answering(int n, String receivedId) {
        return new BatchRequest.Entry(House.entry(n).to(), null, Map.of(), null, null, null, null, receivedId);
    }

    /** Stored, and not sent. */
    private Batch waiting(String... receivedIds) {
        house.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = house.admitted(answering(receivedIds));
        house.provider.ready(() -> new Readiness.Ready("key"));
        return batch;
    }

    private void tick() {
        house.clock.move(Duration.ofMinutes(7));
        house.tick();
    }

    @Test
    void whatIsTakenStandsInTheTableBeforeTheProviderHearsOfIt() {
        var seen = new AtomicReference<Dispatch>();
        house.provider.sending(order -> {
            var reference = order.reference();
            var owner =
                    house.references.find(FakeProvider.TYPE, "main", reference).orElseThrow();
            seen.set(house.dispatches.find(owner).orElseThrow());
            return FakeProvider.accepted(reference);
        });

        var batch = house.admitted(answering("4711"));

        assertThat(seen.get().state()).isEqualTo(DispatchState.DISPATCHING);
        assertThat(seen.get().id()).isEqualTo(Watch.id(batch));
        assertThat(seen.get().reference()).matches("[0-9a-v]{14}");
        assertThat(house.dispatch(batch, 0).reference()).isEqualTo(seen.get().reference());
        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    @Test
    void theOneWhoComesLaterToAReceivedMessageIsRefused() {
        house.admitted(answering("4711"));

        assertThat(house.admit(answering("4711"))).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("received_id_used");
            assertThat(refused.errors()).extracting(Rejected::pointer).containsExactly("/recipients/0/received_id");
        });
        assertThat(house.stored()).hasSize(1);
        assertThat(house.provider.sends()).hasSize(1);
    }

    @Test
    void aReceivedMessageIsTheSameHoweverItsIdIsWritten() {
        house.admitted(answering("4711"));

        assertThat(house.admit(answering(" 004711"))).isInstanceOf(Refused.class);
    }

    @Test
    void itIsAnsweredOnceAlsoInOneBatch() {
        var batch = house.admitted(answering("1", "2", "01"));

        assertThat(batch.accepted()).isEqualTo(2);
        assertThat(house.recipients.rejected(batch)).singleElement().satisfies(rejected -> {
            assertThat(rejected.pointer()).isEqualTo("/recipients/2/received_id");
            assertThat(rejected.code()).isEqualTo("received_id_used");
        });
    }

    @Test
    void ofTwoThatWaitForItOneIsSent() {
        var first = waiting("4711");
        var second = waiting("4711");

        tick();

        assertThat(house.provider.sends()).hasSize(1);
        assertThat(List.of(house.dispatch(first, 0), house.dispatch(second, 0)))
                .extracting(Dispatch::state)
                .containsExactlyInAnyOrder(DispatchState.SUBMITTED, DispatchState.REJECTED);
        assertThat(List.of(house.dispatch(first, 0), house.dispatch(second, 0)))
                .extracting(Dispatch::code)
                .containsExactlyInAnyOrder(null, "received_id_used");
    }

    @Test
    void ofManyAtOnceOneIsSent() throws Exception {
        var barrier = new CyclicBarrier(8);
        var pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<AdmissionOutcome>> outcomes = IntStream.range(0, 8)
                    .mapToObj(n -> pool.submit(() -> {
                        var another = house.another();
                        barrier.await();
                        return another.admit(answering("4711"));
                    }))
                    .toList();
            for (var outcome : outcomes) {
                outcome.get();
            }
        } finally {
            pool.shutdown();
        }
        tick();

        assertThat(house.provider.sends()).hasSize(1);
    }

    @Test
    void withProofThatNothingWasSentItCanBeAnsweredByAnother() {
        house.provider.sending(order -> new SendOutcome.NotSent(Cause.UNREACHABLE, "connect", ""));
        var first = house.admitted(answering("4711"));
        assertThat(house.dispatch(first, 0).reference()).isNull();
        house.provider.sending(FakeProvider::accepted);

        var second = house.admitted(answering("4711"));
        tick();

        assertThat(house.dispatch(second, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.dispatch(first, 0).state()).isEqualTo(DispatchState.REJECTED);
        assertThat(house.provider.reached()).hasSize(1).containsValue(1);
    }

    @Test
    void whoeverSendsItNextGivesTheSameReference() {
        house.provider.sending(order -> new SendOutcome.NotSent(Cause.UNREACHABLE, "connect", ""));
        var batch = house.admitted(answering("4711"));
        house.provider.sending(FakeProvider::accepted);

        tick();

        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.provider.sends()).hasSize(2);
        assertThat(house.provider.sends().get(0).reference())
                .isEqualTo(house.provider.sends().get(1).reference());
    }

    @ParameterizedTest
    @EnumSource(
            value = DispatchState.class,
            names = {"UNCONFIRMED", "REJECTED"})
    void withoutProofItIsNeverFree(DispatchState end) {
        house.provider.sending(order -> end == DispatchState.REJECTED
                ? new SendOutcome.Rejected("400", "unknown network 7")
                : FakeProvider.lost());
        var batch = house.admitted(answering("4711"));
        assertThat(house.dispatch(batch, 0).state()).isEqualTo(end);

        assertThat(house.admit(answering("4711"))).isInstanceOf(Refused.class);
    }

    @Test
    void aReferenceThatIsTakenByChanceIsMadeAnew() {
        var batch = waiting("2");
        var taken = OwnReference.of(Watch.id(batch), 0, 14, 0);
        house.healthy.putItem(put -> put.tableName(house.name)
                .item(Map.of(
                        "pk", AttributeValue.fromS("REF#" + FakeProvider.TYPE + "#main#" + taken),
                        "sk", AttributeValue.fromS("REF"),
                        "batch", AttributeValue.fromS("another"),
                        "n", AttributeValue.fromN("0"))));

        tick();

        assertThat(house.dispatch(batch, 0).reference())
                .isEqualTo(OwnReference.of(Watch.id(batch), 0, 14, 1))
                .isNotEqualTo(taken);
        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    @Test
    void aLostAnswerIsKnownByAPushThatNamesOurReference() {
        house.provider.sending(order -> FakeProvider.lost());
        var batch = house.admitted(answering("4711"));
        var reference = house.dispatch(batch, 0).reference();

        watch.calledBack(new CallbackContent.DeliveryCallback(
                reference,
                Optional.empty(),
                null,
                Watch.fact(MessageState.DELIVERED, "2", house.clock.instant()),
                null,
                "push"));
        house.clock.move(Duration.ofMinutes(2));
        watch.tick();

        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.dispatch(batch, 0).counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(house.provider.sends()).hasSize(1);
    }

    @Test
    void aLostAnswerIsAskedForByOurReferenceAndNothingIsSentAgain() {
        house.provider.sending(order -> FakeProvider.lost());
        var batch = house.admitted(answering("4711"));
        var reference = house.dispatch(batch, 0).reference();
        watch.provider.reporting((asked, page) -> {
            assertThat(asked).isEqualTo(reference);
            return new ReportPage(
                    1,
                    List.of(new ReportPage.ReportRow(
                            null, Watch.fact(MessageState.DELIVERED, "delivered", null), null, List.of())),
                    false);
        });

        house.clock.move(Duration.ofMinutes(2));
        watch.tick();

        assertThat(house.dispatch(batch, 0).counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(house.provider.sends()).hasSize(1);
    }

    @Test
    void manyAreAskedAboutInOneCall() {
        house.provider.reportsAtOnce(3);
        var batch = waiting("1", "2", "3", "4", "5");
        tick();
        var references =
                house.dispatches.of(batch).stream().map(Dispatch::reference).toList();
        var unknown = references.get(1);
        watch.provider.reportingOf(query -> new ReportPage(
                1,
                query.reference().equals(unknown)
                        ? List.of()
                        : List.of(new ReportPage.ReportRow(
                                null, Watch.fact(MessageState.DELIVERED, "delivered", null), null, List.of())),
                false));

        house.clock.move(Duration.ofMinutes(2));
        watch.tick();

        assertThat(watch.provider.askedTogether()).hasSize(2);
        assertThat(watch.provider.askedTogether().stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(references);
        assertThat(watch.provider.asked()).isEmpty();
        assertThat(house.dispatches.of(batch)).allSatisfy(dispatch -> assertThat(dispatch.counts())
                .isEqualTo(Map.of(dispatch.reference().equals(unknown) ? "submitted" : "delivered", 1)));
    }

    /** Whose provider knows messages by ids of its own is asked by those, together or not. */
    @Test
    void manyAreAskedAboutByTheirIdsWhereTheReferenceIsNotOurs() {
        house.provider.ownReference(0).reportsAtOnce(3);
        var sent = new AtomicInteger();
        house.provider.sending(order -> {
            var id = "id-" + sent.incrementAndGet();
            return new SendOutcome.Accepted(
                    id,
                    null,
                    null,
                    0,
                    "",
                    List.of(new SendOutcome.RecipientResult(MessageState.SUBMITTED, id, "", "")));
        });
        var one = house.admitted(House.to(1));
        var other = house.admitted(House.to(1));
        var asked = new ConcurrentLinkedQueue<String>();
        watch.provider.reportingOf(query -> {
            query.messages().forEach(queriedMessage -> asked.add(query.reference() + ' ' + queriedMessage.id()));
            return new ReportPage(1, List.of(), false);
        });

        house.clock.move(Duration.ofMinutes(2));
        watch.tick();

        assertThat(watch.provider.askedTogether()).hasSize(1);
        assertThat(asked).containsExactlyInAnyOrder("id-1 id-1", "id-2 id-2");
        assertThat(one.id()).isNotEqualTo(other.id());
    }

    /** One of them may be to blame for an answer that nobody can read, and would keep the others in the dark for ever. */
    @Test
    void whatCannotBeReadOfAllIsAskedOneByOne() {
        house.provider.reportsAtOnce(3);
        var batch = waiting("1", "2", "3");
        tick();
        var poison = house.dispatch(batch, 1).reference();
        watch.provider.reportingOf(query -> {
            if (query.reference().equals(poison)) {
                throw new ProviderException.MalformedAnswer("report", "http_404");
            }
            return new ReportPage(
                    1,
                    List.of(new ReportPage.ReportRow(
                            null, Watch.fact(MessageState.DELIVERED, "delivered", null), null, List.of())),
                    false);
        });

        house.clock.move(Duration.ofMinutes(2));
        watch.tick();

        assertThat(house.dispatches.of(batch)).allSatisfy(dispatch -> assertThat(dispatch.counts())
                .isEqualTo(Map.of(dispatch.reference().equals(poison) ? "submitted" : "delivered", 1)));
    }

    @Test
    void whereNoneOfThemIsAnsweredAllAreAskedAgainLater() {
        house.provider.reportsAtOnce(3);
        var batch = waiting("1", "2", "3");
        tick();
        watch.provider.reportingOf(query -> {
            throw new ProviderException.ProviderUnavailable("report", "timeout");
        });

        house.clock.move(Duration.ofMinutes(2));
        assertThat(watch.tick().failed()).isZero();

        assertThat(watch.provider.askedTogether()).hasSize(1);
        assertThat(watch.provider.asked()).isEmpty();
        assertThat(house.dispatches.of(batch)).allSatisfy(dispatch -> {
            assertThat(dispatch.state()).isEqualTo(DispatchState.SUBMITTED);
            assertThat(dispatch.due()).isAfter(house.clock.instant());
        });
    }

    @Test
    void aPushThatOvertakesTheAnswerIsJoined() {
        house.provider.sending(order -> {
            watch.calledBack(new CallbackContent.DeliveryCallback(
                    order.reference(),
                    Optional.empty(),
                    null,
                    Watch.fact(MessageState.DELIVERED, "2", house.clock.instant()),
                    null,
                    "push"));
            return FakeProvider.accepted(order.reference());
        });
        watch.provider.reporting((reference, page) -> {
            throw new ProviderException.ProviderUnavailable("report", "timeout");
        });

        var batch = house.admitted(answering("4711"));
        house.clock.move(Duration.ofMinutes(2));
        watch.tick();

        assertThat(house.dispatch(batch, 0).counts()).isEqualTo(Map.of("delivered", 1));
    }

    /** Where the table does not let the claim through, nothing is sent; where only its answer is lost, it is. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONFLICT", "LOST", "REPEATED"})
    void aClaimThatMeetsAFaultIsTriedAgain(Fault fault) {
        var batch = waiting("4711");
        house.clock.move(Duration.ofMinutes(7));
        house.faults.at(1, fault);

        house.tick();

        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.provider.sends()).hasSize(1);
    }
}
