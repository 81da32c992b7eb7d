package hoopoe.dispatch.send;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.InvalidRecipient;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.batch.create.CreateBatchResult;
import hoopoe.batch.create.CreateBatchResult.CreateRefused;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.OwnReference;
import hoopoe.message.MessageState;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Cause;
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
public class ReservationTest {

    private final TickFixture tickFixture = new TickFixture();
    private final AppFixture appFixture = tickFixture.appFixture;

    ReservationTest() {
        appFixture.provider.ownReference(14);
    }

    public static BatchRequest answering(String... receivedIds) {
        return AppFixture.request(
                "hello",
                IntStream.range(0, receivedIds.length)
                        .mapToObj(n -> answering(n, receivedIds[n]))
                        .toList());
    }

    private void received(String receivedId, int from) {
        tickFixture.calledBack(new hoopoe.provider.CallbackContent.ReplyCallback(
                Optional.empty(),
                Optional.empty(),
                TickFixture.number(from),
                null,
                "WEATHER",
                Optional.of("id " + receivedId),
                Optional.of(receivedId),
                Optional.empty(),
                receivedId,
                true));
    }

    /** People pay for the answer to their own SMS, and not for one to another person's. */
    @Test
    void aReceivedMessageIsAnsweredToWhoWroteIt() {
        received("4711", 7);
        received("4712", 1);

        var mixed = (CreateBatchResult.BatchCreated) appFixture.admit(answering("04711", "4712", "4713"));

        assertThat(mixed.rejected())
                .extracting(invalidRecipient -> invalidRecipient.pointer() + ' ' + invalidRecipient.code())
                .containsExactly("/recipients/0/received_id received_id_of_other_number");
        assertThat(appFixture.admit(answering("4711")))
                .isInstanceOfSatisfying(
                        CreateBatchResult.CreateRefused.class,
                        createRefused -> assertThat(createRefused.code()).isEqualTo("no_valid_recipient"));
        received("4714", 0);
        assertThat(appFixture.admit(answering("4714"))).isInstanceOf(CreateBatchResult.BatchCreated.class);
    }

    private static BatchRequest.RequestedRecipient answering(int n, String receivedId) {
        return new BatchRequest.RequestedRecipient(
                AppFixture.entry(n).to(), null, Map.of(), null, null, null, null, receivedId);
    }

    /** Stored, and not sent. */
    private Batch waiting(String... receivedIds) {
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = appFixture.admitted(answering(receivedIds));
        appFixture.provider.ready(() -> new Readiness.Ready("key"));
        return batch;
    }

    private void tick() {
        appFixture.clock.move(Duration.ofMinutes(7));
        appFixture.tick();
    }

