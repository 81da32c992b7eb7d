package hoopoe.schedule;

import static hoopoe.message.MessageState.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.TickFixture;
import hoopoe.dispatch.DispatchState;
import hoopoe.testing.FakeProvider;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** More is due than there is time for. Calls are made one after the other, so that each takes what the clock says. */
class TickTimeTest {

    private static final int READ = 48;
    private static final int WAITING = 112;
    private static final int SOON = 6;

    private final TickFixture tickFixture = new TickFixture(READ, "hoopoe.accounts.main.calls-at-once", "1");
    private final AppFixture appFixture = tickFixture.appFixture;

    @Test
    void roundsEndWithTheTimeOfTheTickAndTheRestIsPutOff() {
        appFixture.provider.dispatchSize(1).sending(FakeProvider::accepted);
        var batch = appFixture.admitted(AppFixture.to(WAITING));
        appFixture.clock.move(Duration.ofMinutes(2));
        for (int i = 0; i < SOON; i++) {
            tickFixture.tick();
            appFixture.clock.move(Duration.ofMinutes(1));
        }
        assertThat(appFixture.dispatchRepository.of(batch))
                .hasSize(WAITING)
                .allMatch(dispatch -> dispatch.state() == DispatchState.SUBMITTED);
        appFixture.clock.move(Duration.ofMinutes(5));
        tickFixture.provider.reportingOf(query -> {
            appFixture.clock.move(Duration.ofMillis(700));
            int n = Integer.parseInt(query.messages().get(0).to().e164().substring(5));
            return TickFixture.page(1, n, n + 1, false, DELIVERED, "100");
        });
        var begin = appFixture.clock.instant();

        var summary = tickFixture.tick();

        assertThat(summary.checked()).isBetween(READ + 1, WAITING - 1);
        assertThat(summary.due()).isBetween(READ + 1, WAITING - 1);
        assertThat(summary.putOff()).isEqualTo(summary.due() - summary.checked());
        assertThat(appFixture.clock.instant()).isBefore(begin.plusSeconds(55));
        for (int i = 0; i < SOON; i++) {
            appFixture.clock.move(Duration.ofMinutes(1));
            tickFixture.tick();
        }
        assertThat(tickFixture.again(batch).progress().settled()).hasSize(WAITING);
    }
}
