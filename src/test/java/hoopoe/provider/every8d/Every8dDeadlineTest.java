package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.account.Account;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.Deadline;
import hoopoe.provider.DeadlineContract;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.provider.SmsProvider;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.testing.MovableClock;
import hoopoe.testing.TimedWire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Every8dDeadlineTest extends DeadlineContract {

    private final MovableClock clock = MovableClock.at("2026-03-01T04:00:00Z");
    private final Adapter adapter = over(wire);

    private Adapter over(TimedWire wire) {
        return new Adapter(new Adapter.Setup("http://127.0.0.1:1").over(wire).clock(clock));
    }

    /** With a key already: the contract's calls begin none. */
    @Override
    protected SmsProvider provider() {
        adapter.sessions.change(
                "taipei", session -> session.leased("h", Every8dLogin.day(clock.instant()), clock.instant()));
        adapter.sessions.change(
                "taipei", session -> session.trying("h", "v1", Every8dLogin.day(clock.instant()), clock.instant()));
        adapter.sessions.change("taipei", session -> session.loggedIn("h", "key", Every8dLogin.day(clock.instant())));
        return adapter.provider;
    }

    @Override
    protected Account account() {
        return adapter.account;
    }

    @Override
    protected PhoneNumber number() {
        return new PhoneNumber("+886912345678");
    }

    /** A login cut off counts as one that the provider left unanswered. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 4_000, 60_000})
    void aLoginHasAllItsTimeHoweverShortThePatience(long patience) {
        adapter.provider.ready(adapter.account, Deadline.in(Duration.ofMillis(patience), clock));

        assertThat(wire.given()).containsExactly(Duration.ofSeconds(20));
    }

    @Test
    void withoutPatienceNoLoginIsBegun() {
        assertThat(adapter.provider.ready(adapter.account, Deadline.in(Duration.ZERO, clock)))
                .isInstanceOf(Readiness.NotYet.class);

        assertThat(wire.given()).isEmpty();
    }

    @Test
    void aQuestionBeginsNoLoginThatItsInvocationWouldCutOff() {
        assertThatThrownBy(() -> adapter.provider.credit(adapter.account, Deadline.in(Duration.ofSeconds(22), clock)))
                .isInstanceOf(ProviderException.class);
        assertThat(wire.given()).isEmpty();
    }

    /** The question after it has what is left. */
    @Test
    void aLoginLeavesTheQuestionTheRest() {
        var slow = new TimedWire(body -> {
            if (!body.contains("getConnection")) {
                return TimedWire.lost();
            }
            clock.move(Duration.ofSeconds(15));
            return loggedIn();
        });
        var late = over(slow);

        assertThatThrownBy(() -> late.provider.credit(late.account, Deadline.in(Duration.ofSeconds(23), clock)))
                .isInstanceOf(ProviderException.ProviderUnavailable.class);

        assertThat(slow.given()).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(6));
        slow.close();
    }

    private static ProviderHttpResponse loggedIn() {
        var result = Fixtures.read("connection.real.xml").replace("&", "&amp;").replace("<", "&lt;");
        var answer = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                + "<getConnectionResponse xmlns=\"http://tempuri.org/\"><getConnectionResult>" + result
                + "</getConnectionResult></getConnectionResponse></s:Body></s:Envelope>";
        return new ProviderHttpResponse.CompleteResponse(200, "text/xml", answer.getBytes(StandardCharsets.UTF_8));
    }
}
