package hoopoe.delivery.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.view.MessageReader;
import hoopoe.batch.view.MessageView;
import hoopoe.dispatch.DispatchState;
import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOutcome.RecipientResult;
import hoopoe.testing.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers that say something of each message. */
public class ResultsTest {

    public static final List<RecipientResult> MIXED = List.of(
            new RecipientResult(MessageState.SUBMITTED, "536221499", "0", ""),
            new RecipientResult(MessageState.UNCONFIRMED, null, "-3", "why"),
            new RecipientResult(MessageState.REJECTED, null, "-5", "no"));

    private final TickFixture tickFixture = new TickFixture();
    private final AppFixture appFixture = tickFixture.appFixture;
    private final MessageReader reader = new MessageReader(
            appFixture.dispatchRepository,
            appFixture.recipientRepository,
            tickFixture.statusEvidence,
            appFixture.clock);

    private Batch admitted(List<RecipientResult> results) {
        appFixture.provider.sending(order -> FakeProvider.answered(results));
        return appFixture.admitted(AppFixture.to(results.size()));
    }

    private List<MessageView> messages(Batch batch) {
        return reader.page(tickFixture.again(batch), new MessageReader.MessageQuery(null, null, true, 0, 100))
                .messages();
    }

    private void ticks(int times, Duration apart) {
        for (int i = 0; i < times; i++) {
            appFixture.clock.move(apart);
            tickFixture.tick();
        }
    }

    @Test
    void eachMessageShowsItsOwn() {
        var batch = admitted(MIXED);

        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.dispatch(batch, 0).submission().reference()).isEqualTo("536221499");
        assertThat(appFixture.dispatch(batch, 0).checks().counts())
                .isEqualTo(Map.of("submitted", 1, "unconfirmed", 1, "rejected", 1));
        assertThat(messages(batch))
                .extracting(MessageView::state)
                .containsExactly("submitted", "unconfirmed", "rejected");
        assertThat(messages(batch)).extracting(MessageView::providerId).containsExactly("536221499", null, null);
        assertThat(messages(batch)).extracting(MessageView::providerCode).containsExactly("0", "-3", "-5");
        assertThat(messages(batch).get(1).providerText()).isEqualTo("why");
    }

    @Test
    void whatIsInDoubtIsNeverSentAgainAndNotAskedForByAnyId() {
        var batch = admitted(MIXED);
        var asked = new AtomicReference<ReportQuery>();
        tickFixture.provider.reportingOf(query -> {
            asked.set(query);
            return new ReportPage(1, List.of(TickFixture.row(0, MessageState.DELIVERED, "4")), false);
        });

        ticks(3, Duration.ofMinutes(30));

        assertThat(asked.get().reference()).isEqualTo("536221499");
        assertThat(asked.get().messages())
                .extracting(ReportQuery.QueriedMessage::to, ReportQuery.QueriedMessage::id)
                .containsExactly(
                        tuple(TickFixture.number(0), "536221499"),
                        tuple(TickFixture.number(1), null),
                        tuple(TickFixture.number(2), null));
        assertThat(messages(batch))
                .extracting(MessageView::state)
                .containsExactly("delivered", "unconfirmed", "rejected");
        assertThat(appFixture.provider.sends()).hasSize(1);
    }

    @Test
    void theBatchIsOverWhenDoubtIsSettledByTime() {
        var batch = admitted(MIXED);
        tickFixture.provider.reporting((reference, page) ->
                new ReportPage(1, List.of(TickFixture.row(0, MessageState.DELIVERED, "4")), false));

        ticks(2, Duration.ofHours(20));

        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(appFixture.dispatch(batch, 0).due()).isNull();
        assertThat(appFixture.dispatch(batch, 0).checks().counts())
                .isEqualTo(Map.of("delivered", 1, "unconfirmed", 1, "rejected", 1));
    }

    @Test
    void laterEvidenceOfAMessageInDoubtCounts() {
        var batch = admitted(MIXED);
        tickFixture.provider.reporting((reference, page) -> new ReportPage(
                2,
                List.of(
                        TickFixture.row(0, MessageState.SUBMITTED, "1"),
                        TickFixture.row(1, MessageState.UNDELIVERED, "5"),
                        TickFixture.row(2, MessageState.SUBMITTED, "1")),
                false));

        ticks(1, Duration.ofMinutes(2));

        assertThat(messages(batch))
                .extracting(MessageView::state)
                .containsExactly("submitted", "undelivered", "rejected");
    }

    /** Accepted without known ids: the provider cannot be polled, only time ends it, and it is not checked all the time. */
    @Test
    void withoutAnyIdTimeAloneEndsIt() {
        var batch = admitted(IntStream.range(0, 2)
                .mapToObj(n -> new RecipientResult(MessageState.SUBMITTED, null, "0", ""))
                .toList());
        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.dispatch(batch, 0).submission().reference()).isNull();

        ticks(1, Duration.ofMinutes(2));
        assertThat(appFixture.dispatch(batch, 0).due())
                .isEqualTo(batch.lifetime().created().plus(Duration.ofHours(24 + 72)));
        assertThat(messages(batch)).extracting(MessageView::state).containsOnly("submitted");
        ticks(2, Duration.ofHours(49));

        assertThat(tickFixture.provider.asked()).isEmpty();
        assertThat(messages(batch)).extracting(MessageView::state).containsOnly("unknown");
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(appFixture.dispatch(batch, 0).due()).isNull();
    }

    @Test
    void anAnswerWithoutResultsSaysTheSameOfAll() {
        appFixture.provider.sending(order -> FakeProvider.answered(List.of()));
        var batch = appFixture.admitted(AppFixture.to(2));

        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(messages(batch)).extracting(MessageView::state).containsOnly("submitted");
    }

    @Test
    void theAnswerComesFirstAmongTheFactsOfAMessage() {
        var batch = admitted(MIXED);

        assertThat(messages(batch).get(1).timeline()).singleElement().satisfies(statusChange -> {
            assertThat(statusChange.source())
                    .isEqualTo(StatusFact.Source.ANSWER.name().toLowerCase(Locale.ROOT));
            assertThat(statusChange.state()).isEqualTo("unconfirmed");
        });
    }
}
