package hoopoe.batch.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.batch.view.MessageReader;
import hoopoe.batch.view.MessageView;
import hoopoe.message.StatusFact;
import hoopoe.message.MessageState;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOutcome.RecipientResult;
import hoopoe.store.Batch;
import hoopoe.store.DispatchState;
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

    private final Watch watch = new Watch();
    private final House house = watch.house;
    private final MessageReader reader =
            new MessageReader(house.dispatches, house.recipients, watch.evidence, house.clock);

    private Batch admitted(List<RecipientResult> results) {
        house.provider.sending(order -> FakeProvider.answered(results));
        return house.admitted(House.to(results.size()));
    }

    private List<MessageView> messages(Batch batch) {
        return reader.page(watch.again(batch), 0, 100).messages();
    }

    private void ticks(int times, Duration apart) {
        for (int i = 0; i < times; i++) {
            house.clock.move(apart);
            watch.tick();
        }
    }

    @Test
    void eachMessageShowsItsOwn() {
        var batch = admitted(MIXED);

        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.dispatch(batch, 0).reference()).isEqualTo("536221499");
        assertThat(house.dispatch(batch, 0).counts())
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
        watch.provider.reportingOf(query -> {
            asked.set(query);
            return new ReportPage(1, List.of(Watch.row(0, MessageState.DELIVERED, "4")), false);
        });

        ticks(3, Duration.ofMinutes(30));

        assertThat(asked.get().reference()).isEqualTo("536221499");
        assertThat(asked.get().messages())
                .extracting(ReportQuery.QueriedMessage::to, ReportQuery.QueriedMessage::id)
                .containsExactly(
                        tuple(Watch.number(0), "536221499"),
                        tuple(Watch.number(1), null),
                        tuple(Watch.number(2), null));
        assertThat(messages(batch))
                .extracting(MessageView::state)
                .containsExactly("delivered", "unconfirmed", "rejected");
        assertThat(house.provider.sends()).hasSize(1);
    }

    @Test
    void theBatchIsOverWhenDoubtIsSettledByTime() {
        var batch = admitted(MIXED);
        watch.provider.reporting(
                (reference, page) -> new ReportPage(1, List.of(Watch.row(0, MessageState.DELIVERED, "4")), false));

        ticks(2, Duration.ofHours(20));

        assertThat(watch.again(batch).settled()).containsExactly(0);
        assertThat(house.dispatch(batch, 0).due()).isNull();
        assertThat(house.dispatch(batch, 0).counts())
                .isEqualTo(Map.of("delivered", 1, "unconfirmed", 1, "rejected", 1));
    }

    @Test
    void laterEvidenceOfAMessageInDoubtCounts() {
        var batch = admitted(MIXED);
        watch.provider.reporting((reference, page) -> new ReportPage(
                2,
                List.of(
                        Watch.row(0, MessageState.SUBMITTED, "1"),
                        Watch.row(1, MessageState.UNDELIVERED, "5"),
                        Watch.row(2, MessageState.SUBMITTED, "1")),
                false));

        ticks(1, Duration.ofMinutes(2));

        assertThat(messages(batch))
                .extracting(MessageView::state)
                .containsExactly("submitted", "undelivered", "rejected");
    }

    /** Taken, and the ids are not known: nothing can be asked, time alone ends it, and nobody looks all the time. */
    @Test
    void withoutAnyIdTimeAloneEndsIt() {
        var batch = admitted(IntStream.range(0, 2)
                .mapToObj(n -> new RecipientResult(MessageState.SUBMITTED, null, "0", ""))
                .toList());
        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.dispatch(batch, 0).reference()).isNull();

        ticks(1, Duration.ofMinutes(2));
        assertThat(house.dispatch(batch, 0).due()).isEqualTo(batch.created().plus(Duration.ofHours(24 + 72)));
        assertThat(messages(batch)).extracting(MessageView::state).containsOnly("submitted");
        ticks(2, Duration.ofHours(49));

        assertThat(watch.provider.asked()).isEmpty();
        assertThat(messages(batch)).extracting(MessageView::state).containsOnly("unknown");
        assertThat(watch.again(batch).settled()).containsExactly(0);
        assertThat(house.dispatch(batch, 0).due()).isNull();
    }

    @Test
    void anAnswerWithoutResultsSaysTheSameOfAll() {
        house.provider.sending(order -> FakeProvider.answered(List.of()));
        var batch = house.admitted(House.to(2));

        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(messages(batch)).extracting(MessageView::state).containsOnly("submitted");
    }

    @Test
    void theAnswerComesFirstAmongTheFactsOfAMessage() {
        var batch = admitted(MIXED);

        assertThat(messages(batch).get(1).timeline()).singleElement().satisfies(said -> {
            assertThat(said.source()).isEqualTo(StatusFact.Source.ANSWER.name().toLowerCase(Locale.ROOT));
            assertThat(said.state()).isEqualTo("unconfirmed");
        });
    }
}
