package hoopoe.account.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-01");
    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(600);

    private static Session loggedIn(Session session, String holder, String version, Instant now) {
        return session.leased(holder, DAY, now)
                .trying(holder, version, DAY, now)
                .loggedIn(holder, "key", DAY);
    }

    @Test
    void aRefusedVersionThatComesBackClosesTheBlockForAllToSee() {
        var refused =
                Session.NONE.leased("a", DAY, NOW).trying("a", "v1", DAY, NOW).refused("a", "v1", "-101", "wrong", NOW);
        var open = loggedIn(refused, "b", "v2", NOW);
        assertThat(open.block()).isNull();

        var back = open.withoutKey(open.generation()).leased("c", DAY, LATER).trying("c", "v1", DAY, LATER);

        assertThat(back.block().code()).isEqualTo("credentials_refused");
        assertThat(back.block().since()).isEqualTo(LATER);
        assertThat(back.lease()).isNull();
        assertThat(back.isTrying("c")).isFalse();
        assertThat(back.opened(LATER).logins().operatorTry()).isTrue();
        assertThat(loggedIn(back, "d", "v2", LATER).block()).isNull();
    }
}
