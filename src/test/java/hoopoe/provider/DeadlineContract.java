package hoopoe.provider;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.account.Account;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.testing.MovableClock;
import hoopoe.testing.TimedWire;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each operation of an adapter does with the time of its invocation. A call whose lost answer cannot be asked for again
 * has all its 20 s and leaves 2 s, or is not begun; a question has what is left but 2 s.
 */
public abstract class DeadlineContract {

    private static final Duration CALL = Duration.ofSeconds(20);
    private static final Duration MARGIN = Duration.ofSeconds(2);

    protected final TimedWire wire = new TimedWire();
    private final MovableClock clock = MovableClock.at("2026-03-01T04:00:00Z");

    /** One that need not log in first, over {@link #wire}. */
    protected abstract SmsProvider provider();

    protected abstract Account account();

    protected abstract PhoneNumber number();

    protected enum Operation {
        SEND,
        DRAIN,
        CREDIT,
        REPORT,
        REPORTS,
        ERASE,
        CLOSE_SESSION;

        boolean hasWholeTime() {
            return this == SEND || this == DRAIN;
        }

        boolean isOf(Capabilities provider) {
            return switch (this) {
                case SEND -> true;
                case DRAIN -> provider.has(Feature.INBOX);
                case CREDIT -> provider.has(Feature.CREDIT);
                case REPORT -> provider.has(Feature.DELIVERY_REPORTS);
                case REPORTS -> provider.has(Feature.DELIVERY_REPORTS) && provider.reportsAtOnce() > 1;
                case ERASE -> provider.has(Feature.CANCEL);
                case CLOSE_SESSION -> provider.has(Feature.SESSION);
            };
        }
    }

    static Stream<Arguments> callsAndTimes() {
        return Stream.of(Operation.values()).flatMap(operation -> IntStream.of(
                        0, 1_000, 2_000, 2_001, 5_000, 10_000, 21_999, 22_000, 22_001, 28_000, 55_000, 300_000)
                .mapToObj(millis -> Arguments.of(operation, Duration.ofMillis(millis))));
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @ParameterizedTest
    @MethodSource("callsAndTimes")
    void aCallHasItsTimeOrIsNotBegun(Operation operation, Duration left) {
        var provider = provider();
        wire.given().clear();
        var isOf = operation.isOf(provider.capabilities(account()));

        if (isOf) {
            call(provider, operation, Deadline.in(left, clock));
        }

        var rest = left.minus(MARGIN);
        var given = rest.compareTo(CALL) < 0 ? rest : CALL;
        var isBegun = isOf && (operation.hasWholeTime() ? given.equals(CALL) : given.compareTo(Duration.ZERO) > 0);
        assertThat(wire.given()).isEqualTo(isBegun ? List.of(given) : List.of());
    }

    private void call(SmsProvider provider, Operation operation, Deadline deadline) {
        var orderRecipient = new SendOrder.OrderRecipient(number(), null, null, null, null, "1");
        var order = new SendOrder("T1", "o1", "", "a", null, null, null, List.of(orderRecipient));
        var query = new ReportQuery("r1", List.of(new ReportQuery.QueriedMessage(number(), "4711")));
        var ready = (Readiness.Ready) provider.ready(account(), Deadline.in(Duration.ofSeconds(60), clock));
        try {
            switch (operation) {
                case SEND -> provider.send(account(), ready, order, deadline);
                case DRAIN -> provider.drain(account(), ready, deadline);
                case CREDIT -> provider.credit(account(), deadline);
                case REPORT -> provider.report(account(), query, 1, deadline);
                case REPORTS -> provider.reports(account(), List.of(query), deadline);
                case ERASE -> provider.erase(account(), "r1", deadline);
                case CLOSE_SESSION -> provider.closeSession(account(), deadline);
            }
        } catch (ProviderException.ProviderUnavailable e) {
            assertThat(e.code()).isIn("timeout", "no_time");
        }
    }
}
