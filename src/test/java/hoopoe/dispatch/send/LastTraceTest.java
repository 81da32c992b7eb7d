package hoopoe.dispatch.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.batch.AppFixture;
import hoopoe.message.MessageState;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.RecipientResult;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import hoopoe.testing.LogLines;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider's answer is in the log, also if the table or the function fails. */
class LastTraceTest {

    /** The first is the claim. */
    private static final int ANSWER = 2;

    private final AppFixture appFixture = new AppFixture();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger log = Logger.getLogger("hoopoe.provider.SmsProvider");
    private final Handler keeper = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(String.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.addHandler(keeper);
    }

    @AfterEach
    void listenNoMore() {
        log.removeHandler(keeper);
    }

    private void killedBeforeTheAnswerIsWritten(SendOutcome outcome, int recipients) {
        appFixture.provider.sending(order -> outcome);
        appFixture.faults.at(ANSWER, Fault.KILL_BEFORE);

        assertThatThrownBy(() -> appFixture.admit(AppFixture.to(recipients))).isInstanceOf(Killed.class);
    }

    @Test
    void theReferenceOfACall() {
        killedBeforeTheAnswerIsWritten(FakeProvider.accepted("trace-1"), 1);

        assertThat(lines).contains("provider call send: accepted, trace-1");
    }

    @Test
    void theIdsOfMessages() {
        killedBeforeTheAnswerIsWritten(
                FakeProvider.answered(List.of(
                        new RecipientResult(MessageState.SUBMITTED, "trace-2", "", "never told"),
                        new RecipientResult(MessageState.REJECTED, null, "7", "nor this"))),
                2);

        assertThat(lines).contains("provider call send: accepted, trace-2 [trace-2, null]");
    }

    @Test
    void theReferenceInAnAnswerThatProvesNothing() {
        killedBeforeTheAnswerIsWritten(new SendOutcome.Unconfirmed("-12.50", "never told", Optional.of("trace-3")), 1);

        assertThat(lines).contains("provider call send: unconfirmed, -12.50, trace-3");
    }

    /** The table takes the claim and nothing after it. */
    @Test
    void whatEachAnswerWasThatCannotBeWritten() {
        assertThat(notWritten(FakeProvider.accepted("trace-4"))).isEqualTo("trace-4");
        assertThat(notWritten(new SendOutcome.Unconfirmed("-1", "never told", Optional.of("trace-5"))))
                .isEqualTo("trace-5");
        assertThat(notWritten(new SendOutcome.Unconfirmed("trace-6", "never told", Optional.empty())))
                .isEqualTo("trace-6");
        assertThat(notWritten(new SendOutcome.Rejected("trace-7", "never told")))
                .isEqualTo("trace-7");
        assertThat(notWritten(new SendOutcome.NotSent(SendOutcome.Cause.UNREACHABLE, "trace-8", "never told")))
                .isEqualTo("trace-8");
    }

    private static String notWritten(SendOutcome outcome) {
        var silent = new AppFixture();
        silent.provider.sending(order -> outcome);
        silent.faults.when(write -> write >= ANSWER, Fault.UNREACHED);
        try (var log = LogLines.of("hoopoe.dispatch.send.ProviderSend")) {
            silent.admit(AppFixture.to(1));
            assertThat(log.all()).singleElement().asString().contains("not written");
            return log.all().get(0).replaceAll(".*: ", "");
        }
    }
}