    @Test
    void whatIsTakenStandsInTheTableBeforeTheProviderHearsOfIt() {
        var seen = new AtomicReference<Dispatch>();
        appFixture.provider.sending(order -> {
            var reference = order.reference();
            var owner = appFixture.owner(reference).orElseThrow();
            seen.set(appFixture.dispatchRepository.find(owner).orElseThrow());
            return FakeProvider.accepted(reference);
        });

        var batch = appFixture.admitted(answering("4711"));

        assertThat(seen.get().state()).isEqualTo(DispatchState.DISPATCHING);
        assertThat(seen.get().id()).isEqualTo(TickFixture.id(batch));
        assertThat(seen.get().submission().reference()).matches("[0-9a-v]{14}");
        assertThat(appFixture.dispatch(batch, 0).submission().reference())
                .isEqualTo(seen.get().submission().reference());
        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    @Test
    void theOneWhoComesLaterToAReceivedMessageIsRefused() {
        appFixture.admitted(answering("4711"));

        assertThat(appFixture.admit(answering("4711"))).isInstanceOfSatisfying(CreateRefused.class, createRefused -> {
            assertThat(createRefused.code()).isEqualTo("received_id_used");
            assertThat(createRefused.errors())
                    .extracting(InvalidRecipient::pointer)
                    .containsExactly("/recipients/0/received_id");
        });
        assertThat(appFixture.stored()).hasSize(1);
        assertThat(appFixture.provider.sends()).hasSize(1);
    }

    @Test
    void aReceivedMessageIsTheSameHoweverItsIdIsWritten() {
        appFixture.admitted(answering("4711"));

        assertThat(appFixture.admit(answering(" 004711"))).isInstanceOf(CreateRefused.class);
    }

    @Test
    void itIsAnsweredOnceAlsoInOneBatch() {
        var batch = appFixture.admitted(answering("1", "2", "01"));

        assertThat(batch.accepted()).isEqualTo(2);
        assertThat(appFixture.recipientRepository.rejected(batch))
                .singleElement()
                .satisfies(invalidRecipient -> {
                    assertThat(invalidRecipient.pointer()).isEqualTo("/recipients/2/received_id");
                    assertThat(invalidRecipient.code()).isEqualTo("received_id_used");
                });
    }

    @Test
    void ofTwoThatWaitForItOneIsSent() {
        var first = waiting("4711");
        var second = waiting("4711");

        tick();

        assertThat(appFixture.provider.sends()).hasSize(1);
        assertThat(List.of(appFixture.dispatch(first, 0), appFixture.dispatch(second, 0)))
                .extracting(Dispatch::state)
                .containsExactlyInAnyOrder(DispatchState.SUBMITTED, DispatchState.REJECTED);
        assertThat(List.of(appFixture.dispatch(first, 0), appFixture.dispatch(second, 0)))
                .extracting(dispatch -> dispatch.submission().code())
                .containsExactlyInAnyOrder(null, "received_id_used");
    }

    @Test
    void ofManyAtOnceOneIsSent() throws Exception {
        var barrier = new CyclicBarrier(8);
        var pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<CreateBatchResult>> outcomes = IntStream.range(0, 8)
                    .mapToObj(n -> pool.submit(() -> {
                        var another = appFixture.another();
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

        assertThat(appFixture.provider.sends()).hasSize(1);
    }

    @Test
    void withProofThatNothingWasSentItCanBeAnsweredByAnother() {
        appFixture.provider.sending(order -> new SendOutcome.NotSent(Cause.UNREACHABLE, "connect", ""));
        var first = appFixture.admitted(answering("4711"));
        assertThat(appFixture.dispatch(first, 0).submission().reference()).isNull();
        appFixture.provider.sending(FakeProvider::accepted);

        var second = appFixture.admitted(answering("4711"));
        tick();

        assertThat(appFixture.dispatch(second, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.dispatch(first, 0).state()).isEqualTo(DispatchState.REJECTED);
        assertThat(appFixture.provider.reached()).hasSize(1).containsValue(1);
    }

    @Test
    void whoeverSendsItNextGivesTheSameReference() {
        appFixture.provider.sending(order -> new SendOutcome.NotSent(Cause.UNREACHABLE, "connect", ""));
        var batch = appFixture.admitted(answering("4711"));
        appFixture.provider.sending(FakeProvider::accepted);

        tick();

        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.provider.sends()).hasSize(2);
        assertThat(appFixture.provider.sends().get(0).reference())
                .isEqualTo(appFixture.provider.sends().get(1).reference());
    }

    @ParameterizedTest
    @EnumSource(
            value = DispatchState.class,
            names = {"UNCONFIRMED", "REJECTED"})
    void withoutProofItIsNeverFree(DispatchState end) {
        appFixture.provider.sending(order -> end == DispatchState.REJECTED
                ? new SendOutcome.Rejected("400", "unknown network 7")
                : FakeProvider.lost());
        var batch = appFixture.admitted(answering("4711"));
        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(end);

        assertThat(appFixture.admit(answering("4711"))).isInstanceOf(CreateRefused.class);
    }

    @Test
    void aReferenceThatIsTakenByChanceIsMadeAnew() {
        var batch = waiting("2");
        var taken = OwnReference.of(TickFixture.id(batch), 0, 14, 0);
        appFixture.healthy.putItem(put -> put.tableName(appFixture.name)
                .item(Map.of(
                        "pk", AttributeValue.fromS("REF#" + FakeProvider.TYPE + "#main#" + taken),
                        "sk", AttributeValue.fromS("REF"),
                        "batch", AttributeValue.fromS("another"),
                        "n", AttributeValue.fromN("0"))));

        tick();

        assertThat(appFixture.dispatch(batch, 0).submission().reference())
                .isEqualTo(OwnReference.of(TickFixture.id(batch), 0, 14, 1))
                .isNotEqualTo(taken);
        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    @Test
    void aLostAnswerIsKnownByAPushThatNamesOurReference() {
        appFixture.provider.sending(order -> FakeProvider.lost());
        var batch = appFixture.admitted(answering("4711"));
        var reference = appFixture.dispatch(batch, 0).submission().reference();

        tickFixture.calledBack(new CallbackContent.DeliveryCallback(
                reference,
                Optional.empty(),
                null,
                TickFixture.fact(MessageState.DELIVERED, "2", appFixture.clock.instant()),
                null,
                "push"));
        appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.tick();

        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.dispatch(batch, 0).checks().counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(appFixture.provider.sends()).hasSize(1);
    }

    @Test
    void aLostAnswerIsAskedForByOurReferenceAndNothingIsSentAgain() {
        appFixture.provider.sending(order -> FakeProvider.lost());
        var batch = appFixture.admitted(answering("4711"));
        var reference = appFixture.dispatch(batch, 0).submission().reference();
        tickFixture.provider.reporting((asked, page) -> {
            assertThat(asked).isEqualTo(reference);
            return new ReportPage(
                    1,
                    List.of(new ReportPage.ReportRow(
                            null, TickFixture.fact(MessageState.DELIVERED, "delivered", null), null, List.of())),
                    false);
        });

        appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.tick();

        assertThat(appFixture.dispatch(batch, 0).checks().counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(appFixture.provider.sends()).hasSize(1);
    }

    @Test
    void manyAreAskedAboutInOneCall() {
        appFixture.provider.reportsAtOnce(3);
        var batch = waiting("1", "2", "3", "4", "5");
        tick();
        var references = appFixture.dispatchRepository.of(batch).stream()
                .map(dispatch -> dispatch.submission().reference())
                .toList();
        var unknown = references.get(1);
        tickFixture.provider.reportingOf(query -> new ReportPage(
                1,
                query.reference().equals(unknown)
                        ? List.of()
                        : List.of(new ReportPage.ReportRow(
                                null, TickFixture.fact(MessageState.DELIVERED, "delivered", null), null, List.of())),
                false));

        appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.tick();

        assertThat(tickFixture.provider.askedTogether()).hasSize(2);
        assertThat(tickFixture.provider.askedTogether().stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(references);
        assertThat(tickFixture.provider.asked()).isEmpty();
        assertThat(appFixture.dispatchRepository.of(batch)).allSatisfy(dispatch -> assertThat(
                        dispatch.checks().counts())
                .isEqualTo(Map.of(dispatch.submission().reference().equals(unknown) ? "submitted" : "delivered", 1)));
    }

    /** Whose provider knows messages by ids of its own is asked by those, together or not. */
    @Test
    void manyAreAskedAboutByTheirIdsWhereTheReferenceIsNotOurs() {
        appFixture.provider.ownReference(0).reportsAtOnce(3);
        var sent = new AtomicInteger();
        appFixture.provider.sending(order -> {
            var id = "id-" + sent.incrementAndGet();
            return new SendOutcome.Accepted(
                    id,
                    null,
                    null,
                    0,
                    "",
                    List.of(new SendOutcome.RecipientResult(MessageState.SUBMITTED, id, "", "")));
        });
        var one = appFixture.admitted(AppFixture.to(1));
        var other = appFixture.admitted(AppFixture.to(1));
        var asked = new ConcurrentLinkedQueue<String>();
        tickFixture.provider.reportingOf(query -> {
            query.messages().forEach(queriedMessage -> asked.add(query.reference() + ' ' + queriedMessage.id()));
            return new ReportPage(1, List.of(), false);
        });

        appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.tick();

        assertThat(tickFixture.provider.askedTogether()).hasSize(1);
        assertThat(asked).containsExactlyInAnyOrder("id-1 id-1", "id-2 id-2");
        assertThat(one.id()).isNotEqualTo(other.id());
    }

    /** One of them may cause an answer that cannot be read, and would keep the others unknown for ever. */
    @Test
    void whatCannotBeReadOfAllIsAskedOneByOne() {
        appFixture.provider.reportsAtOnce(3);
        var batch = waiting("1", "2", "3");
        tick();
        var poison = appFixture.dispatch(batch, 1).submission().reference();
        tickFixture.provider.reportingOf(query -> {
            if (query.reference().equals(poison)) {
                throw new ProviderException.MalformedAnswer("report", "http_404");
            }
            return new ReportPage(
                    1,
                    List.of(new ReportPage.ReportRow(
                            null, TickFixture.fact(MessageState.DELIVERED, "delivered", null), null, List.of())),
                    false);
        });

        appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.tick();

        assertThat(appFixture.dispatchRepository.of(batch)).allSatisfy(dispatch -> assertThat(
                        dispatch.checks().counts())
                .isEqualTo(Map.of(dispatch.submission().reference().equals(poison) ? "submitted" : "delivered", 1)));
    }

    @Test
    void whereNoneOfThemIsAnsweredAllAreAskedAgainLater() {
        appFixture.provider.reportsAtOnce(3);
        var batch = waiting("1", "2", "3");
        tick();
        tickFixture.provider.reportingOf(query -> {
            throw new ProviderException.ProviderUnavailable("report", "timeout");
        });

        appFixture.clock.move(Duration.ofMinutes(2));
        assertThat(tickFixture.tick().failed()).isZero();

        assertThat(tickFixture.provider.askedTogether()).hasSize(1);
        assertThat(tickFixture.provider.asked()).isEmpty();
        assertThat(appFixture.dispatchRepository.of(batch)).allSatisfy(dispatch -> {
            assertThat(dispatch.state()).isEqualTo(DispatchState.SUBMITTED);
            assertThat(dispatch.due()).isAfter(appFixture.clock.instant());
        });
    }

    @Test
    void aPushThatOvertakesTheAnswerIsJoined() {
        appFixture.provider.sending(order -> {
            tickFixture.calledBack(new CallbackContent.DeliveryCallback(
                    order.reference(),
                    Optional.empty(),
                    null,
                    TickFixture.fact(MessageState.DELIVERED, "2", appFixture.clock.instant()),
                    null,
                    "push"));
            return FakeProvider.accepted(order.reference());
        });
        tickFixture.provider.reporting((reference, page) -> {
            throw new ProviderException.ProviderUnavailable("report", "timeout");
        });

        var batch = appFixture.admitted(answering("4711"));
        appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.tick();

        assertThat(appFixture.dispatch(batch, 0).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }

    /** Where the table does not let the claim through, nothing is sent; where only its answer is lost, it is. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONFLICT", "LOST", "REPEATED"})
    void aClaimThatMeetsAFaultIsTriedAgain(Fault fault) {
        var batch = waiting("4711");
        appFixture.clock.move(Duration.ofMinutes(7));
        appFixture.faults.at(1, fault);

        appFixture.tick();

        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.provider.sends()).hasSize(1);
    }
}
